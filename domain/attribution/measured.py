"""How often each rule was right: written by ``python -m tests.quality --write-counts``.

Right and all, on the articles of ``tests/quality/gold/open.jsonl`` in the languages that
have a parser. Words are right if exact; a speaker, where the words are about the same.
"""

from __future__ import annotations

WORDS: dict[str, tuple[int, int]] = {
    "inserted": (157, 168),
    "complementizer": (95, 102),
    "object": (62, 75),
    "infinitive": (48, 63),
    "according-to": (38, 40),
    "zero": (28, 32),
    "colon": (18, 18),
    "quotation": (3, 9),
    "clause-colon": (5, 5),
    "of": (5, 5),
    "bare-colon": (3, 3),
    "predicate": (3, 3),
    "noun-colon": (1, 1),
    "question": (0, 1),
}
SPEAKERS: dict[str, tuple[int, int]] = {
    "speaker-by-name": (132, 135),
    "speaker-by-pronoun": (72, 80),
    "speaker-by-organisation": (51, 67),
    "speaker-by-unnamed, no name": (29, 52),
    "speaker-by-elided": (32, 50),
    "speaker-by-role-before": (26, 43),
    "speaker-by-surname": (25, 26),
    "speaker-by-pronoun, no name": (2, 17),
    "speaker-by-elided, no name": (8, 16),
    "speaker-by-subject": (11, 12),
    "speaker-by-role": (5, 7),
    "speaker-by-nation": (0, 1),
}
