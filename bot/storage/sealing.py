"""Who somebody is, sealed under the host key: only where it is needed is it opened, and a stolen file doesn't tell.

It protects files and backups. Whoever hosts the bot has the key beside the database, and can open it.
"""

import functools
import hashlib
import hmac
import os
from typing import TYPE_CHECKING

from bot.kernel.ids import MemberId

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12  # bytes, as AES-GCM wants them; random, so that two seals of the same member have nothing in common
_INFO = b"goen: who asked"
_KEY = 32  # bytes: AES-256
_DIGITS = 32
_ID = 8  # bytes that hold any of Discord's ids


class Seals:
    """Seals members under one host key; each seal belongs to one ``subject`` and opens nowhere else."""

    def __init__(self, host_key: bytes) -> None:
        self._host_key = host_key

    @functools.cached_property
    def _cipher(self) -> "AESGCM":
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - a few megabytes that most servers never need
        from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - a few megabytes that most servers never need
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415 - a few megabytes that most servers never need

        return AESGCM(HKDF(SHA256(), _KEY, salt=None, info=_INFO).derive(self._host_key))

    def digest(self, text: str) -> str:
        """Return a name for ``text`` that nobody can make, or check, without the key: 32 hexadecimal digits."""
        return hmac.new(self._host_key, _INFO + text.encode(), hashlib.sha256).hexdigest()[:_DIGITS]

    def seal(self, member_id: MemberId, subject: str) -> bytes:
        """Return ``member_id`` sealed: 36 bytes, other ones each time."""
        return self._sealed(member_id.to_bytes(_ID, "big"), subject)

    def open(self, sealed: bytes, subject: str) -> MemberId | None:
        """Return who was sealed for ``subject``; None where it was for another, or under another key."""
        opened = self._opened(sealed, subject)
        return None if opened is None else MemberId(int.from_bytes(opened, "big"))

    def seal_text(self, text: str, subject: str) -> bytes:
        """Return ``text`` sealed: 28 bytes more than it has."""
        return self._sealed(text.encode(), subject)

    def open_text(self, sealed: bytes, subject: str) -> str | None:
        """Return the text that was sealed for ``subject``; None where it was for another, or under another key."""
        opened = self._opened(sealed, subject)
        return None if opened is None else opened.decode()

    def _sealed(self, content: bytes, subject: str) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, content, subject.encode())

    def _opened(self, sealed: bytes, subject: str) -> bytes | None:
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above

        try:
            return bytes(self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], subject.encode()))
        except (InvalidTag, ValueError):
            return None
