"""``onrecord extract``: find the statements of articles; no store is touched."""

from __future__ import annotations

from contextlib import closing

import click

from api.app import ArticleFile
from api.commands.console import (
    Exit,
    complain,
    counted,
    one_line,
    progress,
    quoted,
    settings_of,
)
from api.commands.extracting import outcomes
from api.commands.inputs import files_of, read_input
from api.commands.options import metadata
from api.commands.passed_over import marked, passed_over
from api.visible import shown_line
from domain.attribution.record import record_of
from domain.model.article import marked_by_reason, skipped_by_reason
from domain.model.extraction import Extraction
from domain.model.review import to_review


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="PATH|-...")
@click.option("--published-at", metavar="EDTF", help="When the article was published.")
@click.option(
    "--language", metavar="CODE", help="Its language (fr); identified if absent."
)
@click.option(
    "--jobs",
    metavar="NUMBER",
    type=click.IntRange(min=1),
    default=1,
    help="How many processes work; each needs the memory of a model.",
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
    jobs: int,
    *,
    jsonl: bool,
) -> None:
    """Find the statements of articles and print them; nothing is recorded.

    A folder stands for the files in it that end in .txt. The order of what is
    printed is that of the inputs, however many processes work.
    """
    told = metadata(published_at=published_at, language=language)
    settings = settings_of(context)
    names = files_of(inputs)
    articles = (read_input(name, told) for name in names)
    shown = _jsonl if jsonl else _text
    worst = Exit.OK
    with (
        progress("extract", len(names)) as tick,
        closing(outcomes(articles, settings, shown, min(jobs, len(names)))) as done,
    ):
        for outcome in done:
            if outcome.complaint:
                complain(f"{outcome.name}: {outcome.complaint}")
                worst = max(worst, outcome.code)
            else:
                click.echo(outcome.text)
            tick(1)
    context.exit(worst)


def _jsonl(name: str, read: ArticleFile, extraction: Extraction) -> str:
    return record_of(read.stem, read.article, extraction).model_dump_json()


def _text(name: str, read: ArticleFile, extraction: Extraction) -> str:
    lines = [click.style(one_line(name), bold=True)]
    for found in extraction.found:
        who = shown_line(found.identification.speaker or "unnamed")
        speaker = click.style(who, fg="cyan")
        cue = found.attribution.cue.words if found.attribution.cue else ":"
        moment = found.dating.spoken_at or "undated"
        topics = ", ".join(filed.topic for filed in found.filed)
        unsure = to_review(found)
        marks = f" · review: {', '.join(unsure)}" if unsure else ""
        lines += [
            f"  {speaker} · {shown_line(cue)} · {found.attribution.kind} · {moment} · {topics}{marks}",
            f"    {quoted(found.attribution.words, whole='--jsonl')}",
        ]
    tier = "" if extraction.tier == "full" else ", a language read by words alone"
    lines.append(
        f"  {counted(len(extraction.found), 'statement')}, "
        f"{passed_over(skipped_by_reason(extraction.skipped))}, "
        f"{marked(marked_by_reason(extraction.boilerplate))}{tier}"
    )
    return "\n".join(lines)
