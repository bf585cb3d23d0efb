"""Health: alive, ready, and what is running."""

from __future__ import annotations

from importlib.metadata import version
from typing import NoReturn

import httpx
import pytest

from api.services import Services
from domain.errors import StoreUnavailableError
from domain.model.ids import topic_stream
from tests.api.conftest import Serve
from tests.api.support import TOPIC
from tests.support.facts import TOPIC as INVENTED
from tests.support.facts import opened, posed
from tests.support.stores import append

pytestmark = pytest.mark.slow


def test_the_process_says_that_it_is_alive(client: httpx.Client) -> None:
    """No store is asked: only the process."""
    assert client.get("/health/live").json() == {"status": "alive"}


def test_the_version_is_that_of_the_package(client: httpx.Client) -> None:
    """Whoever runs it can tell what it is."""
    told = client.get("/version").json()
    assert told == {"name": "onrecord", "version": version("onrecord")}


def test_ready_tells_where_log_and_read_models_stand(client: httpx.Client) -> None:
    """Up to date: no lag, nothing parked, 200."""
    answer = client.get("/health/ready")
    told = answer.json()
    assert answer.status_code == 200
    assert (told["status"], told["lag"], told["parked"]) == ("ready", 0, 0)
    assert told["lag_seconds"] == 0
    assert told["seq"] == told["head"] == int(answer.headers["onrecord-seq"])


def test_ready_fails_when_the_read_models_lag_too_far(
    bare: Services, bare_client: httpx.Client
) -> None:
    """Within the bound of two events it is ready; beyond it is 503 until caught up."""
    append(bare.log, topic_stream(INVENTED), opened(), posed())
    answer = bare_client.get("/health/ready")
    assert (answer.status_code, answer.json()["lag"]) == (200, 2)
    append(bare.log, "topic:another", opened())
    answer = bare_client.get("/health/ready")
    assert (answer.status_code, answer.json()["lag"]) == (503, 3)
    assert answer.json()["lag_seconds"] > 0
    assert answer.json()["status"] == "lagging"
    assert answer.headers["retry-after"].isdecimal()
    bare.follower.catch_up()
    assert bare_client.get("/health/ready").json()["status"] == "ready"


def test_a_lagging_service_gives_no_old_answer_for_a_new_record(
    bare: Services, bare_client: httpx.Client
) -> None:
    """What is read from the log itself is fetched again although the models lag."""
    path = "/api/v1/topics/unfiled/events"
    first = bare_client.get(path)
    append(bare.log, "topic:unfiled", posed())
    asked = {"If-None-Match": first.headers["etag"]}
    second = bare_client.get(path, headers=asked)
    assert second.status_code == 200
    assert len(second.json()["data"]) == len(first.json()["data"]) + 1


def test_ready_fails_when_the_store_does_not_answer(
    services: Services, serve: Serve
) -> None:
    """503, without the place of the store; the process is alive all the same."""

    class Gone:
        def check(self) -> None:
            """Tell nothing."""

        def head(self) -> NoReturn:
            message = "the store /secret/place cannot be opened"
            raise StoreUnavailableError(message)

    with serve(log=Gone()) as client:
        answer = client.get("/health/ready")
        assert answer.status_code == 503
        assert answer.json()["status"] == "unavailable"
        assert answer.headers["retry-after"].isdecimal()
        assert "secret" not in answer.text
        assert client.get("/health/live").status_code == 200
        timeline = client.get(f"/api/v1/topics/{TOPIC}/timeline")
        assert timeline.status_code == 503
        assert timeline.headers["retry-after"].isdecimal()


def test_ready_fails_when_the_log_takes_nothing_in(
    services: Services, serve: Serve
) -> None:
    """After its disk failed, others are asked to write; what is on record is read on."""

    class Stopped:
        def check(self) -> NoReturn:
            message = "the store /secret/place takes nothing in"
            raise StoreUnavailableError(message)

        def __getattr__(self, name: str) -> object:
            return getattr(services.log, name)

    with serve(log=Stopped()) as client:
        answer = client.get("/health/ready")
        assert answer.status_code == 503
        assert answer.json()["status"] == "unavailable"
        assert client.get(f"/api/v1/topics/{TOPIC}/timeline").status_code == 200
