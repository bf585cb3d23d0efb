"""What a command may say, before anything is read of the record."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from domain.decisions.commands import COMMAND
from domain.model.fields import wrong_fields
from domain.services.import_format import ImportedReading, ImportedStatement

ID = "x" * 200
BOUND = "should have at most 200 characters"
STATEMENT = {"statement": ID}
PAIR = {"first": ID, "second": ID}
ASKED = {"topic": ID, "question": ID}
HELD = {"agent": ID, "post": ID, "organisation": ID, "held": "2031"}
COMMANDS: list[dict[str, Any]] = [
    {"do": "date", "spoken_at": None, **STATEMENT},
    {"do": "identify", "agent": ID, "on_behalf_of": ID, **STATEMENT},
    {"do": "hold", "holder": ID, "question": ID, **STATEMENT},
    {"do": "assess", "holder": ID, "question": ID, "commitment": 1, **STATEMENT},
    {"do": "withdraw", "topic": ID, **STATEMENT},
    {"do": "reinstate", "topic": ID, **STATEMENT},
    {"do": "file", "topic": ID, **STATEMENT},
    {"do": "link", **PAIR},
    {"do": "unlink", **PAIR},
    {"do": "pose", "kind": "policy", "labels": {"en": "Is it?"}, **ASKED},
    {"do": "withdraw-question", **ASKED},
    {"do": "reinstate-question", **ASKED},
    {"do": "alias", "verdict": "positive", **PAIR},
    {"do": "role", "source": "almanac", "on_behalf_of": ID, **HELD},
    {"do": "withdraw-role", **HELD},
    {"do": "reinstate-role", **HELD},
]


@pytest.mark.parametrize("told", COMMANDS, ids=lambda told: told["do"])
def test_every_id_in_a_command_has_an_end(told: dict[str, Any]) -> None:
    """What it makes can be named wherever an id is taken, and the message is short."""
    told = {"reason": "reviewed", **told}
    COMMAND.validate_json(json.dumps(told))
    for field in (name for name, value in told.items() if value == ID):
        with pytest.raises(ValidationError) as refusal:
            COMMAND.validate_json(json.dumps(told | {field: f"{ID}x"}))
        (wrong,) = wrong_fields(refusal.value.errors(), skip=1)
        assert str(wrong) == f"{field}: {BOUND}"


def test_every_id_that_is_handed_in_has_an_end() -> None:
    """As in a decision; a condition is as long as its id, whatever its kind."""
    reading: dict[str, Any] = {
        "topic": ID,
        "question": ID,
        "commitment": 1,
        "holder": ID,
    }
    reading["conditions"] = [ID[1:], f"{ID}:precondition"]
    statement: dict[str, Any] = {
        "content": [[0, 4]],
        "agent": ID,
        "on_behalf_of_agent": ID,
    }
    statement |= {"topics": [ID], "readings": [reading]}
    ImportedStatement.model_validate(statement)
    for field in ("agent", "on_behalf_of_agent"):
        with pytest.raises(ValidationError, match="at most 200 characters"):
            ImportedStatement.model_validate(statement | {field: f"{ID}x"})
    with pytest.raises(ValidationError, match="at most 200 characters"):
        ImportedStatement.model_validate(statement | {"topics": [f"{ID}x"]})
    for field in ("topic", "question", "holder"):
        with pytest.raises(ValidationError, match="at most 200 characters"):
            ImportedReading.model_validate(reading | {field: f"{ID}x"})
    with pytest.raises(ValidationError, match="an id of at most 200 characters"):
        ImportedReading.model_validate(reading | {"conditions": [f"{ID}x"]})
