"""What those share who list what the faces can be asked to draw."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import discord

from bot.kernel.i18n import Locale

Drawing = discord.ui.LayoutView | str
Draw = Callable[[Locale], Iterator[Drawing]]

HIGHEST = 2**63 - 1
MARK = 2**31 - 1
MOMENT = datetime(2026, 11, 23, tzinfo=UTC)
MARKUP = "*_`"  # each is escaped, and so becomes two characters


def long_text(limit: int) -> str:
    """Return a text of ``limit`` characters that takes as much room as can be."""
    return (MARKUP * limit)[:limit]
