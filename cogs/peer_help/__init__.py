"""Asks, as members see them."""

from bot.features.peer_help.anonymity import Anonymity
from bot.features.peer_help.ending import Endings
from bot.features.peer_help.finding import FindingAsks
from bot.features.peer_help.helping import Helping
from bot.features.peer_help.service import Asks
from cogs._ui.controls import Router
from cogs._ui.host import Host
from cogs.peer_help.anonymity import AnonymousControls
from cogs.peer_help.cog import PeerHelpCog
from cogs.peer_help.controls import AskControls
from cogs.peer_help.ending import EndingControls
from cogs.peer_help.finding import FindControls
from cogs.peer_help.forms import FEATURE, Forms
from cogs.peer_help.helping import HelpControls
from cogs.peer_help.listing import ListRender
from cogs.peer_help.render import Render


async def setup(host: Host) -> None:
    """Fasten the feature: its posts, controls, commands and events."""
    asks, helping, endings = host.service(Asks), host.service(Helping), host.service(Endings)
    anonymity, finding = host.service(Anonymity), host.service(FindingAsks)
    router, render, lists = Router.of(host), Render(host.texts), ListRender(host.texts)
    for card, renderer in (
        *(("ask", render.card), ("came", render.came), ("reply", render.relayed)),
        *(("call", render.call), ("offer", render.offer), ("unmask", lists.wanted)),
    ):
        host.renderers.card(FEATURE, card, renderer)
    host.renderers.name(FEATURE, "ask", render.thread)
    forms = Forms(host.texts, asks.topics, endings.can_thank_publicly)
    ask_controls = AskControls(asks, anonymity, endings, router, render)
    ask_controls.fasten(forms)
    HelpControls(helping, asks, router, render).fasten(forms)
    EndingControls(endings, asks, router, render).fasten(forms)
    AnonymousControls(anonymity, asks, router, render, lists).fasten(forms)
    find_controls = FindControls(finding, router, render, lists)
    find_controls.fasten(forms)
    cog = PeerHelpCog(router, ask_controls, find_controls, helping)
    host.tree.add_command(cog.slash_command())
    await host.add_cog(cog)
