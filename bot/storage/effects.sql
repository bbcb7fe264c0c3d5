-- Effects: what has to happen in Discord, once. Times are UTC microseconds.

-- name: put_once!
INSERT INTO effects (key, server_id, verb, feature, card, object_id, due_at, created_at)
VALUES (:key, :server_id, :verb, :feature, :card, :object_id, :due_at, :created_at)
ON CONFLICT (key) DO NOTHING;

-- name: put_again!
-- An effect that may happen again (an edit): one row, and a count of how often it was wanted.
INSERT INTO effects (key, server_id, verb, feature, card, object_id, due_at, created_at)
VALUES (:key, :server_id, :verb, :feature, :card, :object_id, :due_at, :created_at)
ON CONFLICT (key) DO UPDATE SET
    wanted = wanted + 1,
    attempts = CASE WHEN state IN ('done', 'parked') THEN 0 ELSE attempts END,
    due_at = CASE
        WHEN state = 'waiting' AND attempts > 0 THEN due_at -- its backoff goes on
        WHEN state = 'waiting' THEN min(due_at, excluded.due_at)
        ELSE excluded.due_at
    END,
    state = CASE WHEN state IN ('done', 'parked') THEN 'waiting' ELSE state END;

-- name: recover!
-- Claims whose holder is gone: their outcome is unknown from then on.
UPDATE effects
SET state = 'waiting', uncertain_since = coalesce(uncertain_since, claimed_at)
WHERE state = 'claimed' AND lease_until <= :lease_before;

-- name: claim
UPDATE effects
SET state = 'claimed', attempts = attempts + 1, claimed_at = :now, lease_until = :lease_until
WHERE effect_id IN (
    SELECT effect_id
    FROM effects LEFT JOIN servers USING (server_id)
    WHERE effects.state = 'waiting' AND due_at <= :now AND servers.paused_at IS NULL
    ORDER BY due_at, effect_id
    LIMIT :most
)
RETURNING *;

-- name: mark_done!
UPDATE effects
SET state = CASE WHEN wanted > :wanted THEN 'waiting' ELSE 'done' END,
    result_id = :result_id, trouble = :trouble, done_at = :now,
    attempts = 0, lease_until = NULL, uncertain_since = NULL
WHERE effect_id = :effect_id AND state = 'claimed';

-- name: release!
UPDATE effects
SET state = 'waiting', due_at = :due_at, trouble = :trouble, lease_until = NULL,
    uncertain_since = CASE WHEN :uncertain THEN coalesce(uncertain_since, claimed_at) END
WHERE effect_id = :effect_id AND state = 'claimed';

-- name: park!
UPDATE effects
SET state = 'parked', trouble = :trouble, lease_until = NULL,
    uncertain_since = CASE WHEN :uncertain THEN coalesce(uncertain_since, claimed_at) END
WHERE effect_id = :effect_id AND state = 'claimed';

-- name: unpark!
UPDATE effects
SET state = 'waiting', due_at = :now, attempts = 0
WHERE server_id = :server_id AND state = 'parked';

-- name: parked
SELECT * FROM effects WHERE server_id = :server_id AND state = 'parked' ORDER BY effect_id;

-- name: parked_count$
SELECT count(*) FROM effects WHERE state = 'parked';

-- name: next_due$
SELECT min(due_at)
FROM effects LEFT JOIN servers USING (server_id)
WHERE effects.state = 'waiting' AND servers.paused_at IS NULL;

-- name: forget_done!
DELETE FROM effects WHERE state = 'done' AND done_at < :done_before;
