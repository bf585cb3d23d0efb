"""What every article store promises."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from adapters.articles.memory import MemoryArticleStore
from adapters.articles.postgresql import PostgresArticleStore
from adapters.articles.store import SQLArticleStore
from adapters.postgresql import Address
from domain.model.ids import article_id
from tests.support.stores import KINDS, Erasing


@pytest.fixture(params=KINDS)
def texts(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Erasing]:
    """Return an empty store of each kind."""
    if request.param == "memory":
        yield MemoryArticleStore()
    elif request.param == "sqlite":
        with SQLArticleStore(tmp_path / "texts.db") as store:
            yield store
    else:
        address = Address(request.getfixturevalue("database"))
        with PostgresArticleStore(address) as store:
            yield store


def test_a_text_is_given_back_as_it_was(texts: Erasing) -> None:
    """Line ends, accents, astral characters and combining marks survive."""
    text = "Élan\r\n« ноль » 𝔘 e\u0301 مرحبا\n"
    identifier = texts.put(text)
    assert identifier == article_id(text)
    assert texts.get(identifier) == text


def test_storing_a_text_again_changes_nothing(texts: Erasing) -> None:
    """A text is stored once, under its hash."""
    assert texts.put("twice") == texts.put("twice")
    assert texts.get(article_id("twice")) == "twice"


def test_what_is_not_there_is_none(texts: Erasing) -> None:
    """An unknown id gives None, not an error."""
    assert texts.get(article_id("never seen")) is None


def test_an_erased_text_is_gone(texts: Erasing) -> None:
    """Erasing takes the text away; erasing again changes nothing."""
    identifier = texts.put("to be taken down")
    texts.erase(identifier)
    texts.erase(identifier)
    assert texts.get(identifier) is None


def test_an_erased_text_leaves_no_bytes_behind(tmp_path: Path) -> None:
    """After erasing and closing, the words are in no file of the store."""
    path = tmp_path / "texts.db"
    words = "Vesna Orlin said the harbour would close"
    with SQLArticleStore(path) as store:
        store.erase(store.put(words * 50))
    assert all(words.encode() not in f.read_bytes() for f in tmp_path.iterdir())


def test_texts_stored_from_many_threads_are_all_kept(texts: Erasing) -> None:
    """Writers at the same time wait for one another; none is refused."""
    words = [f"text {number}" * 50 for number in range(90)]
    with ThreadPoolExecutor(max_workers=6) as pool:
        identifiers = list(pool.map(texts.put, words * 2))
    assert [texts.get(each) for each in identifiers] == words * 2


def test_a_path_is_taken_as_it_is_written(tmp_path: Path) -> None:
    """A question mark in a file name begins no query: that very file is made."""
    path = tmp_path / "what?.db"
    with SQLArticleStore(path) as store:
        store.put("somewhere")
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
