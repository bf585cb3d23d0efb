"""The event log, on the recorders of the eventsourcing library."""
