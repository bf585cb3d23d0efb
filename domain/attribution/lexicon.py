"""The words of one language by which statements are found and judged.

All knowledge of a language that is words lives in these values, read from
``seeds/lexicons/<language>/``; the rules know classes of words only.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from domain.attribution.date_words import DateWords
from domain.attribution.lexicon_entries import (
    ConditionMarker,
    CueVerb,
    Marker,
    Modal,
    SourcePreposition,
    Words,
)
from domain.attribution.lexicon_grammar import Grammar, Hedges, Roles, Slots
from domain.model.value import Value


class Lexicon(Value):
    """All lexicons of one language."""

    language: str
    version: str
    verbs: tuple[CueVerb, ...]
    prepositions: tuple[SourcePreposition, ...]
    markers: tuple[Marker, ...]
    modals: tuple[Modal, ...]
    conditions: tuple[ConditionMarker, ...]
    grammar: Grammar
    roles: Roles
    slots: Slots
    hedges: Hedges
    dates: DateWords

    @cached_property
    def verbs_by_form(self) -> dict[str, tuple[CueVerb, ...]]:
        """Cue verbs by lemma, participle and finite form; those with particles first.

        A parser gives the wrong lemma to what it does not know, so forms count too.
        """
        forms: dict[str, dict[str, CueVerb]] = {}
        for verb in sorted(self.verbs, key=lambda verb: not verb.particles):
            for form in (verb.lemma, verb.participle, *self._finite(verb)):
                forms.setdefault(form, {})[verb.example] = verb
        return {form: tuple(verbs.values()) for form, verbs in forms.items()}

    @cached_property
    def verbs_by_finite_form(self) -> dict[str, tuple[CueVerb, ...]]:
        """Cue verbs by finite form alone."""
        finite = {form for verb in self.verbs for form in self._finite(verb)}
        return {form: self.verbs_by_form[form] for form in finite}

    @cached_property
    def verbs_by_participle(self) -> dict[str, tuple[CueVerb, ...]]:
        """Cue verbs by past participle, in any gender and number."""
        forms: dict[str, dict[str, CueVerb]] = {}
        for verb in sorted(self.verbs, key=lambda verb: not verb.particles):
            for ending in ("", *self.grammar.participle_endings):
                forms.setdefault(f"{verb.participle}{ending}", {})[verb.example] = verb
        return {form: tuple(verbs.values()) for form, verbs in forms.items()}

    def _finite(self, verb: CueVerb) -> Iterator[str]:
        if not verb.light:
            yield from self._forms(verb.lemma)

    def _forms(self, lemma: str) -> Iterator[str]:
        for ending, others in self.grammar.endings.items():
            if lemma.endswith(ending):
                for stem in self._stems(lemma.removesuffix(ending)):
                    yield from (f"{stem}{other}" for other in others)

    def _stems(self, stem: str) -> Iterator[str]:
        """Yield a stem and what its spelling turns into ("tempér-", "tempèr-")."""
        yield stem
        for written, other in self.grammar.stem_changes.items():
            if stem.endswith(written):
                yield f"{stem.removesuffix(written)}{other}"

    def is_form_of(self, lemma: str, form: str, lemmas: Words) -> bool:
        """Tell whether a word belongs to one of some lemmas, whatever the parser says."""
        return lemma in lemmas or any(
            form in forms
            for each in lemmas
            for forms in (tuple(self._forms(each)), tuple(self._participles(each)))
        )

    def _participles(self, lemma: str) -> Iterator[str]:
        for ending, others in self.grammar.participles.items():
            if lemma.endswith(ending):
                stem = lemma.removesuffix(ending)
                yield from (f"{stem}{other}" for other in others)

    @cached_property
    def modal_by_lemma(self) -> dict[str, Modal]:
        """Modals by lemma; verbs by their finite forms too, whatever the parser says."""
        forms = {
            form: modal
            for modal in self.modals
            if modal.verb
            for form in self._forms(modal.lemma)
        }
        return forms | {modal.lemma: modal for modal in self.modals}
