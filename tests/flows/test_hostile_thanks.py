"""Whatever is typed or chosen about thanks and the ledger: no unhandled error, no ping, nothing lost, nothing cut.

Mentions and limits are checked on every request when the fixture ends, errors in the log likewise.
"""

import pytest

from bot.features.reputation.model import FACTS_PAGE, HISTORY_PAGE
from bot.features.reputation.standings import Standings
from bot.kernel.ids import MemberId
from bot.kernel.text import storable
from tests.flows.gratitude import a_ring, choose, crowd, name_sources, open_sources, open_wall, record
from tests.flows.hostility import EACH, IDS, Attacker, Fields, attack, kept, rows, said, taken
from tests.flows.messages import words
from tests.flows.office import inbox
from tests.flows.people import Answer, Person
from tests.flows.village import Village

pytestmark = pytest.mark.untraced

REASONS = "SELECT words FROM reasons ORDER BY sequence"
SHARING: tuple[list[str], ...] = (["private"], *[["public"]] * 4, ["public", "private"], ["x"], ["\x00"], [])


async def read_all(village: Village, *people: Person) -> None:
    """Let everybody look at all that was said: every page of it fits into a message."""
    for person in people:
        await inbox(person)
        standing = await person.slash("standing")
        page = await village.bot.service(Standings).of(village.server_id, MemberId(person.id))
        for number in range(1, -(-page.facts.received // FACTS_PAGE)):
            await person.choose(standing, "standing_page", [str(number)])
        await village.moderator.slash("ledger history", member=person)
        for number in range(1, -(-(page.facts.received + page.facts.given) // HISTORY_PAGE)):
            await village.moderator.forge(f"v1:reputation:history_page:{person.id}", [str(number)])
    assert not village.complaints.found, village.complaints.found


async def test_thanks(village: Village, beni: Person, attacker: Attacker) -> None:
    wall, answers = await open_wall(village), list[Answer]()
    await choose(beni, "posts_thanks_on")
    robot = village.guild.add_member(village.env.create_user("robot", bot=True))
    giver = village.move_in("Giver")
    for each in range(EACH):
        others: tuple[list[str], ...] = (
            [str(giver.id)],
            [str(robot.id)],
            ["²"],
            [str(attacker.draw.choice(IDS))],
            [],
            attacker.chosen(),
        )
        whom = [str(beni.id)] if attacker.draw.random() < 0.7 else attacker.draw.choice(others)
        fields: Fields = {"member": whom, "reason": attacker.text(300), "sharing": attacker.draw.choice(SHARING)}
        answers.append(await attack(village, giver, f"v1:reputation:form-thank:{village.guild.id}:{each}", fields))
        if not answers[-1].has("draft"):
            assert (await rows(village, REASONS))[-1] == (said(fields["reason"]),)
            giver = village.move_in(f"Giver{each}")  # each of whom may thank the same person
    assert EACH // 10 < taken(answers) < EACH
    assert village.cards(wall)
    await read_all(village, beni)


async def test_thanks_for_hellos(village: Village, beni: Person, attacker: Attacker) -> None:
    answers: list[Answer] = []
    owner = village.move_in("Owner")
    await owner.write("一行")
    number = (await village.introduction(owner)).introduction_id
    await beni.greet(village.cards()[-1], ready=["welcome"])
    for each in range(EACH):
        others: tuple[list[str], ...] = (
            [str(beni.id)] * 2,
            [str(beni.id), str(owner.id)],
            ["²"],
            [str(attacker.draw.choice(IDS))],
            [],
        )
        whom = [str(beni.id)] if attacker.draw.random() < 0.6 else attacker.draw.choice(others)
        fields: Fields = {"greeters": whom, "reason": attacker.text(300), "sharing": attacker.draw.choice(SHARING)}
        custom_id = f"v1:introductions:form-thank_greeters:{number}:{each}"
        answers.append(await attack(village, owner, custom_id, fields))
        if not answers[-1].has("draft"):
            assert (await rows(village, REASONS))[-1] == (said(fields["reason"]),)
            owner = village.move_in(f"Owner{each}")
            await owner.write("一行")
            number = (await village.introduction(owner)).introduction_id
            await beni.greet(village.cards()[-1], ready=["welcome"])
    assert 0 < taken(answers) < EACH
    await read_all(village, beni)


async def test_thanks_by_command(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    giver, recorded = aki, 0
    for each in range(EACH):
        reason = attacker.text(300)[:300] or "x"
        answer = await giver.slash("thanks", member=beni, reason=reason, public=attacker.draw.random() < 0.5)
        assert not village.complaints.found, (reason, village.complaints.found)
        if answer.has("draft"):
            assert (await kept(village, giver))["reason"] == storable(reason)
            assert (await giver.press(answer, "draft")).filled["reason"] == storable(reason)
        else:
            recorded += 1
            assert (await rows(village, REASONS))[-1] == (said(reason),)
            giver = village.move_in(f"Giver{each}")
    assert 0 < recorded < EACH
    await read_all(village, beni)


async def test_reversals(village: Village, beni: Person, attacker: Attacker) -> None:
    people, answers, moderator = crowd(village, 8), list[Answer](), village.moderator
    numbers = await record(village, [(each, beni) for each in people for _ in range(EACH // 8)])
    for each in range(EACH):
        number = numbers[-1] if attacker.draw.random() < 0.8 else attacker.draw.choice(IDS)
        fields: Fields = {"reversal": attacker.text(300)}
        answers.append(await attack(village, moderator, f"v1:reputation:form-reverse:{number}:{each}"[:100], fields))
        if not answers[-1].has("draft") and number == numbers[-1]:
            numbers.pop()
            assert (await rows(village, REASONS))[-1] == (said(fields["reversal"]),)
            if each % 4 == 0:
                await inbox(attacker.draw.choice(people))
        if each % 3 == 0:
            reason = attacker.text(300)[:300] or "x"
            refused = await moderator.slash("ledger reverse", number=2**53 - 1, reason=reason)
            assert (await moderator.press(refused, "draft")).filled["reversal"] == storable(reason)
    assert EACH // 10 < taken(answers) < EACH
    await read_all(village, beni, *people)


async def test_reversals_of_sets(village: Village, attacker: Attacker) -> None:
    town, moderator = await a_ring(village), village.moderator
    for each in range(EACH):
        found = await moderator.slash("ledger flags")
        number = "1" if found.has("flag") else str(attacker.draw.choice(IDS))
        await moderator.forge(f"v1:reputation:flag:{number}"[:100])
        fields: Fields = {"reversal": attacker.text(300)}
        await attack(village, moderator, f"v1:reputation:form-reverse_flag:{number}:{each}"[:100], fields)
    assert not (await moderator.slash("ledger flags")).has("flag")
    await read_all(village, town.sources[0], *town.ring)


async def test_choices_of_sources_and_roles(village: Village, aki: Person, attacker: Attacker) -> None:
    moderator, guild_id = village.moderator, village.guild.id
    await name_sources(village, [aki])
    numbers = [str(number) for number in (*IDS, guild_id, aki.id, village.hall.id)]
    for _ in range(EACH):
        values = attacker.draw.sample([*numbers, *attacker.chosen(), "-1", "²", "３"], attacker.draw.choice((0, 1, 3)))
        for action in ("sources_set", "familiar_role", "well_tied_role"):
            await moderator.forge(f"v1:reputation:{action}:{guild_id}", values)
            assert not village.complaints.found, (action, values, village.complaints.found)
    shown = await open_sources(village)
    assert words(shown.message)
    assert await rows(village, "SELECT count(*) FROM entries") == [(1,)]
    assert await rows(village, "SELECT * FROM word_roles") == []
