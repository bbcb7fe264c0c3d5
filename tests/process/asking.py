"""People who ask and who answer, and all messages with controls that this brings before them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.members.reach import Kind

from .everybody import TOPICS, Village
from .loopback import Channel, Interaction, Member, Message
from .private import CRY, agree, newest_dm
from .running import PATIENCE, Bot, Place, until

PSEUDONYMS = 3  # of each asker: with two of these, moderators turn pages
MONTH = 31 * 24 * 60 * 60 * 10**6  # longer than anything waits, in the database's microseconds
NOT_GREET = [kind for kind in Kind if kind is not Kind.GREET]


async def fill(village: Village, bot: Bot) -> None:
    """Let members ask, by name and under pseudonyms, and be asked; and moderators look after it."""
    place = village.place
    forum = place.discord.create_forum(place.guild, "asks")
    await place.choose("help_channel", forum)
    askings = [
        await Asking.begun(village, bot, forum, person.user.locale, topic)
        for person, topic in zip(village.members, TOPICS, strict=True)
    ]
    for asking in askings:
        await asking.ask()
        await asking.talk()
        await asking.fall_silent()
        await asking.lose()
        await asking.resolve()
        await asking.hide()
        await asking.open_by_hand()
    for asking in askings:
        await asking.look()
    await _look_after(village)


async def pose(
    place: Place,
    person: Member,
    title: str,
    *,
    topic: str = "job_change",
    wants: str = "advice",
    anonymous: bool = False,
) -> Interaction:
    """Ask something, from the command to the answer."""
    choices = {"topic": [topic], "wants": [wants], "anonymous": ["yes" if anonymous else "no"]}
    return await place.submit(person, await place.command(person, "ask new"), title=title, **choices)


async def post_now(bot: Bot, place: Place, preview: Interaction, person: Member) -> None:
    """Let an anonymous ask be posted that was looked at; the minutes which it waits for are taken off."""
    await place.press(person, preview, "post_now")
    bot.rows("UPDATE asks SET posts_at = asked_at - 600000000, step_at = 0 WHERE state = 'waiting'")
    bot.rows(
        "UPDATE effects SET due_at = 0 WHERE state = 'waiting' AND feature = 'peer_help' AND verb IN ('post', 'job')"
    )
    await place.wake()


@dataclass
class Asking:
    """Somebody who asks, somebody who knows about it, and what comes before both."""

    village: Village
    bot: Bot
    forum: Channel
    locale: str
    topic: str
    asker: Member
    helper: Member

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.village.place

    @classmethod
    async def begun(cls, village: Village, bot: Bot, forum: Channel, locale: str, topic: str) -> "Asking":
        """Let both move in; they like to be told of everything."""
        place = village.place
        asker, helper = place.member(f"asker {locale}", locale), place.member(f"helper {locale}", locale)
        await place.write(helper, "I fix old clocks", offer_topics=[topic])
        for person in (asker, helper):
            await agree(place, person, *NOT_GREET)
        return cls(village, bot, forum, locale, topic, asker, helper)

    async def ask(self) -> None:
        """Let one ask wait for the helper, who is asked about it."""
        card = await self._asked("the way")
        await self._told(self.helper, "here_asked")
        for person in (self.asker, self.helper):
            self.village.keep(person, card)

    async def talk(self) -> None:
        """Let the helper come to another, and say nothing for long."""
        card = await self._asked("the weather")
        self.village.keep(self.helper, await self.place.press(self.helper, card, "here"))
        mine = await self._managed(self.asker, "the weather")
        self.village.keep(self.asker, mine)
        self.village.keep(self.asker, await self.place.press(self.asker, mine, "withdraw"))
        await self._later("the weather")
        await self._told(self.helper, "step_back_asked")

    async def fall_silent(self) -> None:
        """Let the helper write, and the asker say nothing for long."""
        await self._answered("the time")
        await self._later("the time")
        await self._told(self.asker, "still_open")

    async def lose(self) -> None:
        """Let a thread be deleted."""
        card = await self._asked("the sea")
        self.place.discord.delete_channel(card.channel)
        await self._told(self.asker, "reopen_asked")

    async def resolve(self) -> None:
        """Let one come to a good end, long ago."""
        await self._answered("the hills")
        form = await self.place.press(self.asker, await self._managed(self.asker, "the hills"), "resolve")
        self.village.keep(self.asker, await self.place.submit(self.asker, form))
        self.village.keep(self.asker, await self.place.command(self.asker, "ask mine"))
        await self._later("the hills")
        await self._told(self.asker, "after_asked")

    async def hide(self) -> None:
        """Let somebody ask under pseudonyms, be answered, and write crisis words."""
        place, keep = self.place, self.village.keep
        hidden = place.member(f"hidden {self.locale}", self.locale)
        await agree(place, hidden, *NOT_GREET)
        titles = [self._title(f"secret {number}") for number in range(PSEUDONYMS)]
        for title in titles:
            preview = await pose(place, hidden, title, topic=self.topic, anonymous=True)
            await post_now(self.bot, place, preview, hidden)
        cards = [await self._card(title) for title in titles]
        place.discord.member_message(self.helper, cards[0].channel, "I know that, too")
        answered = await self._told(hidden, "reply_asked")
        form = await place.press(hidden, answered, "reply_asked")
        keep(hidden, await place.submit(hidden, form, reply=CRY), "crisis_post", "crisis_leave")
        keep(hidden, await self._managed(hidden, "secret 0"))
        keep(hidden, await pose(place, hidden, self._title("another secret"), topic=self.topic, anonymous=True))
        crying = await pose(place, hidden, CRY, topic=self.topic, anonymous=True)
        keep(hidden, crying, "crisis_post", "crisis_leave")

    async def open_by_hand(self) -> None:
        """Let somebody open a post in the forum by hand."""
        opener = self.place.member(f"opener {self.locale}", self.locale)
        thread = self.place.discord.open_post(opener, self.forum, self._title("the stars"), "Is anybody there?")
        discord = self.place.discord
        offers = await discord.wait_for(lambda: discord.bot_messages(thread), PATIENCE, "offer")
        self.village.keep(opener, offers[0])

    async def look(self) -> None:
        """Let a newcomer look at what others ask, and for whom to ask."""
        place, keep = self.place, self.village.keep
        named = place.member(f"named {self.locale}", self.locale)
        await place.write(named, "I fix old bikes", offer_topics=[self.topic])
        await agree(place, named, Kind.NAMED)
        newcomer = place.member(f"newcomer {self.locale}", self.locale)
        shown = await place.command(newcomer, "intro show", member=named)
        keep(newcomer, shown)
        keep(newcomer, await place.command(newcomer, "find", topic=self.topic))
        keep(newcomer, await place.command(newcomer, "ask open"))
        keep(newcomer, await place.command(newcomer, "ask search", text="asks about"))

    def _title(self, what: str) -> str:
        return f"{self.asker.name} asks about {what}"

    async def _asked(self, what: str) -> Message:
        """Ask something; return the card."""
        await pose(self.place, self.asker, self._title(what), topic=self.topic)
        return await self._card(self._title(what))

    async def _answered(self, what: str) -> None:
        """Ask something, about which the helper says a word."""
        card = await self._asked(what)
        self.place.discord.member_message(self.helper, card.channel, "I know that, too")
        await until(lambda: self._kept(what, "turn") == "asker", f"an answer about {what}")

    async def _card(self, title: str) -> Message:
        def found() -> Sequence[Message]:
            threads = [each for each in self.place.discord.world.channels.values() if each.parent is self.forum]
            return [card for each in threads if each.name == title for card in self.place.discord.bot_messages(each)]

        card = (await self.place.discord.wait_for(found, PATIENCE, title))[0]
        await self.bot.settled()  # it has kept where that stands
        return card

    def _kept(self, what: str, column: str) -> object:
        ((found,),) = self.bot.rows(f"SELECT {column} FROM asks WHERE title = ?", self._title(what))
        return found

    async def _managed(self, person: Member, what: str) -> Interaction:
        """Open an own ask from the list of them."""
        listed = await self.place.command(person, "ask mine")
        assert listed.message is not None
        act = self.place.discord.select(person, listed.message, "mine_one", [str(self._kept(what, "ask_id"))])
        await act.answered(PATIENCE)
        return act

    async def _later(self, what: str) -> None:
        """Let a month go by for one ask."""
        await self.bot.settled()
        ask_id = self._kept(what, "ask_id")
        moved = "turn_since = turn_since - ?, ended_at = ended_at - ?, step_at = 0"
        self.bot.rows(f"UPDATE asks SET {moved} WHERE ask_id = ?", MONTH, MONTH, ask_id)
        moved = "came_at = came_at - ?, spoke_at = spoke_at - ?"
        self.bot.rows(f"UPDATE ask_helpers SET {moved} WHERE ask_id = ?", MONTH, MONTH, ask_id)
        due = "state = 'waiting' AND feature = 'peer_help' AND verb = 'job' AND object_id = ?"
        self.bot.rows(f"UPDATE effects SET due_at = 0 WHERE {due}", ask_id)
        await self.place.wake()

    async def _told(self, person: Member, control: str) -> Message:
        """Keep what somebody is told with that control, as it comes by a private message and in the inbox."""
        message = await newest_dm(self.place, person, control)
        self.village.keep(person, message)
        self.village.keep(person, await self.place.command(person, "inbox"))
        return message


async def _look_after(village: Village) -> None:
    """Let moderators look at pseudonyms: stop one, and learn by two who another is."""
    place, owner = village.place, village.place.owner

    async def pseudonyms(moderator: Member) -> Interaction:
        return await place.press(moderator, await place.command(moderator, "cases list"), "anonymous")

    form = await place.press(owner, *_first(await pseudonyms(owner), "unmask"))
    await place.submit(owner, form, unmask_reason="So that they are safe")
    for moderator in village.moderators:
        shown = await pseudonyms(moderator)
        village.keep(moderator, shown)
        village.keep(moderator, await place.press(moderator, *_first(shown, "stop")))


def _first(shown: Interaction, action: str) -> tuple[Interaction, str]:
    """Return a message with the first of its controls that does one thing."""
    assert shown.message is not None
    return shown, next(each for each in shown.message.custom_ids if each.split(":")[2] == action)
