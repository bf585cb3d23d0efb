"""``onrecord laws``: the laws of positions, tried on the live log."""

from __future__ import annotations

import json

import click

from api.app import open_services
from api.commands.console import Exit, settings_of
from domain.model.ids import TopicId
from domain.services.laws import SAMPLES

MOST = 1000
"""Samples at most: each folds the topic anew."""


@click.command()
@click.argument("topic")
@click.option(
    "--samples",
    type=click.IntRange(min=1, max=MOST),
    default=SAMPLES,
    metavar="NUMBER",
    help=f"How often each law is tried, 1 to {MOST}; {SAMPLES}.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line and law.")
@click.pass_context
def laws(context: click.Context, *, topic: str, samples: int, as_json: bool) -> None:
    """Try the laws of positions on a topic as it is on record.

    Order, repetition, lateness and withdrawal play no part; every past view is exact.
    Nothing is recorded. The exit code is 1 if a law fails.
    """
    with open_services(settings_of(context), seed=False, existing=True) as services:
        services.follower.catch_up()
        found = services.laws.of_topic(TopicId(topic), samples=samples)
    for each in found:
        if as_json:
            click.echo(json.dumps(each.model_dump(mode="json")))
        else:
            click.echo(f"{each.law:<11} {each.tried} tried, {each.failed} failed")
    failed = sum(each.failed for each in found)
    if not as_json:
        click.echo(f"{sum(each.tried for each in found)} tried, {failed} failed")
    context.exit(Exit.DIFFERENCE if failed else Exit.OK)
