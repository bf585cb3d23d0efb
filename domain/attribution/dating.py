"""When statements were spoken: from words at the cue, never from what was said.

Rules, the first that dates wins
1. ``words-at-cue``: a temporal expression in the cue's own clause, or in the sentence
   before in which the speaker acts ("X est arrivé mardi. Il a dit").
2. ``day-before``: "la veille" counts from the day named last.
3. ``carried``: the date of the last statement of the same speaker holds on, unless
   another day, occasion or carrier is named in between. Two speakers without a name are not the same.
4. ``event``: an event of the gazetteer in the cue's clause, if the date of
   publication fixes its year.
5. ``published``: the date of publication, approximate (``~``) where it is a day.
6. ``bound``: nothing is known but that it was said before it was recorded.

A base that is an interval shifts as a whole; one wider than a week bases nothing. What
counts from a doubtful base is doubtful: it keeps the marks (``?``, ``~``) of the base.
A date after publication is a mistake of somebody's: it becomes an upper bound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from domain.attribution.date_reading import DateReader, DateReading
from domain.attribution.date_words import DateWords
from domain.attribution.draft import Draft
from domain.model.article import Article
from domain.model.moment import Moment
from domain.model.statement import Attribution, DateBasis, Dating

WIDEST_BASE = timedelta(days=7)
_DAY = timedelta(days=1)
_COUNTED = {DateBasis.RELATIVE, DateBasis.WEEKDAY}
"""Bases of dates that were counted from the date of publication."""


class Dater:
    """Dates the statements of an article, in their order."""

    def __init__(self, reader: DateReader, words: Mapping[str, DateWords]) -> None:
        self._reader, self._words = reader, words

    def __call__(self, drafts: Sequence[Draft], article: Article) -> Sequence[Dating]:
        """Return for each statement when it was spoken, and what that rests on."""
        dates: list[Dating] = []
        for number, draft in enumerate(drafts):
            earlier = list(zip(drafts[:number], dates, strict=True))
            dates.append(
                self._at_cue(draft, article, earlier)
                or self._carried(draft, article, earlier)
                or self._event(draft, article)
                or _default(article)
            )
        return dates

    def _at_cue(
        self,
        draft: Draft,
        article: Article,
        earlier: Sequence[tuple[Draft, Dating]],
    ) -> Dating | None:
        words = self._words.get(article.language)
        if words is None:
            return None
        scene = (draft.scene,) if draft.scene is not None else ()
        for span in (*draft.reporting, *scene):
            for found in words.pattern.finditer(article.text, span.start, span.end):
                raw = found.group()
                if raw.lower() in words.day_before:
                    dating = _day_before(raw, earlier)
                else:
                    dating = self._read(raw, article)
                if dating is not None:
                    return dating
        return None

    def _carried(
        self, draft: Draft, article: Article, earlier: Sequence[tuple[Draft, Dating]]
    ) -> Dating | None:
        """Return the date that holds on, if no other day is named in between."""
        found = _last_of(draft, earlier)
        if found is None:
            return None
        before, dating = found
        words = self._words.get(article.language)
        start, end = before.sentence.end, draft.sentence.start
        if words is not None and words.pattern.search(
            article.text, start, max(start, end)
        ):
            return None
        return dating.model_copy(
            update={"rule": "date-carried", "confidence": dating.confidence * 0.9}
        )

    def _read(self, raw: str, article: Article) -> Dating | None:
        published = article.published_at
        base = _base(published)
        readings = [
            self._reader.read(raw, language=article.language, base=day)
            for day in (base or (None,))
        ]
        first, last = readings[0], readings[-1]
        if first is None or last is None:
            return None
        moment = first.moment
        if last.moment != moment:
            marks = moment.marks + last.moment.marks
            moment = Moment.of_days(moment.earliest, last.moment.latest).marked(marks)
        if published is not None and DateBasis(first.basis) in _COUNTED:
            moment = moment.marked(published.marks)
        return _bounded(raw, moment, first, published)

    def _event(self, draft: Draft, article: Article) -> Dating | None:
        words, published = self._words.get(article.language), article.published_at
        occasion = (
            draft.attribution.frame.occasion or draft.attribution.inherited.occasion
        )
        if words is None or occasion is None or published is None:
            return None
        for anchor in words.anchors:
            held = anchor.held
            named = any(each.lower() in occasion.words.lower() for each in anchor.words)
            if named and _same_year(held, published):
                return Dating(
                    spoken_at=held,
                    basis=DateBasis.EVENT_ANCHOR,
                    raw=occasion.words,
                    base=published,
                    reader=anchor.source,
                    rule="date-by-event",
                    confidence=0.8,
                )
        return None


def _base(published: Moment | None) -> tuple[date, ...] | None:
    """Return the day or the two outer days that relative words count from."""
    if published is None or published.earliest is None or published.latest is None:
        return None
    if published.latest - published.earliest > WIDEST_BASE:
        return None
    if published.is_day:
        return (published.earliest,)
    return (published.earliest, published.latest)


def _bounded(
    raw: str, moment: Moment, reading: DateReading, published: Moment | None
) -> Dating:
    """Return a dating; one after publication becomes an upper bound."""
    rule, confidence = "date-by-words-at-cue", 0.95
    if (
        published is not None
        and published.latest is not None
        and moment.earliest is not None
        and moment.earliest > published.latest
    ):
        moment = Moment.of_days(None, published.latest)
        rule, confidence = "date-after-publication", 0.3
    flags = "".join(f" {flag}" for flag in reading.flags)
    return Dating(
        spoken_at=moment,
        basis=DateBasis(reading.basis),
        raw=raw,
        base=published,
        reader=reading.reader,
        rule=f"{rule}{flags}",
        confidence=confidence if not reading.flags else 0.5,
    )


def _day_before(raw: str, earlier: Sequence[tuple[Draft, Dating]]) -> Dating | None:
    for _, dating in reversed(earlier):
        moment = dating.spoken_at
        if dating.raw is None or moment is None:
            continue  # a date by default names no day
        if moment.earliest is not None and moment.is_day:
            day = moment.earliest - _DAY
            return dating.model_copy(
                update={
                    "spoken_at": Moment.of_days(day, day).marked(moment.marks),
                    "basis": DateBasis.RELATIVE,
                    "raw": raw,
                    "rule": "date-by-day-before",
                }
            )
    return None


def _last_of(
    draft: Draft, earlier: Sequence[tuple[Draft, Dating]]
) -> tuple[Draft, Dating] | None:
    """Return the last statement of the same speaker with a date that may hold on.

    Another occasion or carrier is another day, for all that the text says; an event
    holds for what is coordinated with it only.
    """
    found = next(
        (each for each in reversed(earlier) if _same_speaker(each[0], draft)), None
    )
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
        goes_on = draft.attribution.source is None
        return goes_on and before.sentence == draft.sentence
    return before.identification.speaker == speaker


def _default(article: Article) -> Dating:
    published = article.published_at
    if published is None:
        return Dating(
            spoken_at=None,
            basis=DateBasis.BOUND_ONLY,
            rule="date-unknown",
            confidence=1,
        )
    return Dating(
        spoken_at=published.marked("~") if published.is_day else published,
        basis=DateBasis.PUBLISHED_DEFAULT,
        base=published,
        rule="date-by-publication",
        confidence=0.5,
    )


def _same_year(held: Moment, published: Moment) -> bool:
    """Tell whether publication fixes the year of an event that it does not precede."""
    if published.earliest is None or published.latest is None or held.earliest is None:
        return False
    years = {published.earliest.year, published.latest.year}
    return years == {held.earliest.year} and held.earliest <= published.latest
