"""A member's home, drafts, and the greeting of newcomers."""

from bot.features.members.service import Members
from cogs._ui.controls import Router
from cogs._ui.host import Host
from cogs.members.cog import MembersCog
from cogs.members.controls import Controls
from cogs.members.render import FEATURE, Render


async def setup(host: Host) -> None:
    """Fasten the feature: its posts, controls, commands and events."""
    service, router, render = host.service(Members), Router.of(host), Render(host.texts)
    host.renderers.card(FEATURE, "welcome", render.welcome)
    controls = Controls(service, router, render)
    controls.fasten()
    cog = MembersCog(service, router, controls)
    for command in cog.slash_commands():
        host.tree.add_command(command)
    await host.add_cog(cog)
