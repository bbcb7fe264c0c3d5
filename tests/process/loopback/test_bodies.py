"""Discord's limits for messages and forms."""

import discord
import pytest

from .bare import V2, Bare, Json, Scene, path, posted_panel, refused
from .server import Loopback


def text(content: str) -> Json:
    return {"type": 10, "content": content}


def button(custom_id: str, **more: object) -> Json:
    return {"type": 2, "style": 1, "label": "x", "custom_id": custom_id, **more}


def row(*inner: Json) -> Json:
    return {"type": 1, "components": list(inner)}


def select(amount: int, **more: object) -> Json:
    options = [{"label": str(n), "value": str(n)} for n in range(amount)]
    return {"type": 3, "custom_id": "s", "options": options, **more}


def v2(*components: Json, **more: object) -> Json:
    return {"flags": V2, "components": list(components), **more}


REFUSED_MESSAGES = {
    "content too long": ("content", {"content": "x" * 2001}),
    "content beside components v2": ("content", v2(text("x"), content="y")),
    "components v2 without the flag": ("components.0.type", {"components": [text("x")]}),
    "too much text": ("components", v2(text("x" * 2001), text("x" * 2000))),
    "too many components": ("components", v2(*({"type": 17, "components": [text("x")] * 10} for _ in range(4)))),
    "custom_id too long": ("components.0.components.0.custom_id", v2(row(button("x" * 101)))),
    "custom_id twice": ("components.0.components.1.custom_id", v2(row(button("x"), button("x")))),
    "id twice": ("components.0.components.1.id", v2(row(button("x", id=7), button("y", id=7)))),
    "six buttons": ("components.0.components", v2(row(*(button(str(n)) for n in range(6))))),
    "select beside a button": ("components.0.components", v2(row(button("x"), select(2)))),
    "26 options": ("components.0.components.0.options", v2(row(select(26)))),
    "more to choose than there is": ("components.0.components.0.max_values", v2(row(select(2, max_values=3)))),
    "empty text": ("components.0.content", v2(text(""))),
    "empty button": ("components.0.components.0.label", v2(row({"type": 2, "style": 1, "custom_id": "x"}))),
    "button outside a row": ("components.0.type", v2(button("x"))),
    "container in a container": (
        "components.0.components.0.type",
        v2({"type": 17, "components": [{"type": 17, "components": [text("x")]}]}),
    ),
    "section without accessory": ("components.0.accessory", v2({"type": 9, "components": [text("x")]})),
    "missing file": (
        "components.0.items.0.media.url",
        v2({"type": 12, "items": [{"media": {"url": "attachment://none.png"}}]}),
    ),
    "nonce too long": ("nonce", {"content": "x", "nonce": "n" * 26}),
}


@pytest.mark.parametrize(("place", "body"), REFUSED_MESSAGES.values(), ids=REFUSED_MESSAGES.keys())
async def test_messages_beyond_discords_limits(
    place: str, body: Json, scene: Scene, server: Loopback, bot: Bare
) -> None:
    with pytest.raises(discord.HTTPException, match=rf"error code: 50035\): Invalid Form Body\nIn {place}: [^\n]+$"):
        await bot.raw("POST", path(scene.channel), body)
    assert server.bot_messages(scene.channel) == []


async def test_messages_at_discords_limits(scene: Scene, server: Loopback, bot: Bare) -> None:
    await bot.raw("POST", path(scene.channel), {"content": "x" * 2000})
    await bot.raw("POST", path(scene.channel), v2(*(text("x" * 100) for _ in range(40))))
    await bot.raw("POST", path(scene.channel), v2(row(select(25, max_values=25)), row(button("x" * 100))))
    server.assert_clean()
    assert await refused(bot.raw("POST", path(scene.channel), {"content": ""})) == 50006
    with pytest.raises(AssertionError, match="empty message"):
        server.assert_clean()


def label(component: Json, **more: object) -> Json:
    return {"type": 18, "label": "x", "component": component, **more}


FIELD = {"type": 4, "custom_id": "now", "style": 1}
REFUSED_FORMS = {
    "long title": ("data.title", {"title": "x" * 46}),
    "six rows": ("data.components", {"components": [label({**FIELD, "custom_id": str(n)}) for n in range(6)]}),
    "no rows": ("data.components", {"components": []}),
    "long label": ("data.components.0.label", {"components": [label(FIELD, label="x" * 46)]}),
    "long description": ("data.components.0.description", {"components": [label(FIELD, description="x" * 101)]}),
    "value beyond its length": (
        "data.components.0.component.value",
        {"components": [label({**FIELD, "max_length": 2, "value": "xxx"})]},
    ),
    "field without label": ("data.components.0.type", {"components": [FIELD]}),
    "custom_id twice": ("data.components.1.component.custom_id", {"components": [label(FIELD), label(FIELD)]}),
    "long custom_id": ("data.custom_id", {"custom_id": "x" * 101}),
    "one radio": (
        "data.components.0.component.options",
        {"components": [label({"type": 21, "custom_id": "r", "options": [{"label": "a", "value": "a"}]})]},
    ),
}


@pytest.mark.parametrize(("place", "change"), REFUSED_FORMS.values(), ids=REFUSED_FORMS.keys())
async def test_forms_beyond_discords_limits(
    place: str, change: Json, scene: Scene, server: Loopback, bot: Bare
) -> None:
    panel = await posted_panel(bot, server, scene.channel)
    act = server.press(scene.aki, panel, "nothing")
    data = {"title": "x" * 45, "custom_id": "x", "components": [label(FIELD)]}
    answer = f"/interactions/{act.id}/{act.token}/callback"
    with pytest.raises(discord.HTTPException, match=rf"error code: 50035\): Invalid Form Body\nIn {place}: [^\n]+$"):
        await bot.raw("POST", answer, {"type": 9, "data": {**data, **change}})
    await bot.raw("POST", answer, {"type": 9, "data": data})
    assert act.modal is not None
