"""How the demo's server came to be: its people, its channels, and what a moderator chose in the panel."""

import discord
import simcord
from simcord.enums import ChannelType

from bot.demo.people import HARU, MEMBERS
from bot.demo.scene import Scene
from bot.demo.talk import WELCOME
from bot.demo.thanks import FOUNDERS


async def found(scene: Scene) -> simcord.RoleHandle:
    """Let everybody move in, and build the channels; returns the moderators' role."""
    world, rooms = scene.world, scene.rooms
    duties = discord.Permissions(manage_guild=True, manage_channels=True, manage_messages=True)
    keepers = world.guild.create_role(rooms.keepers, permissions=duties, color=0xE0A370)
    for person in (HARU, *MEMBERS):
        resident = await world.move_in(scene.name(person), person.caption, keepers if person is HARU else None)
        scene.people[scene.name(person)] = resident.actor.id
    for category, channels in rooms.plan.items():
        parent = world.guild.create_category(category)
        for name, topic in channels.items():
            build = _build_forum if name == rooms.asking else _build_channel
            scene.channels[name] = build(scene, name, topic, parent, keepers)
    return keepers


async def set_up(scene: Scene, keepers: simcord.RoleHandle) -> None:
    """Welcome whoever comes, and choose in the panel what the bot needs to know."""
    rooms = scene.rooms
    await scene.hand(HARU, rooms.door).say(WELCOME[scene.language])
    hand = scene.hand(HARU, rooms.moderators)
    panel = (await hand.run("setup panel")).messages[0]
    chosen = {"language": scene.language, "zone": "Asia/Tokyo", "moderators_role": str(keepers.id)}
    for menu, wanted in chosen.items():
        await hand.choose(panel, f"setup:{menu}", wanted)
    await hand.press(panel, "setup:channels")
    for place, room in {
        "introductions_channel": rooms.introductions,
        "help_channel": rooms.asking,
        "helpers_channel": rooms.helpers,
        "reviews_channel": rooms.reviews,
        "thanks_channel": rooms.thanks,
        "moderators_channel": rooms.moderators,
    }.items():
        await hand.choose(panel, f"setup:{place}", str(scene.channels[room]))
    await hand.press(panel, "setup:panel")
    await hand.press(panel, "setup:post_panel")
    await hand.press(panel, "reputation:sources")
    await hand.choose(panel, "reputation:sources_set", *(scene.member(person) for person in FOUNDERS))


def _build_forum(scene: Scene, name: str, topic: str, category: simcord.ChannelHandle, _: simcord.RoleHandle) -> int:
    backend, place = scene.world.env.backend, (scene.world.guild.id, name)
    return backend.create_channel(*place, type=ChannelType.FORUM, topic=topic, parent_id=category.id).id


def _build_channel(
    scene: Scene, name: str, topic: str, category: simcord.ChannelHandle, keepers: simcord.RoleHandle
) -> int:
    guild = scene.world.guild
    seen, unseen = discord.PermissionOverwrite(view_channel=True), discord.PermissionOverwrite(view_channel=False)
    bot = guild.roles[scene.world.env.backend.bot_user.name]
    is_hidden = name == scene.rooms.moderators
    return guild.create_text_channel(
        name,
        topic=topic,
        category=category,
        overwrites={guild.default_role: unseen, keepers: seen, bot: seen} if is_hidden else None,
    ).id
