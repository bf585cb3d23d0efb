"""Which earlier statement lends its date to one that has none of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from domain.attribution.draft import Draft
from domain.model.statement import Attribution, DateBasis, Dating, Resolution

NEAR = 200
"""Statements back to which the speaker's last one is sought: farther, no day holds on."""


def last_of(
    draft: Draft, earlier: Sequence[tuple[Draft, Dating]]
) -> tuple[Draft, Dating] | None:
    """Return the last statement of the same speaker with a date that may hold on.

    Another occasion or carrier is another day, for all that the text says; an event
    holds for what is coordinated with it only.
    """
    near = islice(reversed(earlier), NEAR)
    found = next((each for each in near if _same_speaker(each[0], draft)), None)
    if found is None or found[1].raw is None:
        return None
    before, dating = found
    if _is_elsewhere(before.attribution, draft.attribution):
        return None
    anchored = dating.basis is DateBasis.EVENT_ANCHOR
    return None if anchored and draft.attribution.source is not None else found


def _is_elsewhere(before: Attribution, now: Attribution) -> bool:
    """Tell whether two statements name different occasions or carriers."""
    pairs = (
        (before.frame.occasion or before.inherited.occasion, now.frame.occasion),
        (before.frame.medium or before.inherited.medium, now.frame.medium),
    )
    return any(
        there is not None and here is not None and there.words != here.words
        for there, here in pairs
    )


def _same_speaker(before: Draft, draft: Draft) -> bool:
    """Tell whether two statements are surely by one speaker, named or not."""
    speaker = draft.identification.speaker
    if speaker is None:
        if draft.identification.resolution is Resolution.PRONOUN:
            return before.identification.speaker is None and (
                before.paragraph == draft.paragraph
            )
        goes_on = draft.attribution.source is None
        return goes_on and before.sentence == draft.sentence
    return before.identification.speaker == speaker
