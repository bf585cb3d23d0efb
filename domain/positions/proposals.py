"""Which statements may be one utterance: proposed by similarity, decided by nobody here.

A pair is proposed if it comes from two articles of one language, its days overlap, no
link between the two is in force, and its words are similar. If the articles are versions
of one another and the speaker is the same, its days may be any: a corrected article
gives its words another day of publication, and nobody has said them again. Where
speaker, days, side, commitment or numbers differ, the pair is for review, and says what
differs. Words that are alike say nothing of a *not*: a similarity decides nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, groupby
from typing import NamedTuple, cast

from domain.model.grouping import groups
from domain.model.ids import ArticleId, StatementId
from domain.model.value import Value
from domain.model.word import Word
from domain.positions.interval import Interval
from domain.positions.live import LiveStatement

SIMILAR = 0.8
"""Words less similar are not proposed; a choice, measured in the tests on invented pairs."""
ROUNDING = 0.005
"""A similarity is told in hundredths, and held against the threshold as it is told."""
_NUMBER = re.compile(r"\d+")
MOST = 1_000
"""Others that a statement is compared with, the last of those that share a day with it,
and of those in versions of its article: so time grows with the number of statements,
however many of them fall on one day."""
Similar = Callable[[str, Sequence[str], float], Iterable[tuple[int, float]]]
"""Which of some texts are at least so similar to one of their language, and how much.

Given the one, the others, and the least, it returns places among the others, each with
its similarity, 0 to 1.
"""
Versions = Mapping[ArticleId, ArticleId]
"""Articles that are versions of others: each with the one that stands for all of them."""


class Conflict(Word):
    """What speaks against two statements being one utterance."""

    SPEAKER = "speaker"
    DAY = "day"
    POLARITY = "polarity"
    COMMITMENT = "commitment"
    NUMBER = "number"


class Proposal(Value):
    """Two statements that may be one, and their words; with conflicts, for review.

    ``versions`` tells whether their articles are versions of one another.
    """

    first: StatementId
    second: StatementId
    words: tuple[str, str]
    similarity: float
    conflicts: tuple[Conflict, ...] = ()
    versions: bool


class Proposed(NamedTuple):
    """What may be linked, and how many pairs were passed over unread: see ``MOST``."""

    pairs: tuple[Proposal, ...]
    unread: int


class _Said(NamedTuple):
    """What is compared of a statement, read once: it meets many others."""

    live: LiveStatement
    words: str
    numbers: list[str]
    commitments: dict[str, int]
    settled: frozenset[StatementId]
    """What it is linked to already, in whatever way."""

    @classmethod
    def by(cls, live: LiveStatement) -> _Said:
        """Return what is compared of a statement."""
        words = live.statement.attribution.words
        commitments = {
            f"{reading.question} {reading.holder}": reading.commitment
            for reading in live.readings
            if reading.question is not None
        }
        settled = frozenset(live.linked) | {link.other for link in live.links}
        numbers = sorted(_NUMBER.findall(words))
        return cls(live, words, numbers, commitments, settled)


def proposals(
    statements: Iterable[LiveStatement],
    similar: Similar,
    revised: Iterable[tuple[ArticleId, ArticleId]] = (),
) -> Proposed:
    """Return what may be linked, clear pairs first, then by similarity.

    ``revised`` gives articles, each with a revision of it.
    """
    live = [*statements]
    versions = {each: group[0] for group in groups(revised) for each in group}
    found: dict[tuple[StatementId, StatementId], Proposal] = {}
    unread = 0
    for one, others in chain(_windows(live), _of_versions(live, versions)):
        unread += max(len(others) - MOST, 0)
        near = others[-MOST:]
        words = [each.words for each in near]
        for at, alike in similar(one.words, words, SIMILAR - ROUNDING):
            if _two_reports(one, near[at]):
                pair = _proposal(one, near[at], round(alike, 2), versions)
                found[pair.first, pair.second] = pair
    pairs = sorted(
        found.values(),
        key=lambda p: (len(p.conflicts), -p.similarity, p.first, p.second),
    )
    return Proposed(tuple(pairs), unread)


def _windows(
    statements: Iterable[LiveStatement],
) -> Iterator[tuple[_Said, Sequence[_Said]]]:
    """Yield each statement with those of its language before it that share a day of it.

    Before it is what began earlier, or the same day with a lesser id: each pair is met
    once. A placed interval is a few days wide, so that few are open on a day.
    """
    placed = [each for each in statements if each.interval.unplaced is None]
    placed.sort(key=lambda each: (_language(each), _days(each)[0], each.id))
    for _, of_language in groupby(placed, _language):
        still_open: list[_Said] = []
        for day, begun in groupby(of_language, lambda each: _days(each)[0]):
            still_open = [each for each in still_open if _days(each.live)[1] >= day]
            for one in map(_Said.by, begun):
                yield one, still_open
                still_open.append(one)


def _of_versions(
    statements: Iterable[LiveStatement], versions: Versions
) -> Iterator[tuple[_Said, Sequence[_Said]]]:
    """Yield each statement with those of its speaker before it in versions of its article.

    Before it is what was recorded earlier. One who is not on the register is the same
    speaker under the same name.
    """
    several = [each for each in statements if each.statement.article in versions]
    before: dict[tuple[str | None, ...], list[_Said]] = defaultdict(list)
    for one in map(_Said.by, sorted(several, key=lambda each: (each.seq, each.id))):
        statement = one.live.statement
        who = statement.identification
        name = who.speaker if who.agent is None else None
        version = versions[statement.article]
        others = before[version, _language(one.live), who.agent, name]
        yield one, others
        others.append(one)


def _days(live: LiveStatement) -> tuple[date, date]:
    """Return the first and the last day of a placed statement."""
    return cast("tuple[date, date]", (live.interval.earliest, live.interval.latest))


def _two_reports(a: _Said, b: _Said) -> bool:
    """Tell whether two statements come from two articles, and no link is in force."""
    two_articles = a.live.statement.article != b.live.statement.article
    return two_articles and b.live.id not in a.settled


def _proposal(one: _Said, other: _Said, alike: float, versions: Versions) -> Proposal:
    first, second = sorted((one, other), key=lambda each: each.live.id)
    articles = [each.live.statement.article for each in (one, other)]
    return Proposal(
        first=first.live.id,
        second=second.live.id,
        words=(first.words, second.words),
        similarity=alike,
        conflicts=tuple(_conflicts(one, other)),
        versions=len({versions.get(each, each) for each in articles}) == 1,
    )


def _conflicts(a: _Said, b: _Said) -> Iterator[Conflict]:
    who, whom = (each.live.statement.identification.agent for each in (a, b))
    if who is None or who != whom:
        yield Conflict.SPEAKER
    days, also_days = a.live.interval, b.live.interval
    if _precedes(days, also_days) or _precedes(also_days, days):
        yield Conflict.DAY
    said, also = a.commitments, b.commitments
    shared = said.keys() & also.keys()
    if any(said[question] * also[question] < 0 for question in shared):
        yield Conflict.POLARITY
    elif any(said[question] != also[question] for question in shared):
        yield Conflict.COMMITMENT
    if a.numbers != b.numbers:
        yield Conflict.NUMBER


def _precedes(days: Interval, others: Interval) -> bool:
    """Tell whether all of some days lie before all of others; an unknown day may not."""
    last, first = days.latest, others.earliest
    return last is not None and first is not None and last < first


def _language(live: LiveStatement) -> str:
    return live.statement.attribution.language
