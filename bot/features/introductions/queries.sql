-- Introductions, hellos and searches. Every statement is bound to one server.

-- name: begin!
INSERT INTO introductions (server_id, member_id)
VALUES (:server_id, :member_id)
ON CONFLICT (server_id, member_id) DO NOTHING;

-- name: of_member^
SELECT * FROM introductions WHERE server_id = :server_id AND member_id = :member_id;

-- name: find^
SELECT * FROM introductions WHERE server_id = :server_id AND introduction_id = :introduction_id;

-- name: by_message^
SELECT * FROM introductions WHERE server_id = :server_id AND message_id = :message_id;

-- name: by_thread^
SELECT * FROM introductions WHERE server_id = :server_id AND thread_id = :thread_id;

-- name: cards_among
SELECT message_id
FROM introductions
WHERE server_id = :server_id AND message_id IN (SELECT value FROM json_each(:message_ids));

-- name: cards_in
SELECT message_id
FROM introductions
WHERE server_id = :server_id AND channel_id = :channel_id AND message_id IS NOT NULL;

-- name: topics
SELECT side, topic, on_card FROM introduction_topics
WHERE introduction_id = :introduction_id
AND introduction_id IN (SELECT introduction_id FROM introductions WHERE server_id = :server_id);

-- name: trades
SELECT trade FROM introduction_trades
WHERE introduction_id = :introduction_id
AND introduction_id IN (SELECT introduction_id FROM introductions WHERE server_id = :server_id);

-- name: keep!
UPDATE introductions
SET state = :state, revision = :revision, published_revision = :published_revision, name = :name, now = :text_now,
    note = :note, link = :link, trade_line = :trade_line, unlisted = :unlisted, channel_id = :channel_id,
    message_id = :message_id, thread_id = :thread_id, thread_gone = :thread_gone, card_serial = :card_serial,
    interaction_id = :interaction_id, published_at = :published_at, answered_at = :answered_at
WHERE server_id = :server_id AND introduction_id = :introduction_id;

-- name: drop_topics!
DELETE FROM introduction_topics
WHERE introduction_id = :introduction_id
AND introduction_id IN (SELECT introduction_id FROM introductions WHERE server_id = :server_id);

-- name: add_topic!
INSERT INTO introduction_topics (introduction_id, side, topic, on_card)
SELECT introduction_id, :side, :topic, :on_card
FROM introductions WHERE server_id = :server_id AND introduction_id = :introduction_id;

-- name: drop_trades!
DELETE FROM introduction_trades
WHERE introduction_id = :introduction_id
AND introduction_id IN (SELECT introduction_id FROM introductions WHERE server_id = :server_id);

-- name: add_trade!
INSERT INTO introduction_trades (introduction_id, trade)
SELECT introduction_id, :trade
FROM introductions WHERE server_id = :server_id AND introduction_id = :introduction_id;

-- name: drop_index!
DELETE FROM introduction_search WHERE rowid IN (
    SELECT introduction_id FROM introductions WHERE server_id = :server_id AND introduction_id = :introduction_id
);

-- name: add_index!
INSERT INTO introduction_search (rowid, tokens)
SELECT introduction_id, :tokens
FROM introductions WHERE server_id = :server_id AND introduction_id = :introduction_id;

-- name: shown_members
SELECT member_id FROM introductions WHERE server_id = :server_id AND state = 'published' ORDER BY member_id;

-- name: sharing
-- Topics that are kept off the card serve matching: this is it.
SELECT i.member_id
FROM introductions AS i
WHERE i.server_id = :server_id AND i.state = 'published' AND i.introduction_id <> :introduction_id
AND EXISTS (SELECT 1 FROM introductions AS own WHERE own.server_id = :server_id AND own.introduction_id = :introduction_id)
AND (EXISTS (
    SELECT 1 FROM introduction_topics AS t
    WHERE t.introduction_id = i.introduction_id
    AND t.topic IN (SELECT topic FROM introduction_topics WHERE introduction_id = :introduction_id)
) OR EXISTS (
    SELECT 1 FROM introduction_trades AS d
    WHERE d.introduction_id = i.introduction_id
    AND d.trade IN (SELECT trade FROM introduction_trades WHERE introduction_id = :introduction_id)
))
ORDER BY i.member_id;

-- name: offering
-- Members who can speak about a topic, whether their card shows it or not.
SELECT i.member_id
FROM introductions AS i INNER JOIN introduction_topics AS t USING (introduction_id)
WHERE i.server_id = :server_id AND i.state = 'published' AND t.side = 'offer' AND t.topic = :topic
ORDER BY i.member_id;

-- name: unanswered
SELECT * FROM introductions
WHERE server_id = :server_id AND state = 'published' AND answered_at IS NULL
AND message_id IS NOT NULL AND NOT thread_gone AND published_at BETWEEN :since AND :until
ORDER BY published_at, introduction_id;

-- name: published_between$
SELECT count(*) FROM introductions
WHERE server_id = :server_id AND state = 'published' AND message_id IS NOT NULL
AND published_at > :since AND published_at <= :until;

-- name: waits
-- An answer from before the card was taken back and published again is none to the present one.
SELECT published_at, answered_at
FROM introductions
WHERE server_id = :server_id AND published_at >= :since
AND (answered_at >= published_at OR (state = 'published' AND answered_at IS NULL AND published_at <= :until));

-- name: with_topic
SELECT DISTINCT introduction_id
FROM introductions INNER JOIN introduction_topics USING (introduction_id)
WHERE server_id = :server_id AND topic = :topic
ORDER BY introduction_id;

-- name: rename_topic!
-- Whoever chose both names on one side keeps the new one as it is; the next statement takes the old one away.
UPDATE OR IGNORE introduction_topics SET topic = :new
WHERE topic = :old AND introduction_id IN (SELECT introduction_id FROM introductions WHERE server_id = :server_id);

-- name: drop_topic!
DELETE FROM introduction_topics
WHERE topic = :old AND introduction_id IN (SELECT introduction_id FROM introductions WHERE server_id = :server_id);

-- name: rename_searched!
UPDATE searches SET topic = :new WHERE server_id = :server_id AND topic = :old;

-- name: say_hello$
INSERT INTO hellos (introduction_id, member_id, ready, words, interaction_id, said_at)
SELECT introduction_id, :member_id, :ready, :words, :interaction_id, :now
FROM introductions WHERE server_id = :server_id AND introduction_id = :introduction_id
ON CONFLICT DO NOTHING
RETURNING hello_id;

-- name: hello_of^
SELECT interaction_id FROM hellos
WHERE introduction_id = :introduction_id AND member_id = :member_id
AND introduction_id IN (SELECT introduction_id FROM introductions WHERE server_id = :server_id);

-- name: hello^
SELECT h.hello_id, h.introduction_id, h.member_id, i.member_id AS owner_id, h.ready, h.words, h.message_id
FROM hellos AS h
INNER JOIN introductions AS i USING (introduction_id)
WHERE i.server_id = :server_id AND h.hello_id = :hello_id;

-- name: hello_posted!
UPDATE hellos SET message_id = :message_id
WHERE hello_id = :hello_id
AND introduction_id IN (SELECT introduction_id FROM introductions WHERE server_id = :server_id);

-- name: waiting_hellos
SELECT hello_id
FROM hellos
WHERE introduction_id = :introduction_id AND message_id IS NULL
AND introduction_id IN (SELECT introduction_id FROM introductions WHERE server_id = :server_id)
ORDER BY hello_id;

-- name: greeters
SELECT member_id FROM hellos
WHERE introduction_id = :introduction_id
AND introduction_id IN (SELECT introduction_id FROM introductions WHERE server_id = :server_id)
ORDER BY hello_id;

-- name: forget_hellos!
DELETE FROM hellos
WHERE member_id = :member_id
AND introduction_id IN (SELECT introduction_id FROM introductions WHERE server_id = :server_id);

-- name: forget_searches!
DELETE FROM searches WHERE server_id = :server_id AND member_id = :member_id;

-- name: forget!
DELETE FROM introductions WHERE server_id = :server_id AND member_id = :member_id;

-- name: keep_search$
INSERT INTO searches (server_id, member_id, topic, trade, words, expires_at)
VALUES (:server_id, :member_id, :topic, :trade, :words, :expires_at)
RETURNING search_id;

-- name: drop_expired_searches!
DELETE FROM searches WHERE server_id = :server_id AND expires_at <= :now;

-- name: search^
SELECT search_id, member_id, topic, trade, words
FROM searches
WHERE server_id = :server_id AND search_id = :search_id AND member_id = :member_id AND expires_at > :now;

-- name: matching
-- Whoever else shows the topic as offered, does the trade, and wrote all the words; newest first.
SELECT i.introduction_id
FROM introductions AS i
WHERE i.server_id = :server_id AND i.state = 'published' AND i.member_id <> :member_id AND NOT i.unlisted
AND i.member_id NOT IN (SELECT value FROM json_each(:hidden))
AND (:topic = '' OR EXISTS (
    SELECT 1 FROM introduction_topics AS t
    WHERE t.introduction_id = i.introduction_id AND t.side = 'offer' AND t.topic = :topic AND t.on_card
))
AND (:trade = '' OR EXISTS (
    SELECT 1 FROM introduction_trades AS d WHERE d.introduction_id = i.introduction_id AND d.trade = :trade
))
AND (:words IS NULL OR i.introduction_id IN (
    SELECT rowid FROM introduction_search WHERE tokens MATCH :words
))
ORDER BY i.published_at DESC, i.introduction_id DESC
LIMIT :most;
