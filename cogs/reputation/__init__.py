"""Thanks and the ledger, as members and moderators see them."""

from bot.features.reputation.corrections import Corrections
from bot.features.reputation.roles import Roles
from bot.features.reputation.service import Reputation
from bot.features.reputation.sources import Sources
from bot.features.reputation.standings import Standings
from cogs._ui.controls import Router
from cogs._ui.host import Host
from cogs.reputation.cog import ReputationCog
from cogs.reputation.controls import Controls
from cogs.reputation.desk import Desk
from cogs.reputation.desk_render import DeskRender
from cogs.reputation.forms import FEATURE, Forms
from cogs.reputation.naming import Naming
from cogs.reputation.render import Render


async def setup(host: Host) -> None:
    """Fasten the feature: its posts, controls, commands and events."""
    service, router = host.service(Reputation), Router.of(host)
    forms = Forms(host.texts, service.can_be_public)
    render, desk_render = Render(host.texts), DeskRender(host.texts)
    host.renderers.card(FEATURE, "post", render.post)
    controls = Controls(service, host.service(Standings), router, render)
    desk = Desk(host.service(Corrections), router, desk_render)
    controls.fasten(forms)
    desk.fasten(forms)
    Naming(host.service(Sources), host.service(Roles), router, desk_render).fasten()
    cog = ReputationCog(router, service, controls, desk)
    for command in cog.slash_commands():
        host.tree.add_command(command)
    await host.add_cog(cog)
