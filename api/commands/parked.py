"""``onrecord parked``: the events that the read models could not take in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

import click

from api.app import open_services
from api.commands.console import counted, progress, settings_of
from domain.ports import Parked


@click.command()
@click.option(
    "--retry", is_flag=True, help="Fold the log anew first; what fits now is taken in."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def parked(context: click.Context, *, retry: bool, as_json: bool) -> None:
    """List the events that could not be read or taken in, with their reasons.

    They stay on record. After an update that knows them, --retry folds the log anew,
    beside what is served: an event counts in its place, before those that followed.
    """
    with open_services(settings_of(context), seed=False, existing=True) as services:
        if retry:
            with progress("retry", services.log.head()) as tick:
                services.follower.rebuild(tick)
        else:
            services.follower.catch_up()
        with services.views.snapshot() as views:
            found = views.parked()
    if as_json:
        for each in found:
            click.echo(json.dumps(asdict(each)))
    else:
        click.echo(f"{counted(len(found), 'event')} parked")
        print_parked(found)


def print_parked(found: Sequence[Parked]) -> None:
    """Print parked events, one a line."""
    for each in found:
        click.echo(f"  seq {each.seq} {each.name} in {each.stream}: {each.error}")
