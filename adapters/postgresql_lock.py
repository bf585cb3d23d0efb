"""A lock between processes that ends with the connection of the one that holds it."""

from __future__ import annotations

from threading import Lock
from typing import Any

import psycopg

from adapters.postgresql import Address, connect, explain

_OURS = 0x4F4E5243
"""The first half of our advisory locks ("ONRC")."""
_TRY = """
SELECT CASE WHEN pg_is_in_recovery() THEN false ELSE pg_try_advisory_lock(%s, %s) END
"""
_UNLOCK = "SELECT pg_advisory_unlock(%s, %s)"


class AdvisoryLock:
    """A lock with a number, in a database; on a replica it is never free.

    It keeps a connection of its own, so that trying again and again costs little.
    """

    def __init__(self, address: Address, number: int) -> None:
        self._address, self._key = address, (_OURS, number)
        self._connection: psycopg.Connection[Any] | None = None
        self._is_held, self._changing = False, Lock()

    @property
    def held(self) -> bool:
        """Whether it is held through this object, whose connection lives."""
        with self._changing:
            return self._is_held and self._ask("SELECT true")

    def acquire(self) -> bool:
        """Take the lock without waiting; tell whether it was free.

        Raises:
            StoreUnavailableError: the database cannot be used.
        """
        with self._changing:
            if self._is_held:
                return False
            try:
                self._connection = self._connection or connect(self._address)
            except psycopg.Error as error:
                raise explain(self._address, error) from error
            self._is_held = self._ask(_TRY, *self._key)
            return self._is_held

    def release(self) -> None:
        """Let another take it."""
        with self._changing:
            if self._is_held:
                self._ask(_UNLOCK, *self._key)
                self._is_held = False

    def close(self) -> None:
        """Let another take it, and close the connection."""
        with self._changing:
            self._drop()

    def _ask(self, question: str, *parameters: int) -> bool:
        """Return the answer; a connection that broke answers no, and held nothing."""
        if self._connection is None:
            return False
        try:
            return self._connection.execute(
                question.encode(), parameters
            ).fetchone() == (True,)
        except psycopg.Error:
            self._drop()
            return False

    def _drop(self) -> None:
        self._is_held = False
        if self._connection is not None:
            self._connection.close()
            self._connection = None
