"""The file of the read models: what is none of ours is told, and that it may go."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.sqlite import dbapi
from adapters.views.sqlite import SQLiteViewStore
from domain.errors import StoreUnavailableError


@pytest.mark.parametrize("kind", ["garbage", "foreign"])
def test_a_file_that_is_none_of_ours_is_named_and_may_be_deleted(
    tmp_path: Path, kind: str
) -> None:
    """The read models are rebuilt; the log never is, and the message says so."""
    path = tmp_path / "record.views.db"
    if kind == "garbage":
        path.write_bytes(b"these are no read models" * 100)
    else:
        connection = dbapi.connect(str(path))
        connection.execute("CREATE TABLE sheep (name)")
        connection.close()
    before = path.read_bytes()
    with pytest.raises(
        StoreUnavailableError, match=r"record\.views\.db .*delete this file alone"
    ):
        SQLiteViewStore(path)
    assert path.read_bytes() == before
