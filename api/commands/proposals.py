"""``onrecord proposals``: which statements may be one utterance."""

from __future__ import annotations

import json

import click

from api.app import open_services
from api.commands.console import counted, settings_of
from domain.model.ids import TopicId


@click.command()
@click.argument("topic")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_context
def proposals(context: click.Context, *, topic: str, as_json: bool) -> None:
    """List pairs of statements of a topic that may be one utterance.

    Nothing is linked by it: a person decides, with onrecord correct link.
    """
    with open_services(settings_of(context)) as services:
        found = services.proposals.of_topic(TopicId(topic))
    for each in found.pairs:
        if as_json:
            click.echo(json.dumps(each.model_dump(mode="json")))
            continue
        told = ", ".join(each.conflicts)
        verdict = f"review: {told} differs" if told else "may be one"
        if each.versions:
            verdict += "; versions of one article"
        click.echo(f"{each.first} {each.second}  {each.similarity:.2f}  {verdict}")
        for words in each.words:
            click.echo(f"  “{' '.join(words.split())}”")
    if not as_json:
        click.echo(counted(len(found.pairs), "pair"))
    if found.unread:
        click.echo(
            f"{found.unread} pairs were not compared: too many statements share a "
            "day or an article",
            err=True,
        )
