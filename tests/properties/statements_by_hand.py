"""Statements as plain dictionaries, topic by topic.

It knows nothing of events, registers or read models. A method is named as the decision
is. It raises ``Refused``, or makes it so and returns the commands that undo it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from domain.model.commitment import Act, Reading, Relation
from domain.model.ids import UNFILED, QuestionId, StatementId, TopicId
from tests.properties.register_by_hand import (
    Register,
    Told,
    Undo,
    refuse,
)
from tests.support.desk import PUBLISHED
from tests.support.facts import reading

BEYOND = (date.fromisoformat(PUBLISHED) + timedelta(days=1)).isoformat()
"""A day after every publication."""


@dataclass
class Place:
    """A statement as it stands in one topic.

    ``taken`` numbers the decision that took it out; 0 while it is on record.
    """

    spoken_at: str | None
    speaker: str | None
    behalf: str | None = None
    readings: dict[QuestionId, Reading] = field(default_factory=dict)
    taken: int = 0


class Statements(Register):
    """Where each statement stands, and what is held of it there."""

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[StatementId, dict[TopicId, Place]] = {}
        self.withdrawals = 0

    def on_record(self, statement: StatementId) -> dict[TopicId, Place]:
        """Return where a statement is on record."""
        return {t: p for t, p in self.places.get(statement, {}).items() if not p.taken}

    def live(self, statement: StatementId) -> dict[TopicId, Place]:
        """Return where a statement is on record, which it must be."""
        found = self.on_record(statement)
        refuse(not found)
        return found

    def date(self, statement: StatementId, spoken_at: str | None) -> Undo:
        """A date holds in every topic that carries the statement."""
        live = self.live(statement)
        refuse(spoken_at == BEYOND)
        before = {place.spoken_at for place in live.values()}
        for place in live.values():
            place.spoken_at = spoken_at
        return only(
            {"do": "date", "statement": statement, "spoken_at": each} for each in before
        )

    def identify(
        self, statement: StatementId, agent: str | None, on_behalf_of: str | None
    ) -> Undo:
        """What a reading is stays: the speaker's own, for a body, or about another."""
        live = self.live(statement)
        before = {(place.speaker, place.behalf) for place in live.values()}
        for place in live.values():
            spoken_by(agent, on_behalf_of, place)
        return only(
            {"do": "identify", "statement": statement, "agent": a, "on_behalf_of": b}
            for a, b in before
        )

    def hold(
        self, statement: StatementId, holder: str, question: QuestionId | None
    ) -> Undo:
        """A holder is named where there is a reading."""
        live = self.live(statement)
        meant = [
            (place, each)
            for place in live.values()
            for each in place.readings
            if question in {None, each}
        ]
        refuse(not meant)
        before = [
            hold
            for place, each in meant
            for hold in holding(statement, {each: place.readings[each]})
        ]
        for place, each in meant:
            place.readings[each] = held_by(holder, place.readings[each], place)
        return before if len(live) == 1 else None

    def assess(self, statement: StatementId, question: QuestionId, **said: Any) -> Undo:
        """What is said on one question is replaced, in each topic that asks it.

        Whose it is stays as it was, unless it is told.
        """
        nothing = said["commitment"] is None
        refuse(nothing and (said["act"] is not Act.ASSERT or bool(said["conditions"])))
        live = self.live(statement)
        asking = [place for topic, place in live.items() if self.asks(topic, question)]
        refuse(not asking)
        before = [place.readings.pop(question, None) for place in asking]
        for place, was in () if nothing else zip(asking, before, strict=True):
            says = reading(
                said["commitment"],
                act=said["act"],
                question=question,
                conditions=said["conditions"],
            )
            place.readings[question] = (
                held_by(said["holder"] or "self", says, place)
                if said["holder"] or was is None
                else says.model_copy(
                    update={"holder": was.holder, "relation": was.relation}
                )
            )
        about = {"do": "assess", "statement": statement, "question": question}
        return [about | _said(before[0])] if len(asking) == 1 else None

    def withdraw(self, statement: StatementId, topic: TopicId | None) -> Undo:
        """What is on record can be withdrawn, once."""
        live = self.live(statement)
        taken = [place for each, place in live.items() if topic in {None, each}]
        refuse(not taken)
        self.take(*taken)
        return [{"do": "reinstate", "statement": statement, "topic": topic}]

    def reinstate(self, statement: StatementId, topic: TopicId | None) -> Undo:
        """Without a topic, it comes back where the last withdrawal took it out."""
        claimed = self.on_record(statement).keys() - {UNFILED}
        out = {
            each: place.taken
            for each, place in self.places.get(statement, {}).items()
            if place.taken
            and topic in {None, each}
            and not (each == UNFILED and claimed)
        }
        refuse(not out)
        last = max(out.values())
        return self.put(statement, *(each for each in out if out[each] == last))

    def file(self, statement: StatementId, topic: TopicId) -> Undo:
        """It comes back as it was there; new there, it answers nothing yet."""
        live = self.live(statement)
        refuse(topic == UNFILED and UNFILED not in live)
        if topic in live:
            return []
        (source, *_) = live.values()
        self.places[statement].setdefault(topic, replace(source, readings={}))
        return self.put(statement, topic)

    def put(self, statement: StatementId, *topics: TopicId) -> Undo:
        """Put a statement on record in topics: claimed by one, it leaves ``unfiled``.

        Who spoke and when is what was judged where it was on record meanwhile.
        """
        places = self.places[statement]
        # on record, or on record last: there it was judged last
        last = max(places.values(), key=lambda each: (not each.taken, each.taken))
        for place in (places[each] for each in topics):
            place.taken, place.spoken_at = 0, last.spoken_at
            spoken_by(last.speaker, last.behalf, place)
        undo = [{"do": "withdraw", "statement": statement, "topic": t} for t in topics]
        left = UNFILED in self.on_record(statement) and topics != (UNFILED,)
        if left:
            self.take(places[UNFILED])
            undo.append({"do": "reinstate", "statement": statement, "topic": UNFILED})
        return undo

    def take(self, *places: Place) -> None:
        """Take a statement out of topics."""
        self.withdrawals += 1
        for place in places:
            place.taken = self.withdrawals

    def hand_in(
        self,
        statement: StatementId,
        told: Place,
        topics: dict[TopicId, dict[QuestionId, Reading]],
    ) -> None:
        """What stands is judged as it is told; what was withdrawn stays so."""
        refuse(told.spoken_at == BEYOND)
        refuse(
            any(not self.asks(t, q) for t, answers in topics.items() for q in answers)
        )
        known, live = self.places.setdefault(statement, {}), self.on_record(statement)
        if known and not live:
            return
        for place in live.values():
            place.spoken_at = told.spoken_at
            spoken_by(told.speaker, told.behalf, place)
        for topic, answers in (topics or {UNFILED: {}}).items():
            if topic in live:
                live[topic].readings = dict(answers)
            elif topic not in known and not (topic == UNFILED and live):
                known[topic] = replace(told, readings=dict(answers))
                self.put(statement, topic)


def spoken_by(agent: str | None, behalf: str | None, place: Place) -> None:
    """Name the speaker; what is said as one's own or for a body follows."""
    place.speaker, place.behalf = agent, behalf
    follow = {Relation.SELF: "self", Relation.SPOKESPERSON_FOR: behalf or "self"}
    for question, says in place.readings.items():
        holder = follow.get(says.relation, says.holder)
        place.readings[question] = says.model_copy(update={"holder": holder})


def held_by(holder: str, says: Reading, place: Place) -> Reading:
    """Return a reading with another holder."""
    how = Relation.REPORTS_ABOUT
    if holder in {"self", place.speaker}:
        how = Relation.SELF
    elif holder == place.behalf:
        how = Relation.SPOKESPERSON_FOR
    return says.model_copy(update={"holder": holder, "relation": how})


def only(commands: Iterable[Told]) -> Undo:
    """Return the only one of these commands; None if there are several."""
    listed = list(commands)
    return listed if len(listed) == 1 else None


def holding(statement: StatementId, readings: dict[QuestionId, Reading]) -> list[Told]:
    """Return the decisions that name the holders of readings as they are."""
    return [
        {"do": "hold", "statement": statement, "holder": r.holder, "question": q}
        for q, r in readings.items()
    ]


def _said(says: Reading | None) -> Told:
    """Return how a reading is said in a decision."""
    if says is None:
        return {
            "commitment": None,
            "act": Act.ASSERT,
            "conditions": [],
            "holder": "self",
        }
    conditions = [each.id for each in says.conditions]
    told = {"commitment": says.commitment, "act": says.act, "holder": says.holder}
    return told | {"conditions": conditions}
