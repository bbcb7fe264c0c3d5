"""What the face needs of the client that it is fastened to."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

import discord
from discord import app_commands
from discord.ext import commands

from bot.kernel.i18n import Locale, Texts
from bot.kernel.ids import InteractionId, MemberId, RoleId, ServerId
from bot.kernel.metrics import Metrics

Service = TypeVar("Service")
Fields = Mapping[str, str | tuple[str, ...]]


class Renderers(Protocol):
    """Where a feature registers how its posts look."""

    def card(self, feature: str, card: str, renderer: Callable[[Any, Locale, int], discord.ui.LayoutView]) -> None:
        """Draw ``card`` of ``feature`` by ``renderer``."""
        ...

    def name(self, feature: str, card: str, namer: Callable[[Any, Locale], str]) -> None:
        """Name the thread or channel of ``card`` by ``namer``."""
        ...


class Draft(Protocol):
    """A form that failed, as it was typed."""

    @property
    def form(self) -> str:
        """The form's custom id."""
        ...

    @property
    def fields(self) -> Fields:
        """What was typed and chosen."""
        ...


class DraftKeeper(Protocol):
    """Where typed text is kept when its form fails."""

    async def keep_draft(
        self, server_id: ServerId, member_id: MemberId, form: str, fields: Fields, interaction_id: InteractionId
    ) -> int:
        """Keep what was typed; return the draft's id."""
        ...

    async def draft(self, server_id: ServerId, member_id: MemberId, draft_id: int) -> Draft:
        """Return a member's own open draft.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        ...

    async def form_done(self, server_id: ServerId, member_id: MemberId, form: str) -> None:
        """Forget the drafts of a form that went through."""
        ...


class Arrival(Protocol):
    """What the bot knows of whoever asks."""

    @property
    def chosen_language(self) -> str | None:
        """The language that they chose, if any."""
        ...

    @property
    def has_news(self) -> bool:
        """Whether something waits in their inbox."""
        ...

    @property
    def has_promised(self) -> bool:
        """Whether they have given the first-time promise."""
        ...


class Host(Protocol):
    """The client, as far as the face is concerned."""

    texts: Texts
    metrics: Metrics
    renderers: Renderers
    under_way: set[asyncio.Task[Any]]
    is_closing: bool

    @property
    def drafts(self) -> DraftKeeper:
        """Where typed text is kept."""
        ...

    @property
    def tree(self) -> app_commands.CommandTree[Any]:
        """The application commands."""
        ...

    def service(self, kind: type[Service]) -> Service:
        """Return the one service of a class."""
        ...

    async def arrive(self, server_id: ServerId, member_id: MemberId, locale: Locale, server_locale: Locale) -> Arrival:
        """Make a server and a member known, before anything is kept about them."""
        ...

    async def promise(self, server_id: ServerId, member_id: MemberId) -> None:
        """Record somebody's first-time promise."""
        ...

    async def server_of(self, found_by: str, object_id: int, member_id: MemberId) -> tuple[ServerId, str] | None:
        """Return the server of a member's own notice or draft, and their name there; None where they are not in it."""
        ...

    async def moderators_role(self, server_id: ServerId) -> RoleId | None:
        """Return the role that makes a moderator besides Manage Server, if one is chosen."""
        ...

    async def moderator_seen(self, server_id: ServerId, member_id: MemberId) -> None:
        """Remember that somebody was a moderator when they last asked for something."""
        ...

    async def tend(self, server_id: ServerId) -> None:
        """Let the daily work for a server that is known go on."""
        ...

    async def add_cog(self, cog: commands.Cog, /) -> None:
        """Fasten a cog."""
        ...

    def get_cog(self, name: str, /) -> commands.Cog | None:
        """Return the cog of that name."""
        ...
