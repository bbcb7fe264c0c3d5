"""Who is asked next, and when: until somebody answers, as those see it who are asked and who wait."""

from datetime import timedelta

from bot.features.members.choices import Choices
from bot.features.members.reach import Kind
from bot.features.peer_help.model import State
from bot.kernel.ids import MemberId
from tests.flows.asking import (
    SOON,
    TITLE,
    ask,
    ask_by_name,
    consent,
    helper,
    invitations,
    newest,
    open_help,
    open_helpers_channel,
    say,
    thread_of,
)
from tests.flows.messages import controls, words
from tests.flows.office import open_office
from tests.flows.people import Person
from tests.flows.village import Village


async def helpers(village: Village, *names: str) -> list[Person]:
    return [await helper(village, name) for name in names]


def asked(people: list[Person]) -> list[Person]:
    """Return those who were invited."""
    return [person for person in people if invitations(person)]


async def passing(village: Village, **span: float) -> None:
    """Let time pass, and what is due now be told."""
    await village.pass_time(timedelta(**span))
    await village.pass_time(SOON)


async def test_three_are_asked_then_three_more_then_all_then_moderators(village: Village, aki: Person) -> None:
    office, place = await open_office(village), await open_helpers_channel(village)
    await open_help(village)
    many = await helpers(village, *(f"H{number}" for number in range(7)))
    await ask(village, aki)
    assert len(asked(many)) == 3
    await passing(village, hours=1, minutes=58)
    assert len(asked(many)) == 3
    await passing(village, minutes=3)
    assert len(asked(many)) == 6
    assert not village.cards(place)
    await passing(village, hours=10)
    (call,) = village.cards(place)
    assert TITLE in words(call)
    assert not any(str(person.id) in words(call) for person in many)
    await passing(village, hours=12)
    await village.noon()
    await village.noon()
    daily = "\n".join(words(card) for card in village.cards(office))
    assert village.text("peer_help.waits_for_helper") in daily
    assert (await newest(village, aki)).state is State.WAITING

    await many[-1].press(call, "here")
    await village.pass_time(SOON)
    (call,) = village.cards(place)
    assert words(call).startswith(village.text("peer_help.call_over"))
    assert not controls(call)
    assert (await newest(village, aki)).state is State.TALKING


async def test_where_nobody_can_be_asked_the_next_step_comes_at_once(village: Village, aki: Person) -> None:
    place = await open_helpers_channel(village)
    await open_help(village)
    answer = await ask(village, aki)
    assert aki.text("peer_help.asked_nobody") in answer.text
    (call,) = village.cards(place)
    assert TITLE in words(call)


async def test_without_a_helpers_channel_moderators_are_next_at_once(village: Village, aki: Person) -> None:
    office = await open_office(village)
    await open_help(village)
    await village.noon()
    await ask(village, aki)
    await passing(village, hours=22)  # which is less than the day after which they would be anyway
    daily = "\n".join(words(card) for card in village.cards(office))
    assert village.text("peer_help.waits_for_helper") in daily


async def test_who_passes_or_rests_is_replaced_at_once(village: Village, aki: Person) -> None:
    await open_help(village)
    many = await helpers(village, "Beni", "Chie", "Dai", "Emi", "Fumi")
    await ask(village, aki)
    first = asked(many)
    await first[0].press(invitations(first[0])[0], "pass")
    await village.pass_time(SOON)
    assert first[0] not in asked(many)
    assert len(asked(many)) == 3
    rest = await first[1].press(invitations(first[1])[0], "rest")
    await first[1].choose(rest, "resting", ["7"])
    await village.pass_time(SOON)
    assert set(asked(many)) >= set(many) - set(first)
    seen = (await aki.slash("inbox")).text
    assert not any(str(person.id) in seen for person in many)


async def test_advice_comes_from_one_and_the_others_are_stood_down(village: Village, aki: Person) -> None:
    await open_help(village)
    beni, chie = await helpers(village, "Beni", "Chie")
    await ask(village, aki, wants=["advice"])
    (to_chie,) = invitations(chie)
    here = await beni.press(invitations(beni)[0], "here_asked")
    assert beni.text("peer_help.you_are_here_advice") in here.text
    again = await beni.forge(f"v1:peer_help:here:{(await newest(village, aki)).ask_id}")
    assert beni.text("peer_help.here_already") in again.text
    assert chie.text("peer_help.kept_for_another") in (await chie.press(to_chie, "here_asked")).text
    assert not (await chie.slash("inbox")).has("here_asked")


async def test_listening_is_open_to_all(village: Village, aki: Person) -> None:
    await open_help(village)
    beni, chie = await helpers(village, "Beni", "Chie")
    await ask(village, aki, wants=["listen"])
    for each in (beni, chie):
        here = await each.press(invitations(each)[0], "here_asked")
        assert each.text("peer_help.you_are_here_listen") in here.text
    await village.pass_time(SOON)
    cards = "\n".join(map(words, village.cards(thread_of(village, await newest(village, aki)))))
    for each in (beni, chie):
        assert village.text("peer_help.came_listen", helper=f"<@{each.id}>") in cards


async def test_across_a_distance_it_is_kept_for_another(village: Village, aki: Person, beni: Person) -> None:
    place = await open_helpers_channel(village)
    await open_help(village)
    chie = await helper(village, "Chie")
    await chie.user_menu("Keep a distance", aki)
    await ask(village, aki, wants=["listen"])
    assert not invitations(chie)
    asked_now = await newest(village, aki)
    refused = await chie.press(village.cards(place)[0], "here")
    assert refused.text == chie.text("peer_help.kept_for_another")
    await say(village, chie, asked_now)
    assert (await newest(village, aki)).state is State.WAITING
    assert TITLE not in (await chie.slash("ask open")).text
    assert TITLE in (await beni.slash("ask open")).text


async def test_who_is_silent_is_asked_kindly_and_then_the_ladder_goes_on(village: Village, aki: Person) -> None:
    await open_help(village)
    (beni,) = await helpers(village, "Beni")
    await ask(village, aki, wants=["advice"])
    await beni.press(invitations(beni)[0], "here_asked")
    chie = await helper(village, "Chie")
    await passing(village, hours=2, minutes=58)
    assert nudges(beni) == 0
    await passing(village, minutes=3)
    assert nudges(beni) == 1
    assert not invitations(chie)
    await passing(village, hours=3)
    assert len(invitations(chie)) == 1
    now = await newest(village, aki)
    assert now.state is State.WAITING
    here = await chie.press(invitations(chie)[0], "here_asked")
    assert chie.text("peer_help.you_are_here_advice") in here.text
    await passing(village, days=3)
    assert nudges(beni) == 1


async def test_who_steps_back_is_thanked_and_others_are_asked(village: Village, aki: Person) -> None:
    await open_help(village)
    (beni,) = await helpers(village, "Beni")
    await ask(village, aki)
    await beni.press(invitations(beni)[0], "here_asked")
    chie = await helper(village, "Chie")
    await passing(village, hours=3, minutes=1)
    nudge = next(card for card in beni.dms() if "step_back_asked" in str(controls(card)))
    back = await beni.press(nudge, "step_back_asked")
    assert beni.text("peer_help.stepped_back") in back.text
    await village.pass_time(SOON)
    assert len(invitations(chie)) == 1
    assert str(beni.id) not in str([words(card) for card in chie.dms()])


async def test_who_has_written_before_has_a_day(village: Village, aki: Person) -> None:
    await open_help(village)
    (beni,) = await helpers(village, "Beni")
    await ask(village, aki)
    await beni.press(invitations(beni)[0], "here_asked")
    asked_now = await newest(village, aki)
    await say(village, beni, asked_now)
    await say(village, aki, asked_now)
    await passing(village, hours=23, minutes=58)
    assert nudges(beni) == 0
    await passing(village, minutes=3)
    assert nudges(beni) == 1
    await passing(village, hours=3)
    assert (await newest(village, aki)).state is State.WAITING


async def test_who_writes_without_a_press_has_answered_too(village: Village, aki: Person, beni: Person) -> None:
    await open_help(village)
    await ask(village, aki)
    await say(village, beni, await newest(village, aki))
    assert (await newest(village, aki)).state is State.TALKING
    await passing(village, hours=3)
    assert (await newest(village, aki)).state is State.TALKING


async def test_whom_one_asks_by_name_is_asked_first(village: Village, aki: Person) -> None:
    await open_help(village)
    many = await helpers(village, "Beni", "Chie")
    dai = await helper(village, "Dai", "everyday", kind=Kind.NAMED)
    await ask_by_name(village, aki, dai)
    assert [len(invitations(each)) for each in (dai, *many)] == [1, 0, 0]
    assert dai.text("peer_help.told_named_either", name=f"<@{aki.id}>", words=TITLE) in words(invitations(dai)[0])
    await passing(village, hours=2, minutes=1)
    assert [len(invitations(each)) for each in (dai, *many)] == [1, 1, 1]


async def test_who_is_asked_by_name_may_pass(village: Village, aki: Person) -> None:
    await open_help(village)
    (beni,) = await helpers(village, "Beni")
    dai = await helper(village, "Dai", "everyday", kind=Kind.NAMED)
    await ask_by_name(village, aki, dai)
    await dai.press(invitations(dai)[0], "pass")
    await village.pass_time(SOON)
    assert len(invitations(beni)) == 1
    assert str(dai.id) not in (await aki.slash("inbox")).text


async def test_by_name_only_who_agreed_can_be_asked_and_nobody_across_a_distance(
    village: Village, aki: Person, beni: Person
) -> None:
    await open_help(village)
    await aki.write("相談するかもしれません")
    await beni.write("名指しはご遠慮ください")
    dai = await helper(village, "Dai", "everyday", kind=Kind.NAMED)
    assert not (await aki.slash("intro show", member=beni)).has("ask_me")
    shown = await aki.slash("intro show", member=dai)
    assert shown.has("ask_me")
    assert (await aki.forge(f"v1:peer_help:ask_me:{beni.id}")).text == aki.text("peer_help.not_by_name")
    assert (await dai.forge(f"v1:peer_help:ask_me:{dai.id}")).text == dai.text("peer_help.ask_oneself")
    await dai.user_menu("Keep a distance", aki)
    assert (await aki.press(shown, "ask_me")).text == aki.text("peer_help.not_by_name")
    assert not (await aki.slash("intro show", member=dai)).has("ask_me")


async def test_the_card_and_what_is_found_lead_to_asking_by_name(village: Village, aki: Person) -> None:
    await open_help(village)
    dai = await helper(village, "Dai", "everyday", kind=Kind.NAMED)
    await village.pass_time(SOON)
    (card,) = village.cards()
    assert (await aki.press(card, "ask_me")).form is not None
    found = await aki.slash("find", topic="everyday")
    assert (await aki.choose(found, "ask_someone", [str(dai.id)])).form is not None
    await village.bot.service(Choices).consent(village.server_id, MemberId(dai.id), Kind.NAMED, None)
    await village.env.settle()
    await village.pass_time(SOON)
    (card,) = village.cards()
    assert "ask_me" not in str(controls(card))


async def test_helpers_hear_how_it_ended(village: Village, aki: Person) -> None:
    await open_help(village)
    (beni,) = await helpers(village, "Beni")
    await consent(village, beni, Kind.HELPING)
    await ask(village, aki)
    await say(village, beni, await newest(village, aki))
    form = await aki.forge(f"v1:peer_help:resolve:{(await newest(village, aki)).ask_id}")
    await aki.submit(form, thanked=[], helped="話して、気持ちが軽くなりました")
    await village.pass_time(SOON)
    assert any("気持ちが軽くなりました" in words(card) for card in beni.dms())


def nudges(person: Person) -> int:
    """Return how often somebody was asked privately whether they still can answer."""
    return sum("step_back_asked" in str(controls(card)) for card in person.dms())
