"""What writes waits in a bounded queue, and holds up neither readers nor the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.app import Settings, open_services
from api.writer import WORKERS, OneAtATime, Writer
from domain.errors import QueueFullError
from domain.model.article import Article
from domain.model.extraction import Extraction
from tests.api.conftest import Serve
from tests.api.support import TOPIC, invented, post, problem


@pytest.mark.slow
def test_an_article_that_would_wait_too_long_is_refused(serve: Serve) -> None:
    """Refused at once, with when to try again, and reading goes on; then it is taken."""
    release = threading.Event()
    with Writer(waiting=1, workers=1) as writer, serve(writer=writer) as client:
        held = [writer.submit(release.wait, 30) for _ in range(2)]
        answer = post(client, text=invented(), language="fr")
        problem(answer, 503, "busy")
        assert answer.headers["retry-after"] == "2"
        assert client.get(f"/api/v1/topics/{TOPIC}").status_code == 200
        release.set()
        assert all(each.result() for each in held)
        assert post(client, text=invented(), language="fr").status_code == 201


def test_a_place_is_free_again_when_its_work_has_ended() -> None:
    """Work that failed or was given up leaves the queue like any other."""
    release = threading.Event()
    with Writer(waiting=1, workers=1) as writer:
        for _ in range(3):
            running = writer.submit(lambda: release.wait(30) and 1 / 0)
            waiting = writer.submit(int)
            with pytest.raises(QueueFullError):
                writer.submit(int)
            assert waiting.cancel()
            release.set()
            with pytest.raises(ZeroDivisionError):
                running.result()
            release.clear()
            for _ in range(500):
                if writer._places._value == 2:
                    break
                time.sleep(0.01)
        release.set()


def test_closing_finishes_what_runs_and_drops_what_waits(tmp_path: Path) -> None:
    """A service that is stopped does not first read all that was handed in."""
    done: list[int] = []
    started = threading.Event()

    def slow(number: int) -> None:
        started.set()
        time.sleep(0.1)
        done.append(number)

    with open_services(
        Settings(store=f"sqlite:///{tmp_path}/record.db"), seed=False
    ) as services:
        waiting = [services.writer.submit(slow, number) for number in range(20)]
        started.wait(10)
    finished = {n for n, each in enumerate(waiting) if not each.cancelled()}
    assert finished == set(done)
    assert {0} <= finished <= set(range(WORKERS))


@pytest.mark.slow
def test_articles_handed_in_at_once_are_all_on_record(serve: Serve) -> None:
    """Each is answered with its own article and a seq from which it can be read."""
    texts = [invented() for _ in range(12)]

    def hand_in(text: str) -> tuple[str, int]:
        answer = post(client, text=text, language="fr")
        assert answer.status_code == 201
        body = answer.json()
        found = client.get(body["links"]["article"])
        assert found.json()["data"]["text"] == text
        return body["links"]["article"], body["meta"]["seq"]

    with serve() as client, ThreadPoolExecutor(max_workers=12) as pool:
        heard = list(pool.map(hand_in, texts))
    assert len(set(heard)) == 12


def test_one_article_is_extracted_at_a_time() -> None:
    """Parsers promise nothing to two threads: the second waits for its turn."""
    inside: list[int] = []
    most: list[int] = []

    class Slow:
        def extract(self, article: Article) -> Extraction:
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.005)
            inside.pop()
            return Extraction(extractor="slow", found=(), boilerplate=(), skipped=())

        def extract_all(self, articles: Sequence[Article]) -> list[Extraction]:
            return [self.extract(article) for article in articles]

    taking_turns = OneAtATime(Slow())
    article = Article(text="A", language="en")
    with ThreadPoolExecutor(max_workers=4) as pool:
        list(pool.map(lambda _: taking_turns.extract(article), range(12)))
    assert set(most) == {1}
    before = len(most)
    taking_turns.extract_ahead([article])
    taking_turns.extract(article)
    assert len(most) == before + 1, "what was extracted ahead is handed out"
    taking_turns.extract(article)
    assert len(most) == before + 2, "once"
