"""What the public cards of asks say, as time goes on."""

import simcord

from tests.flows.asking import SOON, TITLE, ask, card_of, helper, manage, newest, open_help, say
from tests.flows.messages import Card, words
from tests.flows.people import Person
from tests.flows.village import Village


async def open_helpers_channel(village: Village) -> simcord.ChannelHandle:
    """Choose a channel for those who like to help; return it."""
    channel = village.guild.create_text_channel("kikeru")
    await village.env.settle()
    await village.choose("helpers_channel", channel)
    return channel


async def test_a_card_names_no_turn_as_it_does_not_change_with_each_word(village: Village, aki: Person) -> None:
    await open_help(village)
    beni = await helper(village, "Beni")
    await ask(village, aki)
    asked = await newest(village, aki)
    await say(village, beni, asked)
    for person, turn in ((aki, "helper"), (beni, "asker")):
        await say(village, person, asked)
        assert village.text("peer_help.state_talking") in words(card_of(village, asked))
        assert aki.text(f"peer_help.state_talking_{turn}") in (await manage(aki, asked)).text


async def test_the_call_to_helpers_says_what_became_of_it(village: Village, aki: Person) -> None:
    channel = await open_helpers_channel(village)
    await open_help(village)
    beni = village.move_in("Beni")
    await ask(village, aki)

    def call() -> Card:
        (card,) = village.cards(channel)
        return card

    assert village.text("peer_help.call") in words(call())
    await beni.press(call(), "here")
    await village.pass_time(SOON)
    assert words(call()).startswith(village.text("peer_help.call_over"))
    assert TITLE in words(call())
    closing = await aki.press(await manage(aki, await newest(village, aki)), "withdraw")
    await aki.press(closing, "withdraw_confirm")
    await village.pass_time(SOON)
    assert words(call()) == village.text("peer_help.call_ended")


async def test_who_asks_anonymously_by_day_hears_that_the_delay_is_all_that_helpers_wait_for(
    village: Village, aki: Person
) -> None:
    await open_help(village)
    await helper(village, "Beni")
    preview = await ask(village, aki, anonymous=True)
    assert aki.text("peer_help.preview_who") in preview.text
    posted = await aki.press(preview, "post_now")
    assert aki.text("peer_help.asked_once_posted") in posted.text
