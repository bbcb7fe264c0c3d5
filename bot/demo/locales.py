"""Interactions that carry the language of whoever acts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from simcord import interactions
from simcord.backend import Backend
from simcord.backend.models import Interaction


@contextmanager
def spoken_by(locales: Mapping[int, str]) -> Iterator[None]:
    """Give interactions the locale of `locales` (user id → Discord locale) and of the server.

    simcord says `en-US` for everybody and offers no setting, hence the wrapped builder; it is put back on leaving.
    """
    original = interactions.base_payload

    def with_locale(
        backend: Backend,
        *,
        type: int,  # noqa: A002 – the name under which simcord passes it
        channel_id: int,
        guild_id: int | None,
        user_id: int,
        data: dict[str, Any],
    ) -> tuple[Interaction, dict[str, Any]]:
        record, payload = original(
            backend, type=type, channel_id=channel_id, guild_id=guild_id, user_id=user_id, data=data
        )
        payload["locale"] = locales.get(user_id, payload["locale"])
        if guild_id is not None:
            payload["guild_locale"] = backend.get_guild(guild_id).preferred_locale
        return record, payload

    interactions.base_payload = with_locale
    try:
        yield
    finally:
        interactions.base_payload = original
