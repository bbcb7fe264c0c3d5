"""Introductions, as members see them."""

from bot.features.introductions.finding import Finding
from bot.features.introductions.hellos import Hellos
from bot.features.introductions.service import Introductions
from cogs._ui.controls import Router
from cogs._ui.host import Host
from cogs.introductions.cog import IntroductionsCog
from cogs.introductions.controls import Controls
from cogs.introductions.finding import FindControls
from cogs.introductions.forms import FEATURE, Forms
from cogs.introductions.hellos import HelloControls
from cogs.introductions.render import Render


async def setup(host: Host) -> None:
    """Fasten the feature: its posts, controls, commands and events."""
    introductions, hellos, finding = host.service(Introductions), host.service(Hellos), host.service(Finding)
    router, render = Router.of(host), Render(host.texts)
    host.renderers.card(FEATURE, "card", render.card)
    host.renderers.card(FEATURE, "hello", render.hello)
    host.renderers.name(FEATURE, "card", render.thread)
    forms = Forms(host.texts, introductions.topics, introductions.trades, hellos.can_thank_publicly)
    controls = Controls(introductions, router, render, forms)
    controls.fasten()
    HelloControls(hellos, introductions, router, render, forms).fasten()
    find_controls = FindControls(finding, router, render, forms)
    find_controls.fasten()
    cog = IntroductionsCog(router, controls, find_controls, introductions, hellos)
    for command in cog.slash_commands():
        host.tree.add_command(command)
    await host.add_cog(cog)
