-- Lets a role `auditor` read a record, and nothing else: log, texts and read models.
--
-- Run it as a superuser, in the database of the record, when onrecord has made its schemas
-- there and the role is made; again where the schema of the read models was dropped.

\set ON_ERROR_STOP on

BEGIN;

GRANT USAGE ON SCHEMA onrecord, onrecord_articles, onrecord_views TO auditor;
GRANT SELECT ON ALL TABLES IN SCHEMA onrecord, onrecord_articles, onrecord_views TO auditor;

-- an update may make the tables of the read models anew
ALTER DEFAULT PRIVILEGES FOR ROLE onrecord IN SCHEMA onrecord_views
    GRANT SELECT ON TABLES TO auditor;

COMMIT;
