"""``onrecord history`` and ``onrecord diff``: how the record of a topic changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import click

from api.app import open_services
from api.commands.console import counted, quoted, settings_of
from api.commands.options import LANG
from api.commands.timeline import as_of_day, held, position_as_json, when
from api.schemas.build import Builder
from api.schemas.build_history import builder_of
from api.visible import shown_line
from domain.model.agent import Agent
from domain.model.ids import AgentId, QuestionId, StatementId, TopicId
from domain.positions.explain_revision import explain_revision
from domain.positions.revisions import Revision
from domain.positions.timeline import Position
from domain.positions.wording import reason_in_words
from domain.services.histories import History, HistoryQuery, TopicDifferences
from domain.services.timelines import TimelineQuery, Timelines, TopicTimeline

Agents = dict[AgentId, Agent]


@click.command()
@click.argument("topic")
@click.option("--holder", metavar="ID", help="Only what this holder's statements read.")
@click.option("--question", metavar="ID", help="Only on this question.")
@click.option("--statement", metavar="ID", help="Only what this statement read.")
@click.option(
    "--changed-only",
    is_flag=True,
    help="Leave out what has read the same since it came.",
)
@LANG
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def history(
    context: click.Context,
    topic: str,
    holder: str | None,
    question: str | None,
    statement: str | None,
    lang: str,
    *,
    changed_only: bool,
    as_json: bool,
) -> None:
    """Show how the labels of a topic were revised, and what caused it.

    A label may change without a word of the speaker: by an article that came late, a
    correction, a withdrawal. Each revision says from which seq to which it was so.
    """
    query = HistoryQuery(
        topic=TopicId(topic),
        holder=AgentId(holder) if holder else None,
        question=QuestionId(question) if question else None,
        statement=StatementId(statement) if statement else None,
        changed_only=changed_only,
    )
    with open_services(settings_of(context), existing=True) as services:
        services.follower.catch_up()
        found = services.histories.revisions(query)
        agents = services.timelines.agents()
    if as_json:
        for each in found.revisions:
            explained = {"explanation": explain_revision(each, language=lang)}
            told = each.model_dump(mode="json") | explained
            click.echo(json.dumps(told, ensure_ascii=False, separators=(",", ":")))
    else:
        _print_history(found, agents, lang)


@click.command()
@click.argument("topic")
@click.option(
    "--known-at", nargs=2, metavar="A B", help="As the record stood at A, and at B."
)
@click.option(
    "--as-of",
    nargs=2,
    metavar="A B",
    help="What may have been spoken by the day A, and by B.",
)
@LANG
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def diff(
    context: click.Context,
    *,
    topic: str,
    known_at: tuple[str, str] | None,
    as_of: tuple[str, str] | None,
    lang: str,
    as_json: bool,
) -> None:
    """Show what differs between two states of a topic, on one axis.

    A and B are seqs or instants with --known-at, dates with --as-of.
    """
    if bool(known_at) == bool(as_of):
        message = "name two states: either --known-at A B or --as-of A B"
        raise click.UsageError(message)
    with open_services(settings_of(context), existing=True) as services:
        services.follower.catch_up()
        before, after = _sides(services.timelines, TopicId(topic), known_at, as_of)
        found = services.histories.between(before, after)
        agents = services.timelines.agents()
    if as_json:
        topics = (found.before.topic, found.after.topic)
        click.echo(_as_json(found, builder_of(agents, topics, lang)))
    else:
        _print_differences(found, agents)


def _as_json(differ: TopicDifferences, builder: Builder) -> str:
    """Return both states and their differences as one object, evidence by its names."""
    found = differ.found
    told: dict[str, Any] = {"topic": differ.after.topic.id}
    for name, state in (("before", differ.before), ("after", differ.after)):
        as_of = state.query.as_of.isoformat() if state.query.as_of else None
        digest = None if as_of else state.digest  # both are read from the same rows
        told[name] = {"seq": state.seq, "as_of": as_of, "digest": digest}
    told |= found.model_dump(mode="json")
    for part in ("added", "gone"):
        told[part] = [position_as_json(each, builder) for each in getattr(found, part)]
    for shape, each in zip(told["changed"], found.changed, strict=True):
        shape["before"] = position_as_json(each.before, builder)
        shape["after"] = position_as_json(each.after, builder)
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _sides(
    timelines: Timelines,
    topic: TopicId,
    known_at: tuple[str, str] | None,
    as_of: tuple[str, str] | None,
) -> Iterable[TimelineQuery]:
    for text in known_at or ():
        yield TimelineQuery(topic=topic, known_at=timelines.seq_known_at(text))
    for text in as_of or ():
        yield TimelineQuery(topic=topic, as_of=as_of_day(text))


def _print_history(found: History, agents: Agents, lang: str) -> None:
    topic = found.topic
    asked = (*topic.withdrawn_questions, *topic.questions)
    labels = {q.id: shown_line(q.labels.get("en", q.id)) for q in asked}
    words = {each.id: quoted(each.attribution.words) for each in found.statements}
    heading = shown_line(topic.labels.get("en", topic.id))
    click.echo(click.style(heading, bold=True))
    for (question, holder), statements in _grouped(found.revisions).items():
        click.echo(f"\n  {labels.get(question, question)}  {_who(holder, agents)}")
        for statement, revisions in statements.items():
            click.echo(f"    {words[statement]}  {statement}")
            told: set[str] = set()
            for each in revisions:
                click.echo(f"      {explain_revision(each, language=lang)}")
                for line in _because(each, words):
                    if line not in told:  # what ends one may have begun another
                        click.echo(f"        {line}")
                    told.add(line)
    click.echo(f"\n{counted(len(found.revisions), 'revision')}; seq {found.seq}")


def _grouped(
    revisions: Iterable[Revision],
) -> dict[tuple[QuestionId, AgentId], dict[StatementId, list[Revision]]]:
    """Return revisions by question and holder, and then by statement."""
    found: dict[tuple[QuestionId, AgentId], dict[StatementId, list[Revision]]] = (
        defaultdict(lambda: defaultdict(list))
    )
    for each in sorted(revisions, key=lambda r: (r.question, r.holder)):
        found[each.question, each.holder][each.statement].append(each)
    return found


def _because(revision: Revision, words: dict[StatementId, str]) -> Iterator[str]:
    """Yield what the causes of a revision are about, and why they were decided."""
    for cause in filter(None, (revision.cause, revision.ended_by)):
        for other in cause.statements:
            if other != revision.statement:
                yield f"event {cause.seq} is about {words.get(other, other)}"
        if cause.reason:
            yield f"event {cause.seq}, decided by {cause.actor.name}: {cause.reason}"


def _print_differences(told: TopicDifferences, agents: Agents) -> None:
    found, topic = told.found, told.after.topic
    labels = {q.id: shown_line(q.labels.get("en", q.id)) for q in topic.questions}
    click.echo(click.style(shown_line(topic.labels.get("en", topic.id)), bold=True))

    def line(mark: str, each: Position) -> str:
        question = labels.get(each.question, each.question)
        who = _who(each.holder, agents)
        return f"  {mark} {when(each)}  {who}: {held(each)}  [{question}]"

    for each in found.gone:
        click.echo(line("-", each))
    for each in found.added:
        click.echo(line("+", each))
    for changed in found.changed:
        click.echo(line("<", changed.before))
        click.echo(line(">", changed.after))
        click.echo(f"      {', '.join(changed.aspects)}")
    for mark, asides in (("-", found.asides_gone), ("+", found.asides_added)):
        for aside in asides:
            click.echo(
                f"  {mark} beside the line ({reason_in_words(aside.reason)}) {aside.statement}"
            )
    beside = len(found.asides_added) + len(found.asides_gone)
    click.echo(
        f"{len(found.added)} added, {len(found.gone)} gone, {len(found.changed)} "
        f"changed, {beside} beside the line; {_side(told.before)} to {_side(told.after)}"
    )


def _side(found: TopicTimeline) -> str:
    as_of = found.query.as_of
    return f"seq {found.seq}" if as_of is None else f"as of {as_of}"


def _who(holder: AgentId, agents: Agents) -> str:
    agent = agents.get(holder)
    return shown_line(agent.label() if agent else holder)
