"""Who spoke, on the way from a source to an identification."""

from __future__ import annotations

from dataclasses import dataclass

from domain.attribution.cast import Cast, Mention, Person
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.model.agent import Agent
from domain.model.moment import Moment
from domain.model.register import AgentRegister
from domain.model.span import Span

JOINT = "; "
"""Between the names of those who speak together."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke: name as indexed, gender and number for later pronouns.

    ``rule`` names the rule where it is not that of the resolution; ``line`` and
    ``at`` tell where it was spoken: the line, and the offset of its cue; ``ends`` is
    where the statement ends.
    """

    name: str | None
    agent: Agent | None = None
    gender: str = "?"
    plural: bool = False
    body: str | None = None
    role: str | None = None
    rule: str | None = None
    line: Line | None = None
    at: int = 0
    ends: int = 0
    scene: Span | None = None
    """The sentence of which this speaker is the subject, where that names them."""


NOBODY = Speaker(None)


@dataclass(frozen=True, slots=True)
class Scene:
    """What a source is resolved against: the persons, the register, who spoke before.

    ``spoken`` are the speakers so far, in order.
    """

    cast: Cast
    lexicon: Lexicon
    register: AgentRegister
    published_at: Moment | None
    spoken: list[Speaker]

    def person(self, person: Person | None, name: str) -> Speaker:
        """Return a person as a speaker, with what the article calls them."""
        agent = self.register.named(name)
        if person is None:
            return Speaker(name, agent, gender_of(agent))
        spoken_for = next(
            (d for d in person.descriptions if self.speaks_for(d.role)), None
        )
        described = person.descriptions[0].text if person.descriptions else None
        return Speaker(
            person.name,
            agent or self.register.named(person.name),
            person.gender,
            body=titled(spoken_for.body) if spoken_for else None,
            role=spoken_for.text if spoken_for else described,
        )

    def speaks_for(self, role: str) -> bool:
        """Tell whether a role noun is that of somebody who speaks for others."""
        return role in self.lexicon.roles.spokespersons

    def spoke_last(self, person: Person) -> bool:
        """Tell whether a person is the last speaker with a name."""
        named = (speaker.name for speaker in reversed(self.spoken) if speaker.name)
        return next(named, None) == person.name

    def last_body(self) -> str | None:
        """Return the last speaker, if that was a body with a name."""
        last = next((s for s in reversed(self.spoken) if s.name), NOBODY)
        joint = JOINT in (last.name or "")
        known = last.name is None or self.cast.named(last.name) is not None
        return None if known or joint else last.name

    def since(self, here: int) -> list[Mention]:
        """Return who is named between the last statement and a place, nearest first."""
        ended = max((speaker.ends for speaker in self.spoken[-1:]), default=0)
        return self.cast.mentions(ended, here)

    def before(self, here: int) -> list[Person]:
        """Return the last speakers and then the persons named before, nearest first."""
        spoke = [
            person
            for speaker in reversed(self.spoken)
            if speaker.name is not None
            and (person := self.cast.named(speaker.name)) is not None
        ]
        return [*spoke, *self.cast.mentioned_before(here)]


def agree(one: str, other: str) -> bool:
    """Tell whether two genders do not forbid each other."""
    return "?" in (one, other) or one == other


def titled(name: str | None) -> str | None:
    """Return a name as an index lists it: with a capital."""
    return name[:1].upper() + name[1:] if name else name


def gender_of(agent: Agent | None) -> str:
    """Return the gender of an agent, ``?`` where it is not known."""
    return agent.gender.value if agent is not None and agent.gender is not None else "?"
