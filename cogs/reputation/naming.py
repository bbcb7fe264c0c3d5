"""What happens when who manages a server names sources, and chooses the roles for words."""

from functools import partial

from bot.features.reputation.model import Word
from bot.features.reputation.roles import Roles
from bot.features.reputation.sources import Sources
from bot.kernel.errors import Refusal
from bot.kernel.ids import MemberId, RoleId
from cogs._ui.boundary import Handler
from cogs._ui.cards import Card
from cogs._ui.controls import Router
from cogs._ui.request import Request, is_id
from cogs._ui.rights import Right
from cogs.reputation.desk_render import DeskRender
from cogs.reputation.forms import FEATURE


class Naming:
    """Reads a request, calls the service, renders, answers; all of it is for who holds Manage Server."""

    def __init__(self, sources: Sources, roles: Roles, router: Router, render: DeskRender) -> None:
        self._sources = sources
        self._roles = roles
        self._router = router
        self._render = render

    def fasten(self) -> None:
        """Tell the router what to bring here."""
        handlers: dict[str, Handler] = {
            "sources": self.sources,
            "sources_set": self.set_sources,
            "source": self.source,
            "source_end": self.end,
            "source_annul": self.preview,
            "source_annul_confirm": self.annul,
            **{f"{word}_role": partial(self.choose_role, word=word) for word in Word},
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler, right=Right.MANAGE_SERVER)

    async def sources(self, request: Request) -> None:
        """Show who is a source, and the roles for words."""
        await request.update(await self._card(request, ""))

    async def set_sources(self, request: Request) -> None:
        """Name whoever was added to the sources; ask how the first one leaves who was taken off the list."""
        before = await self._sources.all(request.server_id)
        known = {source.member_id for source in before}
        wanted = {int(value) for value in request.values if is_id(value)}
        new = [_nameable(request, member_id) for member_id in sorted(wanted - known)]
        await self._sources.grant(request.server_id, request.member_id, new, request.interaction_id)
        left_out = [source for source in before if source.member_id is not None and source.member_id not in wanted]
        if left_out:
            await request.update(self._render.source(left_out[0], request.server_id, request.locale))
        else:
            await request.update(await self._card(request, "members.saved"))

    async def source(self, request: Request) -> None:
        """Show one source, and what can be done about them."""
        source = await self._sources.source(request.server_id, request.object_id)
        await request.update(self._render.source(source, request.server_id, request.locale))

    async def end(self, request: Request) -> None:
        """Let a source step down."""
        await self._sources.end(request.server_id, request.member_id, request.object_id, request.interaction_id)
        await request.update(await self._card(request, "reputation.source_ended"))

    async def preview(self, request: Request) -> None:
        """Show what annulling a source would come to."""
        await request.acknowledge()  # in a large server it takes longer to find out than Discord waits
        annulment = await self._sources.preview(request.server_id, request.object_id)
        await request.reply(self._render.annulment(annulment, request.locale))

    async def annul(self, request: Request) -> None:
        """Annul a source."""
        await self._sources.annul(request.server_id, request.member_id, request.object_id, request.interaction_id)
        await request.update(await self._card(request, "reputation.source_annulled"))

    async def choose_role(self, request: Request, word: Word) -> None:
        """Choose the role for a word, or none."""
        role_id = RoleId(int(request.values[0])) if request.values and request.values[0].isdecimal() else None
        guild = request.interaction.guild
        role = None if guild is None or role_id is None else guild.get_role(role_id)
        if role_id is not None and (role is None or role.is_default()):  # the one that everybody has can't be given
            raise Refusal("setup.no_role")
        await self._roles.choose(request.server_id, request.member_id, word, role_id)
        await request.update(await self._card(request, "members.saved"))

    async def _card(self, request: Request, news: str) -> Card:
        sources, former = await self._sources.all(request.server_id), await self._sources.former(request.server_id)
        roles = await self._roles.chosen(request.server_id)
        return self._render.sources(request.server_id, sources, former, roles, request.locale, news)


def _nameable(request: Request, member_id: int) -> MemberId:
    """Return somebody who can be named as a source.

    Raises:
        Refusal: they are a bot, or not in the server.
    """
    person = request.person(member_id)
    if person is None:
        raise Refusal("reputation.not_here")
    if person.is_bot:
        raise Refusal("reputation.source_bot")
    return MemberId(person.member_id)
