"""Crisis words: cases of their own, letters of moderators to who wrote them, and each server's words and help lines."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TABLES = """
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


def upgrade() -> None:
    """Add the tables."""
    tables = "\n".join(line for line in _TABLES.splitlines() if not line.startswith("--"))
    for statement in tables.split(";"):
        if statement.strip():
            op.execute(statement)
