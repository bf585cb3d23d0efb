"""``onrecord history`` and ``onrecord diff``: how the record of a topic changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import click

from api.app import open_services
from api.commands.console import quoted, settings_of
from api.commands.lines import beside_line, heading, position_line
from api.commands.options import LANG
from api.commands.timeline import as_of_day, position_as_json
from api.pages.by_statement import by_statement
from api.pages.words import Words
from api.schemas.build import Builder, builder_of, by_id
from api.schemas.build_history import differences as differences_out
from api.schemas.build_history import revisions as revisions_out
from api.schemas.history import CauseOut, DifferencesOut, HistoryOut, SideOut
from api.schemas.outer import PositionOut
from api.visible import shown_line
from domain.model.ids import AgentId, QuestionId, StatementId, TopicId
from domain.positions.explain_revision import explain_revision
from domain.services.histories import HistoryQuery, TopicDifferences
from domain.services.timelines import TimelineQuery, Timelines


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
    builder = builder_of(agents, [found.topic], lang)
    if as_json:
        for each in found.revisions:
            sentence = explain_revision(each, names=builder.name, language=lang)
            told = each.model_dump(mode="json") | {"explanation": sentence}
            click.echo(json.dumps(told, ensure_ascii=False, separators=(",", ":")))
    else:
        click.echo(heading(builder.topic(found.topic).label))
        _print_history(revisions_out(found, builder), Words(lang))
        said = Words(lang)
        revisions = said.counted(len(found.revisions), "revision")
        click.echo(f"\n{revisions}{said.phrase('at_this', str(found.seq))}")


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
    builder = builder_of(agents, (found.before.topic, found.after.topic), lang)
    if as_json:
        click.echo(_as_json(found, builder))
    else:
        click.echo(heading(builder.topic(found.after.topic).label))
        _print_differences(differences_out(found, builder), Words(lang))


def _as_json(differ: TopicDifferences, builder: Builder) -> str:
    """Return both states and their differences as one object, evidence by its names."""
    found = differ.found
    told: dict[str, Any] = {"topic": differ.after.topic.id}
    for name, state in (("before", differ.before), ("after", differ.after)):
        as_of = state.query.as_of.isoformat() if state.query.as_of else None
        digest = None if as_of else state.digest  # both are read from the same rows
        told[name] = {"seq": state.seq, "as_of": as_of, "digest": digest}
    told |= found.model_dump(mode="json")
    old, new = by_id(differ.before.statements), by_id(differ.after.statements)
    told["added"] = [position_as_json(each, new, builder) for each in found.added]
    told["gone"] = [position_as_json(each, old, builder) for each in found.gone]
    for shape, each in zip(told["changed"], found.changed, strict=True):
        shape["before"] = position_as_json(each.before, old, builder)
        shape["after"] = position_as_json(each.after, new, builder)
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


def _print_history(told: HistoryOut, said: Words) -> None:
    """Print revisions by question, holder and statement, as the page shows them."""
    words = {each.id: quoted(each.words, said=said) for each in told.statements}
    for question, holders in by_statement(told.revisions):
        for holder, statements in holders:
            labels = (shown_line(question.label), shown_line(holder.label))
            click.echo(f"\n  {'  '.join(labels)}")
            for statement, revisions in statements:
                click.echo(f"    {words[statement]}  {statement}")
                for revision, causes in revisions:
                    click.echo(f"      {shown_line(revision.explanation)}")
                    for line in _because(statement, causes, words, said):
                        click.echo(f"        {line}")


def _because(
    statement: str, causes: Iterable[CauseOut], words: dict[str, str], said: Words
) -> Iterator[str]:
    """Yield what causes are about, and why they were decided."""
    for cause in causes:
        for other in cause.statements:
            if other != statement:
                about = said.text["event_about"].format(seq=cause.seq)
                yield f"{about} {words.get(other, other)}"
        if cause.reason:
            yield said.text["decided"].format(
                seq=cause.seq,
                actor=cause.actor.removeprefix("person "),
                reason=shown_line(cause.reason),
            )


def _print_differences(told: DifferencesOut, said: Words) -> None:
    def line(mark: str, each: PositionOut) -> str:
        asked = shown_line(each.question.label)
        return f"  {mark} {position_line(each, said)}  [{asked}]"

    for each in told.gone:
        click.echo(line("-", each))
    for each in told.added:
        click.echo(line("+", each))
    for changed in told.changed:
        click.echo(line("<", changed.before))
        click.echo(line(">", changed.after))
        click.echo(
            f"      {', '.join(said.catalogue.parts[a] for a in changed.aspects)}"
        )
    for mark, asides in (("-", told.asides_gone), ("+", told.asides_added)):
        for aside in asides:
            click.echo(f"  {mark} {beside_line(aside, said)} {aside.statement}")
    counts = map(len, (told.added, told.gone, told.changed))
    beside_too = len(told.asides_added) + len(told.asides_gone)
    sides = (_side(each, said) for each in (told.before, told.after))
    click.echo(said.phrase("differ", *map(str, (*counts, beside_too)), *sides))


def _side(side: SideOut, said: Words) -> str:
    if side.as_of is None:
        return f"seq {side.seq}"
    return said.phrase("as_of", str(side.as_of))
