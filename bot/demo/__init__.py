"""The bot in an offline Discord, in the browser: `make demo`. Needs the extra `demo`, and no token."""

from bot.demo.play import serve

__all__ = ["serve"]
