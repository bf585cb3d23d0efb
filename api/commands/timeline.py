"""``onrecord timeline`` and ``onrecord topics``: read what is on record."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import groupby

import click

from api.app import open_services
from api.commands.console import counted, quoted, settings_of
from api.commands.options import LANG
from api.schemas.build import Builder
from api.schemas.build_history import builder_of
from api.visible import shown_line
from domain.errors import InvalidInputError
from domain.model.agent import Agent
from domain.model.ids import AgentId, QuestionId, TopicId
from domain.model.moment import Moment
from domain.model.review import to_review
from domain.positions.live import LiveStatement
from domain.positions.timeline import Position
from domain.positions.wording import label_in_words, reason_in_words, value_in_words
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
    if review:
        _print_review(found.statements, as_json=as_json)
    elif as_json:
        click.echo(_as_json(found, builder_of(agents, [found.topic], lang)))
    else:
        _print(found, agents)


def position_as_json(position: Position, builder: Builder) -> dict[str, object]:
    """Return a position as one object, explained; its evidence is named."""
    told: dict[str, object] = json.loads(position.body)
    explained = builder.position(position).explanation
    return told | {"evidence": list(position.statements), "explanation": explained}


def _as_json(found: TopicTimeline, builder: Builder) -> str:
    """Return a timeline as one object; evidence is named, as over HTTP."""
    told = found.model_dump(mode="json")
    told["positions"] = [position_as_json(each, builder) for each in found.positions]
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


def _print(found: TopicTimeline, agents: dict[AgentId, Agent]) -> None:
    asked = found.topic.questions
    labels = {q.id: shown_line(q.labels.get("en", q.id)) for q in asked}
    words = {s.id: quoted(s.statement.attribution.words) for s in found.statements}
    heading = shown_line(found.topic.labels.get("en", found.topic.id))
    click.echo(click.style(heading, bold=True))
    for question, positions in groupby(found.positions, key=lambda p: p.question):
        click.echo(f"\n  {labels.get(question, question)}")
        for position in positions:
            agent = agents.get(position.holder)
            holder = shown_line(agent.label() if agent else position.holder)
            click.echo(f"    {when(position)}  {holder}: {held(position)}")
            for statement in position.statements:
                click.echo(f"      {words[statement]}")
    for aside in found.asides:
        where = labels.get(aside.question, "") if aside.question else ""
        click.echo(f"\n  beside the line ({reason_in_words(aside.reason)}) {where}")
        click.echo(f"      {words[aside.statement]}")
    click.echo(
        f"\n{counted(len(found.positions), 'position')}, {len(found.asides)} beside the line, "
        f"{counted(len(found.statements), 'statement')}; seq {found.seq}"
    )


def _print_review(statements: Sequence[LiveStatement], *, as_json: bool) -> None:
    """Print the statements to be reviewed, and what of them is unsure."""
    marked = [
        (each, marks) for each in statements if (marks := to_review(each.statement))
    ]
    for each, marks in marked:
        who = each.statement.identification.speaker or "unnamed"
        words = each.statement.attribution.words
        if as_json:
            told = {
                "id": each.id,
                "review": marks,
                "speaker": each.statement.identification.speaker,
                "words": words,
            }
            click.echo(json.dumps(told, ensure_ascii=False))
        else:
            click.echo(f"  {each.id}  {shown_line(who)} · review: {', '.join(marks)}")
            click.echo(f"    {quoted(words)}")
    if not as_json:
        click.echo(
            f"{len(marked)} of {counted(len(statements), 'statement')} to be reviewed"
        )


def when(position: Position) -> str:
    """Return the days of a position."""
    if position.earliest == position.latest:
        return str(position.earliest)
    return f"{position.earliest}/{position.latest}"


def held(position: Position) -> str:
    """Return label and value of a position, in the words of the pages."""
    label = label_in_words(position.transition.label, again=position.again)
    return f"{click.style(label, fg='cyan')} ({value_in_words(position.value)})"
