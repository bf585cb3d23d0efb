"""Every revision can be told in a sentence, in English and in French."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.model.ids import AgentId, EventId
from domain.positions.causes import Cause, Happening
from domain.positions.explain_revision import explain_revision
from domain.positions.labels import Label, NoStance, Stance
from domain.positions.revisions import Labelled, Revision
from domain.positions.wording import day_in_words
from tests.support.facts import HOLDER, QUESTION, TESTER, statement_of

STATED = Labelled(label=Label.STATED, value=Stance(commitment=3))
BOTH = Labelled(label=Label.AMBIVALENT, value=NoStance.AMBIVALENT)


def cause(seq: int, happening: Happening, *statements: int, agents: str = "") -> Cause:
    """Return an event on some statements, recorded on the day of its seq."""
    return Cause(
        seq=seq,
        event=EventId(f"event {seq}"),
        name="whatever.v1",
        happening=happening,
        actor=TESTER,
        recorded_at=datetime(2031, 9, seq, 23, 59, tzinfo=UTC),
        statements=tuple(map(statement_of, statements)),
        agents=tuple(map(AgentId, agents.split())),
    )


def revision(
    begun: Cause, *, before: Labelled | None = None, ended: Cause | None = None
) -> Revision:
    """Return a revision of the first statement."""
    return Revision(
        question=QUESTION,
        holder=HOLDER,
        statement=statement_of(1),
        labelled=BOTH if before else STATED,
        before=before,
        since=begun.seq,
        until=ended.seq if ended else None,
        cause=begun,
        ended_by=ended,
    )


RECORDED = cause(7, Happening.RECORDED, 1)
LATE = cause(9, Happening.RECORDED, 2)
WITHDRAWN = cause(12, Happening.WITHDRAWN, 1)


@pytest.mark.parametrize(
    ("told", "english", "french"),
    [
        (
            revision(RECORDED),
            (
                "Since its recording, on 7 September 2031 (event 7), this reads stated "
                "(categorically yes)."
            ),
            (
                "Depuis son enregistrement, le 7 septembre 2031 (événement 7), l'étiquette est : "
                "déclaré (catégoriquement oui)."
            ),
        ),
        (
            revision(RECORDED, ended=LATE),
            (
                "From its recording, on 7 September 2031 (event 7), this read stated "
                "(categorically yes), until the recording of another statement, on 9 September 2031 "
                "(event 9)."
            ),
            (
                "Après son enregistrement, le 7 septembre 2031 (événement 7), l'étiquette était : "
                "déclaré (catégoriquement oui) ; ce n'est plus le cas depuis l'enregistrement d'une autre "
                "déclaration, le 9 septembre 2031 (événement 9)."
            ),
        ),
        (
            revision(LATE, before=STATED),
            (
                "This read stated (categorically yes) until 9 September 2031; since the recording of "
                "another statement (event 9) it reads ambivalent (contradictory)."
            ),
            (
                "L'étiquette était : déclaré (catégoriquement oui), jusqu'au 9 septembre 2031 ; depuis "
                "l'enregistrement d'une autre déclaration (événement 9), c'est : ambivalent "
                "(propos contradictoires)."
            ),
        ),
        (
            revision(LATE, before=STATED, ended=WITHDRAWN),
            (
                "This read stated (categorically yes) until 9 September 2031; from the recording of "
                "another statement (event 9) it read ambivalent (contradictory), until its withdrawal, on 12 September 2031 (event 12)."
            ),
            (
                "L'étiquette était : déclaré (catégoriquement oui), jusqu'au 9 septembre 2031 ; après "
                "l'enregistrement d'une autre déclaration (événement 9), c'était : "
                "ambivalent (propos contradictoires) ; ce n'est plus le cas depuis son retrait du "
                "registre, le 12 septembre 2031 (événement 12)."
            ),
        ),
    ],
)
def test_a_revision_is_told_with_what_it_replaced_and_what_caused_it(
    told: Revision, english: str, french: str
) -> None:
    """First or not, over or not: four sentences; English where there are no words."""
    assert explain_revision(told) == english
    assert explain_revision(told, language="fr") == french
    assert explain_revision(told, language="ru") == english


def test_agents_that_were_judged_are_named_as_the_reader_knows_them() -> None:
    """Which two, is what a reader wants to know; without a name there is the id."""
    judged = cause(9, Happening.JUDGED_ONE, agents="tarek-mool t-m")
    told = revision(judged)
    assert explain_revision(told, names=str.upper) == (
        "Since the judgement of TAREK-MOOL and T-M as one agent, on 9 September 2031 "
        "(event 9), this reads stated (categorically yes)."
    )
    ended = revision(RECORDED, ended=judged)
    assert (
        "depuis la décision de tenir tarek-mool et t-m pour un seul acteur, le 9"
        in (explain_revision(ended, language="fr"))
    )


def test_the_day_of_a_decision_is_not_read_as_what_it_was_on() -> None:
    """“What it says on 9 September” is another thing than a decision of that day."""
    told = revision(
        cause(9, Happening.DATE_DECIDED, 1),
        ended=cause(12, Happening.ASSESSMENT_DECIDED, 1),
    )
    assert explain_revision(told) == (
        "From the decision on its date, on 9 September 2031 (event 9), this read stated "
        "(categorically yes), until the decision on what it says, on 12 September 2031 "
        "(event 12)."
    )


def test_what_was_stated_again_is_called_so_as_it_is_everywhere() -> None:
    """One name in pages, charts, differences and revisions."""
    again = STATED.model_copy(update={"again": True})
    told = revision(RECORDED).model_copy(update={"labelled": again})
    assert "this reads stated again (categorically yes)" in explain_revision(told)
    assert "l'étiquette est : déclaré de nouveau (" in explain_revision(
        told, language="fr"
    )


def test_a_day_is_written_as_each_language_writes_it() -> None:
    """The first of a month has a form of its own in French."""
    day = datetime(2031, 8, 1, tzinfo=UTC)
    assert day_in_words(day) == "1 August 2031"
    assert day_in_words(day, "fr") == "1er août 2031"


def test_english_is_spoken_where_there_are_no_words() -> None:
    """Causes and days too: half a sentence in another language helps nobody."""
    assert explain_revision(revision(RECORDED), language="uk").startswith(
        "Since its recording, on 7 September 2031"
    )
    assert day_in_words(datetime(2031, 8, 1, tzinfo=UTC), "uk") == "1 August 2031"
