"""What a parser gives: tokens with their place, lemma, part of speech and head.

One type for all languages and parsers; parts of speech, dependencies and features
are those of Universal Dependencies (https://universaldependencies.org). Heads may
form cycles in what some parsers return: walk trees through ``subtree`` only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line; ``start`` and ``end`` are code points of that line.

    ``head`` is the index of its head in the line (its own for a root), ``feats``
    the morphological features (``{"Gender": "Masc"}``), ``nominative`` the form under
    which an index lists a name, in languages with cases; empty elsewhere.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    dep: str
    head: int
    feats: dict[str, str] = field(default_factory=dict)
    entity: str = ""
    nominative: str = ""


@dataclass(slots=True)
class ParsedLine:
    """One parsed line with its tokens in order, and the sentence each belongs to."""

    text: str
    tokens: Sequence[Token]
    sentences: Sequence[tuple[int, int]]
    """Half-open ranges of token indices."""
    _children: dict[int, list[Token]] | None = None

    def children(self, token: Token) -> list[Token]:
        """Return the tokens whose head this is, in order."""
        if self._children is None:
            children: dict[int, list[Token]] = {}
            for each in self.tokens:
                if each.head != each.index:
                    children.setdefault(each.head, []).append(each)
            self._children = children
        return self._children.get(token.index, [])

    def subtree(self, token: Token) -> list[Token]:
        """Return the token and all below it, in order; safe with cyclic heads."""
        reached = {token.index}
        border = [token]
        while border:
            for child in self.children(border.pop()):
                if child.index not in reached:
                    reached.add(child.index)
                    border.append(child)
        return [self.tokens[index] for index in sorted(reached)]

    def ancestors(self, token: Token) -> Iterator[Token]:
        """Yield the heads above a token, nearest first; safe with cyclic heads."""
        seen = {token.index}
        while token.head not in seen:
            token = self.tokens[token.head]
            seen.add(token.index)
            yield token

    def sentence_of(self, token: Token) -> tuple[int, int]:
        """Return the token range of the sentence that holds a token."""
        return next(s for s in self.sentences if s[0] <= token.index < s[1])


class Parser(Protocol):
    """Parses lines of one language."""

    @property
    def name(self) -> str:
        """Name and version, as events record them."""
        ...

    @property
    def trust(self) -> float:
        """How far its parses are to be trusted, 0 to 1; below 1 is a lower tier."""
        ...

    def parse(self, lines: Sequence[str]) -> list[ParsedLine]:
        """Parse lines, each on its own."""
        ...
