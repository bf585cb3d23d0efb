"""What an analyst hands in: the format of ``extract --jsonl`` plus readings.

Offsets are half-open code points of the text; words are cut from it, so that they are
verbatim. ``words``, where given, must be what stands there. A statement has words: what
is blank is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated

from pydantic import Field

from domain.attribution.record import ArticleRecord, Place, StatementRecord
from domain.decisions.commands import Bounded, ConditionText, condition_of
from domain.errors import InvalidInputError
from domain.model.article import Article, Marked, Skipped
from domain.model.commitment import Act, Commitment, Level, Polarity, Reading, Relation
from domain.model.extraction import Extraction, Filed, Found
from domain.model.ids import UNFILED, AgentId, QuestionId, TopicId, statement_id
from domain.model.moment import Moment
from domain.model.review import Unsure
from domain.model.span import Excerpt, Span
from domain.model.statement import (
    Assessment,
    Attribution,
    DateBasis,
    Dating,
    Filing,
    Frame,
    Identification,
    Kind,
    Resolution,
)
from domain.model.told import Name
from domain.model.value import Value
from domain.services.capturing import (
    Address,
    ArticleMetadata,
    Language,
    Outlet,
    Published,
    Title,
)

RULE = "import"
_TOLD = ("language", "title", "outlet", "url", "published_at")
AROUND = 32
"""Code points kept on each side of the content, as an anchor."""


class ImportedReading(Value):
    """What a statement says on one question of a topic."""

    topic: Bounded[TopicId]
    question: Bounded[QuestionId]
    commitment: Commitment
    act: Act = Act.ASSERT
    holder: Bounded[AgentId] = AgentId("self")
    conditions: tuple[ConditionText, ...] = ()


class ImportedStatement(StatementRecord):
    """A statement with its readings, and who its speaker is on the register."""

    content: Annotated[tuple[Place, ...], Field(min_length=1)]
    cue: Place | None = None
    source: Place | None = None
    speaker: Name | None = None
    resolution: Resolution = Resolution.NAME
    on_behalf_of: Name | None = None
    kind: Kind = Kind.DIRECT
    addressee: Place | None = None
    medium: Place | None = None
    occasion: Place | None = None
    spoken_at: Moment | None = None  # type: ignore[assignment] # read from the same text
    polarity: Polarity | None = None
    commitment: Level | None = None
    conditions: tuple[Place, ...] = ()
    review: tuple[Unsure, ...] = ()
    """Taken as it is printed, and dropped: an analyst has reviewed."""
    words: str | None = None
    agent: Bounded[AgentId] | None = None
    on_behalf_of_agent: Bounded[AgentId] | None = None
    topics: tuple[Bounded[TopicId], ...] = ()
    readings: tuple[ImportedReading, ...] = ()


class ImportedArticle(ArticleRecord):
    """An article with an analyst's statements."""

    id: str = ""
    language: Language
    published_at: Published | None = None  # type: ignore[assignment] # read from the same text
    outlet: Outlet | None = None
    url: Address | None = None
    title: Title | None = None
    boilerplate: tuple[Place, ...] = ()
    extractor: str = ""
    tier: str = ""
    skipped: tuple[Skipped, ...] = ()
    """Taken as they are printed, and dropped: an analyst is no extractor."""
    statements: tuple[ImportedStatement, ...]

    def metadata(self) -> ArticleMetadata:
        """Return what is told about the article."""
        return ArticleMetadata.model_validate({n: getattr(self, n) for n in _TOLD})


def extraction_of(article: Article, told: ImportedArticle) -> Extraction:
    """Return what an analyst found in an article.

    Raises:
        InvalidInputError: spans do not lie in the text, in order and apart; words
            differ from it; two statements have one content, or share words and say
            the same of one.
    """
    found = tuple(_found(article, each) for each in told.statements)
    ids = [each.id for each in found]
    for number, each in enumerate(ids):
        if each in ids[:number]:
            message = (
                f"two statements have the content {told.statements[number].content}"
            )
            raise InvalidInputError(message)
    _check_said_once(found)
    marked = (_cut(article.text, place) for place in told.boilerplate)
    return Extraction(
        extractor=RULE,
        found=found,
        boilerplate=tuple(
            Marked(start=m.start, end=m.end, reason=RULE, confidence=1) for m in marked
        ),
        skipped=(),
    )


def _check_said_once(found: Iterable[Found]) -> None:
    """Refuse words that would be evidence twice: one speaker says one thing with them."""
    spans: dict[tuple[str | None, ...], list[Span]] = defaultdict(list)
    for each in found:
        who = each.identification
        for filed, said in ((f, s) for f in each.filed for s in f.assessment.readings):
            if holder := said.whose(who.agent) or who.speaker:
                what = (who.agent or who.speaker, filed.topic, said.question, holder)
                spans[what] += (part.span for part in each.attribution.content)
    for (_, topic, question, holder), listed in spans.items():
        for before, after in pairwise(sorted(listed)):
            if before.overlaps(after):
                message = (
                    f"{list(before)} and {list(after)} share words, and both answer "
                    f"{question} of {topic} for {holder} by one speaker: give the reading "
                    "to one of the two statements"
                )
                raise InvalidInputError(message)


def _found(article: Article, told: ImportedStatement) -> Found:
    text = article.text
    content = tuple(_cut(text, place) for place in told.content)
    if blank := [list(e.span) for e in content if not any(map(str.isalnum, e.words))]:
        message = f"the content {blank[0]} has no words"
        raise InvalidInputError(message)
    if any(before.end > after.start for before, after in pairwise(content)):
        message = f"the spans of {list(told.content)} overlap, or are out of order"
        raise InvalidInputError(message)
    attribution = Attribution(
        language=article.language,
        kind=told.kind,
        content=content,
        cue=_maybe(text, told.cue),
        source=_maybe(text, told.source),
        frame=Frame(
            addressee=_maybe(text, told.addressee),
            medium=_maybe(text, told.medium),
            occasion=_maybe(text, told.occasion),
        ),
        before=text[max(0, content[0].start - AROUND) : content[0].start],
        after=text[content[-1].end : content[-1].end + AROUND],
        rule=RULE,
        confidence=1,
    )
    if told.words is not None and told.words != attribution.words:
        message = (
            f"expected the words {told.words!r}, the text has {attribution.words!r}"
        )
        raise InvalidInputError(message)
    return Found(
        id=statement_id(article.id, (each.span for each in content)),
        attribution=attribution,
        identification=_identification(told),
        dating=Dating(
            spoken_at=told.spoken_at,
            basis=DateBasis.PERSON if told.spoken_at else DateBasis.BOUND_ONLY,
            rule=RULE,
            confidence=1,
        ),
        filed=tuple(_filed(text, told)),
    )


def _identification(told: ImportedStatement) -> Identification:
    nobody = told.speaker is None and told.agent is None
    return Identification(
        speaker=told.speaker or told.agent,
        agent=told.agent,
        resolution=Resolution.UNNAMED if nobody else told.resolution,
        on_behalf_of=told.on_behalf_of,
        on_behalf_of_agent=told.on_behalf_of_agent,
        rule=RULE,
        confidence=1,
    )


def _filed(text: str, told: ImportedStatement) -> Iterable[Filed]:
    """Yield the topics that are named, by the statement or by its readings."""
    named = (*told.topics, *(reading.topic for reading in told.readings))
    if UNFILED in named and set(named) != {UNFILED}:
        message = f"{UNFILED} is for what no topic claims: leave it out"
        raise InvalidInputError(message)
    for topic in dict.fromkeys(named or (UNFILED,)):
        answers = [reading for reading in told.readings if reading.topic == topic]
        _check_apart(answers, told)
        yield Filed(
            topic=topic,
            filing=Filing(rule=RULE),
            assessment=Assessment(
                act=answers[0].act if answers else Act.ASSERT,
                polarity=told.polarity or Polarity.AFFIRMED,
                commitment=told.commitment if told.commitment is not None else 3,
                conditions=tuple(_cut(text, place) for place in told.conditions),
                readings=tuple(_reading(reading, told) for reading in answers),
                rule=RULE,
                confidence=1,
            ),
        )


def _check_apart(answers: Iterable[ImportedReading], told: ImportedStatement) -> None:
    """Refuse two readings of one question by one holder: only one can be meant."""
    seen = set[tuple[QuestionId, AgentId]]()
    for each in answers:
        holder = told.agent if told.agent and each.holder == "self" else each.holder
        if (each.question, holder) in seen:
            message = f"two readings of {each.question!r} by one holder ({holder})"
            raise InvalidInputError(message)
        seen.add((each.question, holder))


def _reading(reading: ImportedReading, told: ImportedStatement) -> Reading:
    relation = Relation.REPORTS_ABOUT
    if reading.holder in {"self", told.agent}:
        relation = Relation.SELF
    elif reading.holder == told.on_behalf_of_agent:
        relation = Relation.SPOKESPERSON_FOR
    return Reading(
        question=reading.question,
        holder=reading.holder,
        relation=relation,
        act=reading.act,
        commitment=reading.commitment,
        conditions=tuple(condition_of(each) for each in reading.conditions),
        rule=RULE,
    )


def _maybe(text: str, place: Place | None) -> Excerpt | None:
    return _cut(text, place) if place is not None else None


def _cut(text: str, place: Place) -> Excerpt:
    start, end = place
    if not 0 <= start < end <= len(text):
        message = f"[{start}, {end}) is no span of a text of {len(text)} code points"
        raise InvalidInputError(message)
    return Excerpt.cut(text, Span(start, end))
