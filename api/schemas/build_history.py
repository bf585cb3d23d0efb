"""From what changed on record to the shapes of the API."""

from __future__ import annotations

from api.schemas import history
from api.schemas.build import Builder, actor_told, by_id, label_of
from api.schemas.build_statement import statement_out
from api.schemas.in_context import DecidedOut
from api.schemas.outer import Named
from domain.model.ids import StatementId
from domain.positions.cause_wording import cause_in_words
from domain.positions.causes import Cause
from domain.positions.explain_revision import explain_revision
from domain.positions.labels import Stance
from domain.positions.proposals import Proposal
from domain.positions.revisions import Labelled, Revision
from domain.projections.topics import TopicSummary
from domain.services.causes import Mentioned
from domain.services.histories import History, TopicDifferences
from domain.services.statements import Decided
from domain.services.timelines import TopicTimeline


def revisions(found: History, builder: Builder) -> history.HistoryOut:
    """Return revisions and the statements that they are about."""
    return history.HistoryOut(
        revisions=tuple(_revision(each, builder) for each in found.revisions),
        statements=tuple(mentioned(each) for each in found.statements),
    )


def differences(found: TopicDifferences, builder: Builder) -> history.DifferencesOut:
    """Return what differs, and the statements of it."""
    told, topic = found.found, found.after.topic.id
    old, new = by_id(found.before.statements), by_id(found.after.statements)
    return history.DifferencesOut(
        before=_side(found.before),
        after=_side(found.after),
        added=tuple(builder.position(each, new) for each in told.added),
        gone=tuple(builder.position(each, old) for each in told.gone),
        changed=tuple(
            history.ChangedPositionOut(
                before=builder.position(each.before, old),
                after=builder.position(each.after, new),
                aspects=tuple(aspect.value for aspect in each.aspects),
            )
            for each in told.changed
        ),
        asides_added=tuple(builder.aside(each, new) for each in told.asides_added),
        asides_gone=tuple(builder.aside(each, old) for each in told.asides_gone),
        statements=tuple(statement_out(s, topic, builder) for s in found.statements),
        withdrawn=found.withdrawn,
    )


def proposal(found: Proposal) -> history.ProposalOut:
    """Return two statements that may be one utterance."""
    return history.ProposalOut(
        first=found.first,
        second=found.second,
        similarity=found.similarity,
        conflicts=tuple(each.value for each in found.conflicts),
        versions=found.versions,
    )


def _revision(revision: Revision, builder: Builder) -> history.RevisionOut:
    over, before = revision.ended_by, revision.before
    return history.RevisionOut(
        question=builder.question(revision.question),
        holder=builder.agent(revision.holder),
        statement=revision.statement,
        now=_labelled(revision.labelled),
        before=_labelled(before) if before is not None else None,
        since=revision.since,
        until=revision.until,
        cause=cause(revision.cause, revision.statement, builder),
        ended_by=cause(over, revision.statement, builder) if over is not None else None,
        explanation=explain_revision(
            revision, names=builder.name, language=builder.language
        ),
    )


def _labelled(labelled: Labelled) -> history.LabelledOut:
    value = labelled.value
    stance = value if isinstance(value, Stance) else None
    return history.LabelledOut(
        label=labelled.label.value,
        again=labelled.again,
        value="stance" if isinstance(value, Stance) else value.value,
        commitment=stance.commitment if stance else None,
        conditions=stance.conditions if stance else (),
    )


def cause(found: Cause, statement: StatementId, builder: Builder) -> history.CauseOut:
    """Return a cause as seen from a statement."""
    told = cause_in_words(
        found, statement, names=builder.name, language=builder.language
    )
    return history.CauseOut(
        seq=found.seq,
        event=found.event,
        name=found.name,
        happening=found.happening.value,
        actor=actor_told(found.actor),
        recorded_at=found.recorded_at,
        statements=found.statements,
        agents=found.agents,
        reason=found.reason,
        told=told,
    )


def decided(
    found: Decided, statement: StatementId, topic: TopicSummary, builder: Builder
) -> DecidedOut:
    """Return a decision on a statement in a topic."""
    label = label_of(topic.labels, builder.language, topic.id)
    told = cause(found.cause, statement, builder)
    return DecidedOut(topic=Named(id=topic.id, label=label), **dict(told))


def mentioned(found: Mentioned) -> history.MentionedOut:
    """Return a statement that is spoken of."""
    return history.MentionedOut(
        id=found.id,
        words=found.attribution.words,
        language=found.attribution.language,
        kind=found.attribution.kind.value,
        on_record=found.on_record,
    )


def _side(found: TopicTimeline) -> history.SideOut:
    return history.SideOut(
        as_of=found.query.as_of,
        known_at=found.query.known_at,
        seq=found.seq,
        digest=found.digest if found.query.as_of is None else None,
    )
