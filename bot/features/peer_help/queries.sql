-- Asks and all that belongs to them. Every statement is bound to one server.

-- name: begin$
-- The key is that of the interaction: told again, nothing is added.
INSERT INTO asks (
    ask_id, server_id, member_id, pseudonym, key, state, topic, wants, title, details, first_member_id, names_one,
    is_by_hand, thread_id, channel_id, asked_at, posts_at, turn_since, begun_at, step_at
)
VALUES (
    :ask_id, :server_id, :member_id, :pseudonym, :key, :state, :topic, :wants, :title, :details, :first_id,
    :first_id IS NOT NULL, :is_by_hand, :thread_id, :channel_id, :now, :posts_at, :now, :now,
    CASE :state WHEN 'waiting' THEN :now END
)
ON CONFLICT (key) DO NOTHING
RETURNING ask_id;

-- name: seal!
UPDATE asks SET sealed = :sealed WHERE server_id = :server_id AND ask_id = :ask_id;

-- name: find^
SELECT * FROM counted_asks WHERE server_id = :server_id AND ask_id = :ask_id;

-- name: by_key^
SELECT * FROM counted_asks WHERE server_id = :server_id AND key = :key;

-- name: by_thread^
SELECT * FROM counted_asks
WHERE server_id = :server_id AND thread_id = :thread_id AND state <> 'withdrawn';

-- name: cards_among
SELECT ask_id FROM asks
WHERE server_id = :server_id AND message_id IN (SELECT value FROM json_each(:message_ids));

-- name: in_channel
SELECT ask_id FROM asks
WHERE server_id = :server_id AND channel_id = :channel_id AND (message_id IS NOT NULL OR thread_id IS NOT NULL);

-- name: unposted
SELECT ask_id FROM asks
WHERE server_id = :server_id AND state IN ('waiting', 'talking') AND message_id IS NULL
ORDER BY asked_at, ask_id;

-- name: of_member
SELECT * FROM counted_asks
WHERE server_id = :server_id AND member_id = :member_id AND state <> 'withdrawn'
ORDER BY asked_at DESC, ask_id DESC;

-- name: all_of_member
SELECT * FROM counted_asks WHERE server_id = :server_id AND member_id = :member_id ORDER BY ask_id;

-- name: shown_members
SELECT member_id FROM asks
WHERE server_id = :server_id AND member_id IS NOT NULL AND state IN ('waiting', 'talking')
UNION
SELECT h.member_id
FROM ask_helpers AS h INNER JOIN asks AS a USING (ask_id)
WHERE h.server_id = :server_id AND h.came_at IS NOT NULL AND h.left_at IS NULL AND a.state IN ('waiting', 'talking')
ORDER BY member_id;

-- name: forget!
UPDATE asks
SET member_id = NULL, sealed = NULL, title = '', details = '', helped = '', state = 'withdrawn', step_at = NULL
WHERE server_id = :server_id AND ask_id = :ask_id;

-- name: forget_why!
-- What moderators wrote about whoever asked.
UPDATE unmaskings SET reason = '' WHERE server_id = :server_id AND ask_id = :ask_id;

-- name: seals
SELECT ask_id, sealed FROM asks WHERE server_id = :server_id AND sealed IS NOT NULL ORDER BY ask_id DESC;

-- name: sealed
SELECT * FROM counted_asks
WHERE server_id = :server_id AND sealed IS NOT NULL
ORDER BY asked_at DESC, ask_id DESC;

-- name: open_asks
-- Who has waited longest for a helper comes first.
SELECT * FROM counted_asks
WHERE server_id = :server_id AND state IN ('waiting', 'talking') AND message_id IS NOT NULL
AND (member_id IS NULL OR member_id NOT IN (SELECT value FROM json_each(:hidden)))
ORDER BY state = 'talking', CASE state WHEN 'waiting' THEN begun_at ELSE -turn_since END, ask_id
LIMIT :most;

-- name: keep!
UPDATE asks
SET pseudonym = :pseudonym, account_id = :account_id, state = :state, turn = :turn, topic = :topic, wants = :wants,
    title = :title, details = :details, helped = :helped, is_findable = :is_findable, first_member_id = :first_id,
    revision = :revision, channel_id = :channel_id, message_id = :message_id, thread_id = :thread_id,
    is_by_hand = :is_by_hand, is_in_forum = :is_in_forum, serial = :serial, asked_at = :asked_at, posts_at = :posts_at,
    posted_at = :posted_at, answered_at = :answered_at, turn_since = :turn_since, checked_at = :checked_at,
    ended_at = :ended_at, ending = :ending, after_at = :after_at, begun_at = :begun_at, names_one = :names_one, rounds = :rounds,
    round_at = :round_at, invited = :invited, declined = :declined, replaced = :replaced, hurries = :hurries,
    called_at = :called_at, listed_at = :listed_at, step_at = :step_at, call_serial = :call_serial,
    call_channel_id = :call_channel_id, call_message_id = :call_message_id
WHERE server_id = :server_id AND ask_id = :ask_id;

-- name: drop!
DELETE FROM asks WHERE server_id = :server_id AND ask_id = :ask_id;

-- name: unseal!
UPDATE asks SET sealed = NULL WHERE server_id = :server_id AND ask_id = :ask_id;

-- name: forget_previews!
DELETE FROM asks WHERE server_id = :server_id AND state = 'preview' AND asked_at <= :moment;

-- name: pseudonym_used$
SELECT EXISTS (SELECT 1 FROM asks WHERE server_id = :server_id AND pseudonym = :pseudonym);

-- name: listed
SELECT * FROM counted_asks
WHERE server_id = :server_id AND listed_at IS NOT NULL
AND (state = 'waiting' OR (state = 'talking' AND message_id IS NULL))
ORDER BY begun_at;

-- name: waits
SELECT posted_at, answered_at FROM asks
WHERE server_id = :server_id AND posted_at > :since AND (answered_at IS NOT NULL OR posted_at <= :until);

-- name: answered_between$
SELECT count(*) FROM asks
WHERE server_id = :server_id AND answered_at > :since AND answered_at <= :until AND state <> 'withdrawn';

-- name: rename_topic!
UPDATE asks SET topic = :new WHERE server_id = :server_id AND topic = :old;

-- name: drop_index!
DELETE FROM ask_search WHERE rowid IN (SELECT ask_id FROM asks WHERE server_id = :server_id AND ask_id = :ask_id);

-- name: add_index!
INSERT INTO ask_search (rowid, tokens)
SELECT ask_id, :tokens FROM asks WHERE server_id = :server_id AND ask_id = :ask_id;

-- name: keep_search$
INSERT INTO ask_searches (server_id, member_id, words, expires_at)
VALUES (:server_id, :member_id, :words, :expires_at)
RETURNING search_id;

-- name: search^
SELECT search_id, words FROM ask_searches
WHERE server_id = :server_id AND search_id = :search_id AND member_id = :member_id AND expires_at > :now;

-- name: drop_expired_searches!
DELETE FROM ask_searches WHERE server_id = :server_id AND expires_at <= :now;

-- name: matching
SELECT a.*
FROM ask_search AS s INNER JOIN counted_asks AS a ON a.ask_id = s.rowid
WHERE s.tokens MATCH :words AND a.server_id = :server_id AND a.message_id IS NOT NULL
AND (a.member_id IS NULL OR a.member_id NOT IN (SELECT value FROM json_each(:hidden)))
ORDER BY a.posted_at DESC, a.ask_id
LIMIT :most;

-- name: helpers
SELECT helper_id, ask_id, member_id, came_at, left_at, spoke_at, nudged_at, message_id
FROM ask_helpers WHERE server_id = :server_id AND ask_id = :ask_id ORDER BY helper_id;

-- name: helper^
SELECT helper_id, ask_id, member_id, came_at, left_at, spoke_at, nudged_at, message_id
FROM ask_helpers WHERE server_id = :server_id AND helper_id = :helper_id;

-- name: helps_with
SELECT ask_id FROM ask_helpers
WHERE server_id = :server_id AND member_id = :member_id AND came_at IS NOT NULL AND left_at IS NULL;

-- name: take_part!
INSERT INTO ask_helpers (server_id, ask_id, member_id)
SELECT server_id, ask_id, :member_id FROM asks WHERE server_id = :server_id AND ask_id = :ask_id
ON CONFLICT DO NOTHING;

-- name: keep_helper!
UPDATE ask_helpers
SET came_at = :came_at, left_at = :left_at, spoke_at = :spoke_at, nudged_at = :nudged_at, message_id = :message_id
WHERE server_id = :server_id AND helper_id = :helper_id;

-- name: let_go!
UPDATE ask_helpers SET left_at = :now
WHERE server_id = :server_id AND ask_id = :ask_id AND came_at IS NOT NULL AND left_at IS NULL;

-- name: me_too!
INSERT INTO ask_me_too (server_id, ask_id, member_id)
SELECT server_id, ask_id, :member_id FROM asks WHERE server_id = :server_id AND ask_id = :ask_id
ON CONFLICT DO NOTHING;

-- name: reply$
INSERT INTO ask_replies (server_id, ask_id, words, is_after, key)
SELECT server_id, ask_id, :words, :is_after, :key FROM asks WHERE server_id = :server_id AND ask_id = :ask_id
ON CONFLICT (key) DO NOTHING
RETURNING reply_id;

-- name: find_reply^
SELECT reply_id, ask_id, words, is_after, message_id FROM ask_replies
WHERE server_id = :server_id AND reply_id = :reply_id;

-- name: replied!
UPDATE ask_replies SET message_id = :message_id WHERE server_id = :server_id AND reply_id = :reply_id;

-- name: waiting_replies
SELECT reply_id FROM ask_replies
WHERE server_id = :server_id AND ask_id = :ask_id AND message_id IS NULL ORDER BY reply_id;

-- name: replied_in
SELECT reply_id, ask_id, words, is_after, message_id FROM ask_replies
WHERE server_id = :server_id AND ask_id = :ask_id AND message_id IS NOT NULL ORDER BY reply_id;

-- name: empty_replies!
UPDATE ask_replies SET words = '' WHERE server_id = :server_id AND ask_id = :ask_id;

-- name: opened_by_hand$
INSERT INTO hand_posts (server_id, thread_id, member_id, title, opened_at)
VALUES (:server_id, :thread_id, :member_id, :title, :now)
ON CONFLICT DO NOTHING
RETURNING post_id;

-- name: hand_post^
SELECT post_id, thread_id, member_id, title, message_id FROM hand_posts
WHERE server_id = :server_id AND post_id = :post_id;

-- name: offered!
UPDATE hand_posts SET message_id = :message_id WHERE server_id = :server_id AND post_id = :post_id;

-- name: drop_hand_post!
DELETE FROM hand_posts WHERE server_id = :server_id AND thread_id = :thread_id;

-- name: forget_hand_posts!
DELETE FROM hand_posts WHERE server_id = :server_id AND opened_at <= :moment;

-- name: help_channel^
SELECT channel_id, is_forum, trouble FROM help_channels WHERE server_id = :server_id;

-- name: keep_help_channel!
INSERT INTO help_channels (server_id, channel_id, is_forum, trouble)
VALUES (:server_id, :channel_id, :is_forum, :trouble)
ON CONFLICT (server_id) DO UPDATE SET
    channel_id = excluded.channel_id, is_forum = excluded.is_forum, trouble = excluded.trouble;

-- name: drop_help_channel!
DELETE FROM help_channels WHERE server_id = :server_id;

-- name: tags
SELECT code, tag_id FROM ask_tags WHERE server_id = :server_id AND channel_id = :channel_id;

-- name: drop_tags!
DELETE FROM ask_tags WHERE server_id = :server_id AND channel_id = :channel_id;

-- name: add_tag!
INSERT INTO ask_tags (server_id, channel_id, code, tag_id) VALUES (:server_id, :channel_id, :code, :tag_id);

-- name: want_unmasking$
INSERT INTO unmaskings (server_id, ask_id, asked_by_member_id, reason, asked_at)
SELECT server_id, ask_id, :member_id, :reason, :now FROM asks WHERE server_id = :server_id AND ask_id = :ask_id
ON CONFLICT (ask_id) DO UPDATE SET
    asked_by_member_id = excluded.asked_by_member_id, reason = excluded.reason, asked_at = excluded.asked_at
WHERE agreed_at IS NULL AND (asked_by_member_id IS NULL OR asked_by_member_id IS :no_moderator_id)
RETURNING unmasking_id;

-- name: unmasking^
SELECT * FROM unmaskings WHERE server_id = :server_id AND unmasking_id = :unmasking_id;

-- name: unmasking_of^
SELECT * FROM unmaskings WHERE server_id = :server_id AND ask_id = :ask_id;

-- name: unmask!
UPDATE unmaskings SET agreed_by_member_id = :member_id, agreed_at = :now
WHERE server_id = :server_id AND unmasking_id = :unmasking_id AND agreed_at IS NULL;

-- name: unmasking_posted!
UPDATE unmaskings SET channel_id = :channel_id, message_id = :message_id
WHERE server_id = :server_id AND unmasking_id = :unmasking_id;

-- name: forget_helper!
DELETE FROM ask_helpers WHERE server_id = :server_id AND member_id = :member_id;

-- name: forget_me_too!
DELETE FROM ask_me_too WHERE server_id = :server_id AND member_id = :member_id;

-- name: forget_searches!
DELETE FROM ask_searches WHERE server_id = :server_id AND member_id = :member_id;

-- name: forget_opened!
DELETE FROM hand_posts WHERE server_id = :server_id AND member_id = :member_id;

-- name: forget_named!
UPDATE asks SET first_member_id = NULL, names_one = 0
WHERE server_id = :server_id AND first_member_id = :member_id;

-- name: forget_unmasker!
UPDATE unmaskings
SET reason = CASE asked_by_member_id WHEN :member_id THEN '' ELSE reason END,
    asked_by_member_id = CASE asked_by_member_id WHEN :member_id THEN NULL ELSE asked_by_member_id END,
    agreed_by_member_id = CASE agreed_by_member_id WHEN :member_id THEN NULL ELSE agreed_by_member_id END
WHERE server_id = :server_id AND :member_id IN (asked_by_member_id, agreed_by_member_id);
