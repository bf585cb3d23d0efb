"""The stores of one record, in the technology that its address names."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from adapters.articles.store import SQLArticleStore
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.sqlite_place import check_not_emptied
from adapters.store_url import StoreUrl
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import StoreUnavailableError
from domain.ports import ArticleStore, Clock, GroupLog, ViewStore


@dataclass(frozen=True, slots=True)
class Stores:
    """Log, texts and read models. ``name`` is what messages call them."""

    name: str
    log: GroupLog
    texts: ArticleStore
    views: ViewStore


@contextmanager
def open_stores(
    where: StoreUrl, clock: Clock, *, existing: bool = False, mend: bool = False
) -> Iterator[Stores]:
    """Open the stores of a record; ``existing`` makes none.

    To ``mend`` read models, they are emptied where tables are gone.

    Raises:
        StoreError: they cannot be used, or are not there.
        InvalidInputError: the address is none.
    """
    kind = _postgresql if where.is_postgresql else _sqlite
    with kind(where, clock, existing=existing, mend=mend) as stores:
        yield stores


@contextmanager
def _sqlite(
    where: StoreUrl, clock: Clock, *, existing: bool, mend: bool
) -> Iterator[Stores]:
    name = str(where.log_path)
    if existing and not where.log_path.exists():
        raise _missing(name)
    check_not_emptied(where.log_path, where.texts_path)
    with (
        SQLiteEventLog(where.log_path, clock) as log,
        SQLArticleStore(where.texts_path) as texts,
        SQLiteViewStore(where.views_path, mend=mend) as views,
    ):
        yield Stores(name, log, texts, views)


@contextmanager
def _postgresql(
    where: StoreUrl, clock: Clock, *, existing: bool, mend: bool
) -> Iterator[Stores]:
    try:  # what this needs is an extra
        from adapters.articles.postgresql import PostgresArticleStore  # noqa: PLC0415 (an extra)
        from adapters.eventlog.postgresql import PostgresEventLog  # noqa: PLC0415 (an extra)
        from adapters.postgresql import Address  # noqa: PLC0415 (an extra)
        from adapters.views.postgresql import PostgresViewStore  # noqa: PLC0415 (an extra)
    except ImportError as error:
        message = (
            "ONRECORD_STORE names PostgreSQL, for which psycopg is missing: "
            "pip install '.[postgresql]' in a clone of onrecord"
        )
        raise StoreUnavailableError(message) from error
    address = Address(where.url)
    if existing and not PostgresEventLog.is_at(address):
        raise _missing(address.shown)
    with (
        PostgresEventLog(address, clock) as log,
        PostgresArticleStore(address) as texts,
        PostgresViewStore(address, mend=mend) as views,
    ):
        yield Stores(address.shown, log, texts, views)


def _missing(name: str) -> StoreUnavailableError:
    message = (
        f"there is no store {name}: ingest an article first, "
        "or name another with --store"
    )
    return StoreUnavailableError(message)
