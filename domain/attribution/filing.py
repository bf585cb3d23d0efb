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


class Filer:
    """Files the statements of an article, in their order."""

    def __init__(self, topics: Sequence[TopicTerms], register: AgentRegister) -> None:
        self._topics = {TopicId(topic.id): topic for topic in topics}
        self._register = register

    def __call__(
        self, drafts: Sequence[Draft], article: Article
    ) -> Sequence[tuple[Filed, ...]]:
        """Return for each statement the topics that it is filed under, with readings."""
        filed: list[tuple[Filed, ...]] = []
        for number, draft in enumerate(drafts):
            rule, claims = self._claims(draft, drafts[:number], filed)
            filed.append(
                tuple(
                    self._filed(topic, rule, matched, draft)
                    for topic, matched in claims.items()
                )
            )
        return filed

    def _claims(
        self, draft: Draft, earlier: Sequence[Draft], filed: Sequence[tuple[Filed, ...]]
    ) -> tuple[str, Claims]:
        language = draft.attribution.language
        if claims := self._match(draft.attribution.words, language):
            return "content", claims
        if draft.theme:
            claims = self._match(draft.theme.words, language)
            return ("theme", claims) if claims else ("unfiled", {UNFILED: ()})
        places = (
            ("coordinated", lambda other: other.sentence == draft.sentence),
            ("paragraph", lambda other: other.paragraph == draft.paragraph),
            ("predecessor", lambda other: True),
        )
        for rule, applies in places:
            for other, where in zip(reversed(earlier), reversed(filed), strict=True):
                topics = [each.topic for each in where if each.topic != UNFILED]
                if rule == "predecessor" and _is_handed_on(where, other, draft):
                    break
                if topics and applies(other):
                    return rule, dict.fromkeys(topics, ())
                if rule == "predecessor":
                    break
        return "unfiled", {UNFILED: ()}

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


def _is_handed_on(where: Sequence[Filed], other: Draft, draft: Draft) -> bool:
    """Tell whether a statement of another paragraph has its topic from before itself."""
    rules = {each.filing.rule for each in where}
    return "filed-by-predecessor" in rules and other.paragraph != draft.paragraph
