"""What commands print as text: in the words of the pages, in the language asked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner

from api.app import Settings, open_services
from api.commands.group import onrecord
from api.services import Services
from domain.decisions.commands import COMMAND
from domain.events.topic import StatementAttributed
from domain.model.ids import AgentId, agent_stream, article_stream, topic_stream
from tests.support.desk import PUBLISHED, captured, registered
from tests.support.facts import (
    HOLDER,
    OTHER_QUESTION,
    QUESTION,
    TESTER,
    TOPIC,
    article_of,
    attributed,
    opened,
    posed,
    reading,
    statement_of,
)
from tests.support.stores import append

pytestmark = pytest.mark.slow
OTHER = AgentId("w-orlin")
Run = Callable[..., str]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a store with a topic in which much was decided."""
    folder = tmp_path_factory.mktemp("text")
    name = f"sqlite:///{folder}/record.db"
    with open_services(Settings(store=name)) as services:
        _record(services)
    return name


def _record(services: Services) -> None:
    for agent in (HOLDER, OTHER):
        append(services.log, agent_stream(agent), registered(agent))
    said: list[StatementAttributed] = [
        attributed(1, "2031-02-01", reading(3)),
        attributed(2, "2031-03-01", reading(-3, holder=OTHER), speaker=OTHER),
        attributed(3, "2031-04-01", reading(1, question=OTHER_QUESTION)),
    ]
    for number in (1, 2, 3):
        append(
            services.log,
            article_stream(article_of(number)),
            captured(number, PUBLISHED),
        )
    labels = {"en": "The harbour treaty", "fr": "Le traité du port"}
    opening = opened().model_copy(update={"labels": labels})
    told = (opening, posed(), posed(OTHER_QUESTION), *said)
    append(services.log, topic_stream(TOPIC), *told)
    services.follower.catch_up()
    probably = {"statement": statement_of(1), "question": QUESTION, "commitment": 2}
    for do, about in (
        ("assess", probably),
        ("alias", {"first": HOLDER, "second": OTHER, "verdict": "positive"}),
        ("withdraw-question", {"topic": TOPIC, "question": OTHER_QUESTION}),
    ):
        decision = {"do": do, "reason": "asked the desk", **about}
        services.correct(COMMAND.validate_python(decision), actor=TESTER)


@pytest.fixture
def run(store: str) -> Run:
    """Return what a command prints."""

    def printed(*words: str) -> str:
        done = CliRunner().invoke(onrecord, ["--store", store, *words])
        assert done.exit_code == 0, done.output
        return done.stdout

    return printed


TIMELINES = {
    "en": """
The harbour treaty

  open-the-harbour?
    2031-02-01  vesna-orlin: stated (probably yes)
      “Arti”
    2031-03-01  vesna-orlin (judged to be one with w-orlin): reversed (categorically no)
      “Arti”  w-orlin

  beside the line (the question that it answers was taken back) pay-the-toll?
      “Arti”

2 positions, 1 beside the line, 3 statements; seq {seq}
""",
    "fr": """
Le traité du port

  open-the-harbour?
    2031-02-01  vesna-orlin : déclaré (probablement oui)
      « Arti »
    2031-03-01  vesna-orlin (qui ne fait qu'un, par décision, avec w-orlin) : revirement (catégoriquement non)
      « Arti »  w-orlin

  à côté de la ligne (la question à laquelle elle répond a été retirée) pay-the-toll?
      « Arti »

2 positions, 1 à côté de la ligne, 3 déclarations ; seq {seq}
""",
}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_a_timeline_speaks_one_language(run: Run, lang: str) -> None:
    """Labels, values, reasons, counts; who was judged to be one, and who spoke then."""
    told = run("timeline", TOPIC, "--lang", lang)
    seq = told.split()[-1]
    assert f"\n{told}" == TIMELINES[lang].format(seq=seq)


def test_what_is_to_be_reviewed_is_told_in_french(run: Run) -> None:
    """All there is around the words."""
    told = run("timeline", TOPIC, "--review", "--lang", "fr")
    assert told == "0 sur 3 déclarations à relire\n"
    assert run("timeline", TOPIC, "--review") == "0 of 3 statements to be reviewed\n"


def test_a_history_speaks_one_language(run: Run) -> None:
    """Headings, sentences, what decided and how many there are; agents by their names."""
    told = run("history", TOPIC, "--lang", "fr", "--question", QUESTION)
    heading, *_, counts = told.strip().splitlines()
    assert heading == "Le traité du port"
    assert counts.startswith("4 révisions ; seq ")
    assert "la décision de tenir vesna-orlin et w-orlin pour un seul acteur" in told
    assert ", décidé par tester : asked the desk" in told
    english = run("history", TOPIC, "--question", QUESTION)
    assert "the judgement of vesna-orlin and w-orlin as one agent" in english
    assert ", decided by tester: asked the desk" in english


def test_a_difference_speaks_one_language(run: Run) -> None:
    """Holders, labels, what came beside the line, and the two states."""
    days = ("--as-of", "2031-02", "2031-04")
    one, beside, counts = run("diff", TOPIC, *days, "--lang", "fr").splitlines()[1:]
    assert one == (
        "  + 2031-03-01  vesna-orlin (qui ne fait qu'un, par décision, avec w-orlin) : revirement "
        "(catégoriquement non)  [open-the-harbour?]"
    )
    assert beside.startswith("  + à côté de la ligne (la question à laquelle elle ")
    assert counts == (
        "ajouts : 1, disparitions : 0, changements : 0, à côté de la ligne : 1 ; de ce "
        "qui était dit au 2031-02-28 à ce qui était dit au 2031-04-30"
    )
    assert run("diff", TOPIC, *days).splitlines()[-1] == (
        "1 added, 0 gone, 0 changed, 1 beside the line; as of 2031-02-28 to as of "
        "2031-04-30"
    )


def test_what_of_a_position_differs_is_named_in_french(run: Run) -> None:
    """A correction changed how far the holder is committed."""
    head = int(run("timeline", TOPIC).split()[-1])
    states = (str(head - 3), str(head - 2))
    told = run("diff", TOPIC, "--known-at", *states, "--lang", "fr").splitlines()
    assert told[3:] == [
        "      engagement",
        (
            "ajouts : 0, disparitions : 0, changements : 1, à côté de la ligne : 0 ; "
            f"de seq {states[0]} à seq {states[1]}"
        ),
    ]


def test_a_difference_tells_each_aside_as_it_stood_on_its_side(run: Run) -> None:
    """What stood there no more answers a question again; why it stood there is kept."""
    head = int(run("timeline", TOPIC).split()[-1])
    mark = "beside the line (the question that it answers was taken back) pay-the-toll?"
    for sign, states in (("+", (head - 1, head)), ("-", (head, head - 1))):
        told = run("diff", TOPIC, "--known-at", *map(str, states)).splitlines()
        assert f"  {sign} {mark} {statement_of(3)}" in told
