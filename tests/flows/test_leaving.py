"""Members who left: found by a daily look, and only believed when it is plausible."""

from datetime import timedelta

import pytest

from bot.features.introductions.model import State
from bot.features.members.model import LEFT_KEPT, SWEEP_EVERY, SWEEP_PAUSE
from tests.flows.messages import words
from tests.flows.people import Person
from tests.flows.village import Village

DAY = SWEEP_EVERY + timedelta(minutes=1)


async def sweep(village: Village) -> None:
    """Let a day pass, and the whole look at who is still here."""
    await village.pass_time(DAY)
    for _ in range(5):
        await village.pass_time(SWEEP_PAUSE)


async def leave(village: Village, person: Person) -> None:
    village.guild.remove_member(person.actor)
    await village.env.settle()


async def test_card_of_who_left_is_withdrawn_within_days(village: Village, aki: Person, beni: Person) -> None:
    await aki.write("さようなら")
    await beni.write("いますよ")
    await leave(village, aki)
    await sweep(village)
    gone, here = village.cards()
    assert words(gone) == village.text("introductions.card_withdrawn")
    assert "いますよ" in words(here)
    found = await beni.slash("find", text="さようなら")
    assert beni.text("introductions.found_none") in found.text


async def test_who_comes_back_finds_their_text(village: Village, aki: Person) -> None:
    await aki.write("さようなら")
    await leave(village, aki)
    await sweep(village)
    back = Person(village, village.guild.add_member(aki.actor.user), aki.locale)
    shown = await back.slash("intro show")
    assert "さようなら" in shown.text
    await back.submit(await back.press(shown, "write"), now="ただいま")
    (card,) = village.cards()
    assert "ただいま" in words(card)
    await sweep(village)
    assert "ただいま" in words(village.cards()[0])


async def test_a_year_later_nothing_is_kept(village: Village, aki: Person) -> None:
    await aki.write("さようなら")
    await leave(village, aki)
    await sweep(village)
    assert (await village.introduction(aki)).state is State.WITHDRAWN
    await village.pass_time(LEFT_KEPT)
    await sweep(village)
    back = Person(village, village.guild.add_member(aki.actor.user), aki.locale)
    assert back.text("introductions.none_written") in (await back.slash("intro show")).text


@pytest.mark.parametrize(("status", "code"), [(403, 50001), (404, 0), (500, 0), (404, 10004)])
async def test_other_answers_are_no_leave(village: Village, aki: Person, status: int, code: int) -> None:
    await aki.write("います")
    village.env.inject_error("GET", f"/guilds/*/members/{aki.id}", status=status, code=code, times=None)
    await village.pass_time(DAY)
    assert "います" in words(village.cards()[0])


@pytest.mark.parametrize("code", [10007, 10013])
async def test_unknown_member_and_unknown_user_are_a_leave(village: Village, aki: Person, code: int) -> None:
    await aki.write("います")
    village.env.inject_error("GET", f"/guilds/*/members/{aki.id}", status=404, code=code, times=None)
    await sweep(village)
    assert words(village.cards()[0]) == village.text("introductions.card_withdrawn")


async def test_suspiciously_many_leaves_are_not_believed(village: Village) -> None:
    people = [village.move_in(f"P{number}") for number in range(7)]
    for person in people:
        await person.write("います")
    for person in people[:4]:
        await leave(village, person)
    await sweep(village)
    assert all("います" in words(card) for card in village.cards())
    assert any("sweep stopped" in line for line in village.complaints.take())
