"""What each thing that happens to a record is called: one table for all who read of it.

It is told as seen from a statement that it is about (*its withdrawal*), as seen from any
other (*the withdrawal of another statement*), and by itself, with a gap for what it is
about (*withdrawal of “…”*). Agents are named, however it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from domain.model.ids import AgentId, StatementId
from domain.positions.causes import Cause, Happening
from domain.positions.wording import wording

Names = Callable[[AgentId], str]
"""What a reader calls an agent."""


class _Called(NamedTuple):
    """What something that happened is called: seen from it, from beside it, by itself."""

    own: str
    others: str
    alone: str


_ENGLISH: Mapping[Happening, _Called] = {
    Happening.RECORDED: _Called(
        "its recording", "the recording of another statement", "recording of {}"
    ),
    Happening.FILED: _Called(
        "its filing under this topic",
        "the filing of another statement under this topic",
        "filing of {}",
    ),
    Happening.PUT_BACK: _Called(
        "its reinstatement",
        "the reinstatement of another statement",
        "reinstatement of {}",
    ),
    Happening.WITHDRAWN: _Called(
        "its withdrawal", "the withdrawal of another statement", "withdrawal of {}"
    ),
    Happening.SPEAKER_DECIDED: _Called(
        "the decision on its speaker",
        "the decision on the speaker of another statement",
        "decision on the speaker of {}",
    ),
    Happening.DATE_DECIDED: _Called(
        "the decision on its date",
        "the decision on the date of another statement",
        "decision on the date of {}",
    ),
    Happening.ASSESSMENT_DECIDED: _Called(
        "the decision on what it says",
        "the decision on what another statement says",
        "decision on what is said by {}",
    ),
    Happening.LINKED: _Called(
        "its link to another statement",
        "the link between two other statements",
        "link between {}",
    ),
    Happening.UNLINKED: _Called(
        "the end of its link to another statement",
        "the end of the link between two other statements",
        "end of the link between {}",
    ),
    Happening.QUESTION_WITHDRAWN: _Called(
        "", "the withdrawal of the question", "withdrawal of a question"
    ),
    Happening.QUESTION_REINSTATED: _Called(
        "", "the reinstatement of the question", "reinstatement of a question"
    ),
    Happening.JUDGED_ONE: _Called(
        "", "the judgement of {} as one agent", "judgement of {} as one agent"
    ),
    Happening.JUDGED_TWO: _Called(
        "", "the judgement of {} as two agents", "judgement of {} as two agents"
    ),
    Happening.JUDGED_UNSURE: _Called(
        "", "the end of the judgement on {}", "end of the judgement on {}"
    ),
    Happening.OTHER: _Called(
        "an event of another kind", "an event of another kind", "another event"
    ),
}
_FRENCH: Mapping[Happening, _Called] = {
    Happening.RECORDED: _Called(
        "son enregistrement",
        "l'enregistrement d'une autre déclaration",
        "enregistrement de {}",
    ),
    Happening.FILED: _Called(
        "son classement sous ce sujet",
        "le classement d'une autre déclaration sous ce sujet",
        "classement de {}",
    ),
    Happening.PUT_BACK: _Called(
        "son rétablissement",
        "le rétablissement d'une autre déclaration",
        "rétablissement de {}",
    ),
    Happening.WITHDRAWN: _Called(
        "son retrait du registre",
        "le retrait d'une autre déclaration du registre",
        "retrait du registre de {}",
    ),
    Happening.SPEAKER_DECIDED: _Called(
        "la décision sur son locuteur",
        "la décision sur le locuteur d'une autre déclaration",
        "décision sur le locuteur de {}",
    ),
    Happening.DATE_DECIDED: _Called(
        "la décision sur sa date",
        "la décision sur la date d'une autre déclaration",
        "décision sur la date de {}",
    ),
    Happening.ASSESSMENT_DECIDED: _Called(
        "la décision sur ce qu'elle dit",
        "la décision sur ce que dit une autre déclaration",
        "décision sur ce que dit {}",
    ),
    Happening.LINKED: _Called(
        "son lien avec une autre déclaration",
        "le lien entre deux autres déclarations",
        "lien entre {}",
    ),
    Happening.UNLINKED: _Called(
        "la fin de son lien avec une autre déclaration",
        "la fin du lien entre deux autres déclarations",
        "fin du lien entre {}",
    ),
    Happening.QUESTION_WITHDRAWN: _Called(
        "", "le retrait de la question", "retrait d'une question"
    ),
    Happening.QUESTION_REINSTATED: _Called(
        "", "le rétablissement de la question", "rétablissement d'une question"
    ),
    Happening.JUDGED_ONE: _Called(
        "",
        "la décision de tenir {} pour un seul acteur",
        "décision de tenir {} pour un seul acteur",
    ),
    Happening.JUDGED_TWO: _Called(
        "",
        "la décision de tenir {} pour deux acteurs",
        "décision de tenir {} pour deux acteurs",
    ),
    Happening.JUDGED_UNSURE: _Called(
        "",
        "l'abandon de la décision sur {}",
        "abandon de la décision sur {}",
    ),
    Happening.OTHER: _Called(
        "un événement d'une autre sorte",
        "un événement d'une autre sorte",
        "un autre événement",
    ),
}
_LANGUAGES = {"en": _ENGLISH, "fr": _FRENCH}


def cause_in_words(
    cause: Cause, statement: StatementId, *, names: Names = str, language: str = "en"
) -> str:
    """Return what happened as seen from a statement; in English where there are no words."""
    called = _called(cause, language)
    told = called.own if statement in cause.statements else called.others
    return told.format(_agents(cause, names, language))


def cause_alone_in_words(
    cause: Cause, about: str, *, names: Names = str, language: str = "en"
) -> str:
    """Return what happened by itself; ``about`` is what to call its statements."""
    told = _agents(cause, names, language) if cause.agents else about
    return _called(cause, language).alone.format(told)


def _called(cause: Cause, language: str) -> _Called:
    return _LANGUAGES.get(language, _ENGLISH)[cause.happening]


def _agents(cause: Cause, names: Names, language: str) -> str:
    return wording(language).last.join(map(names, cause.agents))
