"""Processes that extract: languages kept together, order kept, deaths survived."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import partial

import pytest

from api.app import ArticleFile
from api.commands.lanes import TOGETHER, Input, Lanes, Outcome
from domain.errors import UnreadableArticleError
from domain.model.article import Article, Capture

pytestmark = pytest.mark.slow


def article(name: str, language: str) -> Input:
    """Return an input that was read."""
    capture = Capture(media_type="text/plain", encoding="utf-8", byte_length=1)
    read = ArticleFile(name, Article(text=name, language=language), capture)
    return Input(name, read)


def work(deadly: str, inputs: Sequence[Input]) -> list[Outcome]:
    """Tell which process was given each input, and with how many; die of one name."""
    if any(each.name == deadly for each in inputs):
        os._exit(1)
    return [Outcome(each.name, text=f"{os.getpid()} {len(inputs)}") for each in inputs]


@pytest.fixture
def lanes() -> Iterator[Lanes]:
    """Return two processes that die of the article "deadly"."""
    made = Lanes(2, partial(work, "deadly"))
    yield made
    made.close()


def test_what_is_sent_comes_back_in_its_order(lanes: Lanes) -> None:
    """Whatever the language, and where there is no article at all."""
    bad = Input("bad", UnreadableArticleError("is empty"))
    sent = [article(f"{n}", ("fr", "en", "ru")[n % 3]) for n in range(40)] + [bad]
    done = lanes.results(lanes.send(sent))
    assert [each.name for each in done] == [each.name for each in sent]


def test_a_language_stays_with_the_process_that_has_met_it(lanes: Lanes) -> None:
    """Two languages in two processes: each loads one model."""
    sent = [article(f"{n}", ("fr", "en")[n % 2]) for n in range(20)]
    done = [each.text.split()[0] for each in lanes.results(lanes.send(sent))]
    again = [each.text.split()[0] for each in lanes.results(lanes.send(sent))]
    assert len(set(done[::2])) == len(set(done[1::2])) == 1
    assert set(done[::2]) != set(done[1::2])
    assert again == done


def test_much_of_one_language_is_shared(lanes: Lanes) -> None:
    """Where several groups wait, the other process loads the language too."""
    sent = [article(f"{n}", "fr") for n in range(6 * TOGETHER)]
    done = [each.text.split() for each in lanes.results(lanes.send(sent))]
    assert len({process for process, _ in done}) == 2
    assert {size for _, size in done} == {str(TOGETHER)}


def test_a_process_that_is_killed_takes_no_neighbour_with_it(lanes: Lanes) -> None:
    """The article that killed it is named; all others are extracted."""
    names = ["a", "b", "deadly", "c", "d"]
    done = list(lanes.results(lanes.send([article(each, "fr") for each in names])))
    assert [each.name for each in done] == names
    told = {each.name: each.complaint for each in done if each.complaint}
    assert told == {"deadly": "cannot be extracted: a process was killed"}
