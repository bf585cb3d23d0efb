"""Every verb of the lexicons is found in its own example."""

from __future__ import annotations

import pytest

from tests.support.extraction import extract
from tests.support.seeds import SEEDS

pytestmark = pytest.mark.slow

LEXICONS = SEEDS.lexicons


@pytest.mark.parametrize("language", LEXICONS)
def test_every_cue_verb_is_found_in_its_example(language: str) -> None:
    """A verb without a working example is no entry."""
    verbs = LEXICONS[language].verbs
    text = "\n".join(verb.example for verb in verbs)
    found = extract(text, language).found
    starts = {each.attribution.content[0].start for each in found}
    missed, at = [], 0
    for verb in verbs:
        end = at + len(verb.example)
        if not any(at <= start < end for start in starts):
            missed.append(verb.example)
        at = end + 1
    assert missed == []
