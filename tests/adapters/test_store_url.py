"""The URL of a record says in which technology it is kept, and in which files."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.store_url import StoreUrl
from domain.errors import InvalidInputError


@pytest.mark.parametrize(
    ("store", "log", "texts", "views"),
    [
        (
            "sqlite:///onrecord.db",
            "onrecord.db",
            "onrecord.articles.db",
            "onrecord.views.db",
        ),
        (
            "sqlite:////var/lib/o.db",
            "/var/lib/o.db",
            "/var/lib/o.articles.db",
            "/var/lib/o.views.db",
        ),
        (
            "sqlite:///a b/record",
            "a b/record",
            "a b/record.articles",
            "a b/record.views",
        ),
        ("sqlite:///what?.db", "what?.db", "what?.articles.db", "what?.views.db"),
    ],
)
def test_the_files_of_a_store_lie_side_by_side(
    store: str, log: str, texts: str, views: str
) -> None:
    """Three slashes and a path as it is written; the other files are named after it."""
    where = StoreUrl(store)
    found = (where.log_path, where.texts_path, where.views_path)
    assert found == (Path(log), Path(texts), Path(views))


@pytest.mark.parametrize(
    "store",
    [
        "onrecord.db",
        "sqlite://onrecord.db",
        "sqlite:///",
        "sqlite:////",
        "sqlite:///.",
        "sqlite:///a/..",
        "sqlite:///:memory:",
        "postgresql://db/record",
        "mysql://db",
    ],
)
def test_a_store_that_is_no_file_of_sqlite_names_its_variable(store: str) -> None:
    """What cannot be kept in a file is refused before anything is opened."""
    for path in ("log_path", "texts_path", "views_path"):
        with pytest.raises(
            InvalidInputError, match=r"^ONRECORD_STORE: expected sqlite:///FILE"
        ):
            getattr(StoreUrl(store), path)


@pytest.mark.parametrize(
    "store",
    ["postgresql:clerk:hush@db/record", "clerk:hush@db", "mysql://clerk:hu@sh@db/x"],
)
def test_a_store_in_no_known_form_shows_no_password_either(store: str) -> None:
    """Whatever stands before the last @ is not repeated."""
    with pytest.raises(InvalidInputError) as caught:
        _ = StoreUrl(store).log_path
    assert "hush" not in str(caught.value)
    assert "sh@" not in str(caught.value)


def test_a_store_of_another_kind_shows_no_password() -> None:
    """A URL of another store may hold one; it is not repeated."""
    with pytest.raises(InvalidInputError) as caught:
        _ = StoreUrl("postgresql://clerk:hush@db/record").log_path
    assert "hush" not in str(caught.value)
    assert "postgresql://…@db/record" in str(caught.value)
    assert "hush" not in repr(StoreUrl("postgresql://clerk:hush@db/record"))
