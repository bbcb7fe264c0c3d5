"""Asks: who asked, who takes part, and how far each has come; and notices to whoever asked anonymously."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TABLES = """
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
"""


def upgrade() -> None:
    """Add the tables."""
    tables = "\n".join(line for line in _TABLES.splitlines() if not line.startswith("--"))
    for statement in tables.split(";"):
        if statement.strip():
            op.execute(statement)
