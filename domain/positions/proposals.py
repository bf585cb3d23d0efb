"""Which statements may be one utterance: proposed by similarity, decided by nobody here.

A pair is proposed if it comes from two articles of one language, its days overlap, no
link between the two is in force, and its words are similar. Where speaker, side,
commitment or numbers differ, the pair is for review, and says what differs. Words that
are alike say nothing of a *not*: a similarity decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from itertools import combinations

from domain.model.ids import StatementId
from domain.model.value import Value
from domain.positions.live import LiveStatement

SIMILAR = 0.8
"""Words less similar are not proposed; a choice, measured in the tests on invented pairs."""
_NUMBER = re.compile(r"\d+")
Similarity = Callable[[str, str], float]
"""How similar two texts of one language are, 0 to 1."""


class Conflict(StrEnum):
    """What speaks against two statements being one utterance."""

    SPEAKER = "speaker"
    POLARITY = "polarity"
    COMMITMENT = "commitment"
    NUMBER = "number"


class Proposal(Value):
    """Two statements that may be one; with conflicts, it is for review."""

    first: StatementId
    second: StatementId
    similarity: float
    conflicts: tuple[Conflict, ...] = ()


def proposals(
    statements: Iterable[LiveStatement], similarity: Similarity
) -> tuple[Proposal, ...]:
    """Return what may be linked, clear pairs first, then by similarity."""
    found = (_proposal(a, b, similarity) for a, b in _candidates(statements))
    proposed = [each for each in found if each.similarity >= SIMILAR]
    return tuple(
        sorted(
            proposed, key=lambda p: (len(p.conflicts), -p.similarity, p.first, p.second)
        )
    )


def _candidates(
    statements: Iterable[LiveStatement],
) -> Iterator[tuple[LiveStatement, LiveStatement]]:
    """Yield the pairs that may be one utterance whatever their words, ids ascending."""
    placed = [each for each in statements if each.interval.unplaced is None]
    for a, b in combinations(sorted(placed, key=lambda each: each.id), 2):
        linked = b.id in a.linked or any(link.other == b.id for link in a.links)
        two_reports = a.statement.article != b.statement.article
        if (
            two_reports
            and not linked
            and _language(a) == _language(b)
            and _overlap(a, b)
        ):
            yield a, b


def _proposal(a: LiveStatement, b: LiveStatement, similarity: Similarity) -> Proposal:
    alike = similarity(_words(a), _words(b))
    return Proposal(
        first=a.id,
        second=b.id,
        similarity=round(alike, 2),
        conflicts=tuple(_conflicts(a, b)),
    )


def _conflicts(a: LiveStatement, b: LiveStatement) -> Iterator[Conflict]:
    who, whom = a.statement.identification.agent, b.statement.identification.agent
    if who is None or who != whom:
        yield Conflict.SPEAKER
    said, also = _commitments(a), _commitments(b)
    shared = said.keys() & also.keys()
    if any(said[question] * also[question] < 0 for question in shared):
        yield Conflict.POLARITY
    elif any(said[question] != also[question] for question in shared):
        yield Conflict.COMMITMENT
    if sorted(_NUMBER.findall(_words(a))) != sorted(_NUMBER.findall(_words(b))):
        yield Conflict.NUMBER


def _commitments(live: LiveStatement) -> dict[str, int]:
    return {
        f"{reading.question} {reading.holder}": reading.commitment
        for reading in live.readings
        if reading.question is not None
    }


def _overlap(a: LiveStatement, b: LiveStatement) -> bool:
    one, other = a.interval, b.interval
    return (
        one.earliest is not None
        and other.latest is not None
        and one.earliest <= other.latest
        and other.earliest is not None
        and one.latest is not None
        and other.earliest <= one.latest
    )


def _language(live: LiveStatement) -> str:
    return live.statement.attribution.language


def _words(live: LiveStatement) -> str:
    return live.statement.attribution.words
