"""Errors cross from one process to another."""

from __future__ import annotations

import pickle

import pytest

from domain.errors import (
    ConflictError,
    DamagedRowError,
    ExtractionError,
    NotFoundError,
    OnrecordError,
    OutdatedError,
    QueueFullError,
    StoreBusyError,
)

ERRORS = (
    ConflictError("topic:harbour", 1, 2),
    DamagedRowError("list", "of other signs"),
    ExtractionError("no verb"),
    NotFoundError("topic", "harbour", " any more"),
    OutdatedError("topic:harbour", 1, 2),
    QueueFullError(),
    StoreBusyError("the store is locked"),
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_of_another_process_is_told_as_it_is(error: OnrecordError) -> None:
    """A process that cannot hand over its error would be taken for one that was killed."""
    told = pickle.loads(pickle.dumps(error))  # noqa: S301 (made here)
    assert type(told) is type(error)
    assert str(told) == str(error)
    assert vars(told) == vars(error)
