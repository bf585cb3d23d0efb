"""Which statements are listed with what they are evidence of, and in what order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from domain.errors import DamagedRowError
from domain.model.ids import StatementId
from domain.positions.live import LiveStatement


def listed(
    statements: Iterable[LiveStatement], shown: Collection[StatementId]
) -> tuple[LiveStatement, ...]:
    """Return the statements that are shown, by the day they may have been spoken on.

    Raises:
        DamagedRowError: one of them is not there.
    """
    found = [live for live in statements if live.id in shown]
    check_there(shown, (live.id for live in found))
    return tuple(sorted(found, key=_order))


def check_there(named: Collection[StatementId], found: Iterable[StatementId]) -> None:
    """Make sure that no row of a statement is lost that other rows name.

    Raises:
        DamagedRowError: one is.
    """
    if lost := set(named).difference(found):
        why = f"{min(lost)} is not there"
        raise DamagedRowError("statement", why)


def _order(live: LiveStatement) -> tuple[date, date, str, int]:
    """Order for display only; no label depends on it."""
    interval = live.interval
    return (
        interval.earliest or interval.latest or date.max,
        interval.latest or date.max,
        live.statement.article,
        live.statement.attribution.content[0].start,
    )
