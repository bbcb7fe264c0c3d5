"""Somebody introduces themselves and nobody answers: whoever likes to greet is asked, and only as they wish."""

from datetime import timedelta

import pytest

from bot.features.introductions.model import NEXT_AFTER
from bot.features.members.choices import Choices
from bot.features.setup.service import Setup
from bot.kernel.i18n import Locale
from bot.kernel.ids import MemberId
from tests.flows.messages import Card, controls, words
from tests.flows.people import Person
from tests.flows.village import Village

SOON = timedelta(seconds=1)


@pytest.fixture
async def sleepless(village: Village) -> Village:
    """A server that never sleeps, so that others are asked at once."""
    await village.bot.service(Setup).choose_hours(village.server_id, MemberId(village.moderator.id), 0, 24)
    return village


async def welcomers(village: Village, *names: str, way: str = "dm", locale: Locale | None = None) -> tuple[Person, ...]:
    """Let people move in who know about health, never sleep, were welcomed, and like to greet."""
    people = [village.move_in(name, locale) for name in names]
    mine = []
    for person in people:
        mine.append(await person.write("ここに来て三年です", offer_topics=["health"]))
        await village.moderator.actor.send(village.hall.threads[-1], "やあ")
        await village.env.settle()
        await village.bot.service(Choices).choose_quiet(village.server_id, MemberId(person.id), 0, 0)
    for person, introduction in zip(people, mine, strict=True):
        await person.press(await person.press(introduction, "consent_greet"), f"{way}_greet")
    return tuple(people)


def asked(person: Person) -> list[Card]:
    """Return the private messages in which somebody is asked to say hello."""
    return [message for message in person.dms() if "greet_asked" in str(controls(message))]


async def test_likes_to_greet_is_chosen_below_ones_own_introduction(sleepless: Village, aki: Person) -> None:
    mine = await aki.write()
    question = await aki.press(mine, "consent_greet")
    assert question.has("dm_greet")
    assert question.has("inbox_greet")
    await aki.press(question, "dm_greet")
    chosen = await sleepless.bot.service(Choices).of(sleepless.server_id, MemberId(aki.id))
    assert {str(kind): str(way) for kind, way in chosen.consents.items()} == {"greet": "dm"}


async def test_asked_privately_and_greets_from_there(sleepless: Village, aki: Person) -> None:
    other: Locale = "en" if sleepless.locale == "ja" else "ja"
    (beni,) = await welcomers(sleepless, "Beni", locale=other)
    await aki.write("育休中の看護師です", offer_topics=["health"])
    await sleepless.pass_time(SOON)
    (message,) = asked(beni)
    assert beni.text("introductions.greet_wanted", name=f"<@{aki.id}>", words="育休中の看護師です") in words(message)
    form = await beni.press(message, "greet_asked")
    assert form.form is not None
    answer = await beni.submit(form, ready=["welcome"], words="はじめまして")
    assert beni.text("introductions.greeted") in answer.text
    hello = sleepless.cards(sleepless.hall.threads[-1])[-1]
    assert sleepless.text("introductions.hello_welcome") in words(hello)
    assert f"<@{beni.id}>" in words(hello)
    assert asked(beni) == []  # what was asked for is done


async def test_asked_in_the_inbox_alone_where_that_is_wished(sleepless: Village, aki: Person) -> None:
    (beni,) = await welcomers(sleepless, "Beni", way="inbox")
    await beni.slash("inbox")  # whoever looks into it is taken for somebody who will
    await aki.write("育休中です", offer_topics=["health"])
    await sleepless.pass_time(SOON)
    assert beni.dms() == []
    inbox = await beni.slash("inbox")
    assert "育休中です" in inbox.text
    await beni.submit(await beni.press(inbox, "greet_asked"), words="ようこそ")
    assert "ようこそ" in words(sleepless.cards(sleepless.hall.threads[-1])[-1])
    assert not (await beni.slash("inbox")).has("greet_asked")


async def test_nobody_who_has_not_agreed_is_ever_asked(sleepless: Village, aki: Person, beni: Person) -> None:
    await beni.write(offer_topics=["health"])
    await sleepless.moderator.actor.send(sleepless.hall.threads[-1], "やあ")
    await aki.write(offer_topics=["health"])
    await sleepless.pass_time(timedelta(days=1))
    assert beni.dms() == []
    assert not (await beni.slash("inbox")).has("greet_asked")


async def test_whoever_passes_or_rests_makes_way_at_once(sleepless: Village, aki: Person) -> None:
    beni, chie, dai = await welcomers(sleepless, "Beni", "Chie", "Dai")
    await aki.write(offer_topics=["health"])
    await sleepless.pass_time(SOON)
    await beni.press(asked(beni)[0], "pass")
    await sleepless.pass_time(SOON)
    assert [len(asked(person)) for person in (chie, dai)] == [1, 0]
    await chie.choose(await chie.press(asked(chie)[0], "rest"), "resting", ["7"])
    await sleepless.pass_time(SOON)
    assert len(asked(dai)) == 1


async def test_whoever_does_not_react_is_followed_by_another_after_two_hours(sleepless: Village, aki: Person) -> None:
    people = await welcomers(sleepless, "Beni", "Chie")
    await aki.write(offer_topics=["health"])
    await sleepless.pass_time(SOON)
    assert [len(asked(person)) for person in people] == [1, 0]
    await sleepless.pass_time(NEXT_AFTER)
    assert [len(asked(person)) for person in people] == [1, 1]


async def test_a_word_in_the_thread_is_an_answer_but_the_bots_and_the_owners_are_none(
    sleepless: Village, aki: Person, beni: Person
) -> None:
    await aki.write()
    thread = sleepless.thread()
    await aki.actor.send(thread, "よろしくお願いします")
    await sleepless.env.settle()
    assert (await sleepless.introduction(aki)).answered_at is None
    await beni.actor.send(sleepless.hall, "ここはスレッドではありません")
    await sleepless.env.settle()
    assert (await sleepless.introduction(aki)).answered_at is None
    await beni.actor.send(thread, "ようこそ")
    await sleepless.env.settle()
    assert (await sleepless.introduction(aki)).answered_at is not None


async def test_a_hello_that_comes_too_late_for_its_card_says_so(sleepless: Village, aki: Person) -> None:
    (beni,) = await welcomers(sleepless, "Beni")
    await aki.write(offer_topics=["health"])
    await sleepless.pass_time(SOON)
    form = await beni.press(asked(beni)[0], "greet_asked")
    await aki.press(await aki.slash("intro withdraw"), "withdraw_confirm")
    refused = await beni.submit(form, words="はじめまして")
    assert beni.text("introductions.gone") in refused.text


async def test_somebody_elses_notice_opens_nothing(sleepless: Village, aki: Person) -> None:
    (beni,) = await welcomers(sleepless, "Beni")
    await aki.write(offer_topics=["health"])
    await sleepless.pass_time(SOON)
    (control,) = [name for name in controls(asked(beni)[0]) if "greet_asked" in name]
    assert (await aki.forge(control)).form is None


async def test_a_notice_that_asks_for_no_hello_opens_none(sleepless: Village, aki: Person, beni: Person) -> None:
    await aki.write()
    await beni.greet(sleepless.cards()[0], ready=["welcome"])
    (stop,) = [name for name in controls((await aki.slash("inbox")).message) if ":stop:" in name]
    notice = stop.split(":")[3]
    for custom_id in (f"v1:introductions:greet_asked:{notice}", f"v1:members:pass:{notice}"):
        assert aki.text("members.notice_gone") in (await aki.forge(custom_id)).text
    sent = await aki.forge_form(f"v1:introductions:form-hello_asked:{notice}:1", {"words": "やあ"})
    assert aki.text("members.notice_gone") in sent.text


async def test_the_owner_hears_who_said_hello(sleepless: Village, aki: Person, beni: Person) -> None:
    mine = await aki.write()
    await aki.press(await aki.press(await aki.slash("preferences"), "consents"), "consent_answers")
    await sleepless.bot.service(Choices).choose_quiet(sleepless.server_id, MemberId(aki.id), 0, 0)
    assert mine.message is not None
    await beni.greet(sleepless.cards()[0], ready=["welcome"])
    inbox = await aki.slash("inbox")
    assert aki.text("introductions.hello_came", name=f"<@{beni.id}>") in inbox.text
    assert str(sleepless.thread().id) in str(inbox.message.components)


@pytest.mark.parametrize("is_owners", [True, False])
async def test_across_a_distance_a_hello_is_posted_and_nobody_is_called(
    sleepless: Village, aki: Person, beni: Person, is_owners: bool
) -> None:
    await aki.write()
    await beni.slash("guide")
    one, other = (aki, beni) if is_owners else (beni, aki)
    await sleepless.bot.service(Choices).keep_distance(sleepless.server_id, MemberId(one.id), MemberId(other.id))
    answer = await beni.greet(sleepless.cards()[0], ready=["welcome"])
    assert beni.text("introductions.greeted") in answer.text
    (hello,) = sleepless.cards(sleepless.thread())
    assert f"<@{aki.id}>" in words(hello)
    body = sleepless.sent(ending=f"/channels/{sleepless.thread().id}/messages")[-1]
    assert body["allowed_mentions"].get("users", []) == []
    assert f"<@{beni.id}>" not in (await aki.slash("inbox")).text
