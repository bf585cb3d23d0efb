"""The chart of the invented scenario, to the byte; looked at in a browser by a person.

The file is written only with ``ONRECORD_WRITE_GOLDEN=1``, and then looked at again.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adapters.lexicons.scenario import read_scenario
from api.pages.reader import ENGLISH
from api.pages.render import TopicView, topic_page
from api.schemas import outer
from api.schemas.build import builder_of
from api.schemas.build_timeline import timeline
from tests.golden.test_demo_scenario import FOLDER, player, read
from tests.support.desk import Desk, open_desk

GOLDEN = Path(__file__).parent / "demo" / "lake-ardan.chart.html"
BEGIN, END = '<section aria-labelledby="chart"', "</section>"


def view(desk: Desk) -> TopicView:
    """Return the scenario's topic as its page is given it."""
    found = read(desk)
    told = timeline(found, builder_of(desk.timelines.agents(), [found.topic], "en"))
    links = {"self": "/self", "events": "/events"}
    meta = outer.Meta(seq=found.seq)
    whole = outer.Envelope[outer.TimelineOut](data=told, meta=meta, links=links)
    return TopicView(whole, found.query, holders=(), permalink="/")


@pytest.mark.golden
def test_the_scenario_gives_the_chart_that_was_looked_at() -> None:
    """Whole points and no ids of chance: the same record is drawn in the same bytes."""
    with open_desk() as desk:
        player(desk)(read_scenario(FOLDER / "scenario"))
        page = topic_page(ENGLISH, view(desk)).decode()
    begun = page.index(BEGIN)
    told = page[begun : page.index(END, begun) + len(END)] + "\n"
    if os.environ.get("ONRECORD_WRITE_GOLDEN"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")
