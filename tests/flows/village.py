"""A simulated server with the whole bot in it, and the people who use it."""

import contextlib
import shutil
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import discord
import simcord
from simcord import interactions
from simcord.backend import serializers
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.app import create_bot
from bot.client import Goen
from bot.demo.forums import numbered_as_discord
from bot.demo.locales import spoken_by
from bot.features.introductions.model import Introduction
from bot.features.introductions.service import Introductions
from bot.features.setup.service import Setup
from bot.kernel.i18n import Locale, Texts
from bot.kernel.ids import MemberId, ServerId
from bot.settings import Settings
from cogs._ui.controls import Control, Router
from tests.flows.messages import Json
from tests.flows.people import Answer, Person
from tests.flows.quiet import Clock, Complaints, QuietEnv, listening
from tests.flows.sent import body_of, check_requests

TAGS: Mapping[Locale, str] = {"ja": "ja", "en": "en-US"}


class Village:
    """One server with a channel for introductions, a system channel, and a moderator."""

    def __init__(
        self, env: simcord.Env, bot: Goen, settings: Settings, clock: Clock, locales: dict[int, str], locale: Locale
    ) -> None:
        self.env, self.bot, self.clock, self.locale = env, bot, clock, locale
        self.texts: Texts = bot.texts
        self.complaints: Complaints
        self._settings = settings
        self.people: dict[int, Person] = {}
        self._locales = locales
        self._checked = 0
        self.guild = env.create_guild("縁側", preferred_locale=TAGS[locale])
        self.door = self.guild.create_text_channel("door")
        self.hall = self.guild.create_text_channel("hall")
        role = self.guild.create_role("Mods", permissions=discord.Permissions(manage_guild=True))
        self.moderator = self.move_in("moderator", role=role)

    def move_in(self, name: str, locale: Locale | None = None, *, role: simcord.RoleHandle | None = None) -> Person:
        """Let somebody who speaks the server's language, or ``locale``, join."""
        user = self.env.create_user(name, global_name=name)
        spoken = locale or self.locale
        self._locales[user.id] = TAGS[spoken]
        actor = self.guild.add_member(user, roles=[role] if role else [])
        self.people[user.id] = Person(self, actor, spoken)
        return self.people[user.id]

    async def set_up(self) -> None:
        """Choose ``hall`` as the channel for introductions."""
        await self.choose("introductions_channel", self.hall)

    async def channels(self) -> Answer:
        """Let the moderator open the card on which channels are chosen."""
        return await self.moderator.press(await self.moderator.slash("setup panel"), "channels")

    async def choose(self, place: str, channel: simcord.ChannelHandle) -> None:
        """Let the moderator choose a channel for a place."""
        await self.moderator.choose(await self.channels(), place, [channel])

    async def pass_time(self, span: timedelta) -> None:
        """Move Discord and the bot on together; what has become due is done."""
        self.env.backend.advance_clock(span.total_seconds())
        await self.bot.worker.run_due(self.env.now())
        await self.env.settle()

    async def noon(self) -> None:
        """Move on to the next noon of the server, when everybody is awake."""
        zone = (await self.bot.service(Setup).server(self.server_id)).zone
        local = self.env.now().astimezone(zone)
        noon = local.replace(hour=12, minute=0, second=0, microsecond=0)
        await self.pass_time((noon if noon > local else noon + timedelta(days=1)) - local)

    async def restart(self) -> None:
        """Stop the bot and start another one on the same database."""
        await self.env.settle()
        await self.bot.close()
        self.bot = create_bot(self._settings, self.clock)
        await self.env.restart_bot(self.bot)
        await self.env.settle()

    @property
    def server_id(self) -> ServerId:
        return ServerId(self.guild.id)

    def text(self, key: str, **values: object) -> str:
        """Return what the server's language says for ``key``."""
        return self.texts(self.locale, key, **values)

    def cards(self, channel: simcord.ChannelHandle | None = None) -> list[discord.Message]:
        """Return the public posts of the bot in a channel, oldest first."""
        assert self.bot.user is not None
        found = (channel or self.hall).history(viewer=self.moderator.actor)
        ours = [m for m in found if m.author.id == self.bot.user.id and not m.flags.ephemeral]
        return [m for m in ours if m.type is discord.MessageType.default]

    def thread(self) -> simcord.ChannelHandle:
        """Return the one thread in the hall."""
        (thread,) = self.hall.threads
        return thread

    async def introduction(self, person: Person) -> Introduction:
        """Return what is kept as somebody's introduction."""
        found = await self.bot.service(Introductions).show(self.server_id, MemberId(person.id))
        assert found is not None
        return found

    def controls(self) -> dict[str, Control]:
        """Return all controls and forms of the bot, by their patterns without ids."""
        return cast("Router", self.bot.get_cog("Router")).controls()

    def custom_ids(self) -> set[str]:
        """Return all controls and forms of the bot, as patterns without ids."""
        return set(self.controls())

    def interaction(self, person: Person, kind: int, data: Json) -> tuple[Any, Json]:
        """Return the record and the gateway's payload of an interaction that is yet to happen."""
        return interactions.base_payload(
            self.env.backend,
            type=kind,
            channel_id=self.door.id,
            guild_id=person.actor.guild.id,
            user_id=person.id,
            data=data,
        )

    def forbid(self, permission: str, channel: simcord.ChannelHandle | None = None) -> None:
        """Take a permission from the bot, in one channel or altogether."""
        backend, denied = self.env.backend, discord.Permissions(**{permission: True}).value
        if channel is not None:
            me = backend.bot_user.id
            backend.set_overwrite(channel.id, Overwrite(me, OverwriteType.MEMBER, deny=denied))
            return
        (role,) = (role for role in backend.get_guild(self.guild.id).roles.values() if role.managed)
        backend.edit_role(self.guild.id, role.id, {"permissions": role.permissions & ~denied})
        everyone = backend.get_role(self.guild.id, self.guild.id)
        backend.edit_role(self.guild.id, self.guild.id, {"permissions": everyone.permissions & ~denied})

    def clear(self, channel: simcord.ChannelHandle) -> None:
        """Give back to the bot what was forbidden in a channel."""
        self.env.backend.delete_overwrite(channel.id, self.env.backend.bot_user.id)

    async def rejoin(self) -> None:
        """Take the bot out of the server and invite it again."""
        guild = self.env.backend.get_guild(self.guild.id)
        self.env.backend.emit("GUILD_DELETE", {"id": str(guild.id)})
        await self.env.settle()
        payload = dict(serializers.guild_create_payload(self.env.backend, guild))
        del payload["unavailable"]  # Discord sends it only of servers that the bot was in before
        self.env.backend.emit("GUILD_CREATE", payload)
        await self.env.settle()

    async def later(self) -> None:
        """Let a quarter of an hour pass: whatever Discord stumbled over is tried again."""
        await self.pass_time(timedelta(minutes=15))

    async def stranger(self) -> Person:
        """Return the moderator of another server that the bot is in, too."""
        guild = self.env.create_guild("elsewhere", preferred_locale=TAGS[self.locale])
        lobby = guild.create_text_channel("lobby")
        user = self.env.create_user("stranger")
        self._locales[user.id] = TAGS[self.locale]
        role = guild.create_role("Mods", permissions=discord.Permissions(manage_guild=True))
        actor = guild.add_member(user, roles=[role])
        await self.env.settle()
        return Person(self, actor, self.locale, lobby)

    async def rows(self, table: str) -> list[Json]:
        """Return all that a table holds."""
        async with self.bot.database.read() as transaction:
            found = await transaction.connection.execute_fetchall(f"SELECT * FROM {table}")
        return [dict(row) for row in found]

    def sent(self, method: str = "POST", ending: str = "/messages") -> list[Json]:
        """Return the bodies of requests whose path ends so."""
        found = [entry for entry in self.env.http_requests if entry.method == method and entry.path.endswith(ending)]
        return [body_of(entry) or {} for entry in found]


@contextlib.asynccontextmanager
async def founded(folder: Path, template: Path, locale: Locale) -> AsyncIterator[Village]:
    """A bot of its own on a copy of ``template``, in a server of its own."""
    database = folder / "goen.db"
    shutil.copyfile(template, database)
    settings = Settings({"DATABASE_URL": f"sqlite+aiosqlite:///{database}", "HEALTH_PORT": "0", "SHARD_COUNT": "1"})
    clock, locales = Clock(), dict[int, str]()
    bot = create_bot(settings, clock)
    env = QuietEnv(bot, settle_timeout=60.0)  # seconds: a busy machine takes its time, and what hangs hangs on
    clock.env = env
    with spoken_by(locales), numbered_as_discord(), listening() as complaints:
        village: Village | None = None
        try:
            await env.start()
            village = Village(env, bot, settings, clock, locales, locale)
            village.complaints = complaints
            await env.settle()
            for hint in village.cards(village.door):  # which every server gets that nobody has set up
                env.backend.delete_message(village.door.id, hint.id)
            await env.settle()
            yield village
            await env.settle()
            check_requests(env.http_requests)
            assert not complaints.found, "\n".join(complaints.found)
        finally:
            await (bot if village is None else village.bot).close()
            await env.shutdown()
