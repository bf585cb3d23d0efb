"""Who appears in an article: full names, and the roles that appositions give them.

Read once from the whole article, before any source is resolved: a surname or "the
minister" may point back or, in a headline style, forward. What an article calls
somebody is kept as it stands and never written to the register of agents.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter

from domain.attribution.body_names import BodyNames
from domain.attribution.descriptions import Description, describe
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.names import Run, capital_runs, persons_of
from domain.attribution.phrases import lemma_in, phrase_end, word
from domain.model.register import AgentRegister, fold_name

_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,3}[^\W\d_]\.?")
_BEFORE = 12
"""Tokens before a name in which its title begins."""
_TWO = 2
"""Words of a name without a title."""
_FAR = 500
"""Mentions among which a role looks back: so far nothing refers, in any article."""
_APPOSED = 4
"""Heads of a name among which the subject is looked for."""


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


@dataclass(frozen=True, slots=True)
class Mention:
    """Where the article names somebody; whether as the subject of its clause."""

    at: int
    person: Person
    subject: bool


class Cast:
    """The persons of one article."""

    def __init__(
        self, lines: Sequence[Line], lexicon: Lexicon, register: AgentRegister
    ) -> None:
        self._lexicon, self._register = lexicon, register
        self._persons: dict[str, Person] = {}
        self._roles: dict[str, list[tuple[Person, Description]]] = {}
        self._unsure: dict[str, list[Person]] = {}
        """Names of two words that nothing tells to be persons, by the second."""
        self._mentions: list[Mention] = []
        runs = [(line, capital_runs(line, lexicon)) for line in lines]
        for line, found in runs:
            for first, end in persons_of(line, found, register, lexicon):
                self._meet(line, first, end)
            self._note_unsure(line, found)
        for line, found in runs:
            self._meet_again(line, found)
        self._mentions.sort(key=attrgetter("at"))
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
        return (
            self._by_end.get(wanted)
            or self._by_start.get(wanted)
            or self._unsure.get(wanted, [])
        )

    @cached_property
    def _by_end(self) -> dict[str, list[Person]]:
        """The persons by what their folded names end with, from a space or hyphen on."""
        found: dict[str, list[Person]] = {}
        for folded, person in self._persons.items():
            for at, sign in enumerate(folded):
                if sign in " -":
                    found.setdefault(folded[at + 1 :], []).append(person)
        return found

    @cached_property
    def _by_start(self) -> dict[str, list[Person]]:
        """The persons by what their folded names begin with, up to a space."""
        found: dict[str, list[Person]] = {}
        for folded, person in self._persons.items():
            for at, sign in enumerate(folded):
                if sign == " ":
                    found.setdefault(folded[:at], []).append(person)
        return found

    def by_initials(self, label: str) -> list[Person]:
        """Return the persons whose initials these are ("M. S.")."""
        if not _INITIALS.fullmatch(label):
            return []
        wanted = [c for c in label if c.isalpha()]
        return [
            person
            for person in self._persons.values()
            if not _INITIALS.fullmatch(person.name)
            and [part[0] for part in re.split(r"[\s-]+", person.name)] == wanted
        ]

    def by_role(self, role: str, words: Iterable[str]) -> list[Person]:
        """Return all persons described by a role noun and at least these words."""
        wanted = frozenset(words) - {role}
        same = self._roles.get(role, [])
        exact = {p.name: p for p, d in same if wanted <= d.words}
        alike = {p.name: p for p, d in same if not wanted or not d.words - {role}}
        return list((exact or alike).values())

    def has_role(self, role: str) -> bool:
        """Tell whether the article gives a role to anybody by name."""
        return role in self._roles

    def mentioned_before(self, offset: int) -> list[Person]:
        """Return the persons named last before a place in the text, the nearest first."""
        near = self.mentions(0, offset, most=_FAR)
        return list({m.person.name: m.person for m in near}.values())

    def mentions(
        self, start: int, end: int, *, most: int | None = None
    ) -> list[Mention]:
        """Return where persons are named between two places, the nearest first.

        ``most`` bounds how many of them.
        """
        first, last = (
            bisect_left(self._mentions, place, key=attrgetter("at"))
            for place in (start, end)
        )
        first = first if most is None else max(first, last - most)
        return self._mentions[first:last][::-1]

    def last_mention(self, person: Person, offset: int) -> int:
        """Return where a person is named last before a place in the text, -1 if not."""
        places = self._places.get(person.name, [])
        before = bisect_left(places, offset)
        return places[before - 1] if before else -1

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each person is named, by name, in order."""
        found: dict[str, list[int]] = {}
        for mention in self._mentions:
            found.setdefault(mention.person.name, []).append(mention.at)
        return found

    def _note_unsure(self, line: Line, runs: Sequence[Run]) -> None:
        """Keep names of two words: where the second speaks alone, it is a surname."""
        for first, end in runs:
            if end - first != _TWO or any(
                lemma_in(line, i, self._lexicon.roles.bodies) for i in (first, end - 1)
            ):
                continue
            name, surname = line.named(first, end), line.named(end - 1, end)
            person = Person(name, surname, line.stretch(first, end - 1).start)
            known = self._unsure.setdefault(fold_name(surname), [])
            if self.named(name) is None and name not in {p.name for p in known}:
                known.append(person)

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
        self._mentions.append(Mention(place.start, person, _acts(line, first, end)))
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
            self._mentions.append(Mention(place.start, person, _acts(line, first, end)))
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
                same = self._roles.setdefault(described.role, [])
                same.append((person, described))
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


def _acts(line: Line, first: int, end: int) -> bool:
    """Tell whether a name, or what it stands in apposition to, is a subject."""
    for token in line.tokens[first:end]:
        above = (token, *line.parsed.ancestors(token))
        for each in above[:_APPOSED]:
            if each.dep.startswith("nsubj"):
                return True
            if not each.dep.startswith(("appos", "flat")):
                break
    return False


def _surname_at(line: Line, first: int, end: int) -> int:
    """Return where the surname begins: at a particle, else at the last word."""
    for at in range(first + 1, end - 1):
        if line.tokens[at].text.islower():
            return at
    return end - 1
