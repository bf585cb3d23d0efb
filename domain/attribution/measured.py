"""How often each rule was right: written by ``python -m tests.quality --write-counts``.

Right and all, on the articles of ``tests/quality/gold/open.jsonl`` in the languages that
have a parser. Words are right if exact; a speaker, where the words are about the same.
"""

from __future__ import annotations

WORDS: dict[str, tuple[int, int]] = {
    "inserted": (230, 245),
    "complementizer": (148, 156),
    "object": (88, 104),
    "infinitive": (64, 85),
    "according-to": (50, 53),
    "zero": (35, 43),
    "colon": (21, 22),
    "of": (11, 11),
    "quotation": (3, 11),
    "clause-colon": (6, 7),
    "dialogue": (6, 7),
    "predicate": (6, 6),
    "bare-colon": (3, 3),
    "noun-colon": (1, 1),
    "question": (0, 1),
}
SPEAKERS: dict[str, tuple[int, int]] = {
    "speaker-by-name": (198, 200),
    "speaker-by-pronoun": (102, 104),
    "speaker-by-organisation": (70, 93),
    "speaker-by-subject": (66, 72),
    "speaker-by-unnamed, no name": (46, 68),
    "speaker-by-elided": (39, 49),
    "speaker-by-role-before": (42, 49),
    "speaker-by-surname": (47, 47),
    "speaker-by-elided, no name": (8, 11),
    "speaker-by-role": (9, 10),
    "speaker-by-pronoun, no name": (4, 9),
    "speaker-by-mention": (7, 7),
    "speaker-by-nation": (0, 1),
}
