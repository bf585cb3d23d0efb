"""From the lines of an article to drafts: found, resolved, assessed; not yet dated or filed."""

from __future__ import annotations

from collections.abc import Sequence

from domain.attribution.assess import assess
from domain.attribution.cast import Cast
from domain.attribution.confidence import of_words
from domain.attribution.draft import Draft
from domain.attribution.flow import find_all
from domain.attribution.frames import Framer, theme_of
from domain.attribution.hits import Hit
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.relays import relays
from domain.attribution.resolve import Resolver
from domain.model.article import Article, Skipped
from domain.model.register import AgentRegister
from domain.model.span import Excerpt, Span
from domain.model.statement import Attribution, Frame, Kind

CONTEXT = 32
"""Code points kept on each side of the content as an anchor."""


class Drafting:
    """Drafts the statements of one article."""

    def __init__(
        self,
        article: Article,
        lines: Sequence[Line],
        lexicon: Lexicon,
        register: AgentRegister,
    ) -> None:
        self._lines, self._lexicon = lines, lexicon
        self._framer = Framer(lexicon, register)
        cast = Cast(lines, lexicon, register)
        self._resolver = Resolver(cast, lexicon, register, article.published_at)

    def drafts(self, trust: float) -> tuple[list[Draft], list[Skipped]]:
        """Return the drafts in order, as sure as ``trust`` allows, and what was passed over."""
        drafts: list[Draft] = []
        hits, skipped = find_all(self._lines, self._lexicon)
        inherited = Frame()
        for number, hit in enumerate(hits):
            if number and hits[number - 1].line is not hit.line:
                inherited = Frame()
            alone = number + 1 == len(hits) or hits[number + 1].sentence != hit.sentence
            draft = self._draft(hit, inherited, alone=alone)
            inherited = _joined(draft.attribution)
            drafts.append(_trusted(draft, trust))
        return drafts, skipped

    def _draft(self, hit: Hit, inherited: Frame, *, alone: bool) -> Draft:
        lexicon, resolver = self._lexicon, self._resolver
        line, text = hit.line, hit.line.text
        first, last = hit.content[0].start, hit.content[-1].end
        attribution = Attribution(
            language=lexicon.language,
            kind=_kind(hit),
            content=tuple(Excerpt.cut(text, span) for span in hit.content),
            cue=Excerpt.cut(text, hit.cue_span) if hit.cue_span else None,
            source=Excerpt.cut(text, hit.source.span) if hit.source else None,
            frame=self._frame(hit),
            inherited=inherited if hit.inherits else Frame(),
            before=text[max(0, first - CONTEXT) : first],
            after=text[last : last + CONTEXT],
            rule=hit.rule,
            confidence=of_words(hit.rule),
        )
        sentence = line.stretch(hit.sentence.first, hit.sentence.last - 1)
        return Draft(
            attribution=attribution,
            identification=resolver.resolve(
                line, hit.source, hit.at, Span(first, last)
            ),
            assessment=assess(hit, lexicon),
            paragraph=line.span,
            sentence=sentence,
            reporting=_reporting(hit, sentence, last, alone=alone),
            scene=resolver.scene,
            relays=relays(hit, lexicon),
            theme=theme_of(line, hit.sentence.first, hit.sentence.last, lexicon),
        )

    def _frame(self, hit: Hit) -> Frame:
        frame = self._framer.frame_of(hit.line, hit.zones, hit.cue)
        return self._framer.pointed_at(hit.line, hit.sentence, frame)


def _reporting(hit: Hit, sentence: Span, last: int, *, alone: bool) -> tuple[Span, ...]:
    """Return where a date of speaking may stand: around the cue, behind the content."""
    zones = tuple(hit.line.stretch(a, b - 1) for a, b in hit.zones if a < b)
    tail = alone and hit.said is hit.line and sentence.start <= last < sentence.end
    return (*zones, Span(last, sentence.end)) if tail else zones


def _trusted(draft: Draft, trust: float) -> Draft:
    """Return a draft as sure as the parser behind it allows."""
    if trust >= 1:
        return draft
    attribution, who = draft.attribution, draft.identification
    return draft.model_copy(
        update={
            "attribution": attribution.model_copy(
                update={"confidence": attribution.confidence * trust}
            ),
            "identification": who.model_copy(
                update={"confidence": who.confidence * trust}
            ),
        }
    )


def _kind(hit: Hit) -> Kind:
    """Return direct, mixed or indirect by what of the content is quoted."""
    quotations = hit.quotations
    whole = all(any(q.inner.contains(span) for q in quotations) for span in hit.content)
    partly = any(q.outer.overlaps(span) for q in quotations for span in hit.content)
    called = hit.cue is not None and hit.cue.verb.addresses and hit.rule == "quotation"
    governed = hit.governed or called  # "called on X to “…”"
    if whole and not governed:
        return Kind.DIRECT
    return Kind.MIXED if partly else Kind.INDIRECT


def _joined(attribution: Attribution) -> Frame:
    """Return the slots that a coordinated cue inherits."""
    own, earlier = attribution.frame, attribution.inherited
    return Frame(
        addressee=own.addressee or earlier.addressee,
        medium=own.medium or earlier.medium,
        occasion=own.occasion or earlier.occasion,
    )
