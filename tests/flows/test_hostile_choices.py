"""Whatever is typed into preferences, topics, searches and asked hellos: no unhandled error, nothing lost or cut.

Mentions and limits are checked on every request when the fixture ends, errors in the log likewise.
"""

import pytest

from bot.features.members.choices import Choices
from bot.features.members.model import TOPICS_LIMIT
from bot.features.members.topics import Topics
from bot.kernel.ids import MemberId
from bot.kernel.text import storable
from tests.flows.everything import asked_to_greet
from tests.flows.hostility import EACH, ZONES, Attacker, Fields, attack, handed_back, rows, said
from tests.flows.people import Person
from tests.flows.village import Village

pytestmark = pytest.mark.untraced

HOURS: tuple[list[str], ...] = (*[["0"], ["7"], ["23"]] * 2, ["24"], ["-1"], ["３"], ["²"], ["9" * 100], [])
HIGHEST = 2**53 - 1  # of numbers that Discord takes in an option
LONGEST_CHOICE = 100  # characters that Discord takes, of a name or a value


async def test_own_zone(village: Village, aki: Person, attacker: Attacker) -> None:
    await aki.slash("preferences")
    choices, taken = village.bot.service(Choices), 0
    for each in range(EACH):
        zone = attacker.draw.choice((*ZONES, "")) if attacker.draw.random() < 0.3 else attacker.text(64)
        answer = await attack(village, aki, f"v1:members:form-zone:{village.guild.id}:{each}", {"zone": zone})
        preferences = (await choices.of(village.server_id, MemberId(aki.id))).preferences
        if not answer.has("draft"):
            taken += 1
            assert preferences.has_own_zone is bool(said(zone))
            assert said(zone).casefold() in {preferences.zone.key.casefold(), ""}
    assert 0 < taken < EACH


async def test_quiet_hours(village: Village, aki: Person, attacker: Attacker) -> None:
    await aki.slash("preferences")
    choices, taken = village.bot.service(Choices), 0
    for each in range(EACH):
        begin, end = (attacker.draw.choice((*HOURS, attacker.chosen())) for _ in range(2))
        fields: Fields = {"quiet_from": begin, "quiet_to": end}
        answer = await attack(village, aki, f"v1:members:form-quiet:{village.guild.id}:{each}", fields)
        if not answer.has("draft"):
            taken += 1
            preferences = (await choices.of(village.server_id, MemberId(aki.id))).preferences
            assert (preferences.quiet_from, preferences.quiet_to) == (int(begin[0]), int(end[0]))
    assert 0 < taken < EACH


async def test_topics(village: Village, aki: Person, attacker: Attacker) -> None:
    moderator, topics = village.moderator, village.bot.service(Topics)
    await moderator.slash("topics list")
    for each in range(EACH):
        listed = await topics.of(village.server_id)
        if len(listed) == TOPICS_LIMIT:
            await moderator.slash("topics remove", topic=attacker.draw.choice(listed))
        name = attacker.text(40)[:6000] or "x"
        if each % 3:
            answer = await moderator.slash(
                "topics add", name=name, place=attacker.draw.choice((-HIGHEST, 0, 1, HIGHEST))
            )
        else:
            old = attacker.draw.choice((*listed, attacker.text(40) or "y"))[:6000]
            answer = await moderator.slash("topics edit", topic=old, name=name)
        assert not village.complaints.found, (name, village.complaints.found)
        if moderator.text("members.topics_changed") not in answer.text and said(name):
            assert storable(name) in await handed_back(village, answer)
        if each % 10 == 0:
            chosen = [attacker.draw.choice(await topics.of(village.server_id)) for _ in range(3)]
            form = {"now": "こんにちは", "offer_topics": chosen, "seek_topics": chosen}
            await attack(village, aki, "v1:introductions:form-write:1:1", form)
            await aki.slash("intro write")
            await aki.press(await aki.slash("intro show"), "discreet")
            await aki.slash("find", topic=chosen[0])
    assert len(village.cards()) == 1


async def test_completions(village: Village, aki: Person, attacker: Attacker) -> None:
    moderator = village.moderator
    for _ in range(15):
        await moderator.slash("topics add", name=attacker.text(40)[:40] or "x")
    for _ in range(EACH):
        typed = attacker.text(100)[:6000]
        for person, command in ((aki, "find"), (moderator, "topics edit"), (moderator, "topics remove")):
            choices = await person.complete(command, "topic", typed)
            assert len(choices) <= TOPICS_LIMIT
            for choice in choices:
                assert 0 < len(choice["name"]) <= LONGEST_CHOICE
                assert 0 < len(choice["value"]) <= LONGEST_CHOICE
        assert not village.complaints.found, (typed, village.complaints.found)
    assert await aki.complete("find", "topic", "")


async def test_searches_by_command(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await beni.write("転職しました", offer_topics=["health"])
    for _ in range(EACH):
        await aki.slash("find", topic=attacker.text(100)[:6000], text=attacker.text(100)[:6000])
        assert not village.complaints.found, village.complaints.found
    assert f"<@{beni.id}>" in (await aki.slash("find", topic=aki.text("topic.health"))).text


async def test_asked_hellos(village: Village, attacker: Attacker) -> None:
    dai, _ = await asked_to_greet(village)
    ((notice,),) = await rows(village, "SELECT notice_id FROM notices WHERE member_id = ?", dai.id)
    custom_id, taken = f"v1:introductions:form-hello_asked:{notice}:0", 0
    for _ in range(EACH):
        fields: Fields = {"ready": attacker.chosen(), "words": attacker.text(500)}
        answer = await attack(village, dai, custom_id, fields)
        kept = await rows(village, "DELETE FROM hellos RETURNING words")
        if not answer.has("draft"):
            taken += 1
            assert kept == [(said(fields["words"]),)]
    assert 0 < taken < EACH
    for _ in range(EACH // 3):
        words = attacker.text(500)
        answered = await dai.forge_in_dm(custom_id, {"ready": [], "words": words})
        assert not village.complaints.found, (words, village.complaints.found)
        kept = await rows(village, "DELETE FROM hellos RETURNING words")
        assert kept == [(said(words),)] or "v1:members:draft:" in answered
