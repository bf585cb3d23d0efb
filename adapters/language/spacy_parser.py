"""spaCy behind the parser port; the model is loaded once a process, on first use."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from importlib.metadata import version
from typing import Any

from adapters.language.batches import batches
from domain.attribution.parsing import ParsedLine, Token


class SpacyParser:
    """Parses with a spaCy model package that is installed."""

    def __init__(self, model: str, package: str) -> None:
        self._model, self._package = model, package

    @cached_property
    def name(self) -> str:
        """Name and version of library and model."""
        return f"spacy {version('spacy')} {self._package} {version(self._package)}"

    @cached_property
    def _pipeline(self) -> Any:
        import spacy  # noqa: PLC0415 (a second of import, for those who parse only)

        return spacy.load(self._model)

    @property
    def trust(self) -> float:
        """How far its parses are to be trusted."""
        return 1.0

    def parse(self, lines: Sequence[str]) -> list[ParsedLine]:
        """Parse lines, each on its own, in batches."""
        return [
            _line(line, parsed)
            for batch in batches(lines)
            for line, parsed in zip(batch, self._pipeline.pipe(batch), strict=True)
        ]


def _line(line: str, parsed: Any) -> ParsedLine:
    return ParsedLine(
        text=line,
        tokens=[_token(token) for token in parsed],
        sentences=[(s.start, s.end) for s in parsed.sents],
    )


def _token(token: Any) -> Token:
    return Token(
        index=token.i,
        start=token.idx,
        end=token.idx + len(token.text),
        text=token.text,
        lemma=token.lemma_,
        pos=token.pos_,
        dep=token.dep_,
        head=token.head.i,
        feats=_features(token.morph),
        entity=token.ent_type_,
    )


@lru_cache(maxsize=4096)
def _features(morph: Any) -> dict[str, str]:
    """Return the features of a token: few in number, read from text by spaCy."""
    return dict(morph.to_dict())
