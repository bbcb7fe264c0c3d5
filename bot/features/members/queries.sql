-- Members and their drafts. Every statement is bound to one server.

-- name: see!
INSERT INTO members (server_id, member_id, language, seen_at)
VALUES (:server_id, :member_id, :language, :now)
ON CONFLICT (server_id, member_id) DO UPDATE SET
    language = excluded.language, seen_at = excluded.seen_at, missing_at = NULL, left_at = NULL;

-- name: meet!
INSERT INTO members (server_id, member_id, language, seen_at)
VALUES (:server_id, :member_id, :language, :now)
ON CONFLICT (server_id, member_id) DO UPDATE SET missing_at = NULL, left_at = NULL
WHERE missing_at IS NOT NULL OR left_at IS NOT NULL;

-- name: find^
SELECT m.member_id, m.language, m.seen_at, m.promised_at, m.left_at, m.chosen_language, EXISTS (
    SELECT 1 FROM notices AS n
    WHERE n.server_id = m.server_id AND n.member_id = m.member_id AND n.told_at > coalesce(m.inbox_opened_at, 0)
    AND n.state = 'open' AND n.message_id IS NULL AND n.way = 'inbox'
) AS has_news
FROM members AS m
WHERE m.server_id = :server_id AND m.member_id = :member_id;

-- name: promise!
UPDATE members
SET promised_at = coalesce(promised_at, :now)
WHERE server_id = :server_id AND member_id = :member_id;

-- name: leave!
UPDATE members
SET left_at = :now
WHERE server_id = :server_id AND member_id = :member_id AND left_at IS NULL;

-- name: miss!
UPDATE members
SET missing_at = :now
WHERE server_id = :server_id AND member_id = :member_id;

-- name: missing
SELECT member_id FROM members WHERE server_id = :server_id AND missing_at IS NOT NULL AND left_at IS NULL;

-- name: forget_missing!
UPDATE members SET missing_at = NULL WHERE server_id = :server_id;

-- name: sweep^
SELECT looked_up, after_member_id FROM sweeps WHERE server_id = :server_id;

-- name: keep_sweep!
INSERT INTO sweeps (server_id, looked_up, after_member_id)
VALUES (:server_id, :looked_up, :after_member_id)
ON CONFLICT (server_id) DO UPDATE SET looked_up = excluded.looked_up, after_member_id = excluded.after_member_id;

-- name: welcome$
INSERT INTO newcomers (server_id, member_id, channel_id, joined_at)
VALUES (:server_id, :member_id, :channel_id, :now)
ON CONFLICT (server_id, member_id) DO UPDATE SET channel_id = channel_id
RETURNING newcomer_id;

-- name: newcomer^
SELECT newcomer_id, member_id, channel_id, message_id
FROM newcomers
WHERE server_id = :server_id AND newcomer_id = :newcomer_id;

-- name: forget_newcomer!
DELETE FROM newcomers WHERE server_id = :server_id AND member_id = :member_id;

-- name: keep_draft!
-- Form and fields stand in the seal: what is not posted yet may be meant for a pseudonym. What was let through by one
-- press and stopped again is kept with what that press said.
INSERT INTO drafts (server_id, member_id, form, fields, sealed, interaction_id, expires_at)
VALUES (:server_id, :member_id, '', '{}', :sealed, :interaction_id, :expires_at)
ON CONFLICT (interaction_id) DO UPDATE SET
    sealed = excluded.sealed, expires_at = max(expires_at, excluded.expires_at);

-- name: draft_of_interaction$
SELECT draft_id FROM drafts WHERE server_id = :server_id AND interaction_id = :interaction_id;

-- name: draft^
SELECT draft_id, member_id, form, fields, sealed, interaction_id, expires_at
FROM drafts
WHERE server_id = :server_id AND draft_id = :draft_id;

-- name: drafts
SELECT draft_id, member_id, form, fields, sealed, interaction_id, expires_at
FROM drafts
WHERE server_id = :server_id AND member_id = :member_id AND expires_at > :now
ORDER BY draft_id DESC;

-- name: extend_draft!
UPDATE drafts SET expires_at = max(expires_at, :until) WHERE server_id = :server_id AND draft_id = :draft_id;

-- name: server_of_draft$
-- Ids are unique over all servers, so that a press in a private message finds its own.
SELECT server_id FROM drafts WHERE draft_id = :draft_id AND member_id = :member_id;

-- name: drop_draft!
DELETE FROM drafts WHERE server_id = :server_id AND draft_id = :draft_id;

-- name: drop_expired_drafts!
DELETE FROM drafts WHERE server_id = :server_id AND expires_at <= :now;

-- name: not_seen_since
SELECT member_id FROM members WHERE server_id = :server_id AND coalesce(left_at, seen_at) < :moment;

-- name: forget_newcomers!
DELETE FROM newcomers WHERE server_id = :server_id AND joined_at < :moment;

-- name: welcomed!
UPDATE newcomers SET message_id = :message_id WHERE server_id = :server_id AND newcomer_id = :newcomer_id;

-- name: forget_drafts!
DELETE FROM drafts WHERE server_id = :server_id AND member_id = :member_id;

-- name: forget!
DELETE FROM members WHERE server_id = :server_id AND member_id = :member_id;

-- name: topics
SELECT topic FROM topics WHERE server_id = :server_id ORDER BY position, topic;

-- name: drop_topics!
DELETE FROM topics WHERE server_id = :server_id;

-- name: add_topic!
INSERT INTO topics (server_id, topic, position) VALUES (:server_id, :topic, :position);

-- name: forget_old_notices!
DELETE FROM notices WHERE server_id = :server_id AND told_at <= :moment;

-- name: forget_consents!
DELETE FROM consents WHERE server_id = :server_id AND member_id = :member_id;

-- name: forget_notices!
DELETE FROM notices WHERE server_id = :server_id AND member_id = :member_id;

-- name: forget_distances!
-- Of both sides: who is gone needs none, and others' lists need not name them.
DELETE FROM distances WHERE server_id = :server_id AND :member_id IN (member_id, other_id);
