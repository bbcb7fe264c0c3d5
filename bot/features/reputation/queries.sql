-- Accounts, thanks, and what is kept beside the ledger. Every statement is bound to one server.

-- name: open_account!
INSERT INTO accounts (server_id, member_id) VALUES (:server_id, :member_id);

-- name: open_pseudonym$
INSERT INTO accounts (server_id, pseudonym) VALUES (:server_id, :pseudonym) RETURNING account_id;

-- name: account$
SELECT account_id FROM accounts WHERE server_id = :server_id AND member_id = :member_id;

-- name: members_of
-- The plus: each is looked up by its number, not among all of the server.
SELECT account_id, member_id FROM accounts
WHERE +server_id = :server_id AND account_id IN (SELECT value FROM json_each(:account_ids));

-- name: here
-- Everybody with an account who has not left.
SELECT a.member_id
FROM accounts AS a INNER JOIN members AS m ON m.server_id = a.server_id AND m.member_id = a.member_id
WHERE a.server_id = :server_id AND m.left_at IS NULL
ORDER BY a.member_id;

-- name: empty_account!
UPDATE accounts SET member_id = NULL WHERE server_id = :server_id AND member_id = :member_id;

-- name: free_given
-- Reversed ones count, too: a limit is one of giving, not of what stands.
SELECT entered_at, receiver_id
FROM entries
WHERE server_id = :server_id AND giver_id = :account_id AND kind = 'thanks' AND cause = 'free' AND entered_at > :since
ORDER BY entered_at;

-- name: thanked_for
-- Left to itself, SQLite would walk through all entries of the server.
SELECT receiver_id FROM entries INDEXED BY entries_for
WHERE server_id = :server_id AND cause = :cause AND kind = 'thanks' AND cause <> 'free';

-- name: keep_reason!
INSERT INTO reasons (server_id, sequence, words) VALUES (:server_id, :sequence, :words);

-- name: empty_reasons!
-- What somebody wrote, and what was written about them.
UPDATE reasons SET words = ''
WHERE server_id = :server_id AND words <> '' AND sequence IN (
    SELECT sequence FROM entries WHERE server_id = :server_id AND giver_id = :account_id
    UNION ALL
    SELECT sequence FROM entries WHERE server_id = :server_id AND receiver_id = :account_id
);

-- name: thanks^
SELECT * FROM thanks WHERE server_id = :server_id AND sequence = :sequence;

-- name: thanks_among
SELECT * FROM thanks
WHERE server_id = :server_id AND sequence IN (SELECT value FROM json_each(:sequences))
ORDER BY sequence DESC;

-- name: ties
-- What stands of what somebody gave and received, the oldest first. Numbers first, by CROSS JOIN and from the indexes
-- alone: left to itself, SQLite would walk through all entries of the server.
SELECT e.sequence, e.receiver_id = :account_id AS is_received, e.giver_id + e.receiver_id - :account_id AS other_id, e.cause, e.entered_at
FROM (
    SELECT sequence FROM entries WHERE server_id = :server_id AND giver_id = :account_id
    UNION ALL
    SELECT sequence FROM entries WHERE server_id = :server_id AND receiver_id = :account_id
) AS mine CROSS JOIN entries AS e ON e.server_id = :server_id AND e.sequence = mine.sequence
WHERE e.kind = 'thanks' AND NOT EXISTS (
    SELECT 1 FROM entries AS v WHERE v.server_id = :server_id AND v.about = e.sequence AND v.kind = 'reversal'
)
ORDER BY e.sequence;

-- name: given_with
-- What stands of what one giver recorded by one form: their keys begin alike.
SELECT e.sequence
FROM (
    SELECT sequence FROM entries WHERE server_id = :server_id AND giver_id = :account_id
) AS mine CROSS JOIN entries AS e ON e.server_id = :server_id AND e.sequence = mine.sequence
WHERE e.kind = 'thanks' AND substr(e.key, 1, instr(e.key, ':')) = (
    SELECT substr(o.key, 1, instr(o.key, ':')) FROM entries AS o
    WHERE o.server_id = :server_id AND o.sequence = :sequence
)
ORDER BY e.sequence;

-- name: history
SELECT
    e.sequence, e.kind, e.cause, e.about, e.entered_at, g.member_id AS giver_id, g.pseudonym AS giver_pseudonym,
    r.member_id AS receiver_id, coalesce(w.words, '') AS reason, EXISTS (
        SELECT 1 FROM entries AS v WHERE v.server_id = e.server_id AND v.about = e.sequence AND v.kind = 'reversal'
    ) AS is_reversed
FROM (
    SELECT sequence FROM entries WHERE server_id = :server_id AND giver_id = :account_id
    UNION
    SELECT sequence FROM entries WHERE server_id = :server_id AND receiver_id = :account_id
) AS mine INNER JOIN entries AS e ON e.server_id = :server_id AND e.sequence = mine.sequence
INNER JOIN accounts AS g ON g.account_id = e.giver_id
INNER JOIN accounts AS r ON r.account_id = e.receiver_id
LEFT JOIN reasons AS w ON w.server_id = e.server_id AND w.sequence = e.sequence
ORDER BY e.sequence DESC
LIMIT :most OFFSET :skipped;

-- name: history_count$
SELECT count(*) FROM (
    SELECT sequence FROM entries WHERE server_id = :server_id AND giver_id = :account_id
    UNION
    SELECT sequence FROM entries WHERE server_id = :server_id AND receiver_id = :account_id
);

-- name: sources
-- Grants that were not annulled, with when they ended, if they did.
SELECT e.server_id, e.sequence, e.receiver_id AS account_id, a.member_id, e.entered_at AS granted_at, (
    SELECT v.entered_at FROM entries AS v
    WHERE v.server_id = e.server_id AND v.about = e.sequence AND v.kind = 'source_ended'
) AS ended_at
FROM entries AS e INNER JOIN accounts AS a ON a.account_id = e.receiver_id
WHERE e.server_id = :server_id AND e.kind = 'source_granted' AND NOT EXISTS (
    SELECT 1 FROM entries AS v WHERE v.server_id = e.server_id AND v.about = e.sequence AND v.kind = 'source_annulled'
)
ORDER BY e.sequence;

-- name: publish$
INSERT INTO publications (server_id, sequence, state) VALUES (:server_id, :sequence, :state)
ON CONFLICT DO NOTHING
RETURNING publication_id;

-- name: publication^
SELECT * FROM publications WHERE server_id = :server_id AND publication_id = :publication_id;

-- name: publication_of^
SELECT * FROM publications WHERE server_id = :server_id AND sequence = :sequence;

-- name: publications_of
-- What stands in public of thanks that somebody gave or received.
SELECT * FROM publications
WHERE server_id = :server_id AND sequence IN (
    SELECT sequence FROM entries WHERE server_id = :server_id AND giver_id = :account_id
    UNION ALL
    SELECT sequence FROM entries WHERE server_id = :server_id AND receiver_id = :account_id
);

-- name: set_publication!
UPDATE publications SET state = :state WHERE server_id = :server_id AND publication_id = :publication_id;

-- name: place_publication!
UPDATE publications SET channel_id = :channel_id, message_id = :message_id
WHERE server_id = :server_id AND publication_id = :publication_id;

-- name: lose_messages!
UPDATE publications SET message_id = NULL, channel_id = NULL, state = 'hidden'
WHERE server_id = :server_id AND message_id IN (SELECT value FROM json_each(:message_ids));

-- name: published_between$
-- An id that Discord gave tells when it did.
SELECT count(*) FROM publications WHERE server_id = :server_id AND state = 'agreed'
AND message_id >= :from_id AND message_id < :until_id;

-- name: published_among$
SELECT count(*) FROM publications
WHERE server_id = :server_id AND message_id IN (SELECT value FROM json_each(:message_ids));

-- name: openness^
SELECT posts_thanks, shows_word, wears_role FROM openness WHERE server_id = :server_id AND member_id = :member_id;

-- name: keep_openness!
INSERT INTO openness (server_id, member_id, posts_thanks, shows_word, wears_role)
VALUES (:server_id, :member_id, :posts_thanks, :shows_word, :wears_role)
ON CONFLICT (server_id, member_id) DO UPDATE SET
    posts_thanks = excluded.posts_thanks, shows_word = excluded.shows_word, wears_role = excluded.wears_role;

-- name: forget_openness!
DELETE FROM openness WHERE server_id = :server_id AND member_id = :member_id;

-- name: wearing
SELECT o.member_id
FROM openness AS o INNER JOIN members AS m USING (server_id, member_id)
WHERE o.server_id = :server_id AND o.wears_role AND m.left_at IS NULL
ORDER BY o.member_id;

-- name: word_roles
SELECT word, role_id FROM word_roles WHERE server_id = :server_id ORDER BY word;

-- name: set_word_role!
INSERT INTO word_roles (server_id, word, role_id) VALUES (:server_id, :word, :role_id)
ON CONFLICT (server_id, word) DO UPDATE SET role_id = excluded.role_id;

-- name: drop_word_role!
DELETE FROM word_roles WHERE server_id = :server_id AND word = :word;

-- name: role_troubles
SELECT role_id, trouble, since FROM role_troubles WHERE server_id = :server_id ORDER BY since, role_id;

-- name: end_role_troubles!
DELETE FROM role_troubles
WHERE server_id = :server_id AND role_id NOT IN (SELECT value FROM json_each(:role_ids));

-- name: keep_role_trouble!
INSERT INTO role_troubles (server_id, role_id, trouble, since) VALUES (:server_id, :role_id, :trouble, :now)
ON CONFLICT (server_id, role_id) DO UPDATE SET trouble = excluded.trouble;

-- name: role_round$
SELECT after_member_id FROM role_rounds WHERE server_id = :server_id;

-- name: keep_role_round!
INSERT INTO role_rounds (server_id, after_member_id) VALUES (:server_id, :after_member_id)
ON CONFLICT (server_id) DO UPDATE SET after_member_id = excluded.after_member_id;

-- name: worn
SELECT member_id, role_id FROM worn_roles WHERE server_id = :server_id ORDER BY member_id, role_id;

-- name: wear!
INSERT INTO worn_roles (server_id, member_id, role_id) VALUES (:server_id, :member_id, :role_id) ON CONFLICT DO NOTHING;

-- name: take_off!
DELETE FROM worn_roles WHERE server_id = :server_id AND member_id = :member_id AND role_id = :role_id;

-- name: forget_worn!
DELETE FROM worn_roles WHERE server_id = :server_id AND member_id = :member_id;

-- name: forget_round!
-- A look at all members' roles that has come to this one begins anew.
DELETE FROM role_rounds WHERE server_id = :server_id AND after_member_id = :member_id;

-- name: entries_between
-- Thanks that stand along arrows, as pairs of giver and receiver.
SELECT e.sequence, e.entered_at
FROM entries AS e
WHERE e.server_id = :server_id AND e.kind = 'thanks' AND e.sequence <= :until
AND e.giver_id = :giver_id AND e.receiver_id = :receiver_id
AND NOT EXISTS (
    SELECT 1 FROM entries AS v WHERE v.server_id = :server_id AND v.about = e.sequence AND v.kind = 'reversal'
)
ORDER BY e.sequence;

-- name: span^
-- From when to when a set was thanked, from the cut and from inside.
SELECT min(entered_at) AS first_at, max(entered_at) AS last_at
FROM entries
WHERE server_id = :server_id AND kind = 'thanks' AND sequence <= :until
AND receiver_id IN (SELECT value FROM json_each(:accounts))
AND (giver_id IN (SELECT value FROM json_each(:accounts)) OR giver_id IN (SELECT value FROM json_each(:cut)));

-- name: keep_flag$
INSERT INTO flags (server_id, cut, accounts, entries, inside, given, first_at, last_at, found_at)
VALUES (:server_id, :cut, :accounts, :entries, :inside, :given, :first_at, :last_at, :now)
RETURNING flag_id;

-- name: flag^
SELECT * FROM flags WHERE server_id = :server_id AND flag_id = :flag_id AND found_at > :since;

-- name: forget_flags!
DELETE FROM flags WHERE server_id = :server_id AND found_at <= :before;
