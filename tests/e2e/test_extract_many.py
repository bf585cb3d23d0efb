"""Many articles at once: folders, languages, processes, failures, interruption."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}
FRENCH = "Mira Solen a déclaré que le port d'Orsk restera fermé cet hiver."
ENGLISH = "Mira Solen said that the port of Orsk would stay closed this winter."
RUSSIAN = "Мира Солен заявила, что порт Орска останется закрытым этой зимой."
PATIENCE = 60.0
"""Seconds within which an interrupted command must be gone."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of articles in three languages; two of its files are bad."""
    articles = tmp_path / "articles"
    articles.mkdir()
    for number in range(12):
        text = (FRENCH, ENGLISH, RUSSIAN)[number % 3]
        (articles / f"{number:02d}.txt").write_text(text, encoding="utf-8")
    (articles / "05.txt").write_bytes(b"")
    (articles / "07.txt").write_bytes(b"\x00\x01")
    (articles / "notes.md").write_text(FRENCH, encoding="utf-8")
    return articles


def command(*arguments: str) -> list[str]:
    """Return the real command."""
    return [sys.executable, "-m", "api.cli", "extract", *arguments]


def extract(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command beside a folder."""
    return subprocess.run(
        command(*arguments),
        cwd=folder.parent,
        capture_output=True,
        env=ENVIRONMENT,
        timeout=4 * PATIENCE,
        text=True,
        check=False,
    )


def test_a_folder_of_mixed_languages_comes_out_in_order(folder: Path) -> None:
    """Two processes print what one does: each good article once, by name."""
    done = extract(folder, "articles", "--jobs", "2", "--jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    good = [f"{n:02d}" for n in range(12) if n not in {5, 7}]
    assert [record["id"] for record in records] == good
    assert [record["language"] for record in records[:3]] == ["fr", "en", "ru"]
    assert all(len(record["statements"]) == 1 for record in records)
    assert done.stdout == extract(folder, "articles", "--jsonl").stdout


def test_what_fails_is_one_line_and_the_others_go_on(folder: Path) -> None:
    """Bad files are named on standard error; the exit code says that there were some."""
    done = extract(folder, "articles", "none.txt", "--jobs", "2")
    assert done.returncode == 3
    lines = done.stderr.splitlines()
    assert [line.split(": ")[1] for line in lines] == [
        "articles/05.txt",
        "articles/07.txt",
        "none.txt",
    ]
    assert done.stdout.count("1 statement,") == 10


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    """Nothing to extract is told, not passed over."""
    empty = tmp_path / "empty"
    empty.mkdir()
    done = extract(empty, "empty")
    assert done.returncode == 3
    assert "is a folder without files that end in .txt" in done.stderr


def test_standard_input_may_be_one_of_several(folder: Path) -> None:
    """The article that comes by standard input is extracted beside the others."""
    done = subprocess.run(
        command("articles/00.txt", "-", "--jobs", "2", "--jsonl"),
        cwd=folder.parent,
        input=FRENCH.encode(),
        capture_output=True,
        env=ENVIRONMENT,
        timeout=4 * PATIENCE,
        check=True,
    )
    ids = [json.loads(line)["id"] for line in done.stdout.splitlines()]
    assert ids == ["00", "stdin"]


def test_an_interruption_ends_all_processes_cleanly(folder: Path) -> None:
    """Ctrl-C gives one line and exit code 130, and leaves no process behind."""
    for number in range(20, 600):
        (folder / f"{number}.txt").write_text(f"{FRENCH}\n" * 40, encoding="utf-8")
    log = folder.parent / "stderr.txt"
    with log.open("wb") as told:
        running = subprocess.Popen(
            command("articles", "--jobs", "2", "--jsonl"),
            cwd=folder.parent,
            stdout=subprocess.PIPE,
            stderr=told,
            env=ENVIRONMENT,
            start_new_session=True,
        )
    assert running.stdout is not None
    assert running.stdout.readline(), log.read_text(encoding="utf-8")
    os.killpg(running.pid, signal.SIGINT)
    running.communicate(timeout=PATIENCE)
    lines = log.read_text(encoding="utf-8").splitlines()
    assert running.returncode == 130
    assert lines[-1] == "onrecord: interrupted"
    assert not any("Traceback" in line for line in lines)
    assert is_gone(running.pid)


def is_gone(group: int) -> bool:
    """Tell whether no process of a group is left, in reasonable time."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


HOSTILE: dict[str, bytes] = {
    "big": b"Mira Solen a dit que non.\n" * 200_000,
    "binary": b"Mira Solen\x00a dit que non.",
    "german": b"Mira Solen sagte gestern, dass der Hafen im Winter geschlossen bleibt.",
    "surrogate": b"Mira Solen \xed\xa0\x80 a dit que le port ferme.",
}
PARTIAL: dict[str, bytes] = {
    "bidi": f"\u202e{FRENCH}\u2066".encode(),
    "endless": (FRENCH + "\n" + "le port ferme et " * 50_000).encode(),
    "marks": (FRENCH + "\n" + "« “ „ " * 1_600).encode(),
    "mixed": f"{FRENCH}\n{ENGLISH} {ENGLISH}\n".encode(),
}
MEMORY = 4 << 30
"""Bytes of address space that an extraction must get along with."""


def test_no_input_hangs_or_breaks_the_command(tmp_path: Path) -> None:
    """What is refused is one line each, what is not comes out, within a bound of memory."""
    for name, raw in (HOSTILE | PARTIAL).items():
        (tmp_path / f"{name}.txt").write_bytes(raw)
    done = subprocess.run(
        command(str(tmp_path), "--jsonl"),
        cwd=tmp_path,
        capture_output=True,
        env=ENVIRONMENT,
        timeout=4 * PATIENCE,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    lines = done.stderr.splitlines()
    assert [Path(line.split(": ")[1]).stem for line in lines] == sorted(HOSTILE)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["id"] for record in records] == sorted(PARTIAL)
    assert {r["id"]: len(r["statements"]) for r in records}["endless"] == 1
    assert "Traceback" not in done.stderr


def test_a_folder_is_ingested_together_and_one_bad_file_stops_none(
    folder: Path,
) -> None:
    """In order, a transaction each, the same again unchanged; what failed is counted."""

    def ingest() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "api.cli", "ingest", "articles", "none.txt"],
            cwd=folder.parent,
            capture_output=True,
            env=ENVIRONMENT,
            timeout=4 * PATIENCE,
            text=True,
            check=False,
        )

    (folder / "11.txt").write_text(FRENCH + " Encore.", encoding="utf-8")
    done = ingest()
    assert done.returncode == 3
    told = [line.split(": ")[1] for line in done.stderr.splitlines()]
    assert told == ["articles/05.txt", "articles/07.txt", "none.txt"]
    *each, last = done.stdout.splitlines()
    good = [n for n in range(12) if n not in {5, 7}]
    assert [line.split(": ")[0] for line in each] == [
        f"articles/{n:02d}.txt" for n in good
    ]
    assert {"4 new", "6 unchanged", "3 failed"} == set(last.split(";")[0].split(", "))
    assert (
        sorted(line.split(": ")[1] for line in each) == ["new"] * 4 + ["unchanged"] * 6
    )
    again = ingest().stdout.splitlines()
    assert {line.split(": ")[1] for line in again[:-1]} == {"unchanged"}
    assert "10 unchanged" in again[-1]
    assert "; 0 events" in again[-1]
