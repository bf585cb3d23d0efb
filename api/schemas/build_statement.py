"""From a statement as it stands to its shape in the API."""

from __future__ import annotations

from collections.abc import Iterable

from api.schemas import outer
from api.schemas.build import Builder, actor_told, excerpt
from domain.model.commitment import Reading
from domain.model.review import to_review
from domain.model.span import Excerpt
from domain.model.statement import Frame
from domain.positions.live import FoldedReading, LiveStatement


def statement_out(
    live: LiveStatement, topic: str, builder: Builder
) -> outer.StatementOut:
    """Return a statement with its judgements in force."""
    statement = live.statement
    found, said = statement.attribution, statement.assessment
    return outer.StatementOut(
        id=live.id,
        topic=topic,
        article=statement.article,
        language=found.language,
        kind=found.kind.value,
        words=found.words,
        content=tuple(excerpt(each) for each in found.content),
        cue=_maybe(found.cue),
        source=_maybe(found.source),
        frame=_frame(found.frame),
        inherited=_frame(found.inherited),
        speaker=_speaker(live, builder),
        spoken_at=_spoken_at(live),
        act=said.act.value,
        polarity=said.polarity.value,
        commitment=said.commitment,
        conditions=tuple(excerpt(each) for each in said.conditions),
        readings=tuple(
            _reading(each, folded, live, builder)
            for each, folded in zip(said.readings, live.readings, strict=True)
        ),
        filed_by=live.filing.rule,
        filed_on=live.filing.matched,
        decisions=tuple(_decisions(live)),
        linked=live.linked,
        rule=found.rule,
        confidence=found.confidence,
        review=to_review(statement),
        recorded_at=live.recorded_at,
        seq=live.seq,
    )


def _speaker(live: LiveStatement, builder: Builder) -> outer.SpeakerOut:
    who = live.statement.identification
    behalf = None
    if who.on_behalf_of_agent is not None:
        behalf = builder.agent(who.on_behalf_of_agent)
    elif who.on_behalf_of is not None:
        behalf = outer.Named(id=None, label=who.on_behalf_of)
    agent = builder.agent(who.agent) if who.agent else None
    return outer.SpeakerOut(
        name=agent.label if agent and who.speaker == who.agent else who.speaker,
        agent=agent,
        resolution=who.resolution.value,
        role_as_stated=who.role_as_stated,
        on_behalf_of=behalf,
        rule=who.rule,
        confidence=who.confidence,
    )


def _reading(
    reading: Reading, folded: FoldedReading, live: LiveStatement, builder: Builder
) -> outer.ReadingOut:
    """Return a reading with what became of its question and its holder."""
    who = live.statement.identification
    named = reading.whose(who.agent)
    holder = named if folded.holder == "self" else folded.holder
    gone = reading.question if folded.question is None else None
    return outer.ReadingOut(
        question=builder.question(folded.question) if folded.question else None,
        taken_back=builder.question(gone) if gone else None,
        holder=builder.agent(holder)
        if holder is not None
        else outer.Named(id=None, label=who.speaker or "unnamed"),
        named=builder.agent(named) if named not in (None, holder) else None,
        relation=reading.relation.value,
        act=reading.act.value,
        commitment=reading.commitment,
        conditions=tuple(
            outer.ConditionOut(
                id=each.id,
                kind=each.kind.value,
                words=each.words.words if each.words else None,
            )
            for each in reading.conditions
        ),
        rule=reading.rule,
    )


def _maybe(found: Excerpt | None) -> outer.ExcerptOut | None:
    return excerpt(found) if found is not None else None


def _frame(frame: Frame) -> outer.FrameOut:
    return outer.FrameOut(
        addressee=_maybe(frame.addressee),
        medium=_maybe(frame.medium),
        occasion=_maybe(frame.occasion),
    )


def _spoken_at(live: LiveStatement) -> outer.SpokenAtOut:
    dating = live.statement.dating
    moment = dating.spoken_at
    return outer.SpokenAtOut(
        edtf=str(moment) if moment else None,
        earliest=moment.earliest if moment else None,
        latest=moment.latest if moment else None,
        basis=dating.basis.value,
        raw=dating.raw,
        rule=dating.rule,
        confidence=dating.confidence,
    )


def _decisions(live: LiveStatement) -> Iterable[outer.DecisionOut]:
    for each in live.decisions:
        yield outer.DecisionOut(
            of=each.of.value,
            event=each.event,
            seq=each.seq,
            actor=actor_told(each.actor),
            reason=each.reason,
        )
