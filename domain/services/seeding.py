"""Put the topics and agents of the seeds on record, whatever of them is new.

Two processes may open a new store at once: who comes second looks again at what is
missing, a bounded number of times.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from domain.decisions.seeding import decide_agent, decide_topic
from domain.errors import ConflictError
from domain.events.agent import RoleHeld
from domain.events.base import Actor, ActorKind, Event
from domain.model.agent import Agent
from domain.model.ids import UNFILED, AgentId, agent_stream, topic_stream
from domain.model.kept import read_value
from domain.model.topic import Topic
from domain.ports import Append, Batch, EventLog, ViewStore
from domain.projections.rows import Table
from domain.projections.topics import TopicSummary
from domain.services.folding import stream_reader
from domain.services.projecting import CatchesUp

ATTEMPTS = 8
"""How often what is missing is offered when others append the same."""
SEEDS = Actor(kind=ActorKind.RULE, name="seeds")
UNFILED_TOPIC = Topic(
    id=UNFILED,
    labels={
        "en": "Not filed under a topic",
        "fr": "Sans sujet attribué",
        "ru": "Без темы",
    },
)


class Seeding:
    """Opens the topics and registers the agents that the log does not know."""

    def __init__(self, log: EventLog, views: ViewStore, follower: CatchesUp) -> None:
        self._log, self._views, self._follower = log, views, follower

    def ensure(self, topics: Iterable[Topic], agents: Iterable[Agent]) -> int:
        """Append what is missing, in one transaction; return the number of events.

        Raises:
            ConflictError: others kept appending to the same streams.
        """
        topics, agents = (UNFILED_TOPIC, *topics), tuple(agents)
        for attempt in range(1, ATTEMPTS + 1):
            self._follower.catch_up()
            appends = self._missing(topics, agents)
            if not appends:
                return 0
            try:
                self._log.append(Batch(appends, actor=SEEDS))
            except ConflictError:
                if attempt == ATTEMPTS:
                    raise
            else:
                self._follower.catch_up()
                return sum(len(append.events) for append in appends)
        return 0  # pragma: no cover (the last attempt raises or returns)

    def _missing(
        self, topics: Iterable[Topic], agents: Iterable[Agent]
    ) -> tuple[Append, ...]:
        """Return what is to be appended for the read models to know them all."""
        with self._views.snapshot() as views:
            posed = {
                summary.id: [
                    question.id
                    for question in (*summary.questions, *summary.withdrawn_questions)
                ]
                for body in views.rows(Table.TOPIC)
                for summary in (read_value(TopicSummary, body),)
            }
            known = {
                agent.id: agent
                for body in views.rows(Table.AGENT)
                for agent in (read_value(Agent, body),)
            }
        missing: dict[str, tuple[Event, ...]] = {}
        for topic in topics:
            events = decide_topic(topic, posed=posed.get(topic.id))
            missing[topic_stream(topic.id)] = events
        for agent in agents:
            events = decide_agent(agent, known=self._ever_known(agent, known))
            missing[agent_stream(agent.id)] = events
        return tuple(
            Append(stream, self._log.version(stream), events)
            for stream, events in missing.items()
            if events
        )

    def _ever_known(self, agent: Agent, known: Mapping[AgentId, Agent]) -> Agent | None:
        """Return an agent as registered, with the roles that were taken back too."""
        found = known.get(agent.id)
        if found is None or all(role in found.roles for role in agent.roles):
            return found
        events = stream_reader(self._log)(agent_stream(agent.id), self._log.head())
        roles = tuple(e.event.role for e in events if isinstance(e.event, RoleHeld))
        return found.model_copy(update={"roles": roles})
