"""What every command shares: errors and exit codes, colours, progress.

Results go to standard output, everything else to standard error. Colours and
progress bars appear on a terminal only.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from api.app import Settings, load
from api.pages.words import Words
from api.visible import is_long, shortened, shown_line
from domain.errors import (
    ExtractionError,
    InvalidInputError,
    NotFoundError,
    OnrecordError,
    StoreError,
)

ENGLISH = Words("en")
"""Of the commands that speak one language."""


class Exit(IntEnum):
    """Exit codes; documented in ``onrecord --help`` and the reference."""

    OK = 0
    DIFFERENCE = 1
    USAGE = 2
    INPUT = 3
    STORE = 4
    NOT_FOUND = 5
    DEFECT = 6


EXIT_CODES = """\b
Exit codes:
  0  done
  1  a replay differs from what is served, or a law fails
  2  wrong use of the command line
  3  an input was refused; the other inputs were processed
  4  the store cannot be used, no port is free, or the result cannot be written
  5  nothing on record under that name
  6  something broke inside: a defect of onrecord, please report it
"""


def code_of(error: OnrecordError) -> Exit:
    """Return the exit code that an error leads to."""
    match error:
        case StoreError():
            return Exit.STORE
        case NotFoundError():
            return Exit.NOT_FOUND
        case InvalidInputError():
            return Exit.INPUT
        case ExtractionError():
            return Exit.DEFECT
        case _:
            return Exit.STORE


def complain(message: str) -> None:
    """Write one line to standard error."""
    prefix = click.style("onrecord:", fg="red", bold=True)
    click.echo(f"{prefix} {one_line(message)}", err=True)


def remark(message: str) -> None:
    """Write a line of progress or advice to standard error."""
    click.echo(message, err=True)


def quoted(words: str, *, whole: str = "--json", said: Words = ENGLISH) -> str:
    """Return words in quotation marks on one line, the beginning of long ones.

    ``whole`` is the option that shows them all.
    """
    line = shown_line(words)
    told = said.phrase("quote", shortened(line))
    if not is_long(line):
        return told
    return f"{told} {said.phrase('characters', str(len(words)), whole)}"


def counted(number: int, what: str) -> str:
    """Return a number of things: 1 event, 2 events, 0 events."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def one_line(message: str) -> str:
    """Return a message on one line, with control characters shown as escapes."""
    flat = " ".join(message.split())
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in flat)


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show a bar on standard error while work goes on; yields how to advance it."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[note]}"),
    )
    quiet = not sys.stderr.isatty()
    with Progress(*columns, console=console, transient=True, disable=quiet) as bar:
        task = bar.add_task(what, total=total, note="")
        yield lambda steps: bar.advance(task, steps)


def settings_of(
    context: click.Context, *, fallback_store: str | None = None, **given: object
) -> Settings:
    """Return the settings in force for a command.

    ``fallback_store`` is used where neither command line, environment nor file
    names a store.

    Raises:
        InvalidInputError: a setting is wrong.
    """
    settings = load(**context.find_root().params, **given)
    if fallback_store is not None and "store" not in settings.model_fields_set:
        settings = settings.model_copy(update={"store": fallback_store})
    return settings
