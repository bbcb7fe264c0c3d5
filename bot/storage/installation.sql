-- Facts about the installation as a whole.

-- name: value$
SELECT value FROM installation WHERE name = :name;

-- name: keep!
INSERT INTO installation (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;
