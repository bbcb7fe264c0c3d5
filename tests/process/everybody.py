"""Everybody in a server, of both languages, and every message with controls that they have before them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from bot.features.members.model import NOTICES_PAGE
from bot.features.members.reach import Kind
from bot.features.safety.model import ACTS_PAGE, CASES_PAGE
from bot.kernel.i18n import locale_of

from .loopback import BOT_USUALLY, Interaction, Loopback, Member, Message, Permission
from .loopback.tree import walk
from .private import (
    CRY,
    INVITE,
    MONEY,
    agree,
    asked_moderators,
    asked_to_greet,
    asked_to_write,
    newest_dm,
    open_all_day,
    told_moderators,
)
from .running import PATIENCE, Place, told

BUTTON, MENU, PERSON_MENU, ROLE_MENU = 2, 3, 5, 6
LAST = (
    "withdraw_confirm",
    "let_through",
    "lift",
    "post_it",
    "anyway",
    "crisis_post",
    "crisis_leave",
    "crisis_whisper",
    "leave",
    "reopen",
    "stop_confirm",
    "source_end",
    "source_annul_confirm",
    "release",
    "release_asked",
    "another",
    "close_confirm",
    "schedule_remove_confirm",
    "take_back",
    "own_pause",
    "own_resume",
    "own_stop",
)  # change what the others are about
TOPICS = ("parenting", "health")  # each offered by one member alone


def pattern(custom_id: str) -> str:
    """Return a custom id without its object."""
    return custom_id.rpartition(":")[0]


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

    @property
    def is_private(self) -> bool:
        """Whether it stands in a private message, where Discord says nothing of the server."""
        return self.message.channel.guild is None

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
            options = self.control["options"]
            chosen = [option["value"] for option in options if option.get("default")]
            return chosen or [options[-1]["value"]]
        if self.control["type"] == ROLE_MENU:
            return [place.discord.create_role(place.guild, "nobody's")]
        if self.control["type"] == PERSON_MENU:
            return [place.owner]
        return [place.introductions if self.name.endswith("introductions_channel") else place.moderators]


@dataclass
class Village:
    """Two members, two moderators, one of each language, and all messages with controls that they have got."""

    place: Place
    members: list[Member]
    moderators: list[Member]
    got: list[tuple[Member, Message, list[dict[str, Any]], tuple[str, ...]]] = field(default_factory=list)

    @classmethod
    def settled(cls, discord: Loopback) -> "Village":
        """Return a village in a new server."""
        place = Place.made(discord)
        manage = Permission.MANAGE_GUILD
        moderators = [
            discord.add_member(place.guild, f"moderator {locale}", locale=locale, permissions=manage)
            for locale in ("ja", "en-US")
        ]
        return cls(place, [place.member("aki", "ja"), place.member("beni")], moderators)

    def keep(self, person: Member, source: Interaction | Message, *unused: str) -> None:
        """Remember a message that a person has before them, of which they leave some actions alone."""
        message = source.message if isinstance(source, Interaction) else source
        assert message is not None
        self.got.append((person, message, message.components, unused))

    def controls(self) -> list[Posted]:
        """Return all controls of all messages, what takes something away last."""
        return sorted(self._controls(), key=lambda posted: posted.name.rpartition(":")[2] in LAST)

    def _controls(self) -> Iterator[Posted]:
        for person, message, components, unused in self.got:
            for _, control in walk(components):
                if control.get("custom_id") and control["custom_id"].split(":")[2] not in unused:
                    yield Posted(person, message, control, components)


async def fill(village: Village) -> None:
    """Let everybody open everything there is."""
    place, discord = village.place, village.place.discord
    for person in village.moderators:
        village.keep(person, await place.channels(person))  # nothing chosen yet: the bot offers to help
    await place.set_up()
    await open_all_day(place)
    cards = [await place.written(place.member(f"writer {number}"), "I fix old radios") for number in range(6)]
    panel = await place.command(place.owner, "setup panel")
    await place.press(place.owner, panel, "post_panel")
    await discord.wait_for(lambda: place.introductions.pins, PATIENCE, "pinned panel")
    for person, topic in zip(village.members, TOPICS, strict=True):
        for act in (discord.slash(person, place.moderators, "intro write"), discord.press(person, cards[0], "hello")):
            await act.answered(PATIENCE)
            village.keep(person, act)  # nothing promised yet
        village.keep(person, place.introductions.pins[0])
        await _live(village, person, topic)
        await _choose(village, person)
        await _be_told(village, person)
        await _be_asked(village, person, topic)
    for moderator, person in zip(village.moderators, village.members, strict=True):
        await _decide(village, moderator, person)
    await _look_after(village)
    discord.set_bot_permissions(place.introductions, BOT_USUALLY & ~Permission.SEND_MESSAGES)
    before = len(discord.bot_messages(place.moderators))
    await place.write(place.member("unlucky"), "I fix old radios")
    await discord.wait_for(
        lambda: len(discord.bot_messages(place.moderators)) > before, PATIENCE, "word to the moderators"
    )
    for person in village.moderators:
        panel = await place.command(person, "setup panel")
        village.keep(person, panel)
        village.keep(person, await place.press(person, panel, "lists"))
        village.keep(person, await place.channels(person))
        village.keep(person, await place.command(person, "setup check"))
    discord.set_bot_permissions(place.introductions, BOT_USUALLY)


async def _live(village: Village, person: Member, topic: str) -> None:
    """Let a member introduce themselves, and look for others."""
    place, discord = village.place, village.place.discord
    form = await place.form(person)
    refused = await place.submit(person, form, now="I fix radios", link="http://localhost/")
    assert told(refused, "introductions.bad_link", locale_of(person.user.locale))
    village.keep(person, refused)
    village.keep(person, await place.submit(person, form, now=MONEY))
    village.keep(person, await place.submit(person, form, now=INVITE))
    village.keep(person, await place.submit(person, form, now=CRY))
    village.keep(person, await place.command(person, "guide"))
    written = await place.submit(person, form, now="I fix radios", offer_topics=[topic])
    village.keep(person, written)
    village.keep(person, await place.card(person))
    village.keep(person, await place.press(person, written, "unlisted"))
    village.keep(person, await place.command(person, "intro withdraw"))
    village.keep(person, await place.command(person, "find"))
    before = len(discord.bot_messages(place.introductions))
    discord.system_join(person, place.introductions)
    await discord.wait_for(lambda: len(discord.bot_messages(place.introductions)) > before, PATIENCE, "welcome")
    village.keep(person, discord.bot_messages(place.introductions)[-1])


async def _choose(village: Village, person: Member) -> None:
    """Let a member look at all that they can choose, and agree to be written to."""
    place, other = village.place, village.place.member(f"other than {person.name}")
    await agree(place, person, *Kind)
    village.keep(person, await place.command(person, "preferences"))
    overview = await place.press(person, await place.command(person, "preferences"), "consents")
    village.keep(person, overview)
    for kind in Kind:
        village.keep(person, await place.press(person, overview, f"consent_{kind}"))
    village.keep(person, await place.press(person, await place.command(person, "preferences"), "distances"))
    apart = place.discord.context_menu(person, "Keep a distance", other, place.moderators)
    await apart.answered(PATIENCE)
    village.keep(person, apart)
    village.keep(person, await place.command(person, "report", member=other, reason="other"))


async def _be_told(village: Village, person: Member) -> None:
    """Let a member be greeted often, so that their inbox has pages; it comes privately, too."""
    place, card = village.place, await village.place.card(person)
    for number in range(NOTICES_PAGE + 1):
        await place.hello(place.member(f"guest {number} of {person.name}"), card, "Radios, lovely")
    await place.discord.wait_for(lambda: len(place.discord.dms(person)) > NOTICES_PAGE, PATIENCE, "word of the hellos")
    village.keep(person, place.discord.dms(person)[-1])


async def _be_asked(village: Village, person: Member, topic: str) -> None:
    """Let a member be asked for a hello, try some that can't be said as they are, and ask for a rest."""
    place = village.place
    message = await asked_to_greet(place, person, place.member(f"newcomer to {person.name}"), topic)
    village.keep(person, message)
    village.keep(person, await place.command(person, "inbox"))
    form = await place.press(person, message, "greet_asked")
    for words in (MONEY, INVITE):
        village.keep(person, await place.submit(person, form, words=words))
    before = len(place.discord.dms(person))
    await place.write(place.member(f"second newcomer to {person.name}"), "I am new here", seek_topics=[topic])
    await place.discord.wait_for(lambda: len(place.discord.dms(person)) > before, PATIENCE, "another newcomer")
    form = await place.press(person, await newest_dm(place, person, "greet_asked"), "greet_asked")
    for unused in ("crisis_post", "crisis_leave"):
        village.keep(person, await place.submit(person, form, words=CRY), unused)
    await place.press(person, message, "rest")
    village.keep(person, message)


async def _decide(village: Village, moderator: Member, person: Member) -> None:
    """Let moderators let through one text of a member, keep back another, and put somebody else on hold."""
    place = village.place
    post = await asked_moderators(place, person, f"{INVITE}1")
    await place.press(moderator, await place.press(moderator, post, "case"), "let_through")
    village.keep(person, await newest_dm(place, person, "post_it"))
    post = await asked_moderators(place, person, f"{INVITE}2")
    form = await place.press(moderator, await place.press(moderator, post, "case"), "keep_back")
    await place.submit(moderator, form)
    village.keep(person, await newest_dm(place, person, "change"))
    village.keep(person, await place.command(person, "inbox"))
    held = place.member(f"held like {person.name}", person.user.locale)
    await agree(place, held, Kind.MODERATORS)
    village.keep(moderator, await place.command(moderator, "cases hold", member=held, days=3, reason="Please wait"))
    village.keep(held, await newest_dm(place, held, "answer"))
    village.keep(held, await place.command(held, "inbox"))


async def _look_after(village: Village) -> None:
    """Let moderators have many cases, one of them long, and texts that nobody has decided about."""
    place, reported = village.place, village.place.member("reported")
    people = [place.member(f"reporter {number}") for number in range(CASES_PAGE)]
    post = await told_moderators(place, people[0], reported)
    for reporter, another in pairwise([*people, people[0]]):
        await place.command(reporter, "report", member=reported, reason="selling", details="*" * 900)
        await place.command(reporter, "report", member=another, reason="other")
    for moderator in village.moderators:
        village.keep(moderator, post)
        held = await asked_moderators(place, place.member(f"held for {moderator.name}"), INVITE)
        village.keep(moderator, await place.press(moderator, held, "case"))
        asks = await asked_to_write(place, place.member(f"asks {moderator.name}"))
        village.keep(moderator, await place.press(moderator, asks, "case"))
        village.keep(moderator, await place.command(moderator, "cases list"))
        case = await place.press(moderator, post, "case")
        village.keep(moderator, case)
        form = await place.press(moderator, case, "note")
        for number in range(ACTS_PAGE):
            await place.submit(moderator, form, note=f"Note {number} of {moderator.name}")
        village.keep(moderator, await place.press(moderator, await place.command(moderator, "cases list"), "acts"))
