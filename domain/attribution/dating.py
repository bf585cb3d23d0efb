"""When statements were spoken: from words at the cue, never from what was said.

Rules, the first that dates wins
1. ``words-at-cue``: a temporal expression in the cue's own clause, or in the sentence
   before in which the speaker acts ("X est arrivé mardi. Il a dit").
2. ``day-named-last``: "la veille", "quatre jours plus tard" count from that day.
3. ``pointed-at``: the sentence behind it says when ("Об этом он заявил 3 мая").
4. ``same-day``: "dans la soirée", "afterwards": the day spoken of last.
5. ``carried``: the date of the last statement of the same speaker holds on, unless
   another day, occasion or carrier is named in between. Two speakers without a name are not the same.
6. ``of-paragraph``: the one day named before it, which opens its paragraph.
7. ``event``: an event of the gazetteer in the cue's clause, if the date of
   publication fixes its year.
8. ``of-entry``: the hour that opens an entry of a live page, on the day of publication.
9. ``published``: the date of publication, approximate (``~``) where it is a day.
10. ``bound``: nothing is known but that it was said before it was recorded.

A base that is an interval shifts as a whole; one wider than a week bases nothing. What
counts from a doubtful base is doubtful: it keeps the marks (``?``, ``~``) of the base.
A date after publication is a mistake of somebody's: it becomes an upper bound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from domain.attribution.carrying import last_of
from domain.attribution.date_reading import DateReader, DateReading
from domain.attribution.date_words import DateWords
from domain.attribution.draft import Draft
from domain.attribution.live_pages import of_entry
from domain.model.article import Article
from domain.model.moment import Moment
from domain.model.statement import DateBasis, Dating

WIDEST_BASE = timedelta(days=7)
_DAY = timedelta(days=1)
_PREPOSITION = 4
"""Code points that may stand before the date that opens a paragraph ("On Monday")."""
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
                or self._pointed_at(draft, article)
                or self._same_day(draft, article, earlier)
                or self._carried(draft, article, earlier)
                or self._of_paragraph(draft, article, earlier)
                or self._event(draft, article)
                or of_entry(draft, article)
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
                shift = words.from_last(raw)
                if shift is not None:
                    dating = _from_last(raw, shift, earlier)
                else:
                    dating = self._read(raw, article)
                if dating is not None:
                    return dating
        return None

    def _pointed_at(self, draft: Draft, article: Article) -> Dating | None:
        """Return the date in the next sentence, where that only says when."""
        words = self._words.get(article.language)
        if words is None or not words.pointing:
            return None
        start, end = draft.sentence.end, draft.paragraph.end
        behind = article.text[start:end].lstrip()
        if not behind.lower().startswith(words.pointing):
            return None
        found = words.pattern.search(article.text, start, end)
        dating = self._read(found.group(), article) if found else None
        return dating and dating.model_copy(update={"rule": "date-pointed-at"})

    def _same_day(
        self, draft: Draft, article: Article, earlier: Sequence[tuple[Draft, Dating]]
    ) -> Dating | None:
        """Return the day spoken of last, where the cue says that it was that day."""
        words = self._words.get(article.language)
        said = " ".join(span.words(article.text).lower() for span in draft.reporting)
        if words is None or not any(each in said for each in words.same_day):
            return None
        start, end = draft.paragraph.start, draft.sentence.start
        found = list(words.pattern.finditer(article.text, start, end))
        dating = self._read(found[-1].group(), article) if found else None
        dating = dating or next((d for _, d in reversed(earlier) if d.raw), None)
        update = {"rule": "date-same-day", "confidence": 0.7}
        return dating and dating.model_copy(update=update)

    def _carried(
        self, draft: Draft, article: Article, earlier: Sequence[tuple[Draft, Dating]]
    ) -> Dating | None:
        """Return the date that holds on, if no other day is named in between."""
        found = last_of(draft, earlier)
        if found is None:
            return None
        before, dating = found
        words = self._words.get(article.language)
        start, end = before.sentence.end, draft.sentence.start
        between = (
            words.pattern.finditer(article.text, start, max(start, end))
            if words is not None
            else ()
        )
        if any(each.group() != dating.raw for each in between):
            return None
        return dating.model_copy(
            update={"rule": "date-carried", "confidence": dating.confidence * 0.9}
        )

    def _of_paragraph(
        self, draft: Draft, article: Article, earlier: Sequence[tuple[Draft, Dating]]
    ) -> Dating | None:
        """Return the day that opens the paragraph, if nobody spoke in it before."""
        words = self._words.get(article.language)
        start, end = draft.paragraph.start, draft.sentence.start
        spoken = bool(earlier) and earlier[-1][0].paragraph == draft.paragraph
        if words is None or spoken or start >= end:
            return None
        found = list(words.pattern.finditer(article.text, start, end))
        if len(found) != 1 or found[0].start() - start > _PREPOSITION:
            return None
        dating = self._read(found[0].group(), article)
        update = {"rule": "date-of-paragraph", "confidence": 0.7}
        return dating and dating.model_copy(update=update)

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


def _from_last(
    raw: str, shift: tuple[int, int], earlier: Sequence[tuple[Draft, Dating]]
) -> Dating | None:
    """Return the days that so many days from the day named last mean."""
    for _, dating in reversed(earlier):
        moment = dating.spoken_at
        if dating.raw is None or moment is None:
            continue  # a date by default names no day
        if moment.earliest is not None and moment.is_day:
            first, last = (moment.earliest + days * _DAY for days in shift)
            return dating.model_copy(
                update={
                    "spoken_at": Moment.of_days(first, last).marked(moment.marks),
                    "basis": DateBasis.RELATIVE,
                    "raw": raw,
                    "rule": "date-by-day-named-last",
                }
            )
    return None


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
