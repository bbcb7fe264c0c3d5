"""Roles for words, in a pocket whose Discord counts what is done to them, and fails while it is at it."""

from collections.abc import Awaitable, Callable

from bot.features.reputation.model import Word
from bot.kernel.errors import DiscordTrouble
from bot.kernel.ids import MemberId, RoleId, ServerId
from tests.storage.circle import MODERATOR, record_each
from tests.storage.house import BENI, ONE
from tests.storage.pocket import Pocket, PocketDiscord

FAMILIAR, WELL_TIED, OTHER = RoleId(71), RoleId(72), RoleId(73)


class Wardrobe(PocketDiscord):
    """One that counts what is done to roles, and fails while it is at it."""

    def __init__(self) -> None:
        super().__init__()
        self.moved: list[tuple[str, int, int]] = []
        self.fails_at: Callable[[int], DiscordTrouble | None] = lambda _member_id: None
        self.done_at_all = False  # whether what fails was done
        self.meanwhile: Callable[[], Awaitable[None]] | None = None  # what happens once while a role is moved

    async def give_role(self, server_id: ServerId, member_id: MemberId, role_id: RoleId) -> None:
        await self._move("give", member_id, role_id)

    async def take_role(self, server_id: ServerId, member_id: MemberId, role_id: RoleId) -> None:
        await self._move("take", member_id, role_id)

    async def _move(self, what: str, member_id: MemberId, role_id: RoleId) -> None:
        meanwhile, self.meanwhile = self.meanwhile, None
        if meanwhile is not None:
            await meanwhile()
        trouble = self.fails_at(member_id)
        if trouble is None or self.done_at_all:
            self.moved.append((what, member_id, role_id))
            held = self.worn.setdefault(member_id, set())
            (held.add if what == "give" else held.discard)(role_id)
        if trouble is not None:
            raise trouble

    def wears(self, member_id: MemberId) -> set[int]:
        return set(self.worn.get(member_id, ()))


async def choose(pocket: Pocket, familiar: RoleId | None = FAMILIAR, well_tied: RoleId | None = WELL_TIED) -> None:
    await pocket.roles.choose(ONE, MODERATOR, Word.FAMILIAR, familiar)
    await pocket.roles.choose(ONE, MODERATOR, Word.WELL_TIED, well_tied)


async def opt(pocket: Pocket, member_id: MemberId = BENI, *, wanted: bool = True) -> None:
    await pocket.reputation.choose(ONE, member_id, "wears_role", wanted=wanted)


async def make_familiar(pocket: Pocket, *member_ids: MemberId) -> list[int]:
    """Let two sources thank each; return the numbers of these thanks."""
    pairs = [(MemberId(300 + number), each) for each in member_ids for number in range(2)]
    return await record_each(pocket, pairs, at_will=True)


async def worn(pocket: Pocket) -> list[tuple[int, int]]:
    """Return which roles the bot knows that it gave."""
    return [(member, role) for member, role in await pocket.rows("SELECT member_id, role_id FROM worn_roles")]


async def troubles(pocket: Pocket) -> list[tuple[str, str]]:
    """Return what `/setup check` says about roles."""
    findings, _ = await pocket.setup.check(ONE, {}, role_exists=True)
    return [(each.text, each.mention) for each in findings if each.text.startswith("reputation.role_")]
