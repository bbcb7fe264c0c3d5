"""Whatever was posted or opened before a restart works after it, and says so when its object is gone."""

from datetime import timedelta

from simcord.enums import MessageType

from bot.features.members.choices import Choices
from bot.features.members.model import NOTICES_PAGE
from bot.features.members.reach import Kind, Way
from bot.features.setup.service import Setup
from bot.kernel.ids import MemberId
from tests.flows.messages import BUTTON, CHANNEL_MENU, STRING_MENU, Card, Json, components, controls
from tests.flows.office import every_matter
from tests.flows.people import Answer, Person
from tests.flows.village import Village

LAST = ("withdraw_confirm", "let_through", "lift")  # change what the others are about


async def everything(bare: Village) -> list[tuple[Person, Card]]:
    """Return messages that hold every control there is, with who is to operate them."""
    moderator, aki, beni = bare.moderator, bare.move_in("Aki"), bare.move_in("Beni")
    empty = await moderator.slash("setup panel")
    await bare.set_up()
    for number in range(6):
        await bare.move_in(f"P{number}").write("写真が好き")
    promise = await aki.slash("intro write")
    chie = bare.move_in("Chie")
    asked = await chie.press(bare.cards()[0], "hello")
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
        (moderator, checked),
        (aki, promise),
        (chie, asked),
        (aki, mine),
        (aki, unlisted),
        (aki, await aki.slash("intro withdraw")),
        (aki, await aki.slash("find", text="写真")),
        (aki, await aki.slash("guide")),
        (beni, refused),
    ]
    dai, asking = await asked_to_greet(bare)
    private.append((dai, asking))
    private += await every_choice(bare)
    posted: list[Card] = [*bare.cards(), *bare.cards(bare.door)]
    public: list[tuple[Person, Card]] = [(beni, card) for card in posted]
    matters = await every_matter(bare)
    public += [(person, matter) for person, matter in matters if not isinstance(matter, Answer)]
    private += [(person, matter) for person, matter in matters if isinstance(matter, Answer)]
    return [*((person, answer.message) for person, answer in private), *public]


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
    found = [(person, card, part) for person, card in posted for part in components(card) if part.get("custom_id")]
    unlike = {part["custom_id"]: (person, card, part) for person, card, part in found}
    return sorted(unlike.values(), key=lambda each: each[2]["custom_id"].split(":")[2] in LAST)


def pattern(custom_id: str) -> str:
    return ":".join(custom_id.split(":")[:3])


async def test_every_control_works_after_a_restart(bare: Village) -> None:
    found = operable(await everything(bare))
    await bare.restart()
    done = set()
    for person, card, part in found:
        answer = await operate(person, card, part)
        done.add(pattern(part["custom_id"]))
        if answer.form is None:
            assert answer.text != person.text("errors.unknown_control")
    assert done == {name for name in bare.custom_ids() if ":form-" not in name}


async def test_every_form_opened_before_a_restart_is_taken_after_it(bare: Village) -> None:
    found = operable(await everything(bare))
    opened: dict[str, tuple[Person, Answer]] = {}
    for person, card, part in found:
        if part["custom_id"].split(":")[2] in LAST:
            continue
        answer = await operate(person, card, part)
        if answer.form is not None:
            opened[pattern(answer.form["custom_id"])] = person, answer
    message = await bare.move_in("Jun").actor.send(bare.hall, "ひとこと")
    opened["v1:safety:form-tell"] = bare.moderator, await bare.moderator.message_menu("Tell the moderators", message)
    assert set(opened) == {name for name in bare.custom_ids() if ":form-" in name}
    await bare.restart()
    values: dict[str, Json] = {
        "write": {"now": "再起動のあと", "link": ""},
        "hello": {"ready": ["welcome"]},
        "hello_asked": {"ready": ["welcome"]},
        "zone": {"zone": "UTC"},
        "quiet": {"quiet_from": ["1"], "quiet_to": ["2"]},
        "hours": {"waking_from": ["8"], "waking_to": ["20"]},
        "report": {"member": [bare.move_in("Kei")], "reason": ["other"]},
        "tell": {"reason": ["other"]},
        "note": {"note": "メモ"},
        "close": {"told": ["acted"]},
        "hold": {"days": ["3"], "hold_reason": "理由"},
        "answer": {"answer": "返事"},
        "rules": {"rules": "ことば"},
    }
    for name, (person, form) in opened.items():
        answer = await person.submit(form, **values.get(name.partition("form-")[2], {}))
        assert answer.text != person.text("errors.unknown_control")
        assert not answer.has("draft"), answer.text


async def test_controls_whose_object_is_gone_say_so(village: Village, aki: Person, beni: Person) -> None:
    mine = await aki.write(offer_topics=["health"])
    (card,) = village.cards()
    hello = controls(card)[0]
    village.env.backend.delete_message(village.hall.id, card.id)
    await village.restart()
    assert (await beni.forge(hello)).text == beni.text("introductions.gone")
    assert (await aki.press(mine, "withdraw")).text == aki.text("introductions.none_published")
    for action in ("write", "trades", "discreet"):
        assert (await aki.press(mine, action)).form is not None
    assert aki.text("introductions.mine_draft") in (await aki.press(mine, "unlisted")).text
