"""What moderators do about the ledger: read it, reverse mistakes, and look at sets that thank mostly each other."""

from datetime import timedelta

import discord

from bot.features.members.reach import Kind, Way
from bot.features.reputation.model import FLAGS_KEPT, HISTORY_PAGE, REASON_LIMIT
from tests.flows.gratitude import (
    REASON,
    WHY,
    a_ring,
    be_forgotten,
    chains,
    crowd,
    name_sources,
    named,
    record,
    thank,
    thanked,
)
from tests.flows.messages import components, controls, words
from tests.flows.office import inbox
from tests.flows.people import Answer, Person
from tests.flows.test_inbox import agree
from tests.flows.village import Village


async def history(moderator: Person, member: Person) -> Answer:
    return await moderator.slash("ledger history", member=member)


async def helper(village: Village) -> Person:
    """Return somebody who holds the moderators' role and nothing else."""
    role = village.guild.create_role("Helpers", permissions=discord.Permissions.none())
    await village.env.settle()
    await village.moderator.choose(await village.moderator.slash("setup panel"), "moderators_role", [role])
    return village.move_in("Hana", role=role)


def told_reversed(person: Person, key: str, other: Person) -> str:
    return person.text(f"reputation.{key}", name=f"<@{other.id}>", words=WHY)


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_history_says_who_thanked_whom_and_why(village: Village, aki: Person, beni: Person) -> None:
    moderator = village.moderator
    assert moderator.text("reputation.history_none") in (await history(moderator, beni)).text
    await name_sources(village, [aki])
    await thank(aki, beni)
    await thank(beni, aki, "わたしこそありがとう")
    shown = await history(moderator, beni)
    title = village.texts.plural(moderator.locale, "reputation.history_title", 2, name=f"<@{beni.id}>")
    assert title in shown.text
    for giver, receiver, reason in ((aki, beni, REASON), (beni, aki, "わたしこそありがとう")):
        line = moderator.text(
            "reputation.entry_thanks", giver=named(moderator, giver), receiver=named(moderator, receiver)
        )
        assert f"{line}\n> {reason}" in shown.text
    assert shown.text.index("**#3**") < shown.text.index("**#2**")
    people = {"giver": named(moderator, moderator), "receiver": named(moderator, aki)}
    assert moderator.text("reputation.entry_source_granted", **people) in (await history(moderator, aki)).text


async def test_a_long_history_has_pages(village: Village, aki: Person) -> None:
    people = crowd(village, HISTORY_PAGE + 2)
    await record(village, [(each, aki) for each in people])
    shown = await history(village.moderator, aki)
    first = shown.text
    second = (await village.moderator.choose(shown, "history_page", ["1"])).text
    assert [f"<@{each.id}>" in first for each in people] == [False] * 2 + [True] * HISTORY_PAGE
    assert [f"<@{each.id}>" in second for each in people] == [True] * 2 + [False] * HISTORY_PAGE


async def test_who_was_forgotten_has_no_name_in_it(village: Village, aki: Person, beni: Person) -> None:
    await thank(aki, beni)
    await be_forgotten(village, aki)
    shown = (await history(village.moderator, beni)).text
    assert village.moderator.text("reputation.somebody") in shown
    assert REASON not in shown
    assert f"<@{aki.id}>" not in shown


# ── Reversing one ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_reversed_by_command_both_hear_why_and_it_is_as_if_it_had_not_been(
    village: Village, aki: Person, beni: Person
) -> None:
    await name_sources(village, [aki])
    await thank(aki, beni)
    assert thanked(beni, aki) in (await inbox(beni)).text
    assert await chains(village, beni) == 1
    moderator = village.moderator
    answer = await moderator.slash("ledger reverse", number=2, reason=WHY)
    assert village.texts.plural(moderator.locale, "reputation.reversed", 1) in answer.text
    assert told_reversed(beni, "thanks_reversed", aki) in (await inbox(beni)).text
    assert told_reversed(aki, "yours_reversed", beni) in (await inbox(aki)).text
    assert REASON not in (await inbox(beni)).text
    assert beni.text("reputation.nothing_yet") in (await beni.slash("standing")).text
    assert await chains(village, beni) == 0
    shown = (await history(moderator, beni)).text
    assert moderator.text("reputation.entry_reversed") in shown
    assert f"> {WHY}" in shown
    trail = await moderator.press(await moderator.slash("cases list"), "acts")
    assert moderator.text("act.reputation_reverse") in trail.text
    assert "#2" in trail.text


async def test_both_get_a_private_message_if_they_like(village: Village, aki: Person, beni: Person) -> None:
    await village.noon()
    await agree(village, aki, Kind.MODERATORS, Way.DM)
    await agree(village, beni, Kind.THANKS, Way.DM)
    await thank(aki, beni)
    await village.moderator.slash("ledger reverse", number=1, reason=WHY)
    await village.env.settle()
    assert told_reversed(beni, "thanks_reversed", aki) in words(beni.dms()[-1])
    assert told_reversed(aki, "yours_reversed", beni) in words(aki.dms()[-1])


async def test_reversed_from_the_history_by_its_menu(village: Village, aki: Person, beni: Person) -> None:
    chie, moderator = village.move_in("Chie"), village.moderator
    await thank(aki, beni)
    await thank(chie, beni, "送り間違いです")
    shown = await history(moderator, beni)
    (menu,) = (part for part in components(shown.message) if ":reverse_chosen:" in str(part.get("custom_id")))
    assert [option["label"] for option in menu["options"]] == ["#2 送り間違いです", f"#1 {REASON}"]
    form = await moderator.choose(shown, "reverse_chosen", ["2"])
    assert form.filled == {"reversal": ""}
    answer = await moderator.submit(form, reversal=WHY)
    assert village.texts.plural(moderator.locale, "reputation.reversed", 1) in answer.text
    assert told_reversed(chie, "yours_reversed", beni) in (await inbox(chie)).text
    again = await moderator.forge(f"v1:reputation:reverse_chosen:{village.guild.id}", ["2"], shown.message)
    assert again.text == moderator.text("reputation.reversed_before", number=2)
    (menu,) = (part for part in components((await history(moderator, beni)).message) if "options" in part)
    assert [option["value"] for option in menu["options"]] == ["1"]


async def test_what_can_not_be_reversed_says_why_and_keeps_the_words(
    village: Village, aki: Person, beni: Person
) -> None:
    moderator = village.moderator
    await name_sources(village, [aki])
    await thank(aki, beni)
    for number in (1, 3, 2**53 - 1):
        refused = await moderator.slash("ledger reverse", number=number, reason=WHY)
        assert moderator.text("reputation.no_entry", number=number) in refused.text
        assert (await moderator.press(refused, "draft")).filled == {"reversal": WHY}
    empty = await moderator.slash("ledger reverse", number=2, reason="\u3000\u200b")
    assert moderator.text("reputation.reversal_needs_reason") in empty.text
    answer = await moderator.submit(await moderator.press(empty, "draft"), reversal="あ" * REASON_LIMIT)
    assert village.texts.plural(moderator.locale, "reputation.reversed", 1) in answer.text
    again = await moderator.slash("ledger reverse", number=2, reason=WHY)
    assert moderator.text("reputation.reversed_before", number=2) in again.text


# ── Sets that thank mostly each other ────────────────────────────────────────────────────────────────────────────────


async def test_nothing_is_found_where_nothing_is(village: Village, aki: Person, beni: Person) -> None:
    await thank(aki, beni)
    found = await village.moderator.slash("ledger flags")
    assert village.moderator.text("reputation.flags_none") in found.text
    assert village.moderator.text("reputation.flags_help") in found.text
    assert controls(found.message) == []


async def test_a_ring_is_shown_with_its_evidence_and_reversed_with_a_preview(village: Village) -> None:
    town, moderator = await a_ring(village), village.moderator
    (polite, *_), texts = town.sources, village.texts
    assert [await chains(village, each) for each in town.ring] == [2] * len(town.ring)
    found = await moderator.slash("ledger flags")
    today = f"<t:{int(village.env.now().timestamp())}:d>"
    ring = moderator.text(
        "reputation.flag_set", accounts=4, cut=f"<@{polite.id}>", given=12, inside=12, first=today, last=today
    )
    assert ring in found.text
    closer = await moderator.press(found, "flag")
    assert ring in closer.text
    names = texts.listing(moderator.locale, [f"<@{each.id}>" for each in town.ring])
    assert moderator.text("reputation.flag_members", names=names) in closer.text
    entries = ", ".join(f"#{number}" for number in town.entering)
    assert moderator.text("reputation.flag_entries", entries=entries) in closer.text
    assert texts.plural(moderator.locale, "reputation.flag_reverse_asked", 4) in closer.text
    assert [await chains(village, each) for each in town.ring] == [2] * len(town.ring)
    answer = await moderator.submit(await moderator.press(closer, "reverse_flag"), reversal=WHY)
    assert texts.plural(moderator.locale, "reputation.reversed", 4) in answer.text
    assert [await chains(village, each) for each in town.ring] == [0] * len(town.ring)
    assert moderator.text("reputation.flags_none") in (await moderator.slash("ledger flags")).text
    for each in town.ring:
        told = (await inbox(each)).text
        assert told.count(told_reversed(each, "thanks_reversed", polite)) == 1
    assert told_reversed(polite, "yours_reversed", town.ring[-1]) in (await inbox(polite)).text
    trail = await moderator.press(await moderator.slash("cases list"), "acts")
    assert entries in trail.text


async def test_nobody_is_told_that_they_are_listed(village: Village) -> None:
    town = await a_ring(village)
    before = [(await inbox(each)).text for each in (*town.ring, town.sources[0])]
    await village.moderator.press(await village.moderator.slash("ledger flags"), "flag")
    await village.pass_time(timedelta(hours=2))
    assert [(await inbox(each)).text for each in (*town.ring, town.sources[0])] == before


async def test_an_old_result_says_that_it_is_too_old(village: Village) -> None:
    await a_ring(village)
    moderator = village.moderator
    found = await moderator.slash("ledger flags")
    closer = await moderator.press(found, "flag")
    form = await moderator.press(closer, "reverse_flag")
    await village.pass_time(FLAGS_KEPT)
    assert (await moderator.slash("ledger flags")).has("flag")
    gone = moderator.text("reputation.flag_gone")
    assert (await moderator.press(found, "flag")).text == gone
    assert (await moderator.press(closer, "reverse_flag")).text == gone
    assert gone in (await moderator.submit(form, reversal=WHY)).text


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_who_holds_the_moderators_role_may_and_others_may_not(village: Village, beni: Person) -> None:
    hana, town = await helper(village), await a_ring(village)
    assert REASON in (await history(hana, town.ring[0])).text
    closer = await hana.press(await hana.slash("ledger flags"), "flag")
    assert (await hana.press(closer, "reverse_flag")).form is not None
    answer = await hana.slash("ledger reverse", number=town.entering[0], reason=WHY)
    assert village.texts.plural(hana.locale, "reputation.reversed", 1) in answer.text
    refused = beni.text("errors.moderators_only")
    for answer in (
        await beni.slash("ledger history", member=town.ring[0]),
        await beni.slash("ledger flags"),
        *[await beni.forge(custom_id, ["1"]) for custom_id in controls(closer.message)],
    ):
        assert answer.text == refused
    answer = await beni.slash("ledger reverse", number=town.entering[1], reason=WHY)
    assert refused in answer.text
    assert await chains(village, town.ring[1]) > 0
