"""What every test shares: the Hypothesis profiles, and a PostgreSQL where it is needed."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.support.postgresql import Server, running

_SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "dev", max_examples=30, deadline=None, suppress_health_check=_SLOW_IS_FINE
)
settings.register_profile(
    "ci",
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=_SLOW_IS_FINE,
)
settings.register_profile(
    "nightly", max_examples=10_000, deadline=None, suppress_health_check=_SLOW_IS_FINE
)
settings.register_profile(
    "mutation",  # the same examples for each mutant, and no search for a smaller one
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=_SLOW_IS_FINE,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Return a PostgreSQL that runs as long as the tests do."""
    with running("shared") as started:
        started.execute("CREATE DATABASE record")
        yield started


@pytest.fixture
def database(server: Server) -> str:
    """Return the address of a database without anything of ours in it."""
    server.empty("record")
    return server.url("record")
