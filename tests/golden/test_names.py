"""The names that are stored in events and told on the wire, each for ever.

The file is written only with ``ONRECORD_WRITE_GOLDEN=1``, and then read by a person: a
name may come, none may go or change.
"""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import pytest

from domain import events, model, positions

GOLDEN = Path(__file__).parent / "names.txt"


def enumerations() -> Iterator[type[StrEnum]]:
    """Yield every enumeration of events, values and positions that has names."""
    for package in (events, model, positions):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for each in vars(import_module(found.name)).values():
                if isinstance(each, type) and issubclass(each, StrEnum) and len(each):
                    yield each


def names() -> str:
    """Return a line for each enumeration, with its names as they are stored."""
    told = {f"{e.__name__}: {' '.join(x.value for x in e)}" for e in enumerations()}
    return "\n".join(sorted(told)) + "\n"


@pytest.mark.golden
def test_no_name_that_was_ever_stored_changes() -> None:
    """What was recorded under a name is read by it."""
    if os.environ.get("ONRECORD_WRITE_GOLDEN"):
        GOLDEN.write_text(names(), encoding="utf-8")
    assert names() == GOLDEN.read_text(encoding="utf-8")
