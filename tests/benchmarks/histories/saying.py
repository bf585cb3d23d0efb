"""What is said: the words of an invented statement, its date, and its readings.

The words are cut out of a few sentences at random. They mean nothing, so nothing may
be measured of extraction on them; their lengths are those of real ones.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from domain.events.topic import StatementAttributed
from domain.model.commitment import (
    Act,
    Condition,
    ConditionKind,
    Polarity,
    Reading,
    Relation,
)
from domain.model.ids import ArticleId, statement_id
from domain.model.moment import Moment
from domain.model.span import Excerpt
from domain.model.statement import (
    Assessment,
    Attribution,
    DateBasis,
    Dating,
    Frame,
    Identification,
    Kind,
    Resolution,
)
from tests.benchmarks.histories import recipe
from tests.benchmarks.histories.recipe import Dice, drawn
from tests.benchmarks.histories.world import Member, Topic

PROSE = {
    "fr": "Le port restera ouvert si les deux rives signent le traité avant l’été, "
    "et le péage sera partagé entre elles comme il a été promis. ",
    "en": "The harbour may open once both shores have signed, and the toll will be "
    "shared between them, as was promised to the people of the islands. ",
    "ru": "Гавань останется открытой, если обе стороны подпишут договор до лета, "
    "и пошлина будет поделена между ними, как было обещано. ",
    "ar": "سيبقى الميناء مفتوحا إذا وقع الطرفان على المعاهدة قبل الصيف، وستقسم "
    "الرسوم بينهما كما وعد به سكان الجزر. ",
}
CUES = {"fr": "a déclaré", "en": "said", "ru": "заявил", "ar": "قال"}
LANGUAGES = ("fr",) * 8 + ("en",) * 7 + ("ru",) * 3 + ("ar",) * 2
_LONG = {language: prose * 12 for language, prose in PROSE.items()}
_WORDS = {
    language: [at + 1 for at, sign in enumerate(prose) if sign == " "]
    for language, prose in PROSE.items()
}
CONTEXT = 32
APART = 400
"""Code points from one statement of an article to the next."""
ACTS = (Act.ASSERT,) * 8 + (Act.PROMISE, Act.DEMAND, Act.CONFIRM, Act.REFUSE)


def said(
    topic: Topic,
    dice: Dice,
    article: ArticleId,
    *,
    language: str,
    day: date,
    place: int,
) -> StatementAttributed:
    """Return a statement in an article of a day, on a topic."""
    member = topic.who(dice.speakers)
    attribution = attributed(dice.words, language, place, member.name.label)
    return StatementAttributed(
        topic=topic.id,
        statement=statement_id(article, [part.span for part in attribution.content]),
        article=article,
        filing=topic.filing,
        attribution=attribution,
        identification=_identified(member, dice.speakers),
        dating=dated(dice.dates, day),
        assessment=assessed(topic, member, dice.positions),
    )


def attributed(dice: Random, language: str, place: int, source: str) -> Attribution:
    """Return words at a place of an article, with their cue and source."""
    start, words = place * APART, _words(dice, language)
    cue = CUES[language]
    named = start + len(words) + 2
    around = _LONG[language]
    return Attribution(
        language=language,
        kind=dice.choice((Kind.DIRECT, Kind.DIRECT, Kind.MIXED, Kind.INDIRECT)),
        content=(_excerpt(start, words),),
        cue=_excerpt(named + len(source) + 1, cue),
        source=_excerpt(named, source),
        frame=_frame(dice, named + len(source) + len(cue) + 2),
        before=around[:CONTEXT],
        after=around[CONTEXT : 2 * CONTEXT],
        rule="quotes.after",
        confidence=0.93,
    )


def _words(dice: Random, language: str) -> str:
    start = dice.choice(_WORDS[language])
    length = int(drawn(recipe.STATEMENT_LENGTH, dice))
    return _LONG[language][start : start + length].rstrip()


def _frame(dice: Random, start: int) -> Frame:
    occasion = "at the summit" if dice.random() < 0.1 else None
    return Frame(occasion=_excerpt(start, occasion) if occasion else None)


def _excerpt(start: int, words: str) -> Excerpt:
    return Excerpt(start=start, end=start + len(words), words=words)


def _identified(member: Member, dice: Random) -> Identification:
    """Return who spoke, as the source names them: some on no register, some by nobody."""
    who, chance = member.identified(), dice.random()
    if chance < 0.04:
        return who.model_copy(update={"agent": None, "speaker": "A delegate"})
    if chance < 0.07:
        nobody = {"agent": None, "speaker": None, "resolution": Resolution.UNNAMED}
        return who.model_copy(update=nobody)
    return who


def dated(dice: Random, published: date) -> Dating:
    """Return when it was spoken: mostly a day, some intervals, some not at all."""
    day = published - timedelta(days=dice.choice((0,) * 14 + (1,) * 4 + (2, 4)))
    chance, basis = dice.random(), DateBasis.EXPLICIT
    wide = day - timedelta(days=dice.randint(1, 6))
    if chance < 0.8:
        spoken: Moment | None = Moment.parse(day.isoformat())
        basis = DateBasis.WEEKDAY if chance < 0.3 else basis
    elif chance < 0.9:
        spoken, basis = Moment.of_days(wide, day), DateBasis.EVENT_ANCHOR
    elif chance < 0.93:
        spoken = Moment.parse(day.isoformat()[:7])
    elif chance < 0.96:
        spoken, basis = Moment.of_days(None, day), DateBasis.BOUND_ONLY
    else:
        spoken, basis = None, DateBasis.BOUND_ONLY
    return Dating(
        spoken_at=spoken,
        basis=basis,
        raw="on Monday" if basis is DateBasis.WEEKDAY else None,
        base=Moment.parse(published.isoformat()),
        reader="made-up 1",
        rule=f"dates.{basis}",
        confidence=0.8,
    )


def assessed(topic: Topic, member: Member, dice: Random) -> Assessment:
    """Return what is said: on no question of the topic, on one, or on two."""
    chance = dice.random()
    readings = [
        _reading(topic, member, dice)
        for _ in range(0 if chance < 0.25 else 1 if chance < 0.85 else 2)
    ]
    told = readings[0].commitment if readings else 2
    return Assessment(
        act=dice.choice(ACTS),
        polarity=Polarity.AFFIRMED if told >= 0 else Polarity.NEGATED,
        commitment=abs(told),
        readings=tuple(readings),
        rule="verbs.modal",
        confidence=0.85,
    )


def _reading(topic: Topic, member: Member, dice: Random) -> Reading:
    question = topic.asked(dice)
    name = ("both-sides", "toll-first", "by-summer")[int(dice.random() * 3)]
    condition = Condition(id=name, kind=ConditionKind.PRECONDITION)
    for_body = member.speaks_for
    return Reading(
        question=question,
        holder=member.holder.id if for_body else "self",
        relation=Relation.SPOKESPERSON_FOR if for_body else Relation.SELF,
        act=dice.choice(ACTS),
        commitment=topic.held(member, question, dice),
        conditions=(condition,) if dice.random() < 0.08 else (),
        rule="questions.terms",
    )
