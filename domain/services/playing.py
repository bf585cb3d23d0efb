"""Play a scenario: articles imported and decisions taken, in one order, once each.

A step that is on record, by what caused its events, is not taken again: a scenario
that was interrupted goes on where it stood.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from domain.decisions.commands import Command
from domain.errors import OnrecordError
from domain.events.base import Actor, ActorKind
from domain.events.codec import decode
from domain.model.ids import article_id
from domain.ports import EventLog
from domain.services.correct import Correct, causation_of
from domain.services.import_format import ImportedArticle
from domain.services.importing import Import, import_of
from domain.services.log_pages import read_all

SCENARIO = Actor(kind=ActorKind.PERSON, name="scenario")
Step = ImportedArticle | Command


class Play:
    """Plays scenarios over one store."""

    def __init__(self, log: EventLog, correct: Correct, imports: Import) -> None:
        self._log, self._correct, self._import = log, correct, imports

    def __call__(
        self, steps: Iterable[Step], tick: Callable[[int], object] = lambda steps: None
    ) -> int:
        """Take the steps that are not on record yet; return how many those were.

        Raises:
            InvalidInputError: a step is refused; those before it are on record.
            NotFoundError: a step names what is not on record.
        """
        on_record, taken = self._causations(), 0
        for step in steps:
            if _causation(step) not in on_record:
                self._take(step)
                taken += 1
            tick(1)
        return taken

    def _take(self, step: Step) -> None:
        if isinstance(step, ImportedArticle):
            self._import(step, actor=SCENARIO)
        else:
            self._correct(step, actor=SCENARIO)

    def _causations(self) -> set[str | None]:
        """Return what caused the events that a scenario recorded."""
        found: set[str | None] = set()
        for stored in read_all(self._log):
            try:
                recorded = decode(stored)
            except OnrecordError:
                continue  # parked; no scenario wrote it
            if recorded.actor == SCENARIO:
                found.add(recorded.causation)
        return found


def _causation(step: Step) -> str:
    if isinstance(step, ImportedArticle):
        return import_of(article_id(step.text))
    return causation_of(step)
