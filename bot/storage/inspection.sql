-- What can be told of a database from outside, also while the bot runs.

-- name: has_table$
SELECT count(*) FROM sqlite_master WHERE name = :name;

-- name: revision$
SELECT version_num FROM alembic_version;

-- name: fingerprint$
SELECT value FROM installation WHERE name = 'host_key.fingerprint';

-- name: parked$
SELECT count(*) FROM effects WHERE state = 'parked';
