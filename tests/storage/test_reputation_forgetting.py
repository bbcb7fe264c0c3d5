"""Who was forgotten is in no table and no post; what they gave and received goes on to count for the others."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.features.members.model import LEFT_KEPT
from bot.features.members.sweep import MemberSweep
from bot.features.reputation.holder import ReputationHolder
from bot.features.reputation.model import Word
from bot.features.safety.holder import SafetyHolder
from bot.features.setup.model import Place
from bot.kernel.ids import MemberId, RoleId
from bot.storage.database import Database
from bot.storage.effects import Effect, Verb
from bot.storage.verification import verify
from tests.storage.circle import DAY, MODERATOR, chains, entries, forget, inbox, people, record_each, refusal, thank
from tests.storage.house import AKI, BENI, ONE, START, HandClock, dump
from tests.storage.pocket import LOST, YARD, Pocket, opened

HIDDEN = "(hidden)"
WORDS = ("words of aki to beni", "words of beni to aki", "words about a mistake of aki's", "words of dan to aki")
SWEEP = Effect(0, "", ONE, Verb.JOB, "members", "tend", ONE, START, 1, 1, None, "")
CHIE, DAN = MemberId(300), MemberId(301)


@pytest.fixture
async def pocket(database: Database, clock: HandClock) -> AsyncIterator[Pocket]:
    async with opened(database, clock) as pocket:
        for member_id in people(pocket, 2):
            await pocket.members.seen(ONE, member_id, "en")
        await pocket.setup.choose_place(ONE, MODERATOR, Place.THANKS, YARD)
        yield pocket


async def live(pocket: Pocket) -> None:
    """Let Aki give and receive, be a source, wear a role, and leave words and posts."""
    await pocket.sources.grant(ONE, MODERATOR, [AKI, CHIE], pocket.act())
    await pocket.roles.choose(ONE, MODERATOR, Word.FAMILIAR, RoleId(71))
    for what in ("posts_thanks", "shows_word", "wears_role"):
        for member_id in (AKI, BENI):
            await pocket.reputation.choose(ONE, member_id, what, wanted=True)
    await thank(pocket, AKI, BENI, reason=WORDS[0], public=True)
    await thank(pocket, BENI, AKI, reason=WORDS[1], public=True)
    await thank(pocket, CHIE, BENI, reason="words of chie", public=True)
    mistake = await thank(pocket, DAN, AKI, reason=WORDS[3])
    await pocket.corrections.reverse(ONE, CHIE, mistake.sequence, WORDS[2], pocket.act())
    await thank(pocket, AKI, DAN, public=True)
    await thank(pocket, CHIE, AKI)
    await pocket.due()
    assert sorted(pocket.discord.texts(YARD)) == sorted([WORDS[0], WORDS[1], "words of chie"])


def holding(pocket: Pocket, *wanted: object) -> set[str]:
    """Return the tables in which any of the ids or texts stands."""
    return {
        name
        for name, rows in dump(pocket.database.path).items()
        if any(str(one) in str(value) for row in rows for value in row for one in wanted)
    }


async def test_after_a_year_away_nothing_is_left_of_a_member(pocket: Pocket) -> None:
    await live(pocket)
    discord, holders = pocket.discord, (pocket.holder, ReputationHolder(pocket.database))
    sweep = MemberSweep(pocket.database, (*holders, SafetyHolder(pocket.database, pocket.inbox)), discord)
    here = {"accounts", "reasons", "openness", "worn_roles", "members", "acts", "notices"}
    assert holding(pocket, AKI, *WORDS) >= here
    discord.members |= {MODERATOR}
    discord.members.remove(AKI)
    for after in (DAY, LEFT_KEPT + DAY):
        pocket.clock.push(after)
        for member_id in (BENI, CHIE, DAN, MODERATOR):
            await pocket.members.seen(ONE, member_id, "en")
        await sweep.run(SWEEP)
    assert holding(pocket, AKI) >= {"accounts", "members"}  # their posts still stand
    await pocket.due()
    assert sorted(discord.texts(YARD)) == sorted([HIDDEN, HIDDEN, "words of chie"])
    await sweep.run(SWEEP)
    assert holding(pocket, AKI, *WORDS) == set()
    assert holding(pocket, "words of chie") == {"reasons"}
    assert {row[2] for row in dump(pocket.database.path)["accounts"]} == {None, BENI, CHIE, DAN, MODERATOR}


async def test_every_mac_and_sum_and_standing_holds(pocket: Pocket) -> None:
    await live(pocket)
    others = [MemberId(500 + number) for number in range(4)]
    await record_each(pocket, [(AKI, each) for each in others] + [(each, BENI) for each in others], at_will=True)

    async def said_of(member_id: MemberId) -> tuple[object, ...]:
        page = await pocket.standings.of(ONE, member_id)
        history = await pocket.corrections.history(ONE, member_id)
        facts = [(each.sequence, each.kind, each.is_reversed) for each in history.records]
        return page.facts, await chains(pocket, member_id), history.total, facts, page.pages

    everybody = [BENI, CHIE, DAN, *others]
    ledger = dump(pocket.database.path)["entries"]
    before = [await said_of(each) for each in everybody]
    assert before[0][1] == 3  # two of them from Aki, as a source
    assert not await forget(pocket)
    await pocket.due()
    assert await forget(pocket)
    assert [await said_of(each) for each in everybody] == before
    assert dump(pocket.database.path)["entries"] == ledger
    assert verify(pocket.database.path, pocket.installation.host_key, lambda _seen, _total: None).faults == ()
    (oldest,) = (await pocket.standings.of(ONE, BENI, 1)).shown
    assert (oldest.giver_id, oldest.reason) == (None, "")
    assert AKI not in (await pocket.standings.chains(ONE, BENI)).last_givers
    empty = await pocket.corrections.history(ONE, AKI)
    assert (empty.total, (await pocket.standings.of(ONE, AKI)).facts.received) == (0, 0)


async def test_all_posts_that_name_somebody_are_hidden_at_once_and_then_they_are_forgotten(pocket: Pocket) -> None:
    await pocket.reputation.choose(ONE, AKI, "posts_thanks", wanted=True)
    for giver in (BENI, CHIE, DAN):
        await thank(pocket, giver, AKI, public=True)
    await pocket.due()
    assert not await forget(pocket)
    await pocket.due()
    assert pocket.discord.texts(YARD) == [HIDDEN] * 3
    assert await forget(pocket)
    assert await pocket.rows("SELECT * FROM accounts WHERE member_id = ?", AKI) == []


async def test_nobody_is_forgotten_while_a_post_that_names_them_can_not_be_hidden(pocket: Pocket) -> None:
    await live(pocket)
    pocket.discord.forbid(Verb.EDIT)
    for _ in range(3):
        assert not await forget(pocket)
        await pocket.later()
    assert WORDS[0] in pocket.discord.texts(YARD)
    assert len(await pocket.rows("SELECT * FROM accounts WHERE member_id = ?", AKI)) == 1
    pocket.discord.mend()
    await pocket.setup.try_again(ONE, MODERATOR)
    await pocket.later()
    assert await forget(pocket)


async def test_nobody_is_forgotten_while_a_post_that_names_them_may_stand_unknown_to_us(pocket: Pocket) -> None:
    pocket.discord.fail(Verb.SEND, LOST, done=True)
    await pocket.reputation.choose(ONE, BENI, "posts_thanks", wanted=True)
    await thank(pocket, public=True)
    await pocket.due()
    assert not await forget(pocket)
    pocket.discord.mend()
    await pocket.later()
    await pocket.later()
    assert pocket.discord.texts(YARD) == [HIDDEN]
    assert await forget(pocket)


async def test_what_was_never_posted_keeps_nobody_from_being_forgotten(pocket: Pocket) -> None:
    await pocket.reputation.choose(ONE, BENI, "posts_thanks", wanted=True)
    await thank(pocket, public=True)  # is to be posted in a moment
    (eve,) = people(pocket, 1, 700)
    await thank(pocket, AKI, eve, public=True)  # waits for an answer
    await pocket.setup.choose_place(ONE, MODERATOR, Place.THANKS, None)
    assert await forget(pocket)
    await pocket.setup.choose_place(ONE, MODERATOR, Place.THANKS, YARD)
    await pocket.later()
    assert pocket.discord.texts(YARD) == []
    notice_id = (await pocket.rows("SELECT notice_id FROM notices WHERE member_id = ?", eve))[0][0]
    assert await inbox(pocket, eve) == []
    assert (await refusal(pocket.reputation.agree(ONE, eve, notice_id))).key == "members.notice_gone"


async def test_a_post_that_is_on_its_way_meanwhile_ends_without_a_name(pocket: Pocket) -> None:
    await pocket.reputation.choose(ONE, BENI, "posts_thanks", wanted=True)
    await thank(pocket, public=True)
    async with pocket.in_flight(Verb.SEND):
        assert await forget(pocket)
    await pocket.due()
    assert pocket.discord.texts(YARD) == [HIDDEN]


async def test_who_comes_back_begins_anew(pocket: Pocket) -> None:
    await live(pocket)
    await forget(pocket)
    await pocket.due()
    assert await forget(pocket)
    assert await chains(pocket, AKI) == 0
    assert (await pocket.reputation.openness(ONE, AKI)).shows_word is False
    before = len(await entries(pocket))
    thanks = await thank(pocket)
    assert (thanks.sequence, thanks.giver_id) == (before + 1, AKI)
    assert (await pocket.standings.of(ONE, AKI)).facts.given == 1
    assert (await pocket.corrections.history(ONE, AKI)).total == 1


async def test_who_is_in_the_ledger_and_in_the_server_is_not_forgotten_for_being_away(pocket: Pocket) -> None:
    await live(pocket)
    pocket.clock.push(LEFT_KEPT + timedelta(days=30))
    await pocket.sweep.run(SWEEP)
    await pocket.due()
    assert len(await pocket.rows("SELECT * FROM accounts WHERE member_id = ?", AKI)) == 1
    assert len(await pocket.rows("SELECT * FROM members WHERE member_id = ?", AKI)) == 1
    assert WORDS[0] in pocket.discord.texts(YARD)


async def test_who_was_in_no_entry_is_forgotten_all_the_same(pocket: Pocket) -> None:
    await pocket.reputation.choose(ONE, AKI, "shows_word", wanted=True)
    assert await forget(pocket)
    assert await pocket.rows("SELECT * FROM openness") == []
