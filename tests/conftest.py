"""What every test shares: the Hypothesis profiles, and a PostgreSQL where it is needed."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.support.examples import tried
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
    "nightly",
    max_examples=int(os.environ.get("ONRECORD_EXAMPLES", "10000")),
    deadline=None,
    suppress_health_check=_SLOW_IS_FINE,
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
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "dev")
settings.load_profile(PROFILE)
TRIED = "examples tried"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Tell with the report of a property how many examples it tried."""
    if call.when == "call" and hasattr(item, "hypothesis_statistics"):
        item.user_properties.append((TRIED, tried(item.hypothesis_statistics)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell after a search how many examples were tried, by file and in all."""
    if PROFILE not in {"ci", "nightly"}:
        return
    files: dict[str, list[int]] = defaultdict(list)
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, number in getattr(report, "user_properties", ()):
                if name == TRIED and report.when == "call":
                    files[report.nodeid.split("::")[0]].append(number)
    for file, numbers in sorted(files.items()):
        terminalreporter.write_line(f"{sum(numbers):>11,} {file} ({len(numbers)})")
    every = [number for numbers in files.values() for number in numbers]
    terminalreporter.write_line(
        f"{sum(every):>11,} {TRIED} of {len(every)} properties, profile {PROFILE}"
    )


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
