"""What members are told and asked arrives where and when they wish it, once, or not at all."""

import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.features.members.model import NOTICES_KEPT
from bot.features.members.reach import Kind, Part, Preferences, Way
from bot.features.members.reach_store import ReachStore
from bot.features.members.store import MemberStore
from bot.kernel.errors import DmRefused, Refusal, TryLater
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from bot.storage.effects import Verb
from tests.storage.house import ONE, TWO, HandClock
from tests.storage.post_office import FEATURE, PostOffice, opened

NIGHT, DAY = timedelta(hours=18), timedelta(hours=3)  # from the start, nine in the morning in Tokyo, on a Monday
TUESDAY = 1
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture
async def office(database: Database, clock: HandClock) -> AsyncIterator[PostOffice]:
    async with opened(database, clock) as office:
        yield office


@dataclass(frozen=True)
class Wishes:
    """One line of the table."""

    kind: Kind
    consent: Way | None
    asleep: bool
    day_off: bool
    number: int
    closed: bool
    distance: str  # "", "mine", "theirs"
    looks: bool  # into the inbox, within 7 days

    def arrives(self) -> str:
        """Return what is to happen, as a sentence of the rules: ``dm``, ``later``, ``inbox`` or nothing."""
        if self.distance:
            return ""
        by_dm = self.consent is Way.DM and not self.closed
        if self.kind.asks:
            if self.consent is None or self.asleep or self.day_off or self.number < 2:  # one has come this week
                return ""
            if self.consent is Way.DM:
                return "dm" if by_dm else "inbox"
            return "inbox" if self.looks else ""
        if by_dm:
            rests = (self.asleep or self.day_off) and not self.kind.keeps_time
            return "later" if rests else "dm"
        return "inbox"


def table() -> list[Wishes]:
    return [
        Wishes(*values)
        for values in itertools.product(
            Kind,
            (None, Way.INBOX, Way.DM),
            (False, True),
            (False, True),
            (0, 1, 2),
            (False, True),
            ("", "mine", "theirs"),
            (False, True),
        )
    ]


async def come(store: ReachStore, member_id: MemberId, other: MemberId, wishes: Wishes) -> None:
    """Let a member wish all this; one thing was asked of them lately."""
    await store.tell(member_id, Kind.GREET, (FEATURE, "card", 1), Way.INBOX)
    await store.consent(member_id, wishes.kind, wishes.consent)
    quiet = (11, 13) if wishes.asleep else (0, 7)
    days_off = frozenset({TUESDAY} if wishes.day_off else ())
    await store.keep(member_id, Preferences(TOKYO, False, None, *quiet, days_off, weekly_number=wishes.number))
    if wishes.distance:
        pair = (member_id, other) if wishes.distance == "mine" else (other, member_id)
        await store.keep_apart(*pair, apart=True)


Line = tuple[MemberId, MemberId, Wishes]  # somebody, whom it is about, and what they wish


async def everybody(office: PostOffice, kind: Kind) -> list[Line]:
    """Let a member come for each line of the table, and somebody else whom it is about."""
    rows = [wishes for wishes in table() if wishes.kind is kind]
    lines = [(MemberId(1000 + number), MemberId(9000 + number), wishes) for number, wishes in enumerate(rows)]
    async with office.database.write() as transaction:
        store = ReachStore(transaction, ONE, TOKYO)
        for member, other, wishes in lines:
            for each in (member, other):
                await MemberStore(transaction, ONE).see(each, "ja")
            await come(store, member, other, wishes)
            if wishes.closed:
                office.discord.close_dms(member)
    return lines


async def look(office: PostOffice, lines: list[Line]) -> None:
    """Let those who do look into their inboxes."""
    async with office.database.write() as transaction:
        for member, _, wishes in lines:
            if wishes.looks:
                await ReachStore(transaction, ONE, TOKYO).inbox_opened(member)


async def say(office: PostOffice, kind: Kind, lines: list[Line]) -> None:
    """Tell or ask each of them the same, twice."""
    subject = (FEATURE, "card", 2)
    async with office.database.write() as transaction:
        for member, other, _ in lines * 2:
            if kind.asks:
                await office.inbox.ask(transaction, ONE, kind, subject, other, [member], 1)
            else:
                await office.inbox.tell(transaction, ONE, member, kind, subject, other)


@pytest.mark.parametrize("kind", Kind)
async def test_each_kind_and_wish_in_one_table(office: PostOffice, clock: HandClock, kind: Kind) -> None:
    lines = await everybody(office, kind)
    clock.push(timedelta(days=1) + DAY)  # noon on Tuesday
    await look(office, lines)
    clock.push(timedelta(minutes=1))
    await say(office, kind, lines)
    await office.due()
    at_once = {member: office.dms(member) for member, _, _ in lines}
    await office.due(timedelta(days=2, hours=4))
    for member, _, wishes in lines:
        arrives = wishes.arrives()
        assert at_once[member] == (arrives == "dm"), wishes
        assert office.dms(member) == (arrives in {"dm", "later"}), wishes
        assert await office.inbox_of(member) == ([1, 2] if arrives else [1]), wishes
        if arrives == "inbox":
            assert (await office.members.seen(ONE, member, "ja")).has_news, wishes


async def test_a_message_that_comes_at_night_waits_for_the_first_waking_minute(
    office: PostOffice, clock: HandClock
) -> None:
    aki = await office.move_in(1)
    await office.choices.consent(ONE, aki, Kind.ANSWERS, Way.DM)
    clock.push(NIGHT)  # three at night
    await office.tell(aki, Kind.ANSWERS, 1)
    await office.due(timedelta(hours=4) - timedelta(seconds=1))
    assert office.dms(aki) == 0
    await office.due(timedelta(seconds=1))
    assert office.dms(aki) == 1


async def test_whoever_sleeps_longer_by_then_is_left_asleep(office: PostOffice, clock: HandClock) -> None:
    aki = await office.move_in(1)
    await office.choices.consent(ONE, aki, Kind.ANSWERS, Way.DM)
    clock.push(NIGHT)
    await office.tell(aki, Kind.ANSWERS, 1)
    await office.choices.choose_quiet(ONE, aki, 0, 9)
    await office.due(timedelta(hours=4))
    assert office.dms(aki) == 0
    await office.due(timedelta(hours=2))
    assert office.dms(aki) == 1


async def test_a_message_held_up_until_night_waits_for_the_morning(office: PostOffice, clock: HandClock) -> None:
    """As after an outage: what was due in the evening does not come at three."""
    aki = await office.move_in(1)
    await office.choices.consent(ONE, aki, Kind.ANSWERS, Way.DM)
    await office.tell(aki, Kind.ANSWERS, 1)
    clock.push(NIGHT)
    await office.due()
    assert office.dms(aki) == 0
    await office.due(timedelta(hours=4))
    assert office.dms(aki) == 1


async def test_who_stopped_it_meanwhile_finds_it_in_the_inbox(office: PostOffice, clock: HandClock) -> None:
    aki = await office.move_in(1)
    await office.choices.consent(ONE, aki, Kind.ANSWERS, Way.DM)
    clock.push(NIGHT)
    await office.tell(aki, Kind.ANSWERS, 1)
    await office.choices.consent(ONE, aki, Kind.ANSWERS, Way.INBOX)
    await office.due(timedelta(hours=5))
    assert office.dms(aki) == 0
    assert (await office.members.seen(ONE, aki, "ja")).has_news


async def test_a_rest_leaves_it_in_the_inbox(office: PostOffice) -> None:
    aki, beni = await office.move_in(1), await office.move_in(2)
    for kind in (Kind.ANSWERS, Kind.GREET):
        await office.choices.consent(ONE, aki, kind, Way.DM)
    await office.choices.rest(ONE, aki, 7)
    await office.tell(aki, Kind.ANSWERS, 1)
    assert (await office.ask([aki], Kind.GREET, 2, beni)).members == ()
    await office.due(timedelta(days=1))
    assert office.dms(aki) == 0
    assert await office.inbox_of(aki) == [1]
    await office.due(timedelta(days=6))
    assert (await office.ask([aki], Kind.GREET, 2, beni)).members == (aki,)


async def test_what_is_over_by_then_is_not_sent_and_not_shown(office: PostOffice, clock: HandClock) -> None:
    aki = await office.move_in(1)
    await office.choices.consent(ONE, aki, Kind.ANSWERS, Way.DM)
    clock.push(NIGHT)
    await office.tell(aki, Kind.ANSWERS, 1)
    office.feature.over.add(1)
    await office.due(timedelta(hours=5))
    assert office.dms(aki) == 0
    assert (await office.inbox.page(ONE, aki, 0)).shown == ()


async def test_closed_messages_are_remembered_until_the_member_wants_them_again(office: PostOffice) -> None:
    aki, beni = await office.move_in(1), await office.move_in(2)
    await office.choices.consent(ONE, aki, Kind.ANSWERS, Way.DM)
    await office.choices.consent(ONE, aki, Kind.GREET, Way.DM)
    office.discord.close_dms(aki)
    await office.tell(aki, Kind.ANSWERS, 1)
    await office.due()
    assert not (await office.choices.of(ONE, aki)).takes_dms
    assert (await office.members.seen(ONE, aki, "ja")).has_news
    assert (await office.ask([aki], Kind.GREET, 2, beni)).members == ()  # looks into no inbox, either
    await office.inbox.page(ONE, aki, 0)
    assert not (await office.members.seen(ONE, aki, "ja")).has_news
    assert (await office.ask([aki], Kind.GREET, 2, beni)).members == (aki,)
    assert (await office.choices.consent(ONE, aki, Kind.GREET, Way.DM)).takes_dms


async def test_a_message_of_which_discord_lost_the_answer_comes_once(office: PostOffice) -> None:
    aki = await office.move_in(1)
    await office.choices.consent(ONE, aki, Kind.ANSWERS, Way.DM)
    await office.tell(aki, Kind.ANSWERS, 1)
    office.discord.fail(Verb.DM, TryLater(0, "503", uncertain=True), done=True)
    await office.due()
    office.discord.mend()
    await office.due(timedelta(hours=1))
    assert office.dms(aki) == 1


async def test_a_message_that_may_have_been_sent_is_looked_for_at_night_and_sent_by_day(
    office: PostOffice, clock: HandClock
) -> None:
    aki = await office.move_in(1)
    await office.choices.consent(ONE, aki, Kind.ANSWERS, Way.DM)
    await office.tell(aki, Kind.ANSWERS, 1)
    office.discord.fail(Verb.DM, TryLater(0, "503", uncertain=True))
    await office.due()
    office.discord.mend()
    clock.push(NIGHT)
    await office.due()
    assert office.dms(aki) == 0
    await office.due(timedelta(hours=5))
    assert office.dms(aki) == 1


async def test_a_message_that_discord_has_something_against_is_put_aside_and_waits_in_the_inbox(
    office: PostOffice,
) -> None:
    aki = await office.move_in(1)
    await office.choices.consent(ONE, aki, Kind.ANSWERS, Way.DM)
    office.discord.fail(Verb.DM, DmRefused("trouble.refused", 50035, "invalid form body"))
    await office.tell(aki, Kind.ANSWERS, 1)
    await office.due()
    chosen = await office.choices.of(ONE, aki)
    assert chosen.takes_dms
    assert (await office.members.seen(ONE, aki, "ja")).has_news


async def test_who_passes_lets_the_next_be_asked_and_a_second_press_changes_nothing(office: PostOffice) -> None:
    aki, beni = await office.move_in(1), await office.move_in(2)
    await office.choices.consent(ONE, aki, Kind.GREET, Way.DM)
    await office.ask([aki], Kind.GREET, 1, beni)
    (notice, _) = (await office.inbox.page(ONE, aki, 0)).shown[0]
    for _ in range(2):
        await office.inbox.pass_on(ONE, aki, notice.notice_id)
    assert office.feature.passed_by == [aki]
    assert (await office.ask([aki], Kind.GREET, 1, beni)).members == ()


async def test_only_what_asks_can_be_passed_on(office: PostOffice) -> None:
    aki = await office.move_in(1)
    await office.tell(aki, Kind.ANSWERS, 1)
    (notice, _) = (await office.inbox.page(ONE, aki, 0)).shown[0]
    with pytest.raises(Refusal, match="notice_gone"):
        await office.inbox.pass_on(ONE, aki, notice.notice_id)
    assert office.feature.passed_by == []
    assert (await office.inbox.notice(ONE, aki, notice.notice_id)).is_open


async def test_who_passes_after_another_was_asked_hurries_nobody(office: PostOffice) -> None:
    aki, beni, chie = [await office.move_in(number) for number in (1, 2, 3)]
    for member in (aki, beni):
        await office.choices.consent(ONE, member, Kind.GREET, Way.DM)
        await office.ask([member], Kind.GREET, 1, chie)
    for member, passed_by in ((aki, []), (beni, [beni])):
        (notice, _) = (await office.inbox.page(ONE, member, 0)).shown[0]
        await office.inbox.pass_on(ONE, member, notice.notice_id)
        assert office.feature.passed_by == passed_by


async def test_an_invitation_that_was_held_up_waits_for_the_part_of_the_day(
    office: PostOffice, clock: HandClock
) -> None:
    """As after an outage at noon: what is for lunchtime does not come at three."""
    aki, beni = await office.move_in(1), await office.move_in(2)
    await office.choices.consent(ONE, aki, Kind.GREET, Way.DM)
    await office.choices.choose_part(ONE, aki, Part.LUNCH)
    clock.push(DAY)
    assert (await office.ask([aki], Kind.GREET, 1, beni)).members == (aki,)
    await office.due(timedelta(hours=3))
    assert office.dms(aki) == 0
    await office.due(timedelta(hours=20))
    assert office.dms(aki) == 1


@pytest.mark.parametrize("why", ["number", "hold"])
async def test_an_invitation_that_was_held_up_and_is_unwelcome_by_then_comes_not(
    office: PostOffice, clock: HandClock, why: str
) -> None:
    aki, beni = await office.move_in(1), await office.move_in(2)
    await office.choices.consent(ONE, aki, Kind.GREET, Way.DM)
    await office.ask([aki], Kind.GREET, 1, beni)
    if why == "number":
        await office.choices.choose_number(ONE, aki, 0)
    else:
        office.held = {aki}
    await office.due()
    await office.due(timedelta(days=2))
    assert office.dms(aki) == 0
    assert await office.inbox_of(aki) == [1]


async def test_an_invitation_that_reached_nobody_goes_on_to_the_next(office: PostOffice) -> None:
    aki, beni, chie = [await office.move_in(number) for number in (1, 2, 3)]
    for member in (aki, beni):
        await office.choices.consent(ONE, member, Kind.GREET, Way.DM)
        office.discord.close_dms(member)
    await office.inbox.page(ONE, beni, 0)  # looks into the inbox: it is found there
    for member, passed_by in ((aki, [aki]), (beni, [aki])):
        await office.ask([member], Kind.GREET, member, chie)
        await office.due()
        assert office.feature.passed_by == passed_by
    assert office.dms(aki) == office.dms(beni) == 0


async def test_nobody_answers_for_somebody_else_or_from_another_server(office: PostOffice) -> None:
    aki, beni = await office.move_in(1), await office.move_in(2)
    await office.tell(aki, Kind.ANSWERS, 1)
    (notice, _) = (await office.inbox.page(ONE, aki, 0)).shown[0]
    assert await office.inbox.server_of(aki, notice.notice_id) == ONE
    assert await office.inbox.server_of(beni, notice.notice_id) is None
    for server_id, member in ((ONE, beni), (TWO, aki)):
        await office.setup.server(server_id, "ja")
        with pytest.raises(Refusal, match="notice_gone"):
            await office.inbox.notice(server_id, member, notice.notice_id)


async def test_who_is_on_hold_is_asked_nothing_and_told_all(office: PostOffice) -> None:
    aki, beni = await office.move_in(1), await office.move_in(2)
    await office.choices.consent(ONE, aki, Kind.GREET, Way.DM)
    office.held = {aki}
    assert (await office.ask([aki], Kind.GREET, 1, beni)).members == ()
    await office.tell(aki, Kind.MODERATORS, 2)
    assert await office.inbox_of(aki) == [2]


async def test_notices_are_kept_for_ninety_days(office: PostOffice, clock: HandClock) -> None:
    aki = await office.move_in(1)
    await office.tell(aki, Kind.ANSWERS, 1)
    clock.push(NOTICES_KEPT - timedelta(seconds=1))
    assert len((await office.inbox.page(ONE, aki, 0)).shown) == 1
    clock.push(timedelta(seconds=1))
    assert (await office.inbox.page(ONE, aki, 0)).shown == ()


async def test_pages_are_newest_first_and_lose_nothing(office: PostOffice, clock: HandClock) -> None:
    aki = await office.move_in(1)
    for number in range(11):
        await office.tell(aki, Kind.ANSWERS, number)
        clock.push(timedelta(minutes=1))
    first = await office.inbox.page(ONE, aki, 0)
    found = [
        notice.object_id
        for number in range(first.pages)
        for notice, _ in (await office.inbox.page(ONE, aki, number)).shown
    ]
    assert found == list(reversed(range(11)))
    assert (await office.inbox.page(ONE, aki, 99)).number == first.pages - 1


async def test_a_distance_that_came_meanwhile_keeps_a_waiting_message_back(
    office: PostOffice, clock: HandClock
) -> None:
    aki, beni = await office.move_in(1), await office.move_in(2)
    await office.choices.consent(ONE, aki, Kind.ANSWERS, Way.DM)
    clock.push(NIGHT)
    office.feature.about = beni
    await office.tell(aki, Kind.ANSWERS, 1, beni)
    await office.choices.keep_distance(ONE, aki, beni)
    await office.due(timedelta(hours=5))
    assert office.dms(aki) == 0
    assert (await office.inbox.page(ONE, aki, 0)).shown == ()
