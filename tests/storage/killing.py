"""Where generated histories have the bot killed: amid a call to Discord, or after a job, before it is marked."""

import asyncio

from bot.storage.effects import Effect, Jobs, Outgoing
from tests.storage.pocket import PocketDiscord


class Killed(asyncio.CancelledError):
    """The process ends here. Like a task that is cancelled, nobody in the worker catches it."""


class MortalDiscord(PocketDiscord):
    """One that the bot may be killed in the middle of, before or after a call was carried out."""

    def __init__(self) -> None:
        super().__init__()
        self.kill_in: int | None = None  # calls
        self.killed_after = False

    async def perform(self, effect: Effect, outgoing: Outgoing) -> int | None:
        dies = self.dies()
        if dies and not self.killed_after:
            raise Killed
        result_id = await self.carry_out(effect, outgoing)
        if dies:
            raise Killed
        return result_id

    async def carry_out(self, effect: Effect, outgoing: Outgoing) -> int | None:
        """Do what the bot calls for, killed or not."""
        return await super().perform(effect, outgoing)

    def dies(self) -> bool:
        """Count a call or a job; return whether the bot is killed in it."""
        if self.kill_in is None:
            return False
        self.kill_in -= 1
        if self.kill_in >= 0:
            return False
        self.kill_in = None
        return True


class MortalJobs:
    """Jobs after each of which the bot may be killed, before they are marked."""

    def __init__(self, jobs: Jobs, discord: MortalDiscord) -> None:
        self._jobs, self._discord = jobs, discord

    async def run(self, effect: Effect) -> None:
        await self._jobs.run(effect)
        if self._discord.dies():
            raise Killed
