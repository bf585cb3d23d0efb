"""The bodies that an article names: full names, acronyms, and who "the company" is.

1. "Union des ports (UDP)": the brackets tell how the body is called from then on.
2. A body noun with a capital opens a name ("Institut du port"); so does a name that the
   parser takes for an organisation.
3. "l'institut" goes back to the last body whose name holds the noun; "le groupe",
   "the company" and their like to the last body named, whatever its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.names import is_capital
from domain.attribution.phrases import core_end, phrase_end, word

_LONGEST = 12
"""Tokens of a name before its acronym: else a flood of capitals takes its square."""
_ACRONYM = range(2, 9)
"""Letters of an acronym."""


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body where it is named: its name as an index lists it, and its words."""

    at: int
    name: str
    words: frozenset[str]


class BodyNames:
    """The bodies of one article, in the order of their mentions."""

    def __init__(self, lines: Sequence[Line], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._acronyms: dict[str, str] = {}
        self._found: list[BodyName] = []
        for line in lines:
            self._read(line)

    def full(self, name: str) -> str:
        """Return the full name of an acronym, and any other name without its brackets."""
        bare = name.partition(" (")[0] if name.endswith(")") else name
        return self._acronyms.get(bare.upper(), bare)

    def meant(self, noun: str, before: int) -> str | None:
        """Return the body that a definite noun goes back to, if one was named."""
        named = [each for each in reversed(self._found) if each.at < before]
        same = next((each.name for each in named if noun in each.words), None)
        if same is not None or noun not in self._lexicon.roles.generic_bodies:
            return same
        return next((each.name for each in named), None)

    def _read(self, line: Line) -> None:
        at, limit = 0, len(line.tokens)
        while at < limit:
            end = self._end(line, at, limit)
            if end == at:
                at += 1
                continue
            acronym = _bracketed(line, end)
            name = line.named(at, end)
            if acronym:
                self._acronyms[acronym.upper()] = name
            words = {t.lemma.lower() for t in line.tokens[at:end]}
            words |= {t.text.lower() for t in line.tokens[at:end]}
            place = line.place(line.tokens[at]).start
            self._found.append(BodyName(place, name, frozenset(words)))
            at = end

    def _end(self, line: Line, at: int, limit: int) -> int:
        """Return where the name of a body ends that begins here, ``at`` if none does."""
        token, roles = line.tokens[at], self._lexicon.roles
        if at in line.temporal or not is_capital(token) or token.pos == "DET":
            return at
        noun = token.lemma.lower() in roles.bodies or token.text.lower() in roles.bodies
        if noun:
            end = phrase_end(line, at, limit, self._lexicon, appositions=False)
        elif token.entity.startswith("ORG"):
            end = at
            while end < limit and line.tokens[end].entity.startswith("ORG"):
                end += 1
        else:
            end = core_end(line, at, min(limit, at + _LONGEST), self._lexicon)
            end = end if _bracketed(line, end) else at
        while end > at and line.tokens[end - 1].pos == "PUNCT":
            end -= 1
        opened = [i for i in range(at, end) if word(line, i) == "("]
        return opened[0] if opened else end


def _bracketed(line: Line, at: int) -> str:
    """Return the acronym in brackets that stands here, nothing if none does."""
    if word(line, at) != "(" or word(line, at + 2) != ")":
        return ""
    text = line.tokens[at + 1].text
    return text if len(text) in _ACRONYM and text.isupper() else ""
