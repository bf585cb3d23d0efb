"""What writes waits in a bounded queue, and holds up neither readers nor the end."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from api.app import Settings, open_services
from api.problems import QueueFullError
from api.writer import Writer
from tests.api.conftest import Serve
from tests.api.support import TOPIC, invented, post, problem


@pytest.mark.slow
@pytest.mark.xdist_group("api")
def test_an_article_that_would_wait_too_long_is_refused(serve: Serve) -> None:
    """Refused at once, with when to try again, and reading goes on; then it is taken."""
    release = threading.Event()
    with Writer(waiting=1) as writer, serve(writer=writer) as client:
        held = [writer.submit(release.wait, 30) for _ in range(2)]
        answer = post(client, text=invented(), language="fr")
        problem(answer, 503, "busy")
        assert answer.headers["retry-after"] == "2"
        assert client.get(f"/api/v1/topics/{TOPIC}").status_code == 200
        release.set()
        assert all(each.result() for each in held)
        assert post(client, text=invented(), language="fr").status_code == 201


def test_a_place_is_free_again_when_its_work_has_ended() -> None:
    """Work that failed or was given up leaves the queue like any other."""
    release = threading.Event()
    with Writer(waiting=1) as writer:
        for _ in range(3):
            running = writer.submit(lambda: release.wait(30) and 1 / 0)
            waiting = writer.submit(int)
            with pytest.raises(QueueFullError):
                writer.submit(int)
            assert waiting.cancel()
            release.set()
            with pytest.raises(ZeroDivisionError):
                running.result()
            release.clear()
            for _ in range(500):
                if writer._places._value == 2:
                    break
                time.sleep(0.01)
        release.set()


def test_closing_finishes_what_runs_and_drops_what_waits(tmp_path: Path) -> None:
    """A service that is stopped does not first read all that was handed in."""
    done: list[int] = []
    started = threading.Event()

    def slow(number: int) -> None:
        started.set()
        time.sleep(0.1)
        done.append(number)

    with open_services(
        Settings(store=f"sqlite:///{tmp_path}/record.db"), seed=False
    ) as services:
        waiting = [services.writer.submit(slow, number) for number in range(20)]
        started.wait(10)
    assert done == [0]
    assert all(each.cancelled() for each in waiting[1:])
