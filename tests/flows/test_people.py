"""What people can do in the simulated Discord: held to Discord's behaviour by a face of its own."""

from datetime import UTC, datetime
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from bot.kernel.errors import DmRefused
from bot.kernel.i18n import Locale
from bot.kernel.ids import ChannelId, MemberId
from bot.storage.effects import Effect, Outgoing, Verb
from tests.flows.messages import controls, words
from tests.flows.people import Person
from tests.flows.village import TAGS, Village

Act = discord.Interaction[Any]
LETTER = Effect(1, "dm:stage:letter:1:0", None, Verb.DM, "stage", "letter", 1, datetime.now(UTC), 1, 1, None, "")


class Form(ui.Modal, title="Who helped?"):
    who: ui.Label[Any] = ui.Label(text="Who", component=ui.UserSelect(custom_id="who"))

    async def on_submit(self, act: Act) -> None:
        assert isinstance(self.who.component, ui.UserSelect)
        await say(act, ", ".join(user.display_name for user in self.who.component.values))


class Letter(ui.LayoutView):
    row: ui.ActionRow[Any] = ui.ActionRow()

    def __init__(self, text: str, mark: int | None = None) -> None:
        super().__init__(timeout=None)
        self.clear_items()
        self.add_item(ui.Container(ui.TextDisplay(text), self.row, id=mark))

    @row.button(label="Ask", custom_id="v1:stage:ask:1")
    async def ask(self, act: Act, _button: ui.Button[Any]) -> None:
        await act.response.send_modal(Form(custom_id="v1:stage:form-ask:1:0"))

    @row.button(label="Where", custom_id="v1:stage:where:1")
    async def where(self, act: Act, _button: ui.Button[Any]) -> None:
        await say(act, f"{act.locale} {act.guild_locale} {type(act.user).__name__} {act.context.dm_channel}")

    @row.button(label="Settle", custom_id="v1:stage:settle:1")
    async def settle(self, act: Act, _button: ui.Button[Any]) -> None:
        await act.response.edit_message(view=Letter("settled"), allowed_mentions=discord.AllowedMentions.none())


def draw(subject: str, _locale: Locale, mark: int) -> Letter:
    return Letter(subject, mark)


async def say(act: Act, text: str) -> None:
    view: ui.LayoutView = ui.LayoutView()
    view.add_item(ui.TextDisplay(text))
    await act.response.send_message(view=view, ephemeral=True, allowed_mentions=discord.AllowedMentions.none())


@app_commands.guild_only()
async def look(act: Act, member: discord.Member) -> None:
    await say(act, f"it is {member.display_name}")


@app_commands.guild_only()
async def read(act: Act, message: discord.Message) -> None:
    await say(act, f"it says {message.content}")


@app_commands.guild_only()
async def thank(act: Act, who: discord.Member, topic: str) -> None:
    await say(act, f"{who.display_name} for {topic}")


async def complete(act: Act, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{typed} {act.namespace.who.id}", value=str(act.locale))]


@pytest.fixture
async def stage(village: Village) -> Village:
    """The bot with a face of our own: its router answers everything, and knows nothing of it."""
    bot = village.bot
    await bot.remove_cog("Router")
    bot.renderers.card("stage", "letter", draw)
    bot.add_view(Letter(""))
    bot.tree.add_command(app_commands.ContextMenu(name="Look", callback=look, auto_locale_strings=False))
    bot.tree.add_command(app_commands.ContextMenu(name="Read", callback=read, auto_locale_strings=False))
    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name="thank", description="x", callback=thank, auto_locale_strings=False
    )
    command.autocomplete("topic")(complete)
    bot.tree.add_command(command)
    await bot.tree.sync()
    return village


async def write(village: Village, person: Person) -> int | None:
    """Let the bot write to somebody privately."""
    outgoing = Outgoing(ChannelId(0), None, person.locale, "Dear you", member_id=MemberId(person.id))
    return await village.bot.outbound.perform(LETTER, outgoing)


async def test_private_messages_are_their_persons_alone(stage: Village, aki: Person, beni: Person) -> None:
    assert aki.dms() == []
    made = await write(stage, aki)
    await aki.actor.send_dm("thank you")
    (letter,) = aki.dms()
    assert (letter.id, words(letter), len(controls(letter))) == (made, "Dear you", 3)
    assert beni.dms() == []


async def test_closed_private_messages_are_refused(stage: Village, aki: Person, beni: Person) -> None:
    aki.close_dms()
    for _ in range(2):
        with pytest.raises(DmRefused):
            await write(stage, aki)
    await write(stage, beni)
    assert (aki.dms(), len(beni.dms())) == ([], 1)


async def test_presses_in_private_messages_come_from_no_server_and_are_answered_there(
    stage: Village, aki: Person
) -> None:
    await write(stage, aki)
    (letter,) = aki.dms()
    answer = await aki.press(letter, "where")
    assert answer.text == f"{TAGS[aki.locale]} None User True"
    assert answer.message.ephemeral
    assert answer.channel_id == letter.channel.id
    assert (await aki.forge("v1:stage:where:1", on=letter)).text == answer.text
    assert words((await aki.press(letter, "settle")).message) == "settled"
    assert [words(each) for each in aki.dms()] == ["settled"]


async def test_people_are_chosen_in_forms_here_and_there(stage: Village, aki: Person, beni: Person) -> None:
    await write(stage, aki)
    (letter,) = aki.dms()
    assert (await aki.submit(await aki.press(letter, "ask"), who=[beni])).text == "Beni"
    await stage.bot.get_partial_messageable(stage.hall.id).send(
        view=Letter("public"), allowed_mentions=discord.AllowedMentions.none()
    )
    (card,) = stage.cards()
    assert (await aki.submit(await aki.press(card, "ask"), who=[beni])).text == "Beni"


async def test_menus_hand_over_their_target(stage: Village, aki: Person, beni: Person) -> None:
    assert (await aki.user_menu("Look", beni)).text == "it is Beni"
    message = await beni.actor.send(stage.hall, "thank you all")
    assert (await aki.message_menu("Read", message)).text == "it says thank you all"


async def test_what_is_typed_is_completed(stage: Village, aki: Person, beni: Person) -> None:
    (choice,) = await aki.complete("thank", "topic", "bl", who=beni)
    assert (choice["name"], choice["value"]) == (f"bl {beni.id}", TAGS[aki.locale])
    assert (await aki.slash("thank", who=beni, topic="blogs")).text == "Beni for blogs"
