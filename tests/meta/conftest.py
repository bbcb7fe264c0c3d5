"""The whole bot, put together once, and all that it draws."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.app import create_bot
from bot.client import Goen
from bot.features.setup.model import Place
from bot.features.setup.service import Setup
from bot.kernel.i18n import LOCALES, Locale, Texts
from bot.kernel.ids import ChannelId, MemberId, ServerId
from bot.settings import Settings
from bot.storage import schema
from cogs._ui.boundary import draft_button
from cogs._ui.cards import Card
from cogs._ui.controls import Router
from cogs._ui.custom_ids import CustomId
from cogs._ui.forms import FormPlan, Options
from tests.meta.drawing import HIGHEST
from tests.meta.house import Drawn, drawn_card, drawn_form, fasten
from tests.meta.subjects import FACES


@dataclass
class House:
    """The client with its face fastened; what was registered how often; what was drawn; which texts that took."""

    registered: Counter[str]
    forms: list[tuple[FormPlan, Locale, dict[str, Options]]]
    commands: list[dict[str, Any]]
    features: set[str]
    drawn: list[Drawn] = field(default_factory=list)
    titles: list[tuple[str, Locale, str]] = field(default_factory=list)
    spoken: set[tuple[Locale, str]] = field(default_factory=set)


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "goen.db"
    asyncio.run(schema.bring_up_to_date(path))
    return path


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    with pytest.MonkeyPatch.context() as patch:
        spoken = _overhear(patch)
        registered, plans = _watch(patch)
        url = f"sqlite+aiosqlite:///{tmp_path_factory.mktemp('house')}/goen.db"
        commands, features, forms = asyncio.run(_put_together(Settings({"DATABASE_URL": url}), plans))
        house = House(registered, forms, commands, features, spoken=spoken)
        _draw_all(house, Texts())
    return house  # nobody listens any more: other tests' bots register and speak, too


def _overhear(patch: pytest.MonkeyPatch) -> set[tuple[Locale, str]]:
    """Return the set in which each text that is looked up will be noted."""
    spoken: set[tuple[Locale, str]] = set()
    call, plural = Texts.__call__, Texts.plural

    def noted_call(self: Texts, locale: Locale, key: str, **values: object) -> str:
        spoken.add((locale, key))
        return call(self, locale, key, **values)

    def noted_plural(self: Texts, locale: Locale, key: str, count: int, **values: object) -> str:
        spoken.add((locale, key))
        return plural(self, locale, key, count, **values)

    patch.setattr(Texts, "__call__", noted_call)
    patch.setattr(Texts, "plural", noted_plural)
    return spoken


def _watch(patch: pytest.MonkeyPatch) -> tuple[Counter[str], list[FormPlan]]:
    """Return what will count each control and form that is registered, and the list of the forms."""
    registered: Counter[str] = Counter()
    forms: list[FormPlan] = []
    control, form = Router.control, Router.form

    def counted_control(self: Router, feature: str, action: str, *arguments: Any, **others: Any) -> None:  # noqa: ANN401 - handed on as they are
        registered[f"v1:{feature}:{action}"] += 1
        control(self, feature, action, *arguments, **others)

    def counted_form(self: Router, plan: FormPlan, *arguments: Any, **others: Any) -> None:  # noqa: ANN401 - handed on as they are
        registered[f"v1:{plan.feature}:form-{plan.action}"] += 1
        forms.append(plan)
        form(self, plan, *arguments, **others)

    patch.setattr(Router, "control", counted_control)
    patch.setattr(Router, "form", counted_form)
    return registered, forms


async def _put_together(
    settings: Settings, plans: list[FormPlan]
) -> tuple[list[dict[str, Any]], set[str], list[tuple[FormPlan, Locale, dict[str, Options]]]]:
    """Return the commands, the features, and each form in each language with all that its menus can offer."""
    client: Goen = create_bot(settings)
    await client.database.open()
    await fasten(client)
    setup, server_id = client.service(Setup), ServerId(1)
    await setup.server(server_id)
    await setup.choose_place(server_id, MemberId(1), Place.THANKS, ChannelId(1))
    translator = client.tree.translator
    assert translator is not None
    commands: list[app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu] = list(
        client.tree.get_commands()
    )
    payloads = [await command.get_translated_payload(client.tree, translator) for command in commands]
    features = {type(service).__module__.split(".")[2] for service in client._services if _is_feature(service)}
    forms = [(plan, locale, await plan.options(server_id, locale, {})) for plan in plans for locale in LOCALES]
    await client.database.close()
    return payloads, features, forms


def _draw_all(house: House, texts: Texts) -> None:
    for locale in LOCALES:
        for feature, (_, draws) in FACES.items():
            for name, draw in draws(texts).items():
                for drawing in draw(locale):
                    if isinstance(drawing, str):
                        house.titles.append((f"{feature}.{name}", locale, drawing))
                    else:
                        house.drawn.append(drawn_card(f"{feature}.{name}", locale, drawing))
        button: discord.ui.Button[Card] = draft_button(texts(locale, "errors.edit_draft"), HIGHEST)
        # After a refusal.
        actions = ("anyway", "ask_moderators", "crisis_post", "crisis_write", "crisis_whisper", "crisis_leave")
        ways = [CustomId("safety", action, HIGHEST) for action in actions]
        ways += [CustomId("blog_reviews", "show_draft", HIGHEST), CustomId("check_ins", "often", HIGHEST)]
        ways.append(CustomId("members", "send_promised", HIGHEST))
        further: list[discord.ui.Button[Card]] = [
            discord.ui.Button(label=texts(locale, f"{way.feature}.{way.action}"), custom_id=str(way)) for way in ways
        ]
        house.drawn.append(drawn_card("boundary", locale, Card().text("x").row(button, *further[:4]).row(*further[4:])))
    for plan, locale, options in house.forms:
        custom_id = CustomId(plan.feature, plan.action, HIGHEST, HIGHEST)
        house.drawn.append(drawn_form(plan, texts, locale, custom_id, options))


def _is_feature(service: object) -> bool:
    return type(service).__module__.startswith("bot.features.")
