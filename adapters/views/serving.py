"""Which set of tables is served: the one row that says so."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import NoSuchTableError

from adapters.views.tables import FIRST, SERVING, SETS
from adapters.views.transaction import begin

_SERVED = select(SERVING.c.name)
_LOCKED = _SERVED.with_for_update()


def served_set(connection: Connection, *, lock: bool = False) -> str:
    """Return the name of the set that is served; ``lock`` keeps other writers off.

    Where none was named yet, the first is.

    Raises:
        NoSuchTableError: it is named and not there; the database says what to do.
    """
    name: str | None = connection.execute(_LOCKED if lock else _SERVED).scalar()
    if name is None:
        name = FIRST
        if lock:
            connection.execute(insert(SERVING).values(name=name))
    if name not in SETS:
        raise NoSuchTableError(name)
    return name


def serve(connection: Connection, name: str) -> None:
    """Serve a set from now on."""
    connection.execute(update(SERVING).values(name=name))


def serve_what_is_there(connection: Connection) -> None:
    """Where a set is named that is not there, serve the first one, emptied."""
    strange = delete(SERVING).where(SERVING.c.name.not_in(SETS))
    if connection.execute(strange).rowcount:
        begin(connection, SETS[served_set(connection, lock=True)])
