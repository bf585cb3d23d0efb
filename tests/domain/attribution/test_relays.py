"""Words in which a speaker tells what somebody else said."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from domain.attribution.draft import Draft
from domain.attribution.extract import Extractor
from domain.model.article import Article
from domain.model.extraction import Filed
from tests.support.extraction import extractor, unfiled

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("text", "relays"),
    [
        ("Jan Korvel a dit que Mira Solen avait promis de rouvrir le port.", True),
        ("Jan Korvel a dit que le port rouvre, comme Mira Solen l'a promis.", False),
        ("Jan Korvel a dit qu'il avait promis de rouvrir le port.", False),
        ("Jan Korvel a dit que le port rouvre.", False),
        ("« Mira Solen a promis de rouvrir le port », a dit Jan Korvel.", True),
    ],
)
def test_words_whose_main_clause_reports_another_speaker_relay(
    text: str, *, relays: bool
) -> None:
    """The first finite verb of the words decides, and who is its subject."""
    seen: list[Draft] = []

    def keep(drafts: Sequence[Draft], article: Article) -> list[tuple[Filed, ...]]:
        seen.extend(drafts)
        return unfiled(drafts, article)

    whole: Extractor = extractor(keep)
    whole.extract(Article(text=text, language="fr"))
    assert [draft.relays for draft in seen] == [relays]
