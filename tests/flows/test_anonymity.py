"""After asks under a pseudonym, all that is kept, sent and logged is searched for what links them with who asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.features.members.choices import Choices
from bot.features.members.reach import Kind, Way
from bot.features.peer_help.model import Ask
from bot.kernel.ids import MemberId
from bot.storage.sealing import Seals
from tests.flows.asking import SOON, ask, ask_anonymously, card_of, helper, invitations, manage, newest, open_help, say
from tests.flows.leaks import all_rows, belonging, leaves, links, listening_closely
from tests.flows.messages import words
from tests.flows.office import INVITE, MONEY, another_moderator, open_office
from tests.flows.people import Person
from tests.flows.sent import body_of
from tests.flows.village import Village

WHY = "本人と話す必要があるためです"


@dataclass
class Story:
    """One ask under a pseudonym, from the first refusal to the last word, with all texts that belong to it."""

    asker: Person
    number: int
    texts: list[str] = field(default_factory=list)
    ask: Ask | None = None

    @property
    def asked(self) -> Ask:
        assert self.ask is not None
        return self.ask

    def marks(self) -> set[object]:
        """Return what names the ask wherever it stands."""
        asked = self.asked
        return {asked.ask_id, asked.thread_id, asked.message_id, asked.pseudonym, *self.texts}

    def text(self, about: str) -> str:
        self.texts.append(f"{about}その{self.number}について")
        return self.texts[-1]


async def tell(village: Village, story: Story, beni: Person, dan: Person) -> None:
    """Let a whole story happen: refusals on the way, answers, replies, an edit, thanks, and how it went on."""
    aki = story.asker
    refused = await ask(village, aki, story.text("勧誘"), anonymous=True, details=INVITE)
    form = await aki.press(refused, "draft")
    details = f"{MONEY}　{story.text('収入')}"
    filled = {"topic": ["job_change"], "wants": ["either"], "anonymous": ["yes"]}
    warned = await aki.submit(form, **filled, title=story.text("転職"), details=details)
    preview = await aki.press(warned, "anyway")
    await aki.press(preview, "post_now")
    story.ask = await newest(village, aki)
    await village.pass_time(timedelta(minutes=11))
    await village.pass_time(SOON)
    asked = story.ask = await newest(village, aki)
    await dan.press(card_of(village, asked), "me_too")
    await beni.press(invitations(beni)[-1], "here_asked")
    await say(village, beni, asked)
    reply = await aki.press(await manage(aki, asked), "reply")
    held = await aki.submit(reply, reply=f"{INVITE}　{story.text('招待')}")
    assert held.has("draft")
    await aki.submit(await aki.press(held, "draft"), reply=story.text("返事"))
    await village.pass_time(SOON)
    edited = await aki.press(await manage(aki, asked), "edit")
    await aki.submit(
        edited, title=story.text("転職活動"), details=story.text("詳細"), topic=["job_change"], wants=["either"]
    )
    await say(village, dan, asked)
    await aki.submit(await aki.press(await manage(aki, asked), "reply"), reply=INVITE)  # refused, and left as a draft
    form = await aki.press(await manage(aki, asked), "resolve")
    reason, helped = story.text("夜遅くまで考えてくれたこと"), story.text("早めに話すこと")
    ended = await aki.submit(form, thanked=[beni, dan], reason=reason, helped=helped, findable=["yes"])
    assert aki.text("peer_help.resolved_thanked") in ended.text
    await village.pass_time(SOON)
    after = await aki.press(await manage(aki, asked), "after")
    await aki.submit(after, after=story.text("その後"))
    await village.pass_time(SOON)


async def look_for_the_asker(moderators: Sequence[Person], asked: Ask, helpers: Sequence[Person]) -> list[str]:
    """Try what moderators can, one of them twice; return all that was answered."""
    first, second = moderators
    listed = await first.press(await first.slash("cases list"), "anonymous")
    answers = [listed.text, str(listed.message.components)]
    form = await first.forge(f"v1:peer_help:unmask:{asked.ask_id}")
    answers.append((await first.submit(form, unmask_reason=WHY)).text)
    await first.village.pass_time(SOON)
    listed = await first.press(await first.slash("cases list"), "anonymous")
    answers.append((await first.press(listed, "unmask_agree")).text)
    answers += [(await second.slash("ledger history", member=each)).text for each in helpers]
    answers.append((await second.press(await second.slash("cases list"), "acts")).text)
    return answers


def public(village: Village, story: Story) -> set[str]:
    """Return all that stands in the messages of an ask's thread, part by part."""
    entries = [entry for entry in village.env.http_requests if f"/channels/{story.asked.thread_id}" in entry.path]
    return {leaf for entry in entries for leaf in leaves(body_of(entry))}


async def test_nothing_links_an_anonymous_ask_with_its_asker(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    await open_help(village)
    await open_office(village)
    moderators = village.moderator, await another_moderator(village)
    helpers = beni, dan = await helper(village, "Beni"), await helper(village, "Daniel")
    for person in helpers:
        await village.bot.service(Choices).choose_number(village.server_id, MemberId(person.id), 7)
    aki, chika = village.move_in("Akimori"), village.move_in("Chikako")
    for person in (aki, chika):
        await person.slash("guide")
        await village.bot.service(Choices).consent(village.server_id, MemberId(person.id), Kind.ANSWERS, Way.DM)
        await village.bot.service(Choices).choose_quiet(village.server_id, MemberId(person.id), 0, 0)
    begun, marks = len(village.env.http_requests), {aki.id, "Akimori"}

    def tells(what: object) -> bool:
        return any(str(mark) in str(what) for mark in marks)

    with listening_closely(village, monkeypatch) as ear:
        one, other, two = Story(aki, 1), Story(chika, 2), Story(aki, 3)
        for story in (one, other, two):
            if story is two:
                aki.close_dms()  # which is noted where she stands, when she is told something
            await tell(village, story, beni, dan)
        answers = await look_for_the_asker(moderators, one.asked, helpers)
        answers += [(await each.slash(way)).text for each in helpers for way in ("standing", "inbox", "ask open")]
        answers.append((await dan.slash("ask search", text="転職活動")).text)
        await village.env.settle()

    assert one.asked.pseudonym in "".join(answers)
    assert not [text for text in answers if tells(text)]
    dms = [words(message) + str(message.components) for reader in helpers for message in reader.dms()]
    assert one.asked.pseudonym in "".join(dms)
    assert not [text for text in dms if tells(text)]
    assert not tells(village.bot.metrics.exposition().decode())

    hers = {name for name, member_id in ear.senders.items() if member_id == aki.id}
    private = {*hers, str(aki.actor.user.dm_channel.id)}
    sent = [entry for entry in village.env.http_requests[begun:] if not private & set(entry.path.split("/"))]
    opened = {"recipient_id": aki.id}  # her private channel
    assert not [entry for entry in sent if tells(entry.path) or (tells(body_of(entry)) and body_of(entry) != opened)]
    assert not public(village, one) & public(village, two) - public(village, other)

    texts = {one.asked.pseudonym, two.asked.pseudonym, *one.texts, *two.texts}
    assert not [line for line in ear.lines if tells(line) and any(text in line for text in texts)]
    for command in ("ledger history", "intro show"):
        assert one.asked.pseudonym not in (await village.moderator.slash(command, member=aki)).text

    rows = all_rows(village.bot.database.path)
    of_one, of_two, of_other = (belonging(rows, story.marks()) for story in (one, two, other))
    assert {"asks", "entries", "reasons", "accounts", "notices", "effects", "unmaskings"} <= {
        row.table for row in of_one
    }
    theirs = [row for row in rows if row.mentions(marks)]
    assert {"members", "drafts", "consents"} <= {row.table for row in theirs}
    assert "clearances" not in {row.table for row in theirs}  # their digests are made of the texts
    assert not [row for row in of_one + of_two if row in theirs]
    rest = [row for row in rows if row not in {*of_one, *of_two, *theirs}]
    assert not links(of_one + of_two) & links(theirs) - links(rest)
    shared = {fact for row in of_one for fact in row.facts()} & {fact for row in of_two for fact in row.facts()}
    assert not shared - {fact for row in of_other for fact in row.facts()}


async def test_a_stolen_file_opens_under_the_hosts_key_alone(village: Village, aki: Person) -> None:
    await open_help(village)
    asks = [await ask_anonymously(village, aki, title) for title in ("はじめの相談", "つぎの相談")]
    seals = {row["ask_id"]: row["sealed"] for row in await village.rows("asks")}
    async with village.bot.database.read() as transaction:
        for asked in asks:
            sealed, subject = seals[asked.ask_id], f"ask:{asked.ask_id}"
            assert transaction.seals.open(sealed, subject) == aki.id
            assert Seals(b"a key of somebody else's").open(sealed, subject) is None
    first, second = ({sealed[at : at + 4] for at in range(len(sealed) - 3)} for sealed in seals.values())
    assert not first & second
    assert abs(asks[0].ask_id - asks[1].ask_id) > 1000  # drawn by lot: no order tells when each was begun
    assert all(row["asked_at"] == row["posts_at"] for row in await village.rows("asks"))
