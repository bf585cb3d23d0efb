"""natasha behind the parser port, for Russian; its models are loaded on first use.

natasha carries the models of slovnet for tags, syntax and names. Its own lemmatiser
needs a package that current Pythons no longer bring, so lemmas and nominatives come
from pymorphy3, read under the tags of slovnet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.metadata import version
from typing import Any

from domain.attribution.parsing import ParsedLine, Token

_POS = {
    "NOUN": {"NOUN"},
    "PROPN": {"NOUN"},
    "ADJ": {"ADJF", "ADJS", "COMP"},
    "VERB": {"VERB", "INFN", "PRTF", "PRTS", "GRND"},
    "AUX": {"VERB", "INFN"},
    "DET": {"ADJF", "NPRO"},
    "PRON": {"NPRO", "ADJF"},
    "NUM": {"NUMR", "ADJF"},
}
"""Parts of speech of Universal Dependencies to those of pymorphy."""
_FORMS = {"Conv": "Part"}
"""A converb reports like a participle ("добавив, что")."""
_VERBAL = {"VERB", "AUX"}
_TENSES = {"past": "Past", "pres": "Pres", "futr": "Fut"}
_GENDERS = {"femn": "Fem", "masc": "Masc", "neut": "Neut"}
_CASED = {"NOUN", "PROPN", "ADJ", "DET"}


@dataclass(frozen=True, slots=True)
class _Models:
    """What is loaded once a process."""

    morph: Any
    syntax: Any
    names: Any
    words: Any
    analyser: Any


class NatashaParser:
    """Parses Russian lines with natasha."""

    @property
    def name(self) -> str:
        """Name and version of library and models."""
        return f"natasha {version('natasha')} pymorphy3 {version('pymorphy3')}"

    @cached_property
    def _models(self) -> _Models:
        # seconds of import, for those who parse Russian only
        import pymorphy3  # noqa: PLC0415 (an extra, slow to load)
        from natasha import (  # noqa: PLC0415 (an extra, slow to load)
            NewsEmbedding,
            NewsMorphTagger,
            NewsNERTagger,
            NewsSyntaxParser,
        )
        from razdel import tokenize  # noqa: PLC0415 (an extra)

        embedding = NewsEmbedding()
        return _Models(
            morph=NewsMorphTagger(embedding),
            syntax=NewsSyntaxParser(embedding),
            names=NewsNERTagger(embedding),
            words=tokenize,
            analyser=pymorphy3.MorphAnalyzer(lang="ru"),
        )

    @property
    def trust(self) -> float:
        """How far its parses are to be trusted."""
        return 1.0

    def parse(self, lines: Sequence[str]) -> list[ParsedLine]:
        """Parse lines, each on its own, in one batch."""
        models = self._models
        split = [list(models.words(line)) for line in lines]
        full = [words for words in split if words]
        texts = [[word.text for word in words] for words in full]
        tags = models.morph.map(texts)
        trees = models.syntax.map(texts)
        names = models.names.map([line for line in lines if line.strip()])
        parsed = zip(full, tags, trees, names, strict=True)
        return [self._line(line, parsed) for line in lines]

    def _line(self, line: str, parsed: Iterator[Any]) -> ParsedLine:
        if not line.strip():
            return ParsedLine(text=line, tokens=[], sentences=[])
        words, tags, tree, names = next(parsed)
        tokens = [
            self._token(n, word, tag, node, names.spans)
            for n, (word, tag, node) in enumerate(
                zip(words, tags.tokens, tree.tokens, strict=True)
            )
        ]
        return ParsedLine(text=line, tokens=tokens, sentences=[(0, len(tokens))])

    def _token(self, index: int, word: Any, tag: Any, node: Any, spans: Any) -> Token:
        pos, feats = tag.pos, dict(tag.feats)
        if pos not in _VERBAL and (told := self._only_verb(word.text)):
            pos, feats = "VERB", dict(told)
        if pos == "ADJ" and feats.get("Variant") == "Short":
            feats["VerbForm"] = "Fin"  # it stands for a verb ("уверена", "готов")
        if (form := feats.get("VerbForm")) in _FORMS:
            feats |= {"VerbForm": _FORMS[form], "Tense": "Pres"}
        head = int(node.head_id) - 1
        lemma, nominative = self._forms(
            word.text, pos, feats.get("Gender", ""), feats.get("Number", "")
        )
        if feats.get("Case") == "Nom":
            nominative = word.text
        entity = next((s.type for s in spans if s.start <= word.start < s.stop), "")
        return Token(
            index=index,
            start=word.start,
            end=word.stop,
            text=word.text,
            lemma=lemma,
            pos=pos,
            dep=node.rel,
            head=head if head >= 0 else index,
            feats=feats,
            entity=entity,
            nominative=nominative,
        )

    @lru_cache(maxsize=65536)  # noqa: B019 (one parser a process, of a bounded size)
    def _only_verb(self, word: str) -> tuple[tuple[str, str], ...]:
        """Return the features of a form that the dictionary knows as a verb alone.

        The tagger takes rare verbs behind a quotation for nouns or adverbs.
        """
        if not word.islower():
            return ()
        parses = self._models.analyser.parse(word)
        if any(p.tag.POS != "VERB" or not p.is_known for p in parses):
            return ()
        tag = parses[0].tag
        told = {
            "VerbForm": "Fin",
            "Tense": _TENSES.get(tag.tense, ""),
            "Gender": _GENDERS.get(tag.gender, ""),
            "Number": "Plur" if tag.number == "plur" else "Sing",
        }
        return tuple((key, value) for key, value in told.items() if value)

    @lru_cache(maxsize=65536)  # noqa: B019 (one parser a process, of a bounded size)
    def _forms(self, word: str, pos: str, gender: str, number: str) -> tuple[str, str]:
        """Return lemma and nominative of a word, its capital kept."""
        parses = self._models.analyser.parse(word)
        wanted = _POS.get(pos)
        fitting = [p for p in parses if wanted is None or p.tag.POS in wanted]
        names = {"Surn", "Name", "Patr", "Geox", "Orgn"}
        if pos == "PROPN":
            fitting.sort(key=lambda p: not names & set(p.tag.grammemes))
        if gender in {"Fem", "Masc"}:
            told = {"Fem": "femn", "Masc": "masc"}[gender]
            fitting.sort(key=lambda p: p.tag.gender not in {told, None})
        best = (fitting or parses)[0]
        lemma = str(best.normal_form)
        if pos not in _CASED:
            return lemma, ""
        grammemes = {"nomn"} | ({"plur"} if number == "Plur" else {"sing"})
        inflected = best.inflect(grammemes)
        form = str(inflected.word) if inflected is not None else word
        return lemma, _like(word, form)


def _like(word: str, form: str) -> str:
    """Return a form with the capitals of a word."""
    if word.isupper() and len(word) > 1:
        return word
    return form[:1].upper() + form[1:] if word[:1].isupper() else form
