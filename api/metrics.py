"""Numbers for Prometheus, at ``/metrics``: appends, extraction, requests, lag.

Counted are this process's own work; log and read models are asked when somebody
scrapes. No label and no number carries a word of an article.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from litestar import Response
from litestar.plugins.prometheus import PrometheusConfig
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)

from api.logs import tell
from api.routes.shared import Uses, documented, read
from domain.services.lag import read_lag

REQUESTS = PrometheusConfig(app_name="onrecord", prefix="onrecord", group_path=True)
"""Requests by method, route and status."""

_BATCHES = Counter("onrecord_append_batches", "Batches that were appended or refused")
_EVENTS = Counter("onrecord_append_events", "Events of these batches")
_SHARED = Histogram(
    "onrecord_transaction_batches",
    "Batches that shared a transaction of the log",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256),
)
_APPENDING = Histogram("onrecord_transaction_seconds", "Transactions of the log")
EXTRACTION = Histogram(
    "onrecord_extraction_seconds",
    "Extraction of the statements of an article",
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30),
)
_HEAD = Gauge("onrecord_log_seq", "The last seq of the log")
_LAG = Gauge("onrecord_lag_events", "Events that are not folded into the read models")
_LAG_SECONDS = Gauge("onrecord_lag_seconds", "Since when the oldest of them waits")
_PARKED = Gauge("onrecord_parked_events", "Events that could not be taken in")


@contextmanager
def transaction(batches: int, events: int) -> Iterator[None]:
    """Count a transaction of the log, and time it."""
    _BATCHES.inc(batches)
    _EVENTS.inc(events)
    _SHARED.observe(batches)
    begun = perf_counter()
    with _APPENDING.time():
        yield
    ms = round((perf_counter() - begun) * 1000, 1)
    tell("appended", batches=batches, events=events, ms=ms)


@read(
    "/metrics",
    summary="Numbers for Prometheus",
    media_type=CONTENT_TYPE_LATEST,
    tags=["health"],
    responses=documented([400, 503]),
)
def metrics(services: Uses) -> Response[bytes]:
    """Return all numbers as Prometheus reads them."""
    lag = read_lag(services.log, services.views, services.clock.now())
    _HEAD.set(lag.head)
    _LAG.set(lag.events)
    _LAG_SECONDS.set(lag.seconds)
    _PARKED.set(lag.parked)
    return Response(
        generate_latest(REGISTRY),
        headers={
            "Content-Type": CONTENT_TYPE_LATEST,  # else a charset is added to its own
            "Cache-Control": "no-store",
        },
    )
