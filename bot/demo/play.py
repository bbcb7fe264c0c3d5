"""Putting the demo together, and taking it apart."""

import asyncio
import logging
import signal
import sys
import tempfile
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
from bot.demo.community import HISTORY, SERVER, settle_in
from bot.demo.locales import spoken_by
from bot.demo.server import Desk, Language
from bot.demo.world import World
from bot.kernel import logs
from bot.kernel.clock import SystemClock
from bot.settings import Settings

_HOST: Final = "127.0.0.1"
# When people in their thirties have a moment: the children sleep.
_EVENING: Final = time(20, 30, tzinfo=ZoneInfo("Asia/Tokyo"))


def serve(*, port: int, language: Language, open_browser: bool) -> None:
    """Play the demo until the process is told to stop; the page's address goes to standard output.

    Args:
        port: on loopback; 0 picks a free one.
        language: of the page at first; the visitor can switch.
        open_browser: whether to open the page in the machine's browser.

    Raises:
        OSError: the port is taken.
    """
    logs.configure("auto")
    # What a library tells of its daily work would hide the address.
    logging.getLogger().setLevel(logging.WARNING)
    asyncio.run(_play(port, language, open_browser=open_browser))


async def _play(port: int, language: Language, *, open_browser: bool) -> None:
    stop = asyncio.Event()
    # Windows knows no signal handlers on a loop; Ctrl+C ends the demo there by cancelling it.
    with suppress(NotImplementedError):
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with _playing() as world:
        newcomer_id = await settle_in(world)
        desk = Desk(world, newcomer_id, language)
        async with _served(desk.app(), port) as address:
            clockwork = asyncio.create_task(desk.tick())
            sys.stdout.write(f"{address}\n")
            sys.stdout.flush()
            if open_browser:
                webbrowser.open(address)
            await stop.wait()
            clockwork.cancel()


@asynccontextmanager
async def _playing() -> AsyncIterator[World]:
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
        with spoken_by(locales):
            try:
                await env.start()
                yield World(env, client.worker.run_due, locales, SERVER)
            finally:
                # simcord detaches the bot without closing it; its database has to be.
                await client.close()
                await env.shutdown()


@asynccontextmanager
async def _served(app: web.Application, port: int) -> AsyncIterator[str]:
    """Serve on loopback; yields the page's address."""
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, _HOST, port)
        await site.start()
        _, bound = runner.addresses[0][:2]
        yield f"http://{_HOST}:{bound}/"
    finally:
        await runner.cleanup()
