"""The command line: all commands under ``onrecord``, and how a run of it ends."""

from __future__ import annotations

import click

from api.app import VERSION
from api.commands.console import EXIT_CODES, Exit, code_of, complain
from api.commands.correct import correct
from api.commands.demo import demo, serve
from api.commands.extract import extract
from api.commands.history import diff, history
from api.commands.importing import import_statements
from api.commands.ingest import ingest
from api.commands.laws import laws
from api.commands.output import guard
from api.commands.parked import parked
from api.commands.proposals import proposals
from api.commands.replay import rebuild, replay
from api.commands.timeline import timeline, topics
from domain.errors import OnrecordError

INTERRUPTED = 130
"""The exit code of what Ctrl-C ended."""


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


for _command in (
    demo,
    ingest,
    import_statements,
    correct,
    extract,
    timeline,
    history,
    diff,
    topics,
    proposals,
    laws,
    replay,
    rebuild,
    parked,
    serve,
):
    onrecord.add_command(_command)


def run() -> int:
    """Run the command line and return its exit code; every expected error is one line."""
    guard()
    try:
        return onrecord.main(prog_name="onrecord", standalone_mode=False) or Exit.OK
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.Abort:
        complain("interrupted")
        return INTERRUPTED
    except click.ClickException as error:
        return _misused(error)
    except OnrecordError as error:
        complain(str(error))
        return code_of(error)
    except Exception as error:  # noqa: BLE001 (a traceback is no answer for a reader)
        complain(f"something broke inside: {type(error).__name__}: {error}")
        return Exit.DEFECT


def _misused(error: click.ClickException) -> int:
    """Say in one line what is wrong, and where to read how it is right."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return error.exit_code
    told = error.format_message().rstrip(".")
    if isinstance(error, click.UsageError) and error.ctx is not None:
        told = f"{told}; try '{error.ctx.command_path} --help'"
    complain(told)
    return error.exit_code
