"""The thanks button of introduction cards: for their owners, and from them to those who said hello."""

from bot.features.reputation.model import RECEIVERS_LIMIT
from tests.flows.gratitude import REASON, crowd, leave, said_time, thank, thanked
from tests.flows.messages import controls
from tests.flows.office import inbox
from tests.flows.people import Person
from tests.flows.village import Village


async def test_the_button_of_anothers_card_thanks_its_owner(village: Village, aki: Person, beni: Person) -> None:
    await beni.write()
    (card,) = village.cards()
    form = await aki.press(card, "thanks")
    assert form.filled == {"member": [beni.id], "reason": ""}
    await aki.submit(form, member=[beni], reason=REASON)
    assert thanked(beni, aki) in (await inbox(beni)).text
    again = await aki.press(card, "thanks")
    assert aki.text("reputation.thanked_lately", when=int(said_time(again).timestamp())) in again.text
    await leave(village, beni)
    gone = await village.move_in("Chie").press(card, "thanks")
    assert gone.text == aki.text("reputation.not_here")


async def test_the_button_of_a_card_that_is_gone_says_so(village: Village, aki: Person, beni: Person) -> None:
    await beni.write()
    (thanks,) = (name for name in controls(village.cards()[0]) if ":thanks:" in name)
    await beni.press(await beni.slash("intro withdraw"), "withdraw_confirm")
    assert (await aki.forge(thanks)).text == aki.text("introductions.gone")


async def test_the_own_card_thanks_who_said_hello_once_each(village: Village, aki: Person, beni: Person) -> None:
    chie = village.move_in("Chie")
    await aki.write()
    (card,) = village.cards()
    assert (await aki.press(card, "thanks")).text == aki.text("introductions.nobody_greeted")
    for greeter in (beni, chie):
        await greeter.greet(card, ready=["welcome"])
    form, late = await aki.press(card, "thanks"), await aki.press(card, "thanks")
    assert form.filled == {"greeters": [beni.id, chie.id], "reason": ""}
    answer = await aki.submit(form, greeters=[beni, chie], reason="声をかけてくれてうれしかったです")
    assert village.texts.plural(aki.locale, "introductions.thanked", 2) in answer.text
    for greeter in (beni, chie):
        assert "声をかけてくれてうれしかったです" in (await inbox(greeter)).text
    again = await aki.submit(late, greeters=[beni], reason=REASON)
    assert aki.text("reputation.thanked_for_it", member=beni.id) in again.text
    assert aki.text("introductions.all_thanked") in (await aki.press(card, "thanks")).text
    await aki.press(answer, "take_back")
    assert "声をかけてくれてうれしかったです" not in (await inbox(chie)).text
    assert (await thank(aki, beni)).has("take_back")  # for anything else there is the command


async def test_the_own_card_offers_the_last_ten_who_said_hello(village: Village, aki: Person) -> None:
    await aki.write()
    (card,) = village.cards()
    people = crowd(village, RECEIVERS_LIMIT + 1)
    for each in people:
        await each.greet(card, ready=["welcome"])
    form, late = await aki.press(card, "thanks"), await aki.press(card, "thanks")
    assert form.filled["greeters"] == [each.id for each in people[1:]]
    answer = await aki.submit(form, greeters=people[1:], reason=REASON)
    assert village.texts.plural(aki.locale, "introductions.thanked", RECEIVERS_LIMIT) in answer.text
    full = await aki.submit(late, greeters=people[:1], reason=REASON)
    assert aki.text("reputation.cause_full", most=RECEIVERS_LIMIT) in full.text
    assert aki.text("introductions.thanked_ten") in (await aki.press(card, "thanks")).text


async def test_who_said_no_hello_is_not_thanked_for_one(village: Village, aki: Person, beni: Person) -> None:
    chie = village.move_in("Chie")
    await aki.write()
    (card,) = village.cards()
    await beni.greet(card, ready=["welcome"])
    refused = await aki.submit(await aki.press(card, "thanks"), greeters=[beni, chie], reason=REASON)
    assert aki.text("introductions.did_not_greet") in refused.text
    for person in (beni, chie):
        assert REASON not in (await inbox(person)).text
    form = await aki.press(refused, "draft")
    assert form.filled == {"greeters": [beni.id, chie.id], "reason": REASON}
    assert (await aki.submit(form, greeters=[beni], reason=REASON)).form is None
    assert REASON in (await inbox(beni)).text
