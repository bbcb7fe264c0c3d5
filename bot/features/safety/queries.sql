-- What may be posted, cases, reports and holds. Every statement is bound to one server; those whose names begin with
-- `desk_` also to the moderator who looks, who never comes upon what concerns themselves.

-- name: own_rules$
SELECT rules FROM own_rules WHERE server_id = :server_id;

-- name: keep_own_rules!
INSERT INTO own_rules (server_id, rules) VALUES (:server_id, :rules)
ON CONFLICT (server_id) DO UPDATE SET rules = excluded.rules;

-- name: clearance$
SELECT by_moderator FROM clearances
WHERE server_id = :server_id AND member_id = :member_id AND digest = :digest AND expires_at > :now;

-- name: clear!
INSERT INTO clearances (server_id, member_id, digest, by_moderator, expires_at)
VALUES (:server_id, :member_id, :digest, :by_moderator, :expires_at)
ON CONFLICT (server_id, member_id, digest) DO UPDATE SET
    by_moderator = max(by_moderator, excluded.by_moderator), expires_at = max(expires_at, excluded.expires_at);

-- name: forget_clearance!
DELETE FROM clearances WHERE server_id = :server_id AND member_id = :member_id AND digest = :digest;

-- name: forget_clearances!
DELETE FROM clearances WHERE server_id = :server_id AND expires_at <= :now;

-- name: hold_on^
SELECT * FROM holds
WHERE server_id = :server_id AND member_id = :member_id AND lifted_at IS NULL AND ends_at > :now
ORDER BY ends_at DESC LIMIT 1;

-- name: held_members
SELECT DISTINCT member_id FROM holds WHERE server_id = :server_id AND lifted_at IS NULL AND ends_at > :now;

-- name: hold^
SELECT * FROM holds WHERE server_id = :server_id AND hold_id = :hold_id;

-- name: answer!
UPDATE holds SET answer = :answer, answered_at = :now
WHERE server_id = :server_id AND hold_id = :hold_id AND answered_at IS NULL;

-- name: reopen!
UPDATE cases SET state = 'open', closed_at = NULL, outcome = ''
WHERE server_id = :server_id AND case_id = :case_id AND state = 'closed';

-- name: open_case$
-- The steps between numbers are left to chance: a gap tells nobody that there is a case which they may not see.
INSERT INTO cases (
    case_id, server_id, kind, state, about_id, is_discreet, reason, form, fields, digest, interaction_id, opened_at,
    closed_at
)
SELECT
    coalesce(max(taken.case_id), 0) + :step, :server_id, :kind, :state, :about_id, :is_discreet, :reason, :form,
    :fields, :digest, :interaction_id, :now, :closed_at
FROM (SELECT case_id FROM cases UNION ALL SELECT case_id FROM acts WHERE case_id IS NOT NULL) AS taken
RETURNING case_id;

-- name: find_case^
SELECT c.*, (SELECT count(*) FROM reports AS r WHERE r.case_id = c.case_id) AS reports
FROM cases AS c
WHERE c.server_id = :server_id AND c.case_id = :case_id;

-- name: case_about$
SELECT case_id FROM cases
WHERE server_id = :server_id AND about_id = :about_id AND kind IN ('report', 'hold') AND state <> 'closed'
ORDER BY case_id LIMIT 1;

-- name: open_about
SELECT case_id FROM cases WHERE server_id = :server_id AND about_id = :member_id AND state <> 'closed';

-- name: reported
SELECT c.*, (SELECT count(*) FROM reports AS r WHERE r.case_id = c.case_id) AS reports
FROM cases AS c
WHERE c.server_id = :server_id AND c.kind <> 'held' AND c.state <> 'closed'
ORDER BY c.case_id;

-- name: case_of_text$
SELECT case_id FROM cases
WHERE server_id = :server_id AND about_id = :about_id AND kind = 'held' AND digest = :digest
ORDER BY case_id DESC LIMIT 1;

-- name: report_of_interaction$
SELECT r.case_id
FROM reports AS r INNER JOIN cases AS c USING (case_id)
WHERE c.server_id = :server_id AND r.interaction_id = :interaction_id;

-- name: begin_report!
INSERT INTO begun_reports (
    server_id, member_id, evidence, author_id, channel_id, message_id, interaction_id, begun_at
)
VALUES (:server_id, :member_id, :evidence, :author_id, :channel_id, :message_id, :interaction_id, :now)
ON CONFLICT (interaction_id) DO NOTHING;

-- name: begun_by_interaction$
SELECT begun_id FROM begun_reports WHERE server_id = :server_id AND interaction_id = :interaction_id;

-- name: begun^
SELECT * FROM begun_reports
WHERE server_id = :server_id AND begun_id = :begun_id AND member_id = :member_id AND begun_at > :since;

-- name: drop_begun!
DELETE FROM begun_reports WHERE server_id = :server_id AND begun_id = :begun_id AND member_id = :member_id;

-- name: forget_begun!
DELETE FROM begun_reports WHERE server_id = :server_id AND begun_at <= :since;

-- name: forget_own_begun!
DELETE FROM begun_reports WHERE server_id = :server_id AND :member_id IN (member_id, author_id);

-- name: add_report!
INSERT INTO reports (
    case_id, member_id, reason, words, evidence, author_id, channel_id, message_id, interaction_id, reported_at
)
SELECT
    case_id, :member_id, :reason, :words, :evidence, :author_id, :channel_id, :message_id, :interaction_id, :now
FROM cases WHERE server_id = :server_id AND case_id = :case_id
ON CONFLICT (interaction_id) DO NOTHING;

-- name: report^
SELECT r.* FROM reports AS r INNER JOIN cases AS c USING (case_id)
WHERE c.server_id = :server_id AND r.report_id = :report_id;

-- name: reports
SELECT r.* FROM reports AS r INNER JOIN cases AS c USING (case_id)
WHERE c.server_id = :server_id AND r.case_id = :case_id
ORDER BY r.report_id;

-- name: loud_reports$
-- How many of a case's reports were not among a great many that their writer sent within a short time.
SELECT count(*)
FROM reports AS r INNER JOIN cases AS c USING (case_id)
WHERE c.server_id = :server_id AND r.case_id = :case_id AND (
    SELECT count(*)
    FROM reports AS o INNER JOIN cases AS oc USING (case_id)
    WHERE oc.server_id = c.server_id AND o.member_id = r.member_id
    AND o.report_id <= r.report_id AND o.reported_at > r.reported_at - :within
) <= :most;

-- name: held_lately$
-- How many texts of the same member moderators were asked about within a short time, up to this one.
SELECT count(*)
FROM cases AS c INNER JOIN cases AS o ON o.server_id = c.server_id AND o.about_id = c.about_id AND o.kind = c.kind
WHERE c.server_id = :server_id AND c.case_id = :case_id
AND o.case_id <= c.case_id AND o.opened_at > c.opened_at - :within;

-- name: set_discreet!
UPDATE cases SET is_discreet = :is_discreet WHERE server_id = :server_id AND case_id = :case_id;

-- name: place!
UPDATE cases SET channel_id = :channel_id, message_id = :message_id
WHERE server_id = :server_id AND case_id = :case_id;

-- name: waiting^
SELECT count(*) AS number, min(opened_at) AS since
FROM cases
WHERE server_id = :server_id AND NOT is_discreet AND (state = 'open' OR (state = 'taken' AND kind <> 'hold'));

-- name: holds_of_case
SELECT * FROM holds WHERE server_id = :server_id AND case_id = :case_id ORDER BY hold_id;

-- name: list_day$
SELECT day FROM daily_lists WHERE server_id = :server_id;

-- name: list_message$
SELECT message_id FROM daily_lists WHERE server_id = :server_id;

-- name: begin_list!
INSERT INTO daily_lists (server_id, day) VALUES (:server_id, :day)
ON CONFLICT (server_id) DO UPDATE SET day = excluded.day, message_id = NULL;

-- name: list_posted!
UPDATE daily_lists SET message_id = :message_id WHERE server_id = :server_id;

-- name: desk_case^
SELECT c.*, (SELECT count(*) FROM reports AS r WHERE r.case_id = c.case_id) AS reports
FROM cases AS c
WHERE c.server_id = :server_id AND c.case_id = :case_id AND c.about_id IS NOT :viewer_id;

-- name: desk_count$
SELECT count(*) FROM cases WHERE server_id = :server_id AND about_id IS NOT :viewer_id;

-- name: desk_cases
SELECT c.*, (SELECT count(*) FROM reports AS r WHERE r.case_id = c.case_id) AS reports
FROM cases AS c
WHERE c.server_id = :server_id AND c.about_id IS NOT :viewer_id
ORDER BY
    CASE c.state WHEN 'open' THEN 0 WHEN 'taken' THEN 1 ELSE 2 END,
    CASE WHEN c.state = 'closed' THEN -c.closed_at ELSE c.opened_at END,
    c.case_id
LIMIT :most OFFSET :skipped;

-- name: desk_take!
UPDATE cases SET state = 'taken', taken_by_id = :viewer_id
WHERE server_id = :server_id AND case_id = :case_id AND about_id IS NOT :viewer_id;

-- name: desk_close!
UPDATE cases SET state = 'closed', closed_at = :now, outcome = :outcome
WHERE server_id = :server_id AND case_id = :case_id AND about_id IS NOT :viewer_id;

-- name: desk_drop_evidence!
UPDATE reports SET evidence = ''
WHERE case_id IN (
    SELECT case_id FROM cases
    WHERE server_id = :server_id AND case_id = :case_id AND about_id IS NOT :viewer_id
);

-- name: desk_begin_hold!
INSERT INTO holds (server_id, member_id, case_id, reason, began_at, ends_at, interaction_id)
SELECT server_id, :member_id, case_id, :reason, :now, :ends_at, :interaction_id
FROM cases
WHERE server_id = :server_id AND case_id = :case_id AND about_id IS NOT :viewer_id
ON CONFLICT (interaction_id) DO NOTHING;

-- name: hold_of_interaction^
SELECT * FROM holds WHERE server_id = :server_id AND interaction_id = :interaction_id;

-- name: desk_lift!
UPDATE holds SET lifted_at = :now
WHERE server_id = :server_id AND hold_id = :hold_id AND member_id IS NOT :viewer_id AND lifted_at IS NULL;

-- name: forget_held_texts!
UPDATE cases SET form = '', fields = '', digest = '', sealed = NULL
WHERE server_id = :server_id AND kind IN ('held', 'crisis') AND state = 'closed' AND closed_at <= :moment;

-- name: forget_old_holds!
DELETE FROM holds
WHERE server_id = :server_id
AND case_id IN (
    SELECT case_id FROM cases WHERE server_id = :server_id AND state = 'closed' AND closed_at <= :moment
);

-- name: forget_old_cases!
DELETE FROM cases WHERE server_id = :server_id AND state = 'closed' AND closed_at <= :moment;

-- name: forget_own_reports!
-- That somebody was reported stays, as does why; who told it, and in which words, does not.
UPDATE reports SET member_id = 0, words = ''
WHERE member_id = :member_id AND case_id IN (SELECT case_id FROM cases WHERE server_id = :server_id);

-- name: forget_own_messages!
UPDATE reports SET author_id = NULL, evidence = ''
WHERE author_id = :member_id AND case_id IN (SELECT case_id FROM cases WHERE server_id = :server_id);

-- name: forget_words_about!
UPDATE reports SET words = '', evidence = ''
WHERE case_id IN (SELECT case_id FROM cases WHERE server_id = :server_id AND about_id = :member_id);

-- name: forget_cases_about!
-- Nobody is left to be looked after: what is still open ends, as a number among the others.
UPDATE cases
SET about_id = NULL, state = 'closed', closed_at = coalesce(closed_at, :now), form = '', fields = '', digest = '',
    outcome = ''
WHERE server_id = :server_id AND about_id = :member_id;

-- name: moderator_seen_at$
SELECT seen_at FROM moderators WHERE server_id = :server_id AND member_id = :member_id;

-- name: see_moderator!
INSERT INTO moderators (server_id, member_id, seen_at) VALUES (:server_id, :member_id, :now)
ON CONFLICT (server_id, member_id) DO UPDATE SET seen_at = excluded.seen_at;

-- name: moderators
SELECT member_id FROM moderators WHERE server_id = :server_id ORDER BY seen_at DESC, member_id;

-- name: forget_moderator!
DELETE FROM moderators WHERE server_id = :server_id AND member_id = :member_id;

-- name: forget_taken!
UPDATE cases SET taken_by_id = NULL WHERE server_id = :server_id AND taken_by_id = :member_id;

-- name: forget_holds!
DELETE FROM holds WHERE server_id = :server_id AND member_id = :member_id;

-- name: forget_own_clearances!
DELETE FROM clearances WHERE server_id = :server_id AND member_id = :member_id;
