"""A statement on its way through extraction, with the places that later steps look at."""

from __future__ import annotations

from domain.model.span import Excerpt, Span
from domain.model.statement import Assessment, Attribution, Identification
from domain.model.value import Value


class Draft(Value):
    """A statement that is found and attributed, not yet dated or filed.

    ``paragraph`` and ``sentence`` are where its cue stands. ``reporting`` are the
    stretches of that sentence around the cue that lie in no content: only there may
    a date of speaking stand. ``theme`` is what the sentence says it is about
    ("Concernant l'Ukraine, …"), marker included. ``scene`` is the sentence before in
    which the speaker acts, where a pronoun goes back to it. ``relays`` tells that the
    words report another speaker. The readings of ``assessment`` are still empty.
    """

    attribution: Attribution
    identification: Identification
    assessment: Assessment
    paragraph: Span
    sentence: Span
    reporting: tuple[Span, ...]
    scene: Span | None = None
    theme: Excerpt | None = None
    relays: bool = False
