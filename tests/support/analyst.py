"""An analyst at a desk, who hands in statements of one invented article."""

from __future__ import annotations

from typing import Any

from adapters.articles.memory import MemoryArticleStore
from domain.model.article import Article
from domain.services.capturing import ArticleMetadata
from domain.services.import_format import ImportedArticle
from domain.services.importing import Import, Imported
from tests.support.desk import Desk
from tests.support.facts import QUESTION, TESTER, TOPIC
from tests.support.stores import SteppingClock

TEXT = (
    "« Le port ouvrira », a dit Vesna Orlin. « Pas avant le péage », a-t-elle ajouté."
)
SAYS: dict[str, Any] = {"topic": TOPIC, "question": QUESTION, "commitment": 3}
OPENS: dict[str, Any] = {
    "content": [[2, 17]],
    "words": "Le port ouvrira",
    "cue": [21, 26],
    "agent": "vesna-orlin",
    "speaker": "Vesna Orlin",
    "spoken_at": "2031-02-01",
    "commitment": 3,
    "readings": [SAYS],
}


def article_of(text: str, told: ArticleMetadata) -> Article:
    """Return an article in French."""
    return Article(text=text, language="fr", published_at=told.published_at)


class Analyst:
    """Hands in statements of one article."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.texts = desk, MemoryArticleStore()
        self._import = Import(desk.recording, self.texts, article_of, SteppingClock())

    def hand_in(
        self,
        *statements: dict[str, Any],
        text: str = TEXT,
        published_at: str = "2031-02-03",
    ) -> Imported:
        """Hand in statements as their JSON says them."""
        told = ImportedArticle.model_validate(
            {
                "language": "fr",
                "text": text,
                "published_at": published_at,
                "statements": statements,
            }
        )
        return self._import(told, actor=TESTER)


def but(**changed: Any) -> dict[str, Any]:
    """Return the statement with some fields otherwise."""
    return {**OPENS, **changed}
