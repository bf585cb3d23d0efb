"""The texts of articles in a schema of their own in PostgreSQL, named by their hash.

A text is durable before an event refers to it. An erased one is out of sight at once;
its bytes go with the next VACUUM, and stay in backups and archived WAL.
"""

from __future__ import annotations

from sqlalchemy.dialects import postgresql

from adapters.articles.texts import TEXTS, SqlTexts
from adapters.postgresql import Address
from adapters.postgresql_schema import PostgresSchema

NAME = "onrecord_articles"
VERSION = 1


class PostgresArticleStore(PostgresSchema, SqlTexts):
    """The texts in one database."""

    insert = postgresql.insert

    def __init__(self, address: Address) -> None:
        """Open or make the schema.

        Raises:
            StoreUnavailableError: the database cannot be used.
            NewerStoreError: a newer onrecord made it.
        """
        super().__init__(address, NAME, "articles", [TEXTS], version=VERSION)
