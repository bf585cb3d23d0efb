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
from itertools import islice
from typing import Any

from adapters.language.batches import batches
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

TOGETHER = 512
"""Words whose heads are sought together: the model takes their square in time and memory.

No paragraph of news has as many; a line that does is parsed in pieces.
"""


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

    @cached_property
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
        """Parse lines, each on its own, in batches."""
        return [line for batch in batches(lines) for line in self._batch(batch)]

    def _batch(self, lines: Sequence[str]) -> list[ParsedLine]:
        """Parse lines of like length together: the models fill up to the longest."""
        models = self._models
        split = [list(models.words(line)) for line in lines]
        order = sorted(range(len(lines)), key=lambda n: len(split[n]))
        order = [n for n in order if split[n]]
        texts = [[word.text for word in split[n]] for n in order]
        tags = models.morph.map(texts)
        names = models.names.map([lines[n] for n in order])
        found = zip(order, tags, self._heads(texts), names, strict=True)
        tokens = {
            n: self._tokens(split[n], tagged.tokens, heads, named.spans)
            for n, tagged, heads, named in found
        }
        return [_line(line, tokens.get(n, [])) for n, line in enumerate(lines)]

    def _heads(self, texts: Sequence[list[str]]) -> Iterator[list[tuple[int, str]]]:
        """Yield for each line the head of each word (its own for a root) and the relation."""
        cut = [
            [words[at : at + TOGETHER] for at in range(0, len(words), TOGETHER)]
            for words in texts
        ]
        trees = self._models.syntax.map([piece for pieces in cut for piece in pieces])
        for pieces in cut:
            heads: list[tuple[int, str]] = []
            for tree in islice(trees, len(pieces)):
                first = len(heads)
                for at, node in enumerate(tree.tokens):
                    head = int(node.head_id) - 1
                    heads.append((first + (head if head >= 0 else at), node.rel))
            yield heads

    def _tokens(
        self,
        words: Sequence[Any],
        tags: Sequence[Any],
        heads: Sequence[tuple[int, str]],
        spans: Sequence[Any],
    ) -> list[Token]:
        """Return the tokens of a line; ``spans`` are its names, in order."""
        tokens: list[Token] = []
        names = iter(spans)
        name = next(names, None)
        parts = zip(words, tags, heads, strict=True)
        for index, (word, tag, (head, rel)) in enumerate(parts):
            while name is not None and name.stop <= word.start:
                name = next(names, None)
            named = name if name is not None and name.start <= word.start else None
            entity = named.type if named is not None else ""
            token = self._token(index, word, tag, head=head, dep=rel, entity=entity)
            tokens.append(token)
        return tokens

    def _token(
        self, index: int, word: Any, tag: Any, *, head: int, dep: str, entity: str
    ) -> Token:
        pos, feats = tag.pos, dict(tag.feats)
        if pos not in _VERBAL and (told := self._only_verb(word.text)):
            pos, feats = "VERB", dict(told)
        if pos == "ADJ" and feats.get("Variant") == "Short":
            feats["VerbForm"] = "Fin"  # it stands for a verb ("уверена", "готов")
        if (form := feats.get("VerbForm")) in _FORMS:
            feats |= {"VerbForm": _FORMS[form], "Tense": "Pres"}
        lemma, nominative = self._forms(
            word.text, pos, feats.get("Gender", ""), feats.get("Number", "")
        )
        if feats.get("Case") == "Nom":
            nominative = word.text
        return Token(
            index=index,
            start=word.start,
            end=word.stop,
            text=word.text,
            lemma=lemma,
            pos=pos,
            dep=dep,
            head=head,
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


def _line(line: str, tokens: list[Token]) -> ParsedLine:
    sentences = [(0, len(tokens))] if tokens else []
    return ParsedLine(text=line, tokens=tokens, sentences=sentences)


def _like(word: str, form: str) -> str:
    """Return a form with the capitals of a word."""
    if word.isupper() and len(word) > 1:
        return word
    return form[:1].upper() + form[1:] if word[:1].isupper() else form
