"""``onrecord ingest``: put articles on record."""

from __future__ import annotations

import json
from collections import Counter

import click

from api.app import open_services, read_article, refuse_url
from api.commands.console import (
    Exit,
    code_of,
    complain,
    one_line,
    progress,
    settings_of,
)
from api.commands.options import metadata
from domain.errors import OnrecordError, StoreError
from domain.services.ingest import Ingest, Ingested


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|-...")
@click.option("--published-at", metavar="EDTF", help="When the article was published.")
@click.option("--outlet", metavar="NAME", help="Who published it.")
@click.option("--url", metavar="URL", help="Where it was published.")
@click.option("--title", metavar="TEXT", help="Its headline.")
@click.option(
    "--language", metavar="CODE", help="Its language (fr); identified if absent."
)
@click.option(
    "--dry-run", is_flag=True, help="Show what would be recorded; store nothing."
)
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object a line and input."
)
@click.pass_context
def ingest(
    context: click.Context,
    inputs: tuple[str, ...],
    published_at: str | None,
    outlet: str | None,
    url: str | None,
    title: str | None,
    language: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Put articles on record: text files, or - for standard input.

    A file beside an article with the same name and the ending .yaml gives its
    metadata; the options of the command line win over it. Ingesting an article
    again changes nothing.
    """
    told = metadata(
        published_at=published_at,
        outlet=outlet,
        url=url,
        title=title,
        language=language,
    )
    counts: Counter[str] = Counter()
    events, seq = 0, 0
    worst = Exit.OK
    settings = settings_of(context)
    with open_services(settings) as services, progress("ingest", len(inputs)) as tick:
        use_case: Ingest | None = None
        for name in inputs:
            try:
                refuse_url(name)
                read = read_article(name, told)
                use_case = use_case or services.ingest()
                done = use_case(read.article, read.capture, dry_run=dry_run)
            except StoreError:
                raise
            except OnrecordError as error:
                complain(f"{_shown(name)}: {error}")
                counts["failed"] += 1
                worst = max(worst, code_of(error))
                _print_failure(name, error, as_json=as_json)
            else:
                counts[done.outcome.value] += 1
                events, seq = events + done.events, done.seq
                _print_result(name, done, as_json=as_json)
            tick(1)
        seq = seq or services.log.head()
    if not as_json:
        _summarise(counts, events, seq, dry_run=dry_run)
    context.exit(worst)


def _print_result(name: str, done: Ingested, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"input": name, **done.model_dump(mode="json")}))
        return
    topics = ", ".join(f"{topic} {n}" for topic, n in sorted(done.topics.items()))
    found = f"{len(done.statements)} statements" + (f" ({topics})" if topics else "")
    outcome = click.style(done.outcome.value, bold=True)
    told = f": {found}" if done.events else ": already on record"
    click.echo(f"{_shown(name)}: {outcome}{told}")


def _shown(name: str) -> str:
    """Return an input as it was named, fit for a line."""
    return "standard input" if name == "-" else one_line(name) or repr(name)


def _print_failure(name: str, error: OnrecordError, *, as_json: bool) -> None:
    if as_json:
        click.echo(
            json.dumps({"input": name, "outcome": "failed", "reason": str(error)})
        )


def _summarise(counts: Counter[str], events: int, seq: int, *, dry_run: bool) -> None:
    parts = [f"{n} {what}" for what, n in counts.items()]
    tail = (
        f"{events} events would be recorded"
        if dry_run
        else f"{events} events, seq {seq}"
    )
    click.echo(f"{', '.join(parts)}; {tail}")
