"""The address of a PostgreSQL: read in one way, shown without its password."""

from __future__ import annotations

import pytest

from adapters.postgresql import Address
from domain.errors import InvalidInputError


def test_an_address_is_shown_without_its_password() -> None:
    """What an error names is where the record lies, and as whom."""
    address = Address("postgresql://clerk:hush@db:5432/record")
    assert address.shown == "postgresql://clerk@db:5432/record"


@pytest.mark.parametrize(
    "url",
    ["postgresql://clerk:hu@sh@db:5432/record", "postgresql://clerk:hu/sh@db/record"],
)
def test_a_password_that_reads_in_two_ways_is_refused_unseen(url: str) -> None:
    """A part of it would pass for the host or the database, and be shown."""
    with pytest.raises(InvalidInputError, match="%XX") as caught:
        Address(url)
    assert "hu" not in str(caught.value).replace("other", "")
    assert "sh@" not in str(caught.value)
