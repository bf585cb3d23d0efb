"""How often a rule is right, and what its confidence is worth."""

from __future__ import annotations

import pytest

from tests.quality import calibration
from tests.quality.annotated import AnnotatedArticle, Extracted, Statement
from tests.quality.calibration import Judgement
from tests.quality.matching import match
from tests.quality.scoring import Share

TEXT = "0123456789 abcdefghij ABCDEFGHIJ"
ARTICLE = AnnotatedArticle(
    id="a",
    text=TEXT,
    statements=(
        Statement(content=((0, 10),), speaker="Mira Solen", spoken_at="2031"),
        Statement(content=((11, 21),), speaker="Tarek Mool"),
    ),
)
FOUND = [
    Extracted(
        content=((0, 10),),
        rule="gerund-colon",
        confidence=0.9,
        speaker="Mira Solen",
        speaker_rule="speaker-by-name",
        resolution="name",
        spoken_at="2031",
        date_basis="explicit",
    ),
    Extracted(
        content=((11, 20),),
        rule="colon",
        speaker="Jan Korvel",
        speaker_rule="speaker-by-role-before",
        resolution="role",
    ),
    Extracted(content=((22, 32),), rule="object", speaker="Jan Korvel"),
]
PAIRS = match(ARTICLE, FOUND)


def test_words_are_right_if_exact_and_wrong_if_nobody_annotated_them() -> None:
    """A rule is judged on all that it found; a gerund is found by the rule behind it."""
    shares = calibration.shares(calibration.words(PAIRS))
    assert shares == {"colon": Share(1, 2), "object": Share(0, 1)}


def test_speakers_are_judged_where_the_words_are_the_same() -> None:
    """A spurious statement says nothing about the rule that resolved its speaker."""
    judged = calibration.speakers(PAIRS)
    assert calibration.shares(judged, lambda each: each.group) == {
        "name": Share(1, 1),
        "role": Share(0, 1),
    }
    assert "speaker-by-role-before" in calibration.shares(judged)


def test_dates_count_where_they_were_read() -> None:
    """What was left undated rests on nothing."""
    assert calibration.shares(calibration.dates(PAIRS)) == {"explicit": Share(1, 1)}


def test_a_rule_seen_never_or_twice_is_not_certain() -> None:
    """Smoothing gives one half to the unseen and less than one to the perfect."""
    assert calibration.smoothed(Share(0, 0)) == 0.5
    assert calibration.smoothed(Share(2, 2)) == 0.75
    assert calibration.smoothed(Share(98, 98)) == 0.99


def test_bins_hold_what_was_claimed_beside_what_was_right() -> None:
    """Each judgement falls into one bin, certainty into the last."""
    judged = [
        Judgement("a", 0.9, is_right=True),
        Judgement("a", 0.92, is_right=False),
        Judgement("b", 1.0, is_right=True),
    ]
    low, high = calibration.reliability(judged)
    assert (low.start, low.claimed, low.share) == (0.9, 0.91, Share(1, 2))
    assert (high.start, high.share) == (0.95, Share(1, 1))
    assert calibration.error(judged) == pytest.approx(2 * 0.41 / 3)
    assert calibration.error([]) is None
