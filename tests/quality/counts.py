"""Writes how often each rule was right into the module that the extractor reads.

Counted on the project's own articles that may be looked at, in the languages that have
a parser: what the lower tier finds is trusted less, by a factor.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.quality import calibration
from tests.quality.matching import Pair
from tests.quality.scoring import Share

FILE = Path(__file__).parents[2] / "domain" / "attribution" / "measured.py"
FULL_TIER = {"en", "fr", "ru"}
_MODULE = '''\
"""How often each rule was right: written by ``python -m tests.quality --write-counts``.

Right and all, on the articles of ``tests/quality/gold/open.jsonl`` in the languages that
have a parser. Words are right if exact; a speaker, where the words are about the same.
"""

from __future__ import annotations

WORDS: dict[str, tuple[int, int]] = {{
{words}
}}
SPEAKERS: dict[str, tuple[int, int]] = {{
{speakers}
}}
'''


def write(pairs: Sequence[Pair], file: Path = FILE) -> None:
    """Write the counts of some pairs."""
    counted = [pair for pair in pairs if pair.article.language in FULL_TIER]
    text = _MODULE.format(
        words=_lines(calibration.shares(calibration.words(counted))),
        speakers=_lines(calibration.shares(calibration.speakers(counted))),
    )
    file.write_text(text, encoding="utf-8")


def _lines(shares: Mapping[str, Share]) -> str:
    return "\n".join(
        f'    "{rule}": ({share.right}, {share.of}),' for rule, share in shares.items()
    )
