"""How a line is made: of what is told, ASCII, without the message of what broke."""

from __future__ import annotations

import json
import logging
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from api.freshness import BehindError
from api.logs import JsonLines, PlainLines, logging_config, tell, tell_broken
from api.problems import answer
from domain.errors import ExtractionError, SpanMismatchError, StoreUnavailableError


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Any:
    """Return what formats the last line that was told."""
    caplog.set_level(logging.INFO, logger="onrecord")
    return lambda form: form.format(caplog.records[-1])


def test_controls_and_directions_are_escaped(told: Any) -> None:
    """Whatever a name holds, a line is one line, in ASCII."""
    tell("parked", name="a\x1b[31m\u202eb\nc", seq=7)
    as_json, plain = told(JsonLines()), told(PlainLines())
    assert as_json.isascii()
    assert as_json.isprintable()
    assert json.loads(as_json)["name"] == "a\x1b[31m\u202eb\nc"
    assert plain.endswith("info parked name=a\\u001b[31m\\u202eb\\nc seq=7")


def test_of_what_broke_the_kind_and_the_places_are_told(told: Any) -> None:
    """The message may repeat what was sent."""
    try:
        raise ValueError("Zorvath")
    except ValueError as error:
        tell_broken("request_failed", error)
    line = json.loads(told(JsonLines()))
    assert (line["level"], line["error"]) == ("error", "ValueError")
    assert line["at"][-1].startswith("tests.api.test_logs:") or ":" in line["at"][-1]
    assert "Zorvath" not in told(JsonLines()) + told(PlainLines())


@pytest.mark.parametrize(
    ("error", "repeated"),
    [
        (SpanMismatchError("span 3..9 is 'Zorvath', not what was said"), False),
        (ExtractionError("KeyError: Zorvath said we sign"), False),
        (StoreUnavailableError("the store Zorvath is read-only"), True),
    ],
)
def test_of_an_error_of_ours_the_message_is_told_where_it_is_about_the_store(
    told: Any, error: Exception, repeated: bool
) -> None:
    """Others may quote an article: their kind and place are told."""
    request: Any = SimpleNamespace(headers={}, scope={"path": "/api/v1/topics"})
    answer(request, error)
    assert ("Zorvath" in told(JsonLines())) is repeated


def test_a_read_that_asks_for_too_much_is_no_error_of_ours(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whoever names a seq beyond the log could fill ours with errors; a store that fails is one."""
    request: Any = SimpleNamespace(headers={}, scope={"path": "/api/v1/topics"})
    caplog.set_level(logging.DEBUG, logger="onrecord")
    answer(request, BehindError())
    assert not caplog.records
    answer(request, StoreUnavailableError("the store is read-only"))
    assert [each.levelno for each in caplog.records] == [logging.ERROR]


def test_libraries_tell_where_and_no_message(told: Any) -> None:
    """What others write may hold anything; remarks of ours are told whole."""
    try:
        raise KeyError("Zorvath")
    except KeyError:
        logging.getLogger("uvicorn.error").exception("Exception at %s", "Zorvath")
    line = json.loads(told(JsonLines()))
    assert (line["event"], line["logger"]) == ("library", "uvicorn.error")
    assert line["error"] == "KeyError"
    assert "Zorvath" not in told(JsonLines())
    logging.getLogger("onrecord").warning("onrecord: the log %s ends", "x.db")
    line = json.loads(told(JsonLines()))
    assert (line["event"], line["message"]) == ("remark", "the log x.db ends")


def test_it_is_plain_on_a_terminal_and_json_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Unless a form is named."""
    for terminal, form, expected in (
        (True, None, "plain"),
        (False, None, "json"),
        (True, "json", "json"),
        (False, "plain", "plain"),
    ):
        monkeypatch.setattr(sys.stderr, "isatty", lambda at=terminal: at, raising=False)
        config = logging_config(level="info", form=form)
        assert config.handlers["stderr"]["formatter"] == expected
