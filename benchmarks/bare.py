"""The least that a bot on discord.py can be: ``python -m benchmarks.bare``, with the bot's own environment."""

import os

import discord
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL


class Bare(commands.AutoShardedBot):
    """As many shards, and the same intents, as the bot; nothing else."""

    async def setup_hook(self) -> None:
        # Where the library has no setting: the loopback's gateway instead of Discord's.
        _, gateway, _ = await self.http.get_bot_gateway()
        DiscordWebSocket.DEFAULT_GATEWAY = URL(gateway)


def main() -> None:
    Route.BASE = os.environ["DISCORD_API_URL"]
    bot = Bare(commands.when_mentioned, intents=discord.Intents(guilds=True, guild_messages=True))

    @bot.tree.command(name="ping", description="Answer")
    async def ping(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("pong", ephemeral=True)

    bot.run(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    main()
