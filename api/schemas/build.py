"""From the domain's values to the shapes of the API, with labels in one language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from msgspec.structs import asdict

from api.schemas import outer, written
from api.schemas.places import marked
from domain.events.base import Actor, Stored
from domain.model.agent import Agent
from domain.model.extraction import tier_of
from domain.model.ids import AgentId, QuestionId, StatementId
from domain.model.span import Excerpt
from domain.model.topic import Labels, Question
from domain.positions.explain import explain
from domain.positions.holders import stood_for
from domain.positions.labels import Stance
from domain.positions.live import LiveStatement
from domain.positions.timeline import Aside, Position, Reason
from domain.projections.articles import ArticleRow
from domain.projections.topics import TopicSummary
from domain.services.ingest import Ingested

Evidence = Mapping[StatementId, LiveStatement]
"""The statements that positions rest on, by their ids."""


def label_of(labels: Labels, language: str, fallback: str) -> str:
    """Return a label in the language, in English, or any."""
    return (
        labels.get(language)
        or labels.get("en")
        or next(iter(labels.values()), fallback)
    )


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds shapes; knows agents, the questions of a topic, and the language."""

    agents: Mapping[AgentId, Agent]
    questions: Mapping[QuestionId, Question]
    language: str = "en"

    def topic(self, topic: TopicSummary) -> outer.TopicOut:
        """Return a topic."""
        return outer.TopicOut(
            id=topic.id,
            label=label_of(topic.labels, self.language, topic.id),
            labels=topic.labels,
            fiction=topic.fiction,
            questions=tuple(self._question(q) for q in topic.questions),
            statements=topic.statements,
            positions=topic.positions,
            changes=topic.changes,
            articles=topic.articles,
            earliest=topic.earliest,
            latest=topic.latest,
            seq=topic.seq,
            version=topic.version,
        )

    def position(self, position: Position, evidence: Evidence) -> outer.PositionOut:
        """Return a position with its label, and whom its evidence names."""
        value, step = position.value, position.transition
        stance = value if isinstance(value, Stance) else None
        question, holder = self.question(position.question), self.agent(position.holder)
        others = tuple(self.agent(each) for each in stood_for(position, evidence))
        return outer.PositionOut(
            question=question,
            holder=holder,
            stands_for=others,
            earliest=position.earliest,
            latest=position.latest,
            value="stance" if isinstance(value, Stance) else value.value,
            commitment=stance.commitment if stance else None,
            conditions=stance.conditions if stance else (),
            label=step.label.value,
            rule=step.rule,
            explanation=explain(
                position,
                holder=holder.label,
                question=question.label,
                stands_for=[each.label for each in others],
                language=self.language,
            ),
            delta=outer.DeltaOut(**asdict(step.delta)) if step.delta else None,
            evidence=position.statements,
            previous_evidence=position.previous_evidence,
            chained=position.chained,
        )

    def aside(self, aside: Aside, evidence: Evidence) -> outer.AsideOut:
        """Return evidence beside the line, and which of its questions are gone."""
        live = evidence[aside.statement]
        answers_none = aside.reason is Reason.NO_READING
        return outer.AsideOut(
            taken_back=tuple(map(self.question, gone_of(live) if answers_none else ())),
            statement=aside.statement,
            reason=aside.reason.value,
            question=self.question(aside.question) if aside.question else None,
            holder=self.agent(aside.holder) if aside.holder else None,
        )

    def agent(self, agent: AgentId) -> outer.Named:
        """Return an agent by its label."""
        return outer.Named(id=agent, label=self.name(agent))

    def name(self, agent: AgentId) -> str:
        """Return what a reader calls an agent."""
        known = self.agents.get(agent)
        return known.label(self.language) if known else agent

    def question(self, question: QuestionId) -> outer.QuestionOut:
        """Return a question by its label."""
        known = self.questions.get(question)
        if known is None:
            return outer.QuestionOut(id=question, kind="state", label=question)
        return self._question(known)

    def _question(self, question: Question) -> outer.QuestionOut:
        label = label_of(question.labels, self.language, question.id)
        return outer.QuestionOut(id=question.id, kind=question.kind.value, label=label)


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


def gone_of(live: LiveStatement) -> Iterator[QuestionId]:
    """Yield the questions that a statement answered and that are not asked any more."""
    readings = live.statement.assessment.readings
    for reading, folded in zip(readings, live.readings, strict=True):
        if folded.question is None and reading.question is not None:
            yield reading.question


def by_id(statements: Iterable[LiveStatement]) -> Evidence:
    """Return statements by their ids."""
    return {each.id: each for each in statements}


def article(row: ArticleRow, text: str | None) -> outer.ArticleOut:
    """Return an article."""
    captured = row.captured
    return outer.ArticleOut(
        id=captured.article,
        language=captured.language,
        title=captured.title,
        outlet=captured.outlet,
        url=captured.url,
        published_at=str(captured.published_at) if captured.published_at else None,
        published_at_basis=captured.published_at_basis,
        published_at_note=captured.published_at_note,
        recorded_at=row.recorded_at,
        extractor=captured.extractor,
        tier=tier_of(captured.extractor),
        text=text,
        boilerplate=marked(captured.boilerplate),
        skipped=marked(captured.skipped),
        statements=captured.statements,
        revisions=row.revisions,
    )


def event(stored: Stored) -> outer.EventOut:
    """Return a raw event; bytes that are no JSON are shown as text."""
    try:
        state: object = json.loads(stored.state)
    except ValueError:
        state = stored.state.decode(errors="backslashreplace")
    return outer.EventOut(
        seq=stored.seq,
        stream=stored.stream,
        version=stored.version,
        name=stored.name,
        stored=state,
    )


def agent(known: Agent, language: str) -> outer.AgentOut:
    """Return an agent of the register."""
    return outer.AgentOut(
        id=known.id,
        kind=known.kind.value,
        label=known.label(language),
        labels=known.labels,
        names=tuple(alias.form for alias in known.aliases),
        roles=tuple(f"{r.post} of {r.organisation}, {r.held}" for r in known.roles),
    )


def ingested(done: Ingested) -> written.IngestedOut:
    """Return what handing in an article came to."""
    return written.IngestedOut(
        article=done.article,
        outcome=done.outcome.value,
        events=done.events,
        statements=done.statements,
        topics={str(topic): n for topic, n in done.topics.items()},
        skipped=done.skipped,
        boilerplate=done.boilerplate,
        differs=done.differs,
        seq=done.seq,
    )


def actor_told(actor: Actor) -> str:
    """Return who or what decided: its kind, name and version."""
    return f"{actor.kind.value} {actor.name} {actor.version or ''}".strip()


def excerpt(found: Excerpt) -> outer.ExcerptOut:
    """Return words at their place."""
    return outer.ExcerptOut(start=found.start, end=found.end, words=found.words)
