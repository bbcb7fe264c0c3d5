"""The settings: the only reader of the environment. Every one stands in ``.env.example``."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast, get_args
from urllib.parse import urlsplit

from bot.kernel.errors import HostError
from bot.kernel.i18n import Locale, locale_of
from bot.kernel.logs import LogFormat

_SQLITE = "sqlite+aiosqlite"
_HIGHEST_PORT = 65535
_MOST_DIGITS = 18  # more than any setting needs, and far fewer than Python refuses to read as a number


class Secret:
    """A text that shows itself only to who asks for it by name."""

    def __init__(self, value: str) -> None:
        self._value = value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __repr__(self) -> str:
        return "Secret(***)" if self else "Secret()"

    __str__ = __repr__

    def reveal(self) -> str:
        """Return the text itself."""
        return self._value


@dataclass(frozen=True, slots=True, init=False)
class Settings:
    """What the host chose, read once from the environment.

    Attributes:
        discord_token: the bot's token; empty when none is set.
        database_path: the SQLite file that ``DATABASE_URL`` names.
        discord_api_url: the root of Discord's REST API, without a slash at its end.
        health_port: the loopback port of ``/healthz`` and ``/metrics``; 0 picks a free one.
        secret_key: the host key, empty when it is kept in a file beside the database.
        shard_ids: the shards of this process, or None for all.
        shard_count: the number of all shards, or None when Discord shall choose.
        log_format: ``auto``, ``plain`` or ``json``.
        host_locale: the language in which the command line speaks, from ``LC_ALL`` or ``LANG``.
    """

    discord_token: Secret = field(repr=False)
    database_path: Path
    discord_api_url: str
    health_port: int
    secret_key: Secret = field(repr=False)
    shard_ids: tuple[int, ...] | None
    shard_count: int | None
    log_format: LogFormat
    host_locale: Locale

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        """Read ``environment``, the process's own unless another is handed in.

        Raises:
            HostError: a setting can't be understood; ``values`` name it.
        """
        read = _Reader(os.environ if environment is None else environment)
        put = object.__setattr__  # frozen: this is the one place that fills the fields
        put(self, "discord_token", Secret(read.text("DISCORD_TOKEN")))
        put(self, "database_path", read.database("DATABASE_URL", f"{_SQLITE}:///data/goen.db"))
        put(self, "discord_api_url", read.address("DISCORD_API_URL", "https://discord.com/api/v10"))
        put(self, "health_port", read.number("HEALTH_PORT", 8080, highest=_HIGHEST_PORT))
        put(self, "secret_key", Secret(read.text("GOEN_SECRET_KEY")))
        put(self, "shard_count", read.optional_number("SHARD_COUNT", lowest=1))
        put(self, "shard_ids", read.shard_ids("SHARD_IDS", self.shard_count))
        put(self, "log_format", read.choice("LOG_FORMAT", "auto", get_args(LogFormat)))
        put(self, "host_locale", host_locale(environment))


def host_locale(environment: Mapping[str, str] | None = None) -> Locale:
    """Return the language in which the host is spoken to, also when the settings can't be read."""
    read = _Reader(os.environ if environment is None else environment)
    return locale_of(read.text("LC_ALL") or read.text("LANG"))


class _Reader:
    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def text(self, name: str, default: str = "") -> str:
        return self._environment.get(name, "").strip() or default

    def database(self, name: str, default: str) -> Path:
        scheme, separator, path = self.text(name, default).partition(":///")
        if scheme != _SQLITE or not separator or not path:
            raise HostError("settings.database_url", name=name)
        return Path(path)

    def address(self, name: str, default: str) -> str:
        address = self.text(name, default).rstrip("/")
        try:
            parts = urlsplit(address)
        except ValueError:
            raise HostError("settings.address", name=name) from None
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise HostError("settings.address", name=name)
        return address

    def number(self, name: str, default: int, *, lowest: int = 0, highest: int = 2**31) -> int:
        text = self.text(name, str(default))
        if not _is_number(text) or not lowest <= int(text) <= highest:
            raise HostError("settings.number", name=name, lowest=lowest, highest=highest)
        return int(text)

    def optional_number(self, name: str, *, lowest: int) -> int | None:
        return self.number(name, lowest, lowest=lowest) if self.text(name) else None

    def shard_ids(self, name: str, shard_count: int | None) -> tuple[int, ...] | None:
        text = self.text(name)
        if not text:
            return None
        parts = [part.strip() for part in text.split(",")]
        if shard_count is None or not all(_is_number(part) for part in parts):
            raise HostError("settings.shard_ids", name=name)
        ids = tuple(sorted({int(part) for part in parts}))
        if ids[-1] >= shard_count:
            raise HostError("settings.shard_ids", name=name)
        return ids

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> LogFormat:
        text = self.text(name, default)
        if text not in choices:
            raise HostError("settings.choice", name=name, choices=", ".join(choices))
        return cast("LogFormat", text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
