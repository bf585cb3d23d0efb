"""Statements as plain dictionaries, topic by topic.

It knows nothing of events, registers or read models. A method is named as the decision
is. It raises ``Refused``, or makes it so and returns the commands that undo it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations
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
    readings: list[Reading] = field(default_factory=list)
    taken: int = 0

    def on(self, question: QuestionId) -> list[Reading]:
        """Return what is said on a question, by whomever it is held."""
        return [each for each in self.readings if each.question == question]

    def whose(self, says: Reading) -> str | None:
        """Return who holds what is said, as long as this one speaks."""
        return self.speaker if says.holder == "self" else says.holder

    def change(self, old: list[Reading], *new: Reading) -> None:
        """Say something else, and the rest as before."""
        self.readings = [each for each in self.readings if each not in old] + [*new]


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
        """What a reading is stays: the speaker's own, for a body, or about another.

        Two who hold something on one question are not identified with one another.
        """
        live = self.live(statement)
        after = {
            t: replace(place, readings=place.readings) for t, place in live.items()
        }
        for topic, place in after.items():
            spoken_by(agent, on_behalf_of, place)
            refuse(self.joins(topic, live[topic], place))
        if any(self.joins(topic, place, live[topic]) for topic, place in after.items()):
            before = set()  # they were one holder's, and are not made so again
        else:
            before = {(place.speaker, place.behalf) for place in live.values()}
        for place in live.values():
            spoken_by(agent, on_behalf_of, place)
        return only(
            {"do": "identify", "statement": statement, "agent": a, "on_behalf_of": b}
            for a, b in before
        )

    def joins(self, topic: TopicId, now: Place, then: Place) -> bool:
        """Tell whether two holders on one question that is asked would be one."""
        said = [
            (r.question, now.whose(r) or r.relation, then.whose(will))
            for r, will in zip(now.readings, then.readings, strict=True)
            if r.question is not None and self.asks(topic, r.question)
        ]
        return any(
            one[0] == other[0] and one[1] != other[1] and one[2] == other[2] is not None
            for one, other in combinations(said, 2)
        )

    def hold(
        self, statement: StatementId, holder: str, question: QuestionId | None
    ) -> Undo:
        """A holder is named where there is a reading, and several are not made one."""
        live = self.live(statement)
        meant = [
            (place, each)
            for topic, place in live.items()
            for each in place.readings
            if question in {None, each.question}
            and (topic, each.question) not in self.taken_back
        ]
        refuse(not meant)
        for place, each in meant:
            same = (r for r in place.readings if r.question == each.question)
            refuse(len({place.whose(says) for says in same}) > 1)
        before = [
            {"do": "hold", "statement": statement, "holder": r.holder, "question": q}
            for _, r in meant
            for q in [r.question]
        ]
        for place, each in meant:
            place.change([each], held_by(holder, each, place))
        return before if len(live) == 1 else None

    def assess(self, statement: StatementId, question: QuestionId, **said: Any) -> Undo:
        """What is said on one question is replaced, in each topic that asks it.

        Where several hold something on it, that of one is, who is named; another has
        something beside them if it is told so. Whose it is stays, unless it is told.
        """
        nothing, beside = said["commitment"] is None, said.get("beside", False)
        refuse(nothing and (said["act"] is not Act.ASSERT or bool(said["conditions"])))
        refuse(beside and (nothing or not said["holder"]))
        live = self.live(statement)
        asking = [place for topic, place in live.items() if self.asks(topic, question)]
        refuse(not asking)
        held = any(own(place, place.on(question), said["holder"]) for place in asking)
        alone = nothing or beside or held
        old = [
            replaced(place, place.on(question), said["holder"], alone)
            for place in asking
        ]
        for place, was in zip(asking, old, strict=True):
            place.change(
                was, *([] if nothing else [says_now(place, question, was, said)])
            )
        about = {"do": "assess", "statement": statement, "question": question}
        if len(asking) > 1:
            return None
        if not old[0]:
            new = asking[0].on(question)[-1].holder if not nothing else said["holder"]
            return [] if nothing else [about | _said(None) | {"holder": new}]
        several = len({asking[0].whose(each) for each in old[0]}) < len(old[0])
        back = [about | _said(each) | {"beside": nothing} for each in old[0]]
        return None if several else back

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
        self.places[statement].setdefault(topic, replace(source, readings=[]))
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
        topics: dict[TopicId, list[Reading]],
    ) -> None:
        """What stands is judged as it is told; what was withdrawn stays so."""
        refuse(told.spoken_at == BEYOND)
        refuse(
            any(
                r.question is None or not self.asks(t, r.question)
                for t, says in topics.items()
                for r in says
            )
        )
        known, live = self.places.setdefault(statement, {}), self.on_record(statement)
        if known and not live:
            return
        for place in live.values():
            place.spoken_at = told.spoken_at
            spoken_by(told.speaker, told.behalf, place)
        for topic, answers in (topics or {UNFILED: []}).items():
            if topic in live:
                live[topic].readings = [*answers]
            elif topic not in known and not (topic == UNFILED and live):
                known[topic] = replace(told, readings=[*answers])
                self.put(statement, topic)


def spoken_by(agent: str | None, behalf: str | None, place: Place) -> None:
    """Name the speaker; what is said as one's own or for a body follows."""
    place.speaker, place.behalf = agent, behalf
    follow = {Relation.SELF: "self", Relation.SPOKESPERSON_FOR: behalf or "self"}
    place.readings = [
        says.model_copy(update={"holder": follow.get(says.relation, says.holder)})
        for says in place.readings
    ]


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


def replaced(
    place: Place, says: list[Reading], holder: str | None, alone: bool
) -> list[Reading]:
    """Return what an assessment replaces; ``alone``: of who is named, and of nobody else."""
    if holder is None:
        refuse(not alone and len({place.whose(each) for each in says}) > 1)
        return says
    refuse(not alone and len({place.whose(each) for each in says}) > 1)
    return own(place, says, holder) if alone else says


def own(place: Place, says: list[Reading], holder: str | None) -> list[Reading]:
    """Return what a holder who is named holds."""
    named = place.speaker if holder == "self" else holder
    return [each for each in says if holder and place.whose(each) == named]


def says_now(
    place: Place, question: QuestionId, was: list[Reading], said: dict[str, Any]
) -> Reading:
    """Return what is said now, by whom it was held or by who is named."""
    says = reading(
        said["commitment"],
        act=said["act"],
        question=question,
        conditions=said["conditions"],
    )
    if said["holder"] or not was:
        return held_by(said["holder"] or "self", says, place)
    as_before = {"holder": was[0].holder, "relation": was[0].relation}
    return says.model_copy(update=as_before)


def _said(says: Reading | None) -> Told:
    """Return how a reading is said in a decision."""
    if says is None:
        return {
            "commitment": None,
            "act": Act.ASSERT,
            "conditions": [],
            "holder": None,
        }
    conditions = [each.id for each in says.conditions]
    told = {"commitment": says.commitment, "act": says.act, "holder": says.holder}
    return told | {"conditions": conditions}
