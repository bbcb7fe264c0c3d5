"""Controls and forms that were posted or opened before a restart, pressed and sent after it."""

import re
from typing import Any, cast

from bot.app import create_bot
from bot.features.check_ins.shipped import SHIPPED
from bot.features.members.reach import Kind
from bot.kernel.i18n import Locale, locale_of
from bot.settings import Settings
from cogs._ui.controls import Router
from cogs._ui.rights import FoundBy

from . import asking, prompting, reviewing, thankful
from .everybody import Village, fill
from .loopback import Asked, Interaction, Loopback, Member, Message, Permission
from .loopback.tree import walk
from .private import agree, asked_to_greet, let_through, newest_dm, welcomes
from .running import PATIENCE, WORDS, Bot, Place, told, until
from .thankful import REASON, is_recorded, make_ring, name_sources, thanked

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
BUTTON = 2
UNEXPECTED = ("errors.unexpected", "errors.unknown_control", "errors.restarting", "errors.servers_only")
# In private messages all is there still: what takes it away is pressed last.
GONE = ("members.notice_gone", "members.draft_gone", "safety.text_gone", "safety.not_held", "introductions.gone")


async def every_control() -> set[tuple[str, bool]]:
    """Return all controls that the bot would answer, forms left out: patterns, and whether in a private message."""
    client = create_bot(Settings({"DATABASE_URL": "sqlite+aiosqlite:///unopened"}))
    await client.fasten_face()
    known = Router.of(cast("Any", client)).controls().items()
    await client.http.close()
    pressed = {(name, control.found_by) for name, control in known if ":form-" not in name}
    return {(name, False) for name, _ in pressed} | {
        (name, True) for name, found_by in pressed if found_by is not FoundBy.SERVER
    }


def speaks(person: Member, act: Interaction) -> bool:
    """Whether an answer is in the person's language, and in no other, but for prompts, shown to moderators in both."""
    shown = _shown(act)
    for key in ("setup.language_name", *(f"prompt.{code}" for code in SHIPPED)):
        shown = shown.replace(WORDS("ja", key), "")
    return bool(JAPANESE.search(shown)) == person.user.locale.startswith("ja")


def _shown(act: Interaction) -> str:
    if act.modal is not None:
        labels = [component.get("label") or "" for _, component in walk(act.modal.components)]
        return "\n".join([act.modal.title, *labels])
    assert act.message is not None
    return act.message.text


def refused_as(act: Interaction, locale: Locale, *, is_private: bool) -> list[str]:
    """Return which of the answers that no control may get it got."""
    shown, keys = _shown(act), (*UNEXPECTED, *(GONE if is_private else ()))
    return [key for key in keys if WORDS(locale, key, code="").split("(")[0].split("（")[0] in shown]


async def test_every_control_works_after_a_restart_in_the_members_language(bot: Bot, discord: Loopback) -> None:
    await bot.start()
    village = Village.settled(discord)
    await fill(village)
    await thankful.fill(village, bot)
    await reviewing.fill(village, bot)
    await asking.fill(village, bot)
    await prompting.fill(village, bot)
    await bot.restart()
    used: dict[tuple[str, bool], set[str]] = {}
    for posted in village.controls():
        act = await posted.use(village.place)
        refused = refused_as(act, locale_of(posted.person.user.locale), is_private=posted.is_private)
        assert not refused, f"{posted.name}: {_shown(act)}"
        assert speaks(posted.person, act), f"{posted.name} by {posted.person.name}: {_shown(act)}"
        used.setdefault((posted.name, posted.is_private), set()).add(posted.person.user.locale)
    missing = {each: used.get(each, set()) for each in await every_control() if used.get(each) != {"ja", "en-US"}}
    assert missing == {}


def forged(discord: Loopback, person: Member, message: Message, custom_id: str) -> Interaction:
    """Press a button that the person's app still shows."""
    data = {"custom_id": custom_id, "component_type": BUTTON, "id": 1}
    return discord.forge(Asked.COMPONENT, person, message.channel, data, source=message)


async def test_hello_says_so_when_its_introduction_is_withdrawn_or_its_thread_deleted(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, chie = place.member("aki"), place.member("chie")
    visitors: dict[Locale, Member] = {"ja": place.member("beni", "ja"), "en": place.member("dai")}
    withdrawn, closed = await place.written(aki, "I fix old radios"), await place.written(chie, "I fix old clocks")
    hellos = {card: card.control("hello")["custom_id"] for card in (withdrawn, closed)}
    forms = {locale: await place.open_hello(visitor, withdrawn) for locale, visitor in visitors.items()}
    assert closed.thread is not None
    discord.delete_channel(closed.thread)
    await place.press(aki, await place.command(aki, "intro withdraw"), "withdraw_confirm")
    await discord.wait_for(lambda: not withdrawn.custom_ids and not closed.custom_ids, PATIENCE, "cards without hello")
    await bot.settled()
    await bot.restart()
    for locale, visitor in visitors.items():
        for card, key in ((withdrawn, "introductions.gone"), (closed, "introductions.thread_gone")):
            act = forged(discord, visitor, card, hellos[card])
            await act.answered(PATIENCE)
            assert told(act, key, locale)
        late = await place.submit(visitor, forms[locale], words="Radios, lovely")
        assert told(late, "introductions.gone", locale)
        assert late.message is not None
        assert late.message.control("draft")


async def test_a_deleted_cards_owner_is_told_and_can_publish_again(bot: Bot, discord: Loopback, place: Place) -> None:
    owners: dict[Locale, Member] = {"ja": place.member("aki", "ja"), "en": place.member("beni")}
    cards = {locale: await place.written(owner, "I fix old radios") for locale, owner in owners.items()}
    mine = {locale: await place.command(owner, "intro show") for locale, owner in owners.items()}
    await bot.kill()
    await bot.start()
    for card in cards.values():
        assert card.thread is not None
        discord.delete_message(card)
    await until(lambda: set(bot.rows("SELECT state FROM introductions")) == {("draft",)}, "deletions noticed")
    for locale, owner in owners.items():
        act = await place.press(owner, mine[locale], "withdraw")
        assert told(act, "introductions.none_published", locale)
        shown = await place.command(owner, "intro show")
        assert told(shown, "introductions.mine_draft", locale)
        await place.submit(owner, await place.press(owner, shown, "write"))
        await place.card(owner)
    await bot.settled()
    assert all(len(place.cards(owner)) == 1 for owner in owners.values())


async def test_a_draft_says_so_when_its_form_went_through(bot: Bot, place: Place) -> None:
    writers: dict[Locale, Member] = {"ja": place.member("aki", "ja"), "en": place.member("beni")}
    drafts = {}
    for locale, writer in writers.items():
        form = await place.form(writer)
        drafts[locale] = await place.submit(writer, form, now="I fix old radios", link="http://localhost/")
        await place.submit(writer, form, now="I fix old radios")
    await until(lambda: not bot.rows("SELECT 1 FROM drafts"), "drafts forgotten")  # after the answer
    await bot.restart()
    for locale, writer in writers.items():
        assert told(await place.press(writer, drafts[locale], "draft"), "members.draft_gone", locale)


async def test_two_members_with_the_same_form_open_keep_their_own_words(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    card = await place.written(place.member("aki"), "I fix old radios")
    beni, chie = place.member("beni"), place.member("chie")
    opened = [await place.open_hello(person, card) for person in (beni, chie)]
    assert all(act.modal is not None for act in opened)
    sent = [
        discord.submit(person, act.modal, {"words": f"It is {person.name}"})
        for person, act in zip((beni, chie), opened, strict=True)
        if act.modal is not None
    ]
    for act in sent:
        await act.answered(PATIENCE)
        assert told(act, "introductions.greeted")
    await bot.settled()
    said = place.hellos(card)
    assert len(said) == 2
    for person in (beni, chie):
        assert [f"from <@{person.id}>" in text for text in said] == [f"It is {person.name}" in text for text in said]


async def test_forms_opened_before_a_restart_are_sent_after_it(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni = place.member("aki"), place.member("beni", "ja")
    card = await place.written(aki, "I fix old radios")
    writing, greeting = await place.form(beni), await place.open_hello(beni, card)
    mine = await place.command(aki, "intro show")
    trading = await place.press(aki, mine, "trades")
    searching = await place.press(beni, await place.command(beni, "find"), "search")
    zone = await place.press(place.owner, await place.command(place.owner, "setup panel"), "zone_other")
    await bot.restart()
    assert told(await place.submit(beni, writing, now="時計を直します"), "introductions.written", "ja")
    assert told(await place.submit(beni, greeting, words="いいですね"), "introductions.greeted", "ja")
    changed = await place.submit(aki, trading, trades=["design"], trade_line="and clocks")
    assert told(changed, "introductions.changed")
    found = await place.submit(beni, searching, text="radios")
    assert found.message is not None
    assert "I fix old radios" in found.message.text
    assert told(await place.submit(place.owner, zone, zone="Europe/Berlin"), "setup.saved")
    await place.card(beni)
    await bot.settled()
    place.check_once(aki, beni)
    assert "and clocks" in card.text
    assert any("いいですね" in text for text in place.hellos(card))


async def test_forms_opened_in_private_messages_before_a_restart_are_sent_after_it(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki, beni, chie = place.member("aki", "ja"), place.member("beni"), place.member("chie", "ja")
    await welcomes(place, aki, "ラジオを直します")
    greeting = await place.press(aki, await asked_to_greet(place, aki, beni, "health"), "greet_asked")
    await agree(place, chie, Kind.MODERATORS)
    await place.command(place.owner, "cases hold", member=chie, days=3, reason="Please wait")
    answering = await place.press(chie, await newest_dm(place, chie, "answer"), "answer")
    await bot.restart()
    assert told(await place.submit(aki, greeting, words="ようこそ"), "introductions.greeted", "ja")
    assert told(await place.submit(chie, answering, answer="わかりました"), "safety.answered", "ja")
    await bot.settled()
    (said,) = place.hellos(await place.card(beni))
    assert "ようこそ" in said
    (post,) = discord.bot_messages(place.moderators)
    case = await place.press(place.owner, post, "case")
    assert case.message is not None
    assert "わかりました" in case.message.text


async def test_reports_begun_before_a_restart_are_sent_after_it(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni = place.member("aki"), place.member("beni", "ja")
    by_name = await place.press(aki, await place.command(aki, "guide"), "report")
    message = discord.member_message(beni, place.introductions, "Buy my course")
    by_message = discord.context_menu(aki, "Tell the moderators", message, place.introductions)
    await by_message.answered(PATIENCE)
    await bot.restart()
    discord.delete_message(message)
    sent = await place.submit(aki, by_name, member=[beni], reason=["selling"], details="See there")
    assert told(sent, "safety.reported")
    sent = await place.submit(aki, by_message, reason=["selling"], details="See here")
    assert told(sent, "safety.reported")
    await bot.settled()
    (post,) = discord.bot_messages(place.moderators)
    case = await place.press(place.owner, post, "case")
    assert case.message is not None
    for words in ("See there", "See here", "Buy my course"):
        assert words in case.message.text


async def test_thanks_begun_before_a_restart_are_recorded_after_it(bot: Bot, discord: Loopback, place: Place) -> None:
    aki, beni, chie = place.member("aki"), place.member("beni", "ja"), place.member("chie")
    card, own = await place.written(aki, "I fix old radios"), await place.written(beni, "ラジオを直します")
    await place.hello(chie, own, "Radios, lovely")
    by_card, by_menu = (
        await place.press(beni, card, "thanks"),
        discord.context_menu(aki, "Say thanks", chie, own.channel),
    )
    await by_menu.answered(PATIENCE)
    to_anybody = await place.press(chie, await place.command(chie, "guide"), "thank")
    to_greeters = await place.press(beni, own, "thanks")
    await bot.restart()
    assert is_recorded(await place.submit(beni, by_card, reason="下書きを読んでくれました"), aki)
    assert is_recorded(await place.submit(aki, by_menu, reason=REASON), chie)
    assert is_recorded(await place.submit(chie, to_anybody, member=[beni], reason=REASON), beni)
    thanked_all = await place.submit(beni, to_greeters, reason="すてきな挨拶をくれました")
    assert speaks(beni, thanked_all)
    given = [(giver, receiver) for giver, receiver, _, stands in thanked(bot) if stands]
    assert given == [(beni.id, aki.id), (aki.id, chie.id), (chie.id, beni.id), (beni.id, chie.id)]


async def test_reversals_begun_before_a_restart_are_done_after_it(bot: Bot, discord: Loopback, place: Place) -> None:
    sources = [place.member(f"source {number}") for number in range(5)]
    manager = discord.add_member(place.guild, "manager", locale="ja", permissions=Permission.MANAGE_GUILD)
    await name_sources(place, place.owner, sources)
    await make_ring(place, sources)
    history = await place.command(manager, "ledger history", member=sources[1])
    assert history.message is not None
    (option, *_) = history.message.control("reverse_chosen")["options"]
    one = discord.select(manager, history.message, "reverse_chosen", [option["value"]])
    await one.answered(PATIENCE)
    found = await place.press(manager, await place.command(manager, "ledger flags"), "flag")
    many = await place.press(manager, found, "reverse_flag")
    await bot.restart()
    for form, count in ((one, 1), (many, 4)):
        act = await place.submit(manager, form, reversal="送り間違いでした")
        assert act.message is not None
        assert WORDS.plural("ja", "reputation.reversed", count) in act.message.text
    assert sum(not stands for _, _, _, stands in thanked(bot)) == 1 + 4


async def test_a_draft_in_a_private_message_whose_form_is_the_servers_shows_the_way(
    bot: Bot, discord: Loopback, place: Place
) -> None:
    aki = place.member("aki")
    message = await let_through(place, aki)
    await place.write(aki, "I fix old clocks")
    refused = await place.press(aki, message, "post_it")
    assert told(refused, "introductions.newer_written")
    opened = await place.press(aki, refused, "draft")
    assert opened.modal is None  # it could not be sent from here
    assert told(opened, "safety.change_elsewhere")
    form = await place.press(aki, await place.command(aki, "guide"), "draft")
    assert form.modal is not None
    assert told(await place.submit(aki, form, now="I fix old bikes"), "introductions.changed")
