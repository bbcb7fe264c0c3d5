"""People who thank, what the ledger then holds, and all messages with controls that this brings before them."""

import itertools

from bot.features.reputation.model import FACTS_PAGE
from bot.kernel.i18n import locale_of

from .everybody import Village
from .loopback import Channel, Interaction, Member
from .private import newest_dm
from .running import PATIENCE, SECRET_KEY, Bot, Place, goen, told, until

REASON = "You read my draft twice"


async def fill(village: Village, bot: Bot) -> None:
    """Let members thank, be thanked and choose what others see, and moderators look after it."""
    place = village.place
    wall = await open_wall(place)
    sources = [place.member(f"source {number}") for number in range(5)]
    await name_sources(place, place.owner, sources)
    await make_ring(place, sources)
    for person in village.members:
        await _be_thanked(village, person)
        await _look(village, person)
        beginner = place.member(f"beginner {person.user.locale}", person.user.locale)
        early = place.discord.slash(beginner, place.moderators, "thanks", member=person, reason=REASON)
        await early.answered(PATIENCE)
        village.keep(beginner, early)  # nothing promised yet
    await until(lambda: place.discord.bot_messages(wall), "public thanks")
    for person in village.members:
        village.keep(person, place.discord.bot_messages(wall)[-1])
    forgotten = place.member("forgotten")
    await name_sources(place, place.owner, [*sources, forgotten])
    bot.rows("UPDATE accounts SET member_id = NULL WHERE member_id = ?", forgotten.id)
    for moderator, person in zip(village.moderators, village.members, strict=True):
        await _look_after(village, moderator, person, sources)


async def thank(
    place: Place, giver: Member, receiver: Member, reason: str = REASON, *, public: bool = False
) -> Interaction:
    """Thank somebody by the command."""
    options = {"public": True} if public else {}
    return await place.command(giver, "thanks", member=receiver, reason=reason, **options)


def is_recorded(act: Interaction, receiver: Member) -> bool:
    """Whether the giver was told, in their language, that their thanks is recorded."""
    return told(act, "reputation.recorded", locale_of(act.person.locale), name=f"<@{receiver.id}>")


def thanked(bot: Bot) -> list[tuple[int, int, str, bool]]:
    """Return giver, receiver, reason, and whether it stands, of each thanks in the order of the ledger."""
    columns = "giver_id, receiver_id, reason, reversed_at IS NULL"
    found = bot.rows(f"SELECT {columns} FROM thanks ORDER BY server_id, sequence")
    return [(giver, receiver, reason, bool(stands)) for giver, receiver, reason, stands in found]


async def verified(bot: Bot) -> tuple[int, str]:
    """Run `goen verify` on the bot's database; return its exit code and all it said."""
    code, out, err = await goen("verify", DATABASE_URL=bot.url, GOEN_SECRET_KEY=SECRET_KEY, LC_ALL="C.UTF-8")
    return code, (out + err).strip()


async def open_wall(place: Place) -> Channel:
    """Choose a channel for thanks that both like to be public."""
    wall = place.discord.create_channel(place.guild, "thanks")
    await place.choose("thanks_channel", wall)
    return wall


async def wish(place: Place, person: Member, *actions: str) -> Interaction:
    """Choose what others see, by the buttons in the preferences."""
    act = await place.press(person, await place.command(person, "preferences"), "openness")
    for action in actions:
        act = await place.press(person, act, action)
    return act


async def open_sources(place: Place, manager: Member) -> Interaction:
    """Open what the panel says about sources."""
    return await place.press(manager, await place.command(manager, "setup panel"), "sources")


async def name_sources(place: Place, manager: Member, people: list[Member]) -> Interaction:
    """Choose who is a source; who is not among them any more is asked about."""
    opened = await open_sources(place, manager)
    assert opened.message is not None
    act = place.discord.select(manager, opened.message, "sources_set", people)
    await act.answered(PATIENCE)
    return act


async def make_ring(place: Place, sources: list[Member]) -> None:
    """Let four thank each other, whom nobody but one source thanked, beside many who thank all round."""
    ring = [place.member(f"ring {number}") for number in range(4)]
    everybody = [*sources, *(place.member(f"neighbour {number}") for number in range(8))]
    for step in (1, 3, 4):
        for number, giver in enumerate(everybody):
            if giver is not sources[0] or step == 1:  # who has five thanks a day, and four are for the ring
                await thank(place, giver, everybody[(number + step) % len(everybody)])
    for giver, receiver in itertools.permutations(ring, 2):
        await thank(place, giver, receiver)
    for receiver in ring:
        await thank(place, sources[0], receiver)


async def _be_thanked(village: Village, person: Member) -> None:
    """Let a member be thanked often: once asking whether it may be public, once being so at once."""
    place = village.place
    for number in range(FACTS_PAGE):
        await thank(place, place.member(f"thankful {number} for {person.name}"), person)
    await _told(village, person, "agree")
    opened = await place.press(person, await place.command(person, "preferences"), "openness")
    village.keep(person, opened)
    await place.press(person, opened, "posts_thanks_on")
    for what in ("shows_word", "wears_role"):
        opened = await place.press(person, await place.command(person, "preferences"), "openness")
        village.keep(person, opened)
        village.keep(person, await place.press(person, opened, f"{what}_on"))
    await _told(village, person, "hide")
    village.keep(person, await place.command(person, "inbox"))


async def _told(village: Village, person: Member, control: str) -> None:
    await thank(village.place, village.place.member(f"loud one, {control} of {person.name}"), person, public=True)
    village.keep(person, await newest_dm(village.place, person, control))


async def _look(village: Village, person: Member) -> None:
    """Let a member thank somebody, and look at their standing."""
    place = village.place
    other = place.member(f"helper of {person.name}")
    card = await place.written(other, "I fix old clocks")
    village.keep(person, card)
    village.keep(person, await place.command(person, "intro show", member=other))
    village.keep(person, await thank(place, person, other))
    shown = await place.command(person, "standing")
    village.keep(person, shown)
    village.keep(person, await place.press(person, shown, "more"))


async def _look_after(village: Village, moderator: Member, person: Member, sources: list[Member]) -> None:
    """Let who manages the server look at sources, at a member's entries, and at sets."""
    place = village.place
    village.keep(moderator, await open_sources(place, moderator))
    one = await name_sources(place, moderator, sources[1:])
    village.keep(moderator, one)
    village.keep(moderator, await place.press(moderator, one, "source_annul"))
    village.keep(moderator, await place.command(moderator, "ledger history", member=person))
    flags = await place.command(moderator, "ledger flags")
    village.keep(moderator, flags)
    village.keep(moderator, await place.press(moderator, flags, "flag"))
