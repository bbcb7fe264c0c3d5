-- What members chose, what they were told and asked, and from whom they keep a distance.

-- name: choices
SELECT member_id, chosen_language, zone, quiet_from, quiet_to, days_off, asked_when, weekly_number, rests_until,
    dms_refused_at, inbox_opened_at, left_at
FROM members
WHERE server_id = :server_id AND member_id IN (SELECT value FROM json_each(:member_ids));

-- name: keep_choices!
UPDATE members
SET chosen_language = :language, zone = :zone, quiet_from = :quiet_from, quiet_to = :quiet_to, days_off = :days_off,
    asked_when = :asked_when, weekly_number = :weekly_number, rests_until = :rests_until
WHERE server_id = :server_id AND member_id = :member_id;

-- name: refuse_dms!
-- The day: the moment is that of the notice that was refused, which may be a sealed one.
UPDATE members SET dms_refused_at = :now - :now % 86400000000 WHERE server_id = :server_id AND member_id = :member_id;

-- name: accept_dms!
UPDATE members SET dms_refused_at = NULL
WHERE server_id = :server_id AND member_id = :member_id AND dms_refused_at IS NOT NULL;

-- name: open_inbox!
UPDATE members SET inbox_opened_at = :now WHERE server_id = :server_id AND member_id = :member_id;

-- name: consents
SELECT kind, way FROM consents WHERE server_id = :server_id AND member_id = :member_id;

-- name: consenting
SELECT member_id, kind, way
FROM consents
WHERE server_id = :server_id AND member_id IN (SELECT value FROM json_each(:member_ids));

-- name: agreed$
SELECT EXISTS (
    SELECT 1 FROM consents AS c INNER JOIN members AS m USING (server_id, member_id)
    WHERE c.server_id = :server_id AND c.kind = :kind AND c.member_id <> :but_id AND m.left_at IS NULL
);

-- name: willing
SELECT c.member_id
FROM consents AS c INNER JOIN members AS m USING (server_id, member_id)
WHERE c.server_id = :server_id AND c.kind = :kind AND m.left_at IS NULL
ORDER BY c.member_id;

-- name: consent!
INSERT INTO consents (server_id, member_id, kind, way, given_at)
VALUES (:server_id, :member_id, :kind, :way, :now)
ON CONFLICT (server_id, member_id, kind) DO UPDATE SET way = excluded.way, given_at = excluded.given_at;

-- name: withdraw_consent!
DELETE FROM consents WHERE server_id = :server_id AND member_id = :member_id AND kind = :kind;

-- name: distances
SELECT other_id FROM distances
WHERE server_id = :server_id AND member_id = :member_id
ORDER BY since DESC, other_id;

-- name: distances_among
SELECT member_id, other_id
FROM distances
WHERE server_id = :server_id AND member_id IN (SELECT value FROM json_each(:member_ids))
UNION
SELECT other_id, member_id
FROM distances
WHERE server_id = :server_id AND other_id IN (SELECT value FROM json_each(:member_ids));

-- name: apart$
SELECT count(*) FROM distances
WHERE server_id = :server_id
AND ((member_id = :member_id AND other_id = :other_id) OR (member_id = :other_id AND other_id = :member_id));

-- name: keep_distance!
INSERT INTO distances (server_id, member_id, other_id, since)
VALUES (:server_id, :member_id, :other_id, :now)
ON CONFLICT DO NOTHING;

-- name: end_distance!
DELETE FROM distances WHERE server_id = :server_id AND member_id = :member_id AND other_id = :other_id;

-- name: asked_among
SELECT member_id, told_at
FROM notices
WHERE server_id = :server_id AND member_id IN (SELECT value FROM json_each(:member_ids))
AND kind IN (SELECT value FROM json_each(:kinds));

-- name: asked_about
SELECT member_id FROM notices
WHERE server_id = :server_id AND feature = :feature AND card = :card AND object_id = :object_id;

-- name: still_asked
SELECT member_id FROM notices
WHERE server_id = :server_id AND feature = :feature AND card = :card AND object_id = :object_id
AND told_at >= :since AND state <> 'passed';

-- name: tell$
INSERT INTO notices (server_id, member_id, kind, feature, card, object_id, way, told_at)
VALUES (:server_id, :member_id, :kind, :feature, :card, :object_id, :way, :now)
ON CONFLICT (server_id, member_id, feature, card, object_id) DO UPDATE SET
    told_at = excluded.told_at, way = excluded.way, message_id = NULL
WHERE :again AND state = 'open'
RETURNING notice_id;

-- name: whisper$
-- Sealed: whom it is for shows in no column, so that there is one of a subject.
INSERT INTO notices (server_id, sealed, kind, feature, card, object_id, way, told_at)
VALUES (:server_id, :sealed, :kind, :feature, :card, :object_id, :way, :now)
ON CONFLICT (server_id, feature, card, object_id) WHERE sealed IS NOT NULL DO UPDATE SET
    told_at = excluded.told_at, way = excluded.way, message_id = NULL
WHERE :again AND state = 'open'
RETURNING notice_id;

-- name: notice^
SELECT * FROM notices WHERE server_id = :server_id AND notice_id = :notice_id;

-- name: kept_from
SELECT member_id, since FROM distances WHERE server_id = :server_id AND other_id = :member_id;

-- name: notice_about^
SELECT * FROM notices
WHERE server_id = :server_id AND member_id = :member_id
AND feature = :feature AND card = :card AND object_id = :object_id;

-- name: any_notice^
-- Ids are unique over all servers, so that a press in a private message finds its own.
SELECT * FROM notices WHERE notice_id = :notice_id;

-- name: notices
SELECT * FROM notices
WHERE server_id = :server_id AND member_id = :member_id AND told_at > :since
ORDER BY told_at DESC, notice_id DESC;

-- name: sealed_notices
SELECT * FROM notices
WHERE server_id = :server_id AND sealed IS NOT NULL AND told_at > :since
ORDER BY told_at DESC, notice_id DESC;

-- name: sealed_news
SELECT * FROM notices
WHERE server_id = :server_id AND sealed IS NOT NULL AND state = 'open' AND message_id IS NULL AND way = 'inbox'
AND told_at > :since AND told_at > coalesce(
    (SELECT inbox_opened_at FROM members WHERE server_id = :server_id AND member_id = :member_id), 0
);

-- name: forget_sealed!
DELETE FROM notices WHERE server_id = :server_id AND notice_id = :notice_id AND sealed IS NOT NULL;

-- name: asked_since$
SELECT count(*)
FROM notices AS n INNER JOIN notices AS later USING (server_id, feature, card, object_id)
WHERE n.server_id = :server_id AND n.notice_id = :notice_id AND later.notice_id > n.notice_id;

-- name: settle!
UPDATE notices SET state = :state WHERE server_id = :server_id AND notice_id = :notice_id AND state = 'open';

-- name: into_inbox!
UPDATE notices SET way = 'inbox' WHERE server_id = :server_id AND notice_id = :notice_id AND message_id IS NULL;

-- name: delivered!
UPDATE notices SET message_id = :message_id WHERE server_id = :server_id AND notice_id = :notice_id;
