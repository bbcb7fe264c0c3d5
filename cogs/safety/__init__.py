"""Safety, as members and moderators see it."""

from collections.abc import Callable
from typing import Any

from bot.features.safety.answers import Answers
from bot.features.safety.cases import Cases
from bot.features.safety.crises import Crises
from bot.features.safety.help_lines import HelpNow
from bot.features.safety.reports import Reports
from bot.features.safety.service import Safety
from bot.kernel.i18n import Locale
from cogs._ui.cards import Card
from cogs._ui.controls import Router
from cogs._ui.host import Host
from cogs.safety.cog import SafetyCog
from cogs.safety.controls import Controls
from cogs.safety.crisis import CrisisControls
from cogs.safety.desk import Desk
from cogs.safety.help_render import HelpRender
from cogs.safety.render import FEATURE, Render


async def setup(host: Host) -> None:
    """Fasten the feature: its posts, controls and commands."""
    service, router = host.service(Safety), Router.of(host)
    render, help_render = Render(host.texts), HelpRender(host.texts)
    posts: dict[str, Callable[[Any, Locale, int], Card]] = {
        "case": render.case,
        "answer": render.answer,
        "letter_answer": render.letter_answer,
        "daily": render.daily,
    }
    for card, renderer in posts.items():
        host.renderers.card(FEATURE, card, renderer)
    router.show(HelpNow, help_render.lines)
    controls = Controls(service, host.service(Reports), host.service(Answers), router, render)
    desk = Desk(service, host.service(Cases), router, render)
    controls.fasten()
    desk.fasten()
    CrisisControls(host.service(Crises), router, help_render).fasten()
    cog = SafetyCog(router, controls, desk)
    for command in cog.slash_commands():
        host.tree.add_command(command)
    await host.add_cog(cog)
