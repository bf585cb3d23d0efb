"""What a statement says on the closed questions of a topic.

For each question, the first reading rule whose words stand in the content answers
it. The holder is the body that a spokesman speaks for, or another agent whose act
the speaker reports, or the speaker. Conditions are named by the vocabulary of the
question; words that the vocabulary lacks stay with the statement.
"""

from __future__ import annotations

from typing import Literal

from domain.attribution.draft import Draft
from domain.attribution.matching import match
from domain.attribution.topic_terms import (
    ConditionTerms,
    QuestionTerms,
    ReadingRule,
    TopicTerms,
)
from domain.model.commitment import (
    Condition,
    Polarity,
    Reading,
    Relation,
)
from domain.model.ids import AgentId
from domain.model.register import AgentRegister
from domain.model.span import Excerpt


def read(
    topic: TopicTerms, draft: Draft, register: AgentRegister
) -> tuple[Reading, ...]:
    """Return the readings of a statement on the questions of a topic."""
    found = []
    for question in topic.questions:
        for rule in question.readings:
            if _applies(rule, draft):
                found.append(_reading(question, rule, draft))
                break
    return tuple(found)


def _applies(rule: ReadingRule, draft: Draft) -> bool:
    assessed, attribution = draft.assessment, draft.attribution
    if draft.relays and rule.holder is None:
        return False  # what somebody else said is no position of the speaker's
    if rule.polarity is not None and rule.polarity is not assessed.polarity:
        return False
    return bool(match(rule.patterns, attribution.words, attribution.language))


def _reading(question: QuestionTerms, rule: ReadingRule, draft: Draft) -> Reading:
    assessed = draft.assessment
    sign = -1 if assessed.polarity is Polarity.NEGATED else 1
    level = sign * assessed.commitment * rule.sign
    holder, relation = _holder(rule, draft)
    return Reading(
        question=question.id,
        holder=holder,
        relation=relation,
        act=rule.act or assessed.act,
        commitment=rule.commitment if rule.commitment is not None else level,
        conditions=_conditions(question, rule, draft),
        rule=f"{question.id}:{rule.id}",
    )


def _holder(
    rule: ReadingRule, draft: Draft
) -> tuple[AgentId | Literal["self"], Relation]:
    who = draft.identification
    if rule.holder is not None and rule.holder != who.agent:
        return rule.holder, Relation.REPORTS_ABOUT
    if who.on_behalf_of_agent is not None:
        return who.on_behalf_of_agent, Relation.SPOKESPERSON_FOR
    return "self", Relation.SELF


def _conditions(
    question: QuestionTerms, rule: ReadingRule, draft: Draft
) -> tuple[Condition, ...]:
    attribution = draft.attribution
    return tuple(
        Condition(id=terms.id, kind=terms.kind, words=_words(terms, draft))
        for terms in question.conditions
        if (not rule.conditions or terms.id in rule.conditions)
        and match(terms.patterns, attribution.words, attribution.language)
    )


def _words(terms: ConditionTerms, draft: Draft) -> Excerpt | None:
    """Return the words of a condition, where exactly one excerpt says it."""
    language = draft.attribution.language
    told = [
        excerpt
        for excerpt in draft.assessment.conditions
        if match(terms.patterns, excerpt.words, language)
    ]
    return told[0] if len(told) == 1 else None
