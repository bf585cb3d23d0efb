-- Makes the roles and the database of a record; run it once, as a superuser, with psql.
-- The password of the service is that of the variable ONRECORD_PASSWORD.

\set ON_ERROR_STOP on
\getenv password ONRECORD_PASSWORD

CREATE ROLE onrecord LOGIN PASSWORD :'password'; -- the service connects with it
CREATE ROLE onrecord_owner NOLOGIN; -- owns the log, once that is sealed

CREATE DATABASE onrecord OWNER onrecord_owner TEMPLATE template0 ENCODING 'UTF8';
GRANT CREATE ON DATABASE onrecord TO onrecord; -- it makes its schemas itself
