-- Prompts, schedules, what they came to, and answers. Every statement is bound to one server.

-- name: ship!
-- The shipped prompts, as far as the server has not met them.
INSERT INTO prompts (server_id, code)
SELECT :server_id, value FROM json_each(:codes) WHERE true
ON CONFLICT DO NOTHING;

-- name: prompts
-- What was not asked yet comes first, a server's own before the shipped ones, then what was asked longest ago.
SELECT prompt_id, server_id, code, ja, en, is_retired, used_at FROM prompts
WHERE server_id = :server_id ORDER BY is_retired, used_at IS NOT NULL, used_at, code <> '', prompt_id;

-- name: prompt^
SELECT prompt_id, server_id, code, ja, en, is_retired, used_at FROM prompts
WHERE server_id = :server_id AND prompt_id = :prompt_id;

-- name: own_count$
SELECT count(*) FROM prompts WHERE server_id = :server_id AND code = '';

-- name: add_prompt!
INSERT INTO prompts (server_id, ja, en, interaction_id) VALUES (:server_id, :ja, :en, :interaction_id)
ON CONFLICT (interaction_id) DO NOTHING;

-- name: word_prompt!
UPDATE prompts SET ja = :ja, en = :en WHERE server_id = :server_id AND prompt_id = :prompt_id;

-- name: retire_prompt!
UPDATE prompts SET is_retired = :is_retired WHERE server_id = :server_id AND prompt_id = :prompt_id;

-- name: use_prompt!
UPDATE prompts SET used_at = :now WHERE server_id = :server_id AND prompt_id = :prompt_id;

-- name: add_schedule$
INSERT INTO schedules (
    server_id, days, at_minute, zone, country, channel_id, member_id, interaction_id, looked_at, next_at
)
VALUES (
    :server_id, :days, :at_minute, :zone, :country, :channel_id, :member_id, :interaction_id, :now, :next_at
)
ON CONFLICT (interaction_id) DO NOTHING
RETURNING schedule_id;

-- name: schedule_of^
SELECT * FROM schedules WHERE server_id = :server_id AND interaction_id = :interaction_id;

-- name: schedule^
SELECT * FROM schedules WHERE server_id = :server_id AND schedule_id = :schedule_id;

-- name: schedules
SELECT * FROM schedules
WHERE server_id = :server_id AND is_removed = 0 AND member_id IS NULL ORDER BY schedule_id;

-- name: own_schedule^
SELECT * FROM schedules WHERE server_id = :server_id AND member_id = :member_id;

-- name: asked_alone
SELECT member_id FROM schedules
WHERE server_id = :server_id AND member_id IS NOT NULL AND is_removed = 0 ORDER BY member_id;

-- name: latest_own$
SELECT max(check_in_id) FROM check_ins WHERE server_id = :server_id AND schedule_id = (
    SELECT schedule_id FROM schedules WHERE server_id = :server_id AND member_id = :member_id
);

-- name: latest_asked_alone$
-- But for the times at which it was only asked whether to go on.
SELECT max(check_in_id) FROM check_ins WHERE server_id = :server_id AND prompt_id IS NOT NULL AND schedule_id = (
    SELECT schedule_id FROM schedules WHERE server_id = :server_id AND member_id = :member_id
);

-- name: own_astray
-- Those that are looked at no more by themselves, or only once time comes to where a wrong clock was.
SELECT * FROM schedules
WHERE server_id = :server_id AND member_id IS NOT NULL AND is_removed = 0
AND (next_at IS NULL OR looked_at > :now);

-- name: forget_own_check_ins!
DELETE FROM check_ins WHERE server_id = :server_id AND schedule_id IN (
    SELECT schedule_id FROM schedules WHERE server_id = :server_id AND member_id = :member_id
);

-- name: forget_own_schedule!
DELETE FROM schedules WHERE server_id = :server_id AND member_id = :member_id;

-- name: least_asked
SELECT p.prompt_id, p.server_id, p.code, p.ja, p.en, p.is_retired, p.used_at
FROM prompts AS p LEFT JOIN (
    SELECT prompt_id, max(due_at) AS asked_at FROM check_ins
    WHERE server_id = :server_id AND schedule_id = :schedule_id AND prompt_id IS NOT NULL GROUP BY prompt_id
) AS c USING (prompt_id)
WHERE p.server_id = :server_id AND p.is_retired = 0
ORDER BY c.asked_at IS NOT NULL, c.asked_at, p.code <> '', p.prompt_id;

-- name: keep_schedule!
UPDATE schedules
SET days = :days, at_minute = :at_minute, zone = :zone, country = :country, channel_id = :channel_id,
    revision = :revision, is_removed = :is_removed, looked_at = :looked_at, next_at = :next_at,
    paused_until = :paused_until, unreached = :unreached
WHERE server_id = :server_id AND schedule_id = :schedule_id;

-- name: occur$
-- Once for each local time of a schedule, whatever clocks and processes do.
INSERT INTO check_ins (server_id, schedule_id, local, due_at, missed_at, prompt_id, channel_id, why)
SELECT server_id, schedule_id, :local, :due_at, :missed_at, :prompt_id, channel_id, :why FROM schedules
WHERE server_id = :server_id AND schedule_id = :schedule_id
ON CONFLICT DO NOTHING
RETURNING check_in_id;

-- name: came_to
SELECT local FROM check_ins
WHERE server_id = :server_id AND schedule_id = :schedule_id AND due_at > :since;

-- name: unnote!
-- What was only noted: the clock was wrong by which it was missed.
DELETE FROM check_ins
WHERE server_id = :server_id AND schedule_id = :schedule_id AND prompt_id IS NULL AND due_at > :now;

-- name: check_in^
SELECT
    check_in_id, server_id, schedule_id, prompt_id, local, due_at,
    channel_id, message_id, thread_id, posted_at, is_locked, why
FROM check_ins WHERE server_id = :server_id AND check_in_id = :check_in_id;

-- name: of_threads
SELECT
    check_in_id, server_id, schedule_id, prompt_id, local, due_at,
    channel_id, message_id, thread_id, posted_at, is_locked, why
FROM check_ins
WHERE server_id = :server_id AND thread_id IN (SELECT value FROM json_each(:thread_ids)) ORDER BY check_in_id;

-- name: in_channel
SELECT
    check_in_id, server_id, schedule_id, prompt_id, local, due_at,
    channel_id, message_id, thread_id, posted_at, is_locked, why
FROM check_ins
WHERE server_id = :server_id AND channel_id = :channel_id AND message_id IS NOT NULL ORDER BY check_in_id;

-- name: latest
-- The last that were posted, of those that can still be answered.
SELECT
    check_in_id, server_id, schedule_id, prompt_id, local, due_at,
    channel_id, message_id, thread_id, posted_at, is_locked, why
FROM check_ins WHERE server_id = :server_id AND message_id IS NOT NULL AND posted_at > :since
ORDER BY posted_at DESC, check_in_id DESC;

-- name: missed
-- Of a schedule that was removed, nobody misses anything.
SELECT
    c.check_in_id, c.server_id, c.schedule_id, c.prompt_id, c.local, c.due_at,
    c.channel_id, c.message_id, c.thread_id, c.posted_at, c.is_locked, c.why
FROM check_ins AS c INNER JOIN schedules AS s USING (schedule_id)
WHERE c.server_id = :server_id AND s.is_removed = 0 AND c.channel_id IS NOT NULL AND c.message_id IS NULL
AND c.due_at > :since AND c.due_at <= :until
ORDER BY c.due_at, c.check_in_id;

-- name: newly_missed
SELECT
    c.check_in_id, c.server_id, c.schedule_id, c.prompt_id, c.local, c.due_at,
    c.channel_id, c.message_id, c.thread_id, c.posted_at, c.is_locked, c.why
FROM check_ins AS c INNER JOIN schedules AS s USING (schedule_id)
WHERE c.server_id = :server_id AND s.is_removed = 0 AND c.channel_id IS NOT NULL AND c.message_id IS NULL
AND c.missed_at > :since AND c.missed_at <= :until
ORDER BY c.due_at, c.check_in_id;

-- name: keep_check_in!
UPDATE check_ins
SET channel_id = :channel_id, message_id = :message_id, thread_id = :thread_id, posted_at = :posted_at,
    is_locked = :is_locked, why = :why
WHERE server_id = :server_id AND check_in_id = :check_in_id;

-- name: begin_answer$
INSERT INTO check_in_answers (
    answer_id, server_id, check_in_id, member_id, sealed, key, shows, mood, words, answered_at
)
SELECT :answer_id, server_id, check_in_id, :member_id, :sealed, :key, :shows, :mood, :words, :answered_at FROM check_ins
WHERE server_id = :server_id AND check_in_id = :check_in_id
ON CONFLICT (key) DO NOTHING
RETURNING answer_id;

-- name: answer^
SELECT * FROM check_in_answers WHERE server_id = :server_id AND answer_id = :answer_id;

-- name: answer_by_key^
SELECT * FROM check_in_answers WHERE server_id = :server_id AND key = :key;

-- name: answers_among
SELECT * FROM check_in_answers
WHERE server_id = :server_id AND message_id IN (SELECT value FROM json_each(:message_ids)) ORDER BY answer_id;

-- name: named_answer^
SELECT * FROM check_in_answers
WHERE server_id = :server_id AND check_in_id = :check_in_id AND member_id = :member_id;

-- name: sealed_answers
SELECT * FROM check_in_answers
WHERE server_id = :server_id AND check_in_id = :check_in_id AND sealed IS NOT NULL;

-- name: seals
SELECT answer_id, sealed FROM check_in_answers
WHERE server_id = :server_id AND sealed IS NOT NULL AND answered_at >= :since;

-- name: nameless_among
SELECT * FROM check_in_answers
WHERE server_id = :server_id AND answer_id IN (SELECT value FROM json_each(:answer_ids));

-- name: named_of
SELECT * FROM check_in_answers
WHERE server_id = :server_id AND member_id = :member_id AND answered_at >= :since ORDER BY answered_at;

-- name: keep_answer!
UPDATE check_in_answers
SET member_id = :member_id, sealed = :sealed, shows = :shows, mood = :mood, words = :words, message_id = :message_id,
    serial = :serial
WHERE server_id = :server_id AND answer_id = :answer_id;

-- name: forget_answer!
UPDATE check_in_answers SET member_id = NULL, sealed = NULL, words = '', mood = NULL, shows = 'me', answered_at = 0
WHERE server_id = :server_id AND answer_id = :answer_id;

-- name: waiting_answers
SELECT * FROM check_in_answers
WHERE server_id = :server_id AND check_in_id = :check_in_id AND message_id IS NULL AND shows <> 'me'
AND (words <> '' OR mood IS NOT NULL)
ORDER BY answered_at, answer_id;
