"""The benchmark of histories runs to its end on a short one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.history import visible
from tests.benchmarks.history.__main__ import measure
from tests.benchmarks.history.figures import Figures
from tests.benchmarks.history.store import built, recipe_digest

SIZE, SEED = 300, 7


@pytest.mark.slow
def test_everything_is_measured_beside_its_floor(tmp_path: Path) -> None:
    """Reading, folding, rebuilding and timelines, all of one built history."""
    figures = Figures()
    store = built(SIZE, SEED, tmp_path)
    measure(store, ["replay", "rebuild", "timelines"], 60, figures)
    assert [each.figure for each in figures.rates] == [
        "read",
        "read-library",
        "fold",
        "fold-library",
        "rebuild-2",
        "rebuild",
    ]
    assert all(each.result.ratio > 0 for each in figures.rates)
    assert len(figures.waits) == 9
    assert all(each.most > 0 for each in figures.memory)
    assert not figures.remarks


def test_a_history_is_built_once(tmp_path: Path) -> None:
    """The store of a size and a seed is kept; a half-built one is not taken for it."""
    (tmp_path / f"100-7-{recipe_digest()}.part").mkdir()
    first = built(100, SEED, tmp_path)
    (first.folder / "kept").touch()
    assert built(100, SEED, tmp_path) == first
    assert (first.folder / "kept").exists()


@pytest.mark.slow
def test_a_rebuild_that_nobody_waits_for_says_how_far_it_came(tmp_path: Path) -> None:
    """A figure of a part is named as one; timelines are not read of half a state."""
    figures = Figures()
    measure(built(SIZE, SEED, tmp_path), ["rebuild", "timelines"], 0, figures)
    assert all(each.result.what.endswith("given up") for each in figures.rates)
    assert len(figures.rates) == 2
    assert len(figures.remarks) == 3
    assert not figures.waits


@pytest.mark.slow
def test_a_statement_is_made_visible_warm_and_cold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A small topic is made several times, so that it does not double."""
    monkeypatch.setattr(visible, "TOPICS", (10,))
    warm, cold = visible.run(SEED)
    assert (warm.figure, cold.figure) == ("visible-warm", "visible-cold")
    assert warm.taken.times == visible.COPIES * 10
    assert warm.taken.p50 > 0
