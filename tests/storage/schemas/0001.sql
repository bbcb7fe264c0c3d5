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
INSERT INTO alembic_version (version_num) VALUES ('0001');
INSERT INTO servers (server_id, language, zone, introductions_channel_id, helpers_channel_id, moderators_channel_id, moderators_role_id, panel_channel_id, panel_message_id, panel_serial, hint_channel_id, hint_message_id, joined_at, paused_at) VALUES (100000000000000001, 'ja', 'Asia/Tokyo', 300, 300, 300, 310, 300, 320, 1, NULL, NULL, 1795392000000000, NULL);
INSERT INTO servers (server_id, language, zone, introductions_channel_id, helpers_channel_id, moderators_channel_id, moderators_role_id, panel_channel_id, panel_message_id, panel_serial, hint_channel_id, hint_message_id, joined_at, paused_at) VALUES (100000000000000002, 'ja', 'Asia/Tokyo', 301, 301, 301, 311, 301, 321, 1, NULL, NULL, 1795392000000000, NULL);
INSERT INTO problems (problem_id, server_id, feature, channel_id, code, message_id) VALUES (1, 100000000000000001, 'introductions', 330, 50013, NULL);
INSERT INTO problems (problem_id, server_id, feature, channel_id, code, message_id) VALUES (2, 100000000000000002, 'introductions', 331, 50013, NULL);
INSERT INTO members (server_id, member_id, language, seen_at, promised_at, missing_at, left_at) VALUES (100000000000000001, 200000000000000001, 'ja', 1795392000000000, 1795392000000000, NULL, NULL);
INSERT INTO members (server_id, member_id, language, seen_at, promised_at, missing_at, left_at) VALUES (100000000000000002, 200000000000000001, 'ja', 1795392000000000, 1795392000000000, NULL, NULL);
INSERT INTO newcomers (newcomer_id, server_id, member_id, channel_id, message_id, joined_at) VALUES (1, 100000000000000001, 200000000000000001, 300, NULL, 1795392000000000);
INSERT INTO newcomers (newcomer_id, server_id, member_id, channel_id, message_id, joined_at) VALUES (2, 100000000000000002, 200000000000000001, 301, NULL, 1795392000000000);
INSERT INTO drafts (draft_id, server_id, member_id, form, fields, interaction_id, expires_at) VALUES (1, 100000000000000001, 200000000000000001, 'v1:x:form-y:1:0', '{"now": "now-words-of-aki"}', 400, 1795478400000000);
INSERT INTO drafts (draft_id, server_id, member_id, form, fields, interaction_id, expires_at) VALUES (2, 100000000000000002, 200000000000000001, 'v1:x:form-y:1:0', '{"now": "now-words-of-aki"}', 401, 1795478400000000);
INSERT INTO introductions (introduction_id, server_id, member_id, state, revision, published_revision, name, now, note, link, trade_line, greets, channel_id, message_id, thread_id, thread_gone, card_serial, interaction_id, published_at) VALUES (1, 100000000000000001, 200000000000000001, 'published', 1, NULL, 'Aki-of-the-test', 'now-words-of-aki', 'note-words-of-aki', 'https://aki.example.com/link-of-aki', 'trade-words-of-aki', 0, 600, 610, 620, 0, 0, NULL, 1795392000000000);
INSERT INTO introductions (introduction_id, server_id, member_id, state, revision, published_revision, name, now, note, link, trade_line, greets, channel_id, message_id, thread_id, thread_gone, card_serial, interaction_id, published_at) VALUES (2, 100000000000000002, 200000000000000001, 'published', 1, NULL, 'Aki-of-the-test', 'now-words-of-aki', 'note-words-of-aki', 'https://aki.example.com/link-of-aki', 'trade-words-of-aki', 0, 601, 611, 621, 0, 0, NULL, 1795392000000000);
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
