"""Set-up, as moderators see it."""

from bot.features.setup.service import Setup
from cogs._ui.controls import Router
from cogs._ui.host import Host
from cogs.setup.cog import SetupCog
from cogs.setup.controls import Controls
from cogs.setup.render import FEATURE, Render


async def setup(host: Host) -> None:
    """Fasten the feature: its posts, controls, commands and events."""
    service, router, render = host.service(Setup), Router.of(host), Render(host.texts)
    for card, renderer in (("panel", render.members_panel), ("hint", render.hint), ("problem", render.problem)):
        host.renderers.card(FEATURE, card, renderer)
    host.renderers.name(FEATURE, "channel", render.channel_name)
    host.renderers.name(FEATURE, "help_channel", render.help_channel_name)
    host.renderers.name(FEATURE, "reviews_channel", render.reviews_channel_name)
    controls = Controls(service, router, render)
    controls.fasten()
    cog = SetupCog(service, router, controls, host.tend)
    for command in cog.slash_commands():
        host.tree.add_command(command)
    await host.add_cog(cog)
