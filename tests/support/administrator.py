"""An administrator who does what docs/how-to/run-on-postgresql.md says, word by word.

The commands are read from the page and run in a shell, with the programs of the server
that the tests start. Only what a reader must fill in is filled in: host, passwords.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.docs.pages import DOCS, ROOT, blocks
from tests.support.postgresql import PASSWORD, Server, programs

PAGE = DOCS / "how-to" / "run-on-postgresql.md"
SECRET = "let-me-in"  # noqa: S105 (of roles that live for a test)
"""The password of every role that is made."""

Done = subprocess.CompletedProcess[str]


class Administrator:
    """Somebody with a shell in a folder, who is a superuser of a server."""

    def __init__(self, server: Server, folder: Path) -> None:
        self._server, self._folder = server, folder
        folder.mkdir(exist_ok=True)
        (folder / "deploy").symlink_to(ROOT / "deploy")

    def documented(self, beginning: str, **told: str) -> Done:
        """Run the block of the page that begins so; each command must succeed."""
        (block,) = [b for b in blocks(PAGE) if b.text.startswith(beginning)]
        return self.shell(f"set -e\n{block.text}", **told)

    def shell(self, script: str, role: str = "owner", **told: str) -> Done:
        """Run commands of a shell, as a role of the database."""
        here = f"@127.0.0.1:{self._server.port}/"
        script = script.replace("@db.example/", here).replace("db.example", "127.0.0.1")
        script = script.replace("…", SECRET)
        return subprocess.run(
            ["bash", "-c", f"{_FUNCTIONS}\n{script}"],
            cwd=self._folder,
            env=self._environment(role) | told,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            start_new_session=True,  # no terminal: passwords are read from stdin
        )

    def onrecord(self, *arguments: str, role: str = "onrecord", **told: str) -> Done:
        """Run the command as a role, on the database ``onrecord`` or as told."""
        words = " ".join(f"'{each}'" for each in arguments)
        store = {"ONRECORD_STORE": self.store("onrecord", role)}
        return self.shell(f"onrecord {words}", role, **(store | told))

    def store(self, database: str, role: str = "onrecord") -> str:
        """Return the address of a database, without a password."""
        return f"postgresql://{role}@127.0.0.1:{self._server.port}/{database}"

    def _environment(self, role: str) -> dict[str, str]:
        told: dict[str, Any] = {
            "PATH": f"{programs()}:{os.environ['PATH']}",
            "PGHOST": "127.0.0.1",
            "PGPORT": self._server.port,
            "PGUSER": role,
            "PGDATABASE": "postgres",
            "PGPASSWORD": PASSWORD if role == "owner" else SECRET,
            "PYTHONPATH": ROOT,
            "ONRECORD_LOG_LEVEL": "warning",
        }
        return os.environ | {name: str(value) for name, value in told.items()}


_FUNCTIONS = f"""
onrecord() {{ PGPASSWORD={SECRET} '{sys.executable}' -m api.cli "$@"; }}
pg_dump() {{ PGPASSWORD={SECRET} command pg_dump "$@"; }}
pg_basebackup() {{ PGPASSWORD={SECRET} command pg_basebackup "$@"; }}
pg_ctl() {{ :; }}
createuser() {{ printf '{SECRET}\\n{SECRET}\\n' | command createuser "$@"; }}
"""
"""What is given the password of another role, asks for one, or is done by the tests."""
