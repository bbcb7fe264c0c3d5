"""The ledger of thanks: entries that are only ever added to, and what is kept beside them."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = """
ALTER TABLE servers ADD COLUMN thanks_channel_id INTEGER;

-- The ledger knows accounts; only here is kept which member an account is, as long as they wish it.
CREATE TABLE accounts (
    account_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    member_id INTEGER,
    UNIQUE (server_id, member_id)
);

-- Each row is sealed by a mac over itself and the one before; triggers below let nobody change or remove one.
CREATE TABLE entries (
    server_id INTEGER NOT NULL REFERENCES servers,
    sequence INTEGER NOT NULL,
    kind TEXT NOT NULL
    CHECK (kind IN ('thanks', 'reversal', 'source_granted', 'source_ended', 'source_annulled')),
    giver_id INTEGER NOT NULL REFERENCES accounts (account_id),
    receiver_id INTEGER NOT NULL REFERENCES accounts (account_id),
    cause TEXT NOT NULL,
    about INTEGER,
    entered_at INTEGER NOT NULL,
    key TEXT NOT NULL UNIQUE,
    mac BLOB NOT NULL,
    PRIMARY KEY (server_id, sequence),
    CHECK ((about IS NULL) = (kind IN ('thanks', 'source_granted')))
) WITHOUT ROWID;
CREATE INDEX entries_by_giver ON entries (server_id, giver_id, entered_at);
CREATE INDEX entries_by_receiver ON entries (server_id, receiver_id, sequence);
CREATE UNIQUE INDEX entries_about ON entries (server_id, about, kind) WHERE about IS NOT NULL;
CREATE UNIQUE INDEX entries_for ON entries (server_id, cause, receiver_id) WHERE kind = 'thanks' AND cause <> 'free';

-- The last entry of each server, kept apart and sealed, so that it shows when the end of a ledger is cut off.
CREATE TABLE ledger_heads (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    sequence INTEGER NOT NULL,
    mac BLOB NOT NULL,
    seal BLOB NOT NULL
);

-- Why somebody thanked, or why an entry was reversed: outside the macs, so that it can be removed.
CREATE TABLE reasons (
    server_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (server_id, sequence),
    FOREIGN KEY (server_id, sequence) REFERENCES entries
) WITHOUT ROWID;

-- Each thanks with who gave and received it, why, and whether it was reversed; nobody is named who was forgotten.
CREATE VIEW thanks AS
SELECT
    e.server_id, e.sequence, e.giver_id AS giver_account_id, e.receiver_id AS receiver_account_id,
    g.member_id AS giver_id, r.member_id AS receiver_id, e.cause, e.entered_at AS given_at,
    coalesce(w.words, '') AS reason, v.entered_at AS reversed_at, coalesce(v.cause, '') AS reversed_by,
    coalesce(x.words, '') AS reversed_why
FROM entries AS e
INNER JOIN accounts AS g ON g.account_id = e.giver_id
INNER JOIN accounts AS r ON r.account_id = e.receiver_id
LEFT JOIN reasons AS w ON w.server_id = e.server_id AND w.sequence = e.sequence
LEFT JOIN entries AS v ON v.server_id = e.server_id AND v.about = e.sequence AND v.kind = 'reversal'
LEFT JOIN reasons AS x ON x.server_id = v.server_id AND x.sequence = v.sequence
WHERE e.kind = 'thanks';

-- Thanks whose giver likes them to be public; posted once the receiver agrees, until they hide it.
CREATE TABLE publications (
    publication_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'wished' CHECK (state IN ('wished', 'agreed', 'hidden')),
    channel_id INTEGER,
    message_id INTEGER,
    UNIQUE (server_id, sequence),
    FOREIGN KEY (server_id, sequence) REFERENCES entries
);
CREATE INDEX publications_by_message ON publications (server_id, message_id) WHERE message_id IS NOT NULL;

-- What a member lets others see of it; nobody sees anything of who has no row.
CREATE TABLE openness (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    posts_thanks INTEGER NOT NULL DEFAULT 0,
    shows_word INTEGER NOT NULL DEFAULT 0,
    wears_role INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (server_id, member_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;

-- The roles for the two words.
CREATE TABLE word_roles (
    server_id INTEGER NOT NULL REFERENCES servers,
    word TEXT NOT NULL CHECK (word IN ('familiar', 'well_tied')),
    role_id INTEGER NOT NULL,
    PRIMARY KEY (server_id, word)
) WITHOUT ROWID;

-- What stood in the way of a role at the last look.
CREATE TABLE role_troubles (
    server_id INTEGER NOT NULL REFERENCES servers,
    role_id INTEGER NOT NULL,
    trouble TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (server_id, role_id)
) WITHOUT ROWID;

-- How far the hourly look at all members' roles has come.
CREATE TABLE role_rounds (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    after_member_id INTEGER NOT NULL
);

-- The roles that the bot gave: it takes back these and no others.
CREATE TABLE worn_roles (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    role_id INTEGER NOT NULL,
    PRIMARY KEY (server_id, member_id, role_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;

-- Sets of accounts that moderators were shown, as they were: what they reverse is what they saw.
CREATE TABLE flags (
    flag_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    cut TEXT NOT NULL,
    accounts TEXT NOT NULL,
    entries TEXT NOT NULL,
    inside INTEGER NOT NULL,
    given INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    found_at INTEGER NOT NULL
);
CREATE INDEX flags_by_server ON flags (server_id, found_at);
"""

# Cards and panels that were posted before show what can be done now.
_EDITS = r"""
INSERT INTO effects (key, server_id, verb, feature, card, object_id, due_at, wanted_at)
SELECT 'edit\:' || feature || '\:' || card || '\:' || object_id || '\:0', server_id, 'edit', feature, card, object_id,
    CAST(strftime('%s', 'now') AS INTEGER) * 1000000, CAST(strftime('%s', 'now') AS INTEGER) * 1000000
FROM (
    SELECT server_id, 'introductions' AS feature, 'card' AS card, introduction_id AS object_id
    FROM introductions WHERE state = 'published' AND message_id IS NOT NULL
    UNION ALL
    SELECT server_id, 'setup', 'panel', server_id FROM servers WHERE panel_message_id IS NOT NULL
) AS posted
WHERE true
ON CONFLICT (key) DO UPDATE SET
    state = 'waiting', wanted = wanted + 1, attempts = 0, due_at = excluded.due_at, wanted_at = excluded.wanted_at
WHERE state <> 'claimed'
"""

_TRIGGERS = (
    """
    CREATE TRIGGER entries_stay BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END
    """,
    """
    CREATE TRIGGER entries_keep BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END
    """,
    """
    CREATE TRIGGER entries_follow BEFORE INSERT ON entries
    WHEN NEW.sequence <> 1 + coalesce((SELECT sequence FROM ledger_heads WHERE server_id = NEW.server_id), 0)
    BEGIN SELECT RAISE(ABORT, 'entries are numbered without gaps'); END
    """,
    """
    CREATE TRIGGER ledger_heads_stay BEFORE DELETE ON ledger_heads
    BEGIN SELECT RAISE(ABORT, 'the head of a ledger is never removed'); END
    """,
    """
    CREATE TRIGGER ledger_heads_advance BEFORE UPDATE ON ledger_heads
    WHEN NEW.server_id <> OLD.server_id OR NEW.sequence <> OLD.sequence + 1
    BEGIN SELECT RAISE(ABORT, 'the head of a ledger only goes on'); END
    """,
)


def upgrade() -> None:
    """Add the tables and their guards."""
    tables = "\n".join(line for line in _TABLES.splitlines() if not line.startswith("--"))
    for statement in (*tables.split(";"), *_TRIGGERS, _EDITS):
        if statement.strip():
            op.execute(statement)
