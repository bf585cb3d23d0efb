"""Similarity proposes what may be one utterance; what differs goes to review."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.similarity.rapidfuzz_words import similar_words
from domain.events.base import Event
from domain.events.topic import LinkKind, StatementAttributed, StatementsLinked
from domain.model.commitment import Reading
from domain.model.grouping import groups
from domain.model.ids import ArticleId
from domain.model.span import Excerpt
from domain.positions.live import LiveStatement, live_statements
from domain.positions.proposals import SIMILAR, Proposal, Similar, proposals
from domain.positions.record import TopicRecord
from tests.support.facts import (
    OTHER_QUESTION,
    article_of,
    attributed,
    reading,
    recorded,
    statement_of,
)

WORDS = "Le port d'Orsk restera fermé jusqu'au 3 mai"
REPORTED = "le port d’Orsk « restera fermé » jusqu'au 3 mai, dit-elle"


def said(
    number: int,
    words: str,
    *readings: Reading,
    spoken_at: str | None = "2031-02-01",
    speaker: str | None = "vesna-orlin",
    language: str = "fr",
) -> StatementAttributed:
    """Return the recording of some words in an article of their own."""
    told = attributed(
        number, spoken_at, *(readings or (reading(-3, holder="self"),)), speaker=speaker
    )
    content = (Excerpt(start=0, end=len(words), words=words),)
    found = told.attribution.model_copy(
        update={"content": content, "language": language}
    )
    return told.model_copy(update={"attribution": found})


def proposed(*events: Event) -> tuple[Proposal, ...]:
    """Return what is proposed of some recordings."""
    return proposals(
        live_statements(TopicRecord(recorded(events))), similar_words
    ).pairs


def test_two_reports_of_one_utterance_are_proposed() -> None:
    """Same speaker, days that overlap, one commitment, similar words of one language."""
    (found,) = proposed(
        said(1, WORDS), said(2, REPORTED, spoken_at="2031-02-01/2031-02-03")
    )
    assert found.conflicts == ()
    assert {found.first, found.second} == {statement_of(1), statement_of(2)}
    assert found.similarity >= SIMILAR


@pytest.mark.parametrize(
    ("second", "conflicts"),
    [
        (said(2, REPORTED, speaker="tarek-mool"), ["speaker"]),
        (said(2, REPORTED, speaker=None), ["speaker"]),
        (said(2, REPORTED, reading(3)), ["polarity"]),
        (said(2, REPORTED, reading(-1)), ["commitment"]),
        (said(2, REPORTED.replace("3 mai", "13 mai")), ["number"]),
        (said(2, REPORTED.replace("3", "5"), reading(2)), ["polarity", "number"]),
        (said(2, REPORTED, reading(1, question=OTHER_QUESTION)), []),
    ],
)
def test_what_differs_goes_to_review(
    second: StatementAttributed, conflicts: list[str]
) -> None:
    """Another speaker, side, commitment or number is told, and nothing is decided."""
    first = said(1, WORDS, reading(-3))
    (found,) = proposed(first, second)
    assert list(found.conflicts) == conflicts


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(said(2, REPORTED, spoken_at="2031-02-02"), id="another day"),
        pytest.param(said(2, REPORTED, spoken_at=None), id="no day"),
        pytest.param(said(2, REPORTED, language="en"), id="another language"),
        pytest.param(said(2, "Les pêcheurs attendront la marée"), id="other words"),
        pytest.param(
            said(2, REPORTED).model_copy(update={"article": said(1, WORDS).article}),
            id="one article",
        ),
    ],
)
def test_what_cannot_be_one_utterance_is_not_proposed(
    second: StatementAttributed,
) -> None:
    """Another day, language or wording, or the same article, is no second report."""
    assert proposed(said(1, WORDS), second) == ()


@pytest.mark.parametrize("kind", LinkKind)
def test_what_is_linked_is_not_proposed_again(kind: LinkKind) -> None:
    """A link of any kind is a decision: repeats or contradicts dismisses a proposal."""
    link = StatementsLinked(
        first=min(statement_of(1), statement_of(2)),
        second=max(statement_of(1), statement_of(2)),
        kind=kind,
        reason="read",
    )
    assert proposed(said(1, WORDS), said(2, REPORTED), link) == ()


def test_clear_pairs_come_first() -> None:
    """Pairs for review stand behind those without a conflict."""
    found = proposed(
        said(1, WORDS),
        said(2, REPORTED.replace("3 mai", "13 mai")),
        said(3, REPORTED),
    )
    assert [len(each.conflicts) for each in found] == [0, 1, 1]


@pytest.mark.parametrize(
    ("first", "second", "similar"),
    [
        (WORDS, REPORTED, True),
        ("We will open the sluices", "“we will open” the sluices, he said", True),
        ("Шлюзы останутся закрыты", "шлюзы, по её словам, останутся закрыты", True),
        ("We will open the sluices", "We will not open the sluices", True),
        ("We will open the sluices", "The summit takes place in autumn", False),
        ("Le port restera fermé", "Le sommet aura lieu en automne", False),
        ("", "We will open the sluices", False),
    ],
)
def test_similarity_sees_words_and_not_what_they_say(
    first: str, second: str, similar: bool
) -> None:
    """Order, case and marks play no part; a *not* is not seen, hence the conflicts."""
    (there,), (back,) = (
        [*similar_words(a, [b], 0)] for a, b in ((first, second), (second, first))
    )
    assert there == back
    assert (there[1] >= SIMILAR) is similar
    assert [*similar_words(first, [second], SIMILAR)] == [there] * similar


def as_if(similarity: Callable[[str, str], float]) -> Similar:
    """Return a comparison of one text with many, by one that takes two."""

    def similar(
        text: str, others: Sequence[str], least: float
    ) -> Iterator[tuple[int, float]]:
        for at, other in enumerate(others):
            if (alike := similarity(text, other)) >= least:
                yield at, alike

    return similar


def as_told(*statements: StatementAttributed, alike: float) -> list[Proposal]:
    """Return what is proposed where all words are as similar as told."""
    found = live_statements(TopicRecord(recorded(statements)))
    return list(proposals(reversed(found), as_if(lambda _, __: alike)).pairs)


def test_words_as_similar_as_the_threshold_are_proposed() -> None:
    """Less similar ones are not; the figure is told in hundredths."""
    pair = (said(1, WORDS), said(2, WORDS))
    assert [each.similarity for each in as_told(*pair, alike=0.8)] == [0.8]
    assert [each.similarity for each in as_told(*pair, alike=0.8765)] == [0.88]
    assert [each.similarity for each in as_told(*pair, alike=0.796)] == [0.8]
    assert as_told(*pair, alike=0.79) == []


def test_pairs_stand_by_similarity_and_then_by_their_ids() -> None:
    """The lesser id is the first of a pair, whatever the order of the statements."""
    ids = sorted(map(statement_of, (1, 2, 3)))
    found = as_told(*(said(n, WORDS) for n in (1, 2, 3)), alike=0.9)
    assert [(each.first, each.second) for each in found] == [
        (ids[0], ids[1]),
        (ids[0], ids[2]),
        (ids[1], ids[2]),
    ]
    texts = {f"{WORDS} {mark}" for mark in "abc"}
    likely = live_statements(
        TopicRecord(recorded(said(n, t) for n, t in enumerate(sorted(texts))))
    )
    graded = proposals(
        likely, as_if(lambda a, b: 0.99 if {a[-1], b[-1]} == {"b", "c"} else 0.9)
    )
    assert [each.similarity for each in graded.pairs] == [0.99, 0.9, 0.9]


def test_what_is_one_utterance_through_a_third_report_is_not_proposed() -> None:
    """Linked statements are one group: there is nothing left to decide in it."""
    one, two, three = sorted((1, 2, 3), key=statement_of)
    links = [
        StatementsLinked(
            first=statement_of(a),
            second=statement_of(b),
            kind=LinkKind.SAME_STATEMENT,
            reason="read",
        )
        for a, b in ((one, two), (two, three))
    ]
    assert proposed(*(said(n, WORDS) for n in (1, 2, 3)), *links) == ()


@pytest.mark.parametrize(
    ("one", "other", "days_shared"),
    [
        ("2031-02-01/2031-02-03", "2031-02-03/2031-02-05", True),
        ("2031-02-03/2031-02-05", "2031-02-01/2031-02-03", True),
        ("2031-02-01/2031-02-03", "2031-02-04/2031-02-05", False),
        ("2031-02-04/2031-02-05", "2031-02-01/2031-02-03", False),
        ("2031-02-01/2031-02-07", "2031-02-03", True),
        ("2031-02-03", "2031-02-01/2031-02-07", True),
    ],
)
def test_a_day_in_common_is_enough(one: str, other: str, *, days_shared: bool) -> None:
    """The first and the last day count."""
    pair = (said(1, WORDS, spoken_at=one), said(2, WORDS, spoken_at=other))
    assert bool(proposed(*pair)) is days_shared


@pytest.mark.parametrize(
    ("first", "second", "conflicts"),
    [
        (reading(3), reading(0), ["commitment"]),
        (reading(0), reading(0), []),
        (reading(3), reading(-3, holder="tarek-mool"), []),
        (reading(3, question=None), reading(-3, question=None), []),
    ],
)
def test_commitments_are_compared_on_one_question_of_one_holder(
    first: Reading, second: Reading, conflicts: list[str]
) -> None:
    """No commitment is no side; what answers no question conflicts with nothing."""
    (found,) = proposed(said(1, WORDS, first), said(2, WORDS, second))
    assert list(found.conflicts) == conflicts


def test_numbers_are_compared_as_they_are_written_in_whatever_order() -> None:
    """Each as often as it occurs."""
    words = "Le 3 mai et le 13 juin, le port rouvre"
    for other, conflicts in (
        ("Le 13 juin et le 3 mai, le port rouvre", ()),
        ("Le 3 mai et le 3 mai et le 13 juin, le port rouvre", ("number",)),
        ("Le 31 mai et le 3 juin, le port rouvre", ("number",)),
    ):
        for one, two in ((words, other), (other, words)):
            (found,) = as_told(said(1, one), said(2, two), alike=1)
            assert found.conflicts == conflicts


def test_two_speakers_whom_nobody_knows_are_not_the_same_one() -> None:
    """An unnamed source may be anybody."""
    (found,) = proposed(said(1, WORDS, speaker=None), said(2, WORDS, speaker=None))
    assert list(found.conflicts) == ["speaker"]


def test_a_long_interval_meets_each_short_one_within_it() -> None:
    """Also those that were over before others began."""
    week, second, fifth = (
        said(number, WORDS, spoken_at=days)
        for number, days in enumerate(
            ("2031-02-01/2031-02-07", "2031-02-02", "2031-02-05")
        )
    )
    ids = {(each.first, each.second) for each in proposed(week, second, fifth)}
    assert {frozenset(pair) for pair in ids} == {
        frozenset({week.statement, other.statement}) for other in (second, fifth)
    }


DAYS = st.builds(
    lambda first, more: f"{first}/{first + timedelta(days=more)}",
    st.dates(date(2031, 2, 1), date(2031, 2, 12)),
    st.integers(0, 9),
)
"""Intervals of a few days, and some that are too wide to place anything."""


@given(
    st.lists(
        st.tuples(
            st.sampled_from([WORDS, REPORTED, "Les pêcheurs attendront", "Le 3 mai"]),
            st.none() | DAYS,
            st.sampled_from(["fr", "en"]),
        ),
        max_size=9,
    ),
    st.sets(st.sampled_from([*combinations(range(9), 2)]), max_size=3),
    st.sets(st.sampled_from([*combinations(range(9), 2)]), max_size=3),
)
def test_what_is_proposed_is_what_comparing_all_pairs_proposes(
    told: list[tuple[str, str | None, str]],
    linked: set[tuple[int, int]],
    revised: set[tuple[int, int]],
) -> None:
    """Windows of days and versions leave out no pair, and give each of them once."""
    statements = [
        said(number, words, spoken_at=days, language=language)
        for number, (words, days, language) in enumerate(told)
    ]
    links = [
        StatementsLinked(
            first=min(statement_of(a), statement_of(b)),
            second=max(statement_of(a), statement_of(b)),
            kind=LinkKind.REPEATS,
            reason="read",
        )
        for a, b in sorted(linked)
        if b < len(told)
    ]
    live = live_statements(TopicRecord(recorded([*statements, *links])))
    versions = [(article_of(a), article_of(b)) for a, b in revised]
    found = proposals(live, similar_words, versions).pairs
    pairs = {(each.first, each.second): each.versions for each in found}
    joined = {a: set(group) for group in groups(versions) for a in group}
    assert pairs == {
        (a.id, b.id): b.statement.article in joined.get(a.statement.article, set())
        for a, b in combinations(live, 2)
        if may_be_one(a, b, joined)
    }
    assert len(pairs) == len(found)


def may_be_one(
    a: LiveStatement, b: LiveStatement, versions: dict[ArticleId, set[ArticleId]]
) -> bool:
    """Tell of two statements alone whether they are proposed."""
    if any(link.other == b.id for link in a.links):
        return False
    of_versions = b.statement.article in versions.get(a.statement.article, set())
    return (
        a.statement.attribution.language == b.statement.attribution.language
        and (of_versions or share_a_day(a, b))
        and bool(
            [*similar_words(a.statement.attribution.words, [words_of(b)], SIMILAR)]
        )
    )


def share_a_day(a: LiveStatement, b: LiveStatement) -> bool:
    """Tell whether two statements are placed, and on a day in common."""
    one, other = a.interval, b.interval
    if one.unplaced or other.unplaced:
        return False
    days = (one.earliest, other.earliest, one.latest, other.latest)
    first, also_first, last, also_last = cast("tuple[date, ...]", days)
    return max(first, also_first) <= min(last, also_last)


def words_of(live: LiveStatement) -> str:
    """Return the words of a statement."""
    return live.statement.attribution.words


def test_of_very_many_on_one_day_the_last_are_compared_and_the_rest_is_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Time must not grow with the square of a busy day; what is left out is told."""
    monkeypatch.setattr("domain.positions.proposals.MOST", 2)
    live = live_statements(TopicRecord(recorded([said(n, WORDS) for n in range(5)])))
    found = proposals(live, similar_words)
    ids = [each.id for each in live]
    assert {(each.first, each.second) for each in found.pairs} == {
        *pairwise(ids),
        *zip(ids, ids[2:], strict=False),
    }
    assert found.unread == 3


def test_a_pair_is_proposed_with_the_words_of_both() -> None:
    """Who decides reads them, in the order of the ids."""
    (found,) = proposed(said(1, WORDS), said(2, REPORTED))
    by_id = {statement_of(1): WORDS, statement_of(2): REPORTED}
    assert found.words == (by_id[found.first], by_id[found.second])
