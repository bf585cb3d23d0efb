"""Reading and changing one set of tables of the read models, in one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from secrets import token_hex

from sqlalchemy import (
    Connection,
    delete,
    insert,
    select,
)

from adapters.views import reads
from adapters.views.tables import ViewTables
from adapters.views.writes import Row, Write, reach, write
from domain.errors import DamagedRowError, NewerStoreError
from domain.ports import Parked, Progress
from domain.projections.projection import FOLD_VERSION
from domain.projections.rows import (
    Changes,
    Key,
    Step,
    Table,
    Version,
    versions,
)


class SqlSnapshot:
    """One consistent state of the rows."""

    def __init__(self, connection: Connection, tables: ViewTables) -> None:
        self._connection, self._tables = connection, tables
        found = reads.progress(connection, tables.progress.name)
        self._progress = Progress(found[0], found[1])
        self._generation, self._fold_version = str(found[2]), int(found[3])

    @property
    def progress(self) -> Progress:
        """How far the log is folded in."""
        return self._progress

    @property
    def generation(self) -> str:
        """Which rows these are: others wherever they were begun anew."""
        return self._generation

    @property
    def seq(self) -> int:
        """The seq up to which the log is folded in."""
        return self._progress.seq

    def rows(
        self, table: Table, *prefix: str, known_at: int | None = None
    ) -> Sequence[bytes]:
        """Return the bodies of all rows whose key begins so, in the order of keys."""
        now = self._tables.rows[table].name
        if known_at is None or not table.versioned:
            return reads.bodies(self._connection, now, table, prefix)
        past = self._tables.past[table].name
        return reads.known(self._connection, (now, past), table, prefix, known_at)

    def row(self, table: Table, *key: str) -> bytes | None:
        """Return the body of one row, or None."""
        name = self._tables.rows[table].name
        return reads.row(self._connection, name, table, key)

    def beginning(
        self, table: Table, prefixes: Collection[Key]
    ) -> Iterable[tuple[Key, bytes]]:
        """Return all rows whose key begins with one of these, in the order of keys."""
        sql = self._tables.rows[table]
        for length in sorted({len(prefix) for prefix in prefixes}):
            if length:
                some = sorted({each for each in prefixes if len(each) == length})
                yield from reads.beginning(self._connection, sql.name, table, some)
            else:
                yield from reads.whole(self._connection, sql.name, table)

    def versions(self, table: Table, *prefix: str) -> Sequence[Version]:
        """Return all versions of rows whose key begins so, by key and then by seq."""
        names = (self._tables.rows[table].name, self._tables.past[table].name)
        found = reads.versions(self._connection, names, table, prefix)
        return [Version(tuple(row[:-3]), *row[-3:]) for row in found]

    def keys(self, table: Table, *prefix: str) -> Sequence[Key]:
        """Return the keys of all rows whose key begins so, ascending."""
        name = self._tables.rows[table].name
        return reads.keys(self._connection, name, table, prefix)

    def keys_with(self, table: Table, value: str, *prefix: str) -> Sequence[Key]:
        """Return keys that begin so and whose indexed column holds a value, ascending."""
        name = self._tables.rows[table].name
        return reads.keys_with(self._connection, name, table, value, prefix)

    def parked(self) -> Sequence[Parked]:
        """Return the events that could not be taken in, by seq."""
        parked = self._tables.parked
        query = select(parked).order_by(parked.c.seq)
        return [Parked(*row) for row in self._connection.execute(query)]


class SqlTransaction(SqlSnapshot):
    """The one writer; commits when its context ends well."""

    def __init__(self, connection: Connection, tables: ViewTables) -> None:
        """Go on with rows of this fold.

        Raises:
            NewerStoreError: an onrecord of another version has begun them anew.
        """
        super().__init__(connection, tables)
        if self._fold_version != FOLD_VERSION:
            message = (
                f"the read models are of another onrecord (fold {self._fold_version}, "
                f"this one is {FOLD_VERSION}): stop those of older versions, then start "
                "this one again"
            )
            raise NewerStoreError(message)

    def save(
        self, changes: Changes, parked: Sequence[Parked], progress: Progress
    ) -> None:
        """Store changed rows, parked events and the progress they come to."""
        for table in Table:
            if changed := changes.steps[table]:
                if table.versioned:
                    self._end(table, changed, changes.fresh[table])
                new = len(changes.fresh[table]) == len(changed)
                self._put(table, changed, Write.ADD if new else Write.PUT)
        if parked:
            values = [
                {"seq": p.seq, "stream": p.stream, "name": p.name, "error": p.error}
                for p in parked
            ]
            self._connection.execute(insert(self._tables.parked), values)
        self._reach(progress)

    def clear(self) -> None:
        """Empty all tables and go back to seq 0."""
        tables = self._tables
        for sql in (*tables.rows.values(), *tables.past.values(), tables.parked):
            self._connection.execute(delete(sql))
        self._reach(Progress())

    def _reach(self, progress: Progress) -> None:
        reach(self._connection, self._tables.progress.name, progress)
        self._progress = progress

    def _end(
        self, table: Table, changed: Mapping[Key, list[Step]], fresh: Collection[Key]
    ) -> None:
        """Keep what is replaced as it was, and what lasted but a part of the page."""
        self._write(
            table,
            Write.END,
            [(s[0].seq, *key) for key, s in changed.items() if key not in fresh],
        )
        self._write(
            table,
            Write.KEEP,
            [
                (*each.key, each.since, each.until, each.body)
                for key, steps in changed.items()
                if len(steps) > 1
                for each in versions(key, steps)
                if each.until is not None
            ],
        )

    def _put(self, table: Table, changed: Mapping[Key, list[Step]], how: Write) -> None:
        """Let the rows be what the last step of each says.

        Rows of a topic lie together. Others, by hashes and addresses, lie anywhere: put in
        their order, those that share a page of the file meet in it.
        """
        last = [(key, steps[-1]) for key, steps in changed.items()]
        if table.columns[0] != "topic":
            last.sort(key=itemgetter(0))
        gone = [key for key, step in last if step.body is None]
        self._write(table, Write.DROP, gone)
        self._write(
            table,
            how,
            [
                (*key, step.seq, step.body) if table.versioned else (*key, step.body)
                for key, step in last
                if step.body is not None
            ],
        )

    def _write(self, table: Table, how: Write, rows: Sequence[Row]) -> None:
        write(self._connection, self._tables, table, how, rows)


def is_of_this_fold(
    connection: Connection, tables: ViewTables, *, name: str, cure: str
) -> bool:
    """Return whether the rows were folded by this version of the fold.

    ``name`` is how the tables are called, ``cure`` what to do about a newer version.

    Raises:
        NewerStoreError: a newer version folded them.
    """
    try:
        *_, found = reads.progress(connection, tables.progress.name)
    except DamagedRowError:
        return False  # or of none: begun anew
    if found > FOLD_VERSION:
        message = (
            f"{name} was folded by a newer onrecord (fold {found}, this one knows "
            f"{FOLD_VERSION}): update onrecord, or {cure}"
        )
        raise NewerStoreError(message)
    return found == FOLD_VERSION


def refuse_newer(connection: Connection, tables: ViewTables) -> None:
    """Make sure that no newer version of the fold has folded the rows.

    Raises:
        NewerStoreError: one has.
    """
    found = connection.execute(select(tables.progress.c.fold_version)).scalar()
    if isinstance(found, int) and found > FOLD_VERSION:
        message = (
            f"the read models are of a newer onrecord (fold {found}, this one knows "
            f"{FOLD_VERSION}) and stay as they are: update onrecord"
        )
        raise NewerStoreError(message)


def generation(
    connection: Connection, tables: ViewTables, *, lock: bool = False
) -> str | None:
    """Return which rows these are, None of none yet; ``lock`` keeps them from going."""
    query = select(tables.progress.c.generation)
    if lock:
        query = query.with_for_update(read=True, key_share=True)
    found: str | None = connection.execute(query).scalar()
    return found


def begin(connection: Connection, tables: ViewTables) -> None:
    """Empty the tables: nothing is folded in yet, by this version of the fold."""
    for sql in tables.every:
        connection.execute(delete(sql))
    fresh = {
        "id": 1,
        "seq": 0,
        "fingerprint": "",
        "fold_version": FOLD_VERSION,
        "generation": token_hex(16),
    }
    connection.execute(insert(tables.progress).values(fresh))
