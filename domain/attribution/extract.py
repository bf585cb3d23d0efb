"""Articles in, their attributed statements out: the order of the steps.

boilerplate marked -> lines paired, blinded and parsed -> attributions found ->
speakers resolved -> words assessed -> dates read -> filed under topics. Every
excerpt is checked against the text before it leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice

from domain.attribution.draft import Draft
from domain.attribution.drafting import Drafting
from domain.attribution.lexicon import Lexicon
from domain.attribution.parsing import ParsedLine, Parser
from domain.attribution.reading import LanguageOf, ToRead, lines_read, to_read
from domain.errors import ExtractionError, OnrecordError, UnsupportedLanguageError
from domain.model.article import Article
from domain.model.extraction import Extraction, Filed, Found
from domain.model.ids import statement_id
from domain.model.register import AgentRegister
from domain.model.span import Span
from domain.model.statement import Dating

RULES = "rules 3"
"""Raised whenever the same article would give other statements."""

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
        language_of: LanguageOf,
        unusable: Mapping[str, str] | None = None,
    ) -> None:
        """Take what extraction needs.

        ``unusable`` tells for a language whose parser cannot be used here why, and
        what to do.
        """
        self._parsers, self._lexicons, self._register = parsers, lexicons, register
        self._unusable = unusable or {}
        self._dater, self._filer, self._language_of = dater, filer, language_of

    def extract(self, article: Article) -> Extraction:
        """Return what an article attributes to whom.

        Raises:
            UnsupportedLanguageError: no parser or lexicon for its language.
            ExtractionError: the rules failed on it (a defect of ours).
        """
        (told,) = self.extract_all([article])
        if isinstance(told, OnrecordError):
            raise told
        return told

    def extract_all(
        self, articles: Sequence[Article]
    ) -> list[Extraction | OnrecordError]:
        """Return for each article what it attributes to whom, or why that is not known.

        Those of one language are parsed together, which is faster; each comes out as
        it would alone.
        """
        told: dict[int, Extraction | OnrecordError] = {}
        for language in dict.fromkeys(each.language for each in articles):
            numbers = [n for n, a in enumerate(articles) if a.language == language]
            alike = [articles[n] for n in numbers]
            told.update(zip(numbers, self._each(language, alike), strict=True))
        return [told[n] for n in range(len(articles))]

    def _each(
        self, language: str, articles: Sequence[Article]
    ) -> list[Extraction | OnrecordError]:
        """Extract together; where that fails, one by one: each fails for itself."""
        try:
            return list(self._together(language, articles))
        except Exception as error:  # noqa: BLE001 (whatever it is, it is told)
            if len(articles) == 1:
                return [_failure(error)]
            return [self._each(language, [article])[0] for article in articles]

    def _together(self, language: str, articles: Sequence[Article]) -> list[Extraction]:
        parser, lexicon = self._parsers.get(language), self._lexicons.get(language)
        if parser is None or lexicon is None:
            raise self._unsupported(language)
        read = [to_read(each, lexicon, self._language_of) for each in articles]
        views = [view.text for each in read for _, view in each.lines]
        parsed = iter(parser.parse(views))
        return [
            self._extraction(
                article, each, list(islice(parsed, len(each.lines))), parser, lexicon
            )
            for article, each in zip(articles, read, strict=True)
        ]

    def _extraction(
        self,
        article: Article,
        read: ToRead,
        parsed: Sequence[ParsedLine],
        parser: Parser,
        lexicon: Lexicon,
    ) -> Extraction:
        lines = lines_read(article, read, parsed, lexicon)
        drafting = Drafting(article, lines, lexicon, self._register)
        drafts, skipped = drafting.drafts(parser.trust)
        dates = self._dater(drafts, article)
        filings = self._filer(drafts, article)
        identity = article.id  # a hash of the whole text: taken once
        found = tuple(
            Found(
                id=statement_id(identity, _checked(article, draft)),
                attribution=draft.attribution,
                identification=draft.identification,
                dating=dating,
                filed=filed,
            )
            for draft, dating, filed in zip(drafts, dates, filings, strict=True)
        )
        return Extraction(
            extractor=f"{RULES}; lexicon {lexicon.language} {lexicon.version}; {parser.name}",
            found=found,
            boilerplate=tuple(read.boilerplate),
            skipped=tuple(sorted([*read.skipped, *skipped], key=lambda s: s.start)),
        )

    def _unsupported(self, language: str) -> UnsupportedLanguageError:
        if (why := self._unusable.get(language)) is not None:
            return UnsupportedLanguageError(why)
        known = ", ".join(sorted(self._parsers))
        message = (
            f"no extractor for language {language!r} (installed: {known}); "
            "name its language if it was identified wrongly"
        )
        return UnsupportedLanguageError(message)


def _failure(error: Exception) -> OnrecordError:
    """Return an error as a caller may expect it: any other is a defect of ours."""
    if isinstance(error, OnrecordError):
        return error
    failure = ExtractionError(f"{type(error).__name__}: {error}")
    failure.__cause__ = error
    return failure


def _checked(article: Article, draft: Draft) -> list[Span]:
    """Return where the content of a draft stands, all its words checked."""
    attribution = draft.attribution
    for excerpt in (*attribution.content, attribution.cue, attribution.source):
        if excerpt is not None:
            excerpt.check(article.text)
    return [excerpt.span for excerpt in attribution.content]
