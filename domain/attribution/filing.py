"""Under which topics a statement is filed, and why.

Rules, the first that files wins
1. ``content``: a topic's words stand in what was said.
2. ``theme``: they stand in the phrase that says what the sentence is about; a phrase
   that no topic claims leaves the statement unfiled.
3. ``coordinated``: the statement goes on with the one before it in its sentence.
4. ``paragraph``: an earlier statement of its paragraph is filed there.
5. ``predecessor``: the statement before it is filed there (a follow-up names less);
   from paragraph to paragraph a topic is handed on once, not for ever.
6. ``unfiled``: no topic claims it; it is kept and can be filed later.
"""

from __future__ import annotations

from collections.abc import Sequence

from domain.attribution.draft import Draft
from domain.attribution.matching import Matched, match
from domain.attribution.questions import read
from domain.attribution.topic_terms import TopicTerms
from domain.model.article import Article
from domain.model.extraction import Filed
from domain.model.ids import UNFILED, TopicId
from domain.model.register import AgentRegister
from domain.model.statement import Filing

Claims = dict[TopicId, Matched]
Past = tuple[Draft, tuple[Filed, ...]]
"""An earlier statement, and where it is filed."""


class Filer:
    """Files the statements of an article, in their order."""

    def __init__(self, topics: Sequence[TopicTerms], register: AgentRegister) -> None:
        self._topics = {TopicId(topic.id): topic for topic in topics}
        self._register = register

    def __call__(
        self, drafts: Sequence[Draft], article: Article
    ) -> Sequence[tuple[Filed, ...]]:
        """Return for each statement the topics that it is filed under, with readings."""
        told: list[tuple[Filed, ...]] = []
        near: list[Past] = []  # of this paragraph; first perhaps the last one before it
        for draft in drafts:
            if near and near[-1][0].paragraph != draft.paragraph:
                del near[:-1]
            rule, claims = self._claims(draft, near)
            filed = tuple(
                self._filed(topic, rule, matched, draft)
                for topic, matched in claims.items()
            )
            near.append((draft, filed))
            told.append(filed)
        return told

    def _claims(self, draft: Draft, near: Sequence[Past]) -> tuple[str, Claims]:
        language = draft.attribution.language
        if claims := self._match(draft.attribution.words, language):
            return "content", claims
        if draft.theme:
            claims = self._match(draft.theme.words, language)
            return ("theme", claims) if claims else ("unfiled", {UNFILED: ()})
        rule, topics = _inherited(draft, near)
        return rule, dict.fromkeys(topics, ())

    def _match(self, words: str, language: str) -> Claims:
        """Return the topics whose words stand in a text: the most specific matches."""
        found = {
            topic: matched
            for topic, terms in self._topics.items()
            if (matched := match(terms.patterns, words, language))
        }
        most = max((len(matched) for matched in found.values()), default=0)
        return {topic: m for topic, m in found.items() if len(m) == most}

    def _filed(
        self, topic: TopicId, rule: str, matched: Matched, draft: Draft
    ) -> Filed:
        terms = self._topics.get(topic)
        readings = read(terms, draft, self._register) if terms is not None else ()
        return Filed(
            topic=topic,
            filing=Filing(rule=f"filed-by-{rule}", matched=matched),
            assessment=draft.assessment.model_copy(update={"readings": readings}),
        )


def _inherited(draft: Draft, near: Sequence[Past]) -> tuple[str, Sequence[TopicId]]:
    """Return the topics of an earlier statement, and why this one goes with it."""
    for other, where in reversed(near):
        if other.sentence == draft.sentence and (topics := _topics(where)):
            return "coordinated", topics
    for other, where in reversed(near):
        if other.paragraph == draft.paragraph and (topics := _topics(where)):
            return "paragraph", topics
    for other, where in near[-1:]:
        if not _is_handed_on(where, other, draft) and (topics := _topics(where)):
            return "predecessor", topics
    return "unfiled", (UNFILED,)


def _topics(where: Sequence[Filed]) -> list[TopicId]:
    return [each.topic for each in where if each.topic != UNFILED]


def _is_handed_on(where: Sequence[Filed], other: Draft, draft: Draft) -> bool:
    """Tell whether a statement of another paragraph has its topic from before itself."""
    rules = {each.filing.rule for each in where}
    return "filed-by-predecessor" in rules and other.paragraph != draft.paragraph
