"""The page of constructions and words is that of the code, and keeps what is not."""

from __future__ import annotations

from tests.docs.attribution import CONSTRUCTIONS, KEPT, PAGE, generated, replaced
from tests.docs.pages import ROOT


def test_the_page_is_not_stale() -> None:
    """A new construction or word is on the page: python -m tests.docs.attribution."""
    present = PAGE.read_text(encoding="utf-8")
    assert present == generated(present), "python -m tests.docs.attribution"


def test_what_stands_between_marks_is_kept() -> None:
    """Figures and what people wrote outlive a generation; all else does not."""
    page = generated("")
    for name in KEPT:
        page = replaced(page, name, f"Words about what was {name}.")
    again = generated(page + "\nAn old paragraph.\n")
    assert again == page
    assert all(f"Words about what was {name}." in again for name in KEPT)


def test_every_language_has_its_constructions_and_words() -> None:
    """Nothing that is shipped is left out."""
    page = PAGE.read_text(encoding="utf-8")
    tables = {path.stem for path in CONSTRUCTIONS.glob("*.yaml")}
    lexicons = {path.name for path in (ROOT / "seeds" / "lexicons").iterdir()}
    assert page.count(" constructions\n\n| construction |") == len(tables)
    assert page.count(", words\n\n| what |") == len(lexicons)
