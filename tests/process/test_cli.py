"""The command line as a host meets it: exit codes, one sentence, no traceback, in the host's language."""

import asyncio
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from bot.kernel.i18n import Locale
from bot.storage.installation import key_path
from tests.storage.house import ONE, TWO
from tests.storage.ledgers import LAST, MIDDLE, at, copied_from, settle_ledgers

from .running import SECRET_KEY, WORDS, Bot, Place, copied, goen, until
from .thankful import is_recorded, thank

pytestmark = pytest.mark.traced

LANGUAGES: dict[Locale, str] = {"ja": "ja_JP.UTF-8", "en": "en_US.UTF-8"}
TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.made.up"  # its first part is an application's id
APPLICATION = 123456789012345678


async def said(locale: Locale, command: str, database: Path, **settings: str) -> tuple[int, str]:
    """Run a command in a language; return its exit code and all it said, which is no traceback and no secret."""
    given = {"DATABASE_URL": f"sqlite+aiosqlite:///{database}", "DISCORD_TOKEN": TOKEN, **settings}
    code, out, err = await goen(*command.split(), LANG=LANGUAGES[locale], **given)
    assert "Traceback" not in out + err
    assert TOKEN not in out + err
    assert SECRET_KEY not in out + err
    return code, (out + err).strip()


def words(locale: Locale, key: str, **values: object) -> str:
    return WORDS(locale, key, **values)


async def test_wrong_settings_are_one_sentence_and_code_1(tmp_path: Path) -> None:
    wrong: dict[str, tuple[Locale, str, dict[str, object]]] = {
        "DATABASE_URL=mysql://there": ("ja", "settings.database_url", {}),
        "DISCORD_API_URL=somewhere": ("en", "settings.address", {}),
        "HEALTH_PORT=many": ("ja", "settings.number", {"lowest": 0, "highest": 65535}),
        "SHARD_IDS=0,1": ("en", "settings.shard_ids", {}),
        "LOG_FORMAT=loud": ("ja", "settings.choice", {"choices": "auto, plain, json"}),
        "DISCORD_TOKEN=": ("en", "host.no_token", {}),
    }

    async def check(setting: str, locale: Locale, key: str, values: dict[str, object]) -> None:
        name, _, value = setting.partition("=")
        outcome = await said(locale, "run", tmp_path / "goen.db", **{name: value})
        assert outcome == (1, words(locale, key, name=name, **values))

    await asyncio.gather(*(check(setting, *expected) for setting, expected in wrong.items()))


@pytest.mark.parametrize("locale", LANGUAGES)
async def test_wrong_arguments_are_refused_with_code_2_and_help_is_in_the_hosts_language(
    locale: Locale, tmp_path: Path
) -> None:
    refused = ("dance", "run --fast", "demo --port 65536", "verify --fast", "verify goen.db")
    outcomes, (code, help_text) = await asyncio.gather(
        asyncio.gather(*(said(locale, command, tmp_path / "goen.db") for command in refused)),
        said(locale, "--help", tmp_path / "goen.db"),
    )
    assert [code for code, _ in outcomes] == [2] * len(refused)
    assert code == 0
    for key in ("cli.help", "cli.run", "cli.demo", "cli.check", "cli.invite", "cli.migrate", "cli.verify"):
        assert words(locale, key).split()[0] in help_text


async def test_an_unknown_demo_language_is_one_sentence(tmp_path: Path) -> None:
    outcome = await said("ja", "demo --language tlh", tmp_path / "goen.db")
    assert outcome == (1, words("ja", "cli.unknown_language", language="tlh"))


@pytest.mark.parametrize("locale", LANGUAGES)
async def test_check_of_a_fresh_installation(locale: Locale, tmp_path: Path) -> None:
    database = tmp_path / "data" / "goen.db"
    coming = words(locale, "check.database_coming", path=database)
    fresh, without_token, with_key = await asyncio.gather(
        said(locale, "check", database),
        said(locale, "check", database, DISCORD_TOKEN=""),
        said(locale, "check", database, GOEN_SECRET_KEY=SECRET_KEY),
    )
    token, key = words(locale, "check.token"), words(locale, "check.key_coming")
    assert fresh == (0, f"✓ {token}\n✓ {coming}\n✓ {key}")
    assert without_token == (1, f"✗ {words(locale, 'host.no_token')}\n✓ {coming}\n✓ {key}")
    assert with_key == (0, f"✓ {token}\n✓ {coming}\n✓ {words(locale, 'check.key_given')}")
    assert not database.parent.exists()


async def verdict(database: Path, **settings: str) -> tuple[int, str]:
    """Return the exit code of `check`, and its last line without the sign."""
    code, text = await said("en", "check", database, **settings)
    return code, text.splitlines()[-1].partition(" ")[2]


async def test_check_of_databases_and_keys_that_do_not_fit(template: Path, tmp_path: Path) -> None:
    def made(name: str) -> Path:
        (tmp_path / name).mkdir()
        return copied(template, tmp_path / name)

    stuck, keyless, wrong_key, newer = (made(name) for name in ("stuck", "keyless", "wrong", "newer"))
    for database in (keyless, wrong_key):
        _change(database, "INSERT INTO installation VALUES ('host_key.fingerprint', 'of another key')")
    key_path(wrong_key).write_text("some key\n")
    _change(newer, "UPDATE alembic_version SET version_num = '9999'")
    _change(
        stuck,
        "INSERT INTO effects (key, verb, feature, card, object_id, state, due_at, wanted_at)"
        " VALUES ('k', 'send', 'setup', 'hint', 1, 'parked', 0, 0)",
    )
    lonely_key = tmp_path / "lonely.db"
    key_path(lonely_key).write_text("some key\n")
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"no database at all, " * 100)
    folder = tmp_path / "folder.db"
    folder.mkdir()
    odd_key = made("odd key")
    key_path(odd_key).mkdir()
    checked = await asyncio.gather(
        *(verdict(each) for each in (keyless, wrong_key, lonely_key, garbage, folder, odd_key, newer, stuck)),
        verdict(wrong_key, GOEN_SECRET_KEY=SECRET_KEY),
    )
    assert [code for code, _ in checked] == [1] * len(checked)
    expected = [
        words("en", "host.key_missing", path=key_path(keyless)),
        words("en", "host.key_wrong", path=key_path(wrong_key)),
        words("en", "check.key_without_database", path=key_path(lonely_key)),
        words("en", "host.no_database", path=garbage, reason="file is not a database"),
        words("en", "host.no_database", path=folder, reason="unable to open database file"),
        words("en", "host.key_unreadable", path=key_path(odd_key), reason="Is a directory"),
        words("en", "host.newer_schema", path=newer, revision="9999", newest=_revision(template)),
        WORDS.plural("en", "check.parked", 1),
        words("en", "host.key_wrong", path=key_path(wrong_key)),
    ]
    assert [sentence for _, sentence in checked] == expected


async def test_check_of_an_installation_that_is_well(template: Path, tmp_path: Path) -> None:
    database = copied(template, tmp_path)
    code, text = await said("ja", "check", database)
    lines = [words("ja", "check.token"), words("ja", "check.schema", path=database), words("ja", "check.key_coming")]
    assert (code, text) == (0, "\n".join(f"✓ {line}" for line in lines))


async def test_a_terminal_that_lacks_our_letters_is_told_without_a_traceback(tmp_path: Path) -> None:
    code, text = await said("ja", "check", tmp_path / "goen.db", PYTHONIOENCODING="ascii")
    assert code == 0
    assert len(text.splitlines()) == len(("token", "database", "key"))
    assert text.isascii()


async def test_invite_asks_for_what_the_bot_uses_and_no_more(tmp_path: Path) -> None:
    (code, link), without, odd = await asyncio.gather(
        said("en", "invite", tmp_path / "goen.db"),
        said("ja", "invite", tmp_path / "goen.db", DISCORD_TOKEN=""),
        said("ja", "invite", tmp_path / "goen.db", DISCORD_TOKEN="not one"),
    )
    assert code == 0
    assert without == (1, words("ja", "host.no_token"))
    assert odd == (1, words("ja", "host.odd_token"))
    found = re.fullmatch(
        r"https://discord\.com/oauth2/authorize\?client_id=(\d+)&scope=bot\+applications\.commands&permissions=(\d+)",
        link,
    )
    assert found is not None
    assert int(found[1]) == APPLICATION
    view, send, history, threads, in_threads, pin = 10, 11, 16, 35, 38, 51
    manage = (4, 28, 34)  # channels, roles, threads
    assert int(found[2]) == sum(1 << bit for bit in (view, send, history, threads, in_threads, pin, *manage))


async def test_migrate_makes_a_database_and_refuses_a_newer_one(template: Path, tmp_path: Path) -> None:
    new, newer = tmp_path / "data" / "goen.db", copied(template, tmp_path)
    _change(newer, "UPDATE alembic_version SET version_num = '9999'")
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    made, refused, unwritable = await asyncio.gather(
        said("ja", "migrate", new), said("ja", "migrate", newer), said("ja", "migrate", blocked / "goen.db")
    )
    assert made == (0, words("ja", "cli.migrated", path=new))
    assert _revision(new) == _revision(template)
    assert refused == (1, words("ja", "host.newer_schema", path=newer, revision="9999", newest=_revision(template)))
    assert unwritable[0] == 1
    assert await said("en", "migrate", new) == (0, words("en", "cli.migrated", path=new))


@pytest.fixture(scope="module")
def lived_in(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a ledger in each of two servers, and its key beside it."""
    path = copied(template, tmp_path_factory.mktemp("ledgers"))
    asyncio.run(settle_ledgers(path))
    return path


@pytest.mark.parametrize("locale", LANGUAGES)
async def test_verify_says_that_a_ledger_is_whole(
    locale: Locale, lived_in: Path, template: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    empty, missing = copied(template, tmp_path / "empty"), tmp_path / "none" / "goen.db"
    given_key = copied_from(lived_in, tmp_path / "goen.db")
    key_path(given_key.path).unlink()
    whole, without, nothing, given = await asyncio.gather(
        said(locale, "verify", lived_in, DISCORD_TOKEN=""),
        said(locale, "verify", empty),
        said(locale, "verify", missing),
        said(locale, "verify", given_key.path, GOEN_SECRET_KEY=given_key.host_key.decode()),
    )
    assert whole == given == (0, words(locale, "verify.whole", entries=2 * LAST, servers=2))
    assert without == nothing == (0, words(locale, "verify.whole", entries=0, servers=0))
    assert not missing.parent.exists()


def by_shell(database: Path, *statements: str) -> None:
    """Do what the sqlite3 shell is told, or Python's own where there is none, with the ledger's triggers dropped."""
    with closing(sqlite3.connect(database)) as connection:
        dropped = [f"DROP TRIGGER {name}" for name in TRIGGERS]
        script = ";\n".join(["PRAGMA foreign_keys = OFF", *dropped, *statements, ""])
        shell = shutil.which("sqlite3")
        if shell is None:
            connection.executescript(script)
    if shell is not None:
        asked = [shell, "-bail", "-cmd", ".timeout 60000", str(database)]  # unless told, it waits for no other writer
        subprocess.run(asked, input=script, text=True, check=True, capture_output=True)


TRIGGERS = ("entries_follow", "entries_keep", "entries_stay", "ledger_heads_advance", "ledger_heads_stay")
MADE_UP = f"""
    INSERT INTO entries (server_id, sequence, kind, giver_id, receiver_id, cause, about, entered_at, key, mac)
    SELECT server_id, {LAST + 1}, kind, giver_id, receiver_id, cause, about, entered_at, 'made up', mac
    FROM entries WHERE {at(MIDDLE)}
"""
TAMPERED: dict[str, tuple[Locale, str, int, list[str]]] = {
    "edited": ("ja", "verify.wrong", MIDDLE, [f"UPDATE entries SET receiver_id = giver_id WHERE {at(MIDDLE)}"]),
    "deleted": ("en", "verify.missing", MIDDLE, [f"DELETE FROM entries WHERE {at(MIDDLE)}"]),
    "cut off": ("ja", "verify.missing", LAST - 1, [f"DELETE FROM entries WHERE server_id = {ONE} AND sequence >= 12"]),
    "inserted": ("en", "verify.wrong", LAST + 1, [MADE_UP]),
    "swapped": (
        "ja",
        "verify.wrong",
        MIDDLE,
        [
            f"UPDATE entries SET sequence = 99 WHERE {at(MIDDLE)}",
            f"UPDATE entries SET sequence = {MIDDLE} WHERE {at(MIDDLE + 1)}",
            f"UPDATE entries SET sequence = {MIDDLE + 1} WHERE {at(99)}",
        ],
    ),
}


@pytest.mark.parametrize("way", TAMPERED)
async def test_verify_names_the_first_entry_that_was_tampered_with(way: str, lived_in: Path, tmp_path: Path) -> None:
    locale, key, number, statements = TAMPERED[way]
    ledgers = copied_from(lived_in, tmp_path / "goen.db")
    by_shell(ledgers.path, *statements)
    ((entries,),) = ledgers.rows("SELECT count(*) FROM entries")
    code, text = await said(locale, "verify", ledgers.path)
    lines = text.splitlines()
    assert code == 1
    assert lines[0] == words(locale, key, server=ONE, number=number)
    assert lines[1:-1] == [words(locale, "verify.guard", name=name) for name in TRIGGERS]
    assert lines[-1] == words(locale, "verify.faulty", entries=entries, servers=2)
    ledgers.tamper(f"UPDATE entries SET cause = 'free!' WHERE {at(1, TWO)}")  # the other server's is looked at, too
    assert words(locale, "verify.wrong", server=TWO, number=1) in (await said(locale, "verify", ledgers.path))[1]


async def test_verify_of_what_cannot_be_looked_at(lived_in: Path, template: Path, tmp_path: Path) -> None:
    other = copied_from(lived_in, tmp_path / "other.db").path
    key_path(other).write_text("a key of some other host\n")
    keyless = copied_from(lived_in, tmp_path / "keyless.db").path
    key_path(keyless).unlink()
    garbage = tmp_path / "garbage.db"
    garbage.write_bytes(b"no database at all, " * 100)
    older, newer = (copied_from(lived_in, tmp_path / name).path for name in ("older.db", "newer.db"))
    _change(older, "UPDATE alembic_version SET version_num = '0002'")
    _change(newer, "UPDATE alembic_version SET version_num = '9999'")
    outcomes = await asyncio.gather(*(said("ja", "verify", each) for each in (other, keyless, garbage, older, newer)))
    assert outcomes == [
        (1, words("ja", "host.key_wrong", path=key_path(other))),
        (1, words("ja", "host.key_missing", path=key_path(keyless))),
        (1, words("ja", "host.no_database", path=garbage, reason="file is not a database")),
        (1, words("ja", "host.schema_pending", path=older)),
        (1, words("ja", "host.newer_schema", path=newer, revision="9999", newest=_revision(template))),
    ]


async def test_verify_looks_at_the_ledger_while_the_bot_adds_to_it(bot: Bot, place: Place) -> None:
    beni, is_over = place.member("beni"), False

    async def thank_on() -> None:
        givers = 0
        while not is_over:
            givers += 1
            assert is_recorded(await thank(place, place.member(f"giver {givers}"), beni), beni)

    def entries() -> int:
        return len(bot.rows("SELECT 1 FROM entries"))

    thanking, seen = asyncio.create_task(thank_on()), 0
    for _ in range(3):
        await until(lambda: entries() > seen, "another thanks")  # noqa: B023 - awaited in the loop
        before = entries()
        code, text = await said("en", "verify", bot.database, GOEN_SECRET_KEY=SECRET_KEY)
        seen = int(text.partition("(")[2].split()[0])
        assert before <= seen <= entries()
        assert (code, text) == (0, words("en", "verify.whole", entries=seen, servers=1))
    is_over = True
    await thanking
    by_shell(bot.database, "UPDATE entries SET entered_at = entered_at - 1 WHERE sequence = 2")
    code, text = await said("en", "verify", bot.database, GOEN_SECRET_KEY=SECRET_KEY)
    assert code == 1
    assert text.splitlines()[0] == words("en", "verify.wrong", server=place.guild.id, number=2)


def _change(database: Path, statement: str) -> None:
    connection = sqlite3.connect(database)
    connection.execute(statement)
    connection.commit()
    connection.close()


def _revision(database: Path) -> str:
    connection = sqlite3.connect(database)
    ((revision,),) = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    connection.close()
    return str(revision)
