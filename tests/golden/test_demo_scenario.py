"""The invented scenario and its expected timeline, reviewed line by line.

The file is written only with ``ONRECORD_WRITE_GOLDEN=1``, and then read by a person.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from adapters.articles.memory import MemoryArticleStore
from adapters.lexicons.scenario import Step, read_scenario
from adapters.lexicons.seeds import Seeds, shipped
from adapters.similarity.rapidfuzz_words import similar_words
from domain.errors import NotFoundError
from domain.model.article import Article
from domain.model.commitment import Act
from domain.model.ids import AgentId, TopicId, agent_stream, topic_stream
from domain.positions.differences import Differences
from domain.positions.labels import Label, Stance
from domain.positions.live import LiveStatement
from domain.positions.revisions import Labelled, Revision
from domain.positions.timeline import Position
from domain.services.capturing import ArticleMetadata, capture
from domain.services.histories import Histories, HistoryQuery
from domain.services.import_format import ImportedArticle
from domain.services.importing import Import
from domain.services.playing import Play
from domain.services.proposing import Proposals
from domain.services.replay import Replay
from domain.services.seeding import Seeding
from domain.services.timelines import TimelineQuery, TopicTimeline
from domain.services.transactions import Transactions
from tests.support.desk import Desk, open_desk
from tests.support.seeds import SEEDS
from tests.support.stores import SteppingClock

FOLDER = shipped() / "demo"
GOLDEN = Path(__file__).parent / "demo" / "lake-ardan.txt"
LAKE = TopicId("lake-ardan")
REAL = ("fr", "en", "ru", "uk", "ar")


class NoIdentifier:
    """The scenario names the language of each article."""

    def identify(self, text: str) -> tuple[str, float]:
        """Identify nothing."""
        raise AssertionError(text)


def article_of(text: str, told: ArticleMetadata) -> Article:
    """Return the article of a text whose language is told."""
    return capture(text, told, NoIdentifier())


def player(desk: Desk) -> Play:
    """Seed the scenario's topic and agents at a desk, and return what plays it."""
    seeds = Seeds((FOLDER,))
    seeding = Seeding(desk.log, desk.views, desk.projector)
    seeding.ensure([terms.topic() for terms in seeds.topics], seeds.agents)
    texts, clock = MemoryArticleStore(), SteppingClock()
    imports = Import(desk.recording, texts, article_of, clock)
    return Play(desk.log, desk.correct, imports)


@pytest.fixture(scope="module")
def steps() -> Sequence[Step]:
    """Return the steps of the scenario."""
    return read_scenario(FOLDER / "scenario")


@pytest.fixture(scope="module")
def desk(steps: Sequence[Step]) -> Iterator[Desk]:
    """Return a desk at which the scenario was played once."""
    with open_desk() as opened:
        assert player(opened)(steps) == len(steps)
        yield opened


def read(desk: Desk) -> TopicTimeline:
    """Return the timeline of the scenario's topic."""
    return desk.timelines.read(TimelineQuery(topic=LAKE))


def lines(found: TopicTimeline) -> Iterator[str]:
    """Yield a timeline as a person reads it: a line a position, its words below."""
    words = {s.id: s.statement.attribution.words for s in found.statements}
    for each in found.positions:
        days = str(each.earliest)
        if each.latest != each.earliest:
            days += f"/{each.latest}"
        step = each.transition
        yield (
            f"{each.question} | {each.holder} | {days} | {value(each)} | "
            f"{step.rule} {step.label.value}"
        )
        yield from sorted(f"    {words[statement]}" for statement in each.statements)
    for aside in found.asides:
        yield f"beside: {aside.reason.value} | {aside.question} | {aside.holder}"
        yield f"    {words[aside.statement]}"


def value(position: Position) -> str:
    """Return a value in short."""
    held = position.value
    if not isinstance(held, Stance):
        return held.value
    return f"{held.commitment:+d} {' '.join(held.conditions)}".strip()


@pytest.mark.golden
def test_the_scenario_gives_the_timeline_that_was_reviewed(desk: Desk) -> None:
    """Every line was read by a person against the articles."""
    told = "\n".join(lines(read(desk))) + "\n"
    if os.environ.get("ONRECORD_WRITE_GOLDEN"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8")


def test_the_scenario_shows_every_label_and_every_act(desk: Desk) -> None:
    """Nothing that the fold can say is left without an example."""
    found = read(desk)
    assert {each.transition.label for each in found.positions} == set(Label)
    acts = {r.act for s in found.statements for r in s.statement.assessment.readings}
    assert acts == set(Act)


def test_the_scenario_is_marked_as_fiction_and_speaks_five_languages(
    desk: Desk,
) -> None:
    """No reader can take it for news; it shows every language that is read."""
    found = read(desk)
    assert found.topic.fiction
    assert "fiction" in found.topic.labels["en"]
    assert {s.statement.attribution.language for s in found.statements} == set(REAL)


def test_one_utterance_in_three_languages_reaffirms_once(desk: Desk) -> None:
    """The speech in parliament is one position with three pieces of evidence."""
    found = read(desk)
    (speech,) = (each for each in found.positions if len(each.statements) == 3)
    assert speech.transition.label is Label.REAFFIRMED
    live = {each.id: each for each in found.statements}
    languages = {
        live[statement].statement.attribution.language
        for statement in speech.statements
    }
    assert languages == {"en", "fr", "ru"}


def test_one_pair_is_proposed_and_linking_it_leaves_the_day_that_both_allow(
    steps: Sequence[Step],
) -> None:
    """Two outlets gave one utterance, one of them without its day."""
    with open_desk() as desk:
        player(desk)(steps)
        proposing = Proposals(desk.log, desk.views, similar_words)
        (pair,) = proposing.of_topic(LAKE).pairs
        assert not pair.conflicts
        assert days_of_the_commitment(desk) == ("2024-08-12", "2024-08-15")
        desk.decide("link", first=pair.first, second=pair.second)
        assert proposing.of_topic(LAKE).pairs == ()
        assert days_of_the_commitment(desk) == ("2024-08-12", "2024-08-12")


def days_of_the_commitment(desk: Desk) -> tuple[str, str]:
    """Return between which days the president came to favour a summit."""
    desk.projector.catch_up()
    (found,) = (
        each
        for each in read(desk).positions
        if each.holder == "dostan" and each.transition.label is Label.COMMITTED
    )
    return str(found.earliest), str(found.latest)


def test_a_late_article_is_read_as_of_the_day_on_which_it_was_spoken(
    desk: Desk, steps: Sequence[Step]
) -> None:
    """What came to light in August stands in January, and was not known before."""
    (late,) = (s for s in read(desk).statements if is_late(s))
    before = TimelineQuery(topic=LAKE, known_at=late.seq - 1)
    then = desk.timelines.read(before).positions
    labels = [p.transition.label for p in then if p.holder == "sorent"]
    assert labels[:2] == [Label.STATED, Label.SOFTENED]
    now = [p.transition.label for p in read(desk).positions if p.holder == "sorent"]
    assert now[:3] == [Label.STATED, Label.REAFFIRMED, Label.SOFTENED]


def is_late(live: LiveStatement) -> bool:
    """Tell whether this is what the minister repeated in January."""
    return live.statement.attribution.words == "Les vannes resteront fermées."


def test_the_scenario_is_played_once_and_goes_on_where_it_stopped(
    steps: Sequence[Step],
) -> None:
    """A second run takes no step; one that was interrupted takes the rest."""
    with open_desk() as desk:
        play = player(desk)
        assert play(steps[:20]) == 20
        assert play(steps) == len(steps) - 20
        head = desk.log.head()
        assert play(steps) == 0
        assert desk.log.head() == head
        assert "\n".join(lines(read(desk))) + "\n" == GOLDEN.read_text(encoding="utf-8")
        assert desk.replays()


def test_a_replay_of_the_topic_has_the_digest_of_its_timeline(desk: Desk) -> None:
    """What a page shows can be compared with what is folded from nothing."""
    found = Replay(desk.log, desk.views).topic(LAKE)
    assert found.equal
    assert found.replayed_digest == read(desk).digest
    known = TimelineQuery(topic=LAKE, known_at=found.seq, holder=AgentId("sorent"))
    assert desk.timelines.read(known).digest == found.replayed_digest


def test_every_agent_and_outlet_of_the_scenario_is_its_own(desk: Desk) -> None:
    """The people of the real seeds are not on its register, nor are its people on theirs."""
    real = {agent.id for agent in SEEDS.agents}
    for agent in Seeds((FOLDER,)).agents:
        assert agent.id not in real
    with pytest.raises(NotFoundError):
        desk.decide("alias", first="sorent", second="peskov", verdict="positive")
    assert not desk.log.version(agent_stream(next(iter(real))))


def test_the_scenario_has_some_thirty_articles_over_nine_months(
    steps: Sequence[Step],
) -> None:
    """Long enough to show a position move."""
    articles = [step for step in steps if isinstance(step, ImportedArticle)]
    assert 30 <= len(articles) <= 40
    months = {str(each.published_at)[:7] for each in articles if each.published_at}
    assert len(months) == 9


def test_at_every_seq_timeline_revisions_and_differences_agree(desk: Desk) -> None:
    """A seq inside a transaction shows what was so before it, wherever it is asked for."""
    histories = Histories(desk.log, desk.views, desk.timelines)
    revisions = histories.revisions(HistoryQuery(topic=LAKE)).revisions
    ends, cut = Transactions(desk.log), 0
    for seq in range(posed_at(desk), desk.log.head() + 1):
        asked = TimelineQuery(topic=LAKE, known_at=seq)
        then = desk.timelines.read(asked)
        assert (then.query, then.seq) == (asked, ends.whole(seq))
        assert read_by(then.positions) == held_at(revisions, seq)
        now = histories.between(asked, asked.model_copy(update={"known_at": then.seq}))
        assert (now.before.positions, now.found) == (then.positions, Differences())
        cut += then.seq < seq
    assert cut > 0


def posed_at(desk: Desk) -> int:
    """Return where the transaction ends that opened the topic."""
    (first, *_) = desk.log.read_stream(topic_stream(LAKE))
    return Transactions(desk.log).end_of(first.seq)


def read_by(positions: Sequence[Position]) -> dict[tuple[str, str, str], Labelled]:
    """Return what each statement reads on a timeline, by question and holder."""
    return {
        (each.question, each.holder, statement): Labelled.of(each)
        for each in positions
        for statement in each.statements
    }


def held_at(
    revisions: Sequence[Revision], seq: int
) -> dict[tuple[str, str, str], Labelled]:
    """Return what each statement reads by the revisions that hold at a seq."""
    return {
        (each.question, each.holder, each.statement): each.labelled
        for each in revisions
        if each.since <= seq and (each.until is None or seq < each.until)
    }
