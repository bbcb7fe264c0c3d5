-- Requests to be read and all that belongs to them. Every statement is bound to one server.

-- name: begin$
-- Told again by Discord, nothing is added.
INSERT INTO reviews (
    server_id, member_id, interaction_id, state, url, host, address, title, wants, question, wish_on, requested_at,
    begun_at
)
VALUES (
    :server_id, :member_id, :interaction_id, 'waiting', :url, :host, :address, :title, :wants, :question, :wish_on,
    :now, :now
)
ON CONFLICT (interaction_id) DO NOTHING
RETURNING review_id;

-- name: find^
SELECT * FROM shown_reviews WHERE server_id = :server_id AND review_id = :review_id;

-- name: by_interaction^
SELECT * FROM shown_reviews WHERE server_id = :server_id AND interaction_id = :interaction_id;

-- name: by_thread^
SELECT * FROM shown_reviews WHERE server_id = :server_id AND thread_id = :thread_id AND state <> 'withdrawn';

-- name: unread_at^
-- The one that waits with this page, or is being read.
SELECT * FROM shown_reviews
WHERE server_id = :server_id AND address = :address AND state IN ('waiting', 'claimed') AND review_id <> :but_id
ORDER BY review_id;

-- name: cards_among
SELECT review_id FROM reviews
WHERE server_id = :server_id AND message_id IN (SELECT value FROM json_each(:message_ids));

-- name: in_channel
SELECT review_id FROM reviews
WHERE server_id = :server_id AND channel_id = :channel_id AND message_id IS NOT NULL;

-- name: of_member
SELECT * FROM shown_reviews
WHERE server_id = :server_id AND member_id = :member_id AND state <> 'withdrawn'
ORDER BY requested_at DESC, review_id DESC;

-- name: requested_since$
SELECT count(*) FROM reviews
WHERE server_id = :server_id AND member_id = :member_id AND requested_at > :since;

-- name: all_of_member
SELECT * FROM shown_reviews WHERE server_id = :server_id AND member_id = :member_id ORDER BY review_id;

-- name: read_by
SELECT * FROM shown_reviews
WHERE server_id = :server_id AND reader_member_id = :member_id AND state = 'claimed'
ORDER BY due_at, review_id;

-- name: waiting
-- What lapsed comes first, then what has waited longest; of people in `hidden`, nothing.
SELECT * FROM shown_reviews
WHERE server_id = :server_id AND state = 'waiting' AND message_id IS NOT NULL
AND (member_id IS NULL OR member_id NOT IN (SELECT value FROM json_each(:hidden)))
ORDER BY is_lapsed DESC, begun_at, review_id;

-- name: listed
SELECT * FROM shown_reviews
WHERE server_id = :server_id AND state = 'waiting'
AND (begun_at <= :long_ago OR (message_id IS NULL AND requested_at <= :yesterday))
ORDER BY begun_at, review_id;

-- name: waits
SELECT posted_at, answered_at FROM reviews
WHERE server_id = :server_id AND posted_at > :since
AND (answered_at IS NOT NULL OR posted_at <= :until);

-- name: answered_between$
SELECT count(*) FROM reviews
WHERE server_id = :server_id AND answered_at > :since AND answered_at <= :until AND state <> 'withdrawn';

-- name: keep!
UPDATE reviews
SET state = :state, url = :url, host = :host, address = :address, title = :title, wants = :wants, question = :question,
    wish_on = :wish_on, revision = :revision, channel_id = :channel_id, message_id = :message_id,
    thread_id = :thread_id, serial = :serial, posted_at = :posted_at, begun_at = :begun_at, is_lapsed = :is_lapsed,
    invited_at = :invited_at, declined = :declined, answered_at = :answered_at, ended_at = :ended_at,
    ending = :ending, step_at = :step_at
WHERE server_id = :server_id AND review_id = :review_id;

-- name: shown_members
SELECT member_id FROM reviews
WHERE server_id = :server_id AND member_id IS NOT NULL AND state IN ('waiting', 'claimed', 'delivered')
UNION
SELECT member_id FROM review_claims WHERE server_id = :server_id AND ended_at IS NULL
ORDER BY member_id;

-- name: forget!
UPDATE reviews
SET member_id = NULL, url = '', host = '', address = '', title = '', question = '', wish_on = NULL
WHERE server_id = :server_id AND review_id = :review_id;

-- name: claim$
INSERT INTO review_claims (server_id, review_id, member_id, claimed_at, due_at)
SELECT server_id, review_id, :member_id, :now, :due_at FROM reviews
WHERE server_id = :server_id AND review_id = :review_id
RETURNING claim_id;

-- name: find_claim^
SELECT claim_id, review_id, member_id, claimed_at, due_at, reminded_at, ended_at, outcome FROM review_claims
WHERE server_id = :server_id AND claim_id = :claim_id;

-- name: claims
SELECT claim_id, review_id, member_id, claimed_at, due_at, reminded_at, ended_at, outcome FROM review_claims
WHERE server_id = :server_id AND review_id = :review_id ORDER BY claim_id;

-- name: open_claims$
SELECT count(*) FROM review_claims
WHERE server_id = :server_id AND member_id = :member_id AND ended_at IS NULL;

-- name: busy
SELECT c.member_id
FROM review_claims AS c LEFT JOIN review_readers AS r USING (server_id, member_id)
WHERE c.server_id = :server_id AND c.ended_at IS NULL
GROUP BY c.member_id
HAVING count(*) >= coalesce(max(r.claims_limit), :usual);

-- name: end_claim!
UPDATE review_claims SET ended_at = :now, outcome = :outcome
WHERE server_id = :server_id AND review_id = :review_id AND ended_at IS NULL;

-- name: remind!
UPDATE review_claims SET reminded_at = :now WHERE server_id = :server_id AND claim_id = :claim_id;

-- name: redate!
-- What was to remind of the other day is past.
UPDATE review_claims SET due_at = :due_at, reminded_at = :now
WHERE server_id = :server_id AND claim_id = :claim_id AND ended_at IS NULL;

-- name: forget_claims!
DELETE FROM review_claims WHERE server_id = :server_id AND member_id = :member_id;

-- name: write$
INSERT INTO review_feedback (server_id, review_id, member_id, interaction_id, is_quick, given_at)
SELECT server_id, review_id, :member_id, :interaction_id, :is_quick, :now FROM reviews
WHERE server_id = :server_id AND review_id = :review_id
ON CONFLICT (interaction_id) DO NOTHING
RETURNING feedback_id;

-- name: has_written$
SELECT EXISTS (
    SELECT 1 FROM review_feedback WHERE server_id = :server_id AND interaction_id = :interaction_id
);

-- name: add_part!
INSERT INTO review_parts (server_id, feedback_id, number, words)
SELECT server_id, feedback_id, :number, :words FROM review_feedback
WHERE server_id = :server_id AND feedback_id = :feedback_id;

-- name: feedback^
SELECT feedback_id, review_id, member_id, is_quick, given_at FROM review_feedback
WHERE server_id = :server_id AND feedback_id = :feedback_id;

-- name: feedback_of
SELECT feedback_id, review_id, member_id, is_quick, given_at FROM review_feedback
WHERE server_id = :server_id AND review_id = :review_id ORDER BY feedback_id;

-- name: feedback_by
SELECT feedback_id, review_id, member_id, is_quick, given_at FROM review_feedback
WHERE server_id = :server_id AND member_id = :member_id ORDER BY feedback_id;

-- name: part^
SELECT part_id, feedback_id, number, words, message_id FROM review_parts
WHERE server_id = :server_id AND part_id = :part_id;

-- name: next_part^
-- One after another: the first that is not posted yet, of whoever wrote first.
SELECT p.part_id, p.feedback_id, p.number, p.words, p.message_id
FROM review_parts AS p INNER JOIN review_feedback AS f USING (feedback_id)
WHERE p.server_id = :server_id AND f.review_id = :review_id AND p.message_id IS NULL AND p.words <> ''
ORDER BY p.feedback_id, p.number;

-- name: part_posted!
UPDATE review_parts SET message_id = :message_id WHERE server_id = :server_id AND part_id = :part_id;

-- name: parts_lost!
-- The thread is gone in which they stood.
UPDATE review_parts SET message_id = NULL
WHERE server_id = :server_id AND feedback_id IN (
    SELECT feedback_id FROM review_feedback WHERE server_id = :server_id AND review_id = :review_id
);

-- name: parts_of
SELECT part_id, feedback_id, number, words, message_id FROM review_parts
WHERE server_id = :server_id AND feedback_id = :feedback_id ORDER BY number;

-- name: empty_parts!
UPDATE review_parts SET words = '' WHERE server_id = :server_id AND feedback_id = :feedback_id;

-- name: forget_writer!
UPDATE review_feedback SET member_id = NULL WHERE server_id = :server_id AND member_id = :member_id;

-- name: claims_limit$
SELECT claims_limit FROM review_readers WHERE server_id = :server_id AND member_id = :member_id;

-- name: keep_claims_limit!
INSERT INTO review_readers (server_id, member_id, claims_limit)
VALUES (:server_id, :member_id, :claims_limit)
ON CONFLICT (server_id, member_id) DO UPDATE SET claims_limit = excluded.claims_limit;

-- name: forget_reader!
DELETE FROM review_readers WHERE server_id = :server_id AND member_id = :member_id;
