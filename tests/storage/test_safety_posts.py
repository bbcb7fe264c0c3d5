"""Whoever is to be told of a case is told once, whatever fails and in whatever order things happen."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import cast

import pytest

from bot.features.safety.answers import Answers
from bot.features.safety.cases import Cases
from bot.features.safety.holder import SafetyHolder
from bot.features.safety.jobs import SafetyJobs
from bot.features.safety.model import Case, Complaint, HoldOrder, Outcome, ReportReason
from bot.features.safety.posts import SafetyPosts, set_discreet
from bot.features.safety.reports import Reports
from bot.features.safety.store import SafetyStore
from bot.features.safety.telling import SafetyTeller
from bot.features.setup.model import Place
from bot.kernel.errors import DiscordTrouble, Refusal
from bot.kernel.ids import ChannelId, InteractionId, MemberId, RoleId, ServerId
from bot.outbound import Outbound
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Outgoing, Verb
from bot.worker import Worker
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import BUSY, LOST, YARD, Pocket, PocketDiscord, opened

MIO, NAO = MemberId(200000000000000003), MemberId(200000000000000004)
DESK = ChannelId(80)


class Discord(PocketDiscord):
    """One that knows moderators, and shows of a post about a case what would be drawn of it."""

    def __init__(self) -> None:
        super().__init__()
        self.channels.add(DESK)
        self.moderators = {MIO, NAO}
        self.silence: DiscordTrouble | None = None

    async def is_moderator(self, server_id: ServerId, member_id: MemberId, role_id: RoleId | None) -> bool:
        if self.silence is not None:
            raise self.silence
        return member_id in self.moderators

    async def owner(self, server_id: ServerId) -> MemberId:
        return MIO

    async def perform(self, effect: Effect, outgoing: Outgoing) -> int | None:
        result_id = await super().perform(effect, outgoing)
        posted = self.posts.get(result_id or outgoing.message_id or 0)
        if posted is not None and isinstance(outgoing.subject, Case):
            case = outgoing.subject
            posted.text = "" if case.is_discreet else f"{case.reports} {case.state}"
        return result_id


class Office(Pocket):
    """A server with a desk for its two moderators."""

    def __init__(self, pocket: Pocket) -> None:
        self.__dict__ = dict(pocket.__dict__)
        self.discord: Discord = Discord()
        self.reports, self.answers = Reports(self.database), Answers(self.database, self.inbox)
        self.cases = Cases(self.database, self.setup, self.members, self.inbox)
        self.cases.attach(self.discord)
        self.daily = SafetyJobs(self.database, self.setup, self.members, self.inbox, self.discord)
        posts = {"safety": SafetyPosts(self.database, self.setup, (SafetyHolder(self.database, self.inbox),))}
        outbound = cast("Outbound", self.discord)
        self.worker = Worker(
            self.database, self.clock, outbound, self.setup, posts, {"safety": self.daily}, self.metrics
        )

    async def report(self, about_id: MemberId = AKI, by: MemberId = BENI, act: InteractionId | None = None) -> None:
        await self.reports.report(ONE, by, Complaint(about_id, ReportReason.OTHER, "words"), act or self.act())

    async def case(self) -> Case:
        async with self.database.read() as transaction:
            return await self.case_in(transaction)

    async def case_in(self, transaction: Transaction) -> Case:
        async with transaction.connection.execute("SELECT case_id FROM cases") as cursor:
            ((case_id,),) = [tuple(row) for row in await cursor.fetchall()]
        case = await SafetyStore(transaction, ONE).case(case_id)
        assert case is not None
        return case

    async def told(self) -> list[tuple[int, str]]:
        """Return who has a notice about what."""
        return await self.rows("SELECT member_id, card FROM notices ORDER BY member_id, card")


@pytest.fixture
async def office(database: Database, clock: HandClock) -> AsyncIterator[Office]:
    async with opened(database, clock) as pocket:
        await pocket.worker.stop()
        office = Office(pocket)
        await office.setup.choose_place(ONE, MIO, Place.MODERATORS, DESK)
        for member_id in (MIO, NAO):
            await office.members.seen(ONE, member_id, "en")
            async with database.write() as transaction:
                await SafetyStore(transaction, ONE).see_moderator(member_id)
        await office.worker.start()
        database.on_effects_written(lambda: None)
        yield office
        await office.worker.stop()


async def again(office: Office) -> None:
    """Let all work of the feature be done once more, as after a crash before it was marked."""
    async with office.database.write() as transaction:
        await transaction.connection.execute("UPDATE effects SET state = 'waiting' WHERE verb = 'job'")
    await office.due()


async def test_a_case_is_posted_once_and_its_post_follows_it(office: Office) -> None:
    act = office.act()
    for _ in range(2):
        await office.report(act=act)
    await office.due()
    await again(office)
    assert office.discord.texts(DESK) == ["1 open"]
    await office.report(by=NAO)
    await office.due()
    case = await office.case()
    await office.cases.take(ONE, MIO, case.case_id)
    await office.due()
    assert office.discord.texts(DESK) == ["2 taken"]
    await office.cases.close(ONE, MIO, case.case_id, Outcome.ACTED, "", "")
    await office.due()
    assert office.discord.texts(DESK) == ["2 closed"]
    assert office.discord.sent == 1
    assert await office.told() == [(BENI, "closed"), (NAO, "closed")]


@pytest.mark.parametrize("trouble", [BUSY, LOST])
async def test_what_happens_while_a_post_is_on_its_way_shows_in_it(office: Office, trouble: DiscordTrouble) -> None:
    office.discord.fail(Verb.SEND, trouble, done=trouble is LOST)
    await office.report()
    await office.due()
    await office.report(by=NAO)
    await office.due()
    office.discord.mend()
    await office.later()
    assert office.discord.texts(DESK) == ["2 open"]


async def test_report_that_comes_while_a_post_is_in_flight_shows_in_it(office: Office) -> None:
    await office.report()
    async with office.in_flight(Verb.SEND):
        await office.report(by=NAO)
    await office.later()
    assert office.discord.texts(DESK) == ["2 open"]


async def test_case_closed_before_it_was_posted_is_not_posted(office: Office) -> None:
    office.discord.fail(Verb.SEND, BUSY)
    await office.report()
    await office.due()
    await office.cases.close(ONE, MIO, (await office.case()).case_id, Outcome.ACTED, "", "")
    office.discord.mend()
    await office.later()
    assert office.discord.texts(DESK) == []


async def test_post_that_may_stand_unknown_to_us_ends_with_its_case(office: Office) -> None:
    office.discord.fail(Verb.SEND, LOST, done=True)
    await office.report()
    await office.due()
    await office.cases.close(ONE, MIO, (await office.case()).case_id, Outcome.ACTED, "", "")
    office.discord.mend()
    await office.later()
    assert office.discord.texts(DESK) == ["1 closed"]


async def test_case_that_can_not_be_posted_goes_where_moderators_point(office: Office) -> None:
    office.discord.forbid(Verb.SEND)
    await office.report()
    await office.due()
    office.discord.mend()
    await office.setup.choose_place(ONE, MIO, Place.MODERATORS, YARD)
    await office.due()
    assert (office.discord.texts(DESK), office.discord.texts(YARD)) == ([], ["1 open"])


async def test_deleted_post_leaves_the_case_as_it_is(office: Office) -> None:
    await office.report()
    await office.due()
    office.discord.posts.clear()
    await office.cases.take(ONE, MIO, (await office.case()).case_id)
    await office.due()
    assert (await office.case()).message_id is None
    await office.report(by=NAO)
    await office.due()
    assert office.discord.texts(DESK) == ["2 taken"]


async def test_report_about_a_moderator_goes_to_the_others_once(office: Office) -> None:
    await office.report(MIO)
    await office.due()
    await again(office)
    assert office.discord.texts(DESK) == []
    assert await office.told() == [(NAO, "case")]
    assert (await office.case()).is_discreet
    await office.cases.take(ONE, NAO, (await office.case()).case_id)
    await office.due()
    assert office.discord.sent == 0


async def test_who_becomes_a_moderator_is_counted_nothing_that_concerns_them(office: Office) -> None:
    await office.report()
    await office.due()
    safety, holder = office.safety, SafetyHolder(office.database, office.inbox)
    assert [waiting.count for waiting in await holder.server_waiting(ONE)] == [1]
    office.discord.moderators.add(AKI)
    await safety.moderator_seen(ONE, AKI)
    await office.due()
    assert await holder.server_waiting(ONE) == []
    assert await office.told() == [(MIO, "case"), (NAO, "case")]


async def test_of_who_becomes_a_moderator_no_post_says_anything_any_more(office: Office) -> None:
    await office.report()
    await office.due()
    safety = office.safety
    await safety.moderator_seen(ONE, AKI)  # once, before
    office.clock.push(timedelta(days=2))
    office.discord.moderators.add(AKI)
    await safety.moderator_seen(ONE, AKI)
    await office.due()
    assert office.discord.texts(DESK) == [""]
    edited = await office.rows("SELECT wanted FROM effects WHERE verb = 'edit'")
    await office.report(by=NAO)
    await office.cases.take(ONE, NAO, (await office.case()).case_id)
    await office.due()
    assert (
        await office.rows("SELECT wanted FROM effects WHERE verb = 'edit'") == edited
    )  # nothing shows that it goes on
    office.discord.moderators.discard(AKI)
    await office.report(by=MIO)
    await office.due()
    assert office.discord.texts(DESK) == ["3 taken"]


async def test_post_on_its_way_when_its_subject_becomes_a_moderator_says_nothing(office: Office) -> None:
    await office.report()
    async with office.in_flight(Verb.SEND):
        office.discord.moderators.add(AKI)
        async with office.database.write() as transaction:
            await set_discreet(transaction, await office.case_in(transaction), is_discreet=True)
    await office.due()
    assert office.discord.texts(DESK) == [""]


async def test_who_became_a_moderator_unseen_is_found_before_the_daily_list(office: Office) -> None:
    await office.report()
    await office.due()
    await office.daily.tend(ONE)
    office.discord.moderators.add(AKI)
    await office.due(timedelta(hours=9))
    await office.due()
    assert office.discord.texts(DESK) == [""]  # and no list
    assert await office.told() == [(MIO, "case"), (NAO, "case")]


async def test_the_others_are_told_each_day_of_what_concerns_a_moderator_until_one_takes_it(office: Office) -> None:
    await office.report(MIO)
    await office.due()
    await office.daily.tend(ONE)
    times = []
    for hours in (9, 24, 24):
        await office.due(timedelta(hours=hours))
        ((told_at,),) = await office.rows("SELECT told_at FROM notices WHERE card = 'case'")
        times.append(told_at)
        if len(times) == 2:
            await office.cases.take(ONE, NAO, (await office.case()).case_id)
    assert times[0] < times[1] == times[2]
    assert (office.discord.texts(DESK), await office.told()) == ([], [(NAO, "case")])


async def test_case_about_somebody_who_is_forgotten_ends_and_all_see_so(office: Office) -> None:
    await office.report()
    await office.report(by=NAO)
    await office.due()
    case = await office.case()
    async with office.database.write() as transaction:
        holder = SafetyHolder(office.database, office.inbox)
        await holder.forget_member(transaction, ONE, AKI)
    await office.due()
    assert office.discord.texts(DESK) == ["2 closed"]
    assert await office.told() == [(BENI, "closed"), (NAO, "closed")]
    ((notice_id,),) = await office.rows("SELECT notice_id FROM notices WHERE member_id = ?", BENI)
    told = await SafetyTeller(office.database).tell(await office.inbox.notice(ONE, BENI, notice_id))
    assert told is not None
    assert (told.text, case.is_closed) == ("safety.told_gone", False)


async def test_with_nobody_left_each_reporter_is_told_once(office: Office) -> None:
    office.discord.moderators.discard(NAO)
    await office.report(MIO)
    await office.report(MIO, by=AKI)
    await office.due()
    await again(office)
    assert await office.told() == [(AKI, "nobody"), (BENI, "nobody")]


async def test_while_discord_is_silent_nobody_is_told_and_nothing_is_counted(office: Office) -> None:
    office.discord.silence = BUSY
    await office.report(MIO)
    await office.due()
    holder = SafetyHolder(office.database, office.inbox)
    assert await holder.server_waiting(ONE) == []
    assert (office.discord.sent, await office.told()) == (0, [])
    with pytest.raises(Refusal, match=r"safety\.discord_silent"):
        await office.cases.hold(ONE, NAO, HoldOrder(AKI, 1, "why"), office.act())
    office.discord.silence = None
    await office.later()
    assert await office.told() == [(NAO, "case")]


async def test_report_about_a_member_is_counted_by_number(office: Office) -> None:
    await office.report()
    await office.report(BENI, by=NAO)
    await office.due()
    (waiting,) = await SafetyHolder(office.database, office.inbox).server_waiting(ONE)
    assert (waiting.count, waiting.since, waiting.url) == (2, office.clock.now(), "")


async def test_hold_that_is_told_twice_is_one_and_its_answer_is_posted_once(office: Office) -> None:
    act = office.act()
    files = [await office.cases.hold(ONE, MIO, HoldOrder(AKI, 3, "why"), act) for _ in range(2)]
    assert [len(file.holds) for file in files] == [1, 1]
    ((notice_id,),) = await office.rows("SELECT notice_id FROM notices")
    for _ in range(2):
        await office.answers.answer(ONE, AKI, notice_id, "a misunderstanding")
    await office.due()
    await again(office)
    assert office.discord.texts(DESK) == ["answer"]
    with pytest.raises(Refusal, match=r"safety\.answered_before"):
        await office.answers.answer(ONE, AKI, notice_id, "something else")


async def test_somebody_who_never_used_the_bot_hears_of_a_hold(office: Office) -> None:
    stranger = MemberId(200000000000000009)
    await office.cases.hold(ONE, MIO, HoldOrder(stranger, 3, "why"), office.act())
    assert await office.told() == [(stranger, "hold")]


async def test_two_moderators_at_once_close_a_case_once(office: Office) -> None:
    await office.report()
    case = await office.case()
    close = (office.cases.close(ONE, by, case.case_id, Outcome.ACTED, "", "") for by in (MIO, NAO))
    with pytest.raises(Refusal, match=r"safety\.case_closed"):
        await office.in_turn(*close)
    assert await office.rows("SELECT actor_id FROM acts WHERE act = 'case.close'") == [(MIO,)]
    assert await office.told() == [(BENI, "closed")]


async def test_two_reports_at_once_are_one_case(office: Office) -> None:
    await office.in_turn(office.report(), office.report(by=NAO))
    assert (await office.case()).reports == 2


async def test_daily_list_is_posted_once_a_day(office: Office) -> None:
    await office.report()
    await office.due()
    for _ in range(2):
        await office.daily.tend(ONE)
    for days in range(1, 4):
        await office.due(timedelta(hours=9 if days == 1 else 24))
        await again(office)
        assert office.discord.texts(DESK).count("daily") == days


async def test_list_whose_case_was_closed_before_it_could_be_posted_is_none(office: Office) -> None:
    await office.report()
    await office.due()
    await office.daily.tend(ONE)
    office.discord.fail(Verb.SEND, BUSY)
    await office.due(timedelta(hours=9))
    await office.cases.close(ONE, MIO, (await office.case()).case_id, Outcome.NOTHING, "", "")
    office.discord.mend()
    await office.later()
    assert "daily" not in office.discord.texts(DESK)
