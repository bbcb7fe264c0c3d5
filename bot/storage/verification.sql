-- What `goen verify` reads: the whole ledger, in order. Nothing here writes.

-- name: entries
SELECT server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac
FROM entries
ORDER BY server_id, sequence;

-- name: heads
SELECT server_id, sequence, mac, seal FROM ledger_heads ORDER BY server_id;

-- name: without_entries
-- An account is opened with the first entry that names it: servers with accounts have entries.
SELECT DISTINCT server_id FROM accounts
WHERE server_id NOT IN (SELECT server_id FROM ledger_heads)
AND NOT EXISTS (SELECT 1 FROM entries WHERE entries.server_id = accounts.server_id)
ORDER BY server_id;

-- name: guards
SELECT name FROM sqlite_master WHERE type IN ('trigger', 'index') AND tbl_name IN ('entries', 'ledger_heads');
