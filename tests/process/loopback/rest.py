"""The way of a REST request: recorded, faults, authorisation, rate limit, checked, done, answered."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from aiohttp import web

from tests.openapi import check_request

from . import routes_bot, routes_channels
from .errors import EMPTY_MESSAGE, INVALID_FORM_BODY, ApiError
from .faults import Fault
from .limits import RateLimits, Verdict
from .routes import Call, Discord, Reply, Route, find

Json = dict[str, Any]
Moment = Literal["before", "after"]
Hook = Callable[[Moment, str, str], Awaitable[None]]
TABLE = [*routes_channels.routes.table, *routes_bot.routes.table]
WITHOUT_TOKEN = ("/interactions/", "/webhooks/")
NEVER_RIGHT = (EMPTY_MESSAGE, INVALID_FORM_BODY)  # a body that Discord can never take is the bot's mistake
TOO_MANY = 429
SERVER_ERROR = 500


@dataclass(frozen=True)
class Request:
    """A request as it came; `status` None: its connection was cut. `fault`: what a test had ordered for it."""

    method: str
    path: str
    body: Any
    status: int | None
    fault: Fault | None


class Rest:
    """Serves everything under `/api/v10`. `requests` records all, `violations` what a bot should not have sent.

    `on_request` is awaited with "before" or "after", the method and the path, around the doing of each known request.
    """

    def __init__(self, discord: Discord, limits: RateLimits) -> None:
        self.discord, self.limits = discord, limits
        self.faults: list[Fault] = []
        self.requests: list[Request] = []
        self.violations: list[str] = []
        self.on_request: Hook | None = None

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one request."""
        path = "/" + request.match_info["path"]
        body, files = await _decoded(request)
        call = Call(request.method, path, request.query, body, files)
        fault = next((each for each in self.faults if each.befalls(call.method, path)), None)
        if fault is not None and not fault.after_doing:
            self.discord.world.changes.tell()  # some wait for its hits while it hangs
            await asyncio.sleep(fault.latency)
        response = await self._with_fault(request, call, fault)
        if fault is not None and fault.after_doing:
            await asyncio.sleep(fault.latency)
        status = None if response is None else response.status
        self.requests.append(Request(call.method, path, body, status, fault))
        self.discord.world.changes.tell()
        if response is None:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        return response

    async def _with_fault(self, request: web.Request, call: Call, fault: Fault | None) -> web.Response | None:
        ordered = fault is not None and (fault.cut or fault.status is not None)
        response = None
        if fault is None or not ordered or fault.after_doing:
            response = await self._served(request, call)
        if fault is None or not ordered:
            return response
        if fault.cut:
            return None
        return _json(fault.body(), status=fault.status or SERVER_ERROR, headers=fault.headers())

    async def _served(self, request: web.Request, call: Call) -> web.Response:
        found = find(TABLE, call.method, call.path)
        if found is None:
            self.violations.append(f"the loopback does not know {call.method} {call.path}")
            return _json(ApiError(0).body(), status=404)
        route, call.parameters = found
        if not call.path.startswith(WITHOUT_TOKEN) and not self._authorised(request):
            return _json(ApiError(40001).body(), status=401)
        verdict = self.limits.take(f"{route.method} {route.template}", _major(call.parameters))
        if verdict.retry_after is not None:
            return _too_many(verdict)
        self.violations += check_request(call.method, call.path, call.body)
        status, answer = await self._done(route, call)
        if answer is None:
            return web.Response(status=status, headers=verdict.headers)
        return _json(answer, status=status, headers=verdict.headers)

    async def _done(self, route: Route, call: Call) -> Reply:
        if self.on_request is not None:
            await self.on_request("before", call.method, call.path)
        try:
            reply = route.handler(self.discord, call)
        except ApiError as error:
            reply = error.status, error.body()
            if error.code in NEVER_RIGHT:
                self.violations.append(f"{call.method} {call.path} was refused: {reply[1]}")
        except Exception as error:  # noqa: BLE001 — a fault of the loopback or a body beyond it: the test must fail
            self.violations.append(f"{call.method} {call.path} broke the loopback: {error!r}")
            reply = SERVER_ERROR, {"message": repr(error), "code": 0}
        if self.on_request is not None:
            await self.on_request("after", call.method, call.path)
        return reply

    def _authorised(self, request: web.Request) -> bool:
        return request.headers.get("Authorization") == f"Bot {self.discord.settings.token}"


def _json(data: object, *, status: int, headers: Mapping[str, str] | None = None) -> web.Response:
    """Return an answer whose type has no charset: discord.py takes nothing else for JSON."""
    return web.Response(body=json.dumps(data).encode(), status=status, headers=headers, content_type="application/json")


def _major(parameters: Mapping[str, str]) -> str:
    return parameters.get("channel") or parameters.get("guild") or ""


def _too_many(verdict: Verdict) -> web.Response:
    body = {
        "message": "You are being rate limited.",
        "retry_after": round(verdict.retry_after or 0, 3),
        "global": verdict.is_global,
    }
    return _json(body, status=TOO_MANY, headers=verdict.headers)


async def _decoded(request: web.Request) -> tuple[Any, dict[int, tuple[str, bytes]]]:
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        files = {
            int(name.removeprefix("files[").removesuffix("]")): (part.filename, part.file.read())
            for name, part in form.items()
            if isinstance(part, web.FileField)
        }
        return json.loads(str(form["payload_json"])), files
    text = await request.text()
    return (json.loads(text) if text else None), {}
