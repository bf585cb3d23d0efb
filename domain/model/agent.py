"""Agents: persons, bodies and states, their names and the roles they hold.

Aliases are data, never computed: no score separates Trump from Trump Jr. Roles
are held over intervals and looked up by the day of speaking, so that "the foreign
minister" is whoever it was then. An article's wording never edits the register.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from domain.model.ids import SLUG, AgentId
from domain.model.moment import Moment
from domain.model.value import Value
from domain.model.word import Word


class AgentKind(Word):
    """What an agent is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    STATE = "state"


class Gender(Word):
    """Grammatical gender, for the veto of a pronoun only."""

    FEMININE = "f"
    MASCULINE = "m"


class AliasKind(Word):
    """What sort of name an alias is."""

    FULL = "full"
    SURNAME = "surname"
    NICKNAME = "nickname"
    FORMER = "former"
    ACRONYM = "acronym"


class Alias(Value):
    """One spelling of a name, in one language and script."""

    form: Annotated[str, Field(min_length=1)]
    language: str
    kind: AliasKind = AliasKind.FULL


class RoleHolding(Value):
    """A post held over an interval, on whose behalf its holder speaks, and the source.

    ``titles`` are the wordings by which articles call the post, per language.
    ``on_behalf_of`` is set for spokespersons only: ministers speak for themselves.
    """

    post: Annotated[str, Field(pattern=SLUG)]
    organisation: AgentId
    held: Moment
    titles: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    on_behalf_of: AgentId | None = None
    single_seat: bool = True
    source: Annotated[str, Field(min_length=1)]

    def same_seat(self, other: RoleHolding) -> bool:
        """Tell whether both are of one post that has a single seat."""
        same = (self.post, self.organisation) == (other.post, other.organisation)
        return same and self.single_seat and other.single_seat

    def overlaps(self, other: RoleHolding) -> bool:
        """Tell whether two holdings share more than the day of the hand-over."""
        ours, theirs = self.held, other.held
        ends_first = ours.latest is not None and (
            theirs.earliest is not None and ours.latest <= theirs.earliest
        )
        begins_after = theirs.latest is not None and (
            ours.earliest is not None and theirs.latest <= ours.earliest
        )
        return not (ends_first or begins_after)


class Agent(Value):
    """A person, body or state under a stable id.

    ``carries_words`` marks agencies and outlets: they fill the medium of a
    statement, not its speaker. ``external_ids`` maps a scheme (``wikidata``) to an
    id in it. ``labels`` are display names per language.
    """

    id: Annotated[AgentId, Field(pattern=SLUG)]
    kind: AgentKind
    labels: dict[str, str]
    aliases: tuple[Alias, ...]
    gender: Gender | None = None
    carries_words: bool = False
    roles: tuple[RoleHolding, ...] = ()
    external_ids: dict[str, str] = Field(default_factory=dict)

    def label(self, language: str = "en") -> str:
        """Return the display name in the language, or in English."""
        return self.labels.get(language) or self.labels["en"]
