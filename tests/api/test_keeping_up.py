"""What another process appends is folded in by the service that runs."""

from __future__ import annotations

import time

import pytest

from api.keeping_up import keeping_up
from api.services import Services
from domain.model.ids import topic_stream
from tests.support.facts import TOPIC, opened
from tests.support.stores import append

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("api")]


def test_events_that_nobody_folded_in_are_folded_in(bare: Services) -> None:
    """A process that died behind its append leaves nothing unseen for long."""
    with keeping_up(bare.projector, every=0.01):
        head = append(bare.log, topic_stream(TOPIC), opened())
        for _ in range(500):
            with bare.views.snapshot() as views:
                seq = views.seq
            if seq == head:
                break
            time.sleep(0.01)
    assert seq == head
