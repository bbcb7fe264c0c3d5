"""Screens texts beside the event loop, with rules that are loaded with the first text: no start waits for them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.kernel.errors import Refusal
from bot.kernel.ids import ServerId

if TYPE_CHECKING:
    from bot.features.safety.own_rules import OwnRules
    from bot.features.safety.screening import Finding
    from bot.features.safety.word_lists import WordList

_BAD_RULES = {
    "not_a_pattern": "safety.bad_rule_not_a_pattern",
    "too_slow": "safety.bad_rule_too_slow",
    "too_long": "safety.bad_rule_too_long",
    "too_many": "safety.bad_rule_too_many",
}


@dataclass(frozen=True, slots=True)
class Wordings:
    """What a server looks for besides the shipped lists, as typed: what to hold back, and crisis words.

    ``taken_off`` are shipped crisis words that it does without.
    """

    rules: str = ""
    taken_off: str = ""
    added: str = ""


@dataclass(frozen=True, slots=True)
class Screened:
    """The texts of one form, and what was found in them."""

    texts: tuple[str, ...]
    finding: "Finding | None"
    is_crisis: bool = False


class Screener:
    """The shipped rules, and each server's own as they were read last."""

    def __init__(self) -> None:
        self._own: dict[ServerId, tuple[Wordings, OwnRules, WordList]] = {}

    async def screen(self, server_id: ServerId, wordings: Wordings, texts: Sequence[str], *, links: int) -> Screened:
        """Return what is found in the ``texts`` of one form.

        Args:
            server_id: where.
            wordings: what the server itself looks for.
            texts: what was typed, field by field.
            links: how many links the form may hold in all.
        """
        return await asyncio.to_thread(self._screen, server_id, wordings, texts, links)

    async def try_out(self, typed: str) -> None:
        """Try a server's own words and patterns out, before they are kept.

        Raises:
            Refusal: a line can't be used.
        """
        await asyncio.to_thread(_read, typed)

    def _screen(self, server_id: ServerId, wordings: Wordings, texts: Sequence[str], links: int) -> Screened:
        from bot.features.safety import crisis  # noqa: PLC0415 - see the module's first line
        from bot.features.safety.own_rules import OwnRules  # noqa: PLC0415 - likewise
        from bot.features.safety.readings import Reading  # noqa: PLC0415 - likewise
        from bot.features.safety.screening import judge  # noqa: PLC0415 - likewise

        known = self._own.get(server_id)
        if known is None or known[0] != wordings:
            words = crisis.words_of(wordings.taken_off.splitlines(), wordings.added.splitlines())
            known = self._own[server_id] = wordings, OwnRules.kept(wordings.rules), words
        reading = Reading("\n".join(texts))
        _, rules, words = known
        return Screened(tuple(texts), judge(reading, links=links, own=rules), crisis.is_crisis(reading, words))


def _read(typed: str) -> None:
    from bot.features.safety.own_rules import BadRule, OwnRules  # noqa: PLC0415 - see the module's first line

    try:
        OwnRules.read(typed)
    except BadRule as bad:
        raise Refusal(_BAD_RULES[bad.why], line=bad.line) from bad
