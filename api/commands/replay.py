"""``onrecord replay`` and ``onrecord rebuild``: fold the log again."""

from __future__ import annotations

import os

import click

from api.app import hands, open_services
from api.commands.console import Exit, counted, progress, settings_of
from api.commands.parked import print_parked
from domain.model.ids import TopicId
from domain.services.replay import Replayed

LONG = 50_000
"""Events from which several processes are worth their start."""


@click.command()
@click.argument("topic", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def replay(context: click.Context, topic: str | None, *, as_json: bool) -> None:
    """Fold the log from nothing and compare with what is served.

    What the read models lack is folded in first, so that both end at one event.
    Exits with 1 on a difference, and names the first.
    """
    with open_services(settings_of(context), seed=False, existing=True) as services:
        services.follower.catch_up()
        if topic is not None:
            found = services.replay.topic(TopicId(topic))
        else:
            with progress("replay", services.log.head()) as tick:
                found = services.replay.all(tick)
    if as_json:
        click.echo(found.model_dump_json())
    else:
        _print(found)
    context.exit(Exit.OK if found.equal else Exit.DIFFERENCE)


@click.command()
@click.option(
    "--jobs",
    metavar="NUMBER",
    type=click.IntRange(min=1),
    help="How many processes fold; by default one, of a long log one a core, up to 4.",
)
@click.pass_context
def rebuild(context: click.Context, jobs: int | None) -> None:
    """Fold the log again into new read models, which then replace those served.

    Reading and appending go on meanwhile. Read models that lack tables are mended.
    """
    settings = settings_of(context)
    with open_services(settings, seed=False, existing=True, mend=True) as services:
        head = services.log.head()
        cores = min(os.cpu_count() or 1, 4) if head > LONG else 1
        with progress("rebuild", head) as tick:
            seq = services.follower.rebuild(tick, hands(settings, jobs or cores))
        with services.views.snapshot() as views:
            parked = views.parked()
    click.echo(f"rebuilt to seq {seq}, {counted(len(parked), 'event')} parked")
    print_parked(parked)


def _print(found: Replayed) -> None:
    what = f"topic {found.topic}" if found.topic else "the whole log"
    click.echo(
        f"replayed {what}: {counted(found.events, 'event')}, "
        f"{counted(found.rows, 'row')}"
    )
    behind = found.head - found.seq
    late = ""
    if behind:
        late = f" (the log is {counted(behind, 'event')} ahead of what is served)"
    click.echo(f"  seq       {found.seq}{late}")
    click.echo(f"  parked    {found.parked}")
    click.echo(f"  replayed  {found.replayed_digest}")
    click.echo(f"  served    {found.served_digest}")
    if found.equal:
        click.echo(click.style("equal", fg="green", bold=True))
        return
    click.echo(click.style("different", fg="red", bold=True))
    if (first := found.difference) is not None:
        click.echo(f"  first: {first.table} {' '.join(first.key)} {first.field or ''}")
        click.echo(f"    replayed: {_short(first.replayed)}")
        click.echo(f"    served:   {_short(first.served)}")


def _short(text: str | None, width: int = 300) -> str:
    if text is None:
        return "(no such row)"
    return text if len(text) <= width else f"{text[:width]}…"
