"""The eventsourcing library's application and factory, with our recorder and mapper.

The application holds no aggregates; it wires recorder and mapper as the library does.
Its environment is ours alone: no variable of the machine can redirect the log.
"""

from __future__ import annotations

from typing import Any, ClassVar

from eventsourcing.application import Application
from eventsourcing.persistence import Mapper
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteFactory
from eventsourcing.utils import Environment, EnvType

from adapters.eventlog.mapper import EventMapper
from adapters.eventlog.recorder import LogDatastore, LogRecorder


class LogFactory(SQLiteFactory):
    """Makes our datastore and recorder where the library would make its own."""

    application_recorder_class: type[SQLiteApplicationRecorder] = LogRecorder

    def __init__(self, env: Environment) -> None:
        super().__init__(env)
        self.datastore.close()
        self.datastore = LogDatastore(env.get(self.SQLITE_DBNAME) or "")


class LogApplication(Application[str]):
    """The library's application with our factory and mapper; it holds no aggregates."""

    name = "onrecord"
    env: ClassVar[dict[str, str]] = {"ORIGINATOR_ID_TYPE": "text"}

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Return our settings alone.

        The library would let any process environment decide: ONRECORD_SQLITE_DBNAME
        would send the log to another file, CREATE_TABLE=n leave it without tables.
        """
        return Environment(name, {**type(self).env, **(env or {})})

    def construct_factory(self, env: Environment) -> Any:
        """Return our factory, whatever the environment says."""
        return LogFactory(env)

    def construct_mapper(self) -> Mapper[str]:
        """Return the mapper of short event names."""
        return EventMapper()
