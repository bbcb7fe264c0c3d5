"""Thanks that both like to be public, across a distance, and with reasons that try something."""

from collections.abc import Sequence

import pytest

from bot.features.members.reach import Kind, Way
from bot.features.reputation.model import REASON_LIMIT
from bot.kernel.i18n import Locale
from cogs._ui.cards import said_in_a_line
from tests.flows.gratitude import REASON, choose, open_wall, thank, thanked
from tests.flows.hostility import kept
from tests.flows.messages import controls, words
from tests.flows.office import inbox
from tests.flows.people import Person
from tests.flows.test_inbox import agree
from tests.flows.village import Village


def asked(receiver: Person, giver: Person) -> str:
    """Return what a receiver reads who may let a thanks be public."""
    return receiver.text("reputation.thanked_you_public", name=f"<@{giver.id}>", words=REASON)


def posted(village: Village, giver: Person, receiver: Person) -> str:
    """Return what the channel shows of a thanks, in the server's language."""
    post = village.text("reputation.post", giver=f"<@{giver.id}>", receiver=f"<@{receiver.id}>")
    return f"{post}\n> {REASON}"


async def test_where_no_channel_is_chosen_there_is_nothing_to_choose(
    village: Village, aki: Person, beni: Person
) -> None:
    await choose(beni, "posts_thanks_on")
    assert "sharing" not in (await aki.press(await aki.slash("guide"), "thank")).filled
    answer = await thank(aki, beni, public=True)
    assert aki.text("reputation.recorded_public") not in answer.text
    wall = await open_wall(village)
    assert (await aki.press(await aki.slash("guide"), "thank")).filled["sharing"] == ["private"]
    assert not (await inbox(beni)).has("agree")
    assert not village.cards(wall)


async def test_nothing_is_public_before_both_like_it(village: Village, aki: Person, beni: Person) -> None:
    wall = await open_wall(village)
    answer = await thank(aki, beni, public=True)
    assert aki.text("reputation.recorded_public") in answer.text
    told = await inbox(beni)
    assert asked(beni, aki) in told.text
    assert not village.cards(wall)
    agreed = await beni.press(told, "agree")
    assert agreed.text == beni.text("reputation.agreed")
    (post,) = village.cards(wall)
    assert words(post) == posted(village, aki, beni)
    (body,) = village.sent(ending=f"/channels/{wall.id}/messages")
    assert not body["allowed_mentions"].get("users")
    assert (await village.move_in("Chie").press(post, "thank")).filled["member"] == []


async def test_what_is_to_stay_between_two_stays_there(village: Village, aki: Person, beni: Person) -> None:
    wall = await open_wall(village)
    await choose(beni, "posts_thanks_on")
    form = await aki.user_menu("Say thanks", beni)
    assert form.filled["sharing"] == ["private"]
    await aki.submit(form, member=[beni], reason=REASON, sharing=["private"])
    told = await inbox(beni)
    assert thanked(beni, aki) in told.text
    assert not told.has("agree")
    assert not told.has("hide")
    assert not village.cards(wall)


async def test_it_is_hidden_and_shown_again_from_the_inbox(village: Village, aki: Person, beni: Person) -> None:
    wall = await open_wall(village)
    await thank(aki, beni, public=True)
    await beni.press(await inbox(beni), "agree")
    told = await inbox(beni)
    assert not told.has("agree")
    assert (await beni.press(told, "hide")).text == beni.text("reputation.hidden")
    (post,) = village.cards(wall)
    assert words(post) == village.text("reputation.post_hidden")
    assert controls(post) == []
    await beni.press(await inbox(beni), "agree")
    (again,) = village.cards(wall)
    assert (again.id, words(again)) == (post.id, posted(village, aki, beni))
    await beni.press(told, "hide")  # an old inbox works all the same
    assert words(village.cards(wall)[0]) == village.text("reputation.post_hidden")


async def test_it_is_agreed_to_and_hidden_from_a_private_message(village: Village, aki: Person, beni: Person) -> None:
    wall = await open_wall(village)
    await village.noon()
    await agree(village, beni, Kind.THANKS, Way.DM)
    await thank(aki, beni, public=True)
    (message,) = beni.dms()
    assert asked(beni, aki) in words(message)
    agreed = await beni.press(message, "agree")
    assert agreed.text == beni.text("reputation.agreed")
    assert words(village.cards(wall)[0]) == posted(village, aki, beni)
    await beni.press(await inbox(beni), "hide")
    assert words(village.cards(wall)[0]) == village.text("reputation.post_hidden")


async def test_who_agreed_once_for_all_is_not_asked_each_time(village: Village, aki: Person, beni: Person) -> None:
    wall = await open_wall(village)
    await choose(beni, "posts_thanks_on")
    await thank(aki, beni, public=True)
    assert words(village.cards(wall)[0]) == posted(village, aki, beni)
    told = await inbox(beni)
    assert thanked(beni, aki) in told.text
    assert told.has("hide")
    await choose(beni, "posts_thanks_off")
    chie = village.move_in("Chie")
    await thank(chie, beni, public=True)
    assert len(village.cards(wall)) == 1
    assert asked(beni, chie) in (await inbox(beni)).text


async def test_a_post_speaks_the_servers_language_and_replies_each_ones_own(village: Village) -> None:
    other: Locale = "en" if village.locale == "ja" else "ja"
    wall, aki, beni = await open_wall(village), village.move_in("Aki", other), village.move_in("Beni", other)
    answer = await thank(aki, beni, public=True)
    assert village.texts(other, "reputation.recorded", name=f"<@{beni.id}>") in answer.text
    told = await inbox(beni)
    assert asked(beni, aki) in told.text
    await beni.press(told, "agree")
    assert words(village.cards(wall)[0]) == posted(village, aki, beni)


async def test_what_is_undone_names_nobody_any_more(village: Village, aki: Person, beni: Person) -> None:
    wall = await open_wall(village)
    await choose(beni, "posts_thanks_on")
    await choose(aki, "posts_thanks_on")
    recorded = await thank(aki, beni, public=True)
    await thank(beni, aki, public=True)
    await aki.press(recorded, "take_back")
    await village.moderator.slash("ledger reverse", number=2, reason="取り違えのため")
    await village.env.settle()
    assert [words(post) for post in village.cards(wall)] == [village.text("reputation.post_hidden")] * 2


async def test_nobody_else_decides_whether_it_is_public(village: Village, aki: Person, beni: Person) -> None:
    wall = await open_wall(village)
    await thank(aki, beni, public=True)
    (button,) = (name for name in controls((await inbox(beni)).message) if ":agree:" in name)
    for person in (aki, village.moderator):
        for custom_id in (button, button.replace("agree", "hide")):
            assert (await person.forge(custom_id)).text == person.text("members.notice_gone")
            assert person.text("errors.servers_only") in await person.forge_in_dm(custom_id)
    assert not village.cards(wall)


async def test_a_post_that_moderators_removed_does_not_come_back(village: Village, aki: Person, beni: Person) -> None:
    wall = await open_wall(village)
    await thank(aki, beni, public=True)
    old = await inbox(beni)
    await beni.press(old, "agree")
    village.env.backend.delete_message(wall.id, village.cards(wall)[0].id)
    await village.env.settle()
    assert beni.text("members.notice_gone") in (await beni.press(old, "agree")).text
    told = await inbox(beni)
    assert thanked(beni, aki) in told.text
    assert not told.has("agree")
    assert not village.cards(wall)


async def test_where_the_bot_may_not_write_moderators_hear_of_it_and_it_comes_later(
    village: Village, aki: Person, beni: Person
) -> None:
    wall, moderator = await open_wall(village), village.moderator
    await choose(beni, "posts_thanks_on")
    village.env.inject_error("POST", f"/channels/{wall.id}/messages", status=403, code=50013)
    assert aki.text("reputation.recorded_public") in (await thank(aki, beni, public=True)).text
    checked = await moderator.slash("setup check")
    assert village.text("feature.reputation") in checked.text
    assert not village.cards(wall)
    await moderator.press(checked, "try_again")
    assert words(village.cards(wall)[0]) == posted(village, aki, beni)


async def test_thanks_for_hellos_can_be_public_too(village: Village, aki: Person, beni: Person) -> None:
    wall = await open_wall(village)
    await aki.write()
    (card,) = village.cards()
    await beni.greet(card, ready=["welcome"])
    form = await aki.press(card, "thanks")
    assert form.filled == {"greeters": [beni.id], "reason": "", "sharing": ["private"]}
    await aki.submit(form, greeters=[beni], reason=REASON, sharing=["public"])
    assert asked(beni, aki) in (await inbox(beni)).text
    await beni.press(await inbox(beni), "agree")
    assert words(village.cards(wall)[0]) == posted(village, aki, beni)


# ── Across a distance ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("is_givers", [True, False])
async def test_across_a_distance_it_is_recorded_and_its_receiver_is_told_nothing(
    village: Village, aki: Person, beni: Person, is_givers: bool
) -> None:
    wall = await open_wall(village)
    await choose(beni, "posts_thanks_on")
    await agree(village, beni, Kind.THANKS, Way.DM)
    one, other = (aki, beni) if is_givers else (beni, aki)
    await one.user_menu("Keep a distance", other)
    await village.noon()
    answer = await thank(aki, beni, public=True)
    assert aki.text("reputation.recorded", name=f"<@{beni.id}>") in answer.text
    assert aki.text("reputation.recorded_public") in answer.text
    assert beni.text("errors.news") not in (await beni.slash("guide")).text
    assert beni.text("members.inbox_empty") in (await inbox(beni)).text
    assert (beni.dms(), village.cards(wall)) == ([], [])
    assert aki.text("reputation.took_back") in (await aki.press(answer, "take_back")).text
    await village.env.settle()
    assert (beni.dms(), village.cards(wall)) == ([], [])


# ── Hostile reasons ──────────────────────────────────────────────────────────────────────────────────────────────────

ODD = (
    "**太字** [ここ](https://evil.example) ||かくす|| `code`",
    "> 引用\n# 見出し\n-# 小さく\n- 箇条書き",
    "\u202egnirts\u202c と \u2066書いて\u2069 くれた",
    "あ" * (REASON_LIMIT - 1) + "い",
    "*_~|`" * (REASON_LIMIT // 5 - 1) + "ab",
)


@pytest.mark.parametrize("reason", ODD)
async def test_odd_reasons_are_shown_as_they_were_typed_and_do_nothing(
    village: Village, aki: Person, beni: Person, reason: str
) -> None:
    wall = await open_wall(village)
    await choose(beni, "posts_thanks_on")
    answer = await thank(aki, beni, reason, public=True)
    assert answer.has("take_back"), answer.text
    shown = said_in_a_line(reason)
    (post,) = village.cards(wall)
    history = await village.moderator.slash("ledger history", member=beni)
    for told in (words(post), (await beni.slash("standing")).text, history.text):
        assert f"> {shown}" in told
    assert shown in (await inbox(beni)).text


async def test_nobody_can_be_called_by_a_reason(village: Village, aki: Person, beni: Person) -> None:
    wall = await open_wall(village)
    await choose(beni, "posts_thanks_on")
    await thank(aki, beni, f"@everyone @here <@&{village.guild.id}> <@{village.moderator.id}> のおかげ", public=True)
    (post,) = village.cards(wall)
    assert f"<@{village.moderator.id}>" not in words(post).split("> ", 1)[1]
    assert "@everyone" not in words(post)
    (body,) = village.sent(ending=f"/channels/{wall.id}/messages")
    assert body["allowed_mentions"] == {"parse": [], "users": []} or body["allowed_mentions"] == {"parse": []}


async def test_a_reason_that_is_too_long_is_refused_and_kept(village: Village, aki: Person, beni: Person) -> None:
    reason = "長い話です。" * 60
    fields: dict[str, str | Sequence[str]] = {"member": [str(beni.id)], "reason": reason, "sharing": ["private"]}
    refused = await aki.forge_form(f"v1:reputation:form-thank:{beni.id}:1", fields)
    assert aki.text("reputation.reason_too_long") in refused.text
    assert (await kept(village, aki))["reason"] == reason
