"""The whole of extraction, beside its parser alone on the same lines in the same run.

The floor is the library itself (spaCy's pipe, natasha's models): it makes no tokens of
ours, reads no dates and resolves nobody. It gets the lines in the batches in which
extraction hands them over. Lower tiers have no parser, and no floor.

Memory is that of a fresh process which extracts the same articles, by language.
"""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import yaml

from adapters.lexicons.seeds import shipped
from api.app import load, make_extractor, parser
from domain.attribution.parsing import ParsedLine, Parser
from domain.model.article import Article
from tests.benchmarks.measure import Result, compare

LANGUAGES = ("fr", "en", "ru")
ARTICLES = 24
"""Articles in a round; the same ones again where there are fewer."""
TESTS = Path(__file__).parents[1]
GOLD = TESTS / "quality" / "gold" / "open.jsonl"
CONSTRUCTIONS = TESTS / "domain" / "attribution" / "constructions"
_KIB = 1024


class _Listening:
    """A parser that remembers the batches of lines that it was given."""

    def __init__(self, behind: Parser) -> None:
        self._behind = behind
        self.name, self.trust = behind.name, behind.trust
        self.batches: list[list[str]] = []

    def parse(self, lines: Sequence[str]) -> list[ParsedLine]:
        """Parse lines, and remember them."""
        self.batches.append(list(lines))
        return self._behind.parse(lines)


def run() -> list[Result]:
    """Measure extraction in each language that has a parser."""
    return [_measure(language) for language in LANGUAGES]


def memory_table() -> str:
    """Return the memory of a process before and behind its first articles."""
    rows = [
        "| process that extracts | memory, resident | at most |",
        "|---|--:|--:|",
    ]
    for languages in (("no article",), *((each,) for each in LANGUAGES), LANGUAGES):
        with ProcessPoolExecutor(
            1, mp_context=multiprocessing.get_context("spawn")
        ) as pool:
            now, most = pool.submit(memory_of, languages).result()
        rows.append(f"| {', '.join(languages)} | {now} MB | {most} MB |")
    return "\n".join(rows)


def memory_of(languages: Sequence[str]) -> tuple[int, int]:
    """Extract articles in this process; return its memory now and at most, in MB."""
    extractor = make_extractor(load())
    for language in languages:
        if language in LANGUAGES:
            extractor.extract_all(articles(language))
    told = dict(
        line.split(":", 1)
        for line in Path("/proc/self/status").read_text().splitlines()
    )
    now, most = (int(told[name].split()[0]) for name in ("VmRSS", "VmHWM"))
    return now // _KIB, most // _KIB


def articles(language: str) -> list[Article]:
    """Return the articles of a round."""
    texts = _texts(language)
    return [
        Article(text=text, language=language) for text in islice(cycle(texts), ARTICLES)
    ]


def _texts(language: str) -> list[str]:
    """Return the seed article, the gold that may be looked at, or the constructions."""
    if seeds := sorted((shipped() / "articles").glob(f"*.{language}.txt")):
        return [path.read_bytes().decode() for path in seeds]
    if GOLD.is_file():
        lines = GOLD.read_text(encoding="utf-8").split("\n")
        gold = [json.loads(line) for line in lines if line]
        if texts := [each["text"] for each in gold if each["language"] == language]:
            return texts
    table = (CONSTRUCTIONS / f"{language}.yaml").read_text(encoding="utf-8")
    return ["\n".join(each["text"] for each in yaml.safe_load(table))]


def _measure(language: str) -> Result:
    extractor, round_of = make_extractor(load()), articles(language)
    listening = _Listening(parser(language))
    extractor._parsers = {language: listening}
    extractor.extract_all(round_of)
    extractor._parsers = {language: parser(language)}
    bare = _bare(parser(language))

    def whole() -> None:
        extractor.extract_all(round_of)

    def alone() -> None:
        for lines in listening.batches:
            bare(lines)

    return compare(
        f"extraction, {language}",
        f"the parser alone: {parser(language).name}",
        "articles",
        len(round_of),
        thing=whole,
        floor=alone,
    )


def _bare(behind: Parser) -> Callable[[list[str]], object]:
    """Return the library behind a parser, as it parses a batch of lines."""
    pipeline: Any = getattr(behind, "_pipeline", None)
    if pipeline is not None:
        return lambda lines: list(pipeline.pipe(lines))
    models: Any = behind._models  # type: ignore[attr-defined]

    def natasha(lines: list[str]) -> object:
        lines = sorted(lines, key=len)  # as extraction does: it saves padding
        words = [[word.text for word in models.words(line)] for line in lines if line]
        return [
            list(models.morph.map(words)),
            list(models.syntax.map(words)),
            list(models.names.map([line for line in lines if line])),
        ]

    return natasha
