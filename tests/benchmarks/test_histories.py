"""Histories that benchmarks run on: repeatable, near their recipe, and real to the log."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.events.article import ArticleRevised
from domain.events.topic import (
    StatementDated,
    StatementsLinked,
    StatementWithdrawn,
)
from domain.projections.rows import Table
from domain.services.log_pages import read_all
from domain.services.projecting import Projector
from tests.benchmarks.histories import recipe
from tests.benchmarks.histories.counting import Counts, count
from tests.benchmarks.histories.newsroom import history
from tests.benchmarks.histories.recipe import drawn

SIZE, SEED = 8_000, 7


@pytest.fixture(scope="module")
def counted() -> Counts:
    """Return the counts of a history of some thousand statements."""
    return count(history(SIZE, SEED))


@pytest.mark.slow
def test_a_seed_gives_the_same_bytes_in_every_process() -> None:
    """Nothing in it hangs on the hashes of this process."""
    command = [sys.executable, "-m", "tests.benchmarks.histories", "--n", "500"]
    root = Path(__file__).parents[2]
    told = subprocess.run(
        [*command, "--seed", "7"],
        check=True,
        capture_output=True,
        text=True,
        cwd=root,
        env={"PYTHONHASHSEED": "1"},
    ).stdout
    assert told.splitlines()[-1] == f"sha256 {count(history(500, 7)).digest}"


def test_another_seed_gives_another_history() -> None:
    """The seed decides what is said where, not only how articles are called."""
    one, other = (count(history(100, seed)) for seed in (7, 8))
    assert one.topics != other.topics


@pytest.mark.slow
def test_a_history_ends_at_the_statement_that_was_asked_for(counted: Counts) -> None:
    """A size is a number of recordings of statements, exactly."""
    assert counted.statements == SIZE


def test_articles_hold_as_many_statements_as_real_ones() -> None:
    """Mean 5.3, and none in one article of five."""
    dice = Random(7)
    sizes = [int(drawn(recipe.STATEMENTS, dice)) for _ in range(50_000)]
    assert sum(sizes) / len(sizes) == pytest.approx(5.3, abs=0.15)
    assert sizes.count(0) / len(sizes) == pytest.approx(0.21, abs=0.01)
    assert sorted(sizes)[len(sizes) // 2] == 3


@pytest.mark.slow
def test_what_comes_later_is_near_the_recipe(counted: Counts) -> None:
    """Withdrawals, decisions, links and revisions, by the statements that they follow."""
    events, statements = counted.events, counted.statements
    assert events[StatementWithdrawn.name] / statements == pytest.approx(
        recipe.WITHDRAWN, rel=0.5
    )
    assert events[StatementDated.name] / statements == pytest.approx(
        recipe.DECIDED / 4, rel=0.5
    )
    assert events[StatementsLinked.name] / statements == pytest.approx(0.2, rel=0.3)
    first = statements / 5.3 / (1 + recipe.REVISED + recipe.REPORTED_AGAIN * 3.5)
    assert events[ArticleRevised.name] / first == pytest.approx(recipe.REVISED, rel=0.3)


@pytest.mark.slow
def test_no_topic_and_no_holder_has_an_unlikely_share(counted: Counts) -> None:
    """The largest topic has a few in 100; a day of one holder is at most an interview."""
    largest = counted.topics.most_common(1)[0][1]
    assert 0.01 < largest / counted.statements < 0.05
    assert max(counted.a_day.values()) <= 30


@pytest.mark.slow
def test_the_log_takes_a_history_and_the_read_models_park_none_of_it(
    tmp_path: Path,
) -> None:
    """Versions follow one another, ids are those of the log, references exist."""
    written = list(history(1_000, SEED))
    with (
        SQLiteEventLog(tmp_path / "log.db", SystemClock()) as log,
        SQLiteViewStore(tmp_path / "views.db") as views,
    ):
        for each in written:
            log.append(each.batch)
        Projector(log, views).catch_up()
        events = sum(len(a.events) for w in written for a in w.batch.appends)
        assert sum(1 for _ in read_all(log)) == events
        with views.snapshot() as served:
            assert not served.parked()
            assert served.rows(Table.WITHDRAWN)
            assert len(served.rows(Table.STATEMENT)) > 900
