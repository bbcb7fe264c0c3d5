"""Preferences, the inbox, distances, topics of a server's own, and what moderators keep."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STATEMENTS = """
-- Hours of the server's day in which somebody may be asked for the first time; 24 is midnight.
ALTER TABLE servers ADD COLUMN waking_from INTEGER NOT NULL DEFAULT 7;
ALTER TABLE servers ADD COLUMN waking_to INTEGER NOT NULL DEFAULT 24;

-- What a member chose; nothing chosen follows Discord's language and the server's zone.
ALTER TABLE members ADD COLUMN chosen_language TEXT CHECK (chosen_language IN ('ja', 'en'));
ALTER TABLE members ADD COLUMN zone TEXT;
ALTER TABLE members ADD COLUMN quiet_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE members ADD COLUMN quiet_to INTEGER NOT NULL DEFAULT 7;
ALTER TABLE members ADD COLUMN days_off INTEGER NOT NULL DEFAULT 0;
ALTER TABLE members ADD COLUMN asked_when TEXT NOT NULL DEFAULT 'any';
ALTER TABLE members ADD COLUMN weekly_number INTEGER NOT NULL DEFAULT 2;
ALTER TABLE members ADD COLUMN rests_until INTEGER;
ALTER TABLE members ADD COLUMN dms_refused_at INTEGER;
ALTER TABLE members ADD COLUMN inbox_opened_at INTEGER;

-- One row a kind of message that a member agreed to, and the way on which it may come.
CREATE TABLE consents (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('inbox', 'dm')),
    given_at INTEGER NOT NULL,
    PRIMARY KEY (server_id, member_id, kind),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;

-- What the bot told a member or asked of them, once each; those that ask count towards the weekly number.
CREATE TABLE notices (
    notice_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    feature TEXT NOT NULL,
    card TEXT NOT NULL,
    object_id INTEGER NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('inbox', 'dm')),
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'passed')),
    told_at INTEGER NOT NULL,
    message_id INTEGER,
    UNIQUE (server_id, member_id, feature, card, object_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members
);
CREATE INDEX notices_by_time ON notices (server_id, member_id, told_at);

CREATE TABLE distances (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (server_id, member_id, other_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;
CREATE INDEX distances_from_others ON distances (server_id, other_id);

-- A server's own list of topics, in the moderators' order; a server without rows has the shipped one.
CREATE TABLE topics (
    server_id INTEGER NOT NULL REFERENCES servers,
    topic TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (server_id, topic)
) WITHOUT ROWID;

-- Who was seen to be a moderator; looked up again before anything is decided by it.
CREATE TABLE moderators (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (server_id, member_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;

-- The audit trail: what moderators did, and what was done to a case.
CREATE TABLE acts (
    act_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    actor_id INTEGER,
    act TEXT NOT NULL,
    case_id INTEGER,
    about_id INTEGER,
    words TEXT NOT NULL DEFAULT '',
    acted_at INTEGER NOT NULL
);
CREATE INDEX acts_by_server ON acts (server_id, act_id);
CREATE INDEX acts_by_case ON acts (case_id) WHERE case_id IS NOT NULL;

-- What waits for moderators: reports about a member, texts that were held back.
CREATE TABLE cases (
    case_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    kind TEXT NOT NULL CHECK (kind IN ('report', 'held', 'hold')),
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'closed')),
    about_id INTEGER,
    is_discreet INTEGER NOT NULL DEFAULT 0,
    taken_by_id INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    form TEXT NOT NULL DEFAULT '',
    fields TEXT NOT NULL DEFAULT '',
    digest TEXT NOT NULL DEFAULT '',
    interaction_id INTEGER NOT NULL UNIQUE,
    opened_at INTEGER NOT NULL,
    closed_at INTEGER,
    outcome TEXT NOT NULL DEFAULT '',
    channel_id INTEGER,
    message_id INTEGER
);
CREATE INDEX cases_open ON cases (server_id, case_id) WHERE state <> 'closed';
CREATE INDEX cases_about ON cases (server_id, about_id, kind);

CREATE TABLE reports (
    report_id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE,
    member_id INTEGER NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL DEFAULT '',
    evidence TEXT NOT NULL DEFAULT '',
    author_id INTEGER,
    channel_id INTEGER,
    message_id INTEGER,
    interaction_id INTEGER NOT NULL UNIQUE,
    reported_at INTEGER NOT NULL
);
CREATE INDEX reports_by_case ON reports (case_id);
CREATE INDEX reports_by_member ON reports (member_id, reported_at);

-- Messages that somebody is about to report: Discord hands one over when the form is opened, not when it is sent.
CREATE TABLE begun_reports (
    begun_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    member_id INTEGER NOT NULL,
    evidence TEXT NOT NULL,
    author_id INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    interaction_id INTEGER NOT NULL UNIQUE,
    begun_at INTEGER NOT NULL
);

-- While one is in force, a member reads and chooses as ever, but posts nothing.
CREATE TABLE holds (
    hold_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    member_id INTEGER NOT NULL,
    case_id INTEGER NOT NULL REFERENCES cases,
    reason TEXT NOT NULL,
    began_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    lifted_at INTEGER,
    answer TEXT NOT NULL DEFAULT '',
    answered_at INTEGER,
    interaction_id INTEGER NOT NULL UNIQUE
);
CREATE INDEX holds_by_member ON holds (server_id, member_id);

-- Texts, by their digests, that may be posted as they are: a warning was read, or a moderator let one through.
CREATE TABLE clearances (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    digest TEXT NOT NULL,
    by_moderator INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (server_id, member_id, digest),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;

-- Words and patterns that a server holds back besides the shipped rules, as moderators typed them.
CREATE TABLE own_rules (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    rules TEXT NOT NULL
);

-- The last of the moderators' daily lists: the day's number since year 1, and where it stands.
CREATE TABLE daily_lists (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    day INTEGER NOT NULL,
    message_id INTEGER
);

-- Whoever liked to greet newcomers agreed to be asked; how, they had not been asked yet.
INSERT INTO consents (server_id, member_id, kind, way, given_at)
SELECT server_id, member_id, 'greet', 'inbox', coalesce(published_at, 0) FROM introductions WHERE greets;
ALTER TABLE introductions DROP COLUMN greets;
ALTER TABLE introductions ADD COLUMN unlisted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE introductions ADD COLUMN answered_at INTEGER;
UPDATE introductions SET answered_at = (
    SELECT min(said_at) FROM hellos WHERE hellos.introduction_id = introductions.introduction_id
);
"""


def upgrade() -> None:
    """Add the tables, and let consents take the place of the old flag."""
    statements = "\n".join(line for line in _STATEMENTS.splitlines() if not line.startswith("--"))
    for statement in statements.split(";"):
        if statement.strip():
            op.execute(statement)
