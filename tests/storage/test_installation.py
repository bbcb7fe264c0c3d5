"""The host key beside the database, and its fingerprint inside."""

from pathlib import Path

import pytest

from bot.kernel.errors import HostError
from bot.settings import Secret
from bot.storage.database import Database
from bot.storage.inspection import Inspection, inspect
from bot.storage.installation import Installation, fingerprint, key_path, read_host_key
from bot.storage.schema import known_revisions
from tests.storage.house import dump

NEWEST = known_revisions()[-1]
NONE = Secret("")


async def test_a_key_is_made_on_the_first_run_for_the_host_alone(database: Database) -> None:
    key = await Installation(database).keep_host_key(NONE)
    path = key_path(database.path)
    assert path.parent == database.path.parent
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_host_key(database.path) == key
    assert len(key) >= 32
    assert await Installation(database).keep_host_key(NONE) == key


async def test_two_installations_have_two_keys(database: Database, tmp_path: Path) -> None:
    key = await Installation(database).keep_host_key(NONE)
    key_path(database.path).unlink()
    async with database.write() as transaction:
        await transaction.connection.execute("DELETE FROM installation")
    assert await Installation(database).keep_host_key(NONE) != key


async def test_the_database_knows_the_fingerprint_and_not_the_key(database: Database) -> None:
    key = await Installation(database).keep_host_key(NONE)
    kept = repr(dump(database.path))
    assert fingerprint(key) in kept
    assert key.decode() not in kept
    assert fingerprint(key) != fingerprint(key + b"x")


async def test_a_given_key_is_used_and_no_file_is_made(database: Database) -> None:
    given = Secret("a key of the host's own")
    assert await Installation(database).keep_host_key(given) == given.reveal().encode()
    assert not key_path(database.path).exists()
    with pytest.raises(HostError) as missing:
        await Installation(database).keep_host_key(NONE)
    assert missing.value.key == "host.key_missing"


async def test_a_missing_key_is_not_made_anew(database: Database) -> None:
    await Installation(database).keep_host_key(NONE)
    key_path(database.path).unlink()
    with pytest.raises(HostError) as missing:
        await Installation(database).keep_host_key(NONE)
    assert missing.value.key == "host.key_missing"
    assert not key_path(database.path).exists()


async def test_another_installations_key_is_refused_and_not_told(database: Database) -> None:
    await Installation(database).keep_host_key(NONE)
    key_path(database.path).write_text("another key\n")
    with pytest.raises(HostError) as wrong:
        await Installation(database).keep_host_key(NONE)
    assert wrong.value.key == "host.key_wrong"
    assert "another key" not in repr(wrong.value)
    with pytest.raises(HostError):
        await Installation(database).keep_host_key(Secret("a third one"))


async def test_facts_are_kept_and_replaced(database: Database) -> None:
    installation = Installation(database)
    assert await installation.value("commands") is None
    for value in ("one", "two"):
        async with database.write() as transaction:
            await installation.keep(transaction, "commands", value)
        assert await installation.value("commands") == value


def test_nothing_is_told_of_what_is_not_there(tmp_path: Path) -> None:
    assert inspect(tmp_path / "none.db") == Inspection()
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty.db").touch()
    assert inspect(tmp_path / "empty.db") == Inspection()


async def test_an_inspection_tells_revision_key_and_what_is_stuck_while_the_bot_runs(database: Database) -> None:
    assert inspect(database.path) == Inspection(NEWEST, None, 0)
    key = await Installation(database).keep_host_key(NONE)
    async with database.write() as transaction:
        await transaction.connection.execute(
            "INSERT INTO effects (key, verb, feature, card, object_id, state, due_at, wanted_at)"
            " VALUES ('k', 'send', 'setup', 'hint', 1, 'parked', 0, 0)"
        )
        assert inspect(database.path) == Inspection(NEWEST, fingerprint(key), 0)  # not before it is written
    assert inspect(database.path) == Inspection(NEWEST, fingerprint(key), 1)


def test_what_is_no_database_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("not a database " * 100)
    with pytest.raises(HostError) as refused:
        inspect(path)
    assert refused.value.key == "host.no_database"
