"""A source that is a noun phrase: who it names, by name, role or as a body."""

from __future__ import annotations

from domain.attribution.body_sources import BodySource
from domain.attribution.descriptions import describe, role_of
from domain.attribution.lines import Line
from domain.attribution.names import is_capital, name_runs
from domain.attribution.parsing import Token
from domain.attribution.phrases import lemma_in, word
from domain.attribution.role_sources import RoleSource
from domain.attribution.sources import Source
from domain.attribution.speakers import (
    JOINT,
    NOBODY,
    Scene,
    Speaker,
    gender_of,
)
from domain.model.statement import Resolution


class NamedSource:
    """A source that is a noun phrase, on its way to a speaker."""

    def __init__(self, scene: Scene, line: Line, source: Source) -> None:
        self._scene, self._line, self._source = scene, line, source
        self._cast, self._lexicon = scene.cast, scene.lexicon
        self._register = scene.register
        self._first, self._end = source.first, source.last + 1
        self._by_role = RoleSource(scene, line, source)

    def speaker(self) -> tuple[Speaker, Resolution]:
        """Return who is meant, and how the source says so."""
        if (joint := self._joint()) is not None:
            return joint
        return self.single()

    def single(self) -> tuple[Speaker, Resolution]:
        """Return who is meant by a source of one head."""
        head = self._complement()
        if self._is_unnamed() and not self._runs(self._end):
            return self._unnamed()
        if (named := self._full_name(head)) is not None:
            return named, Resolution.NAME
        if (opens := self._opening_name()) is not None:
            return opens
        role = describe(self._line, self._first, self._end, self._lexicon)
        capital = self._capitals(head)
        if capital and role_of(capital[-1], self._lexicon) is None:
            last = capital[-1]
            found = self._surname(self._line.named(last.index, last.index + 1))
            if found is None or found.name is None:
                found = self._surname(last.text) or found
            if found is not None:
                return found, Resolution.SURNAME
        if role is not None:
            return self._by_role.speaker(role)
        return BodySource(
            self._scene, self._line, self._source, self._by_role
        ).speaker()

    def _full_name(self, head: int) -> Speaker | None:
        """Return who is named in full, or by initials as a dialogue labels them."""
        label = self._source.span.words(self._line.text)
        initialled = self._cast.by_initials(label) if not self._first else []
        if len(initialled) == 1:
            return self._scene.person(initialled[0], initialled[0].name)
        if not (runs := self._runs(head)):
            return None
        name = self._words(*runs[0])
        return self._scene.person(self._cast.named(name), name)

    def _capitals(self, head: int) -> list[Token]:
        """Return the words of the head that may be a surname."""
        tokens = self._source.tokens
        if len(tokens) == 1 and self._lexicon.grammar.definite_prefix:
            return list(tokens)  # a surname looks like any noun
        proper = [t for t in tokens if t.index < head and is_capital(t)]
        capital = [t for t in proper if t.pos not in {"DET", "ADP", "ADV"}]
        return [] if capital and self._owns(capital[-1]) else capital

    def _owns(self, token: Token) -> bool:
        """Tell whether a name is only whose the head is ("Aurelm's aides")."""
        behind = word(self._line, token.index + 1)
        possessive = behind in self._lexicon.grammar.possessives
        return possessive and token.index + 1 < self._end - 1

    def _opening_name(self) -> tuple[Speaker, Resolution] | None:
        """Return who is named alone before an apposition ("Kader, aiguilleur")."""
        tokens = self._source.tokens
        comma = next((n for n, t in enumerate(tokens) if t.text == ","), 0)
        before = tokens[:comma]
        if not before or not all(is_capital(t) for t in before):
            return None
        if any(role_of(t, self._lexicon) or t.pos == "DET" for t in before):
            return None
        name = self._line.named(before[0].index, before[-1].index + 1)
        bodies = self._lexicon.roles.bodies
        if any(t.lemma.lower() in bodies for t in before):
            return None
        found = self._surname(before[-1].text) if comma == 1 else None
        return found or Speaker(name, self._register.named(name)), Resolution.NAME

    def _joint(self) -> tuple[Speaker, Resolution] | None:
        """Return those who speak together: "la France, l'Allemagne et X"."""
        parts = self._parts()
        if not parts[1:]:
            return None
        found = []
        for first, end in parts:
            tokens = tuple(self._line.tokens[first:end])
            part = Source(self._line.stretch(first, end - 1), tokens)
            found.append(NamedSource(self._scene, self._line, part).single())
        names = [speaker.name for speaker, _ in found]
        if not all(names):
            return None
        name = JOINT.join(name for name in names if name)
        return Speaker(name, plural=True), found[0][1]

    def _parts(self) -> list[tuple[int, int]]:
        """Return the parts of a phrase joined by "et" whose last begins like a name."""
        line, joiners = self._line, self._lexicon.grammar.joiners
        joints = [t.index for t in self._source.tokens if t.text.lower() in joiners]
        if len(joints) != 1 or joints[0] + 1 >= self._end:
            return []
        at = joints[0]
        behind = line.tokens[at + 1]
        starts = [self._first, at + 1]
        if not (behind.pos == "DET" or is_capital(behind)):
            return []
        if any(
            lemma_in(line, i, self._lexicon.roles.bodies)
            for i in range(self._first, at)
        ):
            return []
        starts += [
            t.index + 1 for t in self._source.tokens if t.text == "," and t.index < at
        ]
        starts.sort()
        ends = [*(start - 1 for start in starts[1:]), self._end]
        return [(a, b) for a, b in zip(starts, ends, strict=True) if a < b]

    def _complement(self) -> int:
        """Return the index of the first preposition after the head, or the end."""
        seen = False
        owners = self._owners()
        for token in self._source.tokens:
            if token.index in owners:
                return token.index
            if seen and token.text.lower() in self._lexicon.grammar.prepositions:
                inside = any(
                    a < token.index < b
                    for a, b in name_runs(self._line, self._register, self._lexicon)
                )
                if not inside:
                    return self._after_apposition(token.index)
            seen = seen or token.pos in {"NOUN", "PROPN"} or is_capital(token)
        return self._end

    def _owners(self) -> set[int]:
        """Return where names begin that only say whose ("Представитель Тарека Мула")."""
        if not self._lexicon.grammar.genitive_complements:
            return set()
        return {
            first
            for first, _ in name_runs(self._line, self._register, self._lexicon)
            if first > self._first and self._line.tokens[first].dep == "nmod"
        }

    def _after_apposition(self, preposition: int) -> int:
        """Return the end where a name stands in an apposition behind the complement."""
        comma = any(
            t.text in {",", "("} and t.index > preposition for t in self._source.tokens
        )
        role = describe(self._line, self._first, self._end, self._lexicon)
        named = self._ends_in_name()
        if named and (role or self._role_before_name()):
            return self._end
        return self._end if comma else preposition

    def _role_before_name(self) -> bool:
        """Tell whether a role noun stands right before the name at the end."""
        for first, end in name_runs(self._line, self._register, self._lexicon):
            if end == self._end and first > self._first:
                return lemma_in(self._line, first - 1, self._lexicon.roles.persons)
        return False

    def _ends_in_name(self) -> bool:
        """Tell whether a name stands at the end, not behind a preposition."""
        for first, end in name_runs(self._line, self._register, self._lexicon):
            if end == self._end and first > self._first:
                before = word(self._line, first - 1)
                grammar = self._lexicon.grammar
                return before not in {*grammar.prepositions, *grammar.titles}
        return False

    def _runs(self, limit: int) -> list[tuple[int, int]]:
        """Return the full names of the source that name its head."""
        found = []
        for first, end in name_runs(self._line, self._register, self._lexicon):
            if not (self._first <= first and end <= min(limit, self._end)):
                continue
            before = word(self._line, first - 1) if first > self._first else ""
            if word(self._line, end) in self._lexicon.grammar.possessives:
                continue  # whose it is, not who it is
            if before not in self._lexicon.grammar.prepositions:
                found.append((first, end))
        return found

    def _is_unnamed(self) -> bool:
        return self._source.tokens[0].text.lower() in self._lexicon.roles.unnamed

    def _unnamed(self) -> tuple[Speaker, Resolution]:
        role = describe(self._line, self._first, self._end, self._lexicon)
        gender = self._lexicon.roles.persons.get(role.role, "?") if role else "?"
        plural = self._source.tokens[0].feats.get("Number") == "Plur"
        text = role.text if role else None
        return Speaker(None, None, gender, plural, role=text), Resolution.UNNAMED

    def _words(self, first: int, end: int) -> str:
        return self._line.named(first, end)

    def _surname(self, surname: str) -> Speaker | None:
        persons = self._cast.by_surname(surname)
        title = word(self._line, self._first)
        gender = self._lexicon.grammar.titles.get(title, "?")
        if len(persons) > 1 and gender != "?":
            sure = [p for p in persons if p.gender == gender]
            persons = sure or [p for p in persons if p.gender == "?"]
        if len(persons) == 1:
            return self._scene.person(persons[0], persons[0].name)
        if persons:
            return NOBODY  # two share it: unresolved
        agents = self._register.by_surname(surname)
        if len(agents) == 1:
            return Speaker(surname, agents[0], gender_of(agents[0]))
        if gender != "?" or title in self._lexicon.grammar.titles:
            return Speaker(surname, None, gender)
        return None
