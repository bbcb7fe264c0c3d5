"""What moderators find, choose and see of schedules and prompts, and what comes of forged numbers."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from simcord.components import walk_components

from bot.features.check_ins.model import PAGE, PROMPT_LIMIT, SCHEDULES_LIMIT
from bot.features.check_ins.shipped import SHIPPED
from bot.storage.database import Database
from tests.flows.messages import CHANNEL_MENU, words
from tests.flows.people import Answer, Person
from tests.flows.prompting import asked_alone, planned, prompt_card
from tests.flows.village import Village


async def test_zones_and_countries_are_found_by_what_is_typed(village: Village) -> None:
    moderator = village.moderator
    for typed in ("new york", "Ｎｅｗ　Ｙｏｒｋ"):
        zones = [each["value"] for each in await moderator.complete("schedule add", "zone", typed)]
        assert zones[:1] == ["America/New_York"]
    assert len(await moderator.complete("schedule add", "zone", "")) == 25
    assert await moderator.complete("schedule add", "zone", "\u202e'; DROP TABLE schedules;--") == []
    for typed in ("jp", "ＪＰ"):
        countries = [each["value"] for each in await moderator.complete("schedule add", "country", typed)]
        assert countries[0] == "JP"
    name = {"ja": "日本", "en": "japan"}[village.locale]
    assert "JP" in [each["value"] for each in await moderator.complete("schedule add", "country", name)]
    form = await moderator.slash("schedule add", zone="America/New_York", country="US")
    assert (form.filled["zone"], form.filled["country"]) == ("America/New_York", "US")
    refused = await moderator.slash("schedule add", country="Germany")  # whose first two letters are Georgia's
    assert refused.text == moderator.text("check_ins.no_country", country="Germany")


async def test_a_schedule_whose_channel_is_gone_asks_for_another(village: Village) -> None:
    place = village.guild.create_text_channel("once")
    await village.env.settle()
    await planned(village, channel=[place])
    (row,) = await village.rows("schedules")
    form = await village.moderator.slash("schedule edit", schedule=row["schedule_id"])
    assert chosen(form) == [str(place.id)]
    village.env.backend.delete_channel(place.id)
    await village.env.settle()
    form = await village.moderator.slash("schedule edit", schedule=row["schedule_id"])
    assert chosen(form) == []
    saved = await village.moderator.submit(form, **(form.filled | {"channel": [village.door]}))
    assert village.door.mention in saved.text


def chosen(form: Answer) -> list[str]:
    """Return the channels that stand in a form."""
    assert form.form is not None
    menus = [part for part in walk_components(form.form["components"]) if part.get("type") == CHANNEL_MENU]
    return [str(each["id"]) for menu in menus for each in menu.get("default_values") or ()]


async def test_schedules_and_prompts_are_found_by_what_is_typed(village: Village) -> None:
    moderator = village.moderator
    await planned(village)
    (row,) = await village.rows("schedules")
    found = await moderator.complete("schedule edit", "schedule", "20:3")
    assert [each["value"] for each in found] == [row["schedule_id"]]
    assert await moderator.complete("schedule remove", "schedule", "21:00") == []
    asks = moderator.text("prompt.burnt")
    (burnt,) = await moderator.complete("prompts retire", "prompt", asks[:12])
    assert burnt["name"] == asks
    retired = await moderator.slash("prompts retire", prompt=burnt["value"])
    assert moderator.text("check_ins.is_retired") in retired.text
    assert await moderator.complete("prompts retire", "prompt", asks[:12]) == []
    refused = await moderator.slash("prompts edit", prompt=burnt["value"])
    assert refused.text == moderator.text("check_ins.prompt_shipped")
    assert await moderator.complete("prompts edit", "prompt", "") == []  # what came with the bot can't be changed
    await moderator.submit(await moderator.slash("prompts add"), prompt_ja="朝の習慣は？", prompt_en="")
    (own,) = await moderator.complete("prompts edit", "prompt", "")
    assert own["name"] == "朝の習慣は？"


@pytest.mark.parametrize("command", ["schedule edit", "prompts retire", "prompts edit", "schedule add"])
async def test_nothing_is_suggested_to_who_may_not_choose_it(village: Village, aki: Person, command: str) -> None:
    moderator, role = village.moderator, village.guild.create_role("運営")
    await planned(village)
    await moderator.submit(await moderator.slash("prompts add"), prompt_ja="朝の習慣は？", prompt_en="")
    await moderator.choose(await moderator.slash("setup panel"), "moderators_role", [role])
    option = "zone" if command == "schedule add" else command.split(maxsplit=1)[0].removesuffix("s")
    assert await aki.complete(command, option, "") == []
    assert await village.move_in("Mod", role=role).complete(command, option, "")


async def test_a_keystroke_writes_nothing(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Database, "write")
    assert await village.moderator.complete("prompts retire", "prompt", "") == []
    assert await village.moderator.complete("schedule edit", "schedule", "") == []


@pytest.mark.parametrize("command", ["schedule edit", "schedule remove", "schedule preview"])
async def test_numbers_of_no_schedule(village: Village, aki: Person, command: str) -> None:
    await asked_alone(village, aki)  # whose own schedule is no business of theirs
    (own,) = await village.rows("schedules")
    for number in (0, own["schedule_id"], 2**53 - 1, -1):
        answer = await village.moderator.slash(command, schedule=number)
        assert answer.form is None
        assert answer.text == village.moderator.text("check_ins.schedule_gone")
    assert await village.rows("schedules") == [own]


@pytest.mark.parametrize("command", ["prompts edit", "prompts retire"])
async def test_numbers_of_no_prompt(village: Village, command: str) -> None:
    for number in (0, 2**53 - 1, -1):
        answer = await village.moderator.slash(command, prompt=number)
        assert answer.text == village.moderator.text("check_ins.prompt_gone")


async def test_all_prompts_stand_on_pages(village: Village) -> None:
    moderator = village.moderator
    page = await moderator.slash("prompts list")
    seen = {code for code in SHIPPED if moderator.text(f"prompt.{code}") in page.text}
    assert len(seen) == PAGE
    for number in range(1, -(-len(SHIPPED) // PAGE)):
        page = await moderator.choose(page, "prompts_page", [str(number)])
        seen |= {code for code in SHIPPED if moderator.text(f"prompt.{code}") in page.text}
    assert seen == set(SHIPPED)
    here = next(code for code in SHIPPED if moderator.text(f"prompt.{code}") in page.text)
    (row,) = [each for each in await village.rows("prompts") if each["code"] == here]
    one = await moderator.choose(page, "prompt", [str(row["prompt_id"])])
    assert moderator.text("check_ins.never_asked") in one.text
    again = await moderator.press(one, "prompts")
    assert again.has("prompts_page")


async def test_a_page_of_long_prompts_shows_each_of_them(village: Village) -> None:
    moderator = village.moderator
    async with village.bot.database.write() as transaction:
        for number in range(PAGE):
            words = f"{number}" + "*" * (PROMPT_LIMIT - 1)
            insert = "INSERT INTO prompts (server_id, ja, en, interaction_id) VALUES (?, ?, '', ?)"
            await transaction.connection.execute(insert, (village.server_id, words, number))
    page = await moderator.slash("prompts list")
    for number in range(PAGE):
        assert f"\n{number}\\*" in page.text
    assert page.text.count("…") == PAGE


async def test_a_night_with_a_gap_is_told_in_the_preview(village: Village) -> None:
    zone = ZoneInfo("Australia/Lord_Howe")  # on 4 October, half past two comes after two
    village.env.backend.advance_clock((datetime(2026, 10, 1, tzinfo=UTC) - village.env.now()).total_seconds())
    saved = await planned(village, ["6"], at="2:15", zone=zone.key)
    assert "（02:15 → 02:30）" in saved.text
    assert saved.text.count("→") == 1


async def test_what_comes_late_says_so(village: Village) -> None:
    await planned(village, ["0", "1"], at="20:30")
    while not village.cards(village.door):
        await village.pass_time(timedelta(hours=1))
    card = prompt_card(village)
    is_late = village.text("check_ins.comes_late") in words(card)
    due = (await village.rows("check_ins"))[0]["due_at"]
    assert is_late is (village.env.now().timestamp() * 10**6 - due >= 10 * 60 * 10**6)
    assert village.text("check_ins.no_need") in words(card)


async def test_limits(village: Village) -> None:
    moderator = village.moderator
    for _ in range(SCHEDULES_LIMIT):
        saved = await planned(village, ["0"])
        if saved.has("often"):
            saved = await moderator.press(saved, "often")
        assert moderator.text("check_ins.saved") in saved.text
    listed = await moderator.slash("schedule list")
    assert listed.text.count("20:30") == SCHEDULES_LIMIT
    full = await planned(village, ["0"])
    assert moderator.text("check_ins.enough_schedules", most=SCHEDULES_LIMIT) in full.text
    long = "ほ" * PROMPT_LIMIT
    taken = await moderator.submit(await moderator.slash("prompts add"), prompt_ja=long, prompt_en=long)
    assert moderator.text("check_ins.saved") in taken.text
    empty = await moderator.submit(await moderator.slash("prompts add"), prompt_ja="　\u200b", prompt_en="")
    assert moderator.text("check_ins.prompt_empty") in empty.text
