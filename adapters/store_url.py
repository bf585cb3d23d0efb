"""Where a record is kept, by its URL: in which technology, and in which files."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from domain.errors import InvalidInputError

SQLITE = "sqlite:///"
POSTGRESQL = "postgresql://"


@dataclass(frozen=True, slots=True)
class StoreUrl:
    """The URL of a record, ``sqlite:///FILE`` or ``postgresql://USER@HOST/DATABASE``.

    It knows nothing of other settings: a process that folds for another needs no more.
    It is not shown, for it may hold a password.
    """

    url: str = field(repr=False)

    @property
    def is_postgresql(self) -> bool:
        """Whether the record is kept in PostgreSQL."""
        return self.url.startswith(POSTGRESQL)

    @property
    def log_path(self) -> Path:
        """The file of the log.

        Raises:
            InvalidInputError: the store is no SQLite URL.
        """
        path = Path(self.url.removeprefix(SQLITE))
        if not self.url.startswith(SQLITE) or path.name in {"", "..", ":memory:"}:
            got = without_credentials(self.url)[:60]
            message = (
                "ONRECORD_STORE: expected sqlite:///FILE or "
                f"postgresql://USER@HOST/DATABASE, got {got!r}"
            )
            raise InvalidInputError(message)
        return path

    @property
    def texts_path(self) -> Path:
        """The file of the articles' texts, beside the log."""
        return self.log_path.with_suffix(f".articles{self.log_path.suffix}")

    @property
    def views_path(self) -> Path:
        """The file of the read models, beside the log; it can be deleted."""
        return self.log_path.with_suffix(f".views{self.log_path.suffix}")


def without_credentials(url: str) -> str:
    """Return a URL without what stands before its last "@", its scheme apart."""
    before, at, place = url.rpartition("@")
    scheme, behind, _ = before.partition("://")
    return f"{scheme + behind if behind else ''}…@{place}" if at else url
