"""The page's other end: a small JSON interface on loopback."""

import asyncio
import hashlib
import json
import mimetypes
from collections.abc import Awaitable, Callable
from importlib import resources
from typing import Final

import simcord
from aiohttp import web

from bot.demo.people import Language
from bot.demo.view import Eyes
from bot.demo.wire import Json, readable
from bot.demo.world import Answer, Place, World
from bot.kernel.logs import get_logger

_TICK_SECONDS: Final = 1.0
_LARGEST: Final = 32 * 2**20
"""Bytes of what the page sends: a form with a file in it, spelt out in letters."""
_TYPES: Final = {"html": "text/html", "css": "text/css", "js": "text/javascript"}
_REFUSED: Final = (simcord.SetupError, simcord.BackendError, LookupError, ValueError)
_log = get_logger(__name__)


class Desk:
    """Answers one page: what is to be seen, and what a press or a form led to."""

    def __init__(self, world: World, visitor_id: int, language: Language) -> None:
        """`visitor_id`: whom the visitor is at first; `language`: of the page at first."""
        self._world = world
        self._eyes = Eyes(world)
        self._first = {"member": str(visitor_id), "language": language}
        self._opened: dict[str, Answer] = {}
        self._deeds: dict[str, Callable[[Place, Json], Awaitable[Answer | None]]] = {
            "send": self._send,
            "post": self._post,
            "slash": self._slash,
            "on_member": self._on_member,
            "on_message": self._on_message,
            "press": self._press,
            "choose": self._choose,
            "submit": self._submit,
            "wait": self._wait,
        }

    def app(self) -> web.Application:
        """The web application, not yet served."""
        app = web.Application(client_max_size=_LARGEST)
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/page/{name}", self._page),
                web.get("/api/start", self._start),
                web.get("/api/view", self._view),
                web.get("/api/file", self._file),
                web.post("/api/act", self._act),
                web.post("/api/suggest", self._suggest),
            ]
        )
        return app

    async def tick(self) -> None:
        """Let time run as fast as it does outside, until cancelled."""
        loop = asyncio.get_running_loop()
        last = loop.time()
        while True:
            await asyncio.sleep(_TICK_SECONDS)
            present = loop.time()
            try:
                await self._world.pass_time(present - last)
            except Exception:  # noqa: BLE001 – the boundary of the clockwork: time goes on whatever the bot made of it
                _log.exception("the bot failed as time went on")
            last = present

    async def _page(self, request: web.Request) -> web.Response:
        name = request.match_info.get("name", "index.html")
        file = resources.files("bot.demo") / "page" / name
        kind = _TYPES.get(name.rpartition(".")[2])
        if kind is None or not file.is_file():
            raise web.HTTPNotFound
        # A page kept from an older version of the demo would speak to this one in vain.
        headers = {"Cache-Control": "no-store"}
        return web.Response(text=file.read_text("utf-8"), content_type=kind, headers=headers)

    async def _start(self, _request: web.Request) -> web.Response:
        return web.json_response(self._first)

    async def _view(self, request: web.Request) -> web.Response:
        place = _place(request.query["member"], request.query["channel"])
        return web.json_response(self._look(place, request.query["stamp"]))

    async def _file(self, request: web.Request) -> web.Response:
        """What the bot attached to a message; a browser can't reach the simulated Discord's address of it."""
        address = request.query["address"]
        data = self._world.file(address)
        if data is None:
            raise web.HTTPNotFound
        kind = mimetypes.guess_type(address)[0] or "application/octet-stream"
        return web.Response(body=data, content_type=kind, headers={"Cache-Control": "private, max-age=86400"})

    async def _act(self, request: web.Request) -> web.Response:
        body = await request.json()
        place = self._arrive(body)
        outcome: Json = {"failure": None, "form": None}
        try:
            answer = await self._deeds[body["do"]](place, body)
        except TimeoutError as error:
            _log.warning("the bot did not come to rest", reason=str(error))
            outcome["failure"] = {"code": "stuck"}
        except _REFUSED as error:
            outcome["failure"] = {"code": "refused", "detail": str(error)}
        else:
            outcome |= self._told(answer)
        return web.json_response(outcome | self._look(place, ""))

    async def _suggest(self, request: web.Request) -> web.Response:
        body = await request.json()
        place = self._arrive(body)
        try:
            offered = await self._world.suggest(place, body["name"], body["option"], body["text"], body["filled"])
        except _REFUSED:  # half a number in another option, say
            offered = []
        return web.json_response(offered)

    def _arrive(self, body: Json) -> Place:
        place = _place(body["member"], body["channel"])
        self._world.speak(place.member_id, body["language"])
        return place

    def _told(self, answer: Answer | None) -> Json:
        """What the page has to show at once: the form that was opened, or that the bot said nothing."""
        if answer is None:
            return {}
        if not answer.result.acknowledged:
            return {"failure": {"code": "silent"}}
        form = answer.result.modal
        if form is None:
            return {}
        key = str(len(self._opened))
        self._opened[key] = answer
        return {"form": {"key": key, "spec": readable(form)}}

    def _look(self, place: Place, stamp: str) -> Json:
        view = self._eyes.look(place)
        fresh = hashlib.sha256(json.dumps(view).encode()).hexdigest()
        now = self._world.env.now().isoformat()
        return {"now": now, "stamp": fresh, "view": None if fresh == stamp else view}

    async def _send(self, place: Place, body: Json) -> None:
        await self._world.send(place, body["text"])

    async def _post(self, place: Place, body: Json) -> None:
        await self._world.post(place, body["title"], body["text"])

    async def _slash(self, place: Place, body: Json) -> Answer:
        return await self._world.slash(place, body["name"], body["options"])

    async def _on_member(self, place: Place, body: Json) -> Answer:
        return await self._world.on_member(place, body["name"], int(body["user"]))

    async def _on_message(self, place: Place, body: Json) -> Answer:
        return await self._world.on_message(_at(place, body), body["name"], int(body["message"]))

    async def _press(self, place: Place, body: Json) -> Answer:
        return await self._world.press(_at(place, body), int(body["message"]), body["control"])

    async def _choose(self, place: Place, body: Json) -> Answer:
        return await self._world.choose(_at(place, body), int(body["message"]), body["control"], body["values"])

    async def _submit(self, _place: Place, body: Json) -> Answer:
        return await self._world.submit(self._opened[body["form"]], body["fields"])

    async def _wait(self, _place: Place, body: Json) -> None:
        await self._world.pass_time(float(body["seconds"]))


def _place(member: str, channel: str) -> Place:
    return Place(int(member), int(channel or 0))


def _at(place: Place, body: Json) -> Place:
    """Where the message stands: what a thread hangs on is shown in the thread, too."""
    return Place(place.member_id, int(body["at"]))
