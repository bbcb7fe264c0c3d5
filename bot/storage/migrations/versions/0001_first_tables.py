"""The first tables: servers, members, introductions, and what all features share."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = """
-- One row a fact about this installation: the host key's fingerprint, the hash of the synced commands.
CREATE TABLE installation (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE servers (
    server_id INTEGER PRIMARY KEY,
    language TEXT NOT NULL DEFAULT 'ja' CHECK (language IN ('ja', 'en')),
    zone TEXT NOT NULL DEFAULT 'Asia/Tokyo',
    introductions_channel_id INTEGER,
    helpers_channel_id INTEGER,
    moderators_channel_id INTEGER,
    moderators_role_id INTEGER,
    panel_channel_id INTEGER,
    panel_message_id INTEGER,
    panel_serial INTEGER NOT NULL DEFAULT 0,
    hint_channel_id INTEGER,
    hint_message_id INTEGER,
    joined_at INTEGER NOT NULL,
    paused_at INTEGER
);

CREATE TABLE problems (
    problem_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    feature TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    code INTEGER NOT NULL,
    message_id INTEGER,
    UNIQUE (server_id, feature, channel_id)
);

CREATE TABLE members (
    server_id INTEGER NOT NULL REFERENCES servers,
    member_id INTEGER NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('ja', 'en')),
    seen_at INTEGER NOT NULL,
    promised_at INTEGER,
    missing_at INTEGER,
    left_at INTEGER,
    PRIMARY KEY (server_id, member_id)
) WITHOUT ROWID;

CREATE TABLE newcomers (
    newcomer_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    member_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    message_id INTEGER,
    joined_at INTEGER NOT NULL,
    UNIQUE (server_id, member_id)
);

-- How far the sweep over those who have something published has come.
CREATE TABLE sweeps (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    looked_up INTEGER NOT NULL DEFAULT 0,
    after_member_id INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE drafts (
    draft_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    form TEXT NOT NULL,
    fields TEXT NOT NULL,
    interaction_id INTEGER NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL,
    FOREIGN KEY (server_id, member_id) REFERENCES members
);
CREATE INDEX drafts_by_member ON drafts (server_id, member_id);

CREATE TABLE introductions (
    introduction_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'withdrawn')),
    revision INTEGER NOT NULL DEFAULT 0,
    published_revision INTEGER,
    name TEXT NOT NULL DEFAULT '',
    now TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    link TEXT NOT NULL DEFAULT '',
    trade_line TEXT NOT NULL DEFAULT '',
    greets INTEGER NOT NULL DEFAULT 0,
    channel_id INTEGER,
    message_id INTEGER,
    thread_id INTEGER,
    thread_gone INTEGER NOT NULL DEFAULT 0,
    card_serial INTEGER NOT NULL DEFAULT 0,
    interaction_id INTEGER,
    published_at INTEGER,
    UNIQUE (server_id, member_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members
);
CREATE INDEX introductions_newest ON introductions (server_id, published_at) WHERE state = 'published';
CREATE UNIQUE INDEX introductions_by_message ON introductions (message_id) WHERE message_id IS NOT NULL;
CREATE UNIQUE INDEX introductions_by_thread ON introductions (thread_id) WHERE thread_id IS NOT NULL;

CREATE TABLE introduction_topics (
    introduction_id INTEGER NOT NULL REFERENCES introductions ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('offer', 'seek')),
    topic TEXT NOT NULL,
    on_card INTEGER NOT NULL,
    PRIMARY KEY (introduction_id, side, topic)
) WITHOUT ROWID;

CREATE TABLE introduction_trades (
    introduction_id INTEGER NOT NULL REFERENCES introductions ON DELETE CASCADE,
    trade TEXT NOT NULL,
    PRIMARY KEY (introduction_id, trade)
) WITHOUT ROWID;

-- The rowid is the introduction's; tokens are bigrams made by bot.kernel.text.
CREATE VIRTUAL TABLE introduction_search USING fts5(tokens, tokenize = 'ascii');

CREATE TABLE hellos (
    hello_id INTEGER PRIMARY KEY AUTOINCREMENT,
    introduction_id INTEGER NOT NULL REFERENCES introductions ON DELETE CASCADE,
    member_id INTEGER NOT NULL,
    ready TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    message_id INTEGER,
    interaction_id INTEGER NOT NULL UNIQUE,
    said_at INTEGER NOT NULL,
    UNIQUE (introduction_id, member_id)
);

CREATE TABLE searches (
    search_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    member_id INTEGER NOT NULL,
    topic TEXT NOT NULL DEFAULT '',
    trade TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL DEFAULT '',
    expires_at INTEGER NOT NULL
);

CREATE TABLE effects (
    effect_id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    server_id INTEGER,
    verb TEXT NOT NULL,
    feature TEXT NOT NULL,
    card TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'claimed', 'done', 'parked')),
    due_at INTEGER NOT NULL,
    wanted INTEGER NOT NULL DEFAULT 1,
    attempts INTEGER NOT NULL DEFAULT 0,
    claimed_at INTEGER,
    lease_until INTEGER,
    uncertain_since INTEGER,
    trouble TEXT NOT NULL DEFAULT '',
    result_id INTEGER,
    wanted_at INTEGER NOT NULL,
    done_at INTEGER
);
CREATE INDEX effects_due ON effects (due_at) WHERE state = 'waiting';
CREATE INDEX effects_open ON effects (server_id, state) WHERE state IN ('claimed', 'parked');
"""


def upgrade() -> None:
    """Make all tables."""
    statements = "\n".join(line for line in _TABLES.splitlines() if not line.startswith("--"))
    for statement in statements.split(";"):
        if statement.strip():
            op.execute(statement)
