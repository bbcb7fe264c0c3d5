-- Effects: what has to happen in Discord, once. Times are UTC microseconds.
-- Most rows are done. What is claimed or parked is found by a partial index only where a statement says its condition in
-- the same words: state IN ('claimed', 'parked').

-- name: put!
-- One row an effect, and a count of how often it was wanted. One that fails keeps to its pause.
INSERT INTO effects (key, server_id, verb, feature, card, object_id, due_at, wanted_at)
VALUES (:key, :server_id, :verb, :feature, :card, :object_id, :due_at, :due_at)
ON CONFLICT (key) DO UPDATE SET
    wanted = wanted + 1,
    attempts = CASE WHEN state IN ('done', 'parked') THEN 0 ELSE attempts END,
    wanted_at = CASE WHEN state = 'done' THEN excluded.wanted_at ELSE min(wanted_at, excluded.wanted_at) END,
    due_at = CASE
        WHEN state = 'waiting' AND attempts > 0 THEN due_at
        WHEN state = 'waiting' THEN min(due_at, excluded.due_at)
        ELSE excluded.due_at
    END,
    state = CASE WHEN state IN ('done', 'parked') THEN 'waiting' ELSE state END;

-- name: state$
SELECT state FROM effects WHERE key = :key;

-- name: waits_until$
SELECT due_at FROM effects WHERE key = :key AND state IN ('waiting', 'claimed');

-- name: unsettled_count$
-- What was never made needs no mending; what may have been made in an interrupted attempt does.
SELECT count(*) FROM effects
WHERE key IN (SELECT value FROM json_each(:keys)) AND state <> 'done'
AND (verb IN ('edit', 'edit_thread') OR uncertain_since IS NOT NULL);

-- name: recover!
-- Claims whose holder is gone: their outcome is unknown from then on.
UPDATE effects
SET state = 'waiting', uncertain_since = coalesce(uncertain_since, claimed_at)
WHERE state IN ('claimed', 'parked') AND state = 'claimed' AND lease_until <= :lease_before;

-- name: claim
-- Of one server no more than :each are under way, so that a slow channel there holds up no other server.
UPDATE effects
SET state = 'claimed', attempts = attempts + 1, claimed_at = :now, lease_until = :lease_until
WHERE effect_id IN (
    SELECT effect_id
    FROM (
        SELECT
            effect_id,
            due_at,
            row_number() OVER (PARTITION BY server_id ORDER BY due_at, effect_id) + (
                SELECT count(*) FROM effects AS held
                WHERE held.state IN ('claimed', 'parked') AND held.state = 'claimed' AND held.server_id = due.server_id
            ) AS place
        FROM (
            SELECT effect_id, server_id, due_at
            FROM effects LEFT JOIN servers USING (server_id)
            WHERE effects.state = 'waiting' AND servers.paused_at IS NULL
            AND (due_at <= :now OR (attempts > 0 AND due_at > :too_far))
            AND (due_at <= :present OR effect_id NOT IN (SELECT value FROM json_each(:passed)))
            ORDER BY due_at, effect_id
            LIMIT :looked_at
        ) AS due
    ) AS placed
    WHERE place <= :each
    ORDER BY due_at, effect_id
    LIMIT :most
)
RETURNING *;

-- name: due_count$
SELECT count(*) FROM (SELECT 1 FROM effects WHERE state = 'waiting' AND due_at <= :now LIMIT :most);

-- name: claim_elsewhere
-- Where more is due than a claim looks at, one server may have all of that: from each the first that it has room for.
UPDATE effects
SET state = 'claimed', attempts = attempts + 1, claimed_at = :now, lease_until = :lease_until
WHERE effect_id IN (
    SELECT effect_id
    FROM (
        SELECT
            one.effect_id,
            one.due_at,
            row_number() OVER (PARTITION BY one.server_id ORDER BY one.due_at, one.effect_id) + (
                SELECT count(*) FROM effects AS held
                WHERE held.state IN ('claimed', 'parked') AND held.state = 'claimed' AND held.server_id = one.server_id
            ) AS place
        FROM servers INNER JOIN effects AS one ON one.effect_id IN (
            SELECT effect_id FROM effects AS first
            WHERE first.state = 'waiting' AND first.server_id = servers.server_id AND first.due_at <= :now
            AND (first.due_at <= :present OR first.effect_id NOT IN (SELECT value FROM json_each(:passed)))
            ORDER BY first.due_at, first.effect_id
            LIMIT :each
        )
        WHERE servers.paused_at IS NULL
    ) AS placed
    WHERE place <= :each
    ORDER BY due_at, effect_id
    LIMIT :most
)
RETURNING *;

-- name: mark_done!
UPDATE effects
SET state = CASE WHEN wanted > :wanted THEN 'waiting' ELSE 'done' END,
    wanted_at = due_at,
    result_id = :result_id, trouble = :trouble, done_at = :now,
    attempts = 0, lease_until = NULL, uncertain_since = NULL
WHERE effect_id = :effect_id AND state = 'claimed';

-- name: release!
-- An outcome that was unknown once stays so until it is marked: what refused a later try says nothing of the earlier.
UPDATE effects
SET state = 'waiting', due_at = :due_at, trouble = :trouble, lease_until = NULL,
    uncertain_since = coalesce(uncertain_since, CASE WHEN :uncertain THEN claimed_at END)
WHERE effect_id = :effect_id AND state = 'claimed';

-- name: park!
UPDATE effects
SET state = 'parked', trouble = :trouble, lease_until = NULL,
    uncertain_since = coalesce(uncertain_since, CASE WHEN :uncertain THEN claimed_at END)
WHERE effect_id = :effect_id AND state = 'claimed';

-- name: unpark!
UPDATE effects
SET state = 'waiting', due_at = :now, attempts = 0
WHERE server_id = :server_id AND state IN ('claimed', 'parked') AND state = 'parked';

-- name: parked
SELECT * FROM effects WHERE server_id = :server_id AND state IN ('claimed', 'parked') AND state = 'parked' ORDER BY effect_id;

-- name: parked_count$
SELECT count(*) FROM effects WHERE state IN ('claimed', 'parked') AND state = 'parked';

-- name: next_due$
-- A retry that is due later than any pause lasts was put there by a clock that has been set back since: it is due now.
-- A claim is due when its lease ends: whoever held it could not mark it.
SELECT min(due_at)
FROM (
    SELECT min(CASE WHEN attempts > 0 AND effects.due_at > :too_far THEN 0 ELSE effects.due_at END) AS due_at
    FROM effects LEFT JOIN servers USING (server_id)
    WHERE effects.state = 'waiting' AND servers.paused_at IS NULL
    UNION ALL
    SELECT min(lease_until) FROM effects WHERE state IN ('claimed', 'parked') AND state = 'claimed'
);

-- name: oldest_wanted$
SELECT min(wanted_at)
FROM effects LEFT JOIN servers USING (server_id)
WHERE effects.state IN ('waiting', 'claimed') AND servers.paused_at IS NULL;

-- name: forget_done!
DELETE FROM effects WHERE state = 'done' AND done_at < :done_before;
