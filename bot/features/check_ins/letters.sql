-- When a server's weekly letter comes, and those that came due. Every statement is bound to one server.

-- name: begin!
INSERT INTO letter_plans (server_id, looked_at) VALUES (:server_id, :now) ON CONFLICT DO NOTHING;

-- name: plan^
SELECT day, hour, looked_at FROM letter_plans WHERE server_id = :server_id;

-- name: choose!
-- From now on: what was due by the other day and hour is past.
INSERT INTO letter_plans (server_id, day, hour, looked_at) VALUES (:server_id, :day, :hour, :now)
ON CONFLICT (server_id) DO UPDATE SET
    day = excluded.day, hour = excluded.hour, looked_at = excluded.looked_at;

-- name: looked!
UPDATE letter_plans SET looked_at = :looked_at WHERE server_id = :server_id;

-- name: occur$
INSERT INTO weekly_letters (server_id, local, due_at, channel_id) VALUES (:server_id, :local, :due_at, :channel_id)
ON CONFLICT DO NOTHING
RETURNING weekly_letter_id;

-- name: unnote!
DELETE FROM weekly_letters WHERE server_id = :server_id AND due_at > :now AND message_id IS NULL;

-- name: letter^
SELECT weekly_letter_id, server_id, due_at, channel_id, message_id FROM weekly_letters
WHERE server_id = :server_id AND weekly_letter_id = :weekly_letter_id;

-- name: before$
SELECT max(due_at) FROM weekly_letters
WHERE server_id = :server_id AND due_at < :due_at AND message_id IS NOT NULL;

-- name: posted!
UPDATE weekly_letters SET channel_id = :channel_id, message_id = :message_id
WHERE server_id = :server_id AND weekly_letter_id = :weekly_letter_id;
