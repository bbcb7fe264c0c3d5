"""The gateway: sessions, shards, resuming, and which events the declared intents let through."""

import asyncio
import json
import zlib
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from aiohttp import WSMsgType, web

from . import payloads
from .changes import Changes
from .entities import Guild
from .errors import NotPossible
from .ids import Counter
from .settings import Settings
from .world import World

Json = dict[str, Any]
GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_MESSAGES = 1 << 9
DIRECT_MESSAGES = 1 << 12
MESSAGE_CONTENT = 1 << 15
BAD_TOKEN = 4004
CLEAN_CLOSES = (1000, 1001)
HIDDEN_WITHOUT_INTENT = {"content": "", "embeds": [], "attachments": [], "components": []}


class Op(IntEnum):
    """Gateway opcodes."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    RECONNECT = 7
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Connection:
    """One socket of the bot's. Events go out in order, compressed when `compress=zlib-stream` was asked for.

    Any other compression is answered with plain text, which discord.py reads just as well.
    """

    def __init__(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        self.socket = socket
        self._transport = request.transport
        self._deflate = zlib.compressobj() if request.query.get("compress") == "zlib-stream" else None
        self._outgoing: asyncio.Queue[Json] = asyncio.Queue()
        self.session: Session | None = None

    def send(self, op: Op, data: Any = None, **more: Any) -> None:  # noqa: ANN401 — any JSON value
        """Put a payload on its way."""
        self._outgoing.put_nowait({"op": int(op), "d": data, "s": None, "t": None, **more})

    async def write(self) -> None:
        """Write what was put on its way, until cancelled or cut."""
        while True:
            text = json.dumps(await self._outgoing.get())
            if self._deflate is None:
                await self.socket.send_str(text)
            else:
                packed = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                await self.socket.send_bytes(packed)

    def cut(self) -> None:
        """Drop the socket without a word."""
        if self._transport is not None:
            self._transport.abort()


@dataclass(eq=False)
class Session:
    """What Discord remembers of one IDENTIFY, also while no socket is open."""

    id: str
    shard: tuple[int, int]
    intents: int
    connection: Connection | None
    sent: list[Json] = field(default_factory=list)

    def dispatch(self, event: str, data: Json) -> None:
        """Number an event, remember it for RESUME, and send it when a socket is open."""
        payload = {"t": event, "s": len(self.sent) + 1, "d": data}
        self.sent.append(payload)
        self._send(payload)

    def _send(self, payload: Json) -> None:
        if self.connection is not None:
            self.connection.send(Op.DISPATCH, payload["d"], t=payload["t"], s=payload["s"])

    def resume(self, connection: Connection, after: int) -> None:
        """Go on over a new socket: what came after sequence `after` is sent again."""
        self.connection, connection.session = connection, self
        for payload in self.sent[after:]:
            self._send(payload)
        self.dispatch("RESUMED", {})

    def wants(self, event: str, guild: Guild | None) -> bool:
        """Whether its shard and its intents let an event through."""
        number, count = self.shard
        home = 0 if guild is None else (guild.id >> 22) % count
        needed = _intent(event, guild)
        return home == number and (needed == 0 or bool(self.intents & needed))


def _intent(event: str, guild: Guild | None) -> int:
    if event == "INTERACTION_CREATE":
        return 0
    if event.startswith("MESSAGE_") or guild is None:
        return DIRECT_MESSAGES if guild is None else GUILD_MESSAGES
    return GUILD_MEMBERS if event.startswith("GUILD_MEMBER_") else GUILDS


class Gateway:
    """All sessions. `identifies` holds the data of each IDENTIFY, `resumes` counts those who resumed."""

    def __init__(self, world: World, changes: Changes, settings: Settings) -> None:
        self.world, self.changes, self.settings = world, changes, settings
        self.url = ""
        self.identifies: list[Json] = []
        self.resumes = 0
        self.heartbeats = 0
        self.sessions: list[Session] = []
        self._connections: set[Connection] = set()
        self._names = Counter("session")
        world.emit = self.emit

    @property
    def live(self) -> list[Session]:
        """The sessions with an open socket."""
        return [session for session in self.sessions if session.connection is not None]

    @property
    def intents(self) -> int:
        """The intents of the latest IDENTIFY; 0 before any."""
        return self.identifies[-1]["intents"] if self.identifies else 0

    def emit(self, event: str, guild: Guild | None, data: Json) -> None:
        """Send an event to each session that its shard and intents let through; interactions to a live one only.

        Raises NotPossible for an interaction while the bot is not connected.
        """
        if event == "INTERACTION_CREATE":
            self._ask(guild, data)
            return
        if guild is not None and not guild.has_bot and event != "GUILD_DELETE":
            return
        for session in self.sessions:
            if session.wants(event, guild):
                session.dispatch(event, self.seen(event, guild, data, session.intents))

    def _ask(self, guild: Guild | None, data: Json) -> None:
        listening = [session for session in self.live if session.wants("INTERACTION_CREATE", guild)]
        if not listening:
            raise NotPossible("the bot is not connected to the gateway, so nobody can use its commands and buttons")
        for session in listening:
            session.dispatch("INTERACTION_CREATE", data)

    def seen(self, event: str, guild: Guild | None, data: Json, intents: int) -> Json:
        """Return a message's data as a bot with these intents sees it: others' text is blank without their content."""
        if not event.startswith("MESSAGE_") or "author" not in data or intents & MESSAGE_CONTENT or guild is None:
            return data
        return data if data["author"]["id"] == str(self.world.bot.id) else {**data, **HIDDEN_WITHOUT_INTENT}

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one socket until it closes."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = Connection(socket, request)
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        connection.send(Op.HELLO, {"heartbeat_interval": int(self.settings.heartbeat_seconds * 1000)})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._received(connection, json.loads(message.data))
        finally:
            self._closed(connection)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
        return socket

    def _closed(self, connection: Connection) -> None:
        self._connections.discard(connection)
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
            if connection.socket.close_code in CLEAN_CLOSES:
                self.sessions = [each for each in self.sessions if each is not session]
        self.changes.tell()

    async def _received(self, connection: Connection, payload: Json) -> None:
        match payload["op"]:
            case Op.HEARTBEAT:
                self.heartbeats += 1
                connection.send(Op.HEARTBEAT_ACK)
            case Op.IDENTIFY:
                await self._identify(connection, payload["d"])
            case Op.RESUME:
                self._resume(connection, payload["d"])
        self.changes.tell()

    async def _identify(self, connection: Connection, data: Json) -> None:
        self.identifies.append(data)
        if data["token"] != self.settings.token:
            await connection.socket.close(code=BAD_TOKEN, message=b"Authentication failed.")
            return
        shard = data.get("shard", [0, 1])
        session = Session(self._names.make(), (shard[0], shard[1]), data["intents"], connection)
        connection.session = session
        self.sessions = [each for each in self.sessions if each.connection or each.shard != session.shard] + [session]
        guilds = [each for each in self.world.guilds.values() if each.has_bot and session.wants("GUILD_CREATE", each)]
        session.dispatch("READY", self._ready(session, guilds))
        for guild in guilds:
            if not guild.out:
                whole = payloads.whole_guild(guild, self.world.bot_in(guild))
                session.dispatch("GUILD_CREATE", {**whole, "unavailable": False})

    def _ready(self, session: Session, guilds: list[Guild]) -> Json:
        return {
            "v": 10,
            "user": payloads.user(self.world.bot),
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": str(self.world.application_id), "flags": 0},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
        }

    def _resume(self, connection: Connection, data: Json) -> None:
        known = next((each for each in self.sessions if each.id == data["session_id"]), None)
        if known is None or data["token"] != self.settings.token:
            connection.send(Op.INVALID_SESSION, data=False)
            return
        self.resumes += 1
        known.resume(connection, data["seq"])

    def drop(self, *, resumable: bool = True) -> None:
        """Cut all sockets; with `resumable` False Discord forgets the sessions too."""
        if not resumable:
            self.sessions = []
        for connection in list(self._connections):
            connection.cut()

    def ask_to_reconnect(self) -> None:
        """Send op 7 to all."""
        for session in self.live:
            if session.connection is not None:
                session.connection.send(Op.RECONNECT)

    def invalidate(self, *, resumable: bool) -> None:
        """Send op 9 to all; unless `resumable`, they must identify anew."""
        for session in self.live:
            if session.connection is not None:
                session.connection.send(Op.INVALID_SESSION, data=resumable)
        if not resumable:
            self.sessions = []
