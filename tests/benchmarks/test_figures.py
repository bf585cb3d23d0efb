"""What is done with times: rates beside floors, tables, and the drawing."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.benchmarks.history.figures import Figures, Rate, Wait
from tests.benchmarks.measure import Delay, beside
from tests.benchmarks.plot import draw, panels

SVG = "{http://www.w3.org/2000/svg}"


def test_a_ratio_is_that_of_the_rounds_and_not_of_the_rates() -> None:
    """A slow round slows a thing and its floor; together they say what is so."""
    result = beside("it", "less", "events", 100, above=[2, 40, 2], below=[1, 20, 2])
    assert result.rate == 50
    assert result.floor == 50
    assert result.ratio == 0.5


def test_a_floor_that_did_less_is_counted_for_what_it_did() -> None:
    """Ten times the work in the same time is ten times the floor."""
    result = beside("it", "less", "events", 100, above=[2], below=[2], floor_count=10)
    assert result.floor == 5
    assert result.ratio == pytest.approx(10)


def figures() -> Figures:
    """Return figures as a run of two lengths makes them."""
    found = Figures()
    for size in (10_000, 100_000):
        result = beside("read", "raw", "events", size, above=[1.0], below=[0.5])
        found.rates.append(Rate("read", size, result))
        for topic in (4, 80):
            taken = Delay.of("timeline, now", [size / 1e6, size / 1e6])
            floor = Delay.of("rows", [0.001, 0.001])
            found.waits.append(Wait("timeline-now", size, topic, taken, floor))
    return found


def drawn(tmp_path: Path) -> str:
    """Return the drawing of figures that went through their file."""
    figures().write(tmp_path / "results.json")
    return draw(json.loads((tmp_path / "results.json").read_text()))


def test_the_file_says_when_and_with_what_it_was_measured(tmp_path: Path) -> None:
    """A figure without its machine is no figure."""
    figures().write(tmp_path / "results.json")
    run = json.loads((tmp_path / "results.json").read_text())["run"]
    assert run.keys() >= {"ended", "load", "cores", "python", "libraries"}


def test_a_drawing_shows_each_line_with_its_floor(tmp_path: Path) -> None:
    """Two lines were measured; nothing is drawn of what was not."""
    root = ET.fromstring(drawn(tmp_path))  # noqa: S314 (our own)
    through = [p.get("class") for p in root.iter(f"{SVG}path") if p.get("class")]
    assert sum(each == "line  c0" for each in through) == 2
    assert sum(each == "line below c0" for each in through) == 2
    titles = [t.text for t in root.iter(f"{SVG}text") if t.get("class") == "title"]
    assert titles == ["Events a second", "Timeline, p95, ms"]


def test_timelines_are_drawn_of_the_longest_history_alone() -> None:
    """Lines of two histories would cross one another at the same sizes."""
    told = json.loads(json.dumps(asdict(figures())))
    (line,) = panels(told)[2].lines
    assert line.points == [(4, 100), (80, 100)]


def test_a_drawing_reads_in_light_and_in_dark(tmp_path: Path) -> None:
    """It has no ground of its own, and its colours follow the reader's choice."""
    svg = drawn(tmp_path)
    assert "prefers-color-scheme: dark" in svg
    assert "<rect" not in svg
