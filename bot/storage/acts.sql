-- The audit trail. Every statement is bound to one server.

-- name: note!
INSERT INTO acts (server_id, actor_id, act, case_id, about_id, words, acted_at)
VALUES (:server_id, :actor_id, :act, :case_id, :about_id, :words, :now);

-- name: of_case
SELECT act_id, actor_id, act, case_id, about_id, words, acted_at
FROM acts
WHERE server_id = :server_id AND case_id = :case_id
ORDER BY act_id;

-- name: latest
-- What was done about the one who looks is for the others.
SELECT act_id, actor_id, act, case_id, about_id, words, acted_at
FROM acts
WHERE server_id = :server_id AND about_id IS NOT :viewer_id
AND (case_id IS NULL OR case_id NOT IN (SELECT case_id FROM cases WHERE about_id = :viewer_id))
ORDER BY act_id DESC
LIMIT :most OFFSET :skipped;

-- name: forget_member!
-- What was done stays for the record of the server; by whom and about whom does not.
UPDATE acts
SET actor_id = CASE WHEN actor_id = :member_id THEN NULL ELSE actor_id END,
    words = CASE WHEN :member_id IN (actor_id, about_id) THEN '' ELSE words END,
    about_id = CASE WHEN about_id = :member_id THEN NULL ELSE about_id END
WHERE server_id = :server_id AND :member_id IN (actor_id, about_id);
