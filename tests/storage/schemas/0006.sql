CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
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
, waking_from INTEGER NOT NULL DEFAULT 7, waking_to INTEGER NOT NULL DEFAULT 24, thanks_channel_id INTEGER, help_channel_id INTEGER, reviews_channel_id INTEGER, letter_channel_id INTEGER);
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
    left_at INTEGER, chosen_language TEXT CHECK (chosen_language IN ('ja', 'en')), zone TEXT, quiet_from INTEGER NOT NULL DEFAULT 0, quiet_to INTEGER NOT NULL DEFAULT 7, days_off INTEGER NOT NULL DEFAULT 0, asked_when TEXT NOT NULL DEFAULT 'any', weekly_number INTEGER NOT NULL DEFAULT 2, rests_until INTEGER, dms_refused_at INTEGER, inbox_opened_at INTEGER,
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
    expires_at INTEGER NOT NULL, sealed BLOB,
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
    channel_id INTEGER,
    message_id INTEGER,
    thread_id INTEGER,
    thread_gone INTEGER NOT NULL DEFAULT 0,
    card_serial INTEGER NOT NULL DEFAULT 0,
    interaction_id INTEGER,
    published_at INTEGER, unlisted INTEGER NOT NULL DEFAULT 0, answered_at INTEGER,
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
CREATE TABLE consents (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('inbox', 'dm')),
    given_at INTEGER NOT NULL,
    PRIMARY KEY (server_id, member_id, kind),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;
CREATE TABLE distances (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (server_id, member_id, other_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;
CREATE INDEX distances_from_others ON distances (server_id, other_id);
CREATE TABLE topics (
    server_id INTEGER NOT NULL REFERENCES servers,
    topic TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (server_id, topic)
) WITHOUT ROWID;
CREATE TABLE moderators (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (server_id, member_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;
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
CREATE TABLE clearances (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    digest TEXT NOT NULL,
    by_moderator INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (server_id, member_id, digest),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;
CREATE TABLE own_rules (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    rules TEXT NOT NULL
);
CREATE TABLE daily_lists (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    day INTEGER NOT NULL,
    message_id INTEGER
);
CREATE TABLE accounts (
    account_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    member_id INTEGER, pseudonym TEXT NOT NULL DEFAULT '',
    UNIQUE (server_id, member_id)
);
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
CREATE TABLE ledger_heads (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    sequence INTEGER NOT NULL,
    mac BLOB NOT NULL,
    seal BLOB NOT NULL
);
CREATE TABLE reasons (
    server_id INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (server_id, sequence),
    FOREIGN KEY (server_id, sequence) REFERENCES entries
) WITHOUT ROWID;
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
CREATE TABLE openness (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    posts_thanks INTEGER NOT NULL DEFAULT 0,
    shows_word INTEGER NOT NULL DEFAULT 0,
    wears_role INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (server_id, member_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;
CREATE TABLE word_roles (
    server_id INTEGER NOT NULL REFERENCES servers,
    word TEXT NOT NULL CHECK (word IN ('familiar', 'well_tied')),
    role_id INTEGER NOT NULL,
    PRIMARY KEY (server_id, word)
) WITHOUT ROWID;
CREATE TABLE role_troubles (
    server_id INTEGER NOT NULL REFERENCES servers,
    role_id INTEGER NOT NULL,
    trouble TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (server_id, role_id)
) WITHOUT ROWID;
CREATE TABLE role_rounds (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    after_member_id INTEGER NOT NULL
);
CREATE TABLE worn_roles (
    server_id INTEGER NOT NULL,
    member_id INTEGER NOT NULL,
    role_id INTEGER NOT NULL,
    PRIMARY KEY (server_id, member_id, role_id),
    FOREIGN KEY (server_id, member_id) REFERENCES members
) WITHOUT ROWID;
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
CREATE TABLE "notices" (
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
CREATE INDEX notices_by_time ON notices (server_id, member_id, told_at);
CREATE UNIQUE INDEX notices_sealed ON notices (server_id, feature, card, object_id) WHERE sealed IS NOT NULL;
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
CREATE VIRTUAL TABLE ask_search USING fts5(tokens, tokenize = 'ascii');
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
CREATE TABLE hand_posts (
    post_id INTEGER PRIMARY KEY AUTOINCREMENT,
    server_id INTEGER NOT NULL REFERENCES servers,
    thread_id INTEGER NOT NULL UNIQUE,
    member_id INTEGER NOT NULL,
    title TEXT NOT NULL,
    message_id INTEGER,
    opened_at INTEGER NOT NULL
);
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
CREATE TABLE "cases" (
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
CREATE INDEX cases_open ON cases (server_id, case_id) WHERE state <> 'closed';
CREATE INDEX cases_about ON cases (server_id, about_id, kind);
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
CREATE TABLE own_crisis_words (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    taken_off TEXT NOT NULL,
    added TEXT NOT NULL
);
CREATE TABLE own_help_lines (
    server_id INTEGER PRIMARY KEY REFERENCES servers,
    lines TEXT NOT NULL,
    kept_at INTEGER NOT NULL
);
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
CREATE INDEX effects_by_server ON effects (server_id, due_at) WHERE state = 'waiting';
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
INSERT INTO alembic_version (version_num) VALUES ('0006');
INSERT INTO servers (server_id, language, zone, introductions_channel_id, helpers_channel_id, moderators_channel_id, moderators_role_id, panel_channel_id, panel_message_id, panel_serial, hint_channel_id, hint_message_id, joined_at, paused_at, waking_from, waking_to, thanks_channel_id, help_channel_id, reviews_channel_id, letter_channel_id) VALUES (100000000000000001, 'ja', 'Asia/Tokyo', 300, 300, 300, 310, 300, 320, 1, NULL, NULL, 1795392000000000, NULL, 7, 24, 300, NULL, NULL, NULL);
INSERT INTO servers (server_id, language, zone, introductions_channel_id, helpers_channel_id, moderators_channel_id, moderators_role_id, panel_channel_id, panel_message_id, panel_serial, hint_channel_id, hint_message_id, joined_at, paused_at, waking_from, waking_to, thanks_channel_id, help_channel_id, reviews_channel_id, letter_channel_id) VALUES (100000000000000002, 'ja', 'Asia/Tokyo', 301, 301, 301, 311, 301, 321, 1, NULL, NULL, 1795392000000000, NULL, 7, 24, 301, NULL, NULL, NULL);
INSERT INTO problems (problem_id, server_id, feature, channel_id, code, message_id) VALUES (1, 100000000000000001, 'introductions', 330, 50013, NULL);
INSERT INTO problems (problem_id, server_id, feature, channel_id, code, message_id) VALUES (2, 100000000000000002, 'introductions', 331, 50013, NULL);
INSERT INTO members (server_id, member_id, language, seen_at, promised_at, missing_at, left_at, chosen_language, zone, quiet_from, quiet_to, days_off, asked_when, weekly_number, rests_until, dms_refused_at, inbox_opened_at) VALUES (100000000000000001, 200000000000000001, 'ja', 1795392000000000, 1795392000000000, NULL, NULL, 'en', 'Europe/Berlin', 22, 6, 64, 'lunch', 3, 1795996800000000, 1795392000000000, 1795392000000000);
INSERT INTO members (server_id, member_id, language, seen_at, promised_at, missing_at, left_at, chosen_language, zone, quiet_from, quiet_to, days_off, asked_when, weekly_number, rests_until, dms_refused_at, inbox_opened_at) VALUES (100000000000000001, 200000000000000002, 'ja', 1795392000000000, NULL, NULL, NULL, NULL, NULL, 0, 7, 0, 'any', 2, NULL, NULL, NULL);
INSERT INTO members (server_id, member_id, language, seen_at, promised_at, missing_at, left_at, chosen_language, zone, quiet_from, quiet_to, days_off, asked_when, weekly_number, rests_until, dms_refused_at, inbox_opened_at) VALUES (100000000000000001, 290000000000000001, 'ja', 1795392000000000, NULL, NULL, NULL, NULL, NULL, 0, 7, 0, 'any', 2, NULL, NULL, NULL);
INSERT INTO members (server_id, member_id, language, seen_at, promised_at, missing_at, left_at, chosen_language, zone, quiet_from, quiet_to, days_off, asked_when, weekly_number, rests_until, dms_refused_at, inbox_opened_at) VALUES (100000000000000002, 200000000000000001, 'ja', 1795392000000000, 1795392000000000, NULL, NULL, 'en', 'Europe/Berlin', 22, 6, 64, 'lunch', 3, 1795996800000000, 1795392000000000, 1795392000000000);
INSERT INTO members (server_id, member_id, language, seen_at, promised_at, missing_at, left_at, chosen_language, zone, quiet_from, quiet_to, days_off, asked_when, weekly_number, rests_until, dms_refused_at, inbox_opened_at) VALUES (100000000000000002, 290000000000000001, 'ja', 1795392000000000, NULL, NULL, NULL, NULL, NULL, 0, 7, 0, 'any', 2, NULL, NULL, NULL);
INSERT INTO newcomers (newcomer_id, server_id, member_id, channel_id, message_id, joined_at) VALUES (1, 100000000000000001, 200000000000000001, 300, NULL, 1795392000000000);
INSERT INTO newcomers (newcomer_id, server_id, member_id, channel_id, message_id, joined_at) VALUES (2, 100000000000000002, 200000000000000001, 301, NULL, 1795392000000000);
INSERT INTO drafts (draft_id, server_id, member_id, form, fields, interaction_id, expires_at, sealed) VALUES (1, 100000000000000001, 200000000000000001, 'v1:x:form-y:1:0', '{"now": "now-words-of-aki"}', 400, 1795478400000000, NULL);
INSERT INTO drafts (draft_id, server_id, member_id, form, fields, interaction_id, expires_at, sealed) VALUES (2, 100000000000000002, 200000000000000001, 'v1:x:form-y:1:0', '{"now": "now-words-of-aki"}', 401, 1795478400000000, NULL);
INSERT INTO drafts (draft_id, server_id, member_id, form, fields, interaction_id, expires_at, sealed) VALUES (3, 100000000000000001, 200000000000000001, '', '{}', 905, 1795478400000000, X'91BC0852237A291D0757B0A66C514E9B4A7592D077CBB7CF8BFD7BE8995F85C9495612519BDE013B1C362877CC37F38C1F548C6A3E4E4760C4E705A0083C6E50013C1073D29AD8A65A2DC0F80C9196B722B92CB9');
INSERT INTO introductions (introduction_id, server_id, member_id, state, revision, published_revision, name, now, note, link, trade_line, channel_id, message_id, thread_id, thread_gone, card_serial, interaction_id, published_at, unlisted, answered_at) VALUES (1, 100000000000000001, 200000000000000001, 'published', 1, NULL, 'Aki-of-the-test', 'now-words-of-aki', 'note-words-of-aki', 'https://aki.example.com/link-of-aki', 'trade-words-of-aki', 600, 610, 620, 0, 0, NULL, 1795392000000000, 0, 1795392000000000);
INSERT INTO introductions (introduction_id, server_id, member_id, state, revision, published_revision, name, now, note, link, trade_line, channel_id, message_id, thread_id, thread_gone, card_serial, interaction_id, published_at, unlisted, answered_at) VALUES (2, 100000000000000002, 200000000000000001, 'published', 1, NULL, 'Aki-of-the-test', 'now-words-of-aki', 'note-words-of-aki', 'https://aki.example.com/link-of-aki', 'trade-words-of-aki', 601, 611, 621, 0, 0, NULL, 1795392000000000, 0, 1795392000000000);
INSERT INTO introduction_topics (introduction_id, side, topic, on_card) VALUES (1, 'offer', 'parenting', 1);
INSERT INTO introduction_topics (introduction_id, side, topic, on_card) VALUES (1, 'seek', 'health', 0);
INSERT INTO introduction_topics (introduction_id, side, topic, on_card) VALUES (2, 'offer', 'parenting', 1);
INSERT INTO introduction_topics (introduction_id, side, topic, on_card) VALUES (2, 'seek', 'health', 0);
INSERT INTO introduction_trades (introduction_id, trade) VALUES (1, 'design');
INSERT INTO introduction_trades (introduction_id, trade) VALUES (2, 'design');
INSERT INTO introduction_search (rowid, tokens) VALUES (1, '61z6b 6bz69 69z2d 2dz6f 6fz66 66z2d 2dz74 74z68 68z65 65z2d 2dz74 74z65 65z73 73z74 74z20 20z6e 6ez6f 6fz77 77z2d 2dz77 77z6f 6fz72 72z64 64z73 73z2d 2dz6f 6fz66 66z2d 2dz61 61z6b 6bz69 69z20 20z6e 6ez6f 6fz74 74z65 65z2d 2dz77 77z6f 6fz72 72z64 64z73 73z2d 2dz6f 6fz66 66z2d 2dz61 61z6b 6bz69 69z20 20z68 68z74 74z74 74z70 70z73 73z3a 3az2f 2fz2f 2fz61 61z6b 6bz69 69z2e 2ez65 65z78 78z61 61z6d 6dz70 70z6c 6cz65 65z2e 2ez63 63z6f 6fz6d 6dz2f 2fz6c 6cz69 69z6e 6ez6b 6bz2d 2dz6f 6fz66 66z2d 2dz61 61z6b 6bz69 69z20 20z74 74z72 72z61 61z64 64z65 65z2d 2dz77 77z6f 6fz72 72z64 64z73 73z2d 2dz6f 6fz66 66z2d 2dz61 61z6b 6bz69 69z20');
INSERT INTO introduction_search (rowid, tokens) VALUES (2, '61z6b 6bz69 69z2d 2dz6f 6fz66 66z2d 2dz74 74z68 68z65 65z2d 2dz74 74z65 65z73 73z74 74z20 20z6e 6ez6f 6fz77 77z2d 2dz77 77z6f 6fz72 72z64 64z73 73z2d 2dz6f 6fz66 66z2d 2dz61 61z6b 6bz69 69z20 20z6e 6ez6f 6fz74 74z65 65z2d 2dz77 77z6f 6fz72 72z64 64z73 73z2d 2dz6f 6fz66 66z2d 2dz61 61z6b 6bz69 69z20 20z68 68z74 74z74 74z70 70z73 73z3a 3az2f 2fz2f 2fz61 61z6b 6bz69 69z2e 2ez65 65z78 78z61 61z6d 6dz70 70z6c 6cz65 65z2e 2ez63 63z6f 6fz6d 6dz2f 2fz6c 6cz69 69z6e 6ez6b 6bz2d 2dz6f 6fz66 66z2d 2dz61 61z6b 6bz69 69z20 20z74 74z72 72z61 61z64 64z65 65z2d 2dz77 77z6f 6fz72 72z64 64z73 73z2d 2dz6f 6fz66 66z2d 2dz61 61z6b 6bz69 69z20');
INSERT INTO hellos (hello_id, introduction_id, member_id, ready, words, message_id, interaction_id, said_at) VALUES (1, 1, 200000000000000001, 'welcome', 'note-words-of-aki', NULL, 500, 1795392000000000);
INSERT INTO hellos (hello_id, introduction_id, member_id, ready, words, message_id, interaction_id, said_at) VALUES (2, 2, 200000000000000001, 'welcome', 'note-words-of-aki', NULL, 501, 1795392000000000);
INSERT INTO searches (search_id, server_id, member_id, topic, trade, words, expires_at) VALUES (1, 100000000000000001, 200000000000000001, 'health', 'design', 'now-words-of-aki', 1795478400000000);
INSERT INTO searches (search_id, server_id, member_id, topic, trade, words, expires_at) VALUES (2, 100000000000000002, 200000000000000001, 'health', 'design', 'now-words-of-aki', 1795478400000000);
INSERT INTO effects (effect_id, key, server_id, verb, feature, card, object_id, state, due_at, wanted, attempts, claimed_at, lease_until, uncertain_since, trouble, result_id, wanted_at, done_at) VALUES (1, 'send:introductions:card:1:0', 100000000000000001, 'send', 'introductions', 'card', 1, 'waiting', 1795392000000000, 1, 0, NULL, NULL, NULL, '', NULL, 1795392000000000, NULL);
INSERT INTO effects (effect_id, key, server_id, verb, feature, card, object_id, state, due_at, wanted, attempts, claimed_at, lease_until, uncertain_since, trouble, result_id, wanted_at, done_at) VALUES (2, 'send:introductions:card:2:0', 100000000000000002, 'send', 'introductions', 'card', 2, 'waiting', 1795392000000000, 1, 0, NULL, NULL, NULL, '', NULL, 1795392000000000, NULL);
INSERT INTO effects (effect_id, key, server_id, verb, feature, card, object_id, state, due_at, wanted, attempts, claimed_at, lease_until, uncertain_since, trouble, result_id, wanted_at, done_at) VALUES (3, 'edit:setup:panel:100000000000000001:0', 100000000000000001, 'edit', 'setup', 'panel', 100000000000000001, 'waiting', 1795698173000000, 1, 0, NULL, NULL, NULL, '', NULL, 1795698173000000, NULL);
INSERT INTO effects (effect_id, key, server_id, verb, feature, card, object_id, state, due_at, wanted, attempts, claimed_at, lease_until, uncertain_since, trouble, result_id, wanted_at, done_at) VALUES (4, 'edit:setup:panel:100000000000000002:0', 100000000000000002, 'edit', 'setup', 'panel', 100000000000000002, 'waiting', 1795698173000000, 1, 0, NULL, NULL, NULL, '', NULL, 1795698173000000, NULL);
INSERT INTO consents (server_id, member_id, kind, way, given_at) VALUES (100000000000000001, 200000000000000001, 'help', 'dm', 1795392000000000);
INSERT INTO consents (server_id, member_id, kind, way, given_at) VALUES (100000000000000002, 200000000000000001, 'help', 'dm', 1795392000000000);
INSERT INTO distances (server_id, member_id, other_id, since) VALUES (100000000000000001, 200000000000000001, 200000000000000002, 1795392000000000);
INSERT INTO distances (server_id, member_id, other_id, since) VALUES (100000000000000002, 200000000000000001, 200000000000000002, 1795392000000000);
INSERT INTO topics (server_id, topic, position) VALUES (100000000000000001, 'health', 1);
INSERT INTO topics (server_id, topic, position) VALUES (100000000000000001, 'parenting', 0);
INSERT INTO topics (server_id, topic, position) VALUES (100000000000000002, 'health', 1);
INSERT INTO topics (server_id, topic, position) VALUES (100000000000000002, 'parenting', 0);
INSERT INTO moderators (server_id, member_id, seen_at) VALUES (100000000000000001, 200000000000000001, 1795392000000000);
INSERT INTO moderators (server_id, member_id, seen_at) VALUES (100000000000000002, 200000000000000001, 1795392000000000);
INSERT INTO acts (act_id, server_id, actor_id, act, case_id, about_id, words, acted_at) VALUES (1, 100000000000000001, 200000000000000001, 'case.note', 4, 290000000000000001, 'words-of-aki', 1795392000000000);
INSERT INTO acts (act_id, server_id, actor_id, act, case_id, about_id, words, acted_at) VALUES (2, 100000000000000001, 290000000000000001, 'hold.begin', 2, 200000000000000001, 'words-of-aki', 1795392000000000);
INSERT INTO acts (act_id, server_id, actor_id, act, case_id, about_id, words, acted_at) VALUES (3, 100000000000000002, 200000000000000001, 'case.note', 15, 290000000000000001, 'words-of-aki', 1795392000000000);
INSERT INTO acts (act_id, server_id, actor_id, act, case_id, about_id, words, acted_at) VALUES (4, 100000000000000002, 290000000000000001, 'hold.begin', 13, 200000000000000001, 'words-of-aki', 1795392000000000);
INSERT INTO reports (report_id, case_id, member_id, reason, words, evidence, author_id, channel_id, message_id, interaction_id, reported_at) VALUES (1, 2, 290000000000000001, 'selling', 'somebody''s words', 'words-of-aki', 200000000000000001, 710, 720, 720, 1795392000000000);
INSERT INTO reports (report_id, case_id, member_id, reason, words, evidence, author_id, channel_id, message_id, interaction_id, reported_at) VALUES (2, 4, 200000000000000001, 'names', 'words-of-aki', '', NULL, NULL, NULL, 740, 1795392000000000);
INSERT INTO reports (report_id, case_id, member_id, reason, words, evidence, author_id, channel_id, message_id, interaction_id, reported_at) VALUES (3, 13, 290000000000000001, 'selling', 'somebody''s words', 'words-of-aki', 200000000000000001, 711, 721, 721, 1795392000000000);
INSERT INTO reports (report_id, case_id, member_id, reason, words, evidence, author_id, channel_id, message_id, interaction_id, reported_at) VALUES (4, 15, 200000000000000001, 'names', 'words-of-aki', '', NULL, NULL, NULL, 741, 1795392000000000);
INSERT INTO begun_reports (begun_id, server_id, member_id, evidence, author_id, channel_id, message_id, interaction_id, begun_at) VALUES (1, 100000000000000001, 200000000000000001, 'words-of-aki', 200000000000000001, 710, 720, 700, 1795392000000000);
INSERT INTO begun_reports (begun_id, server_id, member_id, evidence, author_id, channel_id, message_id, interaction_id, begun_at) VALUES (2, 100000000000000002, 200000000000000001, 'words-of-aki', 200000000000000001, 711, 721, 701, 1795392000000000);
INSERT INTO holds (hold_id, server_id, member_id, case_id, reason, began_at, ends_at, lifted_at, answer, answered_at, interaction_id) VALUES (1, 100000000000000001, 200000000000000001, 2, 'words-of-aki', 1795392000000000, 1795651200000000, NULL, 'words-of-aki', 1795392000000000, 760);
INSERT INTO holds (hold_id, server_id, member_id, case_id, reason, began_at, ends_at, lifted_at, answer, answered_at, interaction_id) VALUES (2, 100000000000000002, 200000000000000001, 13, 'words-of-aki', 1795392000000000, 1795651200000000, NULL, 'words-of-aki', 1795392000000000, 761);
INSERT INTO clearances (server_id, member_id, digest, by_moderator, expires_at) VALUES (100000000000000001, 200000000000000001, 'digest of words-of-aki', 1, 1795478400000000);
INSERT INTO clearances (server_id, member_id, digest, by_moderator, expires_at) VALUES (100000000000000002, 200000000000000001, 'digest of words-of-aki', 1, 1795478400000000);
INSERT INTO own_rules (server_id, rules) VALUES (100000000000000001, 'gift card');
INSERT INTO own_rules (server_id, rules) VALUES (100000000000000002, 'gift card');
INSERT INTO daily_lists (server_id, day, message_id) VALUES (100000000000000001, 5, 740);
INSERT INTO daily_lists (server_id, day, message_id) VALUES (100000000000000002, 5, 741);
INSERT INTO accounts (account_id, server_id, member_id, pseudonym) VALUES (1, 100000000000000001, 200000000000000001, '');
INSERT INTO accounts (account_id, server_id, member_id, pseudonym) VALUES (2, 100000000000000001, 290000000000000001, '');
INSERT INTO accounts (account_id, server_id, member_id, pseudonym) VALUES (3, 100000000000000002, 200000000000000001, '');
INSERT INTO accounts (account_id, server_id, member_id, pseudonym) VALUES (4, 100000000000000002, 290000000000000001, '');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000001, 1, 'thanks', 1, 2, 'free', NULL, 1795392000000000, '800:1', X'D3C17BFAA123B1804AF4DB53526EAED1C37A7685F98E6F93453A5A4683666E59');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000001, 2, 'thanks', 2, 1, 'intro:7', NULL, 1795392000000000, '800:2', X'F6ED27A1CD1402A57AB230733A4CCCC6E0C55FB70239DCFF75C90D55B6BF6DA5');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000001, 3, 'reversal', 2, 1, 'moderators', 2, 1795392000000000, '800:3', X'96BB5FDDDF2A96050D6A52B4AEE9FE01E677834BD3EA69BB7D5CB73DDD3ED43E');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000001, 4, 'source_granted', 2, 1, 'panel', NULL, 1795392000000000, '800:4', X'1FEC7F28FA0ECA213E2B3AE1DFADC4B25E9ECEB70BEA51A6294AE3B7CFBA9BF8');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000001, 5, 'source_granted', 2, 2, 'panel', NULL, 1795392000000000, '800:5', X'22D555997E7196B38079A6CD8B0F7BD8EF27B5BC91611F01C83AB915FEA648CD');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000001, 6, 'source_ended', 2, 1, 'panel', 4, 1795392000000000, '800:6', X'6A39C0CA6A867220FD1A88FABCF8140011AEA1E7E7395F32067A9BFA5699C5E8');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000001, 7, 'source_annulled', 2, 2, 'panel', 5, 1795392000000000, '800:7', X'AA6E14BE335EF65FB1CA792B3022BCB5A1EC4AADA3229E5B4EE3FA6CAC9D2D06');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000002, 1, 'thanks', 3, 4, 'free', NULL, 1795392000000000, '801:1', X'4D2437A77224AA6EA1B5083D1B20CF8DD271CFFF2D40FB296FDADD046C621DA8');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000002, 2, 'thanks', 4, 3, 'intro:7', NULL, 1795392000000000, '801:2', X'A662C4E2C7E75A77A5F7FF6D5006D42DD2DA7D53B959619914BC383660FC4118');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000002, 3, 'reversal', 4, 3, 'moderators', 2, 1795392000000000, '801:3', X'A6794615853FA8449EA91A055941B854F4F609E0FA1781E3BAD329E50E6FB166');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000002, 4, 'source_granted', 4, 3, 'panel', NULL, 1795392000000000, '801:4', X'3A5778ACFE669B6AC761CEEDAFAA652CCA7178BB317A0002B2606C674EFAFE52');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000002, 5, 'source_granted', 4, 4, 'panel', NULL, 1795392000000000, '801:5', X'7C76A1CBA2439F3B4DC1E34F0A8EF395A2D56D366CAD34FFCC1EFC8CAADA7E2D');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000002, 6, 'source_ended', 4, 3, 'panel', 4, 1795392000000000, '801:6', X'F89900317431AF8C90823E96BA16D565A5C19CF6FF39740383A5579144180952');
INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac) VALUES (100000000000000002, 7, 'source_annulled', 4, 4, 'panel', 5, 1795392000000000, '801:7', X'17EFC4B8E2E085ACB95E665B374166ED1B68A38C3FB6F5AFE2F82ABBFB98AB68');
INSERT INTO ledger_heads (server_id, sequence, mac, seal) VALUES (100000000000000001, 7, X'AA6E14BE335EF65FB1CA792B3022BCB5A1EC4AADA3229E5B4EE3FA6CAC9D2D06', X'869F11238B6233959E3457527E2DFB1C7DED25B2C60DEC08E3BD61CBA2A2A910');
INSERT INTO ledger_heads (server_id, sequence, mac, seal) VALUES (100000000000000002, 7, X'17EFC4B8E2E085ACB95E665B374166ED1B68A38C3FB6F5AFE2F82ABBFB98AB68', X'ABE6AAB938A76701B23A00916911FABBE98A0DF81EECD15148A42EBE5B8EEB68');
INSERT INTO reasons (server_id, sequence, words) VALUES (100000000000000001, 1, 'words-of-aki 1');
INSERT INTO reasons (server_id, sequence, words) VALUES (100000000000000001, 2, 'words-of-aki 2');
INSERT INTO reasons (server_id, sequence, words) VALUES (100000000000000001, 3, 'words-of-aki 3');
INSERT INTO reasons (server_id, sequence, words) VALUES (100000000000000002, 1, 'words-of-aki 1');
INSERT INTO reasons (server_id, sequence, words) VALUES (100000000000000002, 2, 'words-of-aki 2');
INSERT INTO reasons (server_id, sequence, words) VALUES (100000000000000002, 3, 'words-of-aki 3');
INSERT INTO publications (publication_id, server_id, sequence, state, channel_id, message_id) VALUES (1, 100000000000000001, 1, 'agreed', 850, 860);
INSERT INTO publications (publication_id, server_id, sequence, state, channel_id, message_id) VALUES (2, 100000000000000002, 1, 'agreed', 851, 861);
INSERT INTO openness (server_id, member_id, posts_thanks, shows_word, wears_role) VALUES (100000000000000001, 200000000000000001, 1, 1, 1);
INSERT INTO openness (server_id, member_id, posts_thanks, shows_word, wears_role) VALUES (100000000000000002, 200000000000000001, 1, 1, 1);
INSERT INTO word_roles (server_id, word, role_id) VALUES (100000000000000001, 'familiar', 870);
INSERT INTO word_roles (server_id, word, role_id) VALUES (100000000000000002, 'familiar', 871);
INSERT INTO role_troubles (server_id, role_id, trouble, since) VALUES (100000000000000001, 870, 'order', 1795392000000000);
INSERT INTO role_troubles (server_id, role_id, trouble, since) VALUES (100000000000000002, 871, 'order', 1795392000000000);
INSERT INTO role_rounds (server_id, after_member_id) VALUES (100000000000000001, 200000000000000001);
INSERT INTO role_rounds (server_id, after_member_id) VALUES (100000000000000002, 200000000000000001);
INSERT INTO worn_roles (server_id, member_id, role_id) VALUES (100000000000000001, 200000000000000001, 870);
INSERT INTO worn_roles (server_id, member_id, role_id) VALUES (100000000000000002, 200000000000000001, 871);
INSERT INTO flags (flag_id, server_id, cut, accounts, entries, inside, given, first_at, last_at, found_at) VALUES (1, 100000000000000001, '[2]', '[1]', '[2]', 1, 1, 1795392000000000, 1795392000000000, 1795392000000000);
INSERT INTO flags (flag_id, server_id, cut, accounts, entries, inside, given, first_at, last_at, found_at) VALUES (2, 100000000000000002, '[4]', '[3]', '[2]', 1, 1, 1795392000000000, 1795392000000000, 1795392000000000);
INSERT INTO notices (notice_id, server_id, member_id, sealed, kind, feature, card, object_id, way, state, told_at, message_id) VALUES (1, 100000000000000001, 200000000000000001, NULL, 'help', 'introductions', 'greet', 1, 'dm', 'open', 1795392000000000, NULL);
INSERT INTO notices (notice_id, server_id, member_id, sealed, kind, feature, card, object_id, way, state, told_at, message_id) VALUES (2, 100000000000000002, 200000000000000001, NULL, 'help', 'introductions', 'greet', 1, 'dm', 'open', 1795392000000000, NULL);
INSERT INTO notices (notice_id, server_id, member_id, sealed, kind, feature, card, object_id, way, state, told_at, message_id) VALUES (3, 100000000000000001, NULL, X'5250237F15C2D29908EAD6C82BAF745CDD07F926C4570654BEFF1A6DEEDE03976253F1F9', 'answers', 'peer_help', 'spoke', 8634212388924004, 'inbox', 'open', 1795392000000000, NULL);
INSERT INTO asks (ask_id, server_id, member_id, sealed, pseudonym, account_id, key, state, turn, topic, wants, title, details, helped, is_findable, first_member_id, is_by_hand, revision, channel_id, message_id, thread_id, is_in_forum, serial, asked_at, posts_at, posted_at, answered_at, turn_since, checked_at, ended_at, ending, after_at, begun_at, names_one, rounds, round_at, invited, declined, replaced, hurries, called_at, listed_at, step_at, call_serial, call_channel_id, call_message_id) VALUES (3372030080068110, 100000000000000001, 200000000000000001, NULL, '', NULL, 'key-1', 'waiting', 'helper', 'job_change', 'advice', '転職、いつ切り出す？', '年度末がいいのか、迷っています', '', 0, NULL, 0, 1, 901, 902, 902, 1, 0, 1795392000000000, 1795392000000000, 1795392000000000, NULL, 1795392000000000, NULL, NULL, NULL, NULL, 1795392000000000, 0, 0, NULL, 0, 0, 0, 0, NULL, NULL, 1795392000000000, 0, NULL, NULL);
INSERT INTO asks (ask_id, server_id, member_id, sealed, pseudonym, account_id, key, state, turn, topic, wants, title, details, helped, is_findable, first_member_id, is_by_hand, revision, channel_id, message_id, thread_id, is_in_forum, serial, asked_at, posts_at, posted_at, answered_at, turn_since, checked_at, ended_at, ending, after_at, begun_at, names_one, rounds, round_at, invited, declined, replaced, hurries, called_at, listed_at, step_at, call_serial, call_channel_id, call_message_id) VALUES (8634212388924004, 100000000000000001, NULL, X'181D1E186AA4904AD2467AE45F88D6557B0EE509098E44DBC34D496B2A4BBA0DE363F52B', '夜明けのカモメ', NULL, 'key-2', 'preview', 'helper', 'health', 'listen', '眠れない夜のこと', '', '', 0, NULL, 0, 1, NULL, NULL, NULL, 0, 0, 1795392000000000, 1795392000000000, NULL, NULL, 1795392000000000, NULL, NULL, NULL, NULL, 1795392000000000, 0, 0, NULL, 0, 0, 0, 0, NULL, NULL, NULL, 0, NULL, NULL);
INSERT INTO ask_search (rowid, tokens) VALUES (3372030080068110, '8ee2z8077 8077z3001 3001z3044 3044z3064 3064z5207 5207z308a 308az51fa 51faz3059 3059z3f 3fz20');
INSERT INTO ask_helpers (helper_id, server_id, ask_id, member_id, came_at, left_at, spoke_at, nudged_at, message_id) VALUES (1, 100000000000000001, 3372030080068110, 200000000000000002, 1795392000000000, NULL, 1795392000000000, NULL, NULL);
INSERT INTO ask_me_too (server_id, ask_id, member_id) VALUES (100000000000000001, 3372030080068110, 200000000000000002);
INSERT INTO ask_replies (reply_id, server_id, ask_id, words, is_after, key, message_id) VALUES (1, 100000000000000001, 3372030080068110, 'おかげさまで', 1, 'reply-1', NULL);
INSERT INTO hand_posts (post_id, server_id, thread_id, member_id, title, message_id, opened_at) VALUES (1, 100000000000000001, 903, 200000000000000001, '手で開いた相談', NULL, 1795392000000000);
INSERT INTO help_channels (server_id, channel_id, is_forum, trouble) VALUES (100000000000000001, 901, 1, '');
INSERT INTO ask_tags (server_id, channel_id, code, tag_id) VALUES (100000000000000001, 901, 'other', 904);
INSERT INTO ask_searches (search_id, server_id, member_id, words, expires_at) VALUES (1, 100000000000000001, 200000000000000001, '転職', 1795478400000000);
INSERT INTO cases (case_id, server_id, kind, state, about_id, is_discreet, taken_by_id, reason, form, fields, digest, interaction_id, opened_at, closed_at, outcome, channel_id, message_id, sealed) VALUES (2, 100000000000000001, 'report', 'open', 200000000000000001, 0, NULL, '', '', '', '', 710, 1795392000000000, NULL, '', 750, 760, NULL);
INSERT INTO cases (case_id, server_id, kind, state, about_id, is_discreet, taken_by_id, reason, form, fields, digest, interaction_id, opened_at, closed_at, outcome, channel_id, message_id, sealed) VALUES (4, 100000000000000001, 'report', 'taken', 290000000000000001, 1, 200000000000000001, '', '', '', '', 730, 1795392000000000, NULL, '', NULL, NULL, NULL);
INSERT INTO cases (case_id, server_id, kind, state, about_id, is_discreet, taken_by_id, reason, form, fields, digest, interaction_id, opened_at, closed_at, outcome, channel_id, message_id, sealed) VALUES (9, 100000000000000001, 'held', 'closed', 200000000000000001, 0, NULL, 'contact', 'v1:x:form-y:1:0', '{"now": "words-of-aki"}', 'digest of words-of-aki', 750, 1795392000000000, 1795392000000000, 'keep_back
words-of-aki', NULL, NULL, NULL);
INSERT INTO cases (case_id, server_id, kind, state, about_id, is_discreet, taken_by_id, reason, form, fields, digest, interaction_id, opened_at, closed_at, outcome, channel_id, message_id, sealed) VALUES (13, 100000000000000002, 'report', 'open', 200000000000000001, 0, NULL, '', '', '', '', 711, 1795392000000000, NULL, '', 751, 761, NULL);
INSERT INTO cases (case_id, server_id, kind, state, about_id, is_discreet, taken_by_id, reason, form, fields, digest, interaction_id, opened_at, closed_at, outcome, channel_id, message_id, sealed) VALUES (15, 100000000000000002, 'report', 'taken', 290000000000000001, 1, 200000000000000001, '', '', '', '', 731, 1795392000000000, NULL, '', NULL, NULL, NULL);
INSERT INTO cases (case_id, server_id, kind, state, about_id, is_discreet, taken_by_id, reason, form, fields, digest, interaction_id, opened_at, closed_at, outcome, channel_id, message_id, sealed) VALUES (19, 100000000000000002, 'held', 'closed', 200000000000000001, 0, NULL, 'contact', 'v1:x:form-y:1:0', '{"now": "words-of-aki"}', 'digest of words-of-aki', 751, 1795392000000000, 1795392000000000, 'keep_back
words-of-aki', NULL, NULL, NULL);
INSERT INTO reviews (review_id, server_id, member_id, interaction_id, state, url, host, address, title, wants, question, wish_on, revision, channel_id, message_id, thread_id, serial, requested_at, posted_at, begun_at, is_lapsed, invited_at, declined, answered_at, ended_at, ending, step_at) VALUES (1, 100000000000000001, 200000000000000001, 1000, 'waiting', 'https://1000.example.com/はじめての転職記録', 'はじめての転職記録.example.com', 'https://1000.example.com/はじめての転職記録', 'はじめての転職記録', 'clarity', 'はじめての転職記録', '2026-12-13', 1, 1050, 1100, 1100, 0, 1795392000000000, 1795392000000000, 1795392000000000, 1, 1795392000000000, 1, 1795392000000000, NULL, NULL, 1795392000000000);
INSERT INTO reviews (review_id, server_id, member_id, interaction_id, state, url, host, address, title, wants, question, wish_on, revision, channel_id, message_id, thread_id, serial, requested_at, posted_at, begun_at, is_lapsed, invited_at, declined, answered_at, ended_at, ending, step_at) VALUES (2, 100000000000000001, 290000000000000001, 1010, 'claimed', 'https://1010.example.com/another''s', 'another''s.example.com', 'https://1010.example.com/another''s', 'another''s', 'clarity', 'another''s', '2026-12-13', 1, 1050, 1110, 1110, 0, 1795392000000000, 1795392000000000, 1795392000000000, 0, 1795392000000000, 1, 1795392000000000, NULL, NULL, 1795392000000000);
INSERT INTO review_claims (claim_id, server_id, review_id, member_id, claimed_at, due_at, reminded_at, ended_at, outcome) VALUES (1, 100000000000000001, 1, 290000000000000001, 1795392000000000, 1795996800000000, NULL, 1795392000000000, 'lapsed');
INSERT INTO review_claims (claim_id, server_id, review_id, member_id, claimed_at, due_at, reminded_at, ended_at, outcome) VALUES (2, 100000000000000001, 2, 200000000000000001, 1795392000000000, 1795996800000000, NULL, 1795392000000000, 'released');
INSERT INTO review_claims (claim_id, server_id, review_id, member_id, claimed_at, due_at, reminded_at, ended_at, outcome) VALUES (3, 100000000000000001, 2, 200000000000000001, 1795392000000000, 1795996800000000, 1795392000000000, NULL, NULL);
INSERT INTO review_feedback (feedback_id, server_id, review_id, member_id, interaction_id, is_quick, given_at) VALUES (1, 100000000000000001, 2, 200000000000000001, 1020, 0, 1795392000000000);
INSERT INTO review_feedback (feedback_id, server_id, review_id, member_id, interaction_id, is_quick, given_at) VALUES (2, 100000000000000001, 2, 200000000000000001, 1030, 1, 1795392000000000);
INSERT INTO review_feedback (feedback_id, server_id, review_id, member_id, interaction_id, is_quick, given_at) VALUES (3, 100000000000000001, 1, 290000000000000001, 1040, 0, 1795392000000000);
INSERT INTO review_parts (part_id, server_id, feedback_id, number, words, message_id) VALUES (1, 100000000000000001, 1, 0, '[["worked", "はじめての転職記録 0"]]', 1120);
INSERT INTO review_parts (part_id, server_id, feedback_id, number, words, message_id) VALUES (2, 100000000000000001, 1, 1, '[["worked", "はじめての転職記録 1"]]', NULL);
INSERT INTO review_parts (part_id, server_id, feedback_id, number, words, message_id) VALUES (3, 100000000000000001, 2, 0, '[["quick", "はじめての転職記録 0"]]', 1130);
INSERT INTO review_parts (part_id, server_id, feedback_id, number, words, message_id) VALUES (4, 100000000000000001, 2, 1, '[["quick", "はじめての転職記録 1"]]', NULL);
INSERT INTO review_parts (part_id, server_id, feedback_id, number, words, message_id) VALUES (5, 100000000000000001, 3, 0, '[["try", "shorter 0"]]', 1140);
INSERT INTO review_parts (part_id, server_id, feedback_id, number, words, message_id) VALUES (6, 100000000000000001, 3, 1, '[["try", "shorter 1"]]', NULL);
INSERT INTO review_readers (server_id, member_id, claims_limit) VALUES (100000000000000001, 200000000000000001, 3);
INSERT INTO prompts (prompt_id, server_id, code, ja, en, is_retired, used_at, interaction_id) VALUES (1, 100000000000000001, '', '朝の習慣は？', 'Your mornings?', 0, 1795392000000000, 1200);
INSERT INTO schedules (schedule_id, server_id, days, at_minute, zone, country, channel_id, member_id, paused_until, unreached, revision, is_removed, interaction_id, looked_at, next_at) VALUES (1, 100000000000000001, 9, 1230, 'Asia/Tokyo', 'JP', 1250, NULL, NULL, 0, 1, 0, 1210, 1795392000000000, 1795478400000000);
INSERT INTO schedules (schedule_id, server_id, days, at_minute, zone, country, channel_id, member_id, paused_until, unreached, revision, is_removed, interaction_id, looked_at, next_at) VALUES (2, 100000000000000001, 9, 1230, 'Asia/Tokyo', '', NULL, 200000000000000001, 1795478400000000, 2, 1, 0, 1220, 1795392000000000, 1795478400000000);
INSERT INTO check_ins (check_in_id, server_id, schedule_id, local, due_at, missed_at, prompt_id, channel_id, message_id, thread_id, posted_at, is_locked, why) VALUES (1, 100000000000000001, 1, '2026-11-23T20:30', 1795433400000000, 1795440600000000, 1, 1250, 1401, 1401, 1795392000000000, 0, 'held_up');
INSERT INTO check_ins (check_in_id, server_id, schedule_id, local, due_at, missed_at, prompt_id, channel_id, message_id, thread_id, posted_at, is_locked, why) VALUES (2, 100000000000000001, 1, '2026-11-26T20:30', 1795692600000000, 1795699800000000, 1, 1250, 1402, 1402, 1795392000000000, 0, 'held_up');
INSERT INTO check_ins (check_in_id, server_id, schedule_id, local, due_at, missed_at, prompt_id, channel_id, message_id, thread_id, posted_at, is_locked, why) VALUES (3, 100000000000000001, 2, '2026-11-23T20:30', 1795433400000000, 1795440600000000, 1, NULL, NULL, NULL, NULL, 0, 'held_up');
INSERT INTO check_ins (check_in_id, server_id, schedule_id, local, due_at, missed_at, prompt_id, channel_id, message_id, thread_id, posted_at, is_locked, why) VALUES (4, 100000000000000001, 1, '2026-11-30T20:30', 1796038200000000, 1796045400000000, NULL, 1250, NULL, NULL, NULL, 0, 'held_up');
INSERT INTO check_in_answers (answer_id, server_id, check_in_id, member_id, sealed, key, shows, mood, words, answered_at, message_id, serial) VALUES (2844277792903344, 100000000000000001, 1, 290000000000000001, NULL, '92c05ae0c6e32882fca9cf6e8adf627d', 'name', NULL, 'another''s', 1795392000000000, NULL, 0);
INSERT INTO check_in_answers (answer_id, server_id, check_in_id, member_id, sealed, key, shows, mood, words, answered_at, message_id, serial) VALUES (3387036761061629, 100000000000000001, 2, NULL, X'23CFAE225821C25195786B5C6DC5F94F53E21FC7DC04D1E194E307BC0539CC7C83AF4A80', 'f4d94585bcd4035228fc6234e99c18cb', 'nameless', 'sigh', 'words', 1795392000000000, 1310, 0);
INSERT INTO check_in_answers (answer_id, server_id, check_in_id, member_id, sealed, key, shows, mood, words, answered_at, message_id, serial) VALUES (3534641113557395, 100000000000000001, 3, 200000000000000001, NULL, '964384a471495096ce993b5710aebdb3', 'me', 'sigh', 'words', 1795392000000000, NULL, 0);
INSERT INTO check_in_answers (answer_id, server_id, check_in_id, member_id, sealed, key, shows, mood, words, answered_at, message_id, serial) VALUES (7817338792053889, 100000000000000001, 1, 200000000000000001, NULL, 'd8cffc841563e806d4388ed9d0f51830', 'name', 'sigh', 'words', 1795392000000000, 1300, 0);
INSERT INTO letter_plans (server_id, day, hour, looked_at) VALUES (100000000000000001, 2, 9, 1795392000000000);
INSERT INTO weekly_letters (weekly_letter_id, server_id, local, due_at, channel_id, message_id) VALUES (1, 100000000000000001, '2026-11-29T20:30', 1795951800000000, 1250, 1500);
INSERT INTO weekly_letters (weekly_letter_id, server_id, local, due_at, channel_id, message_id) VALUES (2, 100000000000000001, '2026-11-30T20:30', 1796038200000000, NULL, NULL);
CREATE TRIGGER entries_stay BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never removed'); END;
CREATE TRIGGER entries_keep BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER entries_follow BEFORE INSERT ON entries
    WHEN NEW.sequence <> 1 + coalesce((SELECT sequence FROM ledger_heads WHERE server_id = NEW.server_id), 0)
    BEGIN SELECT RAISE(ABORT, 'entries are numbered without gaps'); END;
CREATE TRIGGER ledger_heads_stay BEFORE DELETE ON ledger_heads
    BEGIN SELECT RAISE(ABORT, 'the head of a ledger is never removed'); END;
CREATE TRIGGER ledger_heads_advance BEFORE UPDATE ON ledger_heads
    WHEN NEW.server_id <> OLD.server_id OR NEW.sequence <> OLD.sequence + 1
    BEGIN SELECT RAISE(ABORT, 'the head of a ledger only goes on'); END;
