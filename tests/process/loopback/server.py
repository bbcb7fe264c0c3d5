"""The loopback Discord as one object: started and stopped, driven, waited for, asked whether all was clean."""

from collections.abc import Callable
from typing import Self, TypedDict, TypeVar, Unpack

from aiohttp import web

from tests.openapi import reason_to_skip

from .acts import Acts
from .changes import Changes
from .community import Community
from .entities import Channel, Member, Message, User
from .faults import Fault
from .gateway import Gateway
from .interactions import Interactions
from .limits import RateLimits
from .messages import Messages
from .rest import Hook, Request, Rest
from .routes import Discord
from .routes_channels import bot_messages
from .settings import Settings
from .world import World

T = TypeVar("T")
NONCE_SECONDS = 300.0
LARGEST_BODY = 32 * 1024 * 1024


class Ordered(TypedDict, total=False):
    """What may be said of a fault beside where it befalls; see Fault."""

    status: int
    cut: bool
    latency: float
    after_doing: bool
    times: int | None
    code: int
    retry_after: float
    is_global: bool


class Loopback(Community, Acts):
    """A small Discord on 127.0.0.1, used as `async with Loopback() as discord`.

    `url` is what the bot takes as DISCORD_API_URL, `settings.token` as DISCORD_TOKEN.
    """

    def __init__(self) -> None:
        self.settings = Settings()
        self.changes = Changes()
        world = World(self.changes)
        self.messages = Messages(world, NONCE_SECONDS)
        self.gateway = Gateway(world, self.changes, self.settings)
        self.interactions = Interactions(world, self.messages, self.settings)
        self.limits = RateLimits(self.settings)
        discord = Discord(world, self.messages, self.gateway, self.interactions, self.settings)
        super().__init__(discord)
        self._rest = Rest(discord, self.limits)
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/gateway/", self.gateway.handle)
        app.router.add_route("*", "/api/v10/{path:.*}", self._rest.handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/api/v10"
        self.gateway.url = f"ws://{host}:{port}/gateway"
        return self

    async def __aexit__(self, *_exc_info: object) -> None:
        self.gateway.drop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def openapi_skipped(self) -> str | None:
        """Why bodies are not checked against Discord's OpenAPI file; None when they are."""
        return reason_to_skip()

    @property
    def requests(self) -> list[Request]:
        """All REST requests so far."""
        return self._rest.requests

    @property
    def violations(self) -> list[str]:
        """Unknown routes, bodies that Discord refuses or that are against its OpenAPI file, what broke the loopback."""
        return self._rest.violations

    @property
    def on_request(self) -> Hook | None:
        """Awaited with "before" or "after", method and path around each request that is done."""
        return self._rest.on_request

    @on_request.setter
    def on_request(self, hook: Hook | None) -> None:
        self._rest.on_request = hook

    def assert_clean(self) -> None:
        """Raise AssertionError when the bot asked for anything that Discord or the loopback does not know."""
        if self.violations:
            raise AssertionError("\n".join(self.violations))

    def fail(self, method: str, pattern: str, **ordered: Unpack[Ordered]) -> Fault:
        """Order a fault for the requests that match; its keywords are Fault's. Orders are taken in turn."""
        fault = Fault(method, pattern, **ordered)
        self._rest.faults.append(fault)
        return fault

    def forget_nonces(self) -> None:
        """As after some minutes: a repeated nonce is not recognised any more."""
        self.messages.forget_nonces()

    def bot_messages(self, channel: Channel) -> list[Message]:
        """Return what the bot itself wrote in a channel, oldest first, without Discord's notices in its name."""
        return bot_messages(self.discord, channel)

    def dms(self, person: Member | User) -> list[Message]:
        """Return what the bot wrote to a person privately, oldest first."""
        return self.bot_messages(self.dm_of(person))

    async def wait_for(self, predicate: Callable[[], T], timeout: float = 5.0, what: str = "such state") -> T:  # noqa: ASYNC109 — its message names what was awaited
        """Wait until the predicate is truthy, woken by each request and gateway event, and return what it gave."""
        return await self.changes.wait_for(predicate, timeout, what)

    async def identified(self, timeout: float = 10.0, times: int | None = None) -> None:  # noqa: ASYNC109 — its message names what was awaited
        """Wait until the bot is connected, with READY sent; with `times`, until it has identified that often in all."""
        await self.wait_for(
            lambda: self.gateway.live and len(self.gateway.identifies) >= (times or 1), timeout, "IDENTIFY"
        )

    async def disconnected(self, timeout: float = 10.0) -> None:  # noqa: ASYNC109 — its message names what was awaited
        """Wait until no socket of the bot's is open."""
        await self.wait_for(lambda: not self.gateway.live, timeout, "end of the gateway connection")

    def drop_gateway(self, *, resumable: bool = True) -> None:
        """Cut the gateway's sockets; unless `resumable`, the bot must identify anew."""
        self.gateway.drop(resumable=resumable)
