"""From what changed on record to the shapes of the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from api.schemas import history
from api.schemas.build import Builder
from domain.model.agent import Agent
from domain.model.ids import AgentId
from domain.positions.explain_revision import cause_in_words, explain_revision
from domain.positions.labels import Stance
from domain.positions.proposals import Proposal
from domain.positions.revisions import Cause, Labelled, Revision
from domain.projections.topics import TopicSummary
from domain.services.histories import History, Mentioned, TopicDifferences
from domain.services.timelines import TopicTimeline


def builder_of(
    agents: Mapping[AgentId, Agent], topics: Iterable[TopicSummary], language: str
) -> Builder:
    """Return a builder that knows all questions of topics, those taken back too."""
    questions = {
        question.id: question
        for topic in topics
        for question in (*topic.withdrawn_questions, *topic.questions)
    }
    return Builder(agents, questions, language)


def revisions(found: History, builder: Builder) -> history.HistoryOut:
    """Return revisions and the statements that they are about."""
    return history.HistoryOut(
        revisions=tuple(_revision(each, builder) for each in found.revisions),
        statements=tuple(_mentioned(each) for each in found.statements),
    )


def differences(found: TopicDifferences, builder: Builder) -> history.DifferencesOut:
    """Return what differs, and the statements of it."""
    told, topic = found.found, found.after.topic.id
    return history.DifferencesOut(
        before=_side(found.before),
        after=_side(found.after),
        added=tuple(builder.position(each) for each in told.added),
        gone=tuple(builder.position(each) for each in told.gone),
        changed=tuple(
            history.ChangedPositionOut(
                before=builder.position(each.before),
                after=builder.position(each.after),
                aspects=tuple(aspect.value for aspect in each.aspects),
            )
            for each in told.changed
        ),
        asides_added=tuple(builder.aside(each) for each in told.asides_added),
        asides_gone=tuple(builder.aside(each) for each in told.asides_gone),
        statements=tuple(builder.statement(s, topic) for s in found.statements),
        withdrawn=found.withdrawn,
    )


def proposal(found: Proposal) -> history.ProposalOut:
    """Return two statements that may be one utterance."""
    return history.ProposalOut(
        first=found.first,
        second=found.second,
        similarity=found.similarity,
        conflicts=tuple(each.value for each in found.conflicts),
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
        cause=_cause(revision.cause, revision, builder.language),
        ended_by=_cause(over, revision, builder.language) if over is not None else None,
        explanation=explain_revision(revision, language=builder.language),
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


def _cause(cause: Cause, revision: Revision, language: str) -> history.CauseOut:
    actor = f"{cause.actor.kind.value} {cause.actor.name} {cause.actor.version or ''}"
    return history.CauseOut(
        seq=cause.seq,
        event=cause.event,
        name=cause.name,
        actor=actor.strip(),
        recorded_at=cause.recorded_at,
        statements=cause.statements,
        reason=cause.reason,
        told=cause_in_words(cause, revision, language=language),
    )


def _mentioned(found: Mentioned) -> history.MentionedOut:
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
