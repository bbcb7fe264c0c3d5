"""Messages that hold every control there is, and the hands that operate them."""

from datetime import timedelta

from simcord.enums import MessageType

from bot.features.members.choices import Choices
from bot.features.members.model import NOTICES_PAGE
from bot.features.members.reach import Kind, Way
from bot.features.setup.service import Setup
from bot.kernel.ids import MemberId
from tests.flows.asking import every_ask
from tests.flows.gratitude import every_thanks
from tests.flows.messages import BUTTON, CHANNEL_MENU, STRING_MENU, Card, Json, components, controls
from tests.flows.office import every_matter, open_office, report
from tests.flows.people import Answer, Person
from tests.flows.prompting import EVERY_DAY, every_check_in, planned
from tests.flows.reviewing import every_review
from tests.flows.village import Village

# What changes what the others are about.
LAST = (
    *("withdraw_confirm", "let_through", "lift", "source_end", "source_annul_confirm"),
    *("another", "claims_limit", "close_confirm", "release", "release_asked", "show_draft"),
    *(
        "crisis_post",
        "crisis_leave",
        "leave",
        "post_now",
        "reopen",
        "reopen_asked",
        "step_back",
        "step_back_asked",
        "stop_confirm",
        "schedule_remove_confirm",
        "take_back",
        "own_stop",
    ),
)


async def everything(bare: Village) -> list[tuple[Person, Card]]:
    """Return messages that hold every control there is, with who is to operate them."""
    listed = await a_days_list(bare)  # first: days pass for it
    moderator, aki, beni = bare.moderator, bare.move_in("Aki"), bare.move_in("Beni")
    empty = await bare.channels()
    await bare.set_up()
    prompts = await every_check_in(bare)  # early: days pass for it, and drafts are kept for one
    many = [bare.move_in(f"P{number}") for number in range(6)]
    for each in many:
        await each.write("写真が好き")
    chie = bare.move_in("Chie")
    aki.promises = chie.promises = False
    promise = await aki.slash("intro write")
    asked = await chie.press(bare.cards()[0], "hello")
    aki.promises = chie.promises = True
    mine = await aki.write("写真", offer_topics=["health"])
    unlisted = await aki.press(await aki.slash("intro show"), "unlisted")
    refused = await beni.write("べに", link="nowhere")
    bare.env.inject_error("POST", f"/channels/{bare.hall.id}/messages", status=403, code=50013)
    await moderator.press(await moderator.slash("setup panel"), "post_panel")
    checked = await moderator.slash("setup check")
    await moderator.press(checked, "try_again")
    bare.guild.create_system_message(bare.door, MessageType.NEW_MEMBER, author=beni.actor)
    await bare.env.settle()
    private: list[tuple[Person, Answer]] = [
        (moderator, empty),
        (moderator, await moderator.slash("setup panel")),
        (moderator, await bare.channels()),
        (moderator, checked),
        (aki, promise),
        (chie, asked),
        (aki, mine),
        (aki, unlisted),
        (aki, await aki.slash("intro withdraw")),
        (aki, await aki.slash("find", text="写真")),
        (aki, await aki.slash("intro show", member=many[0])),
        (aki, await aki.slash("guide")),
        (beni, refused),
        (moderator, await planned(bare, EVERY_DAY, at="21:00")),  # too often, it says
    ]
    dai, asking = await asked_to_greet(bare)
    private.append((dai, asking))
    private += await every_choice(bare)
    posted: list[Card] = [*bare.cards(), *bare.cards(bare.door)]
    public: list[tuple[Person, Card]] = [*((beni, card) for card in posted), *((dai, card) for card in dai.dms())]
    matters = [*await every_matter(bare), *await every_ask(bare), *await every_review(bare)]
    matters += [*await every_thanks(bare), *prompts]
    public += [(moderator, card) for card in listed]
    public += [(person, matter) for person, matter in matters if not isinstance(matter, Answer)]
    private += [(person, matter) for person, matter in matters if isinstance(matter, Answer)]
    return [*((person, answer.message) for person, answer in private), *public]


async def a_days_list(bare: Village) -> list[Card]:
    """Return what stands in a channel for moderators on the day after a report, with the daily list."""
    office = await open_office(bare)
    await report(bare, bare.move_in("Lio"), bare.move_in("Mei"))
    for _ in range(2):  # a nine o'clock lies between two noons
        await bare.noon()
    cards: list[Card] = [*bare.cards(office)]
    assert any("v1:safety:list" in str(controls(card)) for card in cards)
    return cards


async def every_choice(bare: Village) -> list[tuple[Person, Answer]]:
    """Return all that somebody sees of their preferences, and an inbox of several pages."""
    fay = bare.move_in("Fay")
    await fay.write("いろいろ選びます")
    written = await bare.introduction(fay)
    hello = next(each for each in bare.cards() if each.id == written.message_id)
    for number in range(NOTICES_PAGE + 1):
        await bare.move_in(f"Q{number}").greet(hello, words="はじめまして")
    overview = await fay.press(await fay.slash("preferences"), "consents")
    seen = [await fay.slash("preferences"), overview, await fay.slash("inbox")]
    for kind in Kind:
        question = await fay.press(overview, f"consent_{kind}")
        await fay.press(question, f"dm_{kind}")
        seen.append(question)
    seen.append(await fay.press(await fay.slash("preferences"), "distances"))
    seen.append(await fay.user_menu("Keep a distance", bare.moderator))
    seen.append(await fay.slash("report", member=bare.move_in("Gil"), reason="other"))
    return [(fay, answer) for answer in seen]


async def asked_to_greet(bare: Village) -> tuple[Person, Answer]:
    """Return somebody who is asked to say hello, and their inbox."""
    await bare.bot.service(Setup).choose_hours(bare.server_id, MemberId(bare.moderator.id), 0, 24)
    dai = bare.move_in("Dai")
    await dai.write("写真")
    choices, dai_id = bare.bot.service(Choices), MemberId(dai.id)
    await choices.choose_quiet(bare.server_id, dai_id, 0, 0)
    await choices.consent(bare.server_id, dai_id, Kind.GREET, Way.DM)
    await bare.move_in("Emi").write("だれか挨拶してくれるかな")
    await bare.pass_time(timedelta(seconds=1))
    return dai, await dai.slash("inbox")


async def operate(person: Person, message: Card, part: Json) -> Answer:
    """Press a button, or choose the first that a menu offers; what was pressed before may have changed the message."""
    offered: list[str] | None = None if part["type"] == BUTTON else []
    if part["type"] == STRING_MENU:
        offered = [part["options"][0]["value"]]
    if part["type"] == CHANNEL_MENU:
        offered = [str(person.village.hall.id)]
    return await person.forge(part["custom_id"], offered, message)


def operable(posted: list[tuple[Person, Card]]) -> list[tuple[Person, Card, Json]]:
    """Return all that can be pressed, each once in a private message and once elsewhere; what takes away is last."""
    found = [(person, card, part) for person, card in posted for part in components(card) if part.get("custom_id")]
    unlike = {(part["custom_id"], card in person.dms()): (person, card, part) for person, card, part in found}
    return sorted(unlike.values(), key=lambda each: each[2]["custom_id"].split(":")[2] in LAST)


def pattern(custom_id: str) -> str:
    """Return a custom id without its object, as the router knows it."""
    return ":".join(custom_id.split(":")[:3])


def times_done(village: Village) -> float:
    """Return how many presses and forms came to what they are for: none that was refused, or that failed."""
    registry = village.bot.metrics.registry
    labels = [{"kind": kind, "outcome": "done"} for kind in ("press", "form")]
    return sum(registry.get_sample_value("goen_interactions_total", each) or 0 for each in labels)
