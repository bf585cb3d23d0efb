"""``onrecord extract``: find the statements of articles; no store is touched."""

from __future__ import annotations

import click

from api.app import make_extractor, read_article, refuse_url
from api.commands.console import Exit, code_of, complain, progress, settings_of
from api.commands.options import metadata
from domain.attribution.record import record_of
from domain.errors import OnrecordError
from domain.model.extraction import Extraction


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|-...")
@click.option("--published-at", metavar="EDTF", help="When the article was published.")
@click.option(
    "--language", metavar="CODE", help="Its language (fr); identified if absent."
)
@click.option(
    "--jsonl",
    is_flag=True,
    help="One JSON document a line, with spans (see reference).",
)
@click.pass_context
def extract(
    context: click.Context,
    inputs: tuple[str, ...],
    published_at: str | None,
    language: str | None,
    *,
    jsonl: bool,
) -> None:
    """Find the statements of articles and print them; nothing is recorded."""
    told = metadata(published_at=published_at, language=language)
    extractor = make_extractor(settings_of(context))
    worst = Exit.OK
    with progress("extract", len(inputs)) as tick:
        for name in inputs:
            try:
                refuse_url(name)
                read = read_article(name, told)
                extraction = extractor.extract(read.article)
            except OnrecordError as error:
                complain(f"{name}: {error}")
                worst = max(worst, code_of(error))
            else:
                if jsonl:
                    record = record_of(read.stem, read.article, extraction)
                    click.echo(record.model_dump_json())
                else:
                    _print(name, extraction)
            tick(1)
    context.exit(worst)


def _print(name: str, extraction: Extraction) -> None:
    click.echo(click.style(name, bold=True))
    for found in extraction.found:
        who = found.identification.speaker or "unnamed"
        speaker = click.style(who, fg="cyan")
        cue = found.attribution.cue.words if found.attribution.cue else ":"
        moment = found.dating.spoken_at or "undated"
        topics = ", ".join(filed.topic for filed in found.filed)
        click.echo(
            f"  {speaker} · {cue} · {found.attribution.kind} · {moment} · {topics}"
        )
        click.echo(f"    “{found.attribution.words}”")
    skipped = len(extraction.skipped)
    marked = sum(mark.end - mark.start for mark in extraction.boilerplate)
    click.echo(
        f"  {len(extraction.found)} statements, {skipped} passed over, "
        f"{marked} characters marked as not the article"
    )
