"""All decisions as a state machine against plain dictionaries.

The model knows nothing of events, registers or read models: what is said of each
statement, which pairs are linked, which questions are asked, who is judged to be
whom. What it gives by hand is compared with what is served after every step.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from domain.errors import InvalidInputError, NotFoundError
from domain.model.commitment import Act, Reading, Relation
from domain.model.ids import AgentId, QuestionId, StatementId
from domain.model.moment import Moment
from domain.positions.timeline import Timeline
from tests.properties import by_hand
from tests.properties.by_hand import Told
from tests.support.desk import AGENTS, PUBLISHED, open_desk
from tests.support.facts import OTHER_QUESTION, QUESTION, TOPIC, reading, statement_of
from tests.support.histories import moments

STATEMENTS = st.integers(0, 5).map(statement_of)
WHO = st.sampled_from(AGENTS)
MAYBE = st.one_of(st.none(), WHO)
QUESTIONS = st.sampled_from([QUESTION, OTHER_QUESTION])
CONDITIONS = st.sets(st.sampled_from(["toll-first", "both-sides"])).map(sorted)
LAST_DAY = date.fromisoformat(PUBLISHED)
BEYOND = (LAST_DAY + timedelta(days=1)).isoformat()


@dataclass
class Statement:
    """What the model holds of a statement."""

    spoken_at: str | None
    speaker: str | None
    readings: list[Reading]
    behalf: str | None = None
    live: bool = True


@dataclass
class Model:
    """The record as plain dictionaries."""

    statements: dict[StatementId, Statement] = field(default_factory=dict)
    same: set[frozenset[StatementId]] = field(default_factory=set)
    taken_back: set[QuestionId] = field(default_factory=set)
    judged: dict[frozenset[str], str] = field(default_factory=dict)

    def is_live(self, *statements: StatementId) -> bool:
        """Tell whether all of these are on record."""
        return all(s in self.statements and self.statements[s].live for s in statements)

    def joined(self, first: StatementId, second: StatementId) -> bool:
        """Tell whether two statements on record are one utterance."""
        on_record = [s for s, told in self.statements.items() if told.live]
        parts = by_hand.components(on_record, lambda a, b: {a, b} in self.same)
        return any({first, second} <= part for part in parts)

    def standing(self) -> dict[AgentId, AgentId]:
        """Return who stands for whom."""
        parts = by_hand.components(
            AGENTS, lambda a, b: self.judged.get(frozenset((a, b))) == "positive"
        )
        return {AgentId(each): AgentId(min(part)) for part in parts for each in part}

    def contradicts_itself(self) -> bool:
        """Tell whether some who are judged to be two stand for one another."""
        stands = self.standing()
        return any(
            len({stands[AgentId(each)] for each in pair}) == 1
            for pair, verdict in self.judged.items()
            if verdict == "negative"
        )

    def told(self) -> dict[StatementId, Told]:
        """Return what is on record, each with the days of its utterance."""
        alone = {
            statement: Told(
                by_hand.days_of(Moment.parse(s.spoken_at) if s.spoken_at else None),
                AgentId(s.speaker) if s.speaker else None,
                tuple(s.readings),
            )
            for statement, s in self.statements.items()
            if s.live
        }
        return by_hand.linked(alone, self.same)


class DecisionMachine(RuleBasedStateMachine):
    """Records and decides in any order; what the model forbids must be refused."""

    @initialize()
    def open(self) -> None:
        """Open a desk without statements."""
        self.stack = ExitStack()
        self.desk = self.stack.enter_context(open_desk())
        self.model = Model()

    def teardown(self) -> None:
        """Fold from nothing once more, and close."""
        if hasattr(self, "stack"):
            with self.stack:
                assert self.desk.replays()

    def decide(self, allowed: bool, do: str, **told: object) -> bool:
        """Decide, or see it refused with nothing added; tell which."""
        head = self.desk.log.head()
        if allowed:
            self.desk.decide(do, **told)
            return True
        with pytest.raises((InvalidInputError, NotFoundError)):
            self.desk.decide(do, **told)
        assert self.desk.log.head() == head
        return False

    @rule(
        number=st.integers(0, 5),
        spoken_at=moments(),
        speaker=MAYBE,
        commitment=st.integers(-3, 3),
        holder=st.sampled_from(["self", *AGENTS]),
        question=QUESTIONS,
    )
    def record(
        self,
        number: int,
        spoken_at: str | None,
        speaker: str | None,
        commitment: int,
        holder: str,
        question: QuestionId,
    ) -> None:
        """A statement is recorded once."""
        if statement_of(number) in self.model.statements:
            return
        says = reading(commitment, holder=holder, question=question)
        says = says.model_copy(update={"relation": relation(holder, speaker, None)})
        recorded = self.desk.record(number, spoken_at, says, speaker=speaker)
        self.model.statements[recorded] = Statement(spoken_at, speaker, [says])

    @rule(statement=STATEMENTS, spoken_at=st.one_of(moments(), st.just(BEYOND)))
    def date(self, statement: StatementId, spoken_at: str | None) -> None:
        """A date holds until the next; one after publication is refused."""
        allowed = self.model.is_live(statement) and spoken_at != BEYOND
        if self.decide(allowed, "date", statement=statement, spoken_at=spoken_at):
            self.model.statements[statement].spoken_at = spoken_at

    @rule(statement=STATEMENTS, agent=MAYBE, behalf=MAYBE)
    def identify(
        self, statement: StatementId, agent: str | None, behalf: str | None
    ) -> None:
        """Readings follow the speaker, but for those that report about another."""
        if not self.decide(
            self.model.is_live(statement),
            "identify",
            statement=statement,
            agent=agent,
            on_behalf_of=behalf,
        ):
            return
        of = self.model.statements[statement]
        of.speaker, of.behalf = agent, behalf
        of.readings = [follows(r, behalf) for r in of.readings]

    @rule(statement=STATEMENTS, holder=WHO, question=st.one_of(st.none(), QUESTIONS))
    def hold(
        self, statement: StatementId, holder: str, question: QuestionId | None
    ) -> None:
        """A holder is named where there is a reading."""
        of = self.model.statements.get(statement)
        meant = [r for r in of.readings if question in {None, r.question}] if of else []
        allowed = self.model.is_live(statement) and bool(meant)
        told = {"statement": statement, "holder": holder, "question": question}
        if self.decide(allowed, "hold", **told) and of is not None:
            of.readings = [
                held(r, holder, of) if r in meant else r for r in of.readings
            ]

    @rule(
        statement=STATEMENTS,
        question=QUESTIONS,
        commitment=st.one_of(st.none(), st.integers(-3, 3)),
        act=st.sampled_from([Act.ASSERT, Act.ASSERT, Act.WITHDRAW]),
        conditions=CONDITIONS,
        holder=st.sampled_from(["self", *AGENTS]),
    )
    def assess(
        self,
        statement: StatementId,
        question: QuestionId,
        commitment: int | None,
        act: Act,
        conditions: list[str],
        holder: str,
    ) -> None:
        """What is said on one question is replaced; other questions keep theirs."""
        model = self.model
        asked = question not in model.taken_back
        if not self.decide(
            model.is_live(statement) and asked,
            "assess",
            statement=statement,
            question=question,
            commitment=commitment,
            act=act,
            conditions=conditions,
            holder=holder,
        ):
            return
        of = model.statements[statement]
        of.readings = [r for r in of.readings if r.question != question]
        if commitment is not None:
            says = reading(
                commitment, act=act, question=question, conditions=conditions
            )
            of.readings.append(held(says, holder, of))

    @rule(statement=STATEMENTS)
    def withdraw(self, statement: StatementId) -> None:
        """What is on record can be withdrawn, once."""
        allowed = self.model.is_live(statement)
        if self.decide(allowed, "withdraw", statement=statement):
            self.model.statements[statement].live = False

    @rule(statement=STATEMENTS)
    def reinstate(self, statement: StatementId) -> None:
        """What was withdrawn can be put back, with all that was decided."""
        known = statement in self.model.statements
        allowed = known and not self.model.is_live(statement)
        if self.decide(allowed, "reinstate", statement=statement):
            self.model.statements[statement].live = True

    @rule(first=STATEMENTS, second=STATEMENTS)
    def link(self, first: StatementId, second: StatementId) -> None:
        """Two become one utterance; a cycle is refused, the same link adds nothing."""
        model, pair = self.model, frozenset((first, second))
        linked = pair in model.same
        allowed = first != second and model.is_live(first, second)
        allowed = allowed and (linked or not model.joined(first, second))
        if self.decide(allowed, "link", first=first, second=second):
            model.same.add(pair)

    @rule(first=STATEMENTS, second=STATEMENTS)
    def unlink(self, first: StatementId, second: StatementId) -> None:
        """Unlinking takes apart what was linked directly."""
        model, pair = self.model, frozenset((first, second))
        allowed = first != second and model.is_live(first, second)
        allowed = allowed and (pair in model.same or not model.joined(first, second))
        if self.decide(allowed, "unlink", first=first, second=second):
            model.same.discard(pair)

    @rule(question=QUESTIONS)
    def take_back(self, question: QuestionId) -> None:
        """A question that is asked can be taken back."""
        allowed = question not in self.model.taken_back
        if self.decide(allowed, "withdraw-question", topic=TOPIC, question=question):
            self.model.taken_back.add(question)

    @precondition(lambda self: self.model.taken_back)
    @rule(question=QUESTIONS)
    def ask_again(self, question: QuestionId) -> None:
        """A question that was taken back can be asked again."""
        allowed = question in self.model.taken_back
        if self.decide(allowed, "reinstate-question", topic=TOPIC, question=question):
            self.model.taken_back.discard(question)

    @rule(
        pair=st.sets(WHO, min_size=2, max_size=2).map(sorted),
        verdict=st.sampled_from(["positive", "negative", "unsure"]),
    )
    def judge(self, pair: list[str], verdict: str) -> None:
        """Judgements replace one another; one that contradicts the others is refused."""
        judged = self.model.judged
        after = Model(judged={**judged, frozenset(pair): verdict})
        first, second = pair
        told = {"first": second, "second": first, "verdict": verdict}
        if self.decide(not after.contradicts_itself(), "alias", **told):
            judged[frozenset(pair)] = verdict

    @invariant()
    def serves_what_the_model_says(self) -> None:
        """Blocks, holders and what stands beside the line are those worked out by hand."""
        if not hasattr(self, "desk"):
            return
        positions, asides = self.desk.timeline()
        line = Timeline(positions=tuple(positions), asides=tuple(asides))
        model = self.model
        expected = by_hand.arrange(model.told(), model.taken_back, model.standing())
        assert by_hand.served(line) == expected


def relation(holder: str, speaker: str | None, behalf: str | None) -> Relation:
    """Return how a speaker stands to a holder."""
    if holder in {"self", speaker}:
        return Relation.SELF
    return Relation.SPOKESPERSON_FOR if holder == behalf else Relation.REPORTS_ABOUT


def follows(says: Reading, behalf: str | None) -> Reading:
    """Return a reading as held when another speaks: what sort it is stays."""
    holder = {
        Relation.SELF: "self",
        Relation.SPOKESPERSON_FOR: behalf or "self",
        Relation.REPORTS_ABOUT: says.holder,
    }[says.relation]
    return says.model_copy(update={"holder": holder})


def held(says: Reading, holder: str, of: Statement) -> Reading:
    """Return a reading with another holder."""
    how = relation(holder, of.speaker, of.behalf)
    return says.model_copy(update={"holder": holder, "relation": how})


TestDecisions = pytest.mark.slow(DecisionMachine.TestCase)
TestDecisions.settings = settings(
    stateful_step_count=20, suppress_health_check=[HealthCheck.too_slow]
)
