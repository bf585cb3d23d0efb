"""What every store of read models promises of its rows."""

from __future__ import annotations

import random

import pytest

from domain.errors import NewerStoreError
from domain.ports import Progress, ViewStore
from domain.projections.projection import FOLD_VERSION
from domain.projections.rows import Changes, Place, Table, Version
from domain.services.capturing import LONGEST_URL
from tests.support.view_rows import FIRST, POISON, SECOND, Open, put, topic, topics


def test_rows_parked_events_and_progress_are_stored_together(views: ViewStore) -> None:
    """What one transaction saved is read as it was, with the progress it came to."""
    with views.snapshot() as served:
        assert (served.progress, served.seq) == (Progress(), 0)
    with views.transaction() as transaction:
        rows = topic("harbour", b"old") | topic("mill")
        transaction.save(Changes.putting(rows, 1), [POISON], FIRST)
        assert transaction.progress == FIRST
    put(views, topic("harbour", b"new"), SECOND)
    with views.snapshot() as served:
        assert (served.progress, served.seq) == (SECOND, 2)
        assert served.row(Table.TOPIC, "harbour") == b"new"
        assert list(served.rows(Table.TOPIC)) == [b"new", b"{}"]
        assert list(served.parked()) == [POISON]


def test_rows_of_a_versioned_table_are_read_as_they_were(views: ViewStore) -> None:
    """Each version holds from its seq until before the next, whatever page brought it."""
    key, other = ("harbour", "one"), ("harbour", "two")
    pages = (
        ([(2, key, b"a"), (3, other, b"x"), (4, key, b"b")], Progress(4, "page")),
        ([(6, key, None), (7, other, b"y"), (8, key, b"c")], Progress(8, "page")),
    )
    for steps, progress in pages:
        changes = Changes()
        for seq, where, body in steps:
            changes.add(seq, Table.STATEMENT, where, body)
        with views.transaction() as transaction:
            transaction.save(changes, [], progress)

    def at(seq: int) -> list[bytes]:
        return list(served.rows(Table.STATEMENT, "harbour", known_at=seq))

    with views.snapshot() as served:
        assert [at(seq) for seq in (1, 2, 3, 4, 5)] == [
            [],
            [b"a"],
            [b"a", b"x"],
            [b"b", b"x"],
            [b"b", b"x"],
        ]
        assert [at(seq) for seq in (6, 7, 8)] == [[b"x"], [b"y"], [b"c", b"y"]]
        assert served.rows(Table.STATEMENT, "harbour") == [b"c", b"y"]
        assert served.versions(Table.STATEMENT, "harbour") == [
            Version(key, 2, 4, b"a"),
            Version(key, 4, 6, b"b"),
            Version(key, 8, None, b"c"),
            Version(other, 3, 7, b"x"),
            Version(other, 7, None, b"y"),
        ]


def test_rows_are_found_by_many_beginnings_at_once(views: ViewStore) -> None:
    """Those of any of the prefixes, each once, however many there are."""
    names = [f"topic-{number:04d}" for number in range(1200)]
    rows = {Place(Table.STATEMENT, (name, "one")): name.encode() for name in names}
    rows |= {Place(Table.STATEMENT, ("topic-0007", "two")): b"second"}
    put(views, rows, FIRST)
    with views.snapshot() as served:
        asked = [(name,) for name in names[5:1100]] + [("nowhere",)]
        found = list(served.beginning(Table.STATEMENT, asked))
        assert found == sorted(
            (place.key, body)
            for place, body in rows.items()
            if place.key[0] in names[5:1100]
        )
        exact = [("topic-0007", "two"), ("topic-0007", "three")]
        assert list(served.beginning(Table.STATEMENT, exact)) == [
            (("topic-0007", "two"), b"second")
        ]
        assert len(list(served.beginning(Table.STATEMENT, [()]))) == len(rows)


def test_many_new_rows_at_once_are_kept_like_few(views: ViewStore) -> None:
    """Whatever way is taken for many: bodies, seqs and past versions arrive as they are."""
    changes, many = Changes(), range(200)
    for number in many:
        key = ("harbour", f"st-{number:03d}\t\\N")
        changes.add(number, Table.STATEMENT, key, b'{"a":"\\\t\x01"}', fresh=True)
        changes.add(number + 1, Table.STATEMENT, key, b"{}")
        changes.add(number, Table.TOPIC_ARTICLE, key, b"%d" % number, fresh=True)
    with views.transaction() as transaction:
        transaction.save(changes, [], Progress(201, "many"))
    with views.snapshot() as served:
        assert served.rows(Table.STATEMENT, "harbour") == [b"{}"] * len(many)
        articles = served.rows(Table.TOPIC_ARTICLE, "harbour")
        assert articles == [b"%d" % number for number in many]
        first, second, *_ = served.versions(Table.STATEMENT, "harbour")
        assert first == Version(("harbour", "st-000\t\\N"), 0, 1, b'{"a":"\\\t\x01"}')
        assert (second.since, second.until) == (1, None)


def test_rows_are_found_by_the_column_that_is_indexed(views: ViewStore) -> None:
    """Their keys come ascending, as the rows are now; past versions are not found."""
    keys = [("quarry", "one"), ("harbour", "one"), ("harbour", "two")]
    with views.transaction() as transaction:
        rows = {Place(Table.STATEMENT, key): b"{}" for key in keys}
        transaction.save(Changes.putting(rows, 1), [], Progress(1, "first"))
        assert transaction.keys_with(Table.STATEMENT, "one") == sorted(keys[:2])
        gone = Changes()
        gone.add(2, Table.STATEMENT, keys[0], None)
        transaction.save(gone, [], Progress(2, "second"))
    with views.snapshot() as served:
        assert served.keys_with(Table.STATEMENT, "one") == [keys[1]]
        assert served.keys_with(Table.STATEMENT, "harbour") == []


def test_the_longest_address_is_a_key(views: ViewStore) -> None:
    """An article's address of as many bytes as are allowed is stored and found."""
    chance = random.Random(7)  # noqa: S311 (what repeats itself would be compressed)
    path = "".join(chr(chance.randrange(0x4E00, 0x9FFF)) for _ in range(LONGEST_URL))
    url = f"https://example.org/{path}".encode()[:LONGEST_URL].decode(errors="ignore")
    key = (url, "a" * 64)
    with views.transaction() as transaction:
        rows = {Place(Table.ARTICLE_URL, key): b"1"}
        transaction.save(Changes.putting(rows, 1), [], FIRST)
    with views.snapshot() as served:
        assert list(served.keys(Table.ARTICLE_URL, url)) == [key]


def test_keys_are_ordered_by_their_bytes(views: ViewStore) -> None:
    """Capitals, accents and scripts come as their bytes do, in no language's order."""
    names = ["a", "B", "é", "z", "Я", "а", "𝔘", "-", "Z"]
    put(views, {k: v for n in names for k, v in topic(n).items()}, FIRST)
    assert [key for (key,) in topics(views)] == sorted(names, key=str.encode)


def test_a_transaction_that_fails_changes_nothing(views: ViewStore) -> None:
    """A page is stored whole or not at all."""

    def fail() -> None:
        with views.transaction() as transaction:
            transaction.save(Changes.putting(topic("harbour"), 1), [POISON], FIRST)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with views.snapshot() as served:
        assert served.progress == Progress()
        assert not served.parked()
    assert topics(views) == []


def test_a_snapshot_stays_as_it_is_while_others_write(views: ViewStore) -> None:
    """Everything that one snapshot gives belongs to one seq."""
    put(views, topic("harbour"), FIRST)
    with views.snapshot() as served:
        assert served.keys(Table.TOPIC) == [("harbour",)]
        put(views, topic("mill"), SECOND)
        assert served.keys(Table.TOPIC) == [("harbour",)]
    assert topics(views) == [("harbour",), ("mill",)]


def test_rows_of_an_older_fold_are_emptied(
    open_views: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An update that folds the same log to other rows begins anew at the first start."""
    put(open_views(), topic("harbour"), FIRST)
    monkeypatch.setattr("adapters.views.transaction.FOLD_VERSION", FOLD_VERSION + 1)
    for _ in range(2):
        with open_views().snapshot() as served:
            assert served.progress == Progress()
            assert not served.keys(Table.TOPIC)


def test_rows_of_a_newer_fold_are_refused(
    open_views: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older onrecord does not touch them, and says what may be done."""
    with monkeypatch.context() as newer:
        newer.setattr("adapters.views.transaction.FOLD_VERSION", FOLD_VERSION + 1)
        views = open_views()
        put(views, topic("harbour"), FIRST)
    with pytest.raises(NewerStoreError, match=r"update onrecord, or .* to rebuild it"):
        open_views()
    assert topics(views) == [("harbour",)]


def test_rows_that_another_version_began_anew_are_not_gone_on_with(
    views: ViewStore, open_views: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that runs on after an update reads, and writes nothing of its own."""
    put(views, topic("harbour"), FIRST)
    with monkeypatch.context() as newer:
        newer.setattr("adapters.views.transaction.FOLD_VERSION", FOLD_VERSION + 1)
        open_views()
    with pytest.raises(NewerStoreError, match="stop those of older versions"):
        put(views, topic("mill"), SECOND)
    assert topics(views) == []


def test_a_rebuild_does_not_replace_what_a_newer_version_began(
    open_views: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older program that rebuilds on after an update puts nothing in its place."""
    views = open_views()
    with views.beside() as fresh:
        put(fresh, topic("old"), FIRST)
        with monkeypatch.context() as newer:
            newer.setattr("adapters.views.transaction.FOLD_VERSION", FOLD_VERSION + 1)
            put(open_views(), topic("new"), FIRST)
        with pytest.raises(NewerStoreError, match="update onrecord"), fresh.replacing():
            pass
    assert topics(views) == [("new",)]
    with pytest.raises(NewerStoreError, match="update onrecord"), views.beside():
        pass
    assert topics(views) == [("new",)]


def test_rows_begun_anew_are_of_another_generation(views: ViewStore) -> None:
    """Who kept something of them in memory notices, though all else be the same."""
    put(views, topic("harbour"), FIRST)
    with views.snapshot() as served:
        before = served.generation
    with views.beside() as fresh, fresh.replacing() as transaction:
        transaction.save(Changes.putting(topic("harbour"), 1), [], FIRST)
    with views.snapshot() as served:
        assert served.progress == FIRST
        assert served.generation != before


def test_clearing_goes_back_to_the_beginning(views: ViewStore) -> None:
    """Cleared read models hold no rows, no parked events and no progress."""
    with views.transaction() as transaction:
        transaction.save(Changes.putting(topic("harbour"), 1), [POISON], FIRST)
    with views.transaction() as transaction:
        transaction.clear()
        assert transaction.progress == Progress()
    with views.snapshot() as served:
        assert served.progress == Progress()
        assert not served.parked()
    assert topics(views) == []
