"""Work grows with the length of a line, not with its square, whatever fills the line.

Work is counted in calls, as the profiler counts them: the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from cProfile import Profile

import pytest

from domain.attribution.parsing import ParsedLine, Parser
from domain.model.article import Article
from tests.support.extraction import extractor

pytestmark = pytest.mark.slow

MARKS = ("« a » ", '"a" ', "‘a’ ", "« ", "“a, ", "(a) ", "(", ": ", "— a ", ", ", ". ")
SIGNS = (*MARKS, "? ", "; ", "1 ", "12,5 ", "A ", "ABC ", "\u202ea ", "\u200ba ", "#a ")
FLOODS = {
    "fr": (
        *SIGNS,
        *("Mira Solen ", "dit-il ", ", dit-il, ", "a dit que ", "le 3 mars ", "et "),
        *("selon Mira Solen, ", "le ministre ", "il ", "ne pas ", '"dit Mira. '),
        *("« A », a dit Mira. ", "« dit Mira Solen. ", "« a dit Mira », ", "de la "),
    ),
    "en": (
        *("Mira Solen ", "he said ", ", he said, ", "said that ", "March 3 ", "and "),
        *("according to Mira Solen, ", "the minister ", "not ", "“A, said Mira. "),
        *("“A,” said Mira. ", "“A?” “B” ", "of the "),
    ),
    "ru": (
        *("Мира Солен ", "сказал он ", ", сказал он, ", "заявил, что ", "3 марта "),
        *("по словам Миры ", "министр ", "не ", "— А, — сказала Мира. ", "и "),
        *("«А», — сказала Мира. ", "(а) "),
    ),
    "uk": (
        *("Міра Солен ", "сказав він ", ", сказав він, ", "заявив, що ", "3 березня "),
        *("за словами Міри ", "міністр ", "не ", "«А», — сказала Міра. ", "і "),
    ),
    "ar": ("ميرا سولين ", "قال ", "، قال، ", "قال إن ", "3 مارس ", "وفقا ل", "الوزير "),
}
LINE = 1_000
"""Code points of the shorter line; the other has twice as many."""
MOST = 3.0
"""Times the work for twice the length: 2 is linear, 4 is square. A small part may be
square: no line that is read is longer than ten thousand code points."""


class Uncounted:
    """A parser whose own work is not counted; profiling compiled code crashes it."""

    def __init__(self, behind: Parser, profile: Profile) -> None:
        self._behind, self._profile = behind, profile
        self.name, self.trust = behind.name, behind.trust

    def parse(self, lines: Sequence[str]) -> list[ParsedLine]:
        """Parse lines while the profiler looks away."""
        self._profile.disable()
        try:
            return self._behind.parse(lines)
        finally:
            self._profile.enable()


def work(text: str, language: str) -> int:
    """Return how many calls it takes to extract from a text that is parsed."""
    profile = Profile()
    counted = copy(extractor())
    counted._parsers = {language: Uncounted(counted._parsers[language], profile)}
    profile.enable()
    counted.extract(Article(text=text, language=language))
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize(
    ("language", "piece"),
    [(language, piece) for language, pieces in FLOODS.items() for piece in pieces],
)
def test_twice_the_line_is_about_twice_the_work(language: str, piece: str) -> None:
    """A line that repeats one piece costs what its length says."""
    line = piece * (2 * LINE // len(piece))
    work(line[:100], language)  # models and patterns are loaded before it counts
    half = work(line[:LINE], language)
    assert work(line, language) < MOST * half


def test_twice_the_statements_are_about_twice_the_work() -> None:
    """No statement is compared with all before it."""
    lines = ["Mira Solen a dit que le port ferme.", "« Nous irons », a-t-elle dit."]
    text = "\n".join(lines * 60)
    work(text[:100], "fr")
    half = work(text[: len(text) // 2], "fr")
    assert work(text, "fr") < MOST * half
