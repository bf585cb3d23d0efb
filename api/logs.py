"""What the service says of itself: one event a line, on standard error.

1. A line tells what happened, when and how it went: never a word of an article, a
   reason, a name that was sent, a key, a password or the value of a query.
2. What broke is told by its kind and the places in the code. The message of an error
   may repeat what was sent, so that only errors of ours tell theirs.
3. A line is ASCII without control characters, whatever is told.

The lines are JSON, or plain where somebody looks at a terminal. Litestar's logging
configuration sets it up; libraries tell here too, and no more than where they did.
"""

from __future__ import annotations

import json
import logging
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import walk_tb
from typing import Any

from litestar.logging.config import LoggingConfig

REQUEST: ContextVar[str | None] = ContextVar("request", default=None)
"""The id of the request that is being answered."""
FRAMES = 12
"""Places in the code that are told of an error, the innermost last."""
_TOLD = "told"
_logger = logging.getLogger("onrecord")


def tell(event: str, level: int = logging.INFO, **fields: Any) -> None:
    """Tell an event of ours; its fields are numbers, ids and words of ours."""
    if request := REQUEST.get():
        fields = {"request": request, **fields}
    _logger.log(level, event, extra={_TOLD: fields})


def tell_broken(event: str, error: Exception, **fields: Any) -> None:
    """Tell that something broke that should not have."""
    tell(event, logging.ERROR, **fields, **_broken(error))


def logging_config(*, level: str, form: str | None) -> LoggingConfig:
    """Return how a service logs; without a form plain on a terminal, else JSON."""
    form = form or ("plain" if sys.stderr.isatty() else "json")
    quiet = {"level": "WARNING", "handlers": [], "propagate": True}
    return LoggingConfig(
        formatters={
            "json": {"()": "api.logs.JsonLines"},
            "plain": {"()": "api.logs.PlainLines"},
        },
        handlers={
            "stderr": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": form,
            }
        },
        loggers={
            "onrecord": {"level": level.upper(), "handlers": [], "propagate": True},
            "litestar": quiet,
            "uvicorn": quiet,
            "uvicorn.error": quiet,
        },
        root={"level": "WARNING", "handlers": ["stderr"]},
        log_exceptions="never",
    )


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        return json.dumps(_fields(record), default=str)


class PlainLines(logging.Formatter):
    """Time, level, event, and fields as ``name=value``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        fields = _fields(record)
        head = " ".join(fields.pop(name) for name in ("time", "level", "event"))
        told = (f"{name}={_plain(value)}" for name, value in fields.items())
        return " ".join((head, *told))


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    when = datetime.fromtimestamp(record.created, UTC)
    fields: dict[str, Any] = {
        "time": when.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
    }
    if record.name == "onrecord":
        told = getattr(record, _TOLD, None)
        if told is not None:
            return fields | {"event": record.getMessage(), **told}
        message = record.getMessage().removeprefix("onrecord: ")
        return fields | {"event": "remark", "message": message}
    fields |= {"event": "library", "logger": record.name}
    fields |= {"at": f"{record.module}:{record.lineno}"}
    error = record.exc_info[1] if record.exc_info else None
    return fields | (_broken(error) if error is not None else {})


def _broken(error: BaseException) -> dict[str, Any]:
    """Return kind and place of an error; its message may repeat what was sent."""
    places = [
        f"{frame.f_globals.get('__name__', '?')}:{line}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return {"error": type(error).__name__, "at": places[-FRAMES:]}


def _plain(value: Any) -> str:
    told = json.dumps(value, default=str)
    is_word = isinstance(value, str) and value and not set(value) & set(' "=')
    return told[1:-1] if is_word else told
