"""A made-up history: articles over some years, and all that comes of them, in order.

``history(n, seed)`` yields transactions with the instant of each, up to the ``n``-th
recording of a statement. The same seed gives the same bytes in every process. What is
held in memory is the world, and what is still to come of the last thirty days.

It is made to measure throughput and memory. Accuracy is never reported on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from domain.events.article import ArticleCaptured, ArticleRevised
from domain.events.codec import event_id
from domain.events.topic import StatementAttributed
from domain.model.article import Capture
from domain.model.ids import agent_stream, article_id, topic_stream
from domain.model.moment import Moment
from domain.ports import Append, Batch
from tests.benchmarks.histories import following, recipe
from tests.benchmarks.histories.following import DESK, SEEDS, Made, Streams
from tests.benchmarks.histories.recipe import Dice, Ranks, drawn
from tests.benchmarks.histories.saying import LANGUAGES, said
from tests.benchmarks.histories.world import World

START = datetime(2031, 1, 1, tzinfo=UTC)
Making = Callable[[datetime], Iterator[Made]]


class Written(NamedTuple):
    """A transaction, when it is recorded, and the recordings of statements in it."""

    at: datetime
    batch: Batch
    statements: int


def history(n: int, seed: int, *, topics: int | None = None) -> Iterator[Written]:
    """Yield the transactions of a history of so many recordings."""
    left = n
    for written in Newsroom(n, seed, topics or recipe.topics_of(n)).run():
        if written.statements > left:
            yield _cut(written, left)
            return
        yield written
        left -= written.statements
        if not left:
            return


def _cut(written: Written, most: int) -> Written:
    """Return as much of a transaction as records so many statements."""
    appends, left = [], most
    for append in written.batch.appends:
        kept = append.events
        if isinstance(kept[0], StatementAttributed):
            kept = kept[:left]
            left -= len(kept)
        if kept:
            appends.append(Append(append.stream, append.expected, kept))
    batch = Batch(tuple(appends), written.batch.actor, written.batch.causation)
    return Written(written.at, batch, most)


class Newsroom:
    """Articles as they come in, day by day, and what follows from each when it is due."""

    def __init__(self, n: int, seed: int, topics: int) -> None:
        self._seed, self._dice = seed, Dice.of(seed)
        self._world = World(self._dice, topics)
        self._outlets = Ranks(recipe.OUTLETS)
        again = 1 + recipe.REPORTED_AGAIN * (1 + recipe.OUTLETS_AGAIN) / 2
        an_article = 5.3 * (again + recipe.REVISED)
        self._a_day = n / an_article / recipe.DAYS
        self._versions: Counter[str] = Counter()
        self._articles = count()
        self._due: list[tuple[datetime, int, Making]] = []
        self._numbers = count()

    def run(self) -> Iterator[Written]:
        """Yield transactions without end, in the order of their instants."""
        for at in self._instants():
            while self._due and self._due[0][0] <= at:
                due, _, make = heappop(self._due)
                for made in make(due):
                    yield self._written(due, made)
            for made in self._article(at):
                yield self._written(at, made)

    def _instants(self) -> Iterator[datetime]:
        """Yield when articles come in: more on some days than on others."""
        dice = self._dice.articles
        for number in count():
            day = START + timedelta(days=number)
            busy = dice.gammavariate(recipe.UNEVEN, 1 / recipe.UNEVEN)
            articles = self._a_day * recipe.WEEKDAYS[day.weekday()] * busy
            some = int(articles + dice.random())
            hours = sorted(6 + 17 * dice.random() for _ in range(some))
            yield from (day + timedelta(hours=each) for each in hours)

    def _written(self, at: datetime, made: Made) -> Written:
        """Return a transaction at the ends of its streams."""
        appends, statements = [], 0
        for stream, events in made.streams.items():
            revised = isinstance(events[0], ArticleRevised)
            expected = 1 if revised else self._versions[stream]
            appends.append(Append(stream, expected, tuple(events)))
            if not stream.startswith(("article:", "agent:")):  # those are too many
                self._versions[stream] += len(events)
            statements += sum(isinstance(e, StatementAttributed) for e in events)
        return Written(at, Batch(tuple(appends), made.actor), statements)

    def _article(self, at: datetime) -> Iterator[Made]:
        """Yield an article with what is said in it, and the opening of its topics."""
        dice, article = self._dice, self._captured(at)
        day = (article.published_at or Moment.parse("2031")).earliest or at.date()
        main, told = self._world.topic(), list[StatementAttributed]()
        for place in range(int(drawn(recipe.STATEMENTS, dice.articles))):
            other = dice.topics.random() < recipe.ELSEWHERE
            topic = self._world.topic() if other else main
            told.append(
                said(
                    topic,
                    dice,
                    article.article,
                    language=article.language,
                    day=day,
                    place=place,
                )
            )
        yield from self._opened()
        yield following.captured(article, told)
        self._follow(at, article, told)
        if dice.later.random() < recipe.JUDGED * len(told):
            yield following.judged(main, dice.later)
        if dice.later.random() < recipe.JUDGED * len(told):
            gone, back = following.taken_back(main)
            yield gone
            self._at(at, recipe.DAYS_DECIDED * 24, lambda _: iter([back]))

    def _opened(self) -> Iterator[Made]:
        for topic in self._world.opened:
            streams: Streams = {topic_stream(topic.id): list(topic.opening())}
            for each in self._world.newcomers(topic):
                streams[agent_stream(each.agent)] = [each]
            yield Made(SEEDS, streams)
        self._world.opened.clear()

    def _captured(self, at: datetime) -> ArticleCaptured:
        """Return an article that nothing is said in yet, late ones among them."""
        dice, number = self._dice.articles, next(self._articles)
        late = dice.random() < recipe.LATE
        day = at - timedelta(days=dice.randint(*recipe.DAYS_LATE) if late else 0)
        length = int(drawn(recipe.ARTICLE_LENGTH, dice))
        outlet = f"Outlet {self._outlets.draw(dice) + 1}"
        identifier = article_id(f"History {self._seed}, article {number}")
        return ArticleCaptured(
            article=identifier,
            length=length,
            language=dice.choice(LANGUAGES),
            title=f"Article {number}",
            outlet=outlet,
            url=f"https://{outlet.lower().replace(' ', '-')}.example/{number}",
            published_at=Moment.parse(day.date().isoformat()),
            published_at_basis="stated",
            published_at_note=None,
            capture=Capture(
                media_type="text/html", encoding="utf-8", byte_length=length * 8
            ),
            extractor="made-up 1",
            boilerplate=(),
            skipped=(),
            statements=(),
        )

    def _follow(
        self, at: datetime, article: ArticleCaptured, told: list[StatementAttributed]
    ) -> None:
        """Draw what will come of an article."""
        dice = self._dice.later
        if dice.random() < recipe.REVISED:
            self._at(at, recipe.HOURS_REVISED, partial(self._revise, article, told))
        for each in told:
            if dice.random() < recipe.REPORTED_AGAIN:
                for _ in range(dice.randint(1, recipe.OUTLETS_AGAIN)):
                    self._at(at, recipe.HOURS_AGAIN, partial(self._report, each))
            if dice.random() < recipe.DECIDED:
                self._at(at, recipe.DAYS_DECIDED * 24, partial(self._decide, each))
            if dice.random() < recipe.WITHDRAWN:
                self._at(at, recipe.DAYS_WITHDRAWN * 24, partial(self._withdraw, each))

    def _at(self, at: datetime, hours: float, make: Making) -> None:
        """Have something made within some hours."""
        due = at + timedelta(hours=hours * self._dice.later.random())
        heappush(self._due, (due, next(self._numbers), make))

    def _revise(
        self, article: ArticleCaptured, told: list[StatementAttributed], due: datetime
    ) -> Iterator[Made]:
        yield from following.revised(article, told, self._captured(due))

    def _report(self, told: StatementAttributed, due: datetime) -> Iterator[Made]:
        article = self._captured(due)
        yield from following.reported_again(told, article, self._dice.words)

    def _decide(self, told: StatementAttributed, due: datetime) -> Iterator[Made]:
        yield following.decided(told, self._dice.later)

    def _withdraw(self, told: StatementAttributed, due: datetime) -> Iterator[Made]:
        stream, event = topic_stream(told.topic), following.withdrawn(told)
        withdrawal = event_id(stream, self._versions[stream] + 1, event)
        yield Made(DESK, {stream: [event]})
        if self._dice.later.random() < recipe.REINSTATED:
            back = told.model_copy(update={"answers": withdrawal})
            again = Made(DESK, {stream: [back]})
            self._at(due, recipe.DAYS_WITHDRAWN * 24, lambda _: iter([again]))
