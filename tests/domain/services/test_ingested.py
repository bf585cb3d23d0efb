"""What ingesting an article came to tells also what of the article is no statement."""

from __future__ import annotations

import pytest

from adapters.articles.memory import MemoryArticleStore
from domain.model.article import Article, Capture, Marked, Skipped
from domain.model.extraction import Extraction
from domain.model.moment import Moment
from domain.services.ingest import Ingest, Outcome
from tests.support.desk import Desk, open_desk

ARTICLE = Article(text="Le pont.\nElle a parlé. Il parle.\nÀ lire.", language="fr")
DAY, DAY_AFTER = Moment.parse("2031-03-05"), Moment.parse("2031-03-06")
CAPTURE = Capture(media_type="text/plain", encoding="utf-8", byte_length=42)
EXTRACTION = Extraction(
    extractor="test",
    found=(),
    boilerplate=(
        Marked(start=33, end=35, reason="share", confidence=0.9),
        Marked(start=35, end=40, reason="related", confidence=0.9),
        Marked(start=40, end=41, reason="share", confidence=0.9),
    ),
    skipped=(
        Skipped(start=0, end=8, reason="headline"),
        Skipped(start=14, end=21, reason="nothing_reported"),
        Skipped(start=26, end=31, reason="nothing_reported"),
    ),
)


class PassesOver:
    """Finds no statement, and says why of every stretch."""

    def extract(self, article: Article) -> Extraction:
        """Return the same of any article."""
        return EXTRACTION


def ingesting(desk: Desk) -> Ingest:
    """Return what ingests at a desk, without a statement found."""
    return Ingest(
        log=desk.log,
        texts=MemoryArticleStore(),
        views=desk.views,
        follower=desk.projector,
        extractor=PassesOver(),
    )


def test_what_is_said_otherwise_of_a_text_on_record_is_named() -> None:
    """A text is captured once: the record stays, and nobody believes that it changed."""
    told = ARTICLE.model_copy(update={"outlet": "Le Port", "published_at": DAY})
    with open_desk() as desk:
        ingest = ingesting(desk)
        assert ingest(told, CAPTURE).differs == ()
        assert ingest(told, CAPTURE).differs == ()
        assert ingest(ARTICLE, CAPTURE).differs == ()
        other = {"published_at": DAY_AFTER, "url": "https://port.example/1"}
        again = ingest(told.model_copy(update=other), CAPTURE)
        assert (again.differs, again.events) == (("url", "published_at"), 0)


@pytest.mark.parametrize("dry_run", [False, True])
def test_what_was_passed_over_is_told_by_reason(dry_run: bool) -> None:
    """Stretches are counted, of what is not the article the characters; most first."""
    with open_desk() as desk:
        ingest = ingesting(desk)
        done = ingest(ARTICLE, CAPTURE, dry_run=dry_run)
        assert list(done.skipped.items()) == [("nothing_reported", 2), ("headline", 1)]
        assert list(done.boilerplate.items()) == [("related", 5), ("share", 3)]
        assert done.statements == ()
        if not dry_run:  # what is on record already was passed over then
            again = ingest(ARTICLE, CAPTURE)
            assert again.outcome is Outcome.UNCHANGED
            assert again.skipped == done.skipped
            assert again.boilerplate == done.boilerplate
