"""Pages of the documentation, cut into blocks, and a shell that runs them.

Conventions, told to readers in ``docs/README.md``
1. A block ``sh`` is run, in the order of the page, in one shell and folder.
2. A block ``text`` behind it is what the command prints, errors included; ``...``
   stands for anything.
3. ``sh no-run`` is not run, ``sh server`` is started and stopped at the end.
4. The numbers of the log are those of the day of writing: the seeds may have grown
   since. The first time a seq is shown the true one is learned; from then on it
   must be that one, in outputs and behind ``--known-at``.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ADDRESS = "127.0.0.1:8000"
"""Where the pages let the service listen; the tests give it another port."""
PATIENCE = 60.0
"""Seconds within which a server must say that it is there."""
_FENCE = re.compile(r"^```(\w*)[ \t]*([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SEQ = re.compile(r'("?\bseq"?[\s:\\]+)(\d+)')
_KNOWN_AT = re.compile(r"known[-_]at(?:[ =]\d+)+")
_DONE = "=== block done "


class Block(NamedTuple):
    """A fenced block: its language, what stands behind it, its text and line."""

    language: str
    flag: str
    text: str
    line: int


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(found[1], found[2], found[3], text.count("\n", 0, found.start()) + 1)
        for found in _FENCE.finditer(text)
    ]


def differs(expected: str, shown: str, seqs: dict[str, str]) -> str | None:
    """Return None if an output is as the page shows it, else what was printed."""
    learned: list[str] = []

    def number(found: re.Match[str]) -> str:
        if (known := seqs.get(found[2])) is not None:
            return f"{found[1]}{known}"
        learned.append(found[2])
        return rf"{found[1]}(\d+)"

    pattern = re.escape(expected.strip()).replace(re.escape("..."), ".*?")
    got = re.fullmatch(_SEQ.sub(number, pattern), shown.strip(), re.DOTALL)
    if got is None:
        return shown
    seqs |= zip(learned, got.groups(), strict=True)
    return None


class Shell:
    """A shell in a folder of its own, with the real command on its path."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._seqs = folder, dict[str, str]()
        self._scratch = folder.with_name(f"{folder.name}-blocks")
        self._scratch.mkdir()
        self._here = f"127.0.0.1:{_free_port()}"
        self._servers: list[subprocess.Popen[bytes]] = []
        self._env = {k: v for k, v in os.environ.items() if not k.startswith("ONREC")}
        self._env |= {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "CLONE": str(ROOT),
            "ONRECORD_PORT": self._here.partition(":")[2],
            "LC_ALL": "C.UTF-8",
            "PYTHONUNBUFFERED": "1",
            "ONRECORD_LOG_LEVEL": "warning",  # pages show what stands beside the log
        }
        self._bash = subprocess.Popen(
            ["bash"],
            cwd=folder,
            env=self._env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, page: Path) -> list[str]:
        """Run a page; return what went otherwise than it says."""
        wrong: list[str] = []
        listed = blocks(page)
        for number, block in enumerate(listed):
            if block.language != "sh" or block.flag == "no-run":
                continue
            after = listed[number + 1] if number + 1 < len(listed) else None
            expected = after.text if after and after.language == "text" else None
            server = block.flag == "server"
            code, shown = self._serve(block) if server else self._do(block)
            if code:
                wrong.append(f"{page.name}:{block.line}: exit code {code}\n{shown}")
            elif expected is not None and differs(expected, shown, self._seqs):
                wrong.append(
                    f"{page.name}:{block.line}: expected\n{expected}\ngot\n{shown}"
                )
        return wrong

    def close(self) -> None:
        """Stop the servers and the shell."""
        for server in self._servers:
            server.terminate()
            server.wait(timeout=PATIENCE)
        assert self._bash.stdin is not None
        assert self._bash.stdout is not None
        self._bash.stdin.close()
        self._bash.wait(timeout=PATIENCE)
        self._bash.stdout.close()

    def _as_it_is(self, known_at: re.Match[str]) -> str:
        """Return a ``known_at`` with the seqs of this run."""
        return re.sub(r"\d+", lambda n: self._seqs.get(n[0], n[0]), known_at[0])

    def _file(self, block: Block) -> Path:
        text = _KNOWN_AT.sub(self._as_it_is, block.text)
        file = self._scratch / f"{block.line}.sh"
        file.write_text(text.replace(ADDRESS, self._here), encoding="utf-8")
        return file

    def _do(self, block: Block) -> tuple[int, str]:
        """Run a block in the shell; return its last exit code and what it printed."""
        stdin, stdout = self._bash.stdin, self._bash.stdout
        assert stdin is not None
        assert stdout is not None
        stdin.write(f". '{self._file(block)}' </dev/null; echo \"{_DONE}$?\"\n")
        stdin.flush()
        lines: list[str] = []
        for line in stdout:
            before, done, code = line.partition(_DONE)
            lines.append(before)
            if done:
                return int(code), "".join(lines).replace(self._here, ADDRESS)
        return 1, "".join(lines)

    def _serve(self, block: Block) -> tuple[int, str]:
        """Start a server, wait until it has said where it is, and leave it running."""
        log = self._scratch / "server.log"
        with log.open("wb") as out:
            script = f"cd '{self._pwd()}'; exec {self._file(block).read_text().strip()}"
            server = subprocess.Popen(
                ["bash", "-c", script],
                env=self._env | self._exported(),
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        self._servers.append(server)
        for _ in range(int(PATIENCE / 0.05)):
            told = log.read_text(encoding="utf-8")
            if "stop with" in told:
                return 0, told.replace(self._here, ADDRESS)
            if server.poll() is not None:
                break
            time.sleep(0.05)
        return 1, log.read_text(encoding="utf-8")

    def _pwd(self) -> str:
        return self._do(Block("sh", "", "pwd\n", 0))[1].strip()

    def _exported(self) -> dict[str, str]:
        told = self._do(Block("sh", "", "env | grep ^ONRECORD_\n", 0))[1]
        return dict(line.split("=", 1) for line in told.splitlines())


@contextmanager
def shell(folder: Path) -> Iterator[Shell]:
    """Open a shell in a folder; its servers are stopped at the end."""
    folder.mkdir(exist_ok=True)
    opened = Shell(folder)
    try:
        yield opened
    finally:
        opened.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
