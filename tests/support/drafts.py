"""Statements on their way, made by hand from a text: no parser takes part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain.attribution.draft import Draft
from domain.model.commitment import Act, Polarity
from domain.model.ids import AgentId
from domain.model.span import Excerpt, Span
from domain.model.statement import (
    Assessment,
    Attribution,
    Frame,
    Identification,
    Kind,
    Resolution,
)


@dataclass(frozen=True)
class Told:
    """A text in which words are found again."""

    text: str

    def span(self, words: str) -> Span:
        """Return where words stand that stand there once."""
        assert self.text.count(words) == 1, words
        start = self.text.index(words)
        return Span(start, start + len(words))

    def excerpt(self, words: str | None) -> Excerpt | None:
        """Return the excerpt of words, if there are any."""
        return Excerpt.cut(self.text, self.span(words)) if words else None

    def line(self, at: int) -> Span:
        """Return the line around a place."""
        start = self.text.rfind("\n", 0, at) + 1
        end = self.text.find("\n", at)
        return Span(start, end if end >= 0 else len(self.text))

    def draft(
        self,
        content: str,
        *,
        reporting: Iterable[str] = (),
        sentence: str | None = None,
        speaker: str | None = "Vesna Orlin",
        agent: str | None = None,
        speaks_for: str | None = None,
        source: str | None = None,
        theme: str | None = None,
        occasion: str | None = None,
        act: Act = Act.ASSERT,
        polarity: Polarity = Polarity.AFFIRMED,
        commitment: int = 3,
        conditions: Iterable[str] = (),
        relays: bool = False,
    ) -> Draft:
        """Return a statement with this content; its paragraph is its line."""
        span = self.span(content)
        line = self.line(span.start)
        return Draft(
            relays=relays,
            attribution=Attribution(
                language="fr",
                kind=Kind.INDIRECT,
                content=(Excerpt.cut(self.text, span),),
                cue=None,
                source=self.excerpt(source),
                frame=Frame(occasion=self.excerpt(occasion)),
                rule="test",
                confidence=1,
            ),
            identification=Identification(
                speaker=speaker,
                agent=AgentId(agent) if agent else None,
                resolution=Resolution.NAME if speaker else Resolution.UNNAMED,
                on_behalf_of=speaks_for,
                on_behalf_of_agent=AgentId(speaks_for) if speaks_for else None,
                rule="test",
                confidence=1,
            ),
            assessment=Assessment(
                act=act,
                polarity=polarity,
                commitment=commitment,
                conditions=tuple(
                    Excerpt.cut(self.text, self.span(each)) for each in conditions
                ),
                rule="test",
                confidence=1,
            ),
            paragraph=line,
            sentence=self.span(sentence) if sentence else line,
            reporting=tuple(self.span(words) for words in reporting),
            theme=self.excerpt(theme),
        )
