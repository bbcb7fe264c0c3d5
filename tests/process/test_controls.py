"""Controls and forms that were posted or opened before a restart, pressed and sent after it."""

import re
from dataclasses import dataclass, field
from typing import Any, cast

from bot.app import create_bot
from bot.kernel.i18n import Locale, locale_of
from bot.settings import Settings
from cogs._ui.controls import Router

from .loopback import BOT_USUALLY, Asked, Interaction, Loopback, Member, Message, Permission
from .loopback.tree import walk
from .running import PATIENCE, WORDS, Bot, Place, told, until

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
BUTTON, MENU, ROLE_MENU, CHANNEL_MENU = 2, 3, 6, 8
# Pressed after a restart, in both languages, by tests/flows/test_restart.py, and not over sockets yet.
IN_PROCESS = ("v1:members:", "v1:safety:", "v1:introductions:greet_asked", "v1:introductions:anyway")
UNEXPECTED = ("errors.unexpected", "errors.unknown_control", "errors.restarting")


def pattern(custom_id: str) -> str:
    """Return a custom id without its object."""
    return custom_id.rpartition(":")[0]


async def every_control() -> set[str]:
    """Return all controls that the bot would answer, forms left out, as patterns."""
    client = create_bot(Settings({"DATABASE_URL": "sqlite+aiosqlite:///unopened"}))
    await client.fasten_face()
    known = {each for each in Router.of(cast("Any", client)).controls() if ":form-" not in each}
    await client.http.close()
    return known


def speaks(person: Member, act: Interaction) -> bool:
    """Whether an answer is in the person's language, and in no other."""
    shown = _shown(act).replace(WORDS("ja", "setup.language_name"), "")
    return bool(JAPANESE.search(shown)) == person.user.locale.startswith("ja")


def _shown(act: Interaction) -> str:
    if act.modal is not None:
        labels = [component.get("label") or "" for _, component in walk(act.modal.components)]
        return "\n".join([act.modal.title, *labels])
    assert act.message is not None
    return act.message.text


def refused_as(act: Interaction, locale: Locale) -> list[str]:
    """Return which of the answers that no control may get it got."""
    shown = _shown(act)
    return [key for key in UNEXPECTED if WORDS(locale, key, code="").split("(")[0].split("（")[0] in shown]


@dataclass
class Posted:
    """One control on a message, who has it before them, and all that stood in the message when it was shown."""

    person: Member
    message: Message
    control: dict[str, Any]
    components: list[dict[str, Any]]

    @property
    def name(self) -> str:
        """Its custom id without the object."""
        return pattern(self.control["custom_id"])

    async def use(self, place: Place) -> Interaction:
        """Press it, or choose in it."""
        discord, custom_id, kind = place.discord, self.control["custom_id"], self.control["type"]
        self.message.components = self.components  # a press may have changed it, and a phone still shows what was there
        if kind == BUTTON:
            act = discord.press(self.person, self.message, custom_id)
        else:
            act = discord.select(self.person, self.message, custom_id, self._choice(place))
        await act.answered(PATIENCE)
        return act

    def _choice(self, place: Place) -> list[Any]:
        if self.control["type"] == MENU:
            return [self.control["options"][-1]["value"]]
        if self.control["type"] == ROLE_MENU:
            return [place.guild.everyone]
        return [place.introductions if self.name.endswith("introductions_channel") else place.moderators]


@dataclass
class Village:
    """Two members, two moderators, one of each language, and all messages with controls that they have got."""

    place: Place
    members: list[Member]
    moderators: list[Member]
    got: list[tuple[Member, Message, list[dict[str, Any]]]] = field(default_factory=list)

    def keep(self, person: Member, source: Interaction | Message) -> None:
        """Remember a message that a person has before them."""
        message = source.message if isinstance(source, Interaction) else source
        assert message is not None
        self.got.append((person, message, message.components))

    def controls(self) -> list[Posted]:
        """Return all controls of all messages, what takes something away last."""
        found = [
            Posted(person, message, control, components)
            for person, message, components in self.got
            for _, control in walk(components)
            if control.get("custom_id")
        ]
        return sorted(found, key=lambda posted: posted.name.endswith("withdraw_confirm"))


async def fill(village: Village) -> None:
    """Let everybody open everything there is."""
    place, discord = village.place, village.place.discord
    for person in village.moderators:
        village.keep(person, await place.command(person, "setup panel"))  # nothing chosen yet: the bot offers to help
    await place.set_up()
    cards = [await place.written(place.member(f"writer {number}"), "I fix old radios") for number in range(6)]
    panel = await place.command(place.owner, "setup panel")
    await place.press(place.owner, panel, "post_panel")
    await discord.wait_for(lambda: place.introductions.pins, PATIENCE, "pinned panel")
    for person in village.members:
        village.keep(person, await place.command(person, "intro write"))
        village.keep(person, await place.press(person, cards[0], "hello"))  # nothing promised yet
        village.keep(person, place.introductions.pins[0])
        await _live(village, person)
    discord.set_bot_permissions(place.introductions, BOT_USUALLY & ~Permission.SEND_MESSAGES)
    await place.write(place.member("unlucky"), "I fix old radios")
    await discord.wait_for(lambda: discord.bot_messages(place.moderators), PATIENCE, "word to the moderators")
    for person in village.moderators:
        village.keep(person, await place.command(person, "setup panel"))
        village.keep(person, await place.command(person, "setup check"))
    discord.set_bot_permissions(place.introductions, BOT_USUALLY)


async def _live(village: Village, person: Member) -> None:
    place, discord = village.place, village.place.discord
    form = await place.form(person)
    refused = await place.submit(person, form, now="I fix radios", link="http://localhost/")
    assert told(refused, "introductions.bad_link", locale_of(person.user.locale))
    village.keep(person, refused)
    village.keep(person, await place.command(person, "guide"))
    written = await place.submit(person, form, now="I fix radios", offer_topics=["parenting"])
    village.keep(person, written)
    village.keep(person, await place.card(person))
    village.keep(person, await place.press(person, written, "unlisted"))
    village.keep(person, await place.command(person, "intro withdraw"))
    village.keep(person, await place.command(person, "find"))
    before = len(discord.bot_messages(place.introductions))
    discord.system_join(person, place.introductions)
    await discord.wait_for(lambda: len(discord.bot_messages(place.introductions)) > before, PATIENCE, "welcome")
    village.keep(person, discord.bot_messages(place.introductions)[-1])


async def test_every_control_works_after_a_restart_in_the_members_language(bot: Bot, discord: Loopback) -> None:
    place = Place.made(discord)
    await bot.start()
    moderators = [
        discord.add_member(place.guild, f"moderator {locale}", locale=locale, permissions=Permission.MANAGE_GUILD)
        for locale in ("ja", "en-US")
    ]
    village = Village(place, [place.member("aki", "ja"), place.member("beni")], moderators)
    await fill(village)
    await bot.restart()
    used: dict[str, set[str]] = {}
    for posted in village.controls():
        act = await posted.use(place)
        assert not refused_as(act, locale_of(posted.person.user.locale)), f"{posted.name}: {_shown(act)}"
        assert speaks(posted.person, act), f"{posted.name} by {posted.person.name}: {_shown(act)}"
        used.setdefault(posted.name, set()).add(posted.person.user.locale)
    asked_for = {name for name in await every_control() if not name.startswith(IN_PROCESS)}
    missing = {name: used.get(name, set()) for name in asked_for if used.get(name) != {"ja", "en-US"}}
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
