"""Routes of the bot itself, its commands, servers, people, and of interactions."""

from typing import Any

from . import payloads
from .errors import ApiError
from .interactions import callback_result
from .routes import NO_CONTENT, Call, Discord, Reply, Routes

Json = dict[str, Any]
routes = Routes()


@routes.on("GET", "/gateway/bot")
def gateway(discord: Discord, _call: Call) -> Reply:
    """Tell where the gateway is."""
    starts = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
    return 200, {"url": discord.gateway.url, "shards": discord.settings.shards, "session_start_limit": starts}


@routes.on("GET", "/users/@me")
def myself(discord: Discord, _call: Call) -> Reply:
    """Give the bot's user."""
    return 200, payloads.user(discord.world.bot)


@routes.on("GET", "/users/{user}")
def somebody(discord: Discord, call: Call) -> Reply:
    """Give a user."""
    return 200, payloads.user(discord.world.person(call.id("user")))


@routes.on("GET", "/oauth2/applications/@me")
@routes.on("GET", "/applications/@me")
def application(discord: Discord, _call: Call) -> Reply:
    """Give the bot's application."""
    return 200, {
        "id": str(discord.world.application_id),
        "name": discord.world.bot.name,
        "icon": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": payloads.user(discord.world.bot),
        "verify_key": "",
        "flags": 0,
    }


@routes.on("GET", "/applications/{application}/commands")
def commands(discord: Discord, _call: Call) -> Reply:
    """Give the commands for all servers."""
    return 200, discord.world.commands.get(None, [])


@routes.on("PUT", "/applications/{application}/commands")
def set_commands(discord: Discord, call: Call) -> Reply:
    """Replace the commands for all servers."""
    return 200, _set_commands(discord, None, call.body)


@routes.on("PUT", "/applications/{application}/guilds/{guild}/commands")
def set_guild_commands(discord: Discord, call: Call) -> Reply:
    """Replace the commands of one server."""
    return 200, _set_commands(discord, discord.world.guild(call.id("guild")).id, call.body)


def _set_commands(discord: Discord, guild_id: int | None, given: list[Json]) -> list[Json]:
    known = {(each["type"], each["name"]): each["id"] for each in discord.world.commands.get(guild_id, [])}
    kept = []
    for command in given:
        kind = command.get("type", 1)
        own_id = known.get((kind, command["name"])) or str(discord.world.ids.make())
        about = {"id": own_id, "type": kind, "application_id": str(discord.world.application_id), "version": own_id}
        kept.append({"description": "", **command, **about, **({"guild_id": str(guild_id)} if guild_id else {})})
    discord.world.commands[guild_id] = kept
    return kept


@routes.on("GET", "/guilds/{guild}")
def server(discord: Discord, call: Call) -> Reply:
    """Give a server."""
    return 200, payloads.guild(discord.world.guild(call.id("guild")))


@routes.on("GET", "/guilds/{guild}/members/{user}")
def member(discord: Discord, call: Call) -> Reply:
    """Give a member: 10007 for a user who is not in the server, 10013 for one who is not at all."""
    guild = discord.world.guild(call.id("guild"))
    return 200, payloads.member(discord.world.member(guild, call.id("user")))


@routes.on("PUT", "/guilds/{guild}/members/{user}/roles/{role}")
def give_role(discord: Discord, call: Call) -> Reply:
    """Give a role to a member; who has it keeps it."""
    return _set_role(discord, call, held=True)


@routes.on("DELETE", "/guilds/{guild}/members/{user}/roles/{role}")
def take_role(discord: Discord, call: Call) -> Reply:
    """Take a role from a member, if they have it."""
    return _set_role(discord, call, held=False)


def _set_role(discord: Discord, call: Call, *, held: bool) -> Reply:
    guild = discord.world.guild(call.id("guild"))
    member = discord.world.member(guild, call.id("user"))
    discord.world.set_role(member, discord.world.role(guild, call.id("role")), held=held)
    return NO_CONTENT


@routes.on("POST", "/users/@me/channels")
def open_dm(discord: Discord, call: Call) -> Reply:
    """Give the DM channel with a person, also with one who refuses messages."""
    person = discord.world.users.get(int(call.body["recipient_id"]))
    if person is None or person.bot:
        raise ApiError(50033)
    return 200, payloads.channel(discord.world.dm_with(person))


@routes.on("POST", "/interactions/{interaction}/{token}/callback")
def callback(discord: Discord, call: Call) -> Reply:
    """Take the answer to an interaction."""
    answered = discord.interactions.respond(
        call.id("interaction"), call.parameters["token"], call.body, call.draft("data")
    )
    wanted = call.query.get("with_response", "").lower() in ("1", "true")
    return (200, callback_result(answered)) if wanted else NO_CONTENT


@routes.on("POST", "/webhooks/{application}/{token}")
def follow_up(discord: Discord, call: Call) -> Reply:
    """Post a follow-up."""
    interaction = discord.interactions.of_token(call.parameters["token"])
    return 200, payloads.message(discord.interactions.follow_up(interaction, call.draft()))


@routes.on("GET", "/webhooks/{application}/{token}/messages/{which}")
def get_answer(discord: Discord, call: Call) -> Reply:
    """Give the original answer or a follow-up."""
    interaction = discord.interactions.of_token(call.parameters["token"])
    return 200, payloads.message(discord.interactions.find(interaction, call.parameters["which"]))


@routes.on("PATCH", "/webhooks/{application}/{token}/messages/{which}")
def edit_answer(discord: Discord, call: Call) -> Reply:
    """Edit the original answer or a follow-up."""
    interaction = discord.interactions.of_token(call.parameters["token"])
    message = discord.interactions.find(interaction, call.parameters["which"])
    return 200, payloads.message(discord.interactions.change(interaction, message, call.draft()))


@routes.on("DELETE", "/webhooks/{application}/{token}/messages/{which}")
def delete_answer(discord: Discord, call: Call) -> Reply:
    """Delete the original answer or a follow-up."""
    interaction = discord.interactions.of_token(call.parameters["token"])
    discord.interactions.remove(interaction, discord.interactions.find(interaction, call.parameters["which"]))
    return NO_CONTENT
