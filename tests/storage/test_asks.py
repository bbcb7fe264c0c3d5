"""What of asks stands in Discord comes once, to what was decided last, and nobody who waits is lost on the way."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from bot.features.members.reach import Kind, Way
from bot.features.peer_help.ending import Gratitude
from bot.features.peer_help.ladder import CLOSES, FIRST_WORD, GRACE, STILL_OPEN
from bot.features.peer_help.model import Ask, End, State, Turn, Wants, Written
from bot.features.peer_help.telling import ENDED, HERE, INVITE, NUDGE, SPOKE
from bot.features.peer_help.telling import STILL_OPEN as STILL
from bot.features.setup.model import Place
from bot.kernel.errors import DiscordTrouble, PlaceGone, Refusal
from bot.kernel.ids import ChannelId, MemberId
from bot.storage.database import Database
from bot.storage.effects import Verb
from tests.storage.circle import inbox, refusal
from tests.storage.helpline import (
    BOARD,
    DAY,
    HOUR,
    MINUTE,
    MIO,
    NAO,
    OTHER_BOARD,
    TOPIC,
    Helpline,
    asked,
    mended,
    opened,
)
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import BUSY, FORBIDDEN, HALL, LOST

FORBIDDEN_HERE = PlaceGone("trouble.refused", FORBIDDEN, "missing permissions")
INTERRUPTIONS = pytest.mark.parametrize(
    ("trouble", "done"),
    [(BUSY, False), (LOST, False), (LOST, True), (FORBIDDEN_HERE, False)],
    ids=["waits", "is lost", "is done and not confirmed", "is parked"],
)
BOTH = pytest.mark.parametrize("channel_id", [BOARD, HALL], ids=["forum", "text"])


@pytest.fixture
def channel_id() -> ChannelId:
    return BOARD


@pytest.fixture
async def line(database: Database, clock: HandClock, channel_id: ChannelId) -> AsyncIterator[Helpline]:
    async with opened(database, clock, channel_id) as line:
        yield line


def the_verb(channel_id: ChannelId) -> Verb:
    return Verb.POST if channel_id == BOARD else Verb.SEND


# ── Once ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@BOTH
@INTERRUPTIONS
async def test_a_card_and_its_thread_are_made_once(
    line: Helpline, channel_id: ChannelId, trouble: DiscordTrouble, done: bool
) -> None:
    line.discord.fail(the_verb(channel_id), trouble, done=done)
    ask = await line.ask()
    await line.due()
    await mended(line)
    ask = await line.now(ask)
    assert line.discord.cards(ask) == ["waiting a question"]
    assert list(line.discord.threads) == [ask.thread_id] == [ask.message_id]


@BOTH
@INTERRUPTIONS
async def test_withdrawn_on_its_way_a_card_shows_nothing(
    line: Helpline, channel_id: ChannelId, trouble: DiscordTrouble, done: bool
) -> None:
    line.discord.fail(the_verb(channel_id), trouble, done=done)
    ask = await line.ask(title="secret")
    await line.due()
    await line.asks.withdraw(ONE, AKI, ask.ask_id)
    await mended(line)
    assert "secret" not in str(line.discord.texts())
    assert line.discord.cards(ask) == (["withdrawn "] if done else [])
    assert all(line.discord.threads.values())


@BOTH
async def test_withdrawn_in_flight_a_card_shows_nothing(line: Helpline, channel_id: ChannelId) -> None:
    ask = await line.ask(title="secret")
    async with line.in_flight(the_verb(channel_id)):
        await line.asks.withdraw(ONE, AKI, ask.ask_id)
    await line.later()
    assert line.discord.cards(ask) == ["withdrawn "]
    assert all(line.discord.threads.values())


@pytest.mark.parametrize("channel_id", [HALL])
@INTERRUPTIONS
async def test_a_thread_that_was_late_is_made_once_and_hears_who_came_meanwhile(
    line: Helpline, trouble: DiscordTrouble, done: bool
) -> None:
    line.discord.fail(Verb.THREAD, trouble, done=done)
    ask = await asked(line)
    await line.helping.come(ONE, BENI, ask.ask_id)
    await line.due()
    assert line.discord.said(ask, "came") == []
    await mended(line)
    assert line.discord.said(ask, "came") == [str(BENI)]
    assert len(line.discord.threads) == 1


@INTERRUPTIONS
async def test_it_is_said_once_that_somebody_came(line: Helpline, trouble: DiscordTrouble, done: bool) -> None:
    ask = await asked(line)
    line.discord.fail(Verb.SEND, trouble, done=done)
    for _ in range(2):
        await line.helping.come(ONE, BENI, ask.ask_id)
        await line.due()
    await mended(line)
    assert line.discord.said(ask, "came") == [str(BENI)]


async def test_who_stepped_back_before_it_was_said_that_they_came_is_not_announced(line: Helpline) -> None:
    ask = await asked(line)
    line.discord.fail(Verb.SEND, BUSY)
    await line.helping.come(ONE, BENI, ask.ask_id)
    await line.due()
    await line.helping.step_back(ONE, BENI, ask.ask_id)
    await mended(line)
    assert line.discord.said(ask, "came") == []


async def test_who_comes_again_is_announced_again(line: Helpline) -> None:
    ask = await asked(line)
    await line.helping.come(ONE, BENI, ask.ask_id)
    await line.due()
    await line.helping.step_back(ONE, BENI, ask.ask_id)
    line.clock.push(GRACE)
    await line.helping.come(ONE, BENI, ask.ask_id)
    await line.due()
    assert line.discord.said(ask, "came") == [str(BENI)] * 2


@INTERRUPTIONS
async def test_a_reply_is_relayed_once(line: Helpline, trouble: DiscordTrouble, done: bool) -> None:
    ask = await line.ask_anonymously()
    await line.due(11 * MINUTE)
    line.discord.fail(Verb.SEND, trouble, done=done)
    act = line.act()
    for _ in range(2):
        await line.anonymity.reply(ONE, AKI, ask.ask_id, "thank you", act)
        await line.due()
    await mended(line)
    assert line.discord.said(ask, "reply") == ["thank you"]


@INTERRUPTIONS
async def test_a_reply_does_not_outlive_its_withdrawal(line: Helpline, trouble: DiscordTrouble, done: bool) -> None:
    ask = await line.ask_anonymously()
    await line.due(11 * MINUTE)
    line.discord.fail(Verb.SEND, trouble, done=done)
    await line.anonymity.reply(ONE, AKI, ask.ask_id, "secret", line.act())
    await line.due()
    await line.asks.withdraw(ONE, AKI, ask.ask_id)
    await mended(line)
    assert "secret" not in str(line.discord.texts())


@INTERRUPTIONS
async def test_helpers_are_called_once(line: Helpline, trouble: DiscordTrouble, done: bool) -> None:
    ask = await asked(line)
    line.discord.fail(Verb.SEND, trouble, done=done)
    await line.due(12 * HOUR)
    await mended(line)
    assert line.discord.said(ask, "call") == ["waiting"]
    await line.helping.come(ONE, BENI, ask.ask_id)
    await line.due()
    assert line.discord.said(ask, "call") == ["talking"]


@INTERRUPTIONS
async def test_the_offer_in_a_thread_opened_by_hand_comes_once(
    line: Helpline, trouble: DiscordTrouble, done: bool
) -> None:
    line.discord.threads[4000] = False
    line.discord.fail(Verb.SEND, trouble, done=done)
    for _ in range(2):
        await line.helping.opened_by_hand(ONE, BOARD, 4000, AKI, "my question")
        await line.due()
    await mended(line)
    assert line.discord.texts(4000) == ["offer"]


async def test_an_offer_that_fails_is_not_taken_for_the_ask_of_the_same_number(line: Helpline) -> None:
    line.discord.threads |= {4000: False, 5000: False}
    ask = await line.asks.ask_by_hand(ONE, AKI, Written(TOPIC, Wants.LISTEN, "by hand"), line.act(), 4000)
    await line.due()
    await line.helping.opened_by_hand(ONE, BOARD, 5000, BENI, "mine")
    line.discord.delete_thread(5000)
    await line.due()
    assert (await line.now(ask)).state is State.WAITING
    await line.helping.thread_deleted(ONE, 5000)
    await line.later()
    assert await line.rows("SELECT key FROM effects WHERE card = 'offer' AND state <> 'done'") == []


@INTERRUPTIONS
async def test_a_thread_closes_and_opens_with_its_ask(line: Helpline, trouble: DiscordTrouble, done: bool) -> None:
    ask = await asked(line)
    assert ask.thread_id is not None
    line.discord.fail(Verb.EDIT_THREAD, trouble, done=done)
    await line.endings.resolve(ONE, AKI, ask.ask_id, Gratitude(), ("", False), line.act())
    await line.due()
    await mended(line)
    assert line.discord.threads[ask.thread_id]
    await line.asks.reopen(ONE, AKI, ask.ask_id)
    await line.due()
    assert not line.discord.threads[ask.thread_id]
    assert line.discord.cards(ask) == ["waiting a question"]


# ── Nobody is lost ────────────────────────────────────────────────────────────────────────────────────────────────


async def test_where_no_channel_is_found_moderators_know_after_a_day(line: Helpline) -> None:
    await line.setup.choose_place(ONE, MIO, Place.HELP, ChannelId(999))
    ask = await line.ask()
    await line.due(DAY)
    assert [each.since for each in await line.help_holder.server_waiting(ONE)] == [ask.asked_at]
    await line.setup.choose_place(ONE, MIO, Place.HELP, OTHER_BOARD)
    await line.due()
    ask = await line.now(ask)
    assert ask.is_posted
    assert ask.climb.listed_at is None  # from now on, it waits for helpers


async def test_who_passes_is_replaced_also_one_of_several(line: Helpline) -> None:
    others = [MemberId(800 + number) for number in range(4)]
    await _move_in(line, others)
    ask = await asked(line)
    first = await line.notices(INVITE)
    assert len(first) == 3
    for count, (member_id, _) in enumerate(first, start=4):
        found = await line.rows("SELECT notice_id FROM notices WHERE card = 'invite' AND member_id = ?", member_id)
        for _ in range(2):
            await line.inbox.pass_on(ONE, MemberId(member_id), found[0][0])
            await line.due(MINUTE)
        assert len(await line.notices(INVITE)) == count
    assert (await line.now(ask)).climb.rounds == 1


async def test_who_passes_in_the_next_round_counts_for_their_own(line: Helpline) -> None:
    others = [MemberId(800 + number) for number in range(9)]
    await _move_in(line, others)
    ask = await asked(line)
    ((early, _), *_) = await line.notices(INVITE)
    await line.due(2 * HOUR)
    assert len(await line.notices(INVITE)) == 6
    found = await line.rows("SELECT notice_id FROM notices WHERE card = 'invite' AND member_id = ?", early)
    await line.inbox.pass_on(ONE, MemberId(early), found[0][0])
    await line.due(MINUTE)
    assert len(await line.notices(INVITE)) == 6
    assert (await line.now(ask)).climb.declined == 0


async def _move_in(line: Helpline, others: list[MemberId]) -> None:
    line.offers += others
    for member_id in others:
        await line.members.seen(ONE, member_id, "en")
        await line.choices.choose_quiet(ONE, member_id, 0, 0)
        await line.choices.consent(ONE, member_id, Kind.HELP, Way.DM)


@pytest.mark.parametrize("way", ["still waiting", "reopened", "unlocked"])
async def test_an_ask_that_waits_anew_counts_on_nobody_who_was_there(line: Helpline, way: str) -> None:
    ask = await asked(line, Wants.ADVICE)
    await line.helping.come(ONE, BENI, ask.ask_id)
    if way == "still waiting":
        await line.asks.still_waiting(ONE, AKI, ask.ask_id)
    elif way == "reopened":
        await line.endings.resolve(ONE, AKI, ask.ask_id, Gratitude(), ("", False), line.act())
        await line.asks.reopen(ONE, AKI, ask.ask_id)
    else:
        for is_locked in (True, False):
            await line.helping.thread_changed(ONE, ask.thread_id or 0, is_locked=is_locked)
    assert (await line.now(ask)).state is State.WAITING
    part = await line.helping.come(ONE, MIO, ask.ask_id)
    assert part.is_new
    assert part.ask.state is State.TALKING
    assert (await refusal(line.helping.come(ONE, BENI, ask.ask_id))).key == "peer_help.kept_for_another"


async def test_a_helper_who_is_silent_is_asked_kindly_and_then_others_are(line: Helpline) -> None:
    ask = await asked(line, Wants.ADVICE)
    await line.helping.come(ONE, BENI, ask.ask_id)
    await line.due(FIRST_WORD - MINUTE)
    assert await line.notices(NUDGE) == []
    await line.due(MINUTE)
    assert [who for who, _ in await line.notices(NUDGE)] == [BENI]
    await line.due(GRACE)
    assert (await line.now(ask)).state is State.WAITING
    assert (await line.helping.come(ONE, NAO, ask.ask_id)).is_new


async def test_an_asker_is_asked_whether_it_is_still_open_at_their_turn_only(line: Helpline) -> None:
    ask = await asked(line)
    await line.say(ask, BENI)
    await line.due(STILL_OPEN - MINUTE)
    assert await line.notices(STILL) == []
    await line.due(MINUTE)
    assert await line.notices(STILL) == [(AKI, ask.ask_id)]
    assert await inbox(line, AKI) == ["peer_help.told_still_open", "peer_help.told_spoke"]
    await line.say(ask, AKI)
    assert "peer_help.told_still_open" not in await inbox(line, AKI)
    await line.say(ask, BENI)  # it is their turn again, and has been for no time
    assert (await line.now(ask)).turn is Turn.ASKER
    assert "peer_help.told_still_open" not in await inbox(line, AKI)
    await line.due(STILL_OPEN)
    await line.due(CLOSES)
    ended = await line.now(ask)
    assert (ended.state, ended.ending) == (State.CLOSED, End.SILENCE)
    assert "peer_help.told_ended_silence" in await inbox(line, AKI)


Losing = Callable[[Helpline, Ask], Awaitable[object]]
LOSSES: dict[str, Losing] = {
    "a thread": lambda line, ask: line.helping.thread_deleted(ONE, ask.thread_id or 0),
    "a card": lambda line, ask: line.helping.messages_deleted(ONE, {ask.message_id or 0}),
}


@pytest.mark.parametrize("what", LOSSES)
async def test_whose_post_is_deleted_hears_so_and_can_open_it_again(line: Helpline, what: str) -> None:
    ask = await asked(line)
    line.discord.delete_thread(ask.thread_id or 0)
    for _ in range(2):
        await LOSSES[what](line, ask)
    await line.due()
    ended = await line.now(ask)
    assert (ended.state, ended.ending) == (State.CLOSED, End.THREAD_GONE)
    assert await line.notices(ENDED) == [(AKI, ask.ask_id)]
    assert await inbox(line, AKI) == ["peer_help.told_ended_thread_gone"]
    await line.asks.reopen(ONE, AKI, ask.ask_id)
    await line.due()
    assert line.discord.cards(ask) == ["waiting a question"]


async def test_a_thread_that_is_found_gone_ends_its_ask_and_the_asker_hears_so(line: Helpline) -> None:
    ask = await asked(line)
    line.discord.delete_thread(ask.thread_id or 0)
    await line.helping.come(ONE, BENI, ask.ask_id)
    await line.due()
    assert (await line.now(ask)).ending is End.THREAD_GONE
    assert await line.notices(ENDED) == [(AKI, ask.ask_id)]


async def test_a_card_that_was_deleted_while_the_bot_was_away_is_found_gone_within_a_day(line: Helpline) -> None:
    ask = await asked(line)
    line.discord.delete_thread(ask.thread_id or 0)
    await line.due(DAY)
    assert (await line.now(ask)).ending is End.THREAD_GONE


@pytest.mark.parametrize("channel_id", [HALL])
@pytest.mark.parametrize("is_heard", [True, False], ids=["heard of", "found out"])
async def test_a_card_in_a_channel_outlives_its_thread_and_gets_another(line: Helpline, is_heard: bool) -> None:
    ask = await asked(line)
    line.discord.delete_thread(ask.thread_id or 0)
    if is_heard:
        await line.helping.thread_deleted(ONE, ask.thread_id or 0)
    else:
        await line.helping.come(ONE, BENI, ask.ask_id)
    await line.due()
    assert (await line.now(ask)).ending is End.THREAD_GONE
    assert line.discord.cards(ask) == ["closed a question"]
    await line.asks.reopen(ONE, AKI, ask.ask_id)
    await line.due()
    assert line.discord.cards(ask) == ["waiting a question"]
    assert line.discord.threads == {ask.message_id: False}


@BOTH
@pytest.mark.parametrize("is_heard", [True, False], ids=["heard of", "found out"])
async def test_an_ask_goes_on_in_another_channel_when_its_own_is_deleted(
    line: Helpline, channel_id: ChannelId, is_heard: bool
) -> None:
    ask = await asked(line)
    await line.say(ask, BENI)
    await line.due()
    line.discord.delete_channel(channel_id)
    if is_heard:
        await line.helping.channel_deleted(ONE, channel_id)
    await line.due(DAY)
    assert (await line.now(ask)).state is State.TALKING
    await line.setup.choose_place(ONE, MIO, Place.HELP, OTHER_BOARD)
    await line.due()
    now = await line.now(ask)
    assert (now.channel_id, now.state) == (OTHER_BOARD, State.TALKING)
    assert line.discord.cards(ask) == ["talking a question"]


async def test_what_was_opened_by_hand_and_deleted_is_posted_by_the_bot_when_it_is_opened_again(line: Helpline) -> None:
    line.discord.threads[4000], line.discord.homes[4000] = False, BOARD
    written = Written(TOPIC, Wants.LISTEN, "by hand")
    ask = await line.asks.ask_by_hand(ONE, AKI, written, line.act(), 4000)
    await line.due()
    assert line.discord.cards(ask) == ["waiting by hand"]
    line.discord.delete_thread(4000)
    await line.helping.thread_deleted(ONE, 4000)
    await line.asks.reopen(ONE, AKI, ask.ask_id)
    await line.due()
    now = await line.now(ask)
    assert (now.channel_id, now.is_by_hand) == (BOARD, False)
    assert line.discord.cards(ask) == ["waiting by hand"]


async def test_an_asker_of_a_thread_opened_by_hand_hears_that_its_channel_is_gone(line: Helpline) -> None:
    line.discord.threads[4000], line.discord.homes[4000] = False, BOARD
    ask = await line.asks.ask_by_hand(ONE, AKI, Written(TOPIC, Wants.LISTEN, "by hand"), line.act(), 4000)
    await line.due()
    line.discord.delete_channel(BOARD)
    await line.helping.channel_deleted(ONE, BOARD)
    assert (await line.now(ask)).ending is End.THREAD_GONE
    assert await line.notices(ENDED) == [(AKI, ask.ask_id)]


async def test_a_withdrawn_ask_cannot_be_stopped_into_another_state(line: Helpline) -> None:
    ask = await line.ask_anonymously()
    await line.due(11 * MINUTE)
    await line.asks.withdraw(ONE, AKI, ask.ask_id)
    assert (await refusal(line.anonymity.stop(ONE, MIO, ask.ask_id))).key == "peer_help.gone"
    assert (await line.now(ask)).state is State.WITHDRAWN


async def test_an_unlocked_thread_whose_asker_nobody_knows_any_more_stays_closed(line: Helpline) -> None:
    ask = await line.ask_anonymously()
    await line.due(11 * MINUTE)
    thread_id = (await line.now(ask)).thread_id or 0
    await line.helping.thread_changed(ONE, thread_id, is_locked=True)
    for _ in range(2):
        await line.due(timedelta(days=61))
    assert (await line.now(ask)).asker_id is None
    await line.helping.thread_changed(ONE, thread_id, is_locked=False)
    assert (await line.now(ask)).state is State.CLOSED


async def test_two_who_come_in_the_same_moment_are_one_for_advice_and_two_for_listening(line: Helpline) -> None:
    for wants, expected in ((Wants.ADVICE, 1), (Wants.LISTEN, 2)):
        ask = await asked(line, wants)

        async def come(member_id: MemberId, ask_id: int = ask.ask_id) -> None:
            try:
                await line.helping.come(ONE, member_id, ask_id)
            except Refusal as refused:
                assert refused.key == "peer_help.kept_for_another"  # noqa: PT017 - either of the two may be refused

        await line.in_turn(come(BENI), come(MIO))
        assert [each.is_here for each in await line.helpers(ask)].count(True) == expected
        assert len([1 for _, helper_id in await line.notices(HERE) if helper_id]) >= expected


async def test_an_asker_is_told_of_the_first_word_and_not_of_each(line: Helpline) -> None:
    ask = await asked(line)
    for _ in range(3):
        await line.say(ask, BENI)
    assert await line.notices(SPOKE) == [(AKI, ask.ask_id)]
