"""The entry point: ``onrecord``. It imports nothing before it can be interrupted."""

from __future__ import annotations

import sys

from api.memory import collect_seldom


def main() -> None:
    """Run the command line; Ctrl-C while its libraries load is no traceback."""
    try:
        from api.commands.group import run  # noqa: PLC0415 (loading takes seconds)

        collect_seldom()
        code = run()
    except KeyboardInterrupt:
        sys.stderr.write("onrecord: interrupted\n")
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
