"""The tags that the bot keeps in the forum for asks, and those that each ask has."""

from collections.abc import Mapping

from bot.features.peer_help.model import Ask, State

TAGGED_TOPICS = 13  # the first ones of the moderators' list; with the four states, and others, 18 of a forum's 20
OTHER = "other"
TAGGED_STATES = (State.WAITING, State.TALKING, State.RESOLVED, State.CLOSED)


def tag_codes(topics: tuple[str, ...]) -> list[str]:
    """Return the codes of the tags that the bot keeps in a forum: topics, others, states."""
    return [
        *(f"topic:{topic}" for topic in topics[:TAGGED_TOPICS]),
        OTHER,
        *(f"state:{state}" for state in TAGGED_STATES),
    ]


def applied(ask: Ask, topics: tuple[str, ...], tags: Mapping[str, int]) -> tuple[int, ...]:
    """Return which of a forum's ``tags``, ids by codes, an ask has."""
    topic = f"topic:{ask.topic}" if ask.topic in topics[:TAGGED_TOPICS] else OTHER
    return tuple(tags[code] for code in (topic, f"state:{ask.state}") if code in tags)
