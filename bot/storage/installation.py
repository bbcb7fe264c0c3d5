"""What is known of this installation as a whole: small facts, and the host key with its fingerprint."""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Protocol

from bot.kernel.errors import HostError
from bot.storage.database import Database, Transaction, queries_in

_QUERIES = Path(__file__).with_name("installation.sql")
_FINGERPRINT = "host_key.fingerprint"
_KEY_BYTES = 32


class HasText(Protocol):
    """A secret that shows itself when asked by name."""

    def reveal(self) -> str:
        """Return the text itself."""
        ...


class Installation:
    """The facts about one installation; ``host_key`` is empty until it was read (:meth:`keep_host_key`)."""

    def __init__(self, database: Database) -> None:
        self.host_key = b""
        self._database = database
        self._queries = queries_in(_QUERIES)

    async def value(self, name: str) -> str | None:
        """Return the fact called ``name``, or None."""
        async with self._database.read() as transaction:
            value: str | None = await self._queries.value(transaction.connection, name=name)
        return value

    @staticmethod
    async def keep(transaction: Transaction, name: str, value: str) -> None:
        """Keep a fact, as part of a ``transaction``."""
        await queries_in(_QUERIES).keep(transaction.connection, name=name, value=value)

    async def keep_host_key(self, given: HasText) -> bytes:
        """Return the host key: the one ``given``, else the one in its file, made on the first run.

        Raises:
            HostError: the key is not the one that this database was made with, is missing, or can't be read or made.
        """
        known = await self.value(_FINGERPRINT)
        key = given.reveal().encode() or read_host_key(self._database.path)
        if key is None:
            if known is not None:
                raise HostError("host.key_missing", path=key_path(self._database.path))
            key = _make_host_key(key_path(self._database.path))
        if known is None:
            async with self._database.write() as transaction:
                await self.keep(transaction, _FINGERPRINT, fingerprint(key))
        elif known != fingerprint(key):
            raise HostError("host.key_wrong", path=key_path(self._database.path))
        self.host_key = key
        self._database.unlock(key)
        return key


def key_path(database: Path) -> Path:
    """Return where the host key is kept: beside the database."""
    return database.with_name(f"{database.name}.key")


def read_host_key(database: Path) -> bytes | None:
    """Return the host key from its file, or None when there is none.

    Raises:
        HostError: the file is there and can't be read.
    """
    path = key_path(database)
    try:
        return path.read_bytes().strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise HostError("host.key_unreadable", path=path, reason=error.strerror) from error


def fingerprint(key: bytes) -> str:
    """Return what the database keeps of the host key, from which the key can't be told."""
    return hashlib.sha256(b"goen host key:" + key).hexdigest()


def _make_host_key(path: Path) -> bytes:
    key = secrets.token_urlsafe(_KEY_BYTES).encode()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise HostError("host.unwritable", path=path, reason=error.strerror) from error
    return key
