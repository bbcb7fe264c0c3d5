"""Check-ins: prompts, when they are posted, and what members answer."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLES = """
ALTER TABLE servers ADD COLUMN letter_channel_id INTEGER;
CREATE INDEX effects_by_server ON effects (server_id, due_at) WHERE state = 'waiting';

-- What is asked: shipped prompts by their code, a server's own in one language or both.
CREATE TABLE prompts (
    prompt_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    code TEXT NOT NULL DEFAULT '',
    ja TEXT NOT NULL DEFAULT '',
    en TEXT NOT NULL DEFAULT '',
    is_retired INTEGER NOT NULL DEFAULT 0,
    used_at INTEGER,
    interaction_id INTEGER UNIQUE
);
CREATE UNIQUE INDEX prompts_shipped ON prompts (server_id, code) WHERE code <> '';
CREATE INDEX prompts_by_use ON prompts (server_id, is_retired, used_at);

-- A server's schedules have a channel; one that a member has for themselves has that member. Days of the week are bits,
-- Monday the lowest; the time is in minutes since midnight on the clocks of the zone. unreached counts how often in a
-- row a member's own could not come as a private message.
CREATE TABLE schedules (
    schedule_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    days INTEGER NOT NULL CHECK (days BETWEEN 1 AND 127),
    at_minute INTEGER NOT NULL CHECK (at_minute BETWEEN 0 AND 1439),
    zone TEXT NOT NULL,
    country TEXT NOT NULL DEFAULT '',
    channel_id INTEGER,
    member_id INTEGER,
    paused_until INTEGER,
    unreached INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 1,
    is_removed INTEGER NOT NULL DEFAULT 0,
    interaction_id INTEGER NOT NULL UNIQUE,
    looked_at INTEGER NOT NULL,
    next_at INTEGER,
    CHECK ((channel_id IS NULL) <> (member_id IS NULL)),
    FOREIGN KEY (server_id, member_id) REFERENCES members
);
CREATE INDEX schedules_by_server ON schedules (server_id, is_removed) WHERE member_id IS NULL;
CREATE UNIQUE INDEX schedules_own ON schedules (server_id, member_id) WHERE member_id IS NOT NULL;

-- Each time that a schedule comes to, once: of a wall clock's time that exists twice, the first. A prompt is missing
-- where none was left to be asked, or where it was too late to ask. is_locked is whether moderators locked the thread;
-- why says why it was not posted, where it was not: from missed_at on, that counts as missed.
CREATE TABLE check_ins (
    check_in_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    schedule_id INTEGER NOT NULL REFERENCES schedules,
    local TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    missed_at INTEGER NOT NULL,
    prompt_id INTEGER REFERENCES prompts,
    channel_id INTEGER,
    message_id INTEGER,
    thread_id INTEGER,
    posted_at INTEGER,
    is_locked INTEGER NOT NULL DEFAULT 0,
    why TEXT NOT NULL DEFAULT 'held_up' CHECK (why IN ('away', 'no_prompt', 'gone', 'refused', 'held_up')),
    UNIQUE (schedule_id, local)
);
CREATE INDEX check_ins_by_server ON check_ins (server_id, due_at);
CREATE INDEX check_ins_by_thread ON check_ins (server_id, thread_id) WHERE thread_id IS NOT NULL;
CREATE INDEX check_ins_missed ON check_ins (server_id, missed_at) WHERE channel_id IS NOT NULL AND message_id IS NULL;

-- Who answered stands in member_id, or sealed where their name is not shown. serial counts how often the message in
-- which it stood was deleted.
CREATE TABLE check_in_answers (
    answer_id INTEGER PRIMARY KEY,
    server_id INTEGER NOT NULL REFERENCES servers,
    check_in_id INTEGER NOT NULL REFERENCES check_ins ON DELETE CASCADE,
    member_id INTEGER,
    sealed BLOB,
    key TEXT NOT NULL UNIQUE,
    shows TEXT NOT NULL CHECK (shows IN ('name', 'nameless', 'me')),
    mood TEXT CHECK (mood IN ('laughing', 'tears', 'sigh', 'calm')),
    words TEXT NOT NULL,
    answered_at INTEGER NOT NULL,
    message_id INTEGER,
    serial INTEGER NOT NULL DEFAULT 0,
    FOREIGN KEY (server_id, member_id) REFERENCES members
);
CREATE UNIQUE INDEX check_in_answers_once ON check_in_answers (check_in_id, member_id) WHERE member_id IS NOT NULL;
CREATE INDEX check_in_answers_by_member ON check_in_answers (server_id, member_id, answered_at);
CREATE INDEX check_in_answers_sealed ON check_in_answers (server_id, check_in_id) WHERE sealed IS NOT NULL;
CREATE INDEX check_in_answers_by_message ON check_in_answers (server_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX check_in_answers_by_check_in ON check_in_answers (check_in_id);

-- When a server's weekly letter comes, 0 for Monday, and each that came due: posted, or with nothing to tell.
CREATE TABLE letter_plans (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    day INTEGER NOT NULL DEFAULT 6 CHECK (day BETWEEN 0 AND 6),
    hour INTEGER NOT NULL DEFAULT 18 CHECK (hour BETWEEN 0 AND 23),
    looked_at INTEGER NOT NULL
);
CREATE TABLE weekly_letters (
    weekly_letter_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    local TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    channel_id INTEGER,
    message_id INTEGER,
    UNIQUE (server_id, local)
);
"""


def upgrade() -> None:
    """Add the tables."""
    tables = "\n".join(line for line in _TABLES.splitlines() if not line.startswith("--"))
    for statement in tables.split(";"):
        if statement.strip():
            op.execute(statement)
