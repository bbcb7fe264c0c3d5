-- The ledger. Every statement is bound to one server; entries are added and read, never changed.

-- name: head^
SELECT sequence, mac FROM ledger_heads WHERE server_id = :server_id;

-- name: add!
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac)
VALUES (:server_id, :sequence, :kind, :giver_id, :receiver_id, :cause, :about, :entered_at, :key, :mac);

-- name: set_head!
INSERT INTO ledger_heads (server_id, sequence, mac, seal) VALUES (:server_id, :sequence, :mac, :seal)
ON CONFLICT (server_id) DO UPDATE SET sequence = excluded.sequence, mac = excluded.mac, seal = excluded.seal;

-- name: find^
SELECT * FROM entries WHERE server_id = :server_id AND sequence = :sequence;

-- name: by_key^
SELECT * FROM entries WHERE server_id = :server_id AND key = :key;

-- name: about
-- Left to itself, SQLite would walk through all entries of the server.
SELECT * FROM entries INDEXED BY entries_about WHERE server_id = :server_id AND about = :about ORDER BY sequence;

-- name: moves
-- What entries do to the graph of thanks; a reversal counts from when that was given which it reverses.
SELECT
    e.sequence, e.kind, e.giver_id, e.receiver_id, e.about,
    CASE e.kind WHEN 'reversal' THEN (
        SELECT o.entered_at FROM entries AS o WHERE o.server_id = e.server_id AND o.sequence = e.about
    ) ELSE e.entered_at END AS given_at
FROM entries AS e
WHERE e.server_id = :server_id AND e.sequence > :after
ORDER BY e.sequence
LIMIT :most;
