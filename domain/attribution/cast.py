"""Who appears in an article: full names, and the roles that appositions give them.

Read once from the whole article, before any source is resolved: a surname or "the
minister" may point back or, in a headline style, forward. What an article calls
somebody is kept as it stands and never written to the register of agents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.parsing import Token
from domain.model.register import AgentRegister, fold_name

_INSIDE = {"DET", "NOUN", "PROPN", "ADJ", "ADP", "NUM", "X"}


@dataclass(frozen=True, slots=True)
class Description:
    """What an apposition calls somebody: the role noun, its words, the body it names."""

    text: str
    role: str
    words: frozenset[str]
    body: str | None


@dataclass(slots=True)
class Person:
    """Somebody named in full, with what the article calls them."""

    name: str
    surname: str
    descriptions: list[Description] = field(default_factory=list)
    gender: str = "?"


class Cast:
    """The persons of one article."""

    def __init__(
        self, lines: Sequence[Line], lexicon: Lexicon, register: AgentRegister
    ) -> None:
        self._lexicon, self._register = lexicon, register
        self._persons: dict[str, Person] = {}
        for line in lines:
            for first, end in name_runs(line, register, lexicon):
                self._meet(line, first, end)

    def named(self, name: str) -> Person | None:
        """Return the person of this full name."""
        return self._persons.get(fold_name(name))

    def by_surname(self, surname: str) -> list[Person]:
        """Return all persons of this surname."""
        wanted = fold_name(surname)
        return [p for p in self._persons.values() if fold_name(p.surname) == wanted]

    def by_role(self, role: str, words: Iterable[str]) -> list[Person]:
        """Return all persons described by a role noun and at least these words."""
        wanted = frozenset(words) - {role}
        same = [
            (person, description)
            for person in self._persons.values()
            for description in person.descriptions
            if description.role == role
        ]
        exact = {p.name: p for p, d in same if wanted <= d.words}
        alike = {p.name: p for p, d in same if not wanted or not d.words - {role}}
        return list((exact or alike).values())

    def _meet(self, line: Line, first: int, end: int) -> None:
        name = line.stretch(first, end - 1).words(line.text)
        surname = line.stretch(_surname_at(line, first, end), end - 1).words(line.text)
        person = self._persons.setdefault(fold_name(name), Person(name, surname))
        for described in (
            describe(line, *_behind(line, end), self._lexicon),
            describe(line, *_before(line, first, self._lexicon), self._lexicon),
        ):
            if described is not None:
                person.descriptions.append(described)
                person.gender = self._gender(described, person.gender)
        agent = self._register.named(name)
        if agent is not None and agent.gender is not None:
            person.gender = agent.gender.value

    def _gender(self, described: Description, known: str) -> str:
        told = self._lexicon.roles.persons.get(described.role, "?")
        return told if told != "?" else known


def name_runs(
    line: Line, register: AgentRegister, lexicon: Lexicon
) -> list[tuple[int, int]]:
    """Return the token ranges of full names of persons in a line."""
    found: list[tuple[int, int]] = []
    at, tokens = 0, line.tokens
    while at < len(tokens):
        end = at
        while end < len(tokens) and _is_name_part(line, at, end, lexicon):
            end += 1
        words = [t.text for t in tokens[at:end]]
        if len(words) > 1 and _is_person(line, at, end, register):
            found.append((at, end))
        at = max(end, at + 1)
    return found


def _is_name_part(line: Line, first: int, at: int, lexicon: Lexicon) -> bool:
    token = line.tokens[at]
    if token.text.lower() in lexicon.grammar.titles:
        return False
    if token.pos == "PROPN" and token.text[:1].isupper():
        return True
    particle = at > first and token.text.lower() in lexicon.grammar.name_particles
    following = line.tokens[at + 1 : at + 2]
    return bool(particle and following and following[0].pos == "PROPN")


def _is_person(line: Line, first: int, end: int, register: AgentRegister) -> bool:
    """Tell a person from a place or body: by the register, else by the parser."""
    agent = register.named(line.stretch(first, end - 1).words(line.text))
    if agent is not None:
        return agent.kind.value == "person"
    return any(t.entity.startswith("PER") for t in line.tokens[first:end])


def _surname_at(line: Line, first: int, end: int) -> int:
    """Return where the surname begins: at a particle, else at the last word."""
    for at in range(first + 1, end - 1):
        if line.tokens[at].text.islower():
            return at
    return end - 1


def _behind(line: Line, end: int) -> tuple[int, int]:
    """Return the token range of an apposition behind a name: "X, ministre de …,"."""
    if end >= len(line.tokens) or line.tokens[end].text not in {",", "("}:
        return end, end
    last = end + 1
    depth = 0
    while last < len(line.tokens):
        token = line.tokens[last]
        depth += (token.text == "(") - (token.text == ")")
        if token.pos not in _INSIDE and token.text not in {"(", ")"}:
            break
        last += 1
        if depth < 0:
            break
    return end + 1, last


def _before(line: Line, first: int, lexicon: Lexicon) -> tuple[int, int]:
    """Return the token range of a title before a name: "le ministre … X"."""
    last = first - 1 if first and line.tokens[first - 1].text == "," else first
    at = last - 1
    while at >= 0 and line.tokens[at].pos in _INSIDE:
        at -= 1
    return at + 1, last


def describe(line: Line, first: int, last: int, lexicon: Lexicon) -> Description | None:
    """Return what a phrase calls somebody, if it holds a role noun of the lexicon."""
    roles = [
        t for t in line.tokens[first:last] if t.lemma.lower() in lexicon.roles.persons
    ]
    if not roles:
        return None
    head = roles[0]
    tokens = list(line.tokens[head.index : last])
    return Description(
        text=line.stretch(head.index, last - 1).words(line.text),
        role=head.lemma.lower(),
        words=content_words(tokens),
        body=_body(line, tokens, lexicon),
    )


def content_words(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the lemmas that carry meaning."""
    return frozenset(
        t.lemma.lower() for t in tokens if t.pos in {"NOUN", "PROPN", "ADJ"}
    )


def _body(line: Line, tokens: Sequence[Token], lexicon: Lexicon) -> str | None:
    """Return the body that a role noun names: the name in brackets, or its complement."""
    words = [t.text for t in tokens]
    if "(" in words:
        inside = [t for t in tokens[words.index("(") + 1 :] if t.pos == "PROPN"]
        if inside:
            return line.stretch(inside[0].index, inside[-1].index).words(line.text)
        tokens = tokens[: words.index("(")]
    start = next((n for n, t in enumerate(tokens) if n and t.pos == "ADP"), None)
    if start is None:
        return None
    kept = list(tokens[start:])
    while kept and kept[0].pos in {"ADP", "DET"}:
        kept.pop(0)
    while kept and kept[-1].pos in {"ADP", "DET", "PUNCT"}:
        kept.pop()
    return (
        line.stretch(kept[0].index, kept[-1].index).words(line.text) if kept else None
    )
