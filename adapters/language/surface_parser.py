"""A parser of words alone, for languages without a parser of their own: a lower tier.

It knows the words of the lexicon and the shape of the others: a capital makes a name,
a known form a verb, the rest are nouns. There are no heads and no cases; rules that
ask for them find nothing. What is read through it is less certain, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from domain.attribution.lexicon import Lexicon
from domain.attribution.parsing import ParsedLine, Token

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]|_")
_BESIDE = {"VERB", "ADV", "PUNCT"}
"""Parts of speech that stand beside the name of somebody who acts."""
_SURNAME = {"NameType": "Sur"}
_LONGEST_NAME = 3
"""Words of a name where no capital tells its end."""
_NAME = 2
"""Words of a name."""
_STEM = 4
"""Letters that are too few for a verb to be told by its ending."""
_ENDING = 3
"""Letters by which its ending may differ."""


class SurfaceParser:
    """Parses with the lexicon of a language and nothing else."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words = dict(_closed_classes(lexicon))
        roles, slots = lexicon.roles, lexicon.slots
        self._nouns = tuple(
            sorted(
                {
                    *roles.persons,
                    *roles.bodies,
                    *roles.documents,
                    *slots.media,
                    *slots.outlets,
                    *slots.addressees,
                    *slots.events,
                },
                key=len,
                reverse=True,
            )
        )
        self._known = frozenset(self._nouns)
        self._lemma_of = lru_cache(maxsize=16384)(self._find_lemma)

    @property
    def name(self) -> str:
        """Name of the tier and version of the lexicon."""
        return f"surface {self._lexicon.language} {self._lexicon.version}"

    @property
    def trust(self) -> float:
        """How far its parses are to be trusted."""
        return 0.7

    def parse(self, lines: Sequence[str]) -> list[ParsedLine]:
        """Parse lines, each on its own."""
        return [self._line(line) for line in lines]

    def _line(self, line: str) -> ParsedLine:
        tokens = [
            self._token(index, found.group(), found.start())
            for index, found in enumerate(_WORD.finditer(line))
        ]
        tokens = self._with_names(tokens)
        return ParsedLine(text=line, tokens=tokens, sentences=[(0, len(tokens))])

    def _token(self, index: int, text: str, start: int) -> Token:
        form = text.lower()
        pos, feats, lemma = self._read(text, form)
        return Token(
            index=index,
            start=start,
            end=start + len(text),
            text=text,
            lemma=lemma,
            pos=pos,
            dep="dep",
            head=index,
            feats=feats,
        )

    def _with_names(self, tokens: list[Token]) -> list[Token]:
        """Mark runs of capitals as persons, a place or body before the name apart.

        "президент України Володимир …": behind a role noun the last two of three
        capitals are the name.
        """
        tokens = self._with_surnames(tokens)
        bodies = self._lexicon.roles.bodies
        marked = [
            replace(t, entity="ORG") if t.lemma in bodies and t.text[0].isupper() else t
            for t in tokens
        ]
        at = 0
        while at < len(tokens):
            end = at
            while end < len(tokens) and tokens[end].pos == "PROPN":
                end += 1
                if tokens[end - 1].feats == _SURNAME and not _is_surname(tokens, end):
                    break
            before = tokens[at - 1] if at else None
            behind = tokens[end] if end < len(tokens) else None
            titled = before is not None and before.lemma in self._known
            acts = any(t is None or t.pos in _BESIDE for t in (before, behind))
            acts = acts or bool(self._lexicon.grammar.definite_prefix)
            if end - at >= _NAME and (titled or acts):
                start = end - _NAME if titled else at
                if self._lexicon.grammar.definite_prefix:
                    start, end = at, min(end, at + _LONGEST_NAME)
                for n in range(at, end):
                    kind = "PER" if n >= start else "LOC"
                    marked[n] = replace(tokens[n], entity=kind)
            at = max(end, at + 1)
        return marked

    def _with_surnames(self, tokens: list[Token]) -> list[Token]:
        """Take words with an article right behind a first name for its surname."""
        prefix = self._lexicon.grammar.definite_prefix
        joined: list[Token] = []
        plain = 0
        for token in tokens:
            name = token.pos == "PROPN"
            plain = plain + 1 if name else plain
            surname = (
                bool(prefix)
                and not name
                and plain == 1
                and bool(joined)
                and joined[-1].pos == "PROPN"
                and token.pos == "NOUN"
                and token.lemma not in self._known
                and token.text.startswith(prefix)
            )
            plain = plain if name or surname else 0
            told = replace(token, pos="PROPN", feats=_SURNAME) if surname else token
            joined.append(told)
        return joined

    def _read(self, text: str, form: str) -> tuple[str, dict[str, str], str]:
        """Return part of speech, features and lemma of a word."""
        if not text[0].isalpha():
            return ("NUM" if text[0].isdigit() else "PUNCT"), {}, text
        for prefix in self._lexicon.grammar.prefixes:
            rest = form.removeprefix(prefix)
            if rest != form and form not in self._words and self._is_word(rest):
                form = rest
        if (known := self._words.get(form)) is not None:
            return known, {}, form
        converb = self._lexicon.grammar.converbs.get(form)
        if converb is not None:
            return "VERB", {"VerbForm": "Part", "Tense": "Pres"}, converb
        if (verbs := self._lexicon.verbs_by_form.get(form)) is not None:
            return "VERB", {"VerbForm": self._form(form)}, verbs[0].lemma
        noun = self._lemma_of(form)
        if noun not in self._known and self._is_verb(form):
            return "VERB", {"VerbForm": self._form(form)}, form
        named = noun not in self._known and self._may_name(text, form)
        return ("PROPN" if named else "NOUN"), {}, noun

    def _dropped(self, noun: str) -> str:
        """Return the ending that a noun loses where it is inflected."""
        endings = self._lexicon.grammar.noun_endings
        return next((ending for ending in endings if noun.endswith(ending)), "")

    def _is_word(self, form: str) -> bool:
        """Tell whether the lexicon knows a word."""
        verbs = self._lexicon.verbs_by_form
        return form in self._words or form in verbs or form in self._known

    def _may_name(self, text: str, form: str) -> bool:
        """Tell a name by its capital, or where none exist by its want of an article."""
        if text[0].isupper() or text[0].islower():
            return text[0].isupper()
        grammar = self._lexicon.grammar
        owned = len(form) > _STEM and form.endswith(grammar.possessed_endings)
        return not (owned or form.startswith(grammar.definite_prefix))

    def _form(self, form: str) -> str:
        """Return whether a verb is finite or an infinitive."""
        return (
            "Inf" if form.endswith(self._lexicon.grammar.infinitive_endings) else "Fin"
        )

    def _is_verb(self, form: str) -> bool:
        """Tell whether a word looks like a verb, or is a modal one."""
        modal = self._lexicon.modal_by_lemma.get(form)
        if modal is not None and modal.verb:
            return True
        grammar = self._lexicon.grammar
        endings = (*grammar.finite_endings, *grammar.infinitive_endings)
        return len(form) > _STEM and form.endswith(endings)

    def _find_lemma(self, form: str) -> str:
        """Return the noun of the lexicon of which this may be a form, or itself."""
        if form in self._known:
            return form
        for noun in self._nouns:
            stem = noun.removesuffix(self._dropped(noun))
            if form.startswith(stem) and abs(len(form) - len(noun)) <= _ENDING:
                return noun
        return form


def _is_surname(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].feats == _SURNAME


def _closed_classes(lexicon: Lexicon) -> Mapping[str, str]:
    """Return the part of speech of the words that the grammar lists."""
    grammar = lexicon.grammar
    classes = (
        ("ADV", (*grammar.reported_adverbs, *grammar.emphatics, *grammar.adverbs)),
        ("ADP", (*grammar.prepositions, *grammar.time_prepositions)),
        ("ADP", (*grammar.participle_prepositions, *lexicon.slots.medium_markers)),
        ("PRON", (*grammar.subject_pronouns, *grammar.own_pronouns, *grammar.datives)),
        ("PRON", grammar.relative_pronouns),
        ("PART", grammar.negators),
        ("CCONJ", (*grammar.coordinators, *grammar.joiners)),
        ("SCONJ", (*grammar.conjunctions, *grammar.complementizers)),
    )
    return {word: pos for pos, words in classes for word in words}
