"""Each setting, right and wrong; and that secrets show themselves to nobody."""

import dataclasses
from pathlib import Path

import pytest

from bot.kernel.errors import HostError
from bot.kernel.i18n import Texts
from bot.settings import Secret, Settings, host_locale

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.not-a-real-token-of-anybody"
HUGE = "9" * 5000  # more digits than Python turns into a number


def test_without_any_setting_everything_has_its_default() -> None:
    settings = Settings({})
    assert not settings.discord_token
    assert settings.database_path == Path("data/goen.db")
    assert settings.discord_api_url == "https://discord.com/api/v10"
    assert settings.health_port == 8080
    assert not settings.secret_key
    assert settings.shard_ids is None
    assert settings.shard_count is None
    assert settings.log_format == "auto"
    assert settings.host_locale == "en"


def test_an_empty_setting_counts_as_none() -> None:
    blank = dict.fromkeys(("DATABASE_URL", "HEALTH_PORT", "SHARD_IDS", "SHARD_COUNT", "LOG_FORMAT"), "  ")
    assert _shown(Settings(blank)) == _shown(Settings({}))


@pytest.mark.parametrize(
    ("name", "text", "field", "meant"),
    [
        ("DATABASE_URL", "sqlite+aiosqlite:///folder/a b.db", "database_path", Path("folder/a b.db")),
        ("DATABASE_URL", "sqlite+aiosqlite:////var/goen.db", "database_path", Path("/var/goen.db")),
        ("DISCORD_API_URL", "http://127.0.0.1:8000/api/", "discord_api_url", "http://127.0.0.1:8000/api"),
        ("HEALTH_PORT", "0", "health_port", 0),
        ("HEALTH_PORT", " 65535 ", "health_port", 65535),
        ("SHARD_COUNT", "4", "shard_count", 4),
        ("LOG_FORMAT", "json", "log_format", "json"),
        ("LOG_FORMAT", "plain", "log_format", "plain"),
        ("LANG", "ja_JP.UTF-8", "host_locale", "ja"),
        ("LANG", "C.UTF-8", "host_locale", "en"),
    ],
)
def test_a_setting_is_read(name: str, text: str, field: str, meant: object) -> None:
    assert getattr(Settings({name: text}), field) == meant


def test_secrets_are_read_without_the_spaces_around_them() -> None:
    settings = Settings({"DISCORD_TOKEN": f" {TOKEN}\n", "GOEN_SECRET_KEY": "key"})
    assert settings.discord_token.reveal() == TOKEN
    assert settings.secret_key.reveal() == "key"


def test_shards_of_this_process_are_sorted_and_told_once() -> None:
    settings = Settings({"SHARD_IDS": "3, 1,1", "SHARD_COUNT": "4"})
    assert settings.shard_ids == (1, 3)


def test_all_categories_of_the_machines_language_come_before_its_default() -> None:
    assert host_locale({"LC_ALL": "ja_JP.UTF-8", "LANG": "en_GB.UTF-8"}) == "ja"
    assert host_locale({"LC_ALL": "", "LANG": "ja_JP.UTF-8"}) == "ja"


@pytest.mark.parametrize(
    "wrong",
    [
        {"DATABASE_URL": "goen.db"},
        {"DATABASE_URL": "sqlite+aiosqlite:///"},
        {"DATABASE_URL": "sqlite:///goen.db"},
        {"DATABASE_URL": "mysql://user:password@host/goen"},
        {"DISCORD_API_URL": "discord.com/api"},
        {"DISCORD_API_URL": "ftp://discord.com"},
        {"DISCORD_API_URL": "https://"},
        {"DISCORD_API_URL": "http://["},
        {"HEALTH_PORT": "65536"},
        {"HEALTH_PORT": "-1"},
        {"HEALTH_PORT": "eighty"},
        {"HEALTH_PORT": "８０"},
        {"HEALTH_PORT": "1.5"},
        {"HEALTH_PORT": HUGE},
        {"SHARD_COUNT": "0"},
        {"SHARD_COUNT": "two"},
        {"SHARD_IDS": "0"},
        {"SHARD_IDS": "0,", "SHARD_COUNT": "2"},
        {"SHARD_IDS": "0,2", "SHARD_COUNT": "2"},
        {"SHARD_IDS": "-1", "SHARD_COUNT": "2"},
        {"SHARD_IDS": HUGE, "SHARD_COUNT": "2"},
        {"LOG_FORMAT": "yaml"},
    ],
)
def test_a_wrong_setting_is_named_in_words_that_the_host_understands(wrong: dict[str, str]) -> None:
    with pytest.raises(HostError) as caught:
        Settings(wrong)
    assert caught.value.values["name"] == next(iter(wrong))
    texts = Texts()
    assert next(iter(wrong)) in texts("en", caught.value.key, **caught.value.values)
    assert next(iter(wrong)) in texts("ja", caught.value.key, **caught.value.values)


def test_a_wrong_database_address_is_not_repeated_with_its_password() -> None:
    with pytest.raises(HostError) as caught:
        Settings({"DATABASE_URL": "mysql://user:hunter2@host/goen"})
    assert "hunter2" not in repr(caught.value)


def test_secrets_show_themselves_to_nobody() -> None:
    settings = Settings({"DISCORD_TOKEN": TOKEN, "GOEN_SECRET_KEY": "hush-hush"})
    shown = f"{settings} {settings!r} {settings.discord_token} {settings.secret_key!r} {[settings.discord_token]}"
    assert TOKEN not in shown
    assert "hush-hush" not in shown
    assert str(Secret("a")) == "Secret(***)"
    assert str(Secret("")) == "Secret()"


def test_settings_do_not_change_while_the_bot_runs() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings({}).health_port = 1  # type: ignore[misc]  # the very thing that must fail


def _shown(settings: Settings) -> dict[str, object]:
    values = {field.name: getattr(settings, field.name) for field in dataclasses.fields(settings)}
    return {name: value.reveal() if isinstance(value, Secret) else value for name, value in values.items()}
