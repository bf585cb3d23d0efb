"""The PostgreSQL that stores of ours lie in: one way to connect, errors in plain words.

- Connections set themselves up (``_SESSION``): they wait neither for a lock nor for a
  dead server without bound, and a commit is on disk when it returns.
- A server that would lose what it acknowledged is refused.
- What the address leaves open, such as the password, is taken from libpq's own
  variables and files. No message repeats a password.
"""

from __future__ import annotations

import logging
import re
from itertools import zip_longest
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from adapters.postgresql_errors import HOW_TO, advice_on, is_broken
from domain.errors import (
    InvalidInputError,
    MissingRightError,
    ReplicaError,
    StoreBusyError,
    StoreError,
    StoreUnavailableError,
)

__all__ = [
    "HOW_TO",
    "Address",
    "check_server",
    "connect",
    "explain",
    "is_broken",
    "set_up",
]

logger = logging.getLogger("onrecord")
_DETAILS = re.compile(r"\n(?:DETAIL|CONTEXT):")
"""From where on an error of the server may repeat what was to be stored."""
OLDEST = 16
"""The oldest release of PostgreSQL that is let in; the tests run 18."""
_KINDS = {
    "25006": ReplicaError,
    "42501": MissingRightError,
    "55P03": StoreBusyError,
}
"""What some codes of a server are for the domain; any other, that it cannot be used."""
CONNECT_TIMEOUT = 5
"""Seconds within which a server must answer."""
CONNECTIONS = 8
"""At most, of one process to one schema."""
_NETWORK: dict[str, Any] = {
    "connect_timeout": CONNECT_TIMEOUT,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "client_encoding": "UTF8",
    "application_name": "onrecord",
}
"""What libpq is told; the address may say otherwise."""
_SESSION = """
SELECT set_config('search_path', %s, false),
       set_config('lock_timeout', '10s', false),
       set_config('idle_in_transaction_session_timeout', '120s', false),
       set_config('idle_session_timeout', '0', false),
       CASE WHEN current_setting('synchronous_commit') = 'off'
            THEN set_config('synchronous_commit', 'on', false) END
"""


class Address:
    """Where a record lies: a database, and how to get there. ``shown`` has no password."""

    def __init__(self, url: str) -> None:
        """Read a URL.

        Raises:
            InvalidInputError: it is none that libpq understands.
        """
        try:
            told: dict[str, Any] = dict(conninfo_to_dict(_unambiguous(url)))
        except psycopg.ProgrammingError:  # says what it could not read: no cause shown
            message = (
                "ONRECORD_STORE: expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE; "
                "write other signs than letters and digits in a password as %XX"
            )
            raise InvalidInputError(message) from None
        self.parameters = _NETWORK | told
        user, host, port, database = (
            told.get(name) or "" for name in ("user", "host", "port", "dbname")
        )
        places = zip_longest(host.split(","), port.split(","), fillvalue="")
        at = ",".join(f"{name}:{number}".rstrip(":") for name, number in places)
        self.shown = f"postgresql://{f'{user}@' if user else ''}{at}/{database}"

    def hide(self, text: str) -> str:
        """Return a text on one line, without the password and without rows."""
        password = self.parameters.get("password")
        text = text.replace(password, "…") if password else text
        return " ".join(_DETAILS.split(text)[0].split())


def _unambiguous(url: str) -> str:
    """Return a URL that can be read in one way, so that no part of a password shows.

    Raises:
        psycopg.ProgrammingError: a sign of the password was not written as %XX.
    """
    place = url.partition("://")[2].partition("?")[0]
    if place.count("@") > 1 or "@" in place.partition("/")[2]:
        raise psycopg.ProgrammingError
    return url


def connect(address: Address, schema: str = "") -> psycopg.Connection[Any]:
    """Open a connection, set up; statements that name no schema mean this one."""
    connection = psycopg.connect(**address.parameters)
    set_up(connection, schema)
    return connection


def set_up(connection: psycopg.Connection[Any], schema: str) -> None:
    """Make the settings of a new connection, which then commits by itself."""
    connection.autocommit = True
    connection.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
    connection.execute(_SESSION, (schema,))


def check_server(connection: psycopg.Connection[Any]) -> None:
    """Refuse a server that is too old or may lose what it acknowledged.

    Raises:
        StoreUnavailableError: it is such a server.
    """
    if (found := connection.info.server_version // 10_000) < OLDEST:
        message = f"PostgreSQL {found} is too old: onrecord needs {OLDEST} or newer"
        raise StoreUnavailableError(message)
    encoding, fsync, checksums = connection.execute(
        "SELECT current_setting('server_encoding'), current_setting('fsync'), "
        "current_setting('data_checksums')"
    ).fetchone() or ("", "", "")
    if encoding != "UTF8":
        message = (
            f"the database is in {encoding} and cannot hold every language: "
            "create it with ENCODING 'UTF8'"
        )
        raise StoreUnavailableError(message)
    if fsync != "on":
        message = (
            "PostgreSQL runs with fsync=off and may lose what it has acknowledged: "
            "set fsync=on and restart it"
        )
        raise StoreUnavailableError(message)
    if checksums != "on":
        logger.warning(
            "onrecord: PostgreSQL keeps no data checksums, so that a bad disk goes "
            "unnoticed: stop it and run pg_checksums --enable"
        )


def explain(address: Address, error: BaseException) -> StoreError:
    """Return the error of ours that says in one line what is wrong and what to do."""
    said = address.hide(str(error))
    advice = advice_on(error, said) or f"cannot be used: {said}"
    code = getattr(error, "sqlstate", None) or ""
    kind = _KINDS.get(code, StoreUnavailableError)
    return kind(f"the store {address.shown} {advice}")
