"""What is between the bot and one member alone: their choices, their inbox, and its private messages."""

from collections.abc import Awaitable

from bot.features.members.reach import Kind, Way

from .loopback import Interaction, Member, Message
from .running import PATIENCE, WORDS, Bot, Place, told

INVITE = "Come and join us at https://discord.gg/abcdef"  # held back
CRY = "I just want to disappear and never wake up"  # crisis words
MONEY = "I'd like to earn some extra money on the side, maybe 300 dollars a month"  # warned about


async def open_all_day(place: Place) -> None:
    """Let people of the server be asked at any hour."""
    form = await place.press(place.owner, await place.command(place.owner, "setup panel"), "hours")
    await place.submit(place.owner, form, waking_from=["0"], waking_to=["24"])


async def agree(place: Place, person: Member, *kinds: Kind, way: Way = Way.DM) -> None:
    """Let somebody agree to messages of these kinds, at any hour."""
    form = await place.press(person, await place.command(person, "preferences"), "quiet")
    await place.submit(person, form, quiet_from=["0"], quiet_to=["0"])
    overview = await place.press(person, await place.command(person, "preferences"), "consents")
    for kind in kinds:
        await place.press(person, await place.press(person, overview, f"consent_{kind}"), f"{way}_{kind}")


async def newest_dm(place: Place, person: Member, action: str) -> Message:
    """Wait for a private message to somebody that holds the control ``action``; return the newest."""

    def found() -> Message | None:
        held = [dm for dm in place.discord.dms(person) if any(f":{action}:" in each for each in dm.custom_ids)]
        return held[-1] if held else None

    message = await place.discord.wait_for(found, PATIENCE, f"private message to {person.name} with {action}")
    assert message is not None
    return message


async def welcomes(place: Place, person: Member, words: str = "I fix old radios") -> None:
    """Let somebody offer "health", and agree to be asked at any hour to greet who looks for it."""
    await open_all_day(place)
    await agree(place, person, Kind.GREET)
    await place.write(person, words, offer_topics=["health"])


async def asked_to_greet(place: Place, person: Member, newcomer: Member, topic: str) -> Message:
    """Let a newcomer look for ``topic``, which the person alone offers; return what asks them to say hello."""
    await place.write(newcomer, "I am new here", seek_topics=[topic])
    return await newest_dm(place, person, "greet_asked")


async def wants_word(place: Place) -> tuple[Member, Interaction]:
    """Return somebody with a card who wants private messages of hellos, and another member's open form for one."""
    person, guest = place.member("aki"), place.member("beni")
    await agree(place, person, Kind.ANSWERS)
    return person, await place.open_hello(guest, await place.written(person, "I fix old radios"))


async def greet(place: Place, form: Interaction) -> None:
    """Say hello by an open form."""
    guest = place.guild.members[form.person.id]
    assert told(await place.submit(guest, form, words="Radios, lovely"), "introductions.greeted")


async def check_told_once(place: Place, bot: Bot, person: Member) -> None:
    """Wait for the one private message that a person gets, and check that it is known to have come."""
    await place.discord.wait_for(lambda: place.discord.dms(person), PATIENCE, f"private message to {person.name}")
    await bot.settled()
    (message,) = place.discord.dms(person)
    known = bot.rows("SELECT way, message_id FROM notices WHERE member_id = ?", person.id)
    assert known == [("dm", message.id)]
    assert not told(await place.command(person, "guide"), "errors.news")


async def asked_moderators(place: Place, writer: Member, text: str) -> Message:
    """Let somebody write what is held back, and ask moderators about it; return what those are told."""
    refused = await place.write(writer, text)
    what = WORDS("en", "safety.case_held", why=WORDS("en", "safety.why_invite"))
    return await _posted(place, what, place.press(writer, refused, "ask_moderators"))


async def let_through(place: Place, writer: Member) -> Message:
    """Let a text that was held back through; return the private message by which its writer can post it."""
    await agree(place, writer, Kind.MODERATORS)
    post = await asked_moderators(place, writer, INVITE)
    await place.press(place.owner, await place.press(place.owner, post, "case"), "let_through")
    return await newest_dm(place, writer, "post_it")


async def asked_to_write(place: Place, writer: Member) -> Message:
    """Let somebody write crisis words, and ask moderators to write to them; return what those are told."""
    shown = await place.write(writer, CRY)
    return await _posted(place, WORDS("en", "safety.case_asked"), place.press(writer, shown, "crisis_write"))


async def told_moderators(place: Place, reporter: Member, person: Member) -> Message:
    """Let somebody report another, whom nobody reported before; return what moderators are told."""
    what = WORDS.plural("en", "safety.case_report", 1)
    return await _posted(place, what, place.command(reporter, "report", member=person, reason="selling"))


async def _posted(place: Place, what: str, doing: Awaitable[object]) -> Message:
    """Return the next post in the moderators' channel that says ``what``, while something is done."""

    def posts() -> list[Message]:
        return [post for post in place.discord.bot_messages(place.moderators) if what in post.text]

    before = len(posts())
    await doing
    return (await place.discord.wait_for(lambda: posts()[before:], PATIENCE, f"post that says {what!r}"))[0]
