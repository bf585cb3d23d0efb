"""``onrecord demo`` and ``onrecord serve``."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import click
from litestar.logging.config import LoggingConfig

from api.app import (
    VERSION,
    Settings,
    open_services,
    read_article,
    scenario,
    seed_articles,
)
from api.commands.console import (
    Exit,
    complain,
    counted,
    progress,
    remark,
    settings_of,
)
from api.http import create_app
from api.logs import logging_config, tell
from api.services import Services
from api.serving import running, serve_forever
from domain.services.capturing import ArticleMetadata
from domain.services.playing import Play

DEMO_STORE = "sqlite:///onrecord-demo.db"


@click.command()
@click.option("--check", is_flag=True, help="Serve, fetch the timelines, print, exit.")
@click.option("--host", metavar="ADDRESS", help="Where to listen; 127.0.0.1.")
@click.option("--port", type=click.IntRange(0, 65535), help="From which port on; 8000.")
@click.pass_context
def demo(
    context: click.Context, *, check: bool, host: str | None, port: int | None
) -> None:
    """Ingest the articles of seeds/ into a local SQLite file and serve them.

    Beside them stands an invented scenario, whose topic is marked as fiction.

    Uses onrecord-demo.db in this folder unless --store says otherwise.
    """
    settings = settings_of(context, fallback_store=DEMO_STORE, host=host, port=port)
    with open_services(settings) as services:
        _ingest_seeds(services)
        _play_scenario(services)
        if check:
            app = create_app(services)
            with running(app, settings.host, settings.port) as address:
                context.exit(_check(address))
        _serve(services, settings)


@click.command()
@click.option("--host", metavar="ADDRESS", help="Where to listen; 127.0.0.1.")
@click.option("--port", type=click.IntRange(0, 65535), help="From which port on; 8000.")
@click.pass_context
def serve(context: click.Context, *, host: str | None, port: int | None) -> None:
    """Serve the API and the pages; the next free port if the first is taken."""
    settings = settings_of(context, host=host, port=port)
    _logging(settings).configure()
    with open_services(settings) as services:
        services.follower.catch_up()
        _serve(services, settings)


def _serve(services: Services, settings: Settings) -> None:
    """Serve until told to end, and log it."""
    app = create_app(services, _logging(settings))
    with services.follower.running():
        serve_forever(app, settings.host, settings.port, _announce)
    tell("stopped", seq=services.log.head())


def _logging(settings: Settings) -> LoggingConfig:
    return logging_config(level=settings.log_level, form=settings.log_format)


def _announce(address: str) -> None:
    click.echo(f"onrecord is at {click.style(address, bold=True)}")
    click.echo(f"  the API under {address}/api/v1, its documentation at {address}/docs")
    click.echo("  stop with Ctrl-C")
    tell("started", address=address, version=VERSION)


def _ingest_seeds(services: Services) -> None:
    names = seed_articles()
    remark("reading the language model and the seeds ...")
    with progress("ingest", len(names)) as tick:
        for name in names:
            read = read_article(str(name), ArticleMetadata())
            done = services.ingest()(read.article, read.capture)
            remark(
                f"{name.name}: {done.outcome}, "
                f"{counted(len(done.statements), 'statement')}, "
                f"{counted(done.events, 'event')}, seq {done.seq}"
            )
            tick(1)


def _play_scenario(services: Services) -> None:
    seeds, steps = scenario()
    topics = [terms.topic() for terms in seeds.topics]
    services.seeding.ensure(topics, seeds.agents)
    with progress("scenario", len(steps)) as tick:
        play = Play(services.log, services.correct, services.imports)
        taken = play(steps, tick)
    remark(f"an invented scenario: {taken} of {len(steps)} steps were new")


def _check(address: str) -> Exit:
    """Fetch every topic's timeline over HTTP and print a line for each."""
    topics = _get(f"{address}/api/v1/topics")["data"]
    for topic in topics:
        found = _get(f"{address}/api/v1/topics/{topic['id']}/timeline")
        positions = found["data"]["positions"]
        labels = sorted({p["label"] for p in positions})
        click.echo(
            f"{topic['id']}: {counted(topic['statements'], 'statement')}, "
            f"{counted(len(positions), 'position')} ({', '.join(labels) or 'none'})"
        )
    if not any(topic["statements"] for topic in topics):
        complain("the demo found no statements")
        return Exit.DIFFERENCE
    return Exit.OK


def _get(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 (our own server)
        return json.load(answer)
