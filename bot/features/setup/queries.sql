-- What moderators chose, and what stands in the way. Every statement is bound to one server.

-- name: ensure!
INSERT INTO servers (server_id, language, zone, joined_at)
VALUES (:server_id, :language, :zone, :now)
ON CONFLICT (server_id) DO NOTHING;

-- name: find^
SELECT * FROM servers WHERE server_id = :server_id;

-- name: resume!
UPDATE servers SET paused_at = NULL WHERE server_id = :server_id AND paused_at IS NOT NULL;

-- name: pause!
UPDATE servers SET paused_at = coalesce(paused_at, :now) WHERE server_id = :server_id;

-- name: set_language!
UPDATE servers SET language = :value WHERE server_id = :server_id;

-- name: set_zone!
UPDATE servers SET zone = :value WHERE server_id = :server_id;

-- name: set_hours!
UPDATE servers SET waking_from = :waking_from, waking_to = :waking_to WHERE server_id = :server_id;

-- name: set_introductions_channel!
UPDATE servers SET introductions_channel_id = :value WHERE server_id = :server_id;

-- name: set_help_channel!
UPDATE servers SET help_channel_id = :value WHERE server_id = :server_id;

-- name: set_helpers_channel!
UPDATE servers SET helpers_channel_id = :value WHERE server_id = :server_id;

-- name: set_reviews_channel!
UPDATE servers SET reviews_channel_id = :value WHERE server_id = :server_id;

-- name: set_moderators_channel!
UPDATE servers SET moderators_channel_id = :value WHERE server_id = :server_id;

-- name: set_thanks_channel!
UPDATE servers SET thanks_channel_id = :value WHERE server_id = :server_id;

-- name: set_letter_channel!
UPDATE servers SET letter_channel_id = :value WHERE server_id = :server_id;

-- name: set_moderators_role!
UPDATE servers SET moderators_role_id = :value WHERE server_id = :server_id;

-- name: set_hint_channel!
UPDATE servers SET hint_channel_id = :value, hint_message_id = NULL WHERE server_id = :server_id;

-- name: set_panel!
UPDATE servers
SET panel_channel_id = :channel_id, panel_message_id = :message_id, panel_serial = :serial
WHERE server_id = :server_id;

-- name: lose_panel!
UPDATE servers
SET panel_channel_id = NULL, panel_message_id = NULL, panel_serial = panel_serial + 1
WHERE server_id = :server_id;

-- name: hint_posted!
UPDATE servers SET hint_message_id = :value WHERE server_id = :server_id;

-- name: problem_posted!
UPDATE problems SET message_id = :message_id WHERE server_id = :server_id AND problem_id = :problem_id;

-- name: note_problem$
INSERT INTO problems (server_id, feature, channel_id, code)
VALUES (:server_id, :feature, :channel_id, :code)
ON CONFLICT (server_id, feature, channel_id) DO NOTHING
RETURNING problem_id;

-- name: problem^
SELECT problem_id, feature, channel_id, code, message_id
FROM problems
WHERE server_id = :server_id AND problem_id = :problem_id;

-- name: problems
SELECT problem_id, feature, channel_id, code, message_id FROM problems WHERE server_id = :server_id ORDER BY problem_id;

-- name: forget_problems!
DELETE FROM problems WHERE server_id = :server_id;
