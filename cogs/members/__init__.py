"""A member's home, inbox and preferences, drafts, the list of topics, and the greeting of newcomers."""

from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.service import Members
from bot.features.members.topics import Topics
from cogs._ui.controls import Router
from cogs._ui.host import Host
from cogs.members.choosing import Choosing
from cogs.members.cog import MembersCog
from cogs.members.controls import Controls
from cogs.members.listing import Listing
from cogs.members.preferences import PreferencesRender
from cogs.members.render import FEATURE, Render


async def setup(host: Host) -> None:
    """Fasten the feature: its posts, controls, commands and events."""
    service, router, render = host.service(Members), Router.of(host), Render(host.texts)
    inbox, choices = host.service(Inbox), host.service(Choices)
    host.renderers.card(FEATURE, "welcome", render.welcome)
    host.renderers.card(FEATURE, "notice", render.notice)
    controls = Controls(service, inbox, choices, router, render)
    choosing = Choosing(choices, router, PreferencesRender(host.texts))
    controls.fasten()
    choosing.fasten()
    cog = MembersCog(service, router, controls, choosing, Listing(host.service(Topics), router))
    for command in cog.slash_commands():
        host.tree.add_command(command)
    await host.add_cog(cog)
