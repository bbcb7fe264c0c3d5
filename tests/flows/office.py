"""The moderators' side of a simulated server."""

import re

import discord
import simcord

from bot.features.safety.model import ACTS_PAGE, CASES_PAGE, WORDS_LIMIT, Complaint, ReportReason
from bot.features.safety.reports import Reports
from bot.kernel.ids import InteractionId, MemberId
from tests.flows.messages import words
from tests.flows.people import Answer, Person
from tests.flows.village import Village

INVITE = "興味のある方はこちら https://discord.gg/abcdef"
MONEY = "副業で月5万円を目標にしています"
CRY = "もう消えたいです"


async def open_office(village: Village) -> simcord.ChannelHandle:
    """Choose a channel for moderators."""
    office = village.guild.create_text_channel("office")
    await village.env.settle()
    await village.choose("moderators_channel", office)
    return office


async def open_list(village: Village, action: str) -> Answer:
    """Open one of the lists that the panel leads to: what is held back, crisis words, help lines."""
    moderator = village.moderator
    return await moderator.press(await moderator.press(await moderator.slash("setup panel"), "lists"), action)


async def another_moderator(village: Village, name: str = "Mio") -> Person:
    """Let one more moderator move in, who has used the bot as such."""
    role = village.guild.create_role("Keepers", permissions=discord.Permissions(manage_guild=True))
    person = village.move_in(name, role=role)
    await village.env.settle()
    await person.slash("cases list")
    return person


async def report(
    village: Village, reporter: Person, about: Person, details: str = "", reason: str = "selling"
) -> Answer:
    """Let somebody report another, and moderators be told."""
    answer = await reporter.slash("report", member=about, reason=reason, details=details)
    await village.env.settle()
    return answer


async def case_about(village: Village, about: Person) -> int:
    """Return the number of the case about somebody that is open."""
    async with village.bot.database.read() as transaction:
        query = "SELECT max(case_id) FROM cases WHERE about_id = ? AND state <> 'closed'"
        async with transaction.connection.execute(query, (about.id,)) as cursor:
            row = await cursor.fetchone()
    assert row is not None
    assert row[0] is not None
    return int(row[0])


async def show(moderator: Person, number: int) -> Answer:
    return await moderator.slash("cases show", number=number)


async def inbox(person: Person) -> Answer:
    return await person.slash("inbox")


async def by_dm(person: Person) -> None:
    """Let somebody choose to hear from moderators by private message, too."""
    overview = await person.press(await person.slash("preferences"), "consents")
    await person.press(await person.press(overview, "consent_moderators"), "dm_moderators")


def numbers(channel: simcord.ChannelHandle, village: Village) -> list[int]:
    """Return the cases that posts in a channel name, in their order."""
    found = [re.search(r"#(\d+)", words(card)) for card in village.cards(channel)]
    return [int(one[1]) for one in found if one]


async def every_matter(village: Village) -> list[tuple[Person, Answer | discord.Message]]:
    """Return messages that hold every control of safety, with who is to operate them."""
    moderator, office = village.moderator, await open_office(village)
    people = {name: village.move_in(name) for name in ("Fumi", "Gen", "Hana", "Iku", "Jin", "Kei", "Lan")}
    fumi, gen, hana, iku, jin, kei, lan = people.values()
    warned, refused = await hana.write(MONEY), await fumi.write(INVITE)
    for writer in (gen, iku):
        await writer.press(await writer.write(INVITE), "ask_moderators")
    held = await show(moderator, await case_about(village, gen))
    await moderator.press(held, "let_through")
    kept = await show(moderator, await case_about(village, iku))
    await moderator.submit(await moderator.press(kept, "keep_back"))
    asked = await fumi.press(await fumi.write(INVITE, note="もう一度"), "ask_moderators")
    held = await show(moderator, await case_about(village, fumi))
    stopped = await jin.write(CRY)
    on_hold = await moderator.slash("cases hold", member=jin, days=3, reason="理由")
    for number in range(CASES_PAGE):
        complaint = Complaint(1000 + number, ReportReason.OTHER)
        await village.bot.service(Reports).report(
            village.server_id, MemberId(fumi.id), complaint, InteractionId(2000 + number)
        )
    await report(village, gen, iku)
    case_id = await case_about(village, iku)
    for number in range(ACTS_PAGE):
        await moderator.forge_form(f"v1:safety:form-note:{case_id}:1", {"note": f"{number}" * WORDS_LIMIT})
    cases = await moderator.slash("cases list")
    trail = await moderator.press(await moderator.slash("cases list"), "acts")
    found = [(moderator, await show(moderator, case_id)), (moderator, held), (moderator, on_hold)]
    found += [(moderator, cases), (moderator, trail), (hana, warned), (fumi, refused), (fumi, asked)]
    found += [(jin, stopped), *await every_crisis(village, kei, lan)]
    boxes = [(person, await inbox(person)) for person in (gen, iku, jin, lan)]
    return [*found, *boxes, *((moderator, card) for card in village.cards(office))]


async def every_crisis(village: Village, kei: Person, lan: Person) -> list[tuple[Person, Answer]]:
    """Return messages that hold every control about crisis words, one of whose writers was written to."""
    moderator, shown = village.moderator, await kei.write(CRY)
    await lan.press(await lan.write(CRY), "crisis_write")
    case = await show(moderator, await case_about(village, lan))
    await moderator.submit(await moderator.press(case, "write"), letter="ここにいます")
    lists = await moderator.press(await moderator.slash("setup panel"), "lists")
    return [(kei, shown), (moderator, lists), (moderator, await show(moderator, await case_about(village, lan)))]
