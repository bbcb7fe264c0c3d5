"""Thanks that both like to be public: posted once, whatever Discord does, and taken down once they are so no more."""

import pytest

from .loopback import BOT_USUALLY, Loopback, Permission
from .running import PATIENCE, WORDS, Bot, Place, told, until
from .thankful import is_recorded, open_wall, thank, thanked, wish


async def test_what_both_like_to_be_public_is_posted_and_taken_down_once(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    wall, aki, beni, chie = await open_wall(place), place.member("aki"), place.member("beni"), place.member("chie")
    await wish(place, beni, "posts_thanks_on")
    given = await thank(place, aki, beni, "You read my draft", public=True)
    await thank(place, aki, chie, "You fixed my bike", public=True)
    await thank(place, chie, beni, "You came along")
    (post,) = await discord.wait_for(lambda: discord.bot_messages(wall), PATIENCE, "post")
    await bot.settled()
    assert discord.bot_messages(wall) == [post]
    assert "You read my draft" in post.text
    inbox = await place.command(chie, "inbox")
    agreed = [await place.press(chie, inbox, "agree") for _ in range(2)]
    assert all(told(act, "reputation.agreed") for act in agreed)
    await discord.wait_for(lambda: len(discord.bot_messages(wall)) > 1, PATIENCE, "second post")
    await bot.restart()
    await place.press(aki, given, "take_back")
    hidden = await place.press(chie, await place.command(chie, "inbox"), "hide")
    assert told(hidden, "reputation.hidden")
    gone = WORDS("en", "reputation.post_hidden")
    await discord.wait_for(
        lambda: [each.text for each in discord.bot_messages(wall)] == [gone, gone], PATIENCE, "posts taken down"
    )


async def test_a_thanks_that_is_taken_back_while_it_is_being_posted_is_taken_down(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    wall, aki, beni = await open_wall(place), place.member("aki"), place.member("beni")
    await wish(place, beni, "posts_thanks_on")
    slow = discord.fail("POST", f"/channels/{wall.id}/messages", latency=1.0)
    given = await thank(place, aki, beni, public=True)
    await discord.wait_for(lambda: slow.hits, PATIENCE, "request of the post")
    assert told(await place.press(aki, given, "take_back"), "reputation.took_back")
    assert not discord.bot_messages(wall)
    gone = WORDS("en", "reputation.post_hidden")
    await discord.wait_for(
        lambda: [each.text for each in discord.bot_messages(wall)] == [gone], PATIENCE, "post taken down"
    )
    await bot.settled()


@pytest.mark.parametrize("trouble", ["gone", "unseen", "silent"])
async def test_what_cannot_be_posted_is_said_to_the_moderators_and_posted_once_it_can_be(
    trouble: str, bot: Bot, discord: Loopback, place: Place
) -> None:
    wall, beni = await open_wall(place), place.member("beni")
    await wish(place, beni, "posts_thanks_on")
    denied = {"unseen": Permission.VIEW_CHANNEL, "silent": Permission.SEND_MESSAGES}
    if trouble == "gone":
        discord.delete_channel(wall)
    else:
        discord.set_bot_permissions(wall, BOT_USUALLY & ~denied[trouble])
    reasons = [f"You came along, {number}" for number in range(3)]
    for reason in reasons:
        giver = place.member(f"giver who says {reason}")
        assert is_recorded(await thank(place, giver, beni, reason, public=True), beni)
    await discord.wait_for(lambda: discord.bot_messages(place.moderators), PATIENCE, "word to the moderators")
    await bot.settled()
    checked = await place.command(place.owner, "setup check")
    if trouble == "gone":
        assert told(checked, "setup.check_gone", place=WORDS("en", "setup.thanks_channel"))
        wall = await open_wall(place)
    else:
        discord.set_bot_permissions(wall, BOT_USUALLY)
        await place.press(place.owner, checked, "try_again")
    await discord.wait_for(lambda: len(discord.bot_messages(wall)) >= len(reasons), PATIENCE, "posts")
    await bot.settled()
    posts = "\n".join(post.text for post in discord.bot_messages(wall))
    assert [posts.count(reason) for reason in reasons] == [1] * len(reasons)
    assert len(discord.bot_messages(place.moderators)) == 1


async def test_a_post_that_moderators_deleted_does_not_come_back(bot: Bot, discord: Loopback, place: Place) -> None:
    wall, aki, beni = await open_wall(place), place.member("aki"), place.member("beni")
    await wish(place, beni, "posts_thanks_on")
    given = await thank(place, aki, beni, public=True)
    (post,) = await discord.wait_for(lambda: discord.bot_messages(wall), PATIENCE, "post")
    await bot.settled()
    discord.delete_message(post)
    await until(lambda: bot.rows("SELECT message_id FROM publications") == [(None,)], "deletion noticed")
    inbox = await place.command(beni, "inbox")
    assert inbox.message is not None
    assert not any(f":{each}:" in name for each in ("agree", "hide") for name in inbox.message.custom_ids)
    await bot.restart()
    assert told(await place.press(aki, given, "take_back"), "reputation.took_back")
    await bot.settled()
    assert discord.bot_messages(wall) == []


async def test_thanks_are_answered_in_time_and_posted_once_while_discord_is_slow(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    wall, beni = await open_wall(place), place.member("beni")
    await wish(place, beni, "posts_thanks_on")
    givers = [await place.promised(f"giver {number}") for number in range(20)]
    slow = discord.fail("*", "*", latency=0.5, times=None)
    discord.limits.set("POST /channels/{channel}/messages", 5, 0.5)
    acts = [
        discord.slash(giver, place.moderators, "thanks", member=beni, reason=f"{giver.name} says so", public=True)
        for giver in givers
    ]
    for act in acts:
        await act.answered(PATIENCE)
        assert is_recorded(act, beni)
        assert act.refused == []  # as a second answer, or a first one after Discord's three seconds, would be
    await discord.wait_for(lambda: len(discord.bot_messages(wall)) >= len(givers), PATIENCE, "posts")
    slow.times = 0
    await bot.settled()
    posts = "\n".join(post.text for post in discord.bot_messages(wall))
    assert [posts.count(f"{giver.name} says so") for giver in givers] == [1] * len(givers)
    assert len(thanked(bot)) == len(givers)
