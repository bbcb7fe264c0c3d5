"""Whatever was posted or opened before a restart works after it, and says so when its object is gone."""

from datetime import timedelta

import pytest

from bot.features.setup.model import MADE
from tests.flows.everything import LAST, everything, operable, operate, pattern, times_done
from tests.flows.gratitude import REASON, WHY
from tests.flows.messages import Json, controls
from tests.flows.people import Answer, Person
from tests.flows.village import Village

pytestmark = pytest.mark.untraced

# What comes to nothing wherever it still stands: all channels that the bot can make are chosen by then, and the crisis
# words that were to be left are posted.
OVERTAKEN = {*(f"v1:setup:make_{card}" for card in MADE.values()), "v1:safety:crisis_leave"}


async def test_every_control_works_after_a_restart(bare: Village) -> None:
    found = operable(await everything(bare))
    await bare.restart()
    answered, done = set(), set()
    for person, card, part in found:
        before, name = times_done(bare), pattern(part["custom_id"])
        answer = await operate(person, card, part)
        answered |= set() if ":promise_" in name else {name}  # which go on to what opens a form, whatever that is
        done |= {name} if times_done(bare) > before else set()
        if answer.form is None:
            assert answer.text != person.text("errors.unknown_control")
    assert answered == {name for name in bare.custom_ids() if ":form-" not in name}
    assert answered - done == OVERTAKEN


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
    greeters = [bare.people[each] for each in opened["v1:introductions:form-thank_greeters"][1].filled["greeters"]]
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
        "safety:form-write": {"letter": "ここにいます"},
        "hold": {"days": ["3"], "hold_reason": "理由"},
        "answer": {"answer": "返事"},
        "rules": {"rules": "ことば"},
        "thank": {"member": [bare.move_in("Lena")], "reason": REASON, "sharing": ["private"]},
        "thank_greeters": {"greeters": greeters, "reason": REASON, "sharing": ["public"]},
        "reverse": {"reversal": WHY},
        "reverse_flag": {"reversal": WHY},
    }
    plan: Json = {"days": ["0"], "at": "6:15", "zone": ""}
    check_ins: dict[str, Json] = {
        "answer": {"words": "再起動のあと", "shows": ["name"]},
        "own_answer": {"words": "再起動のあと"},
        "own_plan": plan,
        "own_pause": {"until": f"{bare.env.now() + timedelta(days=3):%m/%d}"},
        "schedule_add": plan | {"channel": [bare.door]},
        "schedule_edit": plan | {"channel": [bare.door]},
        "prompt_add": {"prompt_ja": "再起動のあとは？", "prompt_en": ""},
        "prompt_edit": {"prompt_en": "After the restart?"},
        "letter": {"letter_day": ["5"], "letter_hour": ["9"]},
    }
    helpers = [bare.people[each] for each in opened["v1:peer_help:form-thank"][1].filled["thanked"]]
    written: Json = {"topic": ["health"], "wants": ["advice"], "title": "再起動のあと"}
    asks: dict[str, Json] = {
        "ask": written | {"anonymous": ["no"]},
        "ask_named": written,
        "edit": written,
        "let_helpers_know": {"topic": ["health"], "wants": ["listen"]},
        "resolve": {"thanked": [], "helped": "話せたこと"},
        "thank": {"thanked": helpers, "reason": REASON},
        "after": {"after": "元気です"},
        "after_asked": {"after": "元気です"},
        "reply": {"reply": "返事です"},
        "reply_asked": {"reply": "返事です"},
        "search": {"text": "書"},
        "unmask": {"unmask_reason": "理由"},
    }
    (read_by,) = opened["v1:blog_reviews:form-thank"][1].filled["thanked"]
    own: Json = {"url": "https://note.com/aki/n/restarted", "title": "再起動のあと", "wants": ["clarity"]}
    reviews: dict[str, Json] = {
        **{name: {"by": ["week"]} for name in ("claim", "claim_asked", "redate", "redate_asked")},
        **{name: {"worked": "よかったです"} for name in ("deliver", "deliver_asked")},
        "request": own,
        "edit": own | {"url": "https://note.com/aki/n/edited"},
        "quick": {"quick": "ひとこと"},
        "thank": {"thanked": [bare.people[read_by]], "reason": REASON},
        "thank_asked": {"reason": REASON},
    }
    ending = ("form-resolve", "form-deliver", "form-deliver_asked")  # what others are about
    for name in sorted(opened, key=lambda name: name.endswith(ending)):
        person, form = opened[name]
        filled = {"peer_help": asks, "blog_reviews": reviews, "check_ins": check_ins}.get(name.split(":")[1], values)
        by_action = filled.get(name.partition("form-")[2], {})
        answer = await person.submit(form, **filled.get(name.removeprefix("v1:"), by_action))
        assert answer.text != person.text("errors.unknown_control")
        assert not answer.has("draft") or answer.has("often"), answer.text  # which only asks whether it is meant so


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
