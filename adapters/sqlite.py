"""The SQLite that every store of ours opens: new enough, and with errors in plain words.

SQLite 3.7.0 to 3.51.2 can corrupt a WAL file that two connections write or
checkpoint at once (https://sqlite.org/wal.html#walresetbug). Python's own build is
often older, so ``pysqlite3`` brings 3.53; ``dbapi`` is that module, and all that opens
a store of ours goes through it. One process must not open one file through two SQLite
libraries (POSIX locks).
"""

from __future__ import annotations

import os
from pathlib import Path
from shutil import disk_usage
from urllib.parse import quote

from pysqlite3 import dbapi2 as dbapi

from adapters.sqlite_place import check_place
from domain.errors import (
    NewerStoreError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
)

__all__ = ["check_header", "dbapi", "explain", "require_safe", "sync_folder"]

Version = tuple[int, ...]

_SAFE: Version = (3, 51, 3)
"""Without the WAL-reset bug, and with ``wal_checkpoint(NOOP)``, which came in 3.51."""

_LOCKED = "is locked by another process: try again when it has finished"
_FULL = "is on a full disk: free some space; nothing was half written"
_FAILED = "could not be written by the disk: check it before going on"
_NO_ROOM = "is on a full disk: free some space; a megabyte is enough to read"
ROOM = 1 << 20
"""Bytes without which a store that nobody has open cannot be opened, not even to read:
SQLite makes an index beside each file, and calls it a failure of the disk if it cannot."""
_ADVICE = (
    ("readonly", "is read-only: make the file and its folder writable"),
    ("attempt to write", "is read-only: make the file and its folder writable"),
    ("disk is full", _FULL),
    ("locked", _LOCKED),
    ("busy", _LOCKED),
    ("unable to open", "cannot be opened: does the folder exist, is it a file?"),
    ("no space left", _FULL),
    ("disk i/o error", _FAILED),
    ("input/output", _FAILED),
)

_RESTORE = "restore it from a backup"
_BROKEN = (
    ("not a database", "is not a SQLite database", "name another file"),
    ("malformed", "is damaged", _RESTORE),
    ("could not decode", "is damaged", _RESTORE),
)
"""What cannot be mended by waiting: sign, what is wrong, what to do about a store."""

_HEADER = (
    "PRAGMA application_id",
    "PRAGMA user_version",
    "SELECT COUNT(*) FROM sqlite_master",
    "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
)


def require_safe(version: Version = dbapi.sqlite_version_info) -> None:
    """Make sure that this SQLite is free of the WAL-reset bug, and no older release.

    Raises:
        StoreUnavailableError: it is not.
    """
    if version >= _SAFE:
        return
    found = ".".join(str(part) for part in version)
    message = (
        f"SQLite {found} can corrupt a store (WAL-reset bug); "
        "install the pysqlite3 that onrecord pins: make install"
    )
    raise StoreUnavailableError(message)


def explain(
    path: Path,
    error: BaseException,
    cure: str | None = None,
    *,
    opening: bool = False,
) -> StoreError:
    """Return the error of ours that says in one line what is wrong and what to do.

    ``cure`` is what to do about a file that is broken or none of ours. Only in
    ``opening`` it may be the room that lacks where a disk is said to fail.
    """
    said = str(error).lower()
    for sign, wrong, usual in _BROKEN:
        if sign in said:
            return StoreUnavailableError(f"the store {path} {wrong}: {cure or usual}")
    for sign, advice in _ADVICE:
        if sign in said:
            kind = StoreBusyError if advice is _LOCKED else StoreUnavailableError
            full = opening and advice is _FAILED and _is_full(path)
            return kind(f"the store {path} {_NO_ROOM if full else advice}")
    return StoreUnavailableError(f"the store {path} cannot be used: {error}")


def check_header(
    path: Path, application_id: int, *, newest: int, cure: str | None = None
) -> None:
    """Refuse a file that is not ours, cut, or newer than we are; an empty one is fine.

    ``cure`` is what to do about a file that is broken or none of ours.

    Raises:
        StoreUnavailableError: a place where no file can be kept, the file of another
            program, or the beginning of a file.
        NewerStoreError: a newer onrecord wrote it.
    """
    check_place(path)
    if not path.exists() or not path.stat().st_size:
        return
    # what was cut short while the file was made is undone first, which is writing
    unfinished = path.with_name(f"{path.name}-journal").exists()
    mode = "rw" if unfinished else "ro"
    connection = dbapi.connect(
        f"file:{quote(str(path))}?mode={mode}", uri=True, isolation_level=None
    )
    try:
        connection.execute("BEGIN")  # one state: another process may be making it
        found, version, tables, size = (
            connection.execute(query).fetchone()[0] for query in _HEADER
        )
        is_cut = size > path.stat().st_size and not _holds_more(path)
    finally:
        connection.close()
    if tables and found != application_id:
        cure = cure or "name another file"
        message = f"the store {path} was not made by onrecord: {cure}"
        raise StoreUnavailableError(message)
    if is_cut:
        message = f"the store {path} is damaged: {cure or _RESTORE}"
        raise StoreUnavailableError(message)
    if tables and version > newest:
        message = (
            f"the store {path} was written by a newer onrecord (schema {version}, "
            f"this one knows {newest}): update onrecord"
        )
        raise NewerStoreError(message)


def sync_folder(path: Path) -> None:
    """Have the names of a store's files on the disk, or fail.

    SQLite syncs the folder as well when it makes a file, and does not look whether that
    succeeded: a file whose name is lost is lost, however well it was synced itself.

    Raises:
        OSError: the folder could not be synced.
    """
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _is_full(path: Path) -> bool:
    """Whether the disk of a file has less room than is needed to open it."""
    try:
        return disk_usage(path.parent).free < ROOM
    except OSError:
        return False


def _holds_more(path: Path) -> bool:
    """Whether pages of a file still lie in the log of what is written (``-wal``)."""
    ahead = path.with_name(f"{path.name}-wal")
    return ahead.exists() and ahead.stat().st_size > 0
