"""Standard output and standard error, guarded: what happens when they cannot be written.

1. A reader that went away (``| head``) stops no work: what is written then is dropped.
2. Any other failure of standard output is one error, told once; what follows it is
   dropped, so that the flush at the end of the interpreter has nothing to fail on.
3. A failure of standard error cannot be told to anybody, and stops nothing.
"""

from __future__ import annotations

import io
import sys
from typing import Any, TextIO

from domain.errors import OnrecordError


class UnwritableResultError(OnrecordError):
    """Standard output cannot be written."""


class Guarded(io.FileIO):
    """A file that is written until that fails."""

    def __init__(self, descriptor: int, *, tells: bool) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self._tells, self._failed = tells, False

    def write(self, data: Any, /) -> int:
        """Write bytes, or drop them once writing has failed.

        Raises:
            UnwritableResultError: the first failure that is no closed pipe.
        """
        if self._failed:
            return len(data)
        try:
            return super().write(data)
        except OSError as error:
            self._failed = True
            if self._tells and not isinstance(error, BrokenPipeError):
                reason = (error.strerror or str(error)).lower()
                message = (
                    f"cannot write the result: {reason}; what was ingested is on record"
                )
                raise UnwritableResultError(message) from error
        return len(data)


def guard() -> None:
    """Put the guard before standard output and standard error, where they are open."""
    sys.stdout = _guarded(sys.stdout, tells=True)
    sys.stderr = _guarded(sys.stderr, tells=False)


def _guarded(plain: TextIO, *, tells: bool) -> TextIO:
    if not isinstance(plain, io.TextIOWrapper):
        return plain  # closed, or somebody collects it
    plain.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(Guarded(plain.fileno(), tells=tells)),
        encoding=plain.encoding,
        errors=plain.errors,
        line_buffering=plain.line_buffering,
        write_through=plain.write_through,
    )
