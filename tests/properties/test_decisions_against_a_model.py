"""All decisions as a state machine against a record that is kept by hand."""

from __future__ import annotations

from copy import deepcopy
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from adapters.articles.memory import MemoryArticleStore
from domain.decisions.commands import COMMANDS
from domain.errors import InvalidInputError, NotFoundError
from domain.events.agent import Verdict
from domain.events.topic import LinkKind
from domain.model.article import Article
from domain.model.commitment import Act
from domain.model.ids import UNFILED, AgentId, QuestionId, TopicId
from domain.model.topic import QuestionKind
from domain.services.capturing import ArticleMetadata
from domain.services.import_format import ImportedArticle
from domain.services.importing import Import
from tests.properties.deciding import (
    AT_TIMES,
    TOPICS,
    Deciding,
    happened,
    offered,
    question_of,
)
from tests.properties.register_by_hand import Refused
from tests.properties.statements_by_hand import BEYOND, Place, held_by
from tests.support.desk import AGENTS, OTHER_TOPIC, PUBLISHED
from tests.support.facts import (
    OTHER_QUESTION,
    QUESTION,
    TESTER,
    TOPIC,
    reading,
    statement_of,
)
from tests.support.histories import moments
from tests.support.stores import SteppingClock

EVERY = range(3)
NUMBERS = st.sampled_from([0, 0, 0, 1, 1, 2])
STATEMENTS = NUMBERS.map(statement_of)
WHO = st.sampled_from(AGENTS)
HOLDERS = st.sampled_from(["self", *AGENTS])
MAYBE = st.one_of(st.none(), WHO)
WHEN = st.one_of(moments(), moments(), st.just(BEYOND))
WHERE = st.sampled_from(TOPICS)
FILED = st.sampled_from(
    [(TOPIC, OTHER_TOPIC), (TOPIC, OTHER_TOPIC), (TOPIC,), (OTHER_TOPIC,), (UNFILED,)]
)
SOMEWHERE = st.sampled_from([None, None, *TOPICS])
ASKING = st.sampled_from([TOPIC, OTHER_TOPIC])
QUESTIONS = st.sampled_from([QUESTION, OTHER_QUESTION])
COMMITMENT = st.integers(-3, 3)
CONDITIONS = st.sets(st.sampled_from(["toll-first", "both-sides"])).map(sorted)
ANSWERS = st.dictionaries(QUESTIONS, COMMITMENT, max_size=2)
CAPTURED = (
    FILED,
    moments(),
    MAYBE,
    ANSWERS,
    st.lists(HOLDERS, min_size=1, max_size=2, unique=True),
)
"""Where a statement is filed, when it was spoken, by whom; what it says, of whom."""
PAIR = {"first": STATEMENTS, "second": STATEMENTS}
ASKED = {"topic": ASKING, "question": QUESTIONS}
LABELS = st.sampled_from(
    [question_of(each)["labels"] for each in (QUESTION, OTHER_QUESTION)]
)
HOLDING = {
    "agent": WHO,
    "post": st.just("harbour-master"),
    "organisation": st.just("harbour-office"),
    "held": st.sampled_from(["2031-02-01/2031-02-05", "2031-02-05/.."]),
}


def article_of(text: str, told: ArticleMetadata) -> Article:
    """Return an article in French."""
    return Article(text=text, language="fr", published_at=told.published_at)


class DecisionMachine(Deciding):
    """Records, imports and decides in any order, from a record of two statements."""

    @initialize(said=st.tuples(*[st.tuples(*CAPTURED)] * 2))
    def begin(self, said: tuple[tuple[Any, ...], ...]) -> None:
        """There is something to decide about."""
        self.open()
        for number, each in enumerate(said):
            self.capture(number, *each)

    @precondition(lambda self: len(self.by_hand.places) < len(EVERY))
    @rule(said=st.tuples(*CAPTURED))
    def record(self, said: tuple[Any, ...]) -> None:
        """One more statement is captured."""
        known = self.by_hand.places
        self.capture(
            min(each for each in EVERY if statement_of(each) not in known), *said
        )

    def capture(
        self,
        number: int,
        topics: tuple[TopicId, ...],
        spoken_at: str | None,
        speaker: str | None,
        says: dict[QuestionId, int],
        holders: list[str],
    ) -> None:
        """Capture a statement, with what it says of each holder where that is asked."""
        places = self.by_hand.places[statement_of(number)] = {}
        for topic in topics:
            place = places[topic] = Place(spoken_at, speaker)
            for (question, said), holder in product(says.items(), holders):
                if self.by_hand.asks(topic, question):
                    answer = reading(said, question=question)
                    place.readings.append(held_by(holder, answer, place))
            self.desk.record(
                number, spoken_at, *place.readings, topic=topic, speaker=speaker
            )
        self.changed()

    @rule(
        number=NUMBERS,
        spoken_at=WHEN,
        agent=MAYBE,
        behalf=MAYBE,
        holder=HOLDERS,
        topics=st.dictionaries(ASKING, ANSWERS, max_size=2),
    )
    def import_(
        self,
        number: int,
        spoken_at: str | None,
        agent: str | None,
        behalf: str | None,
        holder: str,
        topics: dict[TopicId, dict[QuestionId, int]],
    ) -> None:
        """What an analyst hands in replaces what is held of it, or is refused whole."""
        told = Place(spoken_at, agent, behalf)
        answers = {
            topic: [
                held_by(holder, reading(said, question=question), told)
                for question, said in says.items()
            ]
            for topic, says in topics.items()
        }
        head = self.desk.log.head()
        handed_in = imported(number, told, holder, topics)
        kept = deepcopy(self.by_hand)
        try:
            self.by_hand.hand_in(statement_of(number), told, answers)
        except Refused:
            self.by_hand = kept
            with pytest.raises((InvalidInputError, NotFoundError)):
                self.importing(handed_in, actor=TESTER)
            assert self.desk.log.head() == head
            happened("import: refused")
        else:
            self.importing(handed_in, actor=TESTER)
            happened("import: taken")
            self.changed()

    @property
    def importing(self) -> Import:
        """Return what imports."""
        desk = self.desk
        texts, clock = MemoryArticleStore(), SteppingClock()
        return Import(desk.recording, texts, article_of, clock)

    date = offered("date", statement=STATEMENTS, spoken_at=WHEN)
    identify = offered(
        "identify", statement=STATEMENTS, agent=MAYBE, on_behalf_of=MAYBE
    )
    hold = offered(
        "hold",
        statement=STATEMENTS,
        holder=HOLDERS,
        question=st.one_of(st.none(), QUESTIONS),
    )
    assess = offered(
        "assess",
        statement=STATEMENTS,
        question=QUESTIONS,
        commitment=st.one_of(st.none(), COMMITMENT),
        act=st.sampled_from([Act.ASSERT, Act.ASSERT, Act.WITHDRAW]),
        conditions=CONDITIONS,
        holder=st.one_of(st.none(), HOLDERS),
        beside=AT_TIMES,
    )
    withdraw = offered("withdraw", statement=STATEMENTS, topic=SOMEWHERE)
    reinstate = offered("reinstate", statement=STATEMENTS, topic=SOMEWHERE)
    file = offered("file", statement=STATEMENTS, topic=WHERE)
    link = offered("link", **PAIR, kind=st.sampled_from(LinkKind))
    unlink = offered("unlink", **PAIR)
    pose = offered("pose", **ASKED, kind=st.sampled_from(QuestionKind), labels=LABELS)
    withdraw_question = offered("withdraw-question", **ASKED)
    reinstate_question = precondition(lambda self: self.by_hand.taken_back)(
        offered("reinstate-question", **ASKED)
    )
    alias = offered("alias", first=WHO, second=WHO, verdict=st.sampled_from(Verdict))
    role = offered(
        "role",
        **HOLDING,
        source=st.sampled_from(["almanac", "gazette"]),
        titles=st.sampled_from([{}, {}, {"en": ["master of the port"]}]),
    )
    withdraw_role = precondition(lambda self: self.by_hand.sources)(
        offered("withdraw-role", **HOLDING)
    )
    reinstate_role = precondition(lambda self: self.by_hand.sources)(
        offered("reinstate-role", **HOLDING)
    )


def imported(
    number: int,
    told: Place,
    holder: str,
    topics: dict[TopicId, dict[QuestionId, int]],
) -> ImportedArticle:
    """Return the invented article with a number, and its one statement, as handed in."""
    statement = {
        "content": [[0, 4]],
        "spoken_at": told.spoken_at,
        "agent": told.speaker,
        "on_behalf_of_agent": told.behalf,
        "topics": list(topics),
        "readings": [
            {"topic": t, "question": q, "commitment": said, "holder": AgentId(holder)}
            for t, says in topics.items()
            for q, said in says.items()
        ],
    }
    article = {"language": "fr", "text": f"Article {number}", "published_at": PUBLISHED}
    return ImportedArticle.model_validate(article | {"statements": [statement]})


FIRST, SECOND = {"statement": statement_of(0)}, {"statement": statement_of(1)}
BOTH = {"first": statement_of(0), "second": statement_of(1)}
POSED = {"topic": OTHER_TOPIC, "question": OTHER_QUESTION}
MASTER = {
    "agent": "vesna-orlin",
    "post": "harbour-master",
    "organisation": "harbour-office",
    "held": "2031-02-05/..",
}
SAID = {"commitment": -2, "act": Act.ASSERT, "conditions": [], "holder": "self"}
BESIDE = {"holder": "pilots", "beside": True}
NOTHING = {"commitment": None, "beside": False}
EACH: list[tuple[str, dict[str, Any]]] = [
    ("date", FIRST | {"spoken_at": "2031-02-03"}),
    ("identify", FIRST | {"agent": "tarek-mool", "on_behalf_of": None}),
    ("hold", FIRST | {"holder": "harbour-office", "question": QUESTION}),
    ("assess", FIRST | {"question": QUESTION} | SAID),
    ("assess", FIRST | {"question": QUESTION} | SAID | BESIDE),
    ("assess", FIRST | {"question": QUESTION} | SAID | BESIDE | NOTHING),
    ("file", FIRST | {"topic": OTHER_TOPIC}),
    ("withdraw", FIRST | {"topic": OTHER_TOPIC}),
    ("withdraw", FIRST | {"topic": None}),
    ("reinstate", FIRST | {"topic": None}),
    ("reinstate", FIRST | {"topic": OTHER_TOPIC}),
    ("file", SECOND | {"topic": TOPIC}),
    ("link", BOTH | {"kind": LinkKind.SAME_STATEMENT}),
    ("unlink", BOTH),
    ("pose", POSED | question_of(OTHER_QUESTION)),
    ("reinstate-question", POSED),
    ("withdraw-question", POSED),
    ("alias", {"first": "tarek-mool", "second": "vesna-orlin", "verdict": "positive"}),
    ("role", MASTER | {"source": "almanac", "titles": {}}),
    ("reinstate-role", MASTER),
    ("withdraw-role", MASTER),
]
"""Each decision once at least, on a statement in a topic and one that is unfiled."""


def test_each_decision_is_taken_back_by_those_that_undo_it() -> None:
    """One after another, each leads to what is kept by hand, and back.

    A question that was taken back is not posed again, but reinstated.
    """
    machine = DecisionMachine()
    spoken = ("2031-02-01", "vesna-orlin", {QUESTION: 3}, ["self"])
    try:
        machine.begin(said=(((TOPIC,), *spoken), ((UNFILED,), *spoken)))
        for do, told in EACH:
            machine.decide(do, **told)
            assert machine.undo, do
            machine.take_back()
            machine.decide(do, **told)
    finally:
        machine.teardown()
    assert {do for do, _ in EACH} == {
        each.model_fields["do"].default for each in COMMANDS
    }


def test_each_decision_has_its_rule() -> None:
    """A new command is tried, and kept by hand, or this is red."""
    decisions = {each.model_fields["do"].default.replace("-", "_") for each in COMMANDS}
    rules = {each.function.__name__ for each in DecisionMachine.setup_state().rules}
    assert decisions | {"record", "import_"} == rules


TestDecisions = pytest.mark.slow(DecisionMachine.TestCase)
TestDecisions.settings = settings(
    stateful_step_count=30, suppress_health_check=[HealthCheck.too_slow]
)
