"""The chart on the page of a topic: it shows what the list shows, and leads to it."""

from __future__ import annotations

import httpx
import pytest

from api.services import Services
from domain.events.agent import AgentRegistered
from domain.events.base import Event
from domain.model.agent import AgentKind
from domain.model.ids import AgentId, agent_stream, topic_stream
from tests.api.html import Element, visit
from tests.api.support import TOPIC as REAL
from tests.api.support import Site
from tests.support.facts import (
    OTHER_QUESTION,
    TOPIC,
    attributed,
    opened,
    posed,
    reading,
)
from tests.support.stores import append

pytestmark = pytest.mark.slow

HOSTILE = '</title></svg><script>alert(1)</script>" onload="alert(1) \u202eabc'
LONG = "Ministry of Navigable Waterways of the United Provinces of Valdoria " * 4
ARABIC = "ميرا سولين"
HERE = f"/topics/{TOPIC}"


def record(bare: Services, *events: Event) -> None:
    """Put statements on record about the invented topic and its two questions."""
    posing = (opened(), posed(), posed(OTHER_QUESTION))
    for each in events:
        if isinstance(each, AgentRegistered):
            append(bare.log, agent_stream(each.agent), each)
    said = [each for each in events if not isinstance(each, AgentRegistered)]
    append(bare.log, topic_stream(TOPIC), *posing)
    for told in said:
        append(bare.log, topic_stream(TOPIC), told)
    bare.follower.catch_up()


def registered(agent: str, label: str) -> AgentRegistered:
    """Return the registration of an agent with a label."""
    return AgentRegistered(
        agent=AgentId(agent),
        kind=AgentKind.PERSON,
        labels={"en": label},
        aliases=(),
        gender=None,
        carries_words=False,
        external_ids={},
    )


def some() -> list[Event]:
    """Return statements of two holders on two questions, one without a date."""
    return [
        attributed(1, "2031-02-01", reading(3)),
        attributed(2, "2031-03-03/2031-03-06", reading(3)),
        attributed(3, "2031-05-09", reading(-2, conditions=["no-tolls"])),
        attributed(4, "2031-04-01", reading(0, holder="tarek-mool")),
        attributed(5, "2031-04-01", reading(1, question=OTHER_QUESTION)),
        attributed(6, None, reading(1)),
    ]


def bars(page: Element) -> list[Element]:
    """Return the bars of the chart."""
    return page.all("a", class_="bar")


def test_a_bar_tells_a_position_and_leads_to_its_entry(
    bare: Services, bare_client: httpx.Client
) -> None:
    """As many bars as entries, in their order; days, value and label in words and signs."""
    record(bare, *some())
    page = visit(bare_client, HERE)
    entries = page.all("li", class_="position")
    assert [bar.attributes["href"] for bar in bars(page)] == [
        f"#{entry.attributes['id']}" for entry in entries
    ]
    assert [bar.one("title").words for bar in bars(page)] == [
        "On 1 April 2031: no commitment, stated",
        "On 1 February 2031: categorically yes, stated",
        "Between 3 and 6 March 2031: categorically yes, reaffirmed",
        "On 9 May 2031: probably no, on the condition “no-tolls”, reversed",
        "On 1 April 2031: possibly yes, stated",
    ]
    signs = [[text.words for text in bar.all("text")] for bar in bars(page)]
    assert signs == [["•", "0"], ["•", "+3"], ["=", "+3"], ["⇄", "−2◇"], ["•", "+1"]]
    framed = [bool(bar.all(class_="frame")) for bar in bars(page)]
    assert framed == [False, False, True, False, False]


def test_the_chart_is_read_aloud_line_by_line(
    bare: Services, bare_client: httpx.Client
) -> None:
    """A list for each question, named by it; a drawing for each holder, with a title."""
    record(bare, *some())
    chart = visit(bare_client, HERE).one("section", class_="chart")
    named = {
        each.attributes["id"]: each.words
        for each in chart.all()
        if each.attributes.get("id")
    }
    drawings = chart.all("svg", role="group")
    assert [named[each.attributes["aria-labelledby"]] for each in drawings] == [
        "tarek-mool: 1 position, no change",
        "vesna-orlin: 3 positions, 1 change",
        "vesna-orlin: 1 position, no change",
    ]
    lists = chart.one("div", class_="lines").all("ul")
    asked = [named[each.attributes["aria-labelledby"]] for each in lists]
    assert asked == ["open-the-harbour?", "pay-the-toll?"]
    hidden = [
        svg
        for each in chart.all()
        if each.attributes.get("aria-hidden") == "true"
        for svg in ([each] if each.name == "svg" else each.all("svg"))
    ]
    assert len(drawings) + len(hidden) == len(chart.all("svg"))


def test_evidence_without_a_place_is_counted_and_not_drawn(
    bare: Services, bare_client: httpx.Client
) -> None:
    """The count leads to where it is listed; without any there is no count."""
    record(bare, *some()[:5])
    assert "cannot be drawn" not in visit(bare_client, HERE).words
    append(bare.log, topic_stream(TOPIC), some()[5])
    bare.follower.catch_up()
    page = visit(bare_client, HERE)
    chart = page.one("section", class_="chart")
    assert "1 entry cannot be drawn: beside the line." in chart.words
    assert page.all(id=chart.one("a", href="#asides").attributes["href"][1:])


@pytest.mark.parametrize(
    "selection",
    [
        "as_of=2031-03",
        "holder=tarek-mool",
        "question=pay-the-toll",
        "changed_only=true",
    ],
)
def test_the_chart_shows_what_is_selected(
    bare: Services, bare_client: httpx.Client, selection: str
) -> None:
    """The same positions as the list, fewer than without the selection."""
    record(bare, registered("tarek-mool", "Tarek Mool"), *some())
    page = visit(bare_client, f"{HERE}?{selection}")
    entries = [
        f"#{each.attributes['id']}" for each in page.all("li", class_="position")
    ]
    assert [bar.attributes["href"] for bar in bars(page)] == entries
    assert 0 < len(entries) < 5


def test_the_chart_shows_what_was_known(
    bare: Services, bare_client: httpx.Client
) -> None:
    """What was recorded later is not drawn, and does not stretch the axis."""
    record(bare, *some())
    then = visit(bare_client, f"{HERE}?known_at={bare.log.head() - 5}")
    (bar,) = bars(then)
    assert bar.one("title").words == "On 1 February 2031: categorically yes, stated"
    axis = then.all(class_="axis")[0]
    assert [each.words for each in axis.all("text")] == [
        "1 Feb",
        "2031",
        "8 Feb",
        "15 Feb",
        "22 Feb",
    ]


def test_without_a_position_there_is_no_chart(
    bare: Services, bare_client: httpx.Client
) -> None:
    """Neither on an empty topic nor where only undated evidence is on record."""
    record(bare)
    assert not visit(bare_client, HERE).all("svg")
    append(bare.log, topic_stream(TOPIC), some()[5])
    bare.follower.catch_up()
    page = visit(bare_client, HERE)
    assert not page.all("svg")
    assert page.all(id="asides")


@pytest.mark.parametrize("name", [HOSTILE, LONG, ARABIC])
def test_any_name_is_shown_as_text(
    bare: Services, bare_client: httpx.Client, name: str
) -> None:
    """Whole in the title, in a direction of its own, and never as mark-up."""
    append(
        bare.log, agent_stream(AgentId("vesna-orlin")), registered("vesna-orlin", name)
    )
    record(bare, *some())
    page = visit(bare_client, HERE)
    assert not page.all("script")
    assert not [e for e in page.all() if any(a.startswith("on") for a in e.attributes)]
    shown = name.replace("\u202e", "[U+202E]")
    label = page.one("section", class_="chart").all("bdi", class_="name")[1]
    assert label.attributes["title"].strip() == shown.strip()
    assert label.text.strip() == shown.strip()


def test_all_that_the_chart_names_is_on_the_page(site: Site) -> None:
    """Links, titles and patterns: no reference leads nowhere, no id is there twice."""
    page = visit(site.client, f"/topics/{REAL}")
    ids = [each.attributes["id"] for each in page.all() if each.attributes.get("id")]
    assert len(ids) == len(set(ids))
    chart = page.one("section", class_="chart")
    named = {each.attributes["href"][1:] for each in chart.all("a")}
    named |= {
        each.attributes["fill"][5:-1] for each in chart.all(fill="url(#pattern-no-3)")
    }
    assert named <= set(ids)
    assert not [each for each in page.all() if "style" in each.attributes]
