"""Where a SQLite file of ours may lie: told before it is opened, and before it is made.

SQLite says "unable to open" for whatever is wrong with a place, opens for reading what
it may not write, and trusts the locks of network file systems, which nobody should.
"""

from __future__ import annotations

import os
from pathlib import Path

from domain.errors import StoreUnavailableError

MOUNTS = Path("/proc/self/mounts")
"""What is mounted where, on Linux; elsewhere nothing is known of it."""
_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre"),
    *("glusterfs", "ocfs2", "gfs2", "gpfs", "beegfs", "davfs"),
    *("fuse.sshfs", "fuse.glusterfs", "fuse.ceph", "fuse.davfs2", "fuse.rclone"),
    *("fuse.s3fs", "fuse.gcsfuse", "fuse.smbnetfs", "fuse.curlftpfs"),
}
_SMALLEST = 512
"""Bytes of the smallest page: a file with less holds nothing."""
_ESCAPES = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}


def check_place(path: Path) -> None:
    """Refuse a place where SQLite could not keep a file, or not safely.

    Raises:
        StoreUnavailableError: says what is wrong with it and what to do.
    """
    folder = path.parent
    if path.is_dir():
        raise _refusal(path, "is a folder: name a file")
    if not folder.is_dir():
        raise _refusal(path, f"has no folder {folder}: does the folder exist? make it")
    if path.exists() and not path.is_file():
        raise _refusal(path, "is no ordinary file: name another")
    if path.exists() and not os.access(path, os.R_OK):
        raise _refusal(path, "may not be read by this user: give them the right")
    writable = os.access(folder, os.W_OK | os.X_OK)
    if not writable or (path.exists() and not os.access(path, os.W_OK)):
        raise _refusal(path, "is read-only: make the file and its folder writable")
    if (kind := _file_system(folder)) in _NETWORK:
        raise _refusal(
            path,
            f"lies on a network file system ({kind}), whose locks cannot be trusted: "
            "name a file on a local disk, or a PostgreSQL",
        )


def check_not_emptied(log: Path, beside: Path) -> None:
    """Refuse a log that is empty beside the texts of its articles: it was cut.

    Raises:
        StoreUnavailableError: it is so.
    """
    if log.is_file() and _is_empty(log) and beside.is_file() and not _is_empty(beside):
        raise _refusal(
            log,
            f"is empty, and {beside.name} is not: restore the log from a backup, or "
            "delete all files of the store to begin anew",
        )


def _is_empty(path: Path) -> bool:
    return path.stat().st_size < _SMALLEST


def _refusal(path: Path, said: str) -> StoreUnavailableError:
    return StoreUnavailableError(f"the store {path} {said}")


def _file_system(folder: Path) -> str:
    """Return the kind of file system that a folder lies on, empty if nobody knows."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""
    place, kind, deepest = folder.resolve(), "", -1
    for line in lines.splitlines():
        _, point, found, *_ = [*line.split(" "), "", "", ""]
        for escape, sign in _ESCAPES.items():
            point = point.replace(escape, sign)
        depth = len(Path(point).parts)
        if depth >= deepest and place.is_relative_to(point):
            kind, deepest = found, depth  # the last mount on a point hides the others
    return kind
