"""What happens when a member chooses how the bot treats them."""

from functools import partial

from bot.features.members.choices import Choices, Chosen
from bot.features.members.reach import Kind, Part, Way
from bot.kernel.i18n import locale_of
from bot.kernel.ids import MemberId
from cogs._ui.boundary import Handler
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.forms import FormPlan, MenuField, TextField, fixed
from cogs._ui.host import Fields
from cogs._ui.request import Request, is_id
from cogs._ui.rights import FoundBy
from cogs.members.preferences import FEATURE, PreferencesRender

_ZONE_LIMIT = 64  # characters; the longest name in the IANA list has 32


class Choosing:
    """Reads a request, calls the service, renders, answers."""

    def __init__(self, service: Choices, router: Router, render: PreferencesRender) -> None:
        self._service = service
        self._router = router
        self._render = render

    def fasten(self) -> None:
        """Tell the router what to bring here."""
        handlers: dict[str, Handler] = {
            "preferences": self.preferences,
            "back": self.back,
            "language": self.language,
            "zone": self.zone,
            "quiet": self.quiet,
            "days_off": self.days_off,
            "part": self.part,
            "number": self.number,
            "consents": self.consents,
            "distances": self.distances,
            "distance_set": self.set_distances,
            "distance_from": self.keep_distance,
            "near": self.end_distance,
        }
        for action, handler in handlers.items():
            self._router.control(FEATURE, action, handler)
        # Its number is a notice's where it stands in a private message; elsewhere nobody asks for it.
        self._router.control(FEATURE, "resting", self.resting, found_by=FoundBy.NOTICE)
        for kind in Kind:
            self._router.control(FEATURE, f"consent_{kind}", partial(self.ask_consent, kind=kind))
            ways: tuple[Way | None, ...] = (*Way, None) if kind.asks else tuple(Way)
            for way in ways:
                handler = partial(self.consent, kind=kind, way=way)
                self._router.control(FEATURE, f"{way or 'off'}_{kind}", handler)
        hours = fixed(self._render.hours)
        zone = FormPlan(FEATURE, "zone", (TextField("zone", _ZONE_LIMIT),))
        quiet = FormPlan(
            FEATURE,
            "quiet",
            (MenuField("quiet_from", hours, required=True), MenuField("quiet_to", hours, required=True)),
        )
        self._router.form(zone, self._zone_typed, promised=False)
        self._router.form(quiet, self._quiet_chosen, promised=False)

    async def preferences(self, request: Request) -> None:
        """Show all that the member chose."""
        chosen = await self._service.of(request.server_id, request.member_id)
        await request.reply(self._render.preferences(request.server_id, chosen, request.locale))

    async def back(self, request: Request) -> None:
        """Show all that the member chose, in the place of a part of it."""
        await self._show(request, await self._service.of(request.server_id, request.member_id), "")

    async def consents(self, request: Request) -> None:
        """Show to which messages the member agreed."""
        chosen = await self._service.of(request.server_id, request.member_id)
        await request.update(self._render.consents(request.server_id, chosen, request.locale))

    async def ask_consent(self, request: Request, kind: Kind) -> None:
        """Ask for the consent to one kind of message."""
        chosen = await self._service.of(request.server_id, request.member_id)
        await request.reply(self._render.consent(request.server_id, chosen, kind, request.locale))

    async def consent(self, request: Request, kind: Kind, way: Way | None) -> None:
        """Keep a consent, or take it back."""
        chosen = await self._service.consent(request.server_id, request.member_id, kind, way)
        await request.update(self._render.consent(request.server_id, chosen, kind, request.locale, "members.saved"))

    async def language(self, request: Request) -> None:
        """Choose the language of private replies."""
        language = request.values[0] if request.values else ""
        chosen = await self._service.choose_language(request.server_id, request.member_id, language)
        await self._show(request, chosen)

    async def zone(self, request: Request) -> None:
        """Open the form in which a zone can be typed."""
        chosen = await self._service.of(request.server_id, request.member_id)
        filled: Fields = {"zone": chosen.preferences.zone.key} if chosen.preferences.has_own_zone else {}
        await self._open(request, "zone", filled)

    async def quiet(self, request: Request) -> None:
        """Open the form for quiet hours."""
        preferences = (await self._service.of(request.server_id, request.member_id)).preferences
        filled: Fields = {"quiet_from": (str(preferences.quiet_from),), "quiet_to": (str(preferences.quiet_to),)}
        await self._open(request, "quiet", filled)

    async def days_off(self, request: Request) -> None:
        """Choose days off."""
        days = [int(value) for value in request.values if value.isdecimal()]
        await self._show(request, await self._service.choose_days_off(request.server_id, request.member_id, days))

    async def part(self, request: Request) -> None:
        """Choose the part of the day for being asked."""
        part = next((part for part in Part if request.values == (part,)), Part.ANY)
        await self._show(request, await self._service.choose_part(request.server_id, request.member_id, part))

    async def number(self, request: Request) -> None:
        """Choose how often a week the bot may ask something."""
        number = request.number(otherwise=-1)
        await self._show(request, await self._service.choose_number(request.server_id, request.member_id, number))

    async def resting(self, request: Request) -> None:
        """Take a rest, or end it."""
        chosen = await self._service.rest(request.server_id, request.member_id, request.number(otherwise=-1))
        news = "members.rests" if chosen.rests else "members.rests_no_more"
        card = self._render.rested(chosen, request.locale, news)
        if not request.is_dm:
            card = self._render.preferences(request.server_id, chosen, request.locale, news)
        await request.update(card)

    async def distances(self, request: Request) -> None:
        """Show from whom the member keeps a distance."""
        chosen = await self._service.of(request.server_id, request.member_id)
        await request.update(self._render.distances(request.server_id, chosen, request.locale))

    async def set_distances(self, request: Request) -> None:
        """Keep a distance from exactly the chosen people."""
        kept = set((await self._service.of(request.server_id, request.member_id)).distances)
        wanted = {MemberId(int(value)) for value in request.values if is_id(value)} - {request.member_id}
        chosen = await self._service.end_distance(request.server_id, request.member_id, kept - wanted)
        for other_id in sorted(wanted - kept):
            chosen = await self._service.keep_distance(request.server_id, request.member_id, other_id)
        card = self._render.distances(request.server_id, chosen, request.locale, "members.saved")
        await request.update(card)

    async def keep_distance(self, request: Request, other_id: int = 0) -> None:
        """Keep a distance from one person."""
        other = MemberId(other_id or request.object_id)
        await self._service.keep_distance(request.server_id, request.member_id, other)
        await request.reply(self._render.apart(other, request.locale))

    async def end_distance(self, request: Request) -> None:
        """Keep no distance from one person any more."""
        await self._service.end_distance(request.server_id, request.member_id, [MemberId(request.object_id)])
        await request.update(self._render.near(request.locale))

    async def _zone_typed(self, request: Request) -> None:
        chosen = await self._service.choose_zone(request.server_id, request.member_id, request.text("zone"))
        await self._show(request, chosen)

    async def _quiet_chosen(self, request: Request) -> None:
        begin, end = (request.number(name, otherwise=-1) for name in ("quiet_from", "quiet_to"))
        await self._show(request, await self._service.choose_quiet(request.server_id, request.member_id, begin, end))

    async def _open(self, request: Request, action: str, filled: Fields) -> None:
        custom_id = CustomId(FEATURE, action, request.server_id, request.interaction_id)
        await self._router.open_form(request, custom_id, filled)

    async def _show(self, request: Request, chosen: Chosen, news: str = "members.saved") -> None:
        locale = locale_of(chosen.preferences.language or request.interaction.locale.value)
        await request.update(self._render.preferences(request.server_id, chosen, locale, news))
