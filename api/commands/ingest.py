"""``onrecord ingest``: put articles on record."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence

import click

from api.app import ArticleFile, open_services
from api.commands.console import (
    Exit,
    code_of,
    complain,
    counted,
    one_line,
    progress,
    settings_of,
)
from api.commands.inputs import files_of, read_input, windows
from api.commands.lanes import TOGETHER, Input
from api.commands.options import metadata
from api.commands.passed_over import left_out, marked, passed_over
from api.services import Services
from domain.errors import OnrecordError, StoreError
from domain.model.ids import article_stream
from domain.services.ingest import Ingested


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
    """Put articles on record: text files, folders, or - for standard input.

    A folder stands for the files in it that end in .txt. A file beside an article with the same name and the ending .yaml gives its
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
    run = _Run(dry_run=dry_run, as_json=as_json)
    names = files_of(inputs)
    with (
        open_services(settings_of(context)) as services,
        progress("ingest", len(names)) as tick,
    ):
        for window in windows(names, TOGETHER):
            run.take(services, [read_input(name, told) for name in window], tick)
        run.seq = run.seq or services.log.head()
    if not as_json:
        run.summarise()
    context.exit(run.worst)


class _Run:
    """What became of the inputs so far."""

    def __init__(self, *, dry_run: bool, as_json: bool) -> None:
        self._dry_run, self._as_json = dry_run, as_json
        self._counts: Counter[str] = Counter()
        self._events, self.seq, self.worst = 0, 0, Exit.OK

    def take(
        self, services: Services, inputs: Sequence[Input], tick: Callable[[int], None]
    ) -> None:
        """Extract some inputs together and ingest them, one transaction each."""
        new = [
            each.read.article
            for each in inputs
            if isinstance(each.read, ArticleFile)
            and not services.log.version(article_stream(each.read.article.id))
        ]
        if len(new) > 1:
            services.extract_ahead(new)
        for each in inputs:
            try:
                done = self._ingest(services, each)
            except StoreError:
                raise
            except OnrecordError as error:
                complain(f"{_shown(each.name)}: {error}")
                self._counts["failed"] += 1
                self.worst = max(self.worst, code_of(error))
                _print_failure(each.name, error, as_json=self._as_json)
            else:
                self._counts[done.outcome.value] += 1
                self._events, self.seq = self._events + done.events, done.seq
                _print_result(each.name, done, as_json=self._as_json)
            tick(1)

    def _ingest(self, services: Services, each: Input) -> Ingested:
        if isinstance(each.read, OnrecordError):
            raise each.read
        read = each.read
        return services.ingest()(read.article, read.capture, dry_run=self._dry_run)

    def summarise(self) -> None:
        """Print how many came to what."""
        parts = [f"{n} {what}" for what, n in self._counts.items()]
        events = counted(self._events, "event")
        recorded = f"{events}, seq {self.seq}"
        if self._dry_run:
            recorded = f"{events} would be recorded"
        click.echo(f"{', '.join(parts)}; {recorded}")


def _print_result(name: str, done: Ingested, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"input": name, **done.model_dump(mode="json")}))
        return
    outcome = click.style(done.outcome.value, bold=True)
    told = _found(done) if done.events else left_out(done.differs)
    click.echo(f"{_shown(name)}: {outcome}: {told}")


def _found(done: Ingested) -> str:
    """Return what became of all that an article holds."""
    topics = ", ".join(f"{topic} {n}" for topic, n in sorted(done.topics.items()))
    statements = counted(len(done.statements), "statement")
    parts = [f"{statements} ({topics})" if topics else statements]
    if done.skipped:
        parts.append(passed_over(done.skipped))
    if done.boilerplate:
        parts.append(marked(done.boilerplate))
    return ", ".join(parts)


def _shown(name: str) -> str:
    """Return an input as it was named, fit for a line."""
    return "standard input" if name == "-" else one_line(name) or repr(name)


def _print_failure(name: str, error: OnrecordError, *, as_json: bool) -> None:
    if as_json:
        click.echo(
            json.dumps({"input": name, "outcome": "failed", "reason": str(error)})
        )
