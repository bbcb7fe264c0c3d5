"""Putting the demo together, and taking it apart."""

import asyncio
import logging
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.app import create_bot
from bot.demo.clock import DemoClock, DemoEnv
from bot.demo.community import HISTORY, settle_in
from bot.demo.forums import numbered_as_discord
from bot.demo.locales import spoken_by
from bot.demo.people import Language
from bot.demo.server import Desk
from bot.demo.talk import ROOMS
from bot.demo.world import World
from bot.kernel import logs
from bot.kernel.clock import SystemClock
from bot.kernel.errors import HostError
from bot.kernel.i18n import Texts
from bot.settings import Settings

_HOST: Final = "127.0.0.1"
# When people in their thirties have a moment: the children sleep.
_EVENING: Final = time(20, 30, tzinfo=ZoneInfo("Asia/Tokyo"))


def serve(*, port: int, language: Language, open_browser: bool) -> None:
    """Play the demo until the process is told to stop; the page's address goes to standard output.

    Args:
        port: on loopback; 0 picks a free one.
        language: of the server's people, and of the page at first; the visitor can switch the page.
        open_browser: whether to open the page in the machine's browser.

    Raises:
        HostError: the port can't be used.
    """
    logs.configure("auto")
    # What a library tells of its daily work would hide the address.
    logging.getLogger().setLevel(logging.WARNING)
    with listening(port) as door:
        asyncio.run(_play(door, language, open_browser=open_browser))


def listening(port: int) -> socket.socket:
    """Take the port first, so that a taken one is told at once; raises HostError."""
    try:
        return socket.create_server((_HOST, port))
    except OSError as error:
        raise HostError("host.port_taken", port=port, reason=error.strerror) from error


def told_to_stop() -> asyncio.Event:
    """What is set when the process is told to stop."""
    stop = asyncio.Event()
    # Windows knows no signal handlers on a loop; Ctrl+C ends the demo there by cancelling it.
    with suppress(NotImplementedError):
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


@asynccontextmanager
async def shown(world: World, visitor_id: int, language: Language, door: socket.socket) -> AsyncIterator[str]:
    """Show the world at `door`, seen as `visitor_id` at first, while its time runs; yields the page's address."""
    desk = Desk(world, visitor_id, language)
    async with _served(desk.app(), door) as address:
        clockwork = asyncio.create_task(desk.tick())
        try:
            yield address
        finally:
            clockwork.cancel()


async def _play(door: socket.socket, language: Language, *, open_browser: bool) -> None:
    stop = told_to_stop()
    async with _playing(language) as world:
        newcomer_id = await settle_in(world, language)
        if stop.is_set():
            return
        async with shown(world, newcomer_id, language, door) as address:
            sys.stdout.write(Texts()(language, "cli.demo_ready", address=address) + "\n")
            sys.stdout.flush()
            if open_browser:
                # Some browsers hold whoever starts them until they are closed.
                threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
            await stop.wait()


@asynccontextmanager
async def _playing(language: Language) -> AsyncIterator[World]:
    """A bot of its own, with a new database, in an empty server."""
    with tempfile.TemporaryDirectory(prefix="goen-demo-") as folder:
        database = f"sqlite+aiosqlite:///{Path(folder, 'demo.db')}"
        settings = Settings({"DATABASE_URL": database, "SHARD_COUNT": "1", "HEALTH_PORT": "0"})
        today = SystemClock().now().astimezone(_EVENING.tzinfo)
        clock = DemoClock(datetime.combine(today, _EVENING) - timedelta(days=HISTORY))
        client = create_bot(settings, clock)
        env = DemoEnv(client, check_errors=False)
        env.backend.bot_user.name = "Goen"
        clock.bind(env)
        locales: dict[int, str] = {}
        with spoken_by(locales), numbered_as_discord():
            try:
                await env.start()
                yield World(env, client.worker.run_due, locales, ROOMS[language].server, language)
            finally:
                # simcord detaches the bot without closing it; its database has to be.
                await client.close()
                await env.shutdown()


@asynccontextmanager
async def _served(app: web.Application, door: socket.socket) -> AsyncIterator[str]:
    """Serve at `door`, on loopback; yields the page's address."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.SockSite(runner, door).start()
        yield f"http://{_HOST}:{door.getsockname()[1]}/"
    finally:
        await runner.cleanup()
