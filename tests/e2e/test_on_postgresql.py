"""The whole on PostgreSQL: the commands, several processes, and a streaming replica."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from adapters.clock import SystemClock
from adapters.settings import load
from adapters.store_url import StoreUrl
from adapters.stores import open_stores
from api.app import open_services
from api.http import create_app
from api.services import Services
from domain.errors import ReplicaError, StoreError, StoreUnavailableError
from domain.model.ids import topic_stream
from tests.support.facts import TOPIC, attributed, opened, posed, reading
from tests.support.postgresql import PASSWORD, Server, running
from tests.support.stores import append

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "articles" / "peskov-2025.fr.txt"


def onrecord(folder: Path, store: str, *arguments: str) -> str:
    """Run the command on a store; return what it printed."""
    done = started(folder, store, *arguments)
    assert done.returncode == 0, done.stderr.decode()
    assert PASSWORD not in done.stderr.decode()
    return done.stdout.decode()


def started(
    folder: Path, store: str, *arguments: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command on a store to its end, whatever that is."""
    return subprocess.run(
        [sys.executable, "-m", "api.cli", *arguments],
        cwd=folder,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "ONRECORD_STORE": store},
        timeout=120,
        check=False,
    )


def test_the_commands_do_on_postgresql_what_they_do_on_sqlite(
    tmp_path: Path, database: str
) -> None:
    """The demo over HTTP, a second ingest and a rebuild say the same; a replay is equal."""
    told = []
    for store in ("sqlite:///record.db", database):
        demo = onrecord(tmp_path, store, "demo", "--check", "--port", "0")
        again = onrecord(tmp_path, store, "ingest", str(SEED))
        rebuilt = onrecord(tmp_path, store, "rebuild")
        replayed = json.loads(onrecord(tmp_path, store, "replay", "--json"))
        assert replayed["replayed_digest"] == replayed["served_digest"]
        told.append((demo, again, rebuilt, replayed["seq"], replayed["rows"]))
    assert told[0] == told[1]


def test_reading_makes_no_store(database: str) -> None:
    """A command that reads finds nothing in an empty database, and makes nothing."""
    settings = load(store=database)
    for _ in range(2):
        with (
            pytest.raises(StoreUnavailableError, match="there is no store postgresql:"),
            open_services(settings, existing=True),
        ):
            pass


def test_of_two_services_one_hears_that_an_article_is_new(database: str) -> None:
    """Handed in at both at once it is recorded once: 201 there, 200 here."""
    settings = load(store=database)
    with open_services(settings) as one, open_services(settings) as other:
        apps = [create_app(services) for services in (one, other)]
        with TestClient(apps[0]) as first, TestClient(apps[1]) as second:
            for number in range(8):
                article = {"text": f"«Міст {number} відкрито», — сказав Орест Дім."}
                at_once = threading.Barrier(2)

                def hand_in(
                    client: Any, body: dict[str, str], at_once: threading.Barrier
                ) -> int:
                    at_once.wait()
                    status: int = client.post("/api/v1/articles", json=body).status_code
                    return status

                with ThreadPoolExecutor(2) as pool:
                    body = article | {"language": "uk"}
                    statuses = [
                        pool.submit(hand_in, client, body, at_once)
                        for client in (first, second)
                    ]
                assert sorted(each.result() for each in statuses) == [200, 201]


def test_without_the_extra_it_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """PostgreSQL is an extra: without it one line says how to get it."""
    for name in [name for name in sys.modules if name.startswith("adapters.")]:
        if "postgresql" in name:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    where = StoreUrl("postgresql://clerk:hush@db/record")
    with (
        pytest.raises(StoreUnavailableError, match=r"install '\.\[postgresql\]'"),
        open_stores(where, SystemClock()),
    ):
        pass


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Server, Server]]:
    """Return a primary and a replica that follows it."""
    with running("primary") as primary:
        primary.execute("CREATE DATABASE record")
        replica = Server("replica")
        replica.copy(primary)
        replica.start()
        yield primary, replica
        replica.kill()


def test_a_replica_serves_what_a_worker_folds_on_the_primary(
    pair: tuple[Server, Server],
) -> None:
    """The API on a replica shows what others wrote, and refuses to write, in clear words."""
    primary, replica = (load(store=server.url("record")) for server in pair)
    with open_services(primary) as writing, writing.follower.running():
        wait_until(replica, writing.log.head())
        with open_services(replica) as reading_only:
            append(
                writing.log,
                topic_stream(TOPIC),
                opened(),
                posed(),
                attributed(1, "2031-02-01", reading(2)),
            )
            wait_for(reading_only, writing.log.head())
            assert [*reading_only.log.read()] == [*writing.log.read()]
            with TestClient(create_app(reading_only)) as client:
                found = client.get(f"/api/v1/topics/{TOPIC}/timeline").json()
                assert len(found["data"]["positions"]) == 1
                assert client.get("/health/ready").status_code == 200
                posted = client.post(
                    "/api/v1/articles", json={"text": "Одна заява.", "language": "uk"}
                )
                assert posted.status_code == 503
                assert posted.json()["type"] == "/problems/read-only"
                assert "send it to a process that serves" in posted.json()["detail"]
                assert "retry-after" not in posted.headers
            with pytest.raises(StoreUnavailableError, match="is a read-only replica"):
                append(reading_only.log, topic_stream(TOPIC), attributed(2))
            assert not reading_only.views.lead()
            with (
                pytest.raises(ReplicaError, match=r"name the primary to write$"),
                reading_only.views.beside(),
            ):
                pass


@pytest.mark.parametrize(
    "command",
    [
        "rebuild",
        "parked --retry",
        "correct pose putin-trump-talks met state --labels en=Met? --reason x --by ada",
        f"ingest {SEED}",
    ],
)
def test_a_command_that_writes_to_a_replica_is_told_so(
    pair: tuple[Server, Server], tmp_path: Path, command: str
) -> None:
    """The cause is named, in one line that says nothing which is not so."""
    primary, replica = (server.url("record") for server in pair)
    with open_services(load(store=primary)) as services:
        services.follower.catch_up()
        wait_until(load(store=replica), services.log.head())
    done = started(tmp_path, replica, *command.split())
    assert done.returncode == 4
    (line,) = [
        line for line in done.stderr.decode().splitlines() if "seal it" not in line
    ]
    assert line.endswith("is a read-only replica: name the primary to write")


def wait_until(settings: Any, seq: int) -> None:
    """Wait until a replica has what the primary had folded at a seq."""
    while True:
        try:
            with open_services(settings, seed=False, existing=True) as services:
                wait_for(services, seq)
        except StoreError:
            time.sleep(0.05)
        else:
            return


def wait_for(services: Services, seq: int) -> None:
    """Wait until what is served has reached a seq."""
    while services.follower.wait_for(seq) < seq:
        time.sleep(0.01)
