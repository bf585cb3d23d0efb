"""``onrecord timeline`` and ``onrecord topics``: read what is on record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import groupby

import click

from api.app import open_services
from api.commands.console import counted, quoted, settings_of
from api.commands.lines import beside_line, heading, position_line, words_line
from api.commands.options import LANG
from api.pages.words import Words
from api.schemas.build import Builder, Evidence, builder_of, by_id
from api.schemas.build_timeline import timeline as timeline_out
from api.schemas.outer import TimelineOut
from api.visible import shown_line
from domain.errors import InvalidInputError
from domain.model.ids import AgentId, QuestionId, TopicId
from domain.model.moment import Moment
from domain.model.review import to_review
from domain.positions.live import LiveStatement
from domain.positions.timeline import Position
from domain.services.timelines import TimelineQuery, TopicTimeline


@click.command()
@click.argument("topic")
@click.option(
    "--as-of", metavar="DATE", help="Only what may have been spoken by this date."
)
@click.option("--known-at", metavar="SEQ|TIME", help="As the record stood then.")
@click.option("--holder", metavar="ID", help="Only this holder's positions.")
@click.option("--question", metavar="ID", help="Only positions on this question.")
@LANG
@click.option("--review", is_flag=True, help="Only statements to be reviewed.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def timeline(
    context: click.Context,
    topic: str,
    as_of: str | None,
    known_at: str | None,
    holder: str | None,
    question: str | None,
    lang: str,
    *,
    review: bool,
    as_json: bool,
) -> None:
    """Show the positions on a topic over time."""
    with open_services(settings_of(context), existing=True) as services:
        services.follower.catch_up()
        query = TimelineQuery(
            topic=TopicId(topic),
            as_of=as_of_day(as_of) if as_of else None,
            known_at=services.timelines.seq_known_at(known_at) if known_at else None,
            holder=AgentId(holder) if holder else None,
            question=QuestionId(question) if question else None,
        )
        found = services.timelines.read(query)
        agents = services.timelines.agents()
    builder = builder_of(agents, [found.topic], lang)
    if review:
        _print_review(found.statements, builder, as_json=as_json)
    elif as_json:
        click.echo(_as_json(found, builder))
    else:
        _print(timeline_out(found, builder), found.seq, Words(lang))


def position_as_json(
    position: Position, evidence: Evidence, builder: Builder
) -> dict[str, object]:
    """Return a position as one object, explained; its evidence is named."""
    told: dict[str, object] = json.loads(position.body)
    explained = builder.position(position, evidence).explanation
    return told | {"evidence": list(position.statements), "explanation": explained}


def _as_json(found: TopicTimeline, builder: Builder) -> str:
    """Return a timeline as one object; evidence is named, as over HTTP."""
    told, evidence = found.model_dump(mode="json"), by_id(found.statements)
    told["positions"] = [
        position_as_json(each, evidence, builder) for each in found.positions
    ]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def topics(context: click.Context, *, as_json: bool) -> None:
    """List the topics on record."""
    with open_services(settings_of(context)) as services:
        services.follower.catch_up()
        for topic in services.timelines.topics():
            if as_json:
                click.echo(topic.model_dump_json())
            else:
                name = click.style(topic.id, bold=True)
                click.echo(
                    f"{name}  {topic.labels.get('en', topic.id)}: "
                    f"{counted(topic.statements, 'statement')}, "
                    f"{counted(topic.positions, 'position')}, "
                    f"{counted(topic.changes, 'change')}"
                )


def as_of_day(text: str) -> date:
    """Return the last day of an EDTF text.

    Raises:
        InvalidInputError: the text is no date, or has no end.
    """
    if (latest := Moment.parse(text).latest) is None:
        message = f"as of: {text!r} has no end; name a day, month, year or interval"
        raise InvalidInputError(message)
    return latest


def _print(told: TimelineOut, seq: int, said: Words) -> None:
    statements = {each.id: each for each in told.statements}
    click.echo(heading(told.topic.label))
    for question, positions in groupby(told.positions, key=lambda p: p.question):
        click.echo(f"\n  {shown_line(question.label)}")
        for position in positions:
            click.echo(f"    {position_line(position, said)}")
            for each in position.evidence:
                click.echo(f"      {words_line(statements[each], position, said)}")
    for aside in told.asides:
        statement = statements[aside.statement]
        click.echo(f"\n  {beside_line(aside, said)}")
        click.echo(f"      {quoted(statement.words, said=said)}")
    counts = (
        said.counted(len(told.positions), "position"),
        said.phrase("beside_line", str(len(told.asides))),
        said.counted(len(told.statements), "statement"),
    )
    click.echo(f"\n{', '.join(counts)}{said.phrase('at_this', str(seq))}")


def _print_review(
    statements: Sequence[LiveStatement], builder: Builder, *, as_json: bool
) -> None:
    """Print the statements to be reviewed, and what of them is unsure."""
    marked = [
        (each, marks) for each in statements if (marks := to_review(each.statement))
    ]
    said = Words(builder.language)
    for each, marks in marked:
        who = each.statement.identification.speaker
        words = each.statement.attribution.words
        if as_json:
            told = {"id": each.id, "review": marks, "speaker": who, "words": words}
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            unsure = ", ".join(said.catalogue.parts[mark] for mark in marks)
            name = shown_line(who or said.text["unnamed_short"])
            click.echo(f"  {each.id}  {name} · {said.text['to_review']} {unsure}")
            click.echo(f"    {quoted(words, said=said)}")
    if not as_json:
        every = said.counted(len(statements), "statement")
        click.echo(said.phrase("reviewed", str(len(marked)), every))
