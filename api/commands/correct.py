"""``onrecord correct``: decisions on the record, a subcommand for each.

The subcommands are made from the commands of the domain: what must be told is an
argument, what may be told is an option.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, BinaryIO

import click
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from api.app import open_services
from api.commands.console import (
    Exit,
    code_of,
    complain,
    counted,
    progress,
    settings_of,
)
from api.commands.options import first_of, lines_of, text_of
from domain.decisions.commands import COMMAND, COMMANDS, Command, Decision
from domain.errors import InvalidInputError, OnrecordError, StoreError
from domain.events.base import Actor, ActorKind
from domain.services.recording import Written

NOTHING = "none"
"""How an argument says that there is nothing: no date, no commitment."""
_COMMON = (
    click.Option(["--by"], required=True, metavar="NAME", help="Who decides."),
    click.Option(
        ["--expected-seq"],
        type=click.IntRange(min=0),
        metavar="SEQ",
        help="Refuse if what it changes has gone on after this seq.",
    ),
    click.Option(["--json", "as_json"], is_flag=True, help="One JSON object."),
)
_REASON = click.Option(["--reason"], required=True, metavar="TEXT", help="Why.")


@click.group()
def correct() -> None:
    """Decide on the record: date, identify, assess, link, withdraw, and so on.

    Every decision is an event with its reason, and is undone by a later one. Where
    there is nothing to tell, no date or no commitment, write none.
    """


@correct.command()
@click.argument("source", type=click.File("rb"), metavar="FILE.jsonl|-")
@click.pass_context
def apply(
    context: click.Context,
    *,
    source: BinaryIO,
    by: str,
    expected_seq: int | None,
    as_json: bool,
) -> None:
    """Take the decisions of a file, one JSON object a line.

    A line that is refused is told, and the others go on.
    """
    worst = Exit.OK
    lines = lines_of(source)
    settings = settings_of(context)
    with open_services(settings) as services, progress("correct", len(lines)) as tick:
        for number, line in lines:
            try:
                done = services.correct(
                    _read(line), actor=actor(by), expected_seq=expected_seq
                )
            except StoreError:
                raise
            except OnrecordError as error:
                complain(f"line {number}: {error}")
                worst = max(worst, code_of(error))
            else:
                _print(done, as_json=as_json)
            tick(1)
    context.exit(worst)


apply.params += _COMMON


def actor(by: str) -> Actor:
    """Return the person of this name.

    Raises:
        InvalidInputError: it is no name.
    """
    if not by.strip():
        message = "--by: expected the name of who decides, got none"
        raise InvalidInputError(message)
    return Actor(kind=ActorKind.PERSON, name=by)


def _read(line: bytes) -> Command:
    try:
        return COMMAND.validate_json(text_of(line), strict=True)
    except ValidationError as error:
        raise InvalidInputError(first_of(error, skip=1)) from error


def _subcommand(decision: type[Decision]) -> click.Command:
    """Return the subcommand of a decision."""
    told = {n: f for n, f in decision.model_fields.items() if n not in {"do", "reason"}}
    do = decision.model_fields["do"].default

    @click.pass_context
    def run(context: click.Context, /, **given: Any) -> None:
        by, expected = given.pop("by"), given.pop("expected_seq")
        as_json = given.pop("as_json")
        command = _command(do, given)
        with open_services(settings_of(context)) as services:
            done = services.correct(command, actor=actor(by), expected_seq=expected)
        _print(done, as_json=as_json)

    params = [_parameter(name, field) for name, field in told.items()]
    return click.Command(
        do,
        callback=run,
        params=[*params, _REASON, *_COMMON],
        help=decision.__doc__,
        context_settings={"ignore_unknown_options": True},  # -3 is a commitment
    )


def _parameter(name: str, field: FieldInfo) -> click.Parameter:
    option = "--" + name.replace("_", "-")
    if name in {"labels", "titles"}:
        help_ = "Language and text; may be given again."
        return click.Option(
            [option, name],
            multiple=True,
            required=field.is_required(),
            metavar="LANGUAGE=TEXT",
            help=help_,
        )
    if name == "conditions":
        help_ = "What it depends on; may be given again."
        return click.Option([option, name], multiple=True, metavar="ID", help=help_)
    if field.annotation is bool:
        return click.Option([option, name], is_flag=True)
    if field.is_required():
        return click.Argument([name])
    return click.Option([option, name], metavar=name.upper())


def _command(do: str, given: dict[str, Any]) -> Command:
    """Return the command that arguments and options tell.

    Raises:
        InvalidInputError: they are not valid; names the first that is not.
    """
    told = {name: _value(name, value) for name, value in given.items() if value}
    content = {"do": do, **told}
    try:
        return COMMAND.validate_python(content)
    except ValidationError as error:
        raise InvalidInputError(first_of(error, skip=1)) from error


def _value(name: str, value: Any) -> Any:
    match name:
        case "spoken_at" | "commitment" if value == NOTHING:
            return None
        case "commitment":
            return int(value) if value.lstrip("+-").isdecimal() else value
        case "labels":
            return {language: texts[-1] for language, texts in _told(value).items()}
        case "titles":
            return _told(value)
        case _:
            return value


def _told(texts: Sequence[str]) -> dict[str, list[str]]:
    """Return what stands behind each ``language=``."""
    told: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        language, _, wording = text.partition("=")
        told[language].append(wording)
    return dict(told)


def _print(done: Written, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(done.model_dump(mode="json")))
        return
    streams: Sequence[str] = done.streams
    told = "so already"
    if streams:
        told = f"{counted(done.events, 'event')} in {', '.join(streams)}"
    click.echo(f"{told}; seq {done.seq}")


for _decision in COMMANDS:
    correct.add_command(_subcommand(_decision))
