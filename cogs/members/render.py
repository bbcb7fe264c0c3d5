"""How a member's home and the greeting of newcomers look."""

from collections.abc import Sequence

import discord

from bot.features.members.model import Newcomer, Waiting
from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import WARM, Card
from cogs._ui.controls import button
from cogs._ui.custom_ids import CustomId

FEATURE = "members"
_PRIMARY = discord.ButtonStyle.primary


class Render:
    """Draws in the language that it is handed."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def welcome(self, newcomer: Newcomer, locale: Locale, mark: int) -> Card:
        """Return the public line that greets a newcomer."""
        label = self._texts(locale, "members.guide")
        card = Card(mark, WARM).text(self._texts(locale, "members.welcome", name=f"<@{newcomer.member_id}>"))
        return card.row(button(label, CustomId(FEATURE, "guide", newcomer.newcomer_id), _PRIMARY))

    def guide(self, server_id: int, waiting: Sequence[Waiting], locale: Locale) -> Card:
        """Return a member's home: what waits for them, and what they can do."""
        texts = self._texts
        card = Card(colour=WARM).text(texts(locale, "members.guide_title"))
        offered = set()
        for wait in waiting:
            custom_id = CustomId(wait.feature, wait.action, wait.object_id)
            offered.add(custom_id)
            card.section(texts(locale, wait.text), button(texts(locale, f"{wait.text}_button"), custom_id, _PRIMARY))
        if not waiting:
            card.text(texts(locale, "members.nothing_waits"))
        card.divider().text(texts(locale, "members.guide_can"))
        ways = {
            CustomId("introductions", "write", server_id): ("members.write_again", "✏️"),  # a first one waits above
            CustomId("introductions", "show", server_id): ("introductions.mine", "🪪"),
            CustomId("introductions", "search", server_id): ("introductions.search", "🔎"),
        }
        # Discord takes each custom id once in a message.
        return card.row(
            *(
                button(texts(locale, label), custom_id, emoji=emoji)
                for custom_id, (label, emoji) in ways.items()
                if custom_id not in offered
            )
        )
