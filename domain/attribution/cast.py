"""Who appears in an article: full names, and the roles that appositions give them.

Read once from the whole article, before any source is resolved: a surname or "the
minister" may point back or, in a headline style, forward. What an article calls
somebody is kept as it stands and never written to the register of agents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from domain.attribution.body_names import BodyNames
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.names import Run, capital_runs, is_capital, persons_of
from domain.attribution.parsing import Token
from domain.attribution.phrases import lemma_in, phrase_end, word
from domain.model.register import AgentRegister, fold_name

_BEFORE = 12
"""Tokens before a name in which its title begins."""


@dataclass(frozen=True, slots=True)
class Description:
    """What an apposition calls somebody: the role noun, its words, the body it names."""

    text: str
    role: str
    words: frozenset[str]
    body: str | None
    gender: str = "?"


@dataclass(slots=True)
class Person:
    """Somebody named in full, with what the article calls them.

    ``first`` is where the article names them first.
    """

    name: str
    surname: str
    first: int
    descriptions: list[Description] = field(default_factory=list)
    gender: str = "?"


class Cast:
    """The persons of one article."""

    def __init__(
        self, lines: Sequence[Line], lexicon: Lexicon, register: AgentRegister
    ) -> None:
        self._lexicon, self._register = lexicon, register
        self._persons: dict[str, Person] = {}
        self._mentions: list[tuple[int, Person]] = []
        runs = [(line, capital_runs(line, lexicon)) for line in lines]
        for line, found in runs:
            for first, end in persons_of(line, found, register, lexicon):
                self._meet(line, first, end)
        for line, found in runs:
            self._meet_again(line, found)
        self._mentions.sort(key=lambda mention: mention[0])
        self._guess_genders()
        self.bodies = BodyNames(lines, lexicon)

    def named(self, name: str) -> Person | None:
        """Return the person of this full name."""
        return self._persons.get(fold_name(name))

    def by_surname(self, surname: str) -> list[Person]:
        """Return all persons whose name ends so; if none, those whose name begins so.

        Some languages put the family name first.
        """
        wanted = fold_name(surname)
        ends = (f" {wanted}", f"-{wanted}")
        names = [(fold_name(p.name), p) for p in self._persons.values()]
        behind = [p for name, p in names if name.endswith(ends)]
        return behind or [p for name, p in names if name.startswith(f"{wanted} ")]

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

    def has_role(self, role: str) -> bool:
        """Tell whether the article gives a role to anybody by name."""
        return any(
            description.role == role
            for person in self._persons.values()
            for description in person.descriptions
        )

    def mentioned_before(self, offset: int) -> list[Person]:
        """Return the persons named before a place in the text, the nearest first."""
        near = [p for at, p in reversed(self._mentions) if at < offset]
        return list({p.name: p for p in near}.values())

    def last_mention(self, person: Person, offset: int) -> int:
        """Return where a person is named last before a place in the text, -1 if not."""
        return max(
            (at for at, p in self._mentions if p is person and at < offset), default=-1
        )

    def _guess_genders(self) -> None:
        """Take the gender of a first name where the article tells none."""
        for person in self._persons.values():
            if person.gender == "?":
                first = person.name.partition(" ")[0].partition("-")[0].lower()
                person.gender = self._lexicon.roles.gender_of.get(first, "?")

    def _meet(self, line: Line, first: int, end: int) -> None:
        place = line.stretch(first, end - 1)
        name = line.named(first, end)
        surname = line.named(_surname_at(line, first, end), end)
        person = self._persons.setdefault(
            fold_name(name), Person(name, surname, place.start)
        )
        self._mentions.append((place.start, person))
        self._describe(person, line, first, end)
        if person.gender == "?" and self._lexicon.grammar.genitive_complements:
            told = line.tokens[first].feats.get("Gender", "")
            person.gender = {"Fem": "f", "Masc": "m"}.get(told, "?")
        agent = self._register.named(name)
        if agent is not None and agent.gender is not None:
            person.gender = agent.gender.value

    def _meet_again(self, line: Line, runs: Sequence[Run]) -> None:
        """Note where a surname alone names somebody, and what its title tells."""
        for first, end in runs:
            place = line.stretch(first, end - 1)
            persons = self.by_surname(line.named(first, end))
            if len(persons) != 1:
                continue
            person, title = persons[0], word(line, first - 1)
            self._mentions.append((place.start, person))
            if person.gender == "?":
                person.gender = self._lexicon.grammar.titles.get(title, "?")

    def _describe(self, person: Person, line: Line, first: int, end: int) -> None:
        title = word(line, first - 1)
        person.gender = self._lexicon.grammar.titles.get(title, person.gender)
        for described in (
            describe(line, *self._behind(line, end), self._lexicon),
            describe(line, *self._before(line, first), self._lexicon),
        ):
            if described is not None:
                person.descriptions.append(described)
                told = self._lexicon.roles.persons.get(described.role, "?")
                told = told if told != "?" else described.gender
                person.gender = told if told != "?" else person.gender

    def _behind(self, line: Line, end: int) -> tuple[int, int]:
        """Return the token range of an apposition behind a name: "X, ministre de …,"."""
        if word(line, end) not in {",", "("}:
            return end, end
        limit = line.sentence_of(end).last
        return end + 1, phrase_end(line, end + 1, limit, self._lexicon)

    def _before(self, line: Line, first: int) -> tuple[int, int]:
        """Return the token range of a title before a name: "le ministre … X"."""
        sentence = line.sentence_of(first)
        if self._lexicon.grammar.genitive_complements and (
            line.tokens[first].dep == "nmod"
        ):
            return first, first  # whose it is, not who it is
        last = first - 1 if word(line, first - 1) == "," else first
        for start in range(max(sentence.first, last - _BEFORE), last):
            if phrase_end(line, start, last, self._lexicon, appositions=False) == last:
                return start, last
        return last, last


def _surname_at(line: Line, first: int, end: int) -> int:
    """Return where the surname begins: at a particle, else at the last word."""
    for at in range(first + 1, end - 1):
        if line.tokens[at].text.islower():
            return at
    return end - 1


def describe(line: Line, first: int, last: int, lexicon: Lexicon) -> Description | None:
    """Return what a phrase calls somebody, if it holds a role noun of the lexicon.

    The role noun is that of the phrase itself: one behind a preposition belongs to
    somebody else ("le bureau du président").
    """
    for token in line.tokens[first:last]:
        role = _compound(line, token.index, lexicon) or role_of(token, lexicon)
        if role is not None:
            break
        if token.text.lower() in lexicon.grammar.prepositions:
            return None
        bodily = token.lemma.lower() in lexicon.roles.bodies
        if bodily and lexicon.grammar.genitive_complements:
            return None
    else:
        return None
    tokens = list(line.tokens[token.index : last])
    begun = token.index
    if begun > first and lemma_in(line, begun - 1, lexicon.roles.former):
        begun -= 1  # an office of its own: who left it does not hold it
        role = f"{line.tokens[begun].lemma.lower()} {role}"
    return Description(
        text=line.stretch(begun, last - 1).words(line.text),
        role=role,
        words=content_words(tokens),
        body=_body(line, tokens, lexicon)
        or _owner(line, first, token.index - role.count(" "), lexicon),
        gender=_gender_at(line, token.index),
    )


def _owner(line: Line, first: int, role: int, lexicon: Lexicon) -> str | None:
    """Return the body before a role noun: "Kremlin spokesman", "the ministry's head"."""
    tokens = list(line.tokens[first:role])
    while tokens and tokens[-1].text.lower() in lexicon.grammar.possessives:
        tokens.pop()
    definite = lexicon.roles.definite
    while tokens and (
        tokens[0].pos in {"DET", "NUM"} or tokens[0].text.lower() in definite
    ):
        tokens.pop(0)
    kept = [t for t in tokens if t.pos in {"NOUN", "PROPN", "ADJ"} or is_capital(t)]
    named = any(
        is_capital(t) or t.lemma.lower() in lexicon.roles.bodies for t in tokens
    )
    return (
        line.named(tokens[0].index, tokens[-1].index + 1)
        if named and len(kept) == len(tokens)
        else None
    )


def _gender_at(line: Line, noun: int) -> str:
    """Return the gender that a determiner or adjective beside a noun shows."""
    for token in line.tokens[max(0, noun - 2) : noun + 2]:
        if token.index != noun and token.pos in {"DET", "ADJ"}:
            gender = token.feats.get("Gender")
            if gender is not None:
                return {"Fem": "f", "Masc": "m"}.get(gender, "?")
    return "?"


def _compound(line: Line, at: int, lexicon: Lexicon) -> str | None:
    """Return a role of two words that ends here ("press secretary")."""
    form = f"{word(line, at - 1)} {word(line, at)}"
    return form if form in lexicon.roles.persons else None


def role_of(token: Token, lexicon: Lexicon) -> str | None:
    """Return the role noun that a token is, as the lexicon lists it."""
    for form in (token.text.lower(), token.lemma.lower()):
        if form in lexicon.roles.persons:
            return form
    return None


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
            return line.named(inside[0].index, inside[-1].index + 1)
        tokens = tokens[: words.index("(")]
    if "," in words:
        tokens = tokens[: words.index(",")]
    person = next((n for n, t in enumerate(tokens) if t.entity.startswith("PER")), 0)
    tokens = tokens[: person or len(tokens)]
    start = next((n for n, t in enumerate(tokens) if n and t.pos == "ADP"), None)
    if start is None and lexicon.grammar.genitive_complements:
        start = 1
    if start is None or start >= len(tokens):
        return None
    kept = list(tokens[start:])
    while kept and kept[0].pos in {"ADP", "DET"}:
        kept.pop(0)
    while kept and kept[-1].pos in {"ADP", "DET", "PUNCT"}:
        kept.pop()
    return line.named(kept[0].index, kept[-1].index + 1) if kept else None
