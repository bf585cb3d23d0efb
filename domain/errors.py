"""Every error that the domain raises; a user sees each of them as one line.

OnrecordError
├── InvalidInputError          what was handed in is not usable
│   ├── UnreadableArticleError   not text, empty, too long, NUL, lone surrogate
│   ├── UnsupportedLanguageError no extractor for the language
│   ├── InvalidMomentError       not in the EDTF subset
│   ├── InvalidSeedError         a seed file with its line and reason
│   └── InvalidCommandError      a domain rule refuses it
├── ExtractionError            the rules failed on an article: a defect of ours
├── NotFoundError              unknown topic, statement, article
├── ConflictError              somebody else appended first
│   └── OutdatedError            a decision rests on a record that has gone on
├── StoreError                 the store cannot serve
│   ├── StoreUnavailableError    read-only, full, missing, damaged
│   │   ├── StoreBusyError         another process has it locked
│   │   ├── DamagedRowError        a row of the read models is not what was written
│   │   └── StoreRefusesError      and so for whoever asks again; nothing was recorded
│   │       ├── ReplicaError         it is a read-only copy
│   │       └── MissingRightError    the role may not do that
│   ├── QueueFullError           as many wait to write as may wait
│   └── NewerStoreError          written by a newer onrecord
├── UnknownEventError          a stored name that the registry lacks
├── UndecodableEventError      stored bytes that are not that event
└── SpanMismatchError          words differ from the text at their span
"""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of all errors that a caller may expect."""

    def __reduce__(self) -> tuple[object, ...]:
        """Go from one process to another as it is, whatever it was made of."""
        return _made_again, (type(self), self.args, vars(self))


def _made_again(
    kind: type[OnrecordError], args: tuple[object, ...], told: dict[str, object]
) -> OnrecordError:
    error = kind.__new__(kind, *args)
    vars(error).update(told)
    return error


class InvalidInputError(OnrecordError):
    """What was handed in cannot be used; nothing was recorded."""


class UnreadableArticleError(InvalidInputError):
    """The bytes handed in are not the text of an article."""


class UnsupportedLanguageError(InvalidInputError):
    """No extractor is installed for the language of the article."""


class InvalidMomentError(InvalidInputError):
    """The text is not a date of the EDTF subset."""


class InvalidSeedError(InvalidInputError):
    """A seed file breaks its schema; carries file, line and reason."""

    def __init__(self, file: str, line: int | None, reason: str) -> None:
        self.file, self.line, self.reason = file, line, reason
        where = file if line is None else f"{file}:{line}"
        super().__init__(f"{where}: {reason}")


class InvalidCommandError(InvalidInputError):
    """A rule of the domain refuses the command."""


class ExtractionError(OnrecordError):
    """The rules failed on an article; nothing of it was recorded."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"the rules failed on this article, which is a defect of onrecord: {reason}"
        )


class NotFoundError(OnrecordError):
    """Nothing is on record under that identifier."""

    def __init__(self, what: str, identifier: str, when: str = "") -> None:
        """``when`` tells since or until when it is not, or where, if it is elsewhere."""
        self.what, self.identifier = what, identifier
        super().__init__(f"no {what} {identifier!r} on record{when}")


class ConflictError(OnrecordError):
    """The stream has moved on since it was read."""

    def __init__(self, stream: str, expected: int, found: int | None = None) -> None:
        self.stream, self.expected, self.found = stream, expected, found
        got = "another version" if found is None else f"version {found}"
        super().__init__(f"stream {stream!r}: expected version {expected}, got {got}")


class NamedMeanwhileError(ConflictError):
    """Something that a decision rests on was named by an event since it was read."""

    def __init__(self, stream: str, expected: int, seen: int) -> None:
        super().__init__(stream, expected)
        message = f"others decided on the same since seq {seen}: try again"
        self.args = (message,)


class OutdatedError(ConflictError):
    """The record has gone on after the seq on which a decision rests."""

    def __init__(self, stream: str, expected: int, found: int) -> None:
        super().__init__(stream, expected, found)
        message = f"stream {stream!r} has gone on to seq {found} after seq {expected}"
        self.args = (f"{message}: read it again, and decide on that",)


class StoreError(OnrecordError):
    """The store cannot do what was asked."""


class StoreUnavailableError(StoreError):
    """The store is missing, read-only, full, damaged or locked."""


class StoreBusyError(StoreUnavailableError):
    """Another process has the store locked; the same works when it has finished."""


class DamagedRowError(StoreUnavailableError):
    """A row of the read models is not what was written; a rebuild writes it anew."""

    def __init__(self, expected: str, why: str) -> None:
        self.expected, self.why = expected, why
        message = f"a row of the read models is no {expected} ({why})"
        super().__init__(f"{message}: run onrecord rebuild")


class StoreRefusesError(StoreUnavailableError):
    """The store refused before anything could be recorded, and will refuse again."""


class ReplicaError(StoreRefusesError):
    """The store is a read-only replica: another takes in what is to be recorded."""


class MissingRightError(StoreRefusesError):
    """The role that the service has in the store may not do that."""


class QueueFullError(StoreError):
    """As many wait to write as may wait; nothing of this was recorded."""

    def __init__(self) -> None:
        super().__init__("too many wait to write: try again in a few seconds")


class NewerStoreError(StoreError):
    """The store was written by a newer version of onrecord."""


class UnknownEventError(OnrecordError):
    """The log holds an event name that this version does not know."""


class UndecodableEventError(OnrecordError):
    """The stored bytes are not the event that their name says."""


class SpanMismatchError(OnrecordError):
    """The words of an excerpt differ from the text at its span."""
