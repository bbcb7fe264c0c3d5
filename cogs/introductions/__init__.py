"""Introductions, as members see them."""

from bot.features.introductions.service import Introductions
from cogs._ui.controls import Router
from cogs._ui.host import Host
from cogs.introductions.cog import IntroductionsCog
from cogs.introductions.controls import Controls
from cogs.introductions.render import FEATURE, Render


async def setup(host: Host) -> None:
    """Fasten the feature: its posts, controls, commands and events."""
    service, router, render = host.service(Introductions), Router.of(host), Render(host.texts)
    host.renderers.card(FEATURE, "card", render.card)
    host.renderers.card(FEATURE, "hello", render.hello)
    host.renderers.name(FEATURE, "card", render.thread)
    controls = Controls(service, router, render)
    controls.fasten()
    cog = IntroductionsCog(service, router, controls)
    for command in cog.slash_commands():
        host.tree.add_command(command)
    await host.add_cog(cog)
