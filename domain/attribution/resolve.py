"""Speakers: who is meant by a source, in the order of certainty.

1. A full name. 2. The surname of somebody named in full here, else of one agent of
the register. 3. A role given to somebody here, else held by one agent of the
register when the article appeared. 4. A body. 5. A pronoun or nothing: the last
speaker whose gender and number do not forbid it, never the nearest name. What fits
none is unnamed: a value, not a guess.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.attribution.cast import Cast, Person, content_words, describe, name_runs
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.sources import Source
from domain.model.agent import Agent, AgentKind
from domain.model.ids import AgentId
from domain.model.moment import Moment
from domain.model.register import AgentRegister
from domain.model.statement import Identification, Resolution

CONFIDENCE = {
    Resolution.NAME: 0.98,
    Resolution.SURNAME: 0.95,
    Resolution.ROLE: 0.85,
    Resolution.ORGANISATION: 0.9,
    Resolution.ELIDED: 0.8,
    Resolution.PRONOUN: 0.7,
    Resolution.UNNAMED: 0.9,
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke: name as indexed, gender and number for later pronouns."""

    name: str | None
    agent: Agent | None
    gender: str
    plural: bool
    body: str | None = None
    role: str | None = None


class Resolver:
    """Resolves the sources of one article, in their order."""

    def __init__(
        self,
        cast: Cast,
        lexicon: Lexicon,
        register: AgentRegister,
        published_at: Moment | None,
    ) -> None:
        self._cast, self._lexicon, self._register = cast, lexicon, register
        self._published_at = published_at
        self._speakers: list[Speaker] = []

    def resolve(self, line: Line, source: Source | None) -> Identification:
        """Return who is meant by a source, and remember it for what follows."""
        if source is None:
            speaker, resolution = self._last("?", plural=None), Resolution.ELIDED
        elif source.pronoun is not None:
            kind = self._lexicon.grammar.subject_pronouns.get(source.pronoun, "??")
            speaker = self._last(kind[0], plural=kind[1] == "p")
            resolution = Resolution.PRONOUN
        else:
            speaker, resolution = self._named(line, source)
        if speaker is None:
            speaker = Speaker(None, None, "?", plural=False)
        self._speakers.append(speaker)
        return self._identification(speaker, resolution)

    def _last(self, gender: str, *, plural: bool | None) -> Speaker | None:
        """Return the last speaker whom gender and number allow."""
        for speaker in reversed(self._speakers):
            fits = "?" in (gender, speaker.gender) or gender == speaker.gender
            if fits and plural in (None, speaker.plural):
                return speaker
        return None

    def _named(self, line: Line, source: Source) -> tuple[Speaker | None, Resolution]:
        first, end = source.tokens[0].index, source.last + 1
        for start, stop in name_runs(line, self._register, self._lexicon):
            if first <= start and stop <= end:
                name = line.stretch(start, stop - 1).words(line.text)
                return self._person(self._cast.named(name), name), Resolution.NAME
        role = describe(line, first, end, self._lexicon)
        proper = [t for t in source.tokens if t.pos == "PROPN"]
        if role is None and proper and (found := self._surname(proper[-1].text)):
            return found, Resolution.SURNAME
        if role is not None:
            return self._role(line, source)
        return self._body(line, source)

    def _person(self, person: Person | None, name: str) -> Speaker:
        agent = self._register.named(name)
        if person is None:
            return Speaker(name, agent, _gender(agent), plural=False)
        spoken_for = next(
            (d for d in person.descriptions if self._speaks_for(d.role)), None
        )
        described = person.descriptions[0].text if person.descriptions else None
        return Speaker(
            person.name,
            agent,
            person.gender,
            plural=False,
            body=spoken_for.body if spoken_for else None,
            role=spoken_for.text if spoken_for else described,
        )

    def _surname(self, surname: str) -> Speaker | None:
        persons = self._cast.by_surname(surname)
        if len(persons) == 1:
            return self._person(persons[0], persons[0].name)
        if persons:
            return Speaker(None, None, "?", plural=False)  # two share it: unresolved
        agents = self._register.by_surname(surname)
        if len(agents) == 1:
            return Speaker(surname, agents[0], _gender(agents[0]), plural=False)
        return None

    def _role(self, line: Line, source: Source) -> tuple[Speaker | None, Resolution]:
        described = describe(
            line, source.tokens[0].index, source.last + 1, self._lexicon
        )
        if described is None:
            return None, Resolution.UNNAMED
        title = described.text
        if source.tokens[0].text.lower() not in self._lexicon.roles.unnamed:
            surname = [t for t in source.tokens if t.pos == "PROPN"][-1:]
            if surname and (found := self._surname(surname[0].text)):
                return found, Resolution.SURNAME
            persons = self._cast.by_role(described.role, described.words)
            if len(persons) == 1:
                return self._person(persons[0], persons[0].name), Resolution.ROLE
            agents = self._register.by_title(
                title, language=self._lexicon.language, on=self._published_at
            )
            if len(agents) == 1 and not persons:
                agent = agents[0]
                body = described.body if self._speaks_for(described.role) else None
                label = agent.label(self._lexicon.language)
                speaker = Speaker(
                    label, agent, _gender(agent), plural=False, body=body, role=title
                )
                return speaker, Resolution.ROLE
        body = described.body if self._speaks_for(described.role) else None
        gender = self._lexicon.roles.persons.get(described.role, "?")
        plural = source.tokens[0].feats.get("Number") == "Plur"
        return Speaker(None, None, gender, plural, body, title), Resolution.UNNAMED

    def _body(self, line: Line, source: Source) -> tuple[Speaker | None, Resolution]:
        tokens = list(source.tokens)
        article = tokens[0].text.lower()
        while tokens and tokens[0].pos == "DET":
            tokens.pop(0)
        if not tokens or article in self._lexicon.roles.unnamed:
            return None, Resolution.UNNAMED
        name = line.stretch(tokens[0].index, tokens[-1].index).words(line.text)
        agent = self._register.named(name)
        bodies = set(self._lexicon.roles.bodies)
        known = agent is not None and agent.kind is not AgentKind.PERSON
        if known or content_words(tokens) & bodies or tokens[0].pos == "PROPN":
            plural = source.tokens[0].feats.get("Number") == "Plur"
            gender = {"Fem": "f", "Masc": "m"}.get(
                tokens[0].feats.get("Gender", ""), "?"
            )
            return Speaker(name, agent, gender, plural), Resolution.ORGANISATION
        return None, Resolution.UNNAMED

    def _speaks_for(self, role: str) -> bool:
        return role in self._lexicon.roles.spokespersons

    def _identification(
        self, speaker: Speaker, resolution: Resolution
    ) -> Identification:
        if speaker.name is None:
            resolution = (
                resolution
                if resolution in {Resolution.ELIDED, Resolution.PRONOUN}
                else Resolution.UNNAMED
            )
        body = self._register.named(speaker.body) if speaker.body else None
        agent = speaker.agent
        if body is None and agent is not None and speaker.body:
            held = (r.on_behalf_of for r in agent.roles if r.on_behalf_of)
            body = self._register.get(next(held, AgentId("")))
        return Identification(
            speaker=speaker.name,
            agent=agent.id if agent else None,
            resolution=resolution,
            role_as_stated=speaker.role,
            on_behalf_of=speaker.body,
            on_behalf_of_agent=body.id if body else None,
            rule=f"speaker-by-{resolution.value}",
            confidence=CONFIDENCE[resolution] if speaker.name else 0.5,
        )


def _gender(agent: Agent | None) -> str:
    return agent.gender.value if agent is not None and agent.gender is not None else "?"
