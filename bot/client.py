"""The client: what it listens to, whom it never pings, and the order in which it starts and stops."""

import asyncio
import base64
import binascii
import contextlib
import hashlib
import importlib
import json
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlencode

import discord
import yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.directory import Directory
from bot.features.members.inbox import Inbox
from bot.features.members.model import Member
from bot.features.members.service import Members
from bot.features.safety.service import Safety
from bot.features.setup.model import INVITED_WITH
from bot.features.setup.service import Setup
from bot.forums import Forums
from bot.kernel.clock import Clock
from bot.kernel.errors import HostError, TryLater
from bot.kernel.i18n import Locale, Texts
from bot.kernel.ids import MemberId, RoleId, ServerId
from bot.kernel.logs import get_logger
from bot.kernel.metrics import Metrics
from bot.outbound import Outbound, Renderers
from bot.pace import LONGEST_WAIT, paced
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.effects import Effect, Effects, Jobs, Posts, Tended, Verb
from bot.storage.installation import Installation
from bot.troubles import FAULTS, trouble_of
from bot.web import Web
from bot.worker import Worker

FACE = (
    "cogs._ui",
    "cogs.members",
    "cogs.introductions",
    "cogs.peer_help",
    "cogs.blog_reviews",
    "cogs.check_ins",
    "cogs.reputation",
    "cogs.safety",
    "cogs.setup",
)
FIRST_PAUSE = 2.0  # seconds between attempts to reach Discord, doubling up to
LONGEST_PAUSE = 60.0
ANSWER_LIMIT = 3  # seconds; all limits together, and the closing of the database, below the ten that supervisors grant
EFFECTS_LIMIT = 3
WATCH_LIMIT = 0.5
DISCONNECT_LIMIT = 2

Service = TypeVar("Service")
_COMMANDS = "commands"
_log = get_logger(__name__)


def intents() -> discord.Intents:
    """Return the intents of the bot: servers, and messages without their content. None is privileged."""
    return discord.Intents(guilds=True, guild_messages=True)


class Goen(commands.AutoShardedBot):
    """The Discord client of one process."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        database: Database,
        services: Sequence[object],
        posts: Mapping[str, Posts],
        jobs_of: Callable[[Directory, Forums], dict[str, Jobs]],
        texts: Texts,
    ) -> None:
        """Put the client together; nothing is opened or connected yet.

        ``jobs_of`` makes the work of the features at certain times, given the ways to ask Discord who somebody is, and
        to keep the tags of forums.
        """
        Route.BASE = settings.discord_api_url
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # no voice, so nothing to warn of
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_WAIT,
            http_trace=paced(),
            shard_ids=None if settings.shard_ids is None else list(settings.shard_ids),  # type: ignore[arg-type]  # typed too narrowly: its default is None
            shard_count=settings.shard_count,
        )
        self.database = database
        self.texts = texts
        self.metrics = Metrics()
        self.renderers = Renderers()
        self.outbound = Outbound(self, self.renderers)
        self.directory, self.forums = Directory(self), Forums(self)
        self._services = services
        jobs = jobs_of(self.directory, self.forums) | {_COMMANDS: _CommandSync(self, database)}
        self._tended = [job for job in jobs.values() if isinstance(job, Tended)]
        self.worker = Worker(database, clock, self.outbound, self.service(Setup), posts, jobs, self.metrics)
        self.web = Web(self, settings.health_port)
        self.under_way: set[asyncio.Task[Any]] = set()
        self.is_closing = False
        self._secret_key = settings.secret_key

    @property
    def drafts(self) -> Members:
        """Where typed text is kept when its form fails."""
        return self.service(Members)

    def service(self, kind: type[Service]) -> Service:
        """Return the one service of class ``kind``."""
        return next(service for service in self._services if isinstance(service, kind))

    async def arrive(self, server_id: ServerId, member_id: MemberId, locale: Locale, server_locale: Locale) -> Member:
        """Make a server and a member known, before anything is kept about them."""
        await self.service(Setup).server(server_id, server_locale)
        member = await self.service(Members).seen(server_id, member_id, locale)
        has_news = member.has_news or await self.service(Inbox).has_whispers(server_id, member_id)
        return replace(member, has_news=has_news)

    async def promise(self, server_id: ServerId, member_id: MemberId) -> None:
        """Record somebody's first-time promise."""
        await self.service(Members).promise(server_id, member_id)

    async def server_of(self, found_by: str, object_id: int, member_id: MemberId) -> tuple[ServerId, str] | None:
        """Return the server of a member's own notice or draft, and their name there; None where they are not in it.

        Raises:
            DiscordTrouble: Discord does not say whether they are.
        """
        finder = {"notice": self.service(Inbox).server_of, "draft": self.drafts.server_of_draft}.get(found_by)
        server_id = None if finder is None else await finder(member_id, object_id)
        name = None if server_id is None else await self.directory.name_of(server_id, member_id)
        return None if server_id is None or name is None else (server_id, name)

    async def moderators_role(self, server_id: ServerId) -> RoleId | None:
        """Return the role that makes a moderator besides Manage Server, if one is chosen."""
        role_id = (await self.service(Setup).server(server_id)).moderators_role_id
        return None if role_id is None else RoleId(role_id)

    async def moderator_seen(self, server_id: ServerId, member_id: MemberId) -> None:
        """Remember that somebody was a moderator when they last asked for something."""
        await self.service(Safety).moderator_seen(server_id, member_id)

    async def tend(self, server_id: ServerId) -> None:
        """Let the daily work for a server that is known go on."""
        for job in self._tended:
            await job.tend(server_id)

    async def setup_hook(self) -> None:
        """Open the database, fasten the face, and begin to work. Discord knows us, nobody hears us yet."""
        await self.database.open()
        await self.service(Installation).keep_host_key(self._secret_key)
        await self.fasten_face()
        await self._want_command_sync()
        await self.worker.start()
        await self.web.start()

    async def fasten_face(self) -> None:
        """Let each part of the face fasten itself, by name: nothing here imports ``cogs``.

        Not by the library's extensions: those are imported anew for each client and purged when one
        closes, so that two clients in a process would have different classes of the same name.
        """
        for name in FACE:
            await importlib.import_module(name).setup(self)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Connect to the gateway that the REST API names, also where the library would take its own."""
        _, gateway, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)
        await super().connect(reconnect=reconnect)

    async def on_message(self, message: discord.Message, /) -> None:
        """Commands are slash commands only: nothing is read from messages."""

    async def on_ready(self) -> None:
        """Tell the host that the bot is there."""
        _log.info("ready", servers=len(self.guilds), shards=self.shard_count)

    async def on_error(self, event_method: str, /, *_args: object, **_kwargs: object) -> None:
        """Log what a listener raised; what comes while the bot stops finds the database closed, which is no fault."""
        if self.is_closing:
            _log.warning("listener cut off by the stop", listener=event_method, exc_info=True)
        else:
            _log.exception("listener failed", listener=event_method)

    async def close(self) -> None:
        """Stop in order: take no more work, finish what was acknowledged, disconnect, close the database."""
        if self.is_closing:
            return
        self.is_closing = True
        try:
            await _in_time(self._finish_answers(), ANSWER_LIMIT, "answers were left")
            await _in_time(self.worker.stop(), EFFECTS_LIMIT, "work was left, it follows after the next start")
            await _in_time(self.web.stop(), WATCH_LIMIT, "somebody kept the health port busy")
            await _in_time(super().close(), DISCONNECT_LIMIT, "Discord did not confirm the goodbye")
        finally:
            await self.database.close()

    async def _finish_answers(self) -> None:
        if self.under_way:
            await asyncio.wait(self.under_way)

    async def _want_command_sync(self) -> None:
        """Let the commands be told to Discord, if they are not the ones told last."""
        assert self.tree.translator is not None  # noqa: S101 - set by the first extension
        payload = [
            await command.get_translated_payload(self.tree, self.tree.translator)
            for command in self.tree.get_commands()
        ]
        digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
        if await self.service(Installation).value(_COMMANDS) != digest:
            async with self.database.write() as transaction:
                await Installation.keep(transaction, f"{_COMMANDS}.wanted", digest)
                await Effects(transaction).put(Verb.JOB, _COMMANDS, "sync", 0, server_id=None)


class _CommandSync:
    """Tells Discord the commands, as an effect: retried until it is done."""

    def __init__(self, client: Goen, database: Database) -> None:
        self._client = client
        self._database = database

    async def run(self, _effect: Effect) -> None:
        try:
            await self._client.tree.sync()
        except FAULTS as error:
            raise trouble_of(error) from error
        digest = await Installation(self._database).value(f"{_COMMANDS}.wanted")
        async with self._database.write() as transaction:
            await Installation.keep(transaction, _COMMANDS, digest or "")


async def _in_time(work: Awaitable[None], limit: float, otherwise: str) -> None:
    try:
        async with asyncio.timeout(limit):
            await work
    except TimeoutError:
        _log.warning(otherwise)


async def run_until_stopped(client: Goen, token: str) -> None:
    """Run ``client`` until SIGTERM or SIGINT, then close it in order.

    Raises:
        HostError: Discord does not take the token, or the bot can't start.
    """
    stop = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        # Windows has no signal handlers in its event loop: there Ctrl-C cancels the run instead.
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    async with client:  # so that it can be closed also before it has logged in
        running = asyncio.create_task(_stay_connected(client, token), name="client")
        stopping = asyncio.create_task(stop.wait(), name="stop")
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
    running.cancel()  # nothing where it is done
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def _stay_connected(client: Goen, token: str) -> None:
    try:
        await _patiently(lambda: client.login(token))
    except discord.LoginFailure:
        raise HostError("host.bad_token") from None
    await _patiently(client.connect)


async def _patiently(call: Callable[[], Awaitable[None]]) -> None:
    """Make a ``call`` again until Discord can be reached."""
    pause = FIRST_PAUSE
    while True:
        try:
            return await call()
        except (*FAULTS, discord.GatewayNotFound) as error:
            trouble = trouble_of(error)
            if not isinstance(trouble, TryLater):
                raise
            wait = max(pause, trouble.after.total_seconds() if trouble.after else 0)
            _log.warning("Discord can't be reached, trying again", pause_seconds=wait, reason=str(error))
        await asyncio.sleep(wait)
        pause = min(pause * 2, LONGEST_PAUSE)


def invitation(token: str) -> str:
    """Return the link that invites the bot with exactly the permissions that it uses.

    Raises:
        HostError: ``token``, from which the bot's id is read, does not look like one.
    """
    query = {
        "client_id": _application_id(token),
        "scope": "bot applications.commands",
        "permissions": discord.Permissions(**dict.fromkeys(INVITED_WITH, True)).value,
    }
    return f"https://discord.com/oauth2/authorize?{urlencode(query)}"


def _application_id(token: str) -> int:
    first = token.partition(".")[0]
    try:
        digits = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4))
    except (binascii.Error, ValueError):
        digits = b""
    if not digits.isdigit():
        raise HostError("host.odd_token")
    return int(digits)
