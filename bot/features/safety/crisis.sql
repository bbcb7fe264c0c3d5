-- Cases of texts that hold crisis words, letters about them, and what each server looks for and names. Every statement is
-- bound to one server.

-- name: open_crisis$
-- The steps between numbers are left to chance, as in `open_case`.
INSERT INTO cases (case_id, server_id, kind, about_id, is_discreet, reason, fields, digest, interaction_id, opened_at)
SELECT
    coalesce(max(taken.case_id), 0) + :step, :server_id, 'crisis', :about_id, :is_discreet, :reason, :fields, :digest,
    :interaction_id, :now
FROM (SELECT case_id FROM cases UNION ALL SELECT case_id FROM acts WHERE case_id IS NOT NULL) AS taken
RETURNING case_id;

-- name: seal_case!
UPDATE cases SET sealed = :sealed WHERE server_id = :server_id AND case_id = :case_id;

-- name: crisis_of_text$
SELECT case_id FROM cases
WHERE server_id = :server_id AND about_id IS :about_id AND sealed IS NULL AND kind = 'crisis' AND digest = :digest
AND (about_id IS NOT NULL OR fields = :fields) AND (state <> 'closed' OR opened_at > :since);

-- name: sealed_cases
SELECT case_id, sealed FROM cases WHERE server_id = :server_id AND sealed IS NOT NULL;

-- name: write_letter!
INSERT INTO letters (case_id, words, interaction_id, written_at)
SELECT case_id, :words, :interaction_id, :now FROM cases WHERE server_id = :server_id AND case_id = :case_id
ON CONFLICT (interaction_id) DO NOTHING;

-- name: letter_of_interaction^
SELECT l.* FROM letters AS l INNER JOIN cases AS c USING (case_id)
WHERE c.server_id = :server_id AND l.interaction_id = :interaction_id;

-- name: letter^
SELECT l.* FROM letters AS l INNER JOIN cases AS c USING (case_id)
WHERE c.server_id = :server_id AND l.letter_id = :letter_id;

-- name: letters
SELECT l.* FROM letters AS l INNER JOIN cases AS c USING (case_id)
WHERE c.server_id = :server_id AND l.case_id = :case_id
ORDER BY l.letter_id;

-- name: answer_letter!
UPDATE letters SET answer = :answer, answered_at = :now
WHERE letter_id = :letter_id AND answered_at IS NULL
AND case_id IN (SELECT case_id FROM cases WHERE server_id = :server_id);

-- name: forget_old_letters!
UPDATE letters SET words = '', answer = ''
WHERE case_id IN (
    SELECT case_id FROM cases WHERE server_id = :server_id AND state = 'closed' AND closed_at <= :moment
);

-- name: forget_letters_about!
UPDATE letters SET words = '', answer = ''
WHERE case_id IN (SELECT case_id FROM cases WHERE server_id = :server_id AND about_id = :member_id);

-- name: forget_sealed_case!
-- Who is behind the seal is forgotten: what was open ends, and nobody can be written to any more.
UPDATE cases SET state = 'closed', closed_at = coalesce(closed_at, :now), fields = '', sealed = NULL
WHERE server_id = :server_id AND case_id = :case_id;

-- name: forget_letters_of_case!
UPDATE letters SET words = '', answer = ''
WHERE case_id IN (SELECT case_id FROM cases WHERE server_id = :server_id AND case_id = :case_id);

-- name: crisis_words^
SELECT taken_off, added FROM own_crisis_words WHERE server_id = :server_id;

-- name: keep_crisis_words!
INSERT INTO own_crisis_words (server_id, taken_off, added) VALUES (:server_id, :taken_off, :added)
ON CONFLICT (server_id) DO UPDATE SET taken_off = excluded.taken_off, added = excluded.added;

-- name: help_lines^
SELECT lines, kept_at FROM own_help_lines WHERE server_id = :server_id;

-- name: keep_help_lines!
INSERT INTO own_help_lines (server_id, lines, kept_at) VALUES (:server_id, :lines, :now)
ON CONFLICT (server_id) DO UPDATE SET lines = excluded.lines, kept_at = excluded.kept_at;
