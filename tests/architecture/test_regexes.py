"""No pattern of ours can be made to work for ever: each is judged before it is shipped.

Those written out are read from the source; those put together from lexicons are caught
while the shipped seeds read a short article of every language.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from adapters.dates.dateparser_reader import DateparserReader
from adapters.language.identify import LanguageIdentifier
from adapters.language.surface_parser import SurfaceParser
from adapters.lexicons.seeds import Seeds, shipped
from domain.attribution import matching
from domain.attribution.dating import Dater
from domain.attribution.extract import Extractor
from domain.attribution.filing import Filer
from domain.model.article import Article
from domain.model.moment import Moment
from tests.support.backtracking import faults

ROOT = Path(__file__).parents[2]
PACKAGES = ("domain", "adapters", "api")
TAKES_A_PATTERN = {"compile", "search", "match", "fullmatch", "split", "findall"} | {
    *("finditer", "sub", "subn"),
}
ARTICLES = {
    "fr": "Mira Solen a déclaré mardi 4 mars que le port rouvrira il y a deux jours.",
    "en": "Mira Solen said on Tuesday, March 4, that the port had opened two days ago.",
    "ru": "Мира Солен заявила во вторник, 4 марта, что порт откроют два дня спустя.",
    "uk": "Міра Солен заявила у вівторок, 4 березня, що порт відкриють за два дні.",
    "ar": "قالت ميرا سولين يوم الثلاثاء 4 مارس إن الميناء سيفتح قبل يومين.",
}
"""Said by invented people."""

Test = TypeVar("Test", bound=Callable[..., None])
Compiled = re.Pattern[str] | re.Pattern[bytes]
Place = tuple[str, int]
"""A file, and a line of it."""


def reads_articles(test: Test) -> Test:
    """Mark a test that waits for articles to be read, once for all of them."""
    marked: Test = pytest.mark.slow(test)
    return marked


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Yield the calls of ours that hand a pattern to ``re``, with their files."""
    for path in sorted(p for each in PACKAGES for p in (ROOT / each).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(ast.Name("re"), name)) if (
                    name in TAKES_A_PATTERN
                ):
                    yield path.relative_to(ROOT).as_posix(), node
                case _:
                    pass


def written() -> Iterator[tuple[Place, Compiled]]:
    """Yield the patterns that stand in the source as they are."""
    for path, call in calls():
        match call.args[0]:
            case ast.Constant(str(text)):
                yield (path, call.lineno), re.compile(text, flags(call))
            case ast.Constant(bytes(raw)):
                yield (path, call.lineno), re.compile(raw, flags(call))
            case _:
                pass


def flags(call: ast.Call) -> int:
    """Return the flags that a call names."""
    named = 0
    for node in ast.walk(call):
        match node:
            case ast.Attribute(ast.Name("re"), name) if name.isupper():
                named |= getattr(re, name)
            case _:
                pass
    return named


@pytest.fixture(scope="module")
def put_together() -> dict[Place, set[Compiled]]:
    """Return the patterns compiled while articles of all languages are read."""
    caught: dict[Place, set[Compiled]] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(re, "compile", catching(re.compile, caught))
        matching._compiled.cache_clear()
        extract = fresh()
        for language, text in ARTICLES.items():
            published = Moment.parse("2031-03-06")
            extract.extract(
                Article(text=text, language=language, published_at=published)
            )
    return caught


def catching(
    compile_: Callable[..., Compiled], caught: dict[Place, set[Compiled]]
) -> Callable[..., Compiled]:
    """Return what compiles a pattern and notes it with the place that asked."""

    def compiled(*args: object, **kwargs: object) -> Compiled:
        pattern, asked = compile_(*args, **kwargs), sys._getframe(1)
        path = Path(asked.f_code.co_filename)
        if any(path.is_relative_to(ROOT / each) for each in PACKAGES):
            place = path.relative_to(ROOT).as_posix(), asked.f_lineno
            caught.setdefault(place, set()).add(pattern)
        return pattern

    return compiled


def fresh() -> Extractor:
    """Return an extractor that has compiled nothing yet; it needs no model."""
    seeds = Seeds((shipped(),))
    return Extractor(
        parsers={each: SurfaceParser(seeds.lexicons[each]) for each in ARTICLES},
        lexicons=seeds.lexicons,
        register=seeds.register,
        dater=Dater(DateparserReader(seeds.date_words), seeds.date_words),
        filer=Filer(seeds.topics, seeds.register),
        language_of=LanguageIdentifier().identify,
    )


@pytest.mark.parametrize(
    ("pattern", "known"),
    [
        (r"(a+)+$", "exponential"),
        (r"(?:\s*,\s*)*x", "exponential"),
        (r"(?:a?b?)*x", "exponential"),
        (r"(?:\w-|д-)*!", "exponential"),
        (r"(?:a{1,9})*x", "exponential"),
        (r"(?:a|ab|b)+c", "exponential"),
        (r"(.*)(.*)!", "polynomial"),
        (r"\d+\d+x", "polynomial"),
        (r"\w+\b\w+x", "polynomial"),
        (r"a\s*(?=\s*b)", "polynomial"),
        (r"\s+$", "polynomial"),
        (r"(?m)^\s*x", "polynomial"),
    ],
)
def test_a_pattern_known_to_be_slow_is_refused(pattern: str, known: str) -> None:
    """The checker sees what is published as slow, and what has been slow here."""
    assert known in faults(re.compile(pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s+",
        r"^\s*x",
        r"(?m)^[^\S\n]*x",
        r"//[^/@]*@",
        r"\d+(?:[.,]\d+)*",
        r"a{3,60}:",
    ],
)
def test_a_pattern_of_linear_work_passes(pattern: str) -> None:
    """Parted repeats, repeats with a bound, and those that have matched are fine."""
    assert faults(re.compile(pattern)) == set()


def test_patterns_are_compiled_where_they_can_be_read() -> None:
    """Whoever renames ``re`` or takes its functions out hides patterns from the judge."""
    hidden = re.compile(r"from re import|import re as|import regex")
    files = [path for each in PACKAGES for path in (ROOT / each).rglob("*.py")]
    assert [p for p in files if hidden.search(p.read_text(encoding="utf-8"))] == []


def test_what_the_checker_does_not_know_is_not_passed() -> None:
    """A construction that it cannot judge is an error, not a pass."""
    with pytest.raises(NotImplementedError, match="GROUPREF"):
        faults(re.compile(r"(a)\1"))


def test_a_written_pattern_cannot_run_away() -> None:
    """Work on a text grows with its length, searched or matched as a whole."""
    found = {place: pattern for place, pattern in written() if faults(pattern)}
    assert found == {}


@reads_articles
def test_a_pattern_put_together_cannot_run_away(
    put_together: dict[Place, set[Compiled]],
) -> None:
    """The words of the lexicons are put together so that work grows with the text."""
    slow = {
        f"{path}:{line}: {pattern.pattern!r}"
        for (path, line), patterns in put_together.items()
        for pattern in patterns
        if faults(pattern)
    }
    assert not slow


@reads_articles
def test_every_pattern_put_together_is_caught(
    put_together: dict[Place, set[Compiled]],
) -> None:
    """A pattern that is neither written out nor caught would be judged by nobody."""
    unseen = {
        f"{path}:{call.lineno}"
        for path, call in calls()
        if not isinstance(call.args[0], ast.Constant)
        and not any(
            path == file and call.lineno <= line <= (call.end_lineno or 0)
            for file, line in put_together
        )
    }
    assert not unseen


@reads_articles
@pytest.mark.parametrize("language", ARTICLES)
def test_the_dates_of_every_language_are_caught(
    put_together: dict[Place, set[Compiled]], language: str
) -> None:
    """Each language has its own patterns; none is judged by the others' alone."""
    words = Seeds((shipped(),)).date_words[language]
    caught = {pattern for each in put_together.values() for pattern in each}
    assert {words.pattern, words.range_pattern} <= caught
