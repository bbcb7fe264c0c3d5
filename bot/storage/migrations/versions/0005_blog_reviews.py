"""Reviews: requests to be read, who reads which by when, and what they wrote."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TABLES = """
ALTER TABLE servers ADD COLUMN reviews_channel_id INTEGER;

-- A request to be read. From begun_at on it waits for a reader; step_at is when to look who can be asked, or whom to
-- remind. address is the same for all spellings of one page.
CREATE TABLE reviews (
    review_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    member_id INTEGER,
    interaction_id INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'claimed', 'delivered', 'closed', 'withdrawn')),
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    address TEXT NOT NULL,
    title TEXT NOT NULL,
    wants TEXT NOT NULL CHECK (wants IN ('impression', 'clarity', 'wording', 'anything')),
    question TEXT NOT NULL DEFAULT '',
    wish_on TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    channel_id INTEGER,
    message_id INTEGER,
    thread_id INTEGER,
    serial INTEGER NOT NULL DEFAULT 0,
    requested_at INTEGER NOT NULL,
    posted_at INTEGER,
    begun_at INTEGER NOT NULL,
    is_lapsed INTEGER NOT NULL DEFAULT 0,
    invited_at INTEGER,
    declined INTEGER NOT NULL DEFAULT 0,
    answered_at INTEGER,
    ended_at INTEGER,
    ending TEXT CHECK (ending IN ('author', 'gone', 'locked', 'left')),
    step_at INTEGER,
    FOREIGN KEY (server_id, member_id) REFERENCES members
);
CREATE INDEX reviews_by_member ON reviews (server_id, member_id, requested_at);
CREATE INDEX reviews_by_state ON reviews (server_id, state, begun_at);
CREATE INDEX reviews_by_thread ON reviews (server_id, thread_id) WHERE thread_id IS NOT NULL;
CREATE INDEX reviews_by_message ON reviews (server_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX reviews_by_address ON reviews (server_id, address);

-- Who reads, or was to read, which by when. One at a time: the index lets nobody else in.
CREATE TABLE review_claims (
    claim_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    review_id INTEGER NOT NULL REFERENCES reviews ON DELETE CASCADE,
    member_id INTEGER NOT NULL,
    claimed_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    reminded_at INTEGER,
    ended_at INTEGER,
    outcome TEXT CHECK (outcome IN ('delivered', 'released', 'lapsed', 'closed', 'left')),
    CHECK ((ended_at IS NULL) = (outcome IS NULL)),
    FOREIGN KEY (server_id, member_id) REFERENCES members
);
CREATE UNIQUE INDEX review_claims_open ON review_claims (review_id) WHERE ended_at IS NULL;
CREATE INDEX review_claims_by_member ON review_claims (server_id, member_id, ended_at);
CREATE INDEX review_claims_by_review ON review_claims (review_id);

-- What a reader wrote, or one who was quick, and the messages in which it comes, one after another: words are pairs of
-- a field and a text, as JSON.
CREATE TABLE review_feedback (
    feedback_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    review_id INTEGER NOT NULL REFERENCES reviews ON DELETE CASCADE,
    member_id INTEGER,
    interaction_id INTEGER NOT NULL UNIQUE,
    is_quick INTEGER NOT NULL,
    given_at INTEGER NOT NULL,
    FOREIGN KEY (server_id, member_id) REFERENCES members
);
CREATE INDEX review_feedback_by_review ON review_feedback (review_id);
CREATE INDEX review_feedback_by_member ON review_feedback (server_id, member_id);
CREATE TABLE review_parts (
    part_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    feedback_id INTEGER NOT NULL REFERENCES review_feedback ON DELETE CASCADE,
    number INTEGER NOT NULL,
    words TEXT NOT NULL,
    message_id INTEGER,
    UNIQUE (feedback_id, number)
);

-- How many a member likes to have to read at a time, where they chose it.
CREATE TABLE review_readers (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    claims_limit INTEGER NOT NULL,
    PRIMARY KEY (server_id, member_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;

CREATE VIEW shown_reviews AS
SELECT r.*, c.claim_id, c.member_id AS reader_member_id, c.claimed_at, c.due_at, c.reminded_at, (
    SELECT count(*) FROM review_feedback AS f WHERE f.review_id = r.review_id AND f.is_quick = 1
) AS quick_count, (
    SELECT count(*) FROM review_feedback AS f WHERE f.review_id = r.review_id AND f.is_quick = 0
) AS read_count
FROM reviews AS r LEFT JOIN review_claims AS c ON c.review_id = r.review_id AND c.ended_at IS NULL;
"""


# The panels that stand pinned get the button for reviews.
_EDITS = r"""
INSERT INTO effects (key, server_id, verb, feature, card, object_id, due_at, wanted_at)
SELECT 'edit\:setup\:panel\:' || server_id || '\:0', server_id, 'edit', 'setup', 'panel', server_id,
    CAST(strftime('%s', 'now') AS INTEGER) * 1000000, CAST(strftime('%s', 'now') AS INTEGER) * 1000000
FROM servers WHERE panel_message_id IS NOT NULL
ON CONFLICT (key) DO UPDATE SET
    state = 'waiting', wanted = wanted + 1, attempts = 0, due_at = excluded.due_at, wanted_at = excluded.wanted_at
WHERE state <> 'claimed'
"""


def upgrade() -> None:
    """Add the tables, and let pinned panels show what there is now."""
    tables = "\n".join(line for line in _TABLES.splitlines() if not line.startswith("--"))
    for statement in (*tables.split(";"), _EDITS):
        if statement.strip():
            op.execute(statement)
