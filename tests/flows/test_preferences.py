"""Members choose how the bot treats them, by buttons and menus, in their language."""

from bot.features.members.choices import Choices
from bot.features.members.reach import Kind, Part, Way
from bot.kernel.i18n import Locale
from bot.kernel.ids import MemberId
from tests.flows.messages import controls
from tests.flows.people import Person
from tests.flows.village import Village


async def test_every_choice_is_kept_and_shown(village: Village, aki: Person) -> None:
    card = await aki.slash("preferences")
    await aki.choose(card, "days_off", ["5", "6"])
    await aki.choose(card, "number", ["3"])
    await aki.choose(card, "part", ["evening"])
    form = await aki.press(card, "quiet")
    assert form.filled == {"quiet_from": ["0"], "quiet_to": ["7"]}
    await aki.submit(form, quiet_from=["22"], quiet_to=["6"])
    shown = await aki.submit(await aki.press(card, "zone"), zone="berlin")
    assert aki.text("members.zone_is", zone="Europe/Berlin") in shown.text
    assert aki.text("members.quiet_is", begin=22, end=6) in shown.text
    found = await village.bot.service(Choices).of(village.server_id, MemberId(aki.id))
    wishes = found.preferences
    assert (set(wishes.days_off), wishes.weekly_number, wishes.asked_when) == ({5, 6}, 3, Part.EVENING)


async def test_a_language_chosen_here_is_spoken_from_then_on(village: Village, aki: Person) -> None:
    other: Locale = "en" if aki.locale == "ja" else "ja"
    card = await aki.slash("preferences")
    answer = await aki.choose(card, "language", [other])
    assert village.texts(other, "members.preferences_title") in answer.text
    assert village.texts(other, "members.guide_title") in (await aki.slash("guide")).text
    back = await aki.choose(await aki.slash("preferences"), "language", ["auto"])
    assert aki.text("members.preferences_title") in back.text


async def test_a_wrong_zone_is_one_sentence_and_can_be_mended(village: Village, aki: Person) -> None:
    form = await aki.press(await aki.slash("preferences"), "zone")
    answer = await aki.submit(form, zone="Middle/Earth")
    assert aki.text("setup.no_zone", name="Middle/Earth") in answer.text
    assert (await aki.press(answer, "draft")).filled == {"zone": "Middle/Earth"}


async def test_consent_is_given_and_taken_back_by_buttons(village: Village, aki: Person) -> None:
    choices, member = village.bot.service(Choices), MemberId(aki.id)
    overview = await aki.press(await aki.slash("preferences"), "consents")
    for kind in Kind:
        question = await aki.press(overview, f"consent_{kind}")
        assert aki.text(f"members.consent_{kind}") in question.text
        await aki.press(question, f"dm_{kind}")
        assert await choices.way(village.server_id, member, kind) is Way.DM
        assert question.has(f"off_{kind}") is kind.asks
        if kind.asks:
            await aki.press(question, f"off_{kind}")
            assert await choices.way(village.server_id, member, kind) is None


async def test_a_rest_is_taken_and_ended(village: Village, aki: Person) -> None:
    card = await aki.slash("preferences")
    resting = await aki.choose(card, "resting", ["7"])
    assert aki.text("members.rests") in resting.text
    again = await aki.choose(await aki.slash("preferences"), "resting", ["0"])
    assert aki.text("members.rests_no_more") in again.text


async def test_distance_is_kept_by_the_menu_on_a_member_and_undone(village: Village, aki: Person, beni: Person) -> None:
    answer = await aki.user_menu("Keep a distance", beni)
    assert aki.text("members.apart", name=f"<@{beni.id}>") in answer.text
    listed = await aki.press(await aki.slash("preferences"), "distances")
    assert str(beni.id) in str(listed.message.components)
    assert not beni.dms()
    assert str(aki.id) not in str((await beni.slash("preferences")).message.components)
    undone = await aki.press(answer, "near")
    assert aki.text("members.near") in undone.text
    choices = village.bot.service(Choices)
    assert (await choices.of(village.server_id, MemberId(aki.id))).distances == ()


async def test_the_list_of_distances_is_exactly_what_is_chosen(village: Village, aki: Person, beni: Person) -> None:
    chie = village.move_in("Chie")
    card = await aki.press(await aki.slash("preferences"), "distances")
    await aki.choose(card, "distance_set", [beni, chie])
    await aki.choose(card, "distance_set", [chie])
    found = await village.bot.service(Choices).of(village.server_id, MemberId(aki.id))
    assert found.distances == (chie.id,)


async def test_no_distance_from_oneself_or_from_a_bot(village: Village, aki: Person) -> None:
    assert (await aki.user_menu("Keep a distance", aki)).text == aki.text("members.distance_from_oneself")


async def test_preferences_are_reached_from_the_guide(village: Village, aki: Person) -> None:
    guide = await aki.slash("guide")
    assert aki.text("members.preferences_title") in (await aki.press(guide, "preferences")).text
    assert {"inbox", "preferences", "report"} <= {name.split(":")[2] for name in controls(guide.message)}


async def test_ids_that_are_nobodys_are_no_distance(village: Village, aki: Person) -> None:
    await aki.forge(f"v1:members:distance_set:{village.guild.id}", ["9999999999999999999", "0", "٣", "x"])
    found = await village.bot.service(Choices).of(village.server_id, MemberId(aki.id))
    assert found.distances == ()
