"""Whatever is typed, chosen or forged about asks: no unhandled error, no ping, nothing lost, nothing cut.

Mentions and limits are checked on every request when the fixture ends, errors in the log likewise.
"""

import pytest

from bot.features.peer_help.model import AFTER_LIMIT, DETAILS_LIMIT, HELPED_LIMIT, REPLY_LIMIT, TITLE_LIMIT, Ask
from tests.flows.asking import SOON, ask, ask_anonymously, newest, open_by_hand, open_help, say
from tests.flows.hostility import EACH, IDS, Attacker, Fields, attack, rows, said, taken
from tests.flows.people import Answer, Person
from tests.flows.village import Village

pytestmark = pytest.mark.untraced


def written(attacker: Attacker) -> Fields:
    """Return the form of an ask: mostly what could be taken, at times nothing like it."""
    topics, wants = (["job_change"], ["listen"]), (["advice"], ["either"])
    is_plain = attacker.draw.random() < 0.7
    return {
        "topic": attacker.draw.choice(topics) if is_plain else attacker.chosen(),
        "wants": attacker.draw.choice(wants) if is_plain else attacker.chosen(),
        "title": attacker.text(TITLE_LIMIT),
        "details": attacker.text(DETAILS_LIMIT),
        "anonymous": attacker.draw.choice((["no"], ["yes"], [], ["no", "yes"], ["\x00"])),
    }


def number(attacker: Attacker, own: Ask) -> int:
    return own.ask_id if attacker.draw.random() < 0.8 else attacker.draw.choice(IDS)


async def look(village: Village, *people: Person) -> None:
    """Let everybody look at all that was said: all of it fits into messages."""
    await village.pass_time(SOON)
    for person in people:
        for command in ("inbox", "ask open", "ask mine", "guide"):
            await person.slash(command)
    assert not village.complaints.found, village.complaints.found


async def test_asking(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await open_help(village)
    answers = list[Answer]()
    for each in range(EACH):
        fields = written(attacker)
        answers.append(await attack(village, aki, f"v1:peer_help:form-ask:{village.guild.id}:{each}", fields))
        if not answers[-1].has("draft"):
            asked = await newest(village, aki)
            assert asked.title == " ".join(said(fields["title"]).split())
            assert asked.details == said(fields["details"])
            await village.pass_time(SOON)
            await aki.forge(f"v1:peer_help:withdraw_confirm:{asked.ask_id}")
    assert 0 < taken(answers) < EACH
    await look(village, aki, beni)


async def test_editing(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await open_help(village, forum=False)
    await ask(village, aki)
    own, answers = await newest(village, aki), list[Answer]()
    for each in range(EACH):
        custom_id = f"v1:peer_help:form-edit:{number(attacker, own)}:{each}"[:100]
        answers.append(await attack(village, aki, custom_id, written(attacker)))
        if each % 10 == 0:
            await village.pass_time(SOON)
    assert 0 < taken(answers) < EACH
    await look(village, aki, beni)


async def test_ending(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await open_help(village)
    answers, own = list[Answer](), None
    for each in range(EACH):
        if own is None:
            await ask(village, aki, f"{each}つめ")
            own = await newest(village, aki)
            await say(village, beni, own)
        whom = attacker.draw.choice(([str(beni.id)], [str(beni.id), str(aki.id)], ["²"], [], attacker.chosen()))
        fields: Fields = {
            "thanked": whom,
            "reason": attacker.text(300),
            "sharing": attacker.draw.choice((["private"], ["public"], [], ["x"])),
            "helped": attacker.text(HELPED_LIMIT),
            "findable": attacker.draw.choice((["yes"], ["no"], [], ["\x00"])),
        }
        named = number(attacker, own)
        answers.append(await attack(village, aki, f"v1:peer_help:form-resolve:{named}:{each}"[:100], fields))
        if named == own.ask_id and not answers[-1].has("draft"):
            fields = {"after": attacker.text(AFTER_LIMIT)}
            await attack(village, aki, f"v1:peer_help:form-after:{own.ask_id}:{each}", fields)
            own = None
            await village.pass_time(SOON)
    assert 0 < taken(answers) < EACH
    await look(village, aki, beni)


async def test_replies_under_a_pseudonym(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    await open_help(village)
    own, answers = await ask_anonymously(village, aki), list[Answer]()
    await end_nothing(village, beni, own)
    for each in range(EACH):
        fields: Fields = {"reply": attacker.text(REPLY_LIMIT)}
        named = number(attacker, own)
        answers.append(await attack(village, aki, f"v1:peer_help:form-reply:{named}:{each}"[:100], fields))
        if aki.text("peer_help.relayed") in answers[-1].text:
            kept = await rows(village, "SELECT words FROM ask_replies ORDER BY reply_id DESC LIMIT 1")
            assert kept == [(said(fields["reply"]),)]
        await attack(village, beni, f"v1:peer_help:form-reply:{own.ask_id}:{each + EACH}", fields)
        if each % 10 == 0:
            await village.pass_time(SOON)
    assert 0 < taken(answers) < EACH
    assert not await rows(village, "SELECT 1 FROM ask_helpers WHERE member_id = ?", aki.id)
    await look(village, aki, beni)


async def test_threads_opened_by_hand(village: Village, aki: Person, beni: Person, attacker: Attacker) -> None:
    channel = await open_help(village)
    for each in range(EACH // 6):
        title = attacker.text(100).strip()[:100] or "？"
        await open_by_hand(village, aki, channel, title)
        ((post_id,),) = await rows(village, "SELECT max(post_id) FROM hand_posts")
        fields = written(attacker)
        custom_id = f"v1:peer_help:form-let_helpers_know:{post_id}:{each}"
        await attack(village, beni, custom_id, fields)
        answer = await attack(village, aki, custom_id, fields)
        await village.pass_time(SOON)
        if not answer.has("draft"):
            await aki.forge(f"v1:peer_help:withdraw_confirm:{(await newest(village, aki)).ask_id}")
    await look(village, aki, beni)


async def test_searches(village: Village, aki: Person, attacker: Attacker) -> None:
    await open_help(village)
    await ask(village, aki, "転職、Python、C++、café")
    for each in range(EACH):
        fields: Fields = {"text": attacker.text(100)}
        await attack(village, aki, f"v1:peer_help:form-search:{village.guild.id}:{each}", fields)
        await aki.slash("ask search", text=attacker.text(100)[:100] or "x")
        assert not village.complaints.found, village.complaints.found


async def end_nothing(village: Village, person: Person, own: Ask) -> None:
    """Let somebody try to end what is somebody else's: it stays as it is."""
    before = await rows(village, "SELECT state, title FROM asks WHERE ask_id = ?", own.ask_id)
    for action in ("resolve", "after", "thank", "edit", "withdraw", "withdraw_confirm", "still_waiting", "reopen"):
        answer = await person.forge(f"v1:peer_help:{action}:{own.ask_id}")
        assert answer.form is None
        assert own.title not in answer.text
    assert await rows(village, "SELECT state, title FROM asks WHERE ask_id = ?", own.ask_id) == before
