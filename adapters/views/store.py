"""Read models in a database, whichever it is: what SQLite and PostgreSQL share.

One transaction a page, with the progress in it. Readers see one consistent state and
hold up no writer. Rows of an older fold are emptied and folded anew, those of a newer
fold are refused. In a rebuild nothing is dropped or renamed: rows are deleted, and
whoever still reads them does so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from typing import Protocol, Self, TypeVar

from sqlalchemy import Connection

from adapters.patience import try_while
from adapters.views.serving import serve, serve_what_is_there, served_set
from adapters.views.tables import SETS
from adapters.views.transaction import (
    SqlSnapshot,
    SqlTransaction,
    begin,
    generation,
    is_of_this_fold,
    refuse_newer,
)
from domain.errors import StoreBusyError, StoreUnavailableError

T = TypeVar("T")
INDICES = 0.25
"""How much of the file its indices may take when they are made: about a tenth of the
rows they find, once written ahead and once in the file."""


class Database(Protocol):
    """Opens transactions; one that does not write sees a single state."""

    def transaction(
        self, *, writing: bool = False
    ) -> AbstractContextManager[Connection]:
        """Open a transaction; commits at the end, or changes nothing."""
        ...

    def check_room(self, *, share: float = 0) -> None:
        """Refuse to go on with what can be done again where it would fill the disk.

        It writes a page, and a ``share`` of what there is.
        """
        ...

    def close(self) -> None:
        """Close all connections."""
        ...


class StoreLock(Protocol):
    """A lock between processes that ends with the one that holds it."""

    @property
    def held(self) -> bool:
        """Whether it is held through this object."""
        ...

    def acquire(self) -> bool:
        """Take the lock without waiting; tell whether it was free."""
        ...

    def release(self) -> None:
        """Let another take it."""
        ...


class SqlFreshViews:
    """The set that a rebuild fills: the one that is not served when it begins.

    It has no index until it is served: making one of all rows costs less than keeping
    one with each of them.

    A process whose lock was lost, or whose parent died, may go on while another begins
    anew. So the set is known by its generation: who finds another stops. Others write
    to the same database, and are waited for with patience: a rebuild takes long.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        with database.transaction() as connection:
            served = served_set(connection)
            self._name = next(name for name in SETS if name != served)
            self._generation = generation(connection, SETS[self._name])

    def empty(self) -> None:
        """Empty it, whatever a process that died left there.

        Indices stay: dropping one waits for whoever reads what was served until now,
        and they for us.
        """
        with self._patiently(self._begin):
            pass

    def prepare(self) -> None:
        """Empty it, and take its indices away.

        Raises:
            NewerStoreError: what is served was folded by a newer onrecord.
        """

        def begin_bare(connection: Connection) -> None:
            refuse_newer(connection, SETS[served_set(connection, lock=True)])
            if self._begin(connection):
                for index in SETS[self._name].indices:
                    index.drop(connection, checkfirst=True)

        with self._patiently(begin_bare):
            pass

    @contextmanager
    def snapshot(self) -> Iterator[SqlSnapshot]:
        """Open a consistent view for reading."""
        with self._database.transaction() as connection:
            yield SqlSnapshot(connection, SETS[self._name])

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Open the one writing transaction.

        Raises:
            StoreBusyError: another process writes, and does not come to an end.
            StoreUnavailableError: there is too little room for what is to be written.
        """
        self._database.check_room()
        with self._patiently(self._writing) as (_, transaction):
            yield transaction

    @contextmanager
    def replacing(self) -> Iterator[SqlTransaction]:
        """Open a writing transaction that puts these in the place of the served ones.

        Raises:
            NewerStoreError: those were folded by a newer onrecord meanwhile.
            StoreUnavailableError: there is too little room for the indices.
        """

        def lock(connection: Connection) -> SqlTransaction:
            refuse_newer(connection, SETS[served_set(connection, lock=True)])
            return self._writing(connection)

        self._database.check_room(share=INDICES)
        with self._patiently(lock) as (connection, transaction):
            yield transaction
            for index in SETS[self._name].indices:
                index.create(connection, checkfirst=True)
            serve(connection, self._name)

    def _begin(self, connection: Connection) -> bool:
        """Begin the set anew unless it is served by now; tell whether it was begun."""
        if served_set(connection, lock=True) == self._name:
            return False
        begin(connection, SETS[self._name])
        self._generation = generation(connection, SETS[self._name])
        return True

    def _writing(self, connection: Connection) -> SqlTransaction:
        """Go on with the set that was begun here; nobody begins it anew meanwhile."""
        if generation(connection, SETS[self._name], lock=True) != self._generation:
            message = (
                "another process has begun this rebuild anew: leave it to that one"
            )
            raise StoreUnavailableError(message)
        return SqlTransaction(connection, SETS[self._name])

    @contextmanager
    def _patiently(
        self, lock: Callable[[Connection], T]
    ) -> Iterator[tuple[Connection, T]]:
        """Open a writing transaction with what it locks first.

        Only that is tried again while others write: after it nobody is waited for.
        """

        def begun() -> tuple[AbstractContextManager[object], Connection, T]:
            with ExitStack() as attempt:
                opening = self._database.transaction(writing=True)
                connection = attempt.enter_context(opening)
                locked = lock(connection)
                return attempt.pop_all(), connection, locked

        try:
            opened, connection, locked = try_while(_is_busy, begun)
        except StoreBusyError as error:
            message = f"{error}; what is served stays as it was"
            raise StoreBusyError(message) from error
        with opened:
            yield connection, locked


class SqlViewStore:
    """The read models in one database.

    ``shown`` is how the store is called, ``name`` how its rows are, ``cure`` what to do
    about rows of a newer fold.
    """

    def __init__(
        self,
        database: Database,
        leading: StoreLock,
        building: StoreLock,
        *,
        shown: str,
        name: str,
        cure: str,
        mend: bool = False,
    ) -> None:
        """Go on with the rows there, or empty those of an older fold.

        To ``mend`` them, serve others where those to be served are not there.

        Raises:
            StoreUnavailableError: what is to be served is not there.
            NewerStoreError: a newer onrecord folded them.
        """
        self._database, self._leading, self._building = database, leading, building
        self._shown, self._name, self._cure = shown, name, cure
        if mend:
            with database.transaction(writing=True) as connection:
                serve_what_is_there(connection)
        with database.transaction() as connection:  # a replica takes nothing else
            current = self._is_current(connection)
        if not current:
            with database.transaction(writing=True) as connection:
                if not self._is_current(connection, lock=True):
                    begin(connection, SETS[served_set(connection)])

    def close(self) -> None:
        """Close all connections, and lead no more."""
        self._database.close()
        self.resign()

    def __enter__(self) -> Self:
        """Use as a context manager."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on leaving."""
        self.close()

    @contextmanager
    def snapshot(self) -> Iterator[SqlSnapshot]:
        """Open a consistent view for reading."""
        with self._database.transaction() as connection:
            yield SqlSnapshot(connection, SETS[served_set(connection)])

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Open the one writing transaction."""
        with self._database.transaction(writing=True) as connection:
            served = served_set(connection, lock=True)
            yield SqlTransaction(connection, SETS[served])

    def lead(self) -> bool:
        """Become the one process that folds, or stay it; tell whether it is so."""
        return self._leading.held or self._leading.acquire()

    def resign(self) -> None:
        """Lead no more."""
        self._leading.release()

    @contextmanager
    def beside(self) -> Iterator[SqlFreshViews]:
        """Open empty read models beside the served ones."""
        if not self._building.acquire():
            message = (
                f"the store {self._shown} is being rebuilt by another process: "
                "try again when it has finished"
            )
            raise StoreBusyError(message)
        try:
            fresh = SqlFreshViews(self._database)
            fresh.prepare()
            yield fresh
        finally:
            try:
                if self._building.held:
                    with suppress(StoreBusyError):  # the next rebuild empties it first
                        SqlFreshViews(self._database).empty()
            finally:
                self._building.release()

    def building(self) -> SqlFreshViews:
        """Return the read models that another process has open beside the served ones."""
        return SqlFreshViews(self._database)

    def _is_current(self, connection: Connection, *, lock: bool = False) -> bool:
        tables = SETS[served_set(connection, lock=lock)]
        return is_of_this_fold(connection, tables, name=self._name, cure=self._cure)


def _is_busy(error: Exception) -> bool:
    return isinstance(error, StoreBusyError)
