"""Closed pipes, full disks and interruptions end in what is documented, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TEXT = "Mira Solen a déclaré que le quai {} du port d'Orsk restera fermé.\n"


def run(folder: Path, line: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a line of the shell in a folder, with the command as ``onrecord``."""
    function = f'onrecord() {{ "{sys.executable}" -m api.cli "$@"; }}; '
    return subprocess.run(
        ["bash", "-c", function + line],
        cwd=folder,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=120,
        check=False,
        text=True,
        **options,
    )


def articles(folder: Path, count: int) -> list[str]:
    """Write articles and return their names."""
    names = [f"{number}.txt" for number in range(count)]
    for number, name in enumerate(names):
        (folder / name).write_text(TEXT.format(number), encoding="utf-8")
    return names


def test_a_reader_that_goes_away_stops_no_ingest(tmp_path: Path) -> None:
    """All inputs are put on record though nobody reads on, and that is success."""
    names = " ".join(articles(tmp_path, 3))
    piped = (
        f"onrecord ingest --language FR {names} 2>&1 | true; echo ${{PIPESTATUS[0]}}"
    )
    done = run(tmp_path, piped)
    assert (done.stdout, done.stderr) == ("0\n", "")
    again = run(tmp_path, f"onrecord ingest --language fr {names}")
    assert again.stdout.count("already on record") == 3


def test_a_result_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    """A full disk behind standard output is told, with what became of the input."""
    (name,) = articles(tmp_path, 1)
    done = run(tmp_path, f"onrecord ingest --language fr {name} > /dev/full")
    assert done.returncode == 4
    assert done.stderr == (
        "onrecord: cannot write the result: no space left on device; "
        "what was ingested is on record\n"
    )
    unread = run(tmp_path, "onrecord ingest missing.txt 2> /dev/full")
    assert (unread.returncode, unread.stderr) == (3, "")


def test_inputs_are_named_as_given_and_the_last_line_tells_the_head(
    tmp_path: Path,
) -> None:
    """Whatever was refused says where it came from; the seq is that of the log."""
    (tmp_path / "in").mkdir()
    articles(tmp_path / "in", 1)
    (tmp_path / "in" / "a\x1b[31m.txt").write_text(TEXT.format(0), encoding="utf-8")
    first = run(tmp_path, "onrecord ingest --language fr in/*")
    assert first.returncode == 0, first.stderr
    assert first.stdout.startswith("in/0.txt: new: 1 statement ")
    assert "in/a\\x1b[31m.txt: unchanged: already on record\n" in first.stdout
    seq = first.stdout.rpartition("seq ")[2]
    (tmp_path / "none").mkdir()
    refused = run(tmp_path, "onrecord ingest - '' none <&-")
    assert refused.returncode == 3
    assert refused.stderr.splitlines() == [
        "onrecord: standard input: cannot be read: standard input is closed",
        "onrecord: '': is no name: name a file, or - for standard input",
        "onrecord: none: is a folder without files that end in .txt",
    ]
    assert refused.stdout == f"3 failed; 0 events, seq {seq}"


def test_read_models_of_another_log_are_not_served(tmp_path: Path) -> None:
    """Who deletes or replaces the log is told, and sees what is on record only."""
    (name,) = articles(tmp_path, 1)
    run(tmp_path, f"onrecord ingest --language fr {name}")
    for file in tmp_path.glob("onrecord.db*"):
        file.unlink()
    done = run(tmp_path, "onrecord topics --json")
    assert "it is another log, so they are folded anew" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    topics = [json.loads(line) for line in done.stdout.splitlines()]
    assert topics
    assert not any(each["statements"] for each in topics)


def test_wrong_use_is_one_line_with_where_to_read_on(tmp_path: Path) -> None:
    """What is wrong, and the help of the command that was meant."""
    for line, said in {
        "ingest": "Missing argument 'PATH|-...'; try 'onrecord ingest --help'",
        "--nothing": "No such option '--nothing'; try 'onrecord --help'",
    }.items():
        done = run(tmp_path, f"onrecord {line}")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"onrecord: {said}\n"


def test_an_interruption_while_libraries_load_is_no_traceback(tmp_path: Path) -> None:
    """Ctrl-C before the command has begun ends with 130 and one line."""
    hook = (
        "import signal, sys\n"
        "class Interrupts:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'api.commands.ingest':\n"
        "            signal.raise_signal(signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupts())\n"
        "from api.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", hook],
        cwd=tmp_path,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
        text=True,
    )
    assert (done.returncode, done.stderr) == (130, "onrecord: interrupted\n")


def test_what_an_article_says_does_not_ring_or_turn_the_terminal(
    tmp_path: Path,
) -> None:
    """Controls, and signs that nobody sees, are shown as marks."""
    text = "«Міст\x07 \u202eвідкрито\u202c», — сказав\u200b Орест Дім.\n"
    (tmp_path / "bell.txt").write_text(text, encoding="utf-8")
    done = run(tmp_path, "onrecord extract --language uk bell.txt")
    assert done.returncode == 0, done.stderr
    assert "“Міст[U+0007] [U+202E]відкрито[U+202C]”" in done.stdout
    assert not set(done.stdout) & set("\x07\u202e\u202c\u200b")
