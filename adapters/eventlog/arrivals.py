"""Tells those who wait in this process that the log went on."""

from __future__ import annotations

from threading import Condition


class Arrivals:
    """A condition on the last seq that was appended here."""

    def __init__(self) -> None:
        self._seq, self._condition = 0, Condition()

    def tell(self, seq: int) -> None:
        """Wake all who wait for a seq up to this one."""
        with self._condition:
            self._seq = max(self._seq, seq)
            self._condition.notify_all()

    def wait(self, after: int, timeout: float) -> None:
        """Wait until a seq beyond ``after`` was told, or for ``timeout`` seconds."""
        with self._condition:
            self._condition.wait_for(lambda: self._seq > after, timeout)
