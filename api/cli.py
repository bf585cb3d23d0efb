"""The command line: ``onrecord``."""

from __future__ import annotations

import sys

import click

from api.app import VERSION
from api.commands.console import EXIT_CODES, Exit, code_of, complain
from api.commands.demo import demo, serve
from api.commands.extract import extract
from api.commands.ingest import ingest
from api.commands.replay import rebuild, replay
from api.commands.timeline import timeline, topics
from domain.errors import OnrecordError


@click.group(
    epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(VERSION, prog_name="onrecord")
@click.option(
    "--store", metavar="URL", help="The store (ONRECORD_STORE); sqlite:///onrecord.db."
)
def onrecord(store: str | None) -> None:
    """Who said what on a topic, when, and how their position moved.

    Articles come in; each statement attributed to a speaker becomes an event in a
    log that is never altered; positions over time are folded from the events.
    """


for _command in (demo, ingest, extract, timeline, topics, replay, rebuild, serve):
    onrecord.add_command(_command)


def main() -> None:
    """Run the command line; every expected error is one line and an exit code."""
    try:
        sys.exit(onrecord.main(standalone_mode=False) or Exit.OK)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.Abort:
        complain("interrupted")
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except OnrecordError as error:
        complain(str(error))
        sys.exit(code_of(error))
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(Exit.OK)
    except Exception as error:  # noqa: BLE001 (a traceback is no answer for a reader)
        complain(f"something broke inside: {type(error).__name__}: {error}")
        sys.exit(Exit.DEFECT)


if __name__ == "__main__":
    main()
