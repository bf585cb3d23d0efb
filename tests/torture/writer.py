"""Ingests articles until it is killed; prints the number of each that was acknowledged.

The real use case over the log, the texts and the read models in files; only the
extractor is a quick one. A number is written, and leaves the process, after the call
returned. So that a kill costs no start of Python, a nursery forks the writers: it
reads the number to begin with from standard input, prints ``pid`` and, when the writer
is gone, ``dead``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from adapters.articles.store import SQLArticleStore
from adapters.clock import SystemClock
from adapters.eventlog.sqlite import SQLiteEventLog
from adapters.views.sqlite import SQLiteViewStore
from domain.model.article import Article, Capture
from domain.model.ids import TopicId
from domain.services.ingest import Ingest
from domain.services.projecting import Projector
from domain.services.seeding import Seeding
from tests.support.words import WordExtractor

CAPTURE = Capture(media_type="text/plain", encoding="utf-8", byte_length=1)
A_TOPIC = 20
"""Articles a pair of topics, so that no topic grows without bound."""
A_URL = 3
"""Articles under one url: each but the first revises the one before."""


def article_of(number: int) -> Article:
    """Return the article with a number."""
    return Article(
        text=f"Article {number} oui Élan non мир oui Élan non мир",
        language="fr",
        url=f"https://vigie.example/{number // A_URL}",
    )


def topics_of(number: int) -> tuple[TopicId, TopicId]:
    """Return the two topics of the article with a number."""
    pair = number // A_TOPIC
    return TopicId(f"harbour-{pair}"), TopicId(f"toll-{pair}")


def write(folder: Path, number: int) -> None:
    """Ingest articles from a number on, for ever."""
    log = SQLiteEventLog(folder / "log.db", SystemClock())
    texts = SQLArticleStore(folder / "texts.db")
    views = SQLiteViewStore(folder / "views.db")
    projector = Projector(log, views)
    Seeding(log, views, projector).ensure((), ())
    while True:
        ingest = Ingest(
            log=log,
            texts=texts,
            views=views,
            follower=projector,
            extractor=WordExtractor(*topics_of(number)),
        )
        ingest(article_of(number), CAPTURE)
        _say(str(number))
        number += 1


def main(folder: Path) -> None:
    """Fork a writer for each number that is read, one after another."""
    for line in sys.stdin:
        if not (child := os.fork()):
            write(folder, int(line))
        _say(f"pid {child}")
        _, status = os.waitpid(child, 0)
        _say(f"dead {os.waitstatus_to_exitcode(status)}")


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
