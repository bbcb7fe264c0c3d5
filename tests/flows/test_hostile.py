"""Whatever is typed or forged: no unhandled error, no ping, no text lost, every message within Discord's limits.

Mentions and limits are checked on every request when the fixture ends, errors in the log likewise.
"""

import pytest

from bot.features.setup.model import Place
from bot.features.setup.service import Setup
from bot.kernel.text import storable
from tests.flows.everything import everything
from tests.flows.hostility import EACH, IDS, ZONES, Attacker, Fields, as_kept, attack, handed_back, rows
from tests.flows.people import Person
from tests.flows.village import Village

pytestmark = pytest.mark.untraced


async def test_introduction(village: Village, aki: Person, attacker: Attacker) -> None:
    await aki.write("はじめ")
    taken = 0
    for _ in range(EACH):
        link = attacker.text(300) if attacker.draw.random() < 0.5 else attacker.draw.choice(("", "https://a.example/x"))
        fields: Fields = {
            "now": attacker.text(200),
            "note": attacker.text(1000),
            "link": link,
            "offer_topics": attacker.chosen(),
            "seek_topics": attacker.chosen(),
        }
        answer = await attack(village, aki, "v1:introductions:form-write:1:1", fields)
        if not answer.has("draft"):
            taken += 1
            now = await village.introduction(aki)
            wanted = as_kept({name: value for name, value in fields.items() if isinstance(value, str)})
            assert {"now": now.now, "note": now.note, "link": now.link} == {
                name: value.strip() for name, value in wanted.items() if isinstance(value, str)
            }
    assert EACH // 10 < taken < EACH
    assert len(village.cards()) == 1


async def test_trades(village: Village, aki: Person, attacker: Attacker) -> None:
    await aki.write("はじめ")
    for _ in range(EACH):
        line = attacker.text(100)
        fields: Fields = {"trades": attacker.chosen(), "trade_line": line}
        answer = await attack(village, aki, "v1:introductions:form-trades:1:1", fields)
        if not answer.has("draft"):
            assert (await village.introduction(aki)).trade_line == storable(line).strip()


async def test_discreet(village: Village, aki: Person, attacker: Attacker) -> None:
    await aki.write("はじめ", offer_topics=["parenting"], seek_topics=["job_change"])
    for _ in range(EACH):
        fields: Fields = {"discreet_offer": attacker.chosen(), "discreet_seek": attacker.chosen()}
        await attack(village, aki, "v1:introductions:form-discreet:1:1", fields)


async def test_hello(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await aki.write("はじめ")
    for _ in range(EACH):
        words = attacker.text(500)
        fields: Fields = {"ready": attacker.chosen(), "words": words}
        answer = await attack(village, beni, "v1:introductions:form-hello:1:0", fields)
        async with village.bot.database.write() as transaction:
            rows = await transaction.connection.execute_fetchall("DELETE FROM hellos RETURNING words")
        if not answer.has("draft"):
            assert [row["words"] for row in rows] == [storable(words).strip()]


async def test_search(village: Village, aki: Person, attacker: Attacker) -> None:
    await aki.write("転職しました。Python、C++、café")
    for _ in range(EACH):
        fields: Fields = {"topic": attacker.chosen(), "trade": attacker.chosen(), "text": attacker.text(100)}
        await attack(village, aki, f"v1:introductions:form-search:{village.guild.id}:0", fields)


async def test_search_by_command(village: Village, aki: Person, attacker: Attacker) -> None:
    await aki.write("転職しました")
    for _ in range(EACH // 5):
        await aki.slash("find", text=attacker.text(100))
        assert not village.complaints.found, village.complaints.found


async def test_zone(village: Village, attacker: Attacker) -> None:
    for _ in range(EACH):
        zone = attacker.draw.choice(ZONES) if attacker.draw.random() < 0.2 else attacker.text(64)
        await attack(village, village.moderator, f"v1:setup:form-zone:{village.guild.id}:0", {"zone": zone})


def fields_of_all(attacker: Attacker) -> Fields:
    return {
        "now": attacker.text(200),
        "words": attacker.text(100),
        "zone": attacker.text(64),
        "ready": attacker.chosen(),
    }


async def test_forged_custom_ids(village: Village, aki: Person, attacker: Attacker) -> None:
    await aki.write("はじめ")
    known = sorted(village.custom_ids())
    for _ in range(EACH):
        person = attacker.draw.choice((aki, village.moderator))
        custom_id = attacker.custom_id(known)
        await person.forge(custom_id, attacker.draw.choice((None, [], attacker.chosen(), ["9" * 100], ["-1"])))
        assert not village.complaints.found, (custom_id, village.complaints.found)
        await attack(village, person, attacker.custom_id(known), fields_of_all(attacker))


async def test_every_control_and_form_takes_odd_numbers_and_values(
    bare: Village, request: pytest.FixtureRequest
) -> None:
    """Where there is one of everything, so that small numbers name something: mostly what is somebody else's."""
    operators = {person.id: person for person, _ in await everything(bare)}.values()
    attacker = Attacker(bare, request.node.name)
    things = "SELECT case_id FROM cases UNION SELECT ask_id FROM asks UNION SELECT review_id FROM reviews"
    known = (*IDS, *(number for (number,) in await rows(bare, things)))
    for name in sorted(bare.custom_ids()):
        for number in attacker.draw.sample(known, 2):
            person = attacker.draw.choice((*operators, bare.moderator))
            if ":form-" in name:
                custom_id = f"{name}:{number}:{attacker.draw.choice(IDS)}"
                await attack(bare, person, custom_id[:100], fields_of_everything(attacker))
            else:
                values = attacker.draw.choice((None, [], ["9" * 100], ["-1"], ["²"], ["３"], attacker.chosen()))
                await person.forge(f"{name}:{number}", values)
            assert not bare.complaints.found, (name, number, bare.complaints.found)
        await attacker.draw.choice(tuple(operators)).forge_in_dm(f"{name}:{attacker.draw.choice(known)}")


def fields_of_everything(attacker: Attacker) -> Fields:
    """All fields that any form has, some of them as none that there is sends them."""
    texts = ("now", "note", "link", "words", "text", "zone", "trade_line", "details", "answer", "told_words", "outcome")
    menus = ("ready", "topic", "trade", "member", "reason", "told", "days", "quiet_from", "quiet_to", "waking_from")
    reviewed = ("url", "title", "question", "wish_by", "date", "worked", "stopped", "try", "quick")
    fields: Fields = {name: attacker.text(200) for name in (*texts, *reviewed, "hold_reason", "rules")}
    fields |= {name: attacker.chosen() for name in (*menus, "waking_to", "offer_topics", "seek_topics", "trades")}
    fields |= {"reversal": attacker.text(300), "sharing": attacker.chosen(), "greeters": attacker.chosen()}
    fields |= {name: attacker.chosen() for name in ("by", "wants", "thanked")}
    if attacker.draw.random() < 0.5:
        fields["reason"] = attacker.text(300)  # of a thanks; of a report it is chosen
    for name in attacker.draw.sample([*fields], 5):
        fields[name] = attacker.chosen() if isinstance(fields[name], str) else attacker.text(50)
    return fields


async def test_presses_as_forms_and_forms_as_presses(village: Village, aki: Person) -> None:
    await aki.write("はじめ")
    for name in village.custom_ids():
        swapped = f"{name}:1:1" if ":form-" in name else f"{name}:1"
        if ":form-" in name:
            assert (await aki.forge(swapped)).text == aki.text("errors.unknown_control")
        else:
            answer = await attack(village, aki, swapped, {"now": "失いたくない文章"})
            assert aki.text("errors.unknown_control") in answer.text
            assert "失いたくない文章" in await handed_back(village, answer)


async def test_ids_of_another_server_are_nobodys(village: Village, aki: Person, beni: Person) -> None:
    await aki.write("よその人に見せない文章", link="https://a.example")
    found = await aki.slash("find", text="文章")
    stranger = await village.stranger()
    for name in village.custom_ids():
        if ":form-" not in name:
            for object_id in (1, village.guild.id):
                answer = await stranger.forge(f"{name}:{object_id}", ["0"])
                assert answer.form is not None or "文章" not in answer.text
    assert found.has("search")
    hello = await stranger.forge_form("v1:introductions:form-hello:1:0", {"words": "よそから"})
    assert stranger.text("introductions.gone") in hello.text
    assert not village.cards(village.thread())
    assert (await village.introduction(aki)).now == "よその人に見せない文章"
    server = await village.bot.service(Setup).server(village.server_id)
    assert server.places == {Place.INTRODUCTIONS: village.hall.id}
