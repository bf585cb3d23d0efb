"""What may be told about an article."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.services.capturing import LONGEST_URL, ArticleMetadata

SITE = "https://vigie.example/"


@pytest.mark.parametrize("sign", ["a", "é", "ж", "漢"])
def test_an_address_is_bounded_in_bytes(sign: str) -> None:
    """A database looks addresses up by their bytes, of which a sign takes up to four."""
    most = (LONGEST_URL - len(SITE)) // len(sign.encode())
    assert ArticleMetadata(url=SITE + sign * most).url == SITE + sign * most
    with pytest.raises(ValidationError, match=f"at most {LONGEST_URL}"):
        ArticleMetadata(url=SITE + sign * (most + 1))
