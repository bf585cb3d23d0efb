"""A source that is a body: its full name, or the body that "the company" goes back to."""

from __future__ import annotations

from domain.attribution.lines import Line
from domain.attribution.names import is_capital
from domain.attribution.parsing import Token
from domain.attribution.role_sources import RoleSource
from domain.attribution.sources import Source
from domain.attribution.speakers import NOBODY, Scene, Speaker, titled
from domain.model.agent import AgentKind
from domain.model.statement import Resolution


class BodySource:
    """A source that names no person and no role, on its way to a speaker."""

    def __init__(
        self, scene: Scene, line: Line, source: Source, by_role: RoleSource
    ) -> None:
        self._scene, self._line, self._source = scene, line, source
        self._cast, self._lexicon = scene.cast, scene.lexicon
        self._register = scene.register
        self._by_role = by_role

    def speaker(self) -> tuple[Speaker, Resolution]:
        """Return the body that a source names, or nobody where it names none."""
        tokens = self._apposed()
        article = tokens[0].text.lower()
        while tokens and (
            tokens[0].pos in {"DET", "ADP"}
            or (tokens[0].text.lower() in self._lexicon.roles.definite)
        ):
            tokens.pop(0)
        if not tokens or article in self._lexicon.roles.unnamed:
            return NOBODY, Resolution.UNNAMED
        if (meant := self._by_role.by_nation(tokens)) is not None:
            return meant, Resolution.ROLE
        tokens = self._proper(self._titled(tokens) or tokens)
        name = self._line.named(tokens[0].index, tokens[-1].index + 1)
        name = self._cast.bodies.full(name)
        if (body := self._body_before(tokens)) is not None:
            name = body
        agent = self._register.named(name)
        known = agent is not None and agent.kind is not AgentKind.PERSON
        lemmas = {t.lemma.lower() for t in tokens} | {t.text.lower() for t in tokens}
        bodies = set(self._lexicon.roles.bodies)
        if (
            known
            or lemmas & bodies
            or tokens[0].pos == "PROPN"
            or is_capital(tokens[0])
        ):
            plural = self._source.tokens[0].feats.get("Number") == "Plur"
            gender = {"Fem": "f", "Masc": "m", "Neut": "n"}.get(
                tokens[0].feats.get("Gender", ""), "?"
            )
            return Speaker(titled(name), agent, gender, plural), Resolution.ORGANISATION
        return NOBODY, Resolution.UNNAMED

    def _apposed(self) -> list[Token]:
        """Return the part of the source that names it, of those that commas part.

        The first one that holds a capital: "The White Hall, seat of …", "the
        contractor, Hollis & Wray".
        """
        parts: list[list[Token]] = [[]]
        for token in self._source.tokens:
            if token.text == ",":
                parts.append([])
            else:
                parts[-1].append(token)
        named = (part for part in parts[1:] if any(is_capital(t) for t in part))
        first = parts[0]
        if len(parts) > 1 and not any(is_capital(t) and t.pos != "DET" for t in first):
            return next(named, first)
        return first or [t for t in self._source.tokens if t.text != ","]

    def _body_before(self, tokens: list[Token]) -> str | None:
        """Return the body that a noun alone goes back to ("le groupe", "the company")."""
        first = self._source.tokens[0]
        opens = first.text.lower() in self._lexicon.roles.definite
        bare = self._lexicon.roles.bare_is_definite
        if len(tokens) != 1 or not (opens or bare) or is_capital(tokens[0]):
            return None
        noun, here = tokens[0].lemma.lower(), self._source.span.start
        spoke = (
            self._scene.last_body()
            if noun in self._lexicon.roles.generic_bodies
            else None
        )
        return spoke or self._cast.bodies.meant(noun, here)

    def _titled(self, tokens: list[Token]) -> list[Token]:
        """Return the name in quotation marks that a body bears ("компания «Порт»")."""
        inside = [t for t in tokens if self._line.title_of(t) is not None]
        owner = bool(inside) and inside[0].feats.get("Case") not in {None, "Nom"}
        return inside if len(inside) < len(tokens) and not owner else []

    def _proper(self, tokens: list[Token]) -> list[Token]:
        """Return "Eurofer" of "la fédération Eurofer": a name right behind its nouns."""
        at = next((n for n, t in enumerate(tokens) if is_capital(t)), 0)
        plain = tokens[:at]
        nouns = all(t.text.islower() and t.pos in {"NOUN", "ADJ"} for t in plain)
        return tokens[at:] if plain and nouns else tokens
