"""Thanks in public: only if both wish so, once, and gone again when one of them does not any more."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.features.members.reach import Kind
from bot.features.setup.model import Place
from bot.kernel.errors import DiscordTrouble, PlaceGone
from bot.kernel.ids import ChannelId, MemberId
from bot.storage.database import Database
from bot.storage.effects import Verb
from tests.storage.circle import HOUR, MODERATOR, REASON, entries, inbox, notice_of, people, refusal, thank
from tests.storage.house import AKI, BENI, ONE, TWO, HandClock
from tests.storage.pocket import BUSY, FORBIDDEN, HALL, LOST, YARD, Pocket, opened

HIDDEN = "(hidden)"
FORBIDDEN_HERE = PlaceGone("trouble.refused", FORBIDDEN, "missing permissions")
Doing = Callable[[Pocket], Awaitable[object]]


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        await point_to(pocket, YARD)
        yield pocket


async def point_to(pocket: Pocket, channel_id: ChannelId | None) -> None:
    """Let moderators choose the channel for thanks."""
    await pocket.setup.choose_place(ONE, MODERATOR, Place.THANKS, channel_id)


async def agree(pocket: Pocket, member_id: MemberId = BENI) -> None:
    await pocket.reputation.agree(ONE, member_id, (await notice_of(pocket, member_id)).notice_id)


async def hide(pocket: Pocket, member_id: MemberId = BENI) -> None:
    await pocket.reputation.hide(ONE, member_id, (await notice_of(pocket, member_id)).notice_id)


async def take_back(pocket: Pocket) -> None:
    await pocket.reputation.take_back(ONE, AKI, 1, pocket.act())


async def reverse(pocket: Pocket) -> None:
    await pocket.corrections.reverse(ONE, MODERATOR, 1, "a mistake", pocket.act())


async def offered(pocket: Pocket, member_id: MemberId = BENI) -> tuple[str, ...]:
    """Return what a receiver can do about the newest thanks."""
    told = await pocket.inbox.told(await notice_of(pocket, member_id))
    return () if told is None else told.ways


def shown(pocket: Pocket) -> list[tuple[int, str]]:
    """Return where a thanks stands, and what the post says."""
    return [(post.channel_id, post.text) for post in pocket.discord.posts.values()]


async def test_nothing_is_public_that_its_giver_does_not_wish_so(pocket: Pocket) -> None:
    await pocket.reputation.choose(ONE, BENI, "posts_thanks", wanted=True)
    await thank(pocket)
    await pocket.due()
    assert (await inbox(pocket, BENI), await offered(pocket)) == (["reputation.thanked_you"], ())
    refused = await refusal(agree(pocket))
    assert refused.key == "members.notice_gone"
    await pocket.due()
    assert shown(pocket) == []


async def test_nothing_is_public_until_the_receiver_agrees_and_a_second_press_changes_nothing(pocket: Pocket) -> None:
    await thank(pocket, public=True)
    await pocket.due()
    assert shown(pocket) == []
    assert (await inbox(pocket, BENI), await offered(pocket)) == (["reputation.thanked_you_public"], ("agree",))
    for _ in range(2):
        await agree(pocket)
        await pocket.due()
    assert (await inbox(pocket, BENI), await offered(pocket)) == (["reputation.thanked_you"], ("hide",))
    assert (shown(pocket), pocket.discord.sent) == ([(YARD, REASON)], 1)


async def test_the_receiver_hides_it_and_shows_it_again_in_the_same_post(pocket: Pocket) -> None:
    await thank(pocket, public=True)
    await agree(pocket)
    await pocket.due()
    for doing, text in ((hide, HIDDEN), (hide, HIDDEN), (agree, REASON), (hide, HIDDEN)):
        await doing(pocket)
        await pocket.due()
        assert shown(pocket) == [(YARD, text)]
    assert pocket.discord.sent == 1


async def test_who_agreed_once_for_all_is_not_asked_each_time_and_can_still_hide_each(pocket: Pocket) -> None:
    await pocket.reputation.choose(ONE, BENI, "posts_thanks", wanted=True)
    await thank(pocket, public=True)
    await pocket.due()
    assert shown(pocket) == [(YARD, REASON)]
    assert (await inbox(pocket, BENI), await offered(pocket)) == (["reputation.thanked_you"], ("hide",))
    await hide(pocket)
    await pocket.due()
    assert shown(pocket) == [(YARD, HIDDEN)]
    await pocket.reputation.choose(ONE, BENI, "posts_thanks", wanted=False)
    (chie,) = people(pocket, 1)
    await thank(pocket, chie, BENI, public=True)
    await pocket.due()
    assert shown(pocket) == [(YARD, HIDDEN)]


async def test_nobody_else_decides_about_it(pocket: Pocket) -> None:
    await thank(pocket, public=True)
    await thank(pocket, BENI, AKI)
    notice_id = (await notice_of(pocket, BENI)).notice_id
    for doing in (pocket.reputation.agree, pocket.reputation.hide):
        for server_id, member_id in ((ONE, AKI), (ONE, MODERATOR), (TWO, BENI)):
            assert (await refusal(doing(server_id, member_id, notice_id))).key == "members.notice_gone"
    await pocket.due()
    assert (shown(pocket), await offered(pocket)) == ([], ("agree",))


async def test_a_notice_of_something_else_with_the_same_number_decides_nothing(pocket: Pocket) -> None:
    await thank(pocket, public=True)
    async with pocket.database.write() as transaction:
        for subject in (("introductions", "thanked", 1), ("reputation", "reversed", 1)):
            await pocket.inbox.tell(transaction, ONE, BENI, Kind.ANSWERS, subject)
    for feature in ("introductions", "reputation"):
        (found,) = await pocket.rows("SELECT notice_id FROM notices WHERE feature = ? AND kind = 'answers'", feature)
        assert (await refusal(pocket.reputation.agree(ONE, BENI, found[0]))).key == "members.notice_gone"
    await pocket.due()
    assert shown(pocket) == []


@pytest.mark.parametrize("undo", [take_back, reverse])
async def test_what_is_reversed_after_it_was_posted_names_nobody_any_more(pocket: Pocket, undo: Doing) -> None:
    await thank(pocket, public=True)
    await agree(pocket)
    await pocket.due()
    await undo(pocket)
    await pocket.due()
    assert shown(pocket) == [(YARD, HIDDEN)]
    assert (await refusal(agree(pocket))).key == "members.notice_gone"
    await pocket.later()
    assert shown(pocket) == [(YARD, HIDDEN)]


@pytest.mark.parametrize("undo", [take_back, reverse, hide])
async def test_what_is_undone_before_it_was_posted_is_never_posted(pocket: Pocket, undo: Doing) -> None:
    await thank(pocket, public=True)
    await agree(pocket)
    await undo(pocket)
    await pocket.later()
    assert (shown(pocket), pocket.discord.sent) == ([], 0)


@pytest.mark.parametrize("undo", [take_back, reverse, hide])
async def test_what_is_undone_while_it_is_on_its_way_is_hidden(pocket: Pocket, undo: Doing) -> None:
    await thank(pocket, public=True)
    await agree(pocket)
    async with pocket.in_flight(Verb.SEND):
        await undo(pocket)
    await pocket.due()
    assert (shown(pocket), pocket.discord.sent) == ([(YARD, HIDDEN)], 1)


async def test_what_changes_while_the_post_is_brought_up_to_date_shows_in_the_end(pocket: Pocket) -> None:
    await thank(pocket, public=True)
    await agree(pocket)
    await pocket.due()
    await hide(pocket)
    async with pocket.in_flight(Verb.EDIT):
        await agree(pocket)
    await pocket.due()
    assert shown(pocket) == [(YARD, REASON)]


@pytest.mark.parametrize(("trouble", "done"), [(BUSY, False), (LOST, False), (LOST, True), (FORBIDDEN_HERE, False)])
async def test_an_interrupted_post_comes_once(pocket: Pocket, trouble: DiscordTrouble, done: bool) -> None:
    pocket.discord.fail(Verb.SEND, trouble, done=done)
    await thank(pocket, public=True)
    await agree(pocket)
    for _ in range(3):
        await pocket.later()
    pocket.discord.mend()
    await pocket.setup.try_again(ONE, MODERATOR)
    for _ in range(2):
        await pocket.later()
    assert (shown(pocket), pocket.discord.sent) == ([(YARD, REASON)], 1)


@pytest.mark.parametrize("undo", [take_back, reverse, hide])
@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("given_up", [False, True])
async def test_a_post_that_may_have_been_made_does_not_outlive_what_undid_it(
    pocket: Pocket, undo: Doing, done: bool, given_up: bool
) -> None:
    pocket.discord.fail(Verb.SEND, LOST, done=done)
    await thank(pocket, public=True)
    await agree(pocket)
    await pocket.due()
    if given_up:
        pocket.discord.forbid(Verb.SEND)
        await pocket.due(HOUR / 12)
    await undo(pocket)
    pocket.discord.mend()
    await pocket.setup.try_again(ONE, MODERATOR)
    for _ in range(2):
        await pocket.later()
    assert shown(pocket) == [(YARD, HIDDEN)] * done


async def test_a_post_that_may_have_been_made_is_not_made_elsewhere(pocket: Pocket) -> None:
    pocket.discord.fail(Verb.SEND, LOST, done=True)
    await thank(pocket, public=True)
    await agree(pocket)
    await pocket.due()
    pocket.discord.forbid(Verb.SEND)
    await point_to(pocket, HALL)
    await pocket.later()
    pocket.discord.mend()
    await pocket.setup.try_again(ONE, MODERATOR)
    await pocket.later()
    assert (shown(pocket), pocket.discord.sent) == ([(YARD, REASON)], 1)


async def test_where_no_channel_is_chosen_nothing_can_be_public(pocket: Pocket) -> None:
    await point_to(pocket, None)
    assert not await pocket.reputation.can_be_public(ONE)
    await thank(pocket, public=True)
    assert await inbox(pocket, BENI) == ["reputation.thanked_you"]
    assert await offered(pocket) == ()


async def test_where_no_channel_is_chosen_any_more_it_waits_for_one(pocket: Pocket) -> None:
    await thank(pocket, public=True)
    await point_to(pocket, None)
    await agree(pocket)
    await pocket.later()
    assert shown(pocket) == []
    await point_to(pocket, HALL)
    assert await pocket.reputation.can_be_public(ONE)
    await pocket.later()
    assert shown(pocket) == [(HALL, REASON)]


@pytest.mark.parametrize("noticed", [False, True], ids=["chosen before it is noticed", "noticed before"])
async def test_where_the_channel_is_gone_it_goes_to_the_next_that_is_chosen(pocket: Pocket, noticed: bool) -> None:
    await thank(pocket, public=True)
    await agree(pocket)
    pocket.discord.delete_channel(YARD)
    if noticed:
        await pocket.due()
    await point_to(pocket, HALL)
    for _ in range(2):
        await pocket.later()
    assert (shown(pocket), pocket.discord.sent) == ([(HALL, REASON)], 1)


async def test_where_the_bot_may_not_write_it_goes_where_moderators_point(pocket: Pocket) -> None:
    pocket.discord.forbid(Verb.SEND)
    await thank(pocket, public=True)
    await agree(pocket)
    await pocket.due()
    pocket.discord.mend()
    await point_to(pocket, HALL)
    await pocket.later()
    assert (shown(pocket), pocket.discord.sent) == ([(HALL, REASON)], 1)


async def test_what_stands_in_the_former_channel_stays_and_follows_there(pocket: Pocket) -> None:
    await thank(pocket, public=True)
    await agree(pocket)
    await pocket.due()
    await point_to(pocket, HALL)
    await pocket.due()
    assert shown(pocket) == [(YARD, REASON)]
    await hide(pocket)
    await pocket.due()
    assert shown(pocket) == [(YARD, HIDDEN)]


async def _deleted_and_told(pocket: Pocket) -> None:
    (message_id,) = pocket.discord.posts
    del pocket.discord.posts[message_id]
    await pocket.reputation.messages_deleted(ONE, {message_id, 5})


async def _deleted_unseen(pocket: Pocket) -> None:
    """Let it be noticed only when the post shall follow."""
    pocket.discord.posts.clear()
    await hide(pocket)
    await pocket.due()


async def _channel_deleted(pocket: Pocket) -> None:
    pocket.discord.delete_channel(YARD)
    await point_to(pocket, HALL)
    await hide(pocket)
    await pocket.due()


@pytest.mark.parametrize("removed", [_deleted_and_told, _deleted_unseen, _channel_deleted])
async def test_a_post_that_moderators_removed_does_not_come_back(pocket: Pocket, removed: Doing) -> None:
    await thank(pocket, public=True)
    await agree(pocket)
    await pocket.due()
    await removed(pocket)
    assert await offered(pocket) == ()
    assert (await refusal(agree(pocket))).key == "members.notice_gone"  # by a button that stood there before
    await pocket.later()
    assert (shown(pocket), pocket.discord.sent) == ([], 1)
    assert await entries(pocket) == [(1, "thanks")]


async def test_other_messages_that_are_deleted_mean_nothing(pocket: Pocket) -> None:
    await thank(pocket, public=True)
    await agree(pocket)
    await pocket.due()
    (message_id,) = pocket.discord.posts
    await pocket.reputation.messages_deleted(ONE, {message_id + 1})
    await pocket.reputation.messages_deleted(TWO, {message_id})
    assert await offered(pocket) == ("hide",)
