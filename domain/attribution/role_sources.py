"""A source that is a role: whom "the minister" or "le Slovaque" goes back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.attribution.cast import Person
from domain.attribution.descriptions import Description
from domain.attribution.lines import Line
from domain.attribution.names import is_capital
from domain.attribution.parsing import Token
from domain.attribution.sources import Source
from domain.attribution.speakers import NOBODY, Scene, Speaker, agree, gender_of, titled
from domain.model.statement import Resolution


class RoleSource:
    """A source that names nobody, on its way to a speaker."""

    def __init__(self, scene: Scene, line: Line, source: Source) -> None:
        self._scene, self._line, self._source = scene, line, source
        self._cast, self._lexicon = scene.cast, scene.lexicon
        self._register = scene.register
        sentence = line.sentence_of(source.first)
        self._sentence = line.place(line.tokens[sentence.first]).start

    def speaker(self, described: Description) -> tuple[Speaker, Resolution]:
        """Return who bears a role: described so, in office, or spoken of before."""
        persons = self._cast.by_role(described.role, described.words)
        if len(persons) == 1:
            return self._scene.person(persons[0], persons[0].name), Resolution.ROLE
        if not persons and (held := self._holder(described)) is not None:
            return held, Resolution.ROLE
        if (meant := self._meant(described, persons)) is not None:
            return meant, Resolution.ROLE
        body = described.body if self._scene.speaks_for(described.role) else None
        gender = self._lexicon.roles.persons.get(described.role, "?")
        plural = self._source.tokens[0].feats.get("Number") == "Plur"
        speaker = Speaker(None, None, gender, plural, titled(body), described.text)
        return speaker, Resolution.UNNAMED

    def _holder(self, described: Description) -> Speaker | None:
        """Return the one agent of the register who held the role at the time."""
        agents = self._register.by_title(
            described.text,
            language=self._lexicon.language,
            on=self._scene.published_at,
        )
        if len(agents) != 1:
            return None
        agent = agents[0]
        body = described.body if self._scene.speaks_for(described.role) else None
        label = agent.label(self._lexicon.language)
        known = self._cast.named(label)
        name = known.name if known is not None else label
        return Speaker(
            name, agent, gender_of(agent), body=titled(body), role=described.text
        )

    def _meant(
        self, described: Description, persons: Sequence[Person]
    ) -> Speaker | None:
        """Return whom a definite role goes back to: a last speaker, else a last name."""
        opens = self._source.tokens[0].text.lower()
        if opens not in self._lexicon.roles.definite and not (
            self._lexicon.roles.bare_is_definite
        ):
            return None
        roles = self._lexicon.roles
        last = self._scene.spoken[-1] if self._scene.spoken else NOBODY
        nameless = last.name is None and last.line is self._line
        if nameless and described.role in (last.role or "").lower().split():
            return None  # "a Council official …", "the official said"
        gender = roles.persons.get(described.role, "?")
        if self._source.tokens[0].feats.get("Number") == "Plur":
            return None
        for person in self._candidates(gender):
            alike = not persons or person in persons
            if (
                alike
                and agree(gender, person.gender)
                and self._may_be(person, described)
            ):
                found = self._scene.person(person, person.name)
                return replace(found, rule="speaker-by-role-before")
        return None

    def _candidates(self, gender: str) -> list[Person]:
        """Return whom a role may go back to, the likeliest first.

        Who is named in this paragraph since the last statement, those first whose
        gender is known to agree; then the last speakers; then who is named before.
        """
        here = self._source.span.start
        since = [
            m
            for m in self._scene.since(here)
            if m.at >= self._line.span.start and m.at < self._sentence
        ]
        since.sort(key=lambda m: (m.person.gender != gender, not m.subject))
        return [*(m.person for m in since), *self._scene.before(here)]

    def _may_be(self, person: Person, described: Description) -> bool:
        """Tell whether nothing that the article calls somebody speaks against a role."""
        roles = self._lexicon.roles
        known = {d.role for d in person.descriptions}
        near = self._cast.last_mention(person, self._source.span.start)
        here = near >= self._line.span.start
        titled = any(self._line.title_of(t) for t in self._source.tokens)
        if described.role in roles.generic and not titled:
            return here or self._scene.spoke_last(person)
        bare = described.body is None and len(described.words - {described.role}) <= 1
        if bare and not self._cast.has_role(described.role) and not self._is_office():
            return here or self._scene.spoke_last(person)
        if not known:
            return here
        return described.role in known and any(
            d.role == described.role and not (d.words - {d.role}) - described.words
            for d in person.descriptions
        )

    def _is_office(self) -> bool:
        """Tell whether a role has a complement of its own ("le ministre de la Mer")."""
        prepositions = self._lexicon.grammar.prepositions
        return any(t.text.lower() in prepositions for t in self._source.tokens)

    def by_nation(self, tokens: list[Token]) -> Speaker | None:
        """Return whom "le Slovaque" goes back to: the last person named who is called so."""
        token = tokens[0]
        one = len(tokens) == 1 and is_capital(token) and token.pos in {"NOUN", "ADJ"}
        if not one or self._source.first == token.index:
            return None
        if self._register.named(token.text) is not None:
            return None
        meant = Description(token.text, "", frozenset({token.lemma.lower()}), None)
        for person in self._cast.mentioned_before(self._source.span.start):
            words = {w for d in person.descriptions for w in d.words}
            if meant.words & words:
                found = self._scene.person(person, person.name)
                return replace(found, rule="speaker-by-nation")
        return None
