"""What one reading of a statement weighs on a line: all that a block is made of.

A position carries its evidence, so that it can be made anew without the statements
themselves when one of them comes or goes.
"""

from __future__ import annotations

from datetime import date

from domain.model.commitment import Act, Commitment
from domain.model.derived import Derived
from domain.model.ids import StatementId


class Evidence(Derived, frozen=True):
    """A reading placed on a line; conditions by their ids, ascending."""

    statement: StatementId
    earliest: date
    latest: date
    act: Act
    commitment: Commitment
    conditions: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, str, int, tuple[str, ...], date, date]:
        """What orders the evidence of a block, down to the last; no label depends on it."""
        reading = (self.statement, self.act, self.commitment, self.conditions)
        return (*reading, self.earliest, self.latest)
