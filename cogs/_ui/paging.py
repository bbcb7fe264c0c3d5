"""Long texts, cut into pages that fit into a message, and the menu that turns them."""

from collections.abc import Iterable

import discord

from bot.kernel.i18n import Locale, Texts
from cogs._ui.cards import Card, said
from cogs._ui.custom_ids import CustomId

PAGE_ROOM = 2600  # characters of one page; what stands above it takes no more than the rest of Discord's 4,000
_PIECE = 900  # characters as typed: escaped and quoted, they still fit into one page
_OPTIONS = 25  # that Discord takes in one menu
_PARAGRAPH = "\n\n"


def quoted(text: str) -> list[str]:
    """Return what somebody wrote as quotations, each of which fits into a page."""
    pieces = (text[begin : begin + _PIECE] for begin in range(0, len(text), _PIECE))
    return ["\n".join(f"> {line}" for line in said(piece).splitlines()) for piece in pieces if piece.strip()]


def paged(blocks: Iterable[str]) -> list[str]:
    """Return ``blocks`` as pages, in their order; at least one, which may be empty."""
    pages: list[str] = [""]
    for block in blocks:
        longer = _PARAGRAPH.join(filter(None, (pages[-1], block)))
        if len(longer) <= PAGE_ROOM:
            pages[-1] = longer
        else:
            pages.append(block)
    return pages


def page_menu(texts: Texts, locale: Locale, custom_id: CustomId, number: int, pages: int) -> discord.ui.Select[Card]:
    """Return the menu that turns to another of ``pages``, of which ``number``, from 0, is shown."""
    first = min(max(number - _OPTIONS // 2, 0), max(pages - _OPTIONS, 0))
    options = [
        discord.SelectOption(
            label=texts(locale, "paging.page", number=each + 1, pages=pages), value=str(each), default=each == number
        )
        for each in range(first, min(first + _OPTIONS, pages))
    ]
    return discord.ui.Select(custom_id=str(custom_id), options=options)
