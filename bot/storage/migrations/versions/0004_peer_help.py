"""Asks, notices to whoever asked anonymously, and crisis words: cases, letters, words and help lines."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = """
ALTER TABLE servers ADD COLUMN help_channel_id INTEGER;

-- What was typed waits sealed: it may be what somebody wants to ask under a pseudonym.
ALTER TABLE drafts ADD COLUMN sealed BLOB;

-- Notices can be sealed: whom they are for is then known under the host key alone.
CREATE TABLE notices_now (
    notice_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    member_id INTEGER,
    sealed BLOB,
    kind TEXT NOT NULL,
    feature TEXT NOT NULL,
    card TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('inbox', 'dm')),
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'passed')),
    told_at INTEGER NOT NULL,
    message_id INTEGER,
    UNIQUE (server_id, member_id, feature, card, object_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members,
    CHECK ((member_id IS NULL) <> (sealed IS NULL))
);
INSERT INTO notices_now (
    notice_id, server_id, member_id, kind, feature, card, object_id, way, state, told_at, message_id
)
SELECT notice_id, server_id, member_id, kind, feature, card, object_id, way, state, told_at, message_id FROM notices;
DELETE FROM sqlite_sequence WHERE name = 'notices_now';
INSERT INTO sqlite_sequence (name, seq) SELECT 'notices_now', seq FROM sqlite_sequence WHERE name = 'notices';
DROP TABLE notices;
ALTER TABLE notices_now RENAME TO notices;
CREATE INDEX notices_by_time ON notices (server_id, member_id, told_at);
CREATE UNIQUE INDEX notices_sealed ON notices (server_id, feature, card, object_id) WHERE sealed IS NOT NULL;

-- Who asked stands in member_id, or sealed where a pseudonym stands in its place. From begun_at on: how far the ladder
-- has come of who is asked next; step_at is when to look again.
CREATE TABLE asks (
    ask_id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES servers,
    member_id INTEGER,
    sealed BLOB,
    pseudonym TEXT NOT NULL DEFAULT '',
    account_id INTEGER REFERENCES accounts,
    key TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('preview', 'waiting', 'talking', 'resolved', 'closed', 'withdrawn')),
    turn TEXT NOT NULL DEFAULT 'helper' CHECK (turn IN ('helper', 'asker')),
    topic TEXT NOT NULL,
    wants TEXT NOT NULL CHECK (wants IN ('listen', 'advice', 'either')),
    title TEXT NOT NULL,
    details TEXT NOT NULL DEFAULT '',
    helped TEXT NOT NULL DEFAULT '',
    is_findable INTEGER NOT NULL DEFAULT 0,
    first_member_id INTEGER,
    is_by_hand INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 1,
    channel_id INTEGER,
    message_id INTEGER,
    thread_id INTEGER,
    is_in_forum INTEGER NOT NULL DEFAULT 0,
    serial INTEGER NOT NULL DEFAULT 0,
    asked_at INTEGER NOT NULL,
    posts_at INTEGER NOT NULL,
    posted_at INTEGER,
    answered_at INTEGER,
    turn_since INTEGER NOT NULL,
    checked_at INTEGER,
    ended_at INTEGER,
    ending TEXT CHECK (ending IN ('silence', 'thread_gone', 'locked', 'left', 'stopped')),
    after_at INTEGER,
    begun_at INTEGER NOT NULL,
    names_one INTEGER NOT NULL DEFAULT 0,
    rounds INTEGER NOT NULL DEFAULT 0,
    round_at INTEGER,
    invited INTEGER NOT NULL DEFAULT 0,
    declined INTEGER NOT NULL DEFAULT 0,
    replaced INTEGER NOT NULL DEFAULT 0,
    hurries INTEGER NOT NULL DEFAULT 0,
    called_at INTEGER,
    listed_at INTEGER,
    step_at INTEGER,
    call_serial INTEGER NOT NULL DEFAULT 0,
    call_channel_id INTEGER,
    call_message_id INTEGER,
    FOREIGN KEY (server_id, member_id) REFERENCES members
);
CREATE INDEX asks_by_member ON asks (server_id, member_id, asked_at);
CREATE INDEX asks_by_state ON asks (server_id, state, asked_at);
CREATE INDEX asks_by_thread ON asks (server_id, thread_id) WHERE thread_id IS NOT NULL;
CREATE INDEX asks_by_message ON asks (server_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX asks_sealed ON asks (server_id) WHERE sealed IS NOT NULL;
CREATE INDEX asks_by_topic ON asks (server_id, topic, asked_at);

-- The rowid is the ask's; tokens are bigrams made by bot.kernel.text.
CREATE VIRTUAL TABLE ask_search USING fts5(tokens, tokenize = 'ascii');

-- Who takes part in an ask of another: by saying that they can answer, by writing in its thread, or both.
CREATE TABLE ask_helpers (
    helper_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    ask_id INTEGER NOT NULL REFERENCES asks ON DELETE CASCADE,
    member_id INTEGER NOT NULL,
    came_at INTEGER,
    left_at INTEGER,
    spoke_at INTEGER,
    nudged_at INTEGER,
    message_id INTEGER,
    UNIQUE (ask_id, member_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members
);
CREATE INDEX ask_helpers_by_member ON ask_helpers (server_id, member_id);

CREATE TABLE ask_me_too (
    server_id INTEGER NOT NULL,
    ask_id INTEGER NOT NULL REFERENCES asks ON DELETE CASCADE,
    member_id INTEGER NOT NULL,
    PRIMARY KEY (server_id, ask_id, member_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;

CREATE VIEW counted_asks AS
SELECT asks.*, (
    SELECT count(*) FROM ask_me_too AS m WHERE m.server_id = asks.server_id AND m.ask_id = asks.ask_id
) AS me_too
FROM asks;

-- What an anonymous asker says in the thread, and what any asker tells later on.
CREATE TABLE ask_replies (
    reply_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    ask_id INTEGER NOT NULL REFERENCES asks ON DELETE CASCADE,
    words TEXT NOT NULL,
    is_after INTEGER NOT NULL,
    key TEXT NOT NULL UNIQUE,
    message_id INTEGER
);
CREATE INDEX ask_replies_by_ask ON ask_replies (ask_id);

-- Threads that members opened by hand in the help channel, and the bot's offer in each.
CREATE TABLE hand_posts (
    post_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    thread_id INTEGER NOT NULL UNIQUE,
    member_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    message_id INTEGER,
    opened_at INTEGER NOT NULL
);

-- What is known of the help channel: whether it is a forum, and which of its tags are the bot's.
CREATE TABLE help_channels (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    channel_id INTEGER NOT NULL,
    is_forum INTEGER NOT NULL,
    trouble TEXT NOT NULL DEFAULT ''
);
CREATE TABLE ask_tags (
    server_id INTEGER NOT NULL REFERENCES servers,
    channel_id INTEGER NOT NULL,
    code TEXT NOT NULL,
    tag_id INTEGER NOT NULL,
    PRIMARY KEY (server_id, channel_id, code)
) WITHOUT ROWID;

CREATE TABLE ask_searches (
    search_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    words TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    FOREIGN KEY (server_id, member_id) REFERENCES members
);

-- What two moderators need to agree on before they learn who is behind a pseudonym.
CREATE TABLE unmaskings (
    unmasking_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    ask_id INTEGER NOT NULL UNIQUE REFERENCES asks ON DELETE CASCADE,
    asked_by_member_id INTEGER,
    reason TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    agreed_by_member_id INTEGER,
    agreed_at INTEGER,
    channel_id INTEGER,
    message_id INTEGER
);

-- Thanks from an anonymous ask come from an account of its own, shown by its pseudonym.
ALTER TABLE accounts ADD COLUMN pseudonym TEXT NOT NULL DEFAULT '';
DROP VIEW thanks;
CREATE VIEW thanks AS
SELECT
    e.server_id, e.sequence, e.giver_id AS giver_account_id, e.receiver_id AS receiver_account_id,
    g.member_id AS giver_id, g.pseudonym AS giver_pseudonym, r.member_id AS receiver_id, e.cause,
    e.entered_at AS given_at, coalesce(w.words, '') AS reason, v.entered_at AS reversed_at,
    coalesce(v.cause, '') AS reversed_by, coalesce(x.words, '') AS reversed_why
FROM entries AS e
INNER JOIN accounts AS g ON g.account_id = e.giver_id
INNER JOIN accounts AS r ON r.account_id = e.receiver_id
LEFT JOIN reasons AS w ON w.server_id = e.server_id AND w.sequence = e.sequence
LEFT JOIN entries AS v ON v.server_id = e.server_id AND v.about = e.sequence AND v.kind = 'reversal'
LEFT JOIN reasons AS x ON x.server_id = v.server_id AND x.sequence = v.sequence
WHERE e.kind = 'thanks';

-- A case can be about a text that holds crisis words. Whoever wrote it anonymously is known under the host key alone,
-- and nothing else in the row leads to them: neither the press by which it came about nor a digest.
CREATE TABLE cases_now (
    case_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    kind TEXT NOT NULL CHECK (kind IN ('report', 'held', 'hold', 'crisis')),
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'closed')),
    about_id INTEGER,
    is_discreet INTEGER NOT NULL DEFAULT 0,
    taken_by_id INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    form TEXT NOT NULL DEFAULT '',
    fields TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    interaction_id INTEGER UNIQUE,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    outcome TEXT NOT NULL DEFAULT '',
    channel_id INTEGER,
    message_id INTEGER,
    sealed BLOB,
    CHECK (about_id IS NULL OR sealed IS NULL)
);
INSERT INTO cases_now (
    case_id, server_id, kind, state, about_id, is_discreet, taken_by_id, reason, form, fields, digest, interaction_id,
    opened_at, closed_at, outcome, channel_id, message_id
)
SELECT
    case_id, server_id, kind, state, about_id, is_discreet, taken_by_id, reason, form, fields, digest, interaction_id,
    opened_at, closed_at, outcome, channel_id, message_id
FROM cases;
DELETE FROM sqlite_sequence WHERE name = 'cases_now';
INSERT INTO sqlite_sequence (name, seq) SELECT 'cases_now', seq FROM sqlite_sequence WHERE name = 'cases';
DROP TABLE cases;
ALTER TABLE cases_now RENAME TO cases;
CREATE INDEX cases_open ON cases (server_id, case_id) WHERE state <> 'closed';
CREATE INDEX cases_about ON cases (server_id, about_id, kind);

-- What moderators wrote to whoever wrote the text of a case, and what that one answered.
CREATE TABLE letters (
    letter_id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE,
    words TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    answered_at INTEGER,
    interaction_id INTEGER NOT NULL UNIQUE
);
CREATE INDEX letters_by_case ON letters (case_id);

-- Crisis words that a server took off the shipped ones, and its own; one a line.
CREATE TABLE own_crisis_words (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    taken_off TEXT NOT NULL,
    added TEXT NOT NULL
);

-- A server's own help lines, as moderators typed them, in the place of those shipped.
CREATE TABLE own_help_lines (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    lines TEXT NOT NULL,
    kept_at INTEGER NOT NULL
);
"""


# Panels that were posted before show what can be done now.
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
    """Add the tables."""
    tables = "\n".join(line for line in _TABLES.splitlines() if not line.startswith("--"))
    for statement in (*tables.split(";"), _EDITS):
        if statement.strip():
            op.execute(statement)
