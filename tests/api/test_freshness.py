"""A reader that knows a seq is not given an older answer."""

from __future__ import annotations

from threading import Timer

import httpx
import pytest

import api.follower
from api.services import Services
from domain.model.ids import topic_stream
from tests.api.support import problem
from tests.support.facts import TOPIC, opened
from tests.support.stores import append

pytestmark = pytest.mark.slow
PATH = f"/api/v1/topics/{TOPIC}"


def test_a_read_waits_for_the_seq_that_it_names(
    bare: Services, bare_client: httpx.Client
) -> None:
    """What was not folded in when the read came is in its answer."""
    seq = append(bare.log, topic_stream(TOPIC), opened())
    assert bare_client.get(PATH).status_code == 404
    Timer(0.05, bare.follower.catch_up).start()
    answer = bare_client.get(PATH, headers={"Onrecord-Min-Seq": str(seq)})
    assert answer.status_code == 200
    assert int(answer.headers["onrecord-seq"]) >= seq


def test_a_seq_that_is_not_reached_in_time_is_told(
    bare_client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 with when to ask again, rather than an old answer."""
    monkeypatch.setattr(api.follower, "LOOKS", 2)
    answer = bare_client.get("/api/v1/topics", headers={"Onrecord-Min-Seq": "999999"})
    problem(answer, 503, "behind")
    assert answer.headers["retry-after"].isdecimal()


@pytest.mark.parametrize("told", ["soon", "-1", "1.5", "9" * 30, "٤٢"])
def test_what_is_no_seq_is_refused(bare_client: httpx.Client, told: str) -> None:
    """400, with what was expected."""
    headers = {b"Onrecord-Min-Seq": told.encode()}
    answer = bare_client.get("/api/v1/topics", headers=headers)
    problem(answer, 400, "bad-request")
