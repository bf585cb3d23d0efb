"""An article in, its attributed statements out: the order of the steps.

boilerplate marked -> lines paired, blinded and parsed -> attributions found ->
speakers resolved -> words assessed -> dates read -> filed under topics. Every
excerpt is checked against the text before it leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from domain.attribution.assess import assess
from domain.attribution.boilerplate import mark
from domain.attribution.cast import Cast
from domain.attribution.confidence import of_words
from domain.attribution.draft import Draft
from domain.attribution.flow import find_all
from domain.attribution.frames import Framer, theme_of
from domain.attribution.hits import Hit
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.parsing import Parser
from domain.attribution.reading import lines_to_read, too_long, without_headlines
from domain.attribution.relays import relays
from domain.attribution.resolve import Resolver
from domain.errors import ExtractionError, OnrecordError, UnsupportedLanguageError
from domain.model.article import Article, Skipped
from domain.model.extraction import Extraction, Filed, Found
from domain.model.ids import statement_id
from domain.model.register import AgentRegister
from domain.model.span import Excerpt, Span
from domain.model.statement import Attribution, Dating, Frame, Kind

RULES = "rules 3"
"""Raised whenever the same article would give other statements."""
CONTEXT = 32
"""Code points kept on each side of the content as an anchor."""

Dater = Callable[[Sequence[Draft], Article], Sequence[Dating]]
Filer = Callable[[Sequence[Draft], Article], Sequence[tuple[Filed, ...]]]


class Extractor:
    """Finds the statements of articles; holds what it needs, remembers no article."""

    def __init__(
        self,
        *,
        parsers: Mapping[str, Parser],
        lexicons: Mapping[str, Lexicon],
        register: AgentRegister,
        dater: Dater,
        filer: Filer,
        missing: Mapping[str, str] | None = None,
    ) -> None:
        """Take what extraction needs.

        ``missing`` tells for a language without a parser here how to install it.
        """
        self._parsers, self._lexicons, self._register = parsers, lexicons, register
        self._missing = missing or {}
        self._dater, self._filer = dater, filer

    def extract(self, article: Article) -> Extraction:
        """Return what an article attributes to whom.

        Raises:
            UnsupportedLanguageError: no parser or lexicon for its language.
            ExtractionError: the rules failed on it (a defect of ours).
        """
        try:
            return self._extract(article)
        except OnrecordError:
            raise
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            raise ExtractionError(reason) from error

    def _extract(self, article: Article) -> Extraction:
        parser = self._parsers.get(article.language)
        lexicon = self._lexicons.get(article.language)
        if parser is None or lexicon is None:
            raise self._unsupported(article.language)
        boilerplate = mark(article.text, lexicon.markers)
        lines = lines_to_read(article.text, boilerplate, parser, lexicon)
        lines, headlines = without_headlines(article.text, lines)
        drafts, skipped = self._drafts(article, lines, lexicon)
        skipped = sorted([*headlines, *skipped], key=lambda each: each.start)
        drafts = [_trusted(draft, parser.trust) for draft in drafts]
        skipped = sorted(
            [*too_long(article.text, boilerplate), *skipped], key=lambda s: s.start
        )
        dates = self._dater(drafts, article)
        filings = self._filer(drafts, article)
        found = tuple(
            _found(article, draft, dating, filed)
            for draft, dating, filed in zip(drafts, dates, filings, strict=True)
        )
        return Extraction(
            extractor=f"{RULES}; lexicon {lexicon.language} {lexicon.version}; {parser.name}",
            found=found,
            boilerplate=tuple(boilerplate),
            skipped=tuple(skipped),
        )

    def _unsupported(self, language: str) -> UnsupportedLanguageError:
        known = ", ".join(sorted(self._parsers))
        if (how := self._missing.get(language)) is not None:
            message = f"the parser for {language!r} is not installed: {how}"
        else:
            message = (
                f"no extractor for language {language!r} (installed: {known}); "
                "name its language if it was identified wrongly"
            )
        return UnsupportedLanguageError(message)

    def _drafts(
        self, article: Article, lines: Sequence[Line], lexicon: Lexicon
    ) -> tuple[list[Draft], list[Skipped]]:
        cast = Cast(lines, lexicon, self._register)
        resolver = Resolver(cast, lexicon, self._register, article.published_at)
        drafts: list[Draft] = []
        hits, skipped = find_all(lines, lexicon)
        inherited = Frame()
        for number, hit in enumerate(hits):
            if number and hits[number - 1].line is not hit.line:
                inherited = Frame()
            alone = number + 1 == len(hits) or hits[number + 1].sentence != hit.sentence
            draft = self._draft(hit, resolver, lexicon, inherited, alone=alone)
            inherited = _joined(draft.attribution)
            drafts.append(draft)
        return drafts, skipped

    def _draft(
        self,
        hit: Hit,
        resolver: Resolver,
        lexicon: Lexicon,
        inherited: Frame,
        *,
        alone: bool,
    ) -> Draft:
        line, text = hit.line, hit.line.text
        first, last = hit.content[0].start, hit.content[-1].end
        attribution = Attribution(
            language=lexicon.language,
            kind=_kind(hit),
            content=tuple(Excerpt.cut(text, span) for span in hit.content),
            cue=Excerpt.cut(text, hit.cue_span) if hit.cue_span else None,
            source=Excerpt.cut(text, hit.source.span) if hit.source else None,
            frame=self._frame(hit, lexicon),
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

    def _frame(self, hit: Hit, lexicon: Lexicon) -> Frame:
        framer = Framer(lexicon, self._register)
        frame = framer.frame_of(hit.line, hit.zones, hit.cue)
        return framer.pointed_at(hit.line, hit.sentence, frame)


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


def _found(
    article: Article, draft: Draft, dating: Dating, filed: tuple[Filed, ...]
) -> Found:
    attribution = draft.attribution
    for excerpt in (*attribution.content, attribution.cue, attribution.source):
        if excerpt is not None:
            excerpt.check(article.text)
    content = [excerpt.span for excerpt in attribution.content]
    return Found(
        id=statement_id(article.id, content),
        attribution=attribution,
        identification=draft.identification,
        dating=dating,
        filed=filed,
    )
