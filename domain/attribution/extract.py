"""An article in, its attributed statements out: the order of the steps.

boilerplate marked -> lines paired, blinded and parsed -> attributions found ->
speakers resolved -> words assessed -> dates read -> filed under topics. Every
excerpt is checked against the text before it leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from domain.attribution.assess import assess
from domain.attribution.boilerplate import lines_of, mark
from domain.attribution.cast import Cast
from domain.attribution.dateline import after_dateline
from domain.attribution.draft import Draft
from domain.attribution.find import Hit, find
from domain.attribution.frames import frame_of, theme_of
from domain.attribution.lexicon import Lexicon
from domain.attribution.lines import Line
from domain.attribution.parsing import Parser
from domain.attribution.quotes import pair
from domain.attribution.resolve import Resolver
from domain.attribution.view import blind
from domain.errors import UnsupportedLanguageError
from domain.model.article import Article, Marked, Skipped
from domain.model.extraction import Extraction, Filed, Found
from domain.model.ids import statement_id
from domain.model.register import AgentRegister
from domain.model.span import Excerpt, Span
from domain.model.statement import Attribution, Dating, Frame, Kind

RULES = "rules 1"
"""Raised whenever the same article would give other statements."""
CONTEXT = 32
"""Code points kept on each side of the content as an anchor."""
CONFIDENCE = {
    "complementizer": 0.95,
    "colon": 0.95,
    "quotation": 0.9,
    "inserted": 0.9,
    "infinitive": 0.85,
    "according-to": 0.85,
    "bare-colon": 0.9,
    "object": 0.7,
}

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
    ) -> None:
        self._parsers, self._lexicons, self._register = parsers, lexicons, register
        self._dater, self._filer = dater, filer

    def extract(self, article: Article) -> Extraction:
        """Return what an article attributes to whom.

        Raises:
            UnsupportedLanguageError: no parser or lexicon for its language.
            SpanMismatchError: an excerpt differs from the text (a defect of ours).
        """
        parser = self._parsers.get(article.language)
        lexicon = self._lexicons.get(article.language)
        if parser is None or lexicon is None:
            known = ", ".join(sorted(self._parsers))
            message = (
                f"no extractor for language {article.language!r} (installed: {known}); "
                "name the language with --language if it was identified wrongly"
            )
            raise UnsupportedLanguageError(message)
        boilerplate = mark(article.text, lexicon.markers)
        lines = _lines(article.text, boilerplate, parser, lexicon)
        drafts, skipped = self._drafts(article, lines, lexicon)
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

    def _drafts(
        self, article: Article, lines: Sequence[Line], lexicon: Lexicon
    ) -> tuple[list[Draft], list[Skipped]]:
        cast = Cast(lines, lexicon, self._register)
        resolver = Resolver(cast, lexicon, self._register, article.published_at)
        drafts: list[Draft] = []
        skipped: list[Skipped] = []
        for line in lines:
            found = find(line, lexicon)
            skipped += found.skipped
            inherited = Frame()
            for hit in found.hits:
                draft = self._draft(hit, resolver, lexicon, inherited)
                inherited = _joined(draft.attribution)
                drafts.append(draft)
        return drafts, skipped

    def _draft(
        self, hit: Hit, resolver: Resolver, lexicon: Lexicon, inherited: Frame
    ) -> Draft:
        line, text = hit.line, hit.line.text
        first, last = hit.content[0].start, hit.content[-1].end
        rule = hit.rule.removeprefix("gerund-")
        attribution = Attribution(
            language=lexicon.language,
            kind=_kind(hit),
            content=tuple(Excerpt.cut(text, span) for span in hit.content),
            cue=Excerpt.cut(text, hit.cue_span) if hit.cue_span else None,
            source=Excerpt.cut(text, hit.source.span) if hit.source else None,
            frame=frame_of(line, hit.zones, lexicon, self._register),
            inherited=inherited if hit.inherits else Frame(),
            before=text[max(0, first - CONTEXT) : first],
            after=text[last : last + CONTEXT],
            rule=hit.rule,
            confidence=CONFIDENCE.get(rule, 0.6),
        )
        sentence = line.stretch(hit.sentence.first, hit.sentence.last - 1)
        return Draft(
            attribution=attribution,
            identification=resolver.resolve(line, hit.source),
            assessment=assess(line, hit.content, hit.cue, lexicon),
            paragraph=line.span,
            sentence=sentence,
            reporting=tuple(line.stretch(a, b - 1) for a, b in hit.zones if a < b),
            theme=theme_of(line, hit.sentence.first, hit.sentence.last, lexicon),
        )


def _lines(
    text: str, boilerplate: Sequence[Marked], parser: Parser, lexicon: Lexicon
) -> list[Line]:
    """Return the lines of the article proper, parsed in one batch."""
    marked = [Span(each.start, each.end) for each in boilerplate]
    spans = [
        after_dateline(text, s)
        for s in lines_of(text)
        if not any(s.overlaps(m) for m in marked)
    ]
    views = [blind(text, span) for span in spans]
    parsed = parser.parse([view.text for view in views])
    return [
        Line(
            text,
            span,
            view=view,
            parsed=each,
            quotations=pair(text, span),
            abbreviations=lexicon.grammar.abbreviations,
        )
        for span, view, each in zip(spans, views, parsed, strict=True)
        if view.text
    ]


def _kind(hit: Hit) -> Kind:
    """Return direct, mixed or indirect by what of the content is quoted."""
    whole = all(
        any(q.inner.contains(span) for q in hit.line.quotations) for span in hit.content
    )
    partly = any(
        q.outer.overlaps(span) for q in hit.line.quotations for span in hit.content
    )
    if whole and not hit.governed:
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
