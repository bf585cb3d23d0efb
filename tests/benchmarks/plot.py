"""``python -m tests.benchmarks.plot results.json out.svg``: the figures on histories, drawn.

Three panels on logarithmic axes: rates by the length of a history, the time until a
statement is visible and the time of a timeline by the size of the topic, the latter in
the longest history. A dashed line is the floor of the full one in its colour. It reads
in light and in dark.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil, floor, log10
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests.benchmarks.history.visible import TOPICS

WIDTH, HEIGHT, GAP = 300, 210, 74
LEFT, RIGHT, TOP, LEGEND = 58, 16, 34, 16
STYLE = """
text { font: 12px system-ui, sans-serif; fill: #24292f }
.title { font-weight: 600; font-size: 13px } .end { text-anchor: end }
.middle { text-anchor: middle } .grid { stroke: #d0d7de; stroke-width: 1 }
.line { fill: none; stroke-width: 2 } .below { stroke-dasharray: 4 4; stroke-width: 1.5 }
.c0 { stroke: #0969da } .c1 { stroke: #bc4c00 } .c2 { stroke: #1a7f37 }
.c3 { stroke: #8250df }
circle.line { stroke-width: 2; stroke-dasharray: none }
.grid.below { stroke: #57606a }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .grid { stroke: #3d444d } .grid.below { stroke: #9198a1 }
  .c0 { stroke: #58a6ff } .c1 { stroke: #f0883e } .c2 { stroke: #56d364 }
  .c3 { stroke: #bc8cff }
}
"""
Told = dict[str, Any]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """One measured thing and its floor, each as points by size."""

    name: str
    points: list[Point]
    below: list[Point]


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines over one pair of axes."""

    title: str
    across: str
    lines: list[Line]


def panels(told: Told) -> list[Panel]:
    """Return what there is to draw."""
    longest = max((each["size"] for each in told["rates"]), default=0)
    rates = {
        "read": "read and decode",
        "fold": "fold to positions",
        "rebuild": "rebuild the read models",
        "rebuild-2": "rebuild in two processes",
    }
    visible = {"visible-warm": "warm", "visible-cold": "after a cold start"}
    timelines = {f"timeline-{each}": each for each in ("now", "as_of", "known_at")}
    return [
        Panel(
            "Events a second",
            "statements of the history",
            _lines(
                told["rates"],
                rates,
                lambda r: (r["size"], r["result"]["rate"], r["result"]["floor"]),
            ),
        ),
        *(
            Panel(
                title,
                "statements of the topic",
                _lines(
                    [w for w in told["waits"] if w["size"] in sizes],
                    names,
                    lambda w: (w["statements"], w["taken"]["p95"], w["floor"]["p95"]),
                ),
            )
            for title, names, sizes in (
                ("Append until visible, p95, ms", visible, TOPICS),
                ("Timeline, p95, ms", timelines, (longest,)),
            )
        ),
    ]


def _lines(
    found: Iterable[Told],
    names: dict[str, str],
    point: Callable[[Told], tuple[float, float, float]],
) -> list[Line]:
    """Return a line for each name that something was measured of."""
    by_name: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for each in found:
        if each["figure"] in names:
            by_name[each["figure"]].append(point(each))
    return [
        Line(
            names[name],
            sorted((size, above) for size, above, _ in by_name[name]),
            sorted((size, below) for size, _, below in by_name[name]),
        )
        for name in names
        if name in by_name
    ]


def draw(told: Told) -> str:
    """Return the figures as SVG."""
    drawn = [each for each in panels(told) if each.lines]
    wide = len(drawn) * (WIDTH + GAP) + RIGHT
    high = TOP + HEIGHT + 48 + 4 * LEGEND
    body = "".join(
        f'<g transform="translate({LEFT + number * (WIDTH + GAP)} {TOP})">'
        f"{_panel(panel)}</g>"
        for number, panel in enumerate(drawn)
    )
    name = "Rates and times by size; the tables beside it hold the same figures."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" '
        f'role="img" aria-label="{name}"><title>{name}</title>'
        f"<style>{STYLE}</style>{body}</svg>\n"
    )


def _panel(panel: Panel) -> str:
    points = [p for line in panel.lines for p in (*line.points, *line.below)]
    across = _Axis.over([x for x, _ in points], WIDTH)
    up = _Axis.over([y for _, y in points], HEIGHT)
    parts = [f'<text class="title" y="-14">{escape(panel.title)}</text>']
    for value in up.ticks():
        y = HEIGHT - up.at(value)
        parts.append(f'<path class="grid" d="M0 {y:.1f}H{WIDTH}"/>')
        parts.append(f'<text class="end" x="-6" y="{y + 4:.1f}">{_short(value)}</text>')
    for value in across.ticks():
        x = across.at(value)
        label = f'<text class="middle" x="{x:.1f}" y="{HEIGHT + 17}">'
        parts.append(f"{label}{_short(value)}</text>")
    middle = f'x="{WIDTH / 2}" y="{HEIGHT + 34}"'
    parts.append(f'<text class="middle" {middle}>{escape(panel.across)}</text>')
    for number, line in enumerate(panel.lines):
        for kind, some in (("below", line.below), ("", line.points)):
            places = [(across.at(x), HEIGHT - up.at(y)) for x, y in some]
            parts.append(_path(places, f"line {kind} c{number}"))
        parts.append(_named(line.name, f"line c{number}", number))
    parts.append(_named("its floor", "line below grid", len(panel.lines)))
    return "".join(parts)


def _path(places: list[Point], style: str) -> str:
    """Return a line through points, and a dot at each."""
    through = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    dots = "".join(
        f'<circle class="{style}" cx="{x:.1f}" cy="{y:.1f}" r="2"/>' for x, y in places
    )
    return f'<path class="{style}" d="M{through}"/>{dots}'


def _named(name: str, style: str, number: int) -> str:
    y = HEIGHT + 52 + number * LEGEND
    return (
        f'<path class="{style}" d="M0 {y - 4}H22"/>'
        f'<text x="28" y="{y}">{escape(name)}</text>'
    )


@dataclass(frozen=True, slots=True)
class _Axis:
    """A logarithmic axis over whole decades."""

    low: int
    high: int
    length: float

    @classmethod
    def over(cls, values: list[float], length: float) -> _Axis:
        low, high = floor(log10(min(values))), ceil(log10(max(values)))
        return cls(low, max(high, low + 1), length)

    def at(self, value: float) -> float:
        return (log10(value) - self.low) / (self.high - self.low) * self.length

    def ticks(self) -> list[float]:
        return [10.0**each for each in range(self.low, self.high + 1)]


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def main() -> None:
    """Draw the figures of a run."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.plot")
    parser.add_argument("results", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    told = json.loads(arguments.results.read_text(encoding="utf-8"))
    arguments.out.write_text(draw(told), encoding="utf-8")


if __name__ == "__main__":
    main()
