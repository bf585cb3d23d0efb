"""From the domain's values to the shapes of the API, with labels in one language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from msgspec.structs import asdict

from api.schemas import outer, written
from api.schemas.places import marked
from domain.events.base import Stored
from domain.model.agent import Agent
from domain.model.extraction import tier_of
from domain.model.ids import AgentId, QuestionId
from domain.model.review import to_review
from domain.model.span import Excerpt
from domain.model.statement import Frame
from domain.model.topic import Labels, Question
from domain.positions.explain import explain
from domain.positions.labels import Stance
from domain.positions.live import FoldedReading, LiveStatement
from domain.positions.timeline import Aside, Position
from domain.projections.articles import ArticleRow
from domain.projections.topics import TopicSummary
from domain.services.ingest import Ingested


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

    def position(self, position: Position) -> outer.PositionOut:
        """Return a position with its label."""
        value, step = position.value, position.transition
        stance = value if isinstance(value, Stance) else None
        question, holder = self.question(position.question), self.agent(position.holder)
        return outer.PositionOut(
            question=question,
            holder=holder,
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
                language=self.language,
            ),
            delta=outer.DeltaOut(**asdict(step.delta)) if step.delta else None,
            evidence=position.statements,
            previous_evidence=position.previous_evidence,
            chained=position.chained,
        )

    def aside(self, aside: Aside) -> outer.AsideOut:
        """Return evidence beside the line."""
        return outer.AsideOut(
            statement=aside.statement,
            reason=aside.reason.value,
            question=self.question(aside.question) if aside.question else None,
            holder=self.agent(aside.holder) if aside.holder else None,
        )

    def statement(self, live: LiveStatement, topic: str) -> outer.StatementOut:
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
            speaker=self._speaker(live),
            spoken_at=_spoken_at(live),
            act=said.act.value,
            polarity=said.polarity.value,
            commitment=said.commitment,
            conditions=tuple(excerpt(each) for each in said.conditions),
            readings=tuple(self._reading(r, live) for r in live.readings),
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

    def agent(self, agent: AgentId) -> outer.Named:
        """Return an agent by its label."""
        known = self.agents.get(agent)
        return outer.Named(
            id=agent, label=known.label(self.language) if known else agent
        )

    def question(self, question: QuestionId) -> outer.QuestionOut:
        """Return a question by its label."""
        known = self.questions.get(question)
        if known is None:
            return outer.QuestionOut(id=question, kind="state", label=question)
        return self._question(known)

    def _question(self, question: Question) -> outer.QuestionOut:
        label = label_of(question.labels, self.language, question.id)
        return outer.QuestionOut(id=question.id, kind=question.kind.value, label=label)

    def _speaker(self, live: LiveStatement) -> outer.SpeakerOut:
        who = live.statement.identification
        behalf = None
        if who.on_behalf_of_agent is not None:
            behalf = self.agent(who.on_behalf_of_agent)
        elif who.on_behalf_of is not None:
            behalf = outer.Named(id=None, label=who.on_behalf_of)
        agent = self.agent(who.agent) if who.agent else None
        return outer.SpeakerOut(
            name=agent.label if agent and who.speaker == who.agent else who.speaker,
            agent=agent,
            resolution=who.resolution.value,
            role_as_stated=who.role_as_stated,
            on_behalf_of=behalf,
            rule=who.rule,
            confidence=who.confidence,
        )

    def _reading(self, reading: FoldedReading, live: LiveStatement) -> outer.ReadingOut:
        who = live.statement.identification
        named = who.agent if reading.holder == "self" else AgentId(reading.holder)
        holder = outer.Named(id=None, label=who.speaker or "unnamed")
        if named is not None:
            holder = self.agent(named)
        return outer.ReadingOut(
            question=self.question(reading.question) if reading.question else None,
            holder=holder,
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
        seq=done.seq,
    )


def excerpt(found: Excerpt) -> outer.ExcerptOut:
    """Return words at their place."""
    return outer.ExcerptOut(start=found.start, end=found.end, words=found.words)


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
        actor = f"{each.actor.kind.value} {each.actor.name} {each.actor.version or ''}"
        yield outer.DecisionOut(
            of=each.of.value,
            event=each.event,
            seq=each.seq,
            actor=actor.strip(),
            reason=each.reason,
        )
