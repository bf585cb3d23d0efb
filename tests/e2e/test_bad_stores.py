"""A store that cannot be used is one line that says what to do, and stays as it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psycopg
import pytest

from adapters.sqlite import dbapi
from api.app import Settings, open_services
from api.http import create_app
from api.serving import running
from domain.errors import InvalidSeedError, NewerStoreError, StoreError
from tests.e2e.test_command_line import ROOT, onrecord

pytestmark = pytest.mark.slow
FILES = ("record.db", "record.articles.db", "record.views.db")
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40
ARTICLE = "«Міст відкрито», — сказав Орест Дім.\n"
AS_NOBODY = """
import importlib.readers, os, sys
import api.commands.group, api.app
if os.geteuid() == 0:
    os.setgid(65534); os.setuid(65534)
sys.exit(api.commands.group.run())
"""
"""Root may write what is read-only; nobody may not."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a store in it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    done = onrecord(
        *(folder, "--store", "sqlite:///record.db"),
        *("ingest", "--language", "uk", "bridge.txt"),
    )
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Path:
    """Return a folder with a copy of the store."""
    for file in made.iterdir():
        shutil.copy(file, tmp_path)
    return tmp_path


def cut_to(share: float) -> Callable[[Path], object]:
    """Return what cuts a file."""
    return lambda path: os.truncate(path, int(path.stat().st_size * share))


def of_another_program(path: Path) -> None:
    """Put the database of another program in the place of a file."""
    path.unlink()
    connection = dbapi.connect(str(path))
    connection.execute("CREATE TABLE sheep (name)")
    connection.close()


def of_a_later_version(path: Path) -> None:
    """Say that a later onrecord wrote it."""
    connection = dbapi.connect(str(path))
    connection.execute("PRAGMA user_version=99")
    connection.close()


BREAKS: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut in the first page": (lambda path: os.truncate(path, 600), "is damaged"),
    "cut after a page": (lambda path: os.truncate(path, 4096), "is damaged"),
    "cut in half": (cut_to(0.5), "is damaged"),
    "cut by a byte": (
        lambda path: os.truncate(path, path.stat().st_size - 1),
        "is damaged",
    ),
    "a picture": (lambda path: path.write_bytes(PICTURE), "is not a SQLite database"),
    "a text": (lambda path: path.write_text("hello\n" * 200), "is not a SQLite data"),
    "another program's": (of_another_program, "was not made by onrecord"),
    "a later version's": (of_a_later_version, "newer onrecord"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("broken", BREAKS)
def test_a_file_that_cannot_be_used_is_named_and_left_as_it_is(
    store: Path, name: str, broken: str
) -> None:
    """What is wrong with which file, and what to do; no event is added to the log."""
    breaks, said = BREAKS[broken]
    breaks(store / name)
    before = (store / name).read_bytes()
    settings = Settings(store=f"sqlite:///{store}/record.db")
    with pytest.raises(StoreError) as told, open_services(settings):
        pass
    line = str(told.value)
    assert f"/{name} " in line
    assert said in line
    assert isinstance(told.value, NewerStoreError) == ("newer" in said)
    if name == FILES[2] and "newer" not in said:
        assert "delete this file alone, never the log" in line
    assert (store / name).read_bytes() == before


GONE = {
    "a table": ("DROP TABLE {}blue_past_position", "(blue_past_position)"),
    "which is served": ("DROP TABLE {}serving", "(serving)"),
    "what is served": ("UPDATE {}serving SET name = 'purple'", "(purple)"),
}
"""What read models may lack: how it goes, and what of it is named."""


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("gone", GONE)
def test_read_models_that_lack_tables_say_so_and_are_rebuilt(
    store: Path, kind: str, gone: str, request: pytest.FixtureRequest
) -> None:
    """Whatever opens them says what to do; a rebuild mends them, and no other command."""
    (statement, named), views = GONE[gone], store / FILES[2]
    address, cure = f"sqlite:///{store}/record.db", "delete this file alone, never"
    if kind == "sqlite":
        connection = dbapi.connect(str(views), isolation_level=None)
        connection.execute(statement.format(""))
        connection.close()
    else:
        address, cure = request.getfixturevalue("database"), "drop the schema onrecord"
        assert not onrecord(
            *(store, "--store", address),
            *("ingest", "--language", "uk", "bridge.txt"),
        ).returncode
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(statement.format("onrecord_views.").encode())
    for command in ("topics", "replay"):
        done = onrecord(store, "--store", address, command)
        assert (done.returncode, done.stdout) == (4, "")
        assert "Traceback" not in done.stderr
        assert f"lacks tables {named}" in (last := done.stderr.splitlines()[-1])
        assert f"run onrecord rebuild, or {cure}" in last
    rebuilt = onrecord(store, "--store", address, "rebuild")
    assert rebuilt.returncode == 0, rebuilt.stderr
    replayed = onrecord(store, "--store", address, "replay")
    assert replayed.stdout.endswith("equal\n")


def test_texts_that_lack_their_table_are_to_be_restored(store: Path) -> None:
    """Nothing can give them again: a rebuild does not make an empty table of them."""
    connection = dbapi.connect(str(store / FILES[1]))
    connection.execute("DROP TABLE article_text")
    connection.close()
    for command in ("topics", "rebuild"):
        done = onrecord(store, "--store", "sqlite:///record.db", command)
        assert done.returncode == 4
        assert (
            "record.articles.db lacks tables (article_text): restore it" in done.stderr
        )


def test_an_emptied_log_is_not_served_as_a_record_of_nothing(store: Path) -> None:
    """Neither read nor gone on with: the texts beside it tell that there was one."""
    os.truncate(store / "record.db", 0)
    for command in (["topics"], ["replay"], ["ingest", "bridge.txt"]):
        done = onrecord(store, "--store", "sqlite:///record.db", *command)
        assert (done.returncode, done.stdout) == (4, "")
        assert done.stderr.count("\n") == 1
        assert "restore the log from a backup" in done.stderr
    assert (store / "record.db").stat().st_size == 0


@pytest.mark.parametrize("command", ["serve", "topics", "ingest"])
def test_the_command_line_tells_it_in_one_line(store: Path, command: str) -> None:
    """Exit code 4, nothing on standard output, no traceback."""
    (store / "record.db").write_bytes(PICTURE)
    arguments = ["bridge.txt"] if command == "ingest" else []
    done = onrecord(store, "--store", "sqlite:///record.db", command, *arguments)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == (
        "onrecord: the store record.db is not a SQLite database: name another file\n"
    )


@pytest.fixture
def of_nobody(store: Path) -> Iterator[Path]:
    """Return a folder with a store that is nobody's, if we may give it away.

    It lies beside the folders of pytest: each pytest that starts, in another process as
    well, closes the one above all of them to others.
    """
    with TemporaryDirectory(prefix="onrecord-") as above:
        folder = Path(above, "store")
        shutil.copytree(store, folder)
        Path(above).chmod(0o755)
        if os.geteuid() == 0:
            for each in (folder, *folder.iterdir()):
                os.chown(each, 65534, 65534)
        yield folder


@pytest.mark.parametrize(
    ("name", "mode", "said"),
    [
        *((name, 0o444, "is read-only: make the file and its") for name in FILES),
        ("record.db", 0o000, "may not be read by this user"),
        (".", 0o555, "is read-only: make the file and its folder writable"),
    ],
)
def test_what_may_not_be_written_is_told(
    of_nobody: Path, name: str, mode: int, said: str
) -> None:
    """A read-only file or folder is refused by whatever reads or writes."""
    (of_nobody / name).chmod(mode)
    try:
        for command in (["topics"], ["ingest", "bridge.txt"]):
            arguments = ["--store", "sqlite:///record.db", *command]
            done = subprocess.run(
                [sys.executable, "-c", AS_NOBODY, *arguments],
                cwd=of_nobody,
                capture_output=True,
                text=True,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                check=False,
                timeout=120,
            )
            assert (done.returncode, done.stdout) == (4, "")
            assert done.stderr.count("\n") == 1
            assert said in done.stderr
    finally:
        (of_nobody / name).chmod(0o755)


def test_a_bad_folder_of_seeds_leaves_no_store_behind(tmp_path: Path) -> None:
    """It is told before anything is made."""
    settings = Settings(
        store=f"sqlite:///{tmp_path}/record.db", seeds=tmp_path / "nope"
    )
    with (
        pytest.raises(InvalidSeedError, match="no such folder of seeds"),
        open_services(settings),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", FILES[::2])
def test_a_store_that_breaks_under_a_service_is_told_by_its_health(
    store: Path, name: str
) -> None:
    """Not ready, without a word of where the store lies; the process is alive."""
    settings = Settings(store=f"sqlite:///{store}/record.db")
    with (
        open_services(settings) as services,
        running(create_app(services), "127.0.0.1", 0) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        assert client.get("/health/ready").status_code == 200
        for file in (store / name, store / f"{name}-wal", store / f"{name}-shm"):
            if file.exists():
                file.write_bytes(PICTURE)
        answer = client.get("/health/ready")
        assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
        assert str(store) not in answer.text
        assert client.get("/health/live").status_code == 200
        assert client.get("/api/v1/topics").status_code == 503
