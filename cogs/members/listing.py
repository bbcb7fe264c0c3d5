"""The moderators' commands for the list of topics."""

from functools import partial

from discord import app_commands

from bot.features.members.topics import Topics
from bot.kernel.i18n import locale_of
from bot.kernel.ids import ServerId
from cogs._ui.cards import Card, said_in_a_line
from cogs._ui.controls import Router
from cogs._ui.forms import typed
from cogs._ui.request import Interaction, Request
from cogs._ui.rights import Right
from cogs._ui.translator import Wording


class Listing:
    """``/topics``: reads a request, calls the service, answers with the list as it is now."""

    def __init__(self, service: Topics, router: Router) -> None:
        self._service = service
        self._router = router

    def command(self, word: Wording) -> app_commands.Group:
        """Return ``/topics`` with all that can be done to the list."""
        group = app_commands.Group(name="topics", description=word("members.command_topics"), guild_only=True)

        @group.command(name="list", description=word("members.command_topics_list"))
        async def show(interaction: Interaction) -> None:
            await self._router.run(interaction, self.show, right=Right.MODERATOR)

        @group.command(name="add", description=word("members.command_topics_add"))
        @app_commands.rename(name=word("members.option_name"), place=word("members.option_place"))
        @app_commands.describe(name=word("members.option_name_help"), place=word("members.option_place_help"))
        async def add(interaction: Interaction, name: str, place: int | None = None) -> None:
            handler = partial(self.add, name=name, place=place)
            await self._router.run(interaction, handler, right=Right.MODERATOR, typed=typed(name))

        @group.command(name="edit", description=word("members.command_topics_edit"))
        @app_commands.rename(
            topic=word("members.option_topic"), name=word("members.option_name"), place=word("members.option_place")
        )
        @app_commands.describe(
            topic=word("members.option_topic_help"),
            name=word("members.option_name_help"),
            place=word("members.option_place_help"),
        )
        @app_commands.autocomplete(topic=self.suggest)
        async def edit(interaction: Interaction, topic: str, name: str = "", place: int | None = None) -> None:
            handler = partial(self.edit, topic=topic, name=name, place=place)
            await self._router.run(interaction, handler, right=Right.MODERATOR, typed=typed(name))

        @group.command(name="remove", description=word("members.command_topics_remove"))
        @app_commands.rename(topic=word("members.option_topic"))
        @app_commands.describe(topic=word("members.option_topic_help"))
        @app_commands.autocomplete(topic=self.suggest)
        async def remove(interaction: Interaction, topic: str) -> None:
            await self._router.run(interaction, partial(self.remove, topic=topic), right=Right.MODERATOR)

        return group

    async def show(self, request: Request) -> None:
        """Show the list."""
        await self._answer(request, await self._service.of(request.server_id), "")

    async def add(self, request: Request, name: str, place: int | None) -> None:
        """Add a topic."""
        topics = await self._service.add(request.server_id, request.member_id, name, place)
        await self._answer(request, topics, "members.topics_changed")

    async def edit(self, request: Request, topic: str, name: str, place: int | None) -> None:
        """Call a topic something else, or move it."""
        topics = await self._service.edit(request.server_id, request.member_id, topic, name, place)
        await self._answer(request, topics, "members.topics_changed")

    async def remove(self, request: Request, topic: str) -> None:
        """Take a topic off the list."""
        topics = await self._service.remove(request.server_id, request.member_id, topic)
        await self._answer(request, topics, "members.topics_removed")

    async def suggest(self, interaction: Interaction, current: str) -> list[app_commands.Choice[str]]:
        """Return the topics that what was typed may mean. The list is no secret: every form shows it."""
        found = await self._service.like(
            ServerId(interaction.guild_id or 0), current, locale_of(interaction.locale.value)
        )
        return [app_commands.Choice(name=label, value=topic) for topic, label in found]

    async def _answer(self, request: Request, topics: tuple[str, ...], news: str) -> None:
        texts, locale = self._router.texts, request.locale
        labels = [said_in_a_line(self._service.label(locale, topic)) for topic in topics]
        lines = "\n".join(f"{place}\\. {label}" for place, label in enumerate(labels, start=1))
        card = Card().text(texts(locale, news) if news else "").text(texts(locale, "members.topics_title"))
        await request.reply(card.text(lines))
