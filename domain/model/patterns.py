"""What the form of a text must be, and how that is said to who hands it in."""

from __future__ import annotations

from domain.model.commitment import ConditionKind
from domain.model.ids import SLUG

LANGUAGE = r"^[a-z]{2,3}$"
"""The language of a text: the first subtag of BCP 47, and no region."""
LANGUAGE_TAG = r"^[a-z]{2,3}(-[A-Za-z0-9]+)?$"
"""A language as labels are kept by (BCP 47, two subtags at most)."""
CONDITION = rf"{SLUG[:-1]}(?::(?:{'|'.join(ConditionKind)}))?$"
"""``id`` or ``id:kind`` of a condition."""
ADDRESS = r"^https?://[^\x00-\x20\x7f]+$"
"""An address of the web."""
LINE = r"^[^\x00-\x1f\x7f]*$"
"""A text on one line."""

_ID = "should be an id of small letters, digits and single hyphens, as toll-first"
IN_WORDS = {
    SLUG: _ID,
    CONDITION: f"{_ID}, or id:kind with one of {', '.join(ConditionKind)}",
    LANGUAGE: "should be a language as two or three small letters, as fr (not fr-FR)",
    LANGUAGE_TAG: "should be a language as fr or fr-CH",
    ADDRESS: "should be an address that begins with http:// or https://",
    LINE: "should be one line, without control characters",
}
"""What is wrong with a text that has not the form of a pattern."""
