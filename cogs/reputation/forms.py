"""The forms of thanks and of the ledger."""

from collections.abc import Awaitable, Callable

from bot.features.reputation.model import REASON_LIMIT
from bot.kernel.i18n import Locale, Texts
from bot.kernel.ids import MemberId, ServerId
from cogs._ui.custom_ids import CustomId
from cogs._ui.forms import FormPlan, MenuField, Options, PersonField, TextField
from cogs._ui.host import Fields

FEATURE = "reputation"
PUBLIC, PRIVATE = "public", "private"  # what a giver likes a thanks to be


class Forms:
    """Says what each form consists of."""

    def __init__(self, texts: Texts, can_be_public: Callable[[ServerId], Awaitable[bool]]) -> None:
        self._texts = texts
        self._can_be_public = can_be_public

    def thank(self) -> FormPlan:
        """Whom to thank, why, and whether it may be public."""
        return FormPlan(FEATURE, "thank", (PersonField("member", required=True), *self.why()))

    def why(self) -> tuple[TextField, MenuField]:
        """What every thanks says."""
        sharing = MenuField("sharing", self._sharing, required=True)
        return TextField("reason", REASON_LIMIT, required=True, long=True), sharing

    def reverse(self, action: str) -> FormPlan:
        """Why one thanks, or all those into a set, are reversed."""
        return FormPlan(FEATURE, action, (TextField("reversal", REASON_LIMIT, required=True, long=True),))

    async def _sharing(self, server_id: ServerId, locale: Locale) -> Options:
        """Return what a thanks may be; where no channel is chosen, there is nothing to choose."""
        if not await self._can_be_public(server_id):
            return []
        return [(each, self._texts(locale, f"{FEATURE}.sharing_{each}")) for each in (PRIVATE, PUBLIC)]


def thank_form(interaction_id: int, receiver_id: int | None) -> CustomId:
    """Return the name under which a form for a thanks is opened, or is kept: a draft goes with one to that receiver."""
    return CustomId(FEATURE, "thank", interaction_id if receiver_id is None else receiver_id, interaction_id)


def filled_with(member_id: MemberId | None = None, reason: str = "", *, is_public: bool = False) -> Fields:
    """Return the form for a thanks as it is filled in."""
    filled: dict[str, str | tuple[str, ...]] = {"reason": reason, "sharing": (PUBLIC if is_public else PRIVATE,)}
    return filled | ({} if member_id is None else {"member": (str(member_id),)})
