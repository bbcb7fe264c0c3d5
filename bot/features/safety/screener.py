"""Screens texts beside the event loop, with rules that are loaded with the first text: no start waits for them."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.kernel.errors import Refusal
from bot.kernel.ids import ServerId

if TYPE_CHECKING:
    from bot.features.safety.own_rules import OwnRules
    from bot.features.safety.screening import Finding

_BAD_RULES = {
    "not_a_pattern": "safety.bad_rule_not_a_pattern",
    "too_slow": "safety.bad_rule_too_slow",
    "too_long": "safety.bad_rule_too_long",
    "too_many": "safety.bad_rule_too_many",
}


class Screener:
    """The shipped rules, and each server's own as it was read last."""

    def __init__(self) -> None:
        self._own: dict[ServerId, tuple[str, OwnRules]] = {}

    async def screen(self, server_id: ServerId, own: str, texts: Sequence[str], *, links: int) -> "Finding | None":
        """Return the weightiest thing in the ``texts`` of one form; None if all is fine.

        Args:
            server_id: where.
            own: the server's own words and patterns, as typed.
            texts: what was typed, field by field.
            links: how many links the form may hold in all.
        """
        return await asyncio.to_thread(self._screen, server_id, own, texts, links)

    async def try_out(self, typed: str) -> None:
        """Try a server's own words and patterns out, before they are kept.

        Raises:
            Refusal: a line can't be used.
        """
        await asyncio.to_thread(_read, typed)

    def _screen(self, server_id: ServerId, own: str, texts: Sequence[str], links: int) -> "Finding | None":
        from bot.features.safety.own_rules import OwnRules  # noqa: PLC0415 - see the module's first line
        from bot.features.safety.screening import screen  # noqa: PLC0415 - likewise

        known = self._own.get(server_id)
        if known is None or known[0] != own:
            known = self._own[server_id] = own, OwnRules.kept(own)
        return screen(texts, links=links, own=known[1])


def _read(typed: str) -> None:
    from bot.features.safety.own_rules import BadRule, OwnRules  # noqa: PLC0415 - see the module's first line

    try:
        OwnRules.read(typed)
    except BadRule as bad:
        raise Refusal(_BAD_RULES[bad.why], line=bad.line) from bad
