"""A circle of people who thank each other: what the tests of thanks, standing, sources and roles share."""

from collections.abc import Awaitable, Collection
from datetime import timedelta

import pytest

from bot.features.members.model import Notice
from bot.features.reputation.holder import ReputationHolder
from bot.features.reputation.model import FREE, Cause, CauseKind, Thanks, Wish
from bot.features.safety.case_store import CaseStore
from bot.features.safety.model import CaseKind, HoldOrder
from bot.features.safety.store import SafetyStore
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.storage.acts import Act, Acts
from tests.storage.house import AKI, BENI, ONE
from tests.storage.pocket import Pocket

REASON = "You read my draft twice."
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MODERATOR = MemberId(290000000000000001)


def people(pocket: Pocket, count: int, first: int = 300) -> list[MemberId]:
    """Let that many more people be in the server; return them."""
    found = [MemberId(first + number) for number in range(count)]
    pocket.discord.members |= set(found)
    return found


def wish(
    giver: MemberId = AKI,
    receiver: MemberId = BENI,
    *,
    reason: str = REASON,
    public: bool = False,
    cause: Cause = FREE,
) -> Wish:
    return Wish(giver, receiver, reason, (), public, cause)


async def thank(
    pocket: Pocket,
    giver: MemberId = AKI,
    receiver: MemberId = BENI,
    *,
    reason: str = REASON,
    public: bool = False,
    cause: Cause = FREE,
    server_id: ServerId = ONE,
) -> Thanks:
    wanted = wish(giver, receiver, reason=reason, public=public, cause=cause)
    return await pocket.reputation.thank(server_id, wanted, pocket.act())


async def thank_each(pocket: Pocket, pairs: Collection[tuple[MemberId, MemberId]]) -> list[Thanks]:
    """Let one thank another, a pair after the other."""
    return [await thank(pocket, giver, receiver) for giver, receiver in pairs]


async def refusal(doing: Awaitable[object]) -> Refusal:
    """Return why something is refused."""
    with pytest.raises(Refusal) as refused:
        await doing
    return refused.value


async def inbox(pocket: Pocket, member_id: MemberId, server_id: ServerId = ONE) -> list[str]:
    """Return what somebody reads who opens their inbox now."""
    page = await pocket.inbox.page(server_id, member_id, 0)
    return [told.text for _, told in page.shown]


async def notice_of(pocket: Pocket, member_id: MemberId) -> Notice:
    """Return the newest notice that somebody was told, without their looking into the inbox."""
    found = await pocket.rows(
        "SELECT notice_id FROM notices WHERE member_id = ? ORDER BY notice_id DESC LIMIT 1", member_id
    )
    return await pocket.inbox.notice(ONE, member_id, found[0][0])


async def chains(pocket: Pocket, member_id: MemberId) -> int:
    return (await pocket.standings.chains(ONE, member_id)).chains


async def entries(pocket: Pocket, server_id: ServerId = ONE) -> list[tuple[int, str]]:
    """Return number and kind of all entries of a server."""
    return [
        (sequence, kind)
        for sequence, kind in await pocket.rows(
            "SELECT sequence, kind FROM entries WHERE server_id = ? ORDER BY sequence", server_id
        )
    ]


async def trail(pocket: Pocket) -> list[Act]:
    """Return what moderators did about thanks, oldest first."""
    async with pocket.database.read() as transaction:
        acts = await Acts(transaction).latest(ONE, MODERATOR, 100)
    return [act for act in acts[::-1] if act.act.startswith("reputation.")]


async def put_on_hold(pocket: Pocket, member_id: MemberId) -> None:
    async with pocket.database.write() as transaction:
        case_id = await SafetyStore(transaction, ONE).open_case(CaseKind.HOLD, member_id, InteractionId(pocket.act()))
        desk = CaseStore(transaction, ONE, MODERATOR)
        await desk.begin_hold(case_id, HoldOrder(member_id, 3, "why"), InteractionId(pocket.act()))


async def record_each(
    pocket: Pocket, pairs: Collection[tuple[MemberId, MemberId]], *, at_will: bool = False
) -> list[int]:
    """Let one thank another, a pair after the other, in a single transaction: for a great many.

    Done ``at_will``, each has a cause of its own, so that nothing limits them. Returns the numbers of the entries.
    """
    numbers = []
    async with pocket.database.write() as transaction:
        for giver, receiver in pairs:
            act = pocket.act()
            cause = Cause(CauseKind.INTRO, 1_000_000 + act) if at_will else FREE
            thanks = await pocket.reputation.record(transaction, ONE, wish(giver, receiver, cause=cause), act)
            numbers.append(thanks.sequence)
    return numbers


async def forget(pocket: Pocket, member_id: MemberId = AKI) -> bool:
    """Let somebody be forgotten; return whether that was possible already."""
    async with pocket.database.write() as transaction:
        return await ReputationHolder(pocket.database).forget_member(transaction, ONE, member_id)
