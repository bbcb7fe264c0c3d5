"""Safety, as members and moderators see it."""

from bot.features.safety.cases import Cases
from bot.features.safety.reports import Reports
from bot.features.safety.service import Safety
from cogs._ui.controls import Router
from cogs._ui.host import Host
from cogs.safety.cog import SafetyCog
from cogs.safety.controls import Controls
from cogs.safety.desk import Desk
from cogs.safety.render import FEATURE, Render


async def setup(host: Host) -> None:
    """Fasten the feature: its posts, controls and commands."""
    service, router, render = host.service(Safety), Router.of(host), Render(host.texts)
    for card, renderer in (("case", render.case), ("answer", render.answer), ("daily", render.daily)):
        host.renderers.card(FEATURE, card, renderer)
    controls = Controls(service, host.service(Reports), router, render)
    desk = Desk(service, host.service(Cases), router, render)
    controls.fasten()
    desk.fasten()
    cog = SafetyCog(router, controls, desk)
    for command in cog.slash_commands():
        host.tree.add_command(command)
    await host.add_cog(cog)
