"""``onrecord import``: an analyst's own statements, recorded without the extractor."""

from __future__ import annotations

import json
from typing import BinaryIO

import click
from pydantic import ValidationError

from api.app import open_services
from api.commands.console import (
    Exit,
    code_of,
    complain,
    counted,
    progress,
    settings_of,
)
from api.commands.correct import actor
from api.commands.options import first_of, lines_of, text_of
from api.commands.passed_over import left_out
from domain.errors import InvalidInputError, OnrecordError, StoreError
from domain.services.import_format import ImportedArticle
from domain.services.importing import Imported


@click.command("import")
@click.argument("source", type=click.File("rb"), metavar="FILE.jsonl|-")
@click.option("--by", required=True, metavar="NAME", help="Whose statements they are.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an article.")
@click.pass_context
def import_statements(
    context: click.Context, *, source: BinaryIO, by: str, as_json: bool
) -> None:
    """Record statements of a file, one article a line, in the format of extract.

    Everything of an article is recorded, or nothing; the other articles go on. The
    same again changes nothing.
    """
    worst = Exit.OK
    lines = lines_of(source)
    settings = settings_of(context)
    with open_services(settings) as services, progress("import", len(lines)) as tick:
        for number, line in lines:
            try:
                done = services.imports(_read(line), actor=actor(by))
            except StoreError:
                raise
            except OnrecordError as error:
                complain(f"line {number}: {error}")
                worst = max(worst, code_of(error))
            else:
                _print(number, done, as_json=as_json)
            tick(1)
    context.exit(worst)


def _read(line: bytes) -> ImportedArticle:
    try:
        return ImportedArticle.model_validate_json(text_of(line), strict=True)
    except ValidationError as error:
        raise InvalidInputError(first_of(error)) from error


def _print(number: int, done: Imported, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"line": number, **done.model_dump(mode="json")}))
        return
    written = done.written
    found = counted(len(done.statements), "statement")
    parts = [counted(written.events, "event")] if written.events else []
    if done.differs or not parts:
        parts.append(left_out(done.differs))
    if done.withdrawn:
        gone = " ".join(done.withdrawn)
        parts.append(f"left out as withdrawn (onrecord correct reinstate): {gone}")
    click.echo(f"line {number}: {found}, {', '.join(parts)}")
