"""What a store refuses is told apart from what it cannot do just now."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from api.problems import problem_of
from domain.errors import (
    DamagedRowError,
    MissingRightError,
    ReplicaError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
)


def damaged(told: str) -> DamagedRowError:
    """Return what a row is called that is none."""
    return DamagedRowError("Position", told)


@pytest.mark.parametrize(
    ("error", "slug", "detail"),
    [
        (damaged, "damaged", "mends what is read of it with onrecord rebuild"),
        (ReplicaError, "read-only", "send it to a process that serves the primary"),
        (MissingRightError, "missing-right", "finds in its log which right"),
        (StoreBusyError, "unavailable", "Try again in a moment"),
        (StoreUnavailableError, "unavailable", "Try again in a moment"),
    ],
)
def test_who_cannot_be_helped_by_asking_again_is_not_told_to(
    error: Callable[[str], StoreError], slug: str, detail: str
) -> None:
    """The detail says what helps, and nothing of where the store is."""
    told = problem_of(error("the store postgresql://db/record is what it is"))
    assert (told.type, told.status) == (f"/problems/{slug}", 503)
    assert detail in told.detail
    assert "db/record" not in told.detail
