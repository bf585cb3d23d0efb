"""What an error of PostgreSQL or of its client means, and what to do about it.

Codes come first: they are the same in every language. A server that lets nobody in
gives none, nor does libpq where it reaches no server: there their words are looked at.
"""

from __future__ import annotations

import psycopg
from psycopg_pool import PoolTimeout

HOW_TO = "docs/how-to/run-on-postgresql.md"
_LOST = "broke the connection: try again; what was stored already is recognised"
_NOT_LET_IN = f"does not let this role in: grant its rights as {HOW_TO} says"
_NO_RIGHT = f"refuses this role a right ({{said}}): grant its rights as {HOW_TO} says"
_UNREACHABLE = "cannot be reached: is it running, are host and port right?"
_UNPROVED = "cannot be proved to be the right one: its certificate is"

_CODES = {
    "25006": "is a read-only replica: name the primary to write",
    "42501": _NO_RIGHT,
    "53100": "is on a full disk: free some space; nothing was half written",
    "55P03": "is locked by another process: try again when it has finished",
    "42P01": "lacks tables of onrecord: restore the database from a backup",
    "57P": _LOST,
    "08": _LOST,
}
"""Codes of errors, or how they begin, and what to do; ``{said}`` is in their words."""
_SERVER = {
    "password authentication failed": "refuses the password: correct it",
    "no encryption": (
        "lets nobody in from here unencrypted: add ?sslmode=require to the address, "
        "or a line to its pg_hba.conf"
    ),
    "no pg_hba.conf entry": ("lets nobody in from here: add a line to its pg_hba.conf"),
    "starting up": "is starting: try again in a moment",
    "shutting down": "is stopping: try again when it is back",
    "permission denied": _NOT_LET_IN,
    "not permitted to log in": "lets this role make no connection: give it LOGIN",
    "not currently accepting": "lets nobody into this database: allow connections",
    "too many clients": "takes no more connections: raise its max_connections",
    "too many connections": "takes no more connections of this role or database",
    "remaining connection slots": "takes no more connections: raise max_connections",
    "database": "has no database of that name: create it, or name another",
    "role": "has no role of that name: create it, or name another",
}
"""What a server says while one connects; the first that fits."""
_CLIENT = {
    "no password supplied": "wants a password: name one in the URL or in ~/.pgpass",
    "does not support SSL": "speaks no TLS: turn it on there, or leave out sslmode",
    "invalid sslmode": (
        "is asked for TLS in no known way: sslmode is one of disable, allow, prefer, "
        "require, verify-ca, verify-full"
    ),
    "root certificate file": (
        "cannot be proved to be the right one: name the certificate of its authority "
        "with sslrootcert, or let sslmode=require do"
    ),
    "certificate verify failed": f"{_UNPROVED} of no authority that sslrootcert names",
    "does not match host name": f"{_UNPROVED} of another host, which is to be named",
    "SSL error": "broke off while TLS was agreed on: compare sslmode with its settings",
    "timeout expired": "cannot be reached: it does not answer; is a firewall between?",
    "closed": _LOST,
    "lost": _LOST,
    "terminating": _LOST,
}
"""What libpq says of itself; the first that fits."""


def is_broken(error: BaseException | None) -> bool:
    """Return whether a connection broke, and with it what it was about to do."""
    if isinstance(error, PoolTimeout) or not isinstance(error, psycopg.Error):
        return False
    code = error.sqlstate
    if code is None:
        return isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return code.startswith(("57P", "08"))


def advice_on(error: BaseException, said: str) -> str | None:
    """Return what is wrong with a store and what to do, None if nobody knows.

    ``said`` is the error in its own words, without what nobody should read.
    """
    if isinstance(error, PoolTimeout):
        return _UNREACHABLE
    if code := getattr(error, "sqlstate", None):
        told = next((told for at, told in _CODES.items() if code.startswith(at)), None)
        return told and told.replace("{said}", said)
    if not isinstance(error, psycopg.OperationalError):
        return None
    fatal = said.partition("FATAL:")[2]
    if told := _first(_SERVER, fatal) or _first(_CLIENT, "" if fatal else said):
        return told
    return None if fatal else _UNREACHABLE


def _first(signs: dict[str, str], said: str) -> str | None:
    return next((told for sign, told in signs.items() if sign in said), None)
