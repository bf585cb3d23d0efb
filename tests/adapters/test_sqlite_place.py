"""A place where SQLite cannot keep a file, or not safely, is told before it is opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adapters import sqlite_place
from adapters.sqlite import check_header, dbapi
from adapters.sqlite_place import check_not_emptied, check_place
from domain.errors import StoreUnavailableError

OURS = 0x4F4E5243


def mounted(folder: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Say what is mounted where."""
    table = folder / "mounts"
    table.write_text("".join(f"{line}\n" for line in lines))
    monkeypatch.setattr(sqlite_place, "MOUNTS", table)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "smb3"])
def test_a_network_file_system_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Its locks cannot be trusted; the message names it and says where to go instead."""
    share = tmp_path / "a share"
    share.mkdir()
    written = str(share).replace(" ", "\\040")
    mounted(
        tmp_path, monkeypatch, "/ / ext4 rw 0 0", f"host:/x {written} {kind} rw 0 0"
    )
    with pytest.raises(StoreUnavailableError, match=rf"\({kind}\).* local disk"):
        check_place(share / "record.db")
    check_place(tmp_path / "record.db")


def test_the_nearest_mount_counts_and_links_are_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A local disk below a share is local; a link into a share leads there."""
    share, local = tmp_path / "share", tmp_path / "share" / "local"
    local.mkdir(parents=True)
    (tmp_path / "link").symlink_to(share)
    lines = (f"host:/x {share} nfs rw 0 0", f"/dev/sda {local} ext4 rw 0 0")
    mounted(tmp_path, monkeypatch, *lines)
    check_place(local / "record.db")
    with pytest.raises(StoreUnavailableError, match=r"\(nfs\)"):
        check_place(tmp_path / "link" / "record.db")


def test_where_nothing_is_known_of_mounts_nothing_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not every system tells."""
    monkeypatch.setattr(sqlite_place, "MOUNTS", tmp_path / "none")
    check_place(tmp_path / "record.db")


def test_a_place_that_holds_no_file_is_told(tmp_path: Path) -> None:
    """A folder, a missing folder, what is no file."""
    os.mkfifo(tmp_path / "pipe")
    for path, said in (
        (tmp_path, "is a folder: name a file"),
        (tmp_path / "none" / "record.db", "does the folder exist"),
        (tmp_path / "pipe", "is no ordinary file"),
    ):
        with pytest.raises(StoreUnavailableError, match=said):
            check_place(path)


def test_a_log_that_was_emptied_is_not_taken_for_a_new_one(tmp_path: Path) -> None:
    """Texts beside it tell that there was a record; without them it is a new store."""
    log, texts = tmp_path / "record.db", tmp_path / "record.articles.db"
    check_not_emptied(log, texts)
    log.touch()
    check_not_emptied(log, texts)
    texts.write_bytes(b"SQLite" * 1000)
    with pytest.raises(StoreUnavailableError, match="restore the log from a backup"):
        check_not_emptied(log, texts)


@pytest.mark.parametrize("cut", [1, 100, 4095])
def test_the_beginning_of_a_file_is_refused_however_little_is_missing(
    tmp_path: Path, cut: int
) -> None:
    """SQLite itself fills a last page up with zeros."""
    path = tmp_path / "record.db"
    connection = dbapi.connect(str(path))
    connection.execute(f"PRAGMA application_id={OURS}")
    connection.execute("CREATE TABLE sheep (name)")
    connection.executemany("INSERT INTO sheep VALUES (?)", [("a" * 900,)] * 20)
    connection.commit()
    check_header(path, OURS, newest=1)  # while it is open, and after
    connection.close()
    check_header(path, OURS, newest=1)
    os.truncate(path, path.stat().st_size - cut)
    with pytest.raises(StoreUnavailableError, match="is damaged: restore it"):
        check_header(path, OURS, newest=1)


def test_pages_that_still_lie_beside_a_file_are_not_missing(tmp_path: Path) -> None:
    """In WAL mode a file is shorter than what is stored until its pages are moved."""
    path = tmp_path / "record.db"
    connection = dbapi.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA application_id={OURS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE sheep (name)")
    connection.executemany("INSERT INTO sheep VALUES (?)", [("a" * 900,)] * 20)
    assert path.stat().st_size <= 4096
    check_header(path, OURS, newest=1)
    connection.close()
