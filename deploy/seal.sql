-- Seals the log: from now on the role of the service may read and add, and nothing else.
--
-- Run it once as a superuser, in the database of the record, when onrecord has made its
-- schemas there. It expects two roles: `onrecord`, with which the service connects, and
-- `onrecord_owner`, with which nobody needs to connect. It may be run again. What fails
-- changes nothing, and psql then ends with exit code 3.

\set ON_ERROR_STOP on

BEGIN;

ALTER SCHEMA onrecord OWNER TO onrecord_owner;
ALTER TABLE onrecord.stored_events OWNER TO onrecord_owner;
ALTER TABLE onrecord.event_key OWNER TO onrecord_owner;
ALTER TABLE onrecord.turn OWNER TO onrecord_owner;
ALTER FUNCTION onrecord.refuse() OWNER TO onrecord_owner;

GRANT USAGE ON SCHEMA onrecord TO onrecord;
GRANT SELECT, INSERT ON onrecord.stored_events, onrecord.event_key TO onrecord;
-- an empty table: the right to lock it, and to read it as pg_dump does
GRANT SELECT, UPDATE ON onrecord.turn TO onrecord;

COMMIT;
