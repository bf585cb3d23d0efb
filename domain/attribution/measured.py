"""How often each rule was right: written by ``python -m tests.quality --write-counts``.

Right and all, on the articles of ``tests/quality/gold/open.jsonl`` in the languages that
have a parser. Words are right if exact; a speaker, where the words are about the same.
"""

from __future__ import annotations

WORDS: dict[str, tuple[int, int]] = {
    "inserted": (40, 49),
    "complementizer": (37, 41),
    "object": (25, 29),
    "infinitive": (22, 27),
    "according-to": (11, 12),
    "zero": (8, 9),
    "quotation": (0, 8),
    "colon": (6, 6),
    "clause-colon": (2, 2),
    "of": (2, 2),
    "bare-colon": (1, 1),
    "predicate": (1, 1),
    "standing-quotation": (0, 1),
}
SPEAKERS: dict[str, tuple[int, int]] = {
    "speaker-by-name": (47, 52),
    "speaker-by-pronoun": (25, 30),
    "speaker-by-organisation": (14, 24),
    "speaker-by-unnamed, no name": (7, 22),
    "speaker-by-elided": (8, 16),
    "speaker-by-surname": (8, 10),
    "speaker-by-elided, no name": (1, 8),
    "speaker-by-pronoun, no name": (0, 4),
    "speaker-by-role-before": (2, 4),
    "speaker-by-subject": (4, 4),
    "speaker-by-role": (1, 2),
    "speaker-by-nation": (0, 1),
}
