"""What the routes and commands are given: the use cases, wired by ``api.app``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field

from api.bodies import Bodies
from api.follower import Follower
from api.turns import Turns
from domain.model.article import Article
from domain.ports import Clock, EventLog, ViewStore
from domain.services.capturing import ArticleMetadata
from domain.services.correct import Correct
from domain.services.histories import Histories
from domain.services.importing import Import
from domain.services.ingest import Ingest
from domain.services.laws import Laws
from domain.services.proposing import Proposals
from domain.services.raw_events import RawEvents
from domain.services.replay import Replay
from domain.services.seeding import Seeding
from domain.services.statements import Statements
from domain.services.timelines import Timelines


@dataclass(frozen=True, slots=True)
class Services:
    """The use cases over one store. ``ingest`` is made on first use: it loads a model.

    ``extract_ahead`` extracts some articles together, which are then ingested.
    ``writer`` runs what writes, in threads of its own, so that reading never waits for
    an extraction, and ``turns`` keeps two of them off one article. ``capture`` makes the article of a text,
    ``ready_lag`` is the number of events by which the read models may be behind.
    """

    clock: Clock
    log: EventLog
    views: ViewStore
    follower: Follower
    seeding: Seeding
    ingest: Callable[[], Ingest]
    extract_ahead: Callable[[Sequence[Article]], None]
    correct: Correct
    imports: Import
    proposals: Proposals
    laws: Laws
    timelines: Timelines
    histories: Histories
    statements: Statements
    raw_events: RawEvents
    replay: Replay
    capture: Callable[[str, ArticleMetadata], Article]
    writer: Executor
    ready_lag: int
    version: str
    turns: Turns = field(default_factory=Turns)
    bodies: Bodies = field(default_factory=Bodies)
