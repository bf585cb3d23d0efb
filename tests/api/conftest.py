"""A real server over real HTTP: one store with the seed article for all tests here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import Settings, open_services, read_article
from api.http import create_app
from api.services import Services
from api.serving import running
from domain.services.capturing import ArticleMetadata
from tests.api.support import Site

SEED = Path(__file__).parents[2] / "seeds" / "articles" / "peskov-2025.fr.txt"
Serve = Callable[..., AbstractContextManager[httpx.Client]]


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Return the use cases over a store that holds the seed article."""
    folder = tmp_path_factory.mktemp("api")
    with open_services(Settings(store=f"sqlite:///{folder}/record.db")) as opened:
        seed = read_article(str(SEED), ArticleMetadata())
        opened.ingest()(seed.article, seed.capture)
        yield opened


@pytest.fixture(scope="session")
def site(services: Services) -> Iterator[Site]:
    """Return the served store and its client; tests may add articles, not topics."""
    with _serving(services) as client:
        yield Site(client, services)


@pytest.fixture
def client(site: Site) -> httpx.Client:
    """Return a client of the served store."""
    return site.client


@pytest.fixture
def serve(services: Services) -> Serve:
    """Return how to serve the store with some of its use cases replaced."""

    def served(**changes: Any) -> AbstractContextManager[httpx.Client]:
        return _serving(replace(services, **changes))

    return served


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Services]:
    """Return the use cases over a store of its own that holds the seeds only."""
    settings = Settings(store=f"sqlite:///{tmp_path}/bare.db", ready_lag=2)
    with open_services(settings) as opened:
        yield opened


@pytest.fixture
def bare_client(bare: Services) -> Iterator[httpx.Client]:
    """Return a client of the store that holds the seeds only."""
    with _serving(bare) as client:
        yield client


@contextmanager
def _serving(services: Services) -> Iterator[httpx.Client]:
    with (
        running(create_app(services), "127.0.0.1", 0) as address,
        httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
    ):
        yield client
