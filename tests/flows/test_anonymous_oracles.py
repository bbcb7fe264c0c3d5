"""What another member, or a moderator, could try so as to find out who asks under a pseudonym. It tells nothing."""

from datetime import timedelta

from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox
from bot.features.members.reach import Kind
from bot.features.peer_help.model import State, Turn
from bot.kernel.ids import MemberId
from tests.flows.asking import ask, ask_anonymously, card_of, helper, invitations, newest, open_help, say
from tests.flows.gratitude import leave
from tests.flows.messages import words
from tests.flows.people import Person
from tests.flows.village import Village

DAY = timedelta(days=1)


def own_invitations(person: Person) -> int:
    """Return how often somebody was invited to their own ask, like anybody."""
    mark = person.text("peer_help.told_your_own", words="").split("\n")[0]
    return sum(mark in words(message) for message in person.dms())


async def with_room(village: Village, *people: Person) -> set[int]:
    """Return who of some people may be asked something more this week."""
    async with village.bot.database.read() as transaction:
        ids = [MemberId(person.id) for person in people]
        found = await village.bot.service(Inbox).candidates(transaction, village.server_id, ids, Kind.HELP)
        return {each.member_id for each in found if each.has_room(transaction.now)}


async def test_who_keeps_a_distance_is_invited_all_the_same(village: Village, aki: Person) -> None:
    await open_help(village)
    near, far = await helper(village, "Near"), await helper(village, "Far")
    await aki.slash("guide")
    choices = village.bot.service(Choices)
    await choices.keep_distance(village.server_id, MemberId(near.id), MemberId(aki.id))
    await choices.keep_distance(village.server_id, MemberId(aki.id), MemberId(far.id))
    asked = await ask_anonymously(village, aki)
    assert len(invitations(near)) == len(invitations(far)) == 1
    here = await near.press(invitations(near)[0], "here_asked")
    assert near.text("peer_help.you_are_here_either") in here.text
    await say(village, far, asked)
    told = await aki.slash("inbox")
    assert aki.text("peer_help.told_here", name=f"<@{near.id}>", words=asked.title) in told.text


async def test_an_asker_is_invited_like_anybody_and_takes_the_same_room(village: Village) -> None:
    await open_help(village)
    aki, beni = await helper(village, "Aki"), await helper(village, "Beni")
    for person in (aki, beni):
        await village.bot.service(Choices).choose_number(village.server_id, MemberId(person.id), 1)
    asked = await ask_anonymously(village, aki)
    assert (own_invitations(aki), len(invitations(beni))) == (1, 1)
    assert await with_room(village, aki, beni) == set()  # asked by name, either would be found to have no time
    refused = await aki.forge(f"v1:peer_help:here:{asked.ask_id}")
    assert refused.text == aki.text("peer_help.own")
    assert own_invitations(beni) == 0


async def test_an_asker_who_alone_knows_the_topic_does_not_make_the_ladder_hurry(village: Village) -> None:
    await open_help(village)
    yard = village.guild.create_text_channel("yard")
    await village.env.settle()
    await village.choose("helpers_channel", yard)
    aki = await helper(village, "Aki")
    await ask_anonymously(village, aki)
    assert own_invitations(aki) == 1
    assert not village.cards(yard)
    other = village.move_in("Other")
    await ask_anonymously(village, other, "ほかの人の相談")
    assert not village.cards(yard)  # she was asked, as she was for her own


async def test_a_leave_ends_what_was_asked_by_name_alone(village: Village, aki: Person) -> None:
    await open_help(village)
    hidden = await ask_anonymously(village, aki)
    await ask(village, aki, "名前を出して相談")
    named = await newest(village, aki)
    before = words(card_of(village, hidden))
    await leave(village, aki)
    for _ in range(4):
        await village.pass_time(DAY)
    assert village.text("peer_help.state_closed_left") in words(card_of(village, named))
    assert words(card_of(village, hidden)) == before


async def test_what_was_asked_by_who_left_ends_in_silence(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    asked = await ask_anonymously(village, aki)
    await leave(village, aki)
    await say(village, beni, asked)
    assert village.text("peer_help.state_talking") in words(card_of(village, asked))
    for _ in range(11):
        await village.pass_time(DAY)
    assert village.text("peer_help.state_closed_silence") in words(card_of(village, asked))


async def test_who_asks_and_writes_under_their_own_name_is_anybody(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    asked = await ask_anonymously(village, aki)
    await say(village, aki, asked, "わたしもです")
    now = await newest(village, aki)
    assert (now.state, now.turn) == (State.TALKING, Turn.ASKER)
    told = aki.text("peer_help.told_spoke", words=asked.title)
    assert told in (await aki.slash("inbox")).text
    await say(village, beni, asked)
    (row,) = [line for line in await village.rows("notices") if line["card"] == "spoke"]
    spoke = {line["member_id"]: line["spoke_at"] for line in await village.rows("ask_helpers")}
    assert spoke[aki.id] < spoke[beni.id] == row["told_at"]
