"""``/healthz`` and ``/metrics``, on loopback only."""

from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from bot.kernel.logs import get_logger

if TYPE_CHECKING:
    from bot.client import Goen

LATE = timedelta(minutes=5)  # an effect overdue by more is worth a look by the host
_HOST = "127.0.0.1"
_log = get_logger(__name__)


class Web:
    """A small HTTP server for who watches the bot."""

    def __init__(self, client: "Goen", port: int) -> None:
        self._client = client
        self._port = port
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen; when the port is taken, log it and do without."""
        application = web.Application()
        application.add_routes([web.get("/healthz", self._health), web.get("/metrics", self._metrics)])
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, _HOST, self._port).start()
        except OSError as error:
            await runner.cleanup()
            _log.warning("health port taken, going on without", port=self._port, reason=error.strerror)
            return
        self._runner = runner
        _log.info("health", host=_HOST, port=runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _health(self, _request: web.Request) -> web.Response:
        shards = self._client.shards.values()
        gateway = self._client.is_ready() and not any(shard.is_closed() for shard in shards)
        try:
            overdue: timedelta | None = await self._client.worker.oldest_overdue()
        except Exception:  # noqa: BLE001 - whatever it is, the answer to "is the database well" is no
            _log.exception("health: database failed")
            overdue = None
        well = gateway and overdue is not None and overdue <= LATE
        state = {
            "gateway": gateway,
            "database": overdue is not None,
            "oldest_overdue_seconds": None if overdue is None else overdue.total_seconds(),
        }
        return web.json_response(state, status=200 if well else 503)

    async def _metrics(self, _request: web.Request) -> web.Response:
        await self._client.worker.oldest_overdue()
        return web.Response(body=self._client.metrics.exposition(), content_type="text/plain", charset="utf-8")
