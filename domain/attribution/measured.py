"""How often each rule was right: written by ``python -m tests.quality --write-counts``.

Right and all, on the articles of ``tests/quality/gold/open.jsonl`` in the languages that
have a parser. Words are right if exact; a speaker, where the words are about the same.
"""

from __future__ import annotations

WORDS: dict[str, tuple[int, int]] = {
    "inserted": (46, 53),
    "complementizer": (40, 42),
    "object": (26, 30),
    "infinitive": (24, 27),
    "according-to": (13, 15),
    "zero": (8, 9),
    "quotation": (0, 7),
    "colon": (6, 6),
    "clause-colon": (2, 2),
    "of": (2, 2),
    "bare-colon": (1, 1),
    "predicate": (1, 1),
    "standing-quotation": (0, 1),
}
SPEAKERS: dict[str, tuple[int, int]] = {
    "speaker-by-name": (48, 52),
    "speaker-by-pronoun": (26, 31),
    "speaker-by-organisation": (17, 27),
    "speaker-by-unnamed, no name": (9, 26),
    "speaker-by-elided": (8, 15),
    "speaker-by-elided, no name": (2, 10),
    "speaker-by-surname": (8, 10),
    "speaker-by-pronoun, no name": (0, 5),
    "speaker-by-role-before": (2, 4),
    "speaker-by-subject": (4, 4),
    "speaker-by-role": (1, 2),
    "speaker-by-nation": (0, 1),
}
