"""The eventsourcing library's application over the log in PostgreSQL."""

from __future__ import annotations

from typing import Any

from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, Mapper
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment, EnvType

from adapters.eventlog.mapper import EventMapper
from adapters.eventlog.postgresql_recorder import LogDatastore, LogRecorder


class PostgresLogFactory(PostgresFactory):
    """Makes our recorder where the library would make its own."""

    def __init__(self, env: Environment, datastore: LogDatastore) -> None:
        InfrastructureFactory.__init__(self, env)  # the one between reads variables
        self.datastore = datastore

    def application_recorder(self) -> LogRecorder:
        """Return our recorder, its schema made or checked."""
        recorder = LogRecorder(self.datastore)
        recorder.create_table()
        return recorder


class PostgresLogApplication(Application[str]):
    """Wires datastore, recorder and mapper as the library does; no aggregates."""

    name = "onrecord"

    def __init__(self, datastore: LogDatastore) -> None:
        self._datastore = datastore
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Return nothing: no variable of the machine can change the log."""
        return Environment(name, {})

    def construct_factory(self, env: Environment) -> Any:
        """Return our factory over the datastore that was handed in."""
        return PostgresLogFactory(env, self._datastore)

    def construct_mapper(self) -> Mapper[str]:
        """Return the mapper of short event names."""
        return EventMapper()
