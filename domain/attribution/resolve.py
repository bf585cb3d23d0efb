"""Speakers: who is meant by a source, in the order of certainty.

1. A full name, unless it only completes another noun ("le bureau de X").
2. The surname of somebody named in full here, else of one agent of the register.
3. A role given to somebody here, else held by one agent of the register when the
   article appeared, else, for a definite role, the last speaker or person named whom
   gender and role do not forbid.
4. A body.
5. A pronoun: the subject of a sentence since the last statement; else the last
   speaker whose gender and number do not forbid it, never the nearest name; else
   somebody of that gender named since. What fits none is unnamed: a value, no guess.
6. Nothing: the last speaker, unless the sentence of the cue names its own subject.
"""

from __future__ import annotations

from dataclasses import replace

from domain.attribution.cast import Cast
from domain.attribution.confidence import of_speaker
from domain.attribution.lexicon import Lexicon
from domain.attribution.lexicon_entries import CueVerb
from domain.attribution.lines import Line
from domain.attribution.naming import NamedSource
from domain.attribution.sources import Source, source_before
from domain.attribution.speakers import NOBODY, Scene, Speaker, agree
from domain.attribution.verb_groups import Cue
from domain.model.moment import Moment
from domain.model.register import AgentRegister
from domain.model.span import Span
from domain.model.statement import Identification, Resolution

NO_VERB = CueVerb(lemma="", participle="", example="-")


class Resolver:
    """Resolves the sources of one article, in their order."""

    def __init__(
        self,
        cast: Cast,
        lexicon: Lexicon,
        register: AgentRegister,
        published_at: Moment | None,
    ) -> None:
        self._lexicon, self._register = lexicon, register
        self._scene = Scene(cast, lexicon, register, published_at, [])

    def resolve(
        self, line: Line, source: Source | None, at: int, said: Span
    ) -> Identification:
        """Return who is meant by a source, and remember it for what follows.

        ``at`` is the token where its cue stands, ``said`` what is said from its first
        to its last word.
        """
        if source is None:
            speaker, resolution = self._elided(line, at, said), Resolution.ELIDED
        elif source.pronoun in self._lexicon.roles.unnamed:
            speaker, resolution = NOBODY, Resolution.UNNAMED
        elif source.pronoun is not None:
            speaker = self._pronoun(line, source.pronoun, at, said)
            resolution = Resolution.PRONOUN
        else:
            speaker, resolution = NamedSource(self._scene, line, source).speaker()
            speaker = self._in_scene(line, speaker, at)
        place = line.place(line.tokens[at])
        told = replace(
            speaker, line=line, at=place.start, ends=max(place.end, said.end)
        )
        self._scene.spoken.append(told)
        return self._identification(speaker, resolution)

    @property
    def scene(self) -> Span | None:
        """The sentence that names the last speaker as its subject, if one does."""
        return self._scene.spoken[-1].scene if self._scene.spoken else None

    def _in_scene(self, line: Line, speaker: Speaker, at: int) -> Speaker:
        """Return a speaker with the sentence before in which they act, if one is."""
        before = line.sentence_of(at).first
        opens = line.sentences[0].first
        if speaker.name is None or not before or opens not in line.temporal:
            return speaker
        subject = self._subject_since(line, before)
        same = subject is not None and subject.name == speaker.name
        return replace(speaker, scene=subject.scene) if subject and same else speaker

    def _elided(self, line: Line, at: int, said: Span) -> Speaker:
        """Return who speaks where the source is left out, or was not made out.

        The last speaker, unless a sentence since then has a subject of its own.
        """
        last = self._scene.spoken[-1] if self._scene.spoken else NOBODY
        sentence = line.sentence_of(at)
        begun = line.place(line.tokens[sentence.first]).start
        if last.line is not line or last.ends <= begun:
            cue = line.place(line.tokens[at]).start
            for mention in self._scene.since(min(cue, said.start)):
                if mention.subject and mention.at >= begun:
                    person = mention.person
                    found = self._scene.person(person, person.name)
                    return replace(found, rule="speaker-by-subject")
        return self._last("?", plural=None)

    def _pronoun(self, line: Line, pronoun: str, at: int, said: Span) -> Speaker:
        """Return whom a pronoun goes back to, by what has been told since and before."""
        kind = self._lexicon.grammar.subject_pronouns.get(pronoun, "??")
        gender, plural = kind[0], None if kind[1:] == "?" else kind[1:] == "p"
        if plural:
            return self._last(gender, plural=plural)
        subject = self._subject_since(line, at)
        alone = subject is None or plural is None or not subject.plural
        if subject is not None and alone and agree(gender, subject.gender):
            return replace(subject, rule="speaker-by-subject")
        cue = line.place(line.tokens[at]).start
        since = [
            m
            for m in self._scene.since(min(cue, said.start))
            if agree(gender, m.person.gender)
        ]
        for mention in since:
            if mention.subject:
                found = self._scene.person(mention.person, mention.person.name)
                return replace(found, rule="speaker-by-subject")
        last = self._last(gender, plural=plural)
        named = since[0].person if since else None
        sure = named is not None and gender == named.gender and last.line is not line
        if named is not None and (last is NOBODY or sure):
            found = self._scene.person(named, named.name)
            return replace(found, rule="speaker-by-mention")
        return last

    def _subject_since(self, line: Line, at: int) -> Speaker | None:
        """Return the subject of the last sentence since the last statement, if it speaks.

        Sentences of the same paragraph only, up to the token ``at``.
        """
        since = max((s.at for s in self._scene.spoken if s.line is line), default=-1)
        for sentence in reversed(line.sentences):
            begun = line.place(line.tokens[sentence.first]).start
            if sentence.first > at or begun < since:
                continue
            source = self._subject(line, sentence.first, min(at, sentence.last))
            if source is not None:
                found, resolution = NamedSource(self._scene, line, source).speaker()
                known = {Resolution.NAME, Resolution.SURNAME, Resolution.ROLE}
                if found.name is not None and resolution in known:
                    scene = line.stretch(sentence.first, sentence.last - 1)
                    return replace(found, scene=scene)
        return None

    def _subject(self, line: Line, first: int, end: int) -> Source | None:
        """Return the phrase before the first finite verb that is its subject."""
        finite = (
            i
            for i in range(first, end)
            if line.tokens[i].feats.get("VerbForm") == "Fin"
        )
        verb = next(finite, None)
        if verb is None or verb == first:
            return None
        cue = Cue(NO_VERB, verb, verb)
        return source_before(line, cue, first, self._lexicon)

    def _last(self, gender: str, *, plural: bool | None) -> Speaker:
        """Return the last speaker whom gender and number allow."""
        for speaker in reversed(self._scene.spoken):
            if agree(gender, speaker.gender) and plural in (None, speaker.plural):
                return speaker
        return NOBODY

    def _identification(
        self, speaker: Speaker, resolution: Resolution
    ) -> Identification:
        kept = {Resolution.ELIDED, Resolution.PRONOUN}
        if speaker.name is None and resolution not in kept:
            resolution = Resolution.UNNAMED
        body = self._register.named(speaker.body) if speaker.body else None
        agent = speaker.agent
        if body is None and agent is not None and speaker.body:
            body = self._register.spoken_for(agent, on=self._scene.published_at)
        rule = speaker.rule or f"speaker-by-{resolution.value}"
        return Identification(
            speaker=speaker.name,
            agent=agent.id if agent else None,
            resolution=resolution,
            role_as_stated=speaker.role,
            on_behalf_of=speaker.body,
            on_behalf_of_agent=body.id if body else None,
            rule=rule,
            confidence=of_speaker(rule, speaker.name),
        )
