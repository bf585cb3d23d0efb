"""Take a decision on the record: one command, one transaction, or one clear refusal."""

from __future__ import annotations

from domain.decisions.commands import COMMANDS, Command
from domain.events.base import Actor
from domain.services.deciding import decide
from domain.services.recording import Recording, Written

_DONE = frozenset(each.model_fields["do"].default for each in COMMANDS)


class Correct:
    """Takes decisions on the record."""

    def __init__(self, record: Recording) -> None:
        self._record = record

    def __call__(
        self, command: Command, *, actor: Actor, expected_seq: int | None = None
    ) -> Written:
        """Decide a command and record what follows; nothing where it is so already.

        Raises:
            NotFoundError: it names what is not on record.
            InvalidCommandError: a rule refuses it.
            OutdatedError: the record has gone on after ``expected_seq``.
            ConflictError: others kept appending to the same streams.
            StoreUnavailableError: the store cannot be written.
        """
        return self._record(
            lambda states: decide(command, states),
            actor=actor,
            causation=causation_of(command),
            expected_seq=expected_seq,
        )


def causation_of(command: Command) -> str:
    """Return what the events of a command say that they follow from."""
    return f"{command.do}: {command.reason}"


def reason_in(causation: str | None) -> str | None:
    """Return the reason of the command that events follow from; None where none was.

    Events that record anew (a statement put back or filed, a question, a role) have no
    reason of their own: it is in what they follow from.
    """
    do, _, reason = (causation or "").partition(": ")
    return reason if reason and do in _DONE else None
