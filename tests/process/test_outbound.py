"""The way out to Discord, over sockets and without any feature: private messages."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord as dpy
import pytest
from discord.http import Route

from bot.kernel.errors import DiscordTrouble, DmRefused, MemberGone, TryLater
from bot.kernel.i18n import Locale
from bot.kernel.ids import ChannelId, MemberId, component_id, nonce
from bot.outbound import Outbound, Renderers
from bot.storage.effects import Effect, Outgoing, Verb

from .loopback import Loopback, Member
from .loopback.server import Ordered

KEY = "dm:letters:letter:1:0"
NOW = datetime.now(UTC)
LETTER = Effect(1, KEY, None, Verb.DM, "letters", "letter", 1, NOW, 1, 1, None, "")
IN_DOUBT = replace(LETTER, uncertain_since=NOW - timedelta(minutes=9))
OPENED = "/users/@me/channels"
SENT = "/channels/*/messages"


def draw(subject: str, _locale: Locale, mark: int) -> dpy.ui.LayoutView:
    view = dpy.ui.LayoutView()
    view.add_item(dpy.ui.Container(dpy.ui.TextDisplay(subject), id=mark))
    return view


@pytest.fixture
def aki(discord: Loopback) -> Member:
    return discord.add_member(discord.create_guild("Goen"), "aki")


@pytest.fixture
async def outbound(discord: Loopback, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Outbound]:
    """The bot's own, with a client that has never been at the gateway: it may know nothing by cache."""
    monkeypatch.setattr(Route, "BASE", discord.url)
    renderers = Renderers()
    renderers.card(LETTER.feature, LETTER.card, draw)
    async with dpy.Client(intents=dpy.Intents.none(), max_ratelimit_timeout=30) as client:
        await client.login(discord.settings.token)
        yield Outbound(client, renderers)


def to(member: Member) -> Outgoing:
    return Outgoing(ChannelId(0), None, "en", "Dear Aki", member_id=MemberId(member.id))


async def test_a_private_message_carries_its_mark_and_is_sent_once(
    discord: Loopback, aki: Member, outbound: Outbound
) -> None:
    made = [await outbound.perform(LETTER, to(aki)) for _ in range(2)]
    (message,) = discord.dms(aki)
    assert made == [message.id, message.id]
    assert (message.text, message.nonce) == ("Dear Aki", nonce(KEY))
    assert message.components[0]["id"] == component_id(KEY)


async def test_what_may_have_been_sent_is_looked_for_in_the_conversation(
    discord: Loopback, aki: Member, outbound: Outbound
) -> None:
    made = await outbound.perform(LETTER, to(aki))
    for number in range(120):  # more than one page of history
        discord.member_message(aki, discord.dm_of(aki), f"and {number}")
    discord.forget_nonces()
    discord.close_dms(aki)
    assert await outbound.perform(IN_DOUBT, to(aki)) == made
    assert len(discord.dms(aki)) == 1


async def test_what_was_not_sent_after_all_is_sent_if_it_is_still_wanted(
    discord: Loopback, aki: Member, outbound: Outbound
) -> None:
    discord.member_message(aki, discord.dm_of(aki), "Dear bot")
    assert await outbound.perform(IN_DOUBT, replace(to(aki), is_wanted=False)) is None
    assert discord.dms(aki) == []
    made = await outbound.perform(IN_DOUBT, to(aki))
    assert [message.id for message in discord.dms(aki)] == [made]


async def test_closed_and_far_away_members_refuse(discord: Loopback, aki: Member, outbound: Outbound) -> None:
    discord.close_dms(aki)
    with pytest.raises(DmRefused) as closed:
        await outbound.perform(LETTER, to(aki))
    discord.remove_member(aki)
    with pytest.raises(DmRefused) as far:
        await outbound.perform(LETTER, to(aki))
    assert (closed.value.code, far.value.code) == (50007, 50278)


@pytest.mark.parametrize("path", [OPENED, SENT])
@pytest.mark.parametrize(
    ("fault", "meaning"),
    [
        *(({"status": 403, "code": code}, DmRefused) for code in (50007, 50278, 20026, 50001, 0)),
        ({"status": 400, "code": 50033}, DmRefused),
        ({"status": 404, "code": 10003}, DmRefused),
        ({"status": 404, "code": 10013}, MemberGone),
    ],
)
async def test_a_refusal_means_the_member_and_no_place(
    path: str, fault: Ordered, meaning: type[DiscordTrouble], discord: Loopback, aki: Member, outbound: Outbound
) -> None:
    ordered = discord.fail("POST", path, **fault)
    with pytest.raises(DiscordTrouble) as caught:
        await outbound.perform(LETTER, to(aki))
    assert ordered.hits
    assert (type(caught.value), caught.value.code) == (meaning, fault["code"])


@pytest.mark.parametrize("path", [OPENED, SENT])
@pytest.mark.parametrize(
    ("fault", "uncertain"),
    [
        ({"status": 503}, True),
        ({"cut": True}, True),
        ({"status": 403, "code": 40003}, False),
        ({"status": 400, "code": 40003}, False),
        ({"status": 429, "retry_after": 60}, False),
    ],
)
async def test_what_passes_is_tried_again_later(
    path: str, fault: Ordered, uncertain: bool, discord: Loopback, aki: Member, outbound: Outbound
) -> None:
    ordered = discord.fail("POST", path, **fault)
    with pytest.raises(TryLater) as caught:
        await outbound.perform(LETTER, to(aki))
    assert ordered.hits
    assert caught.value.uncertain is uncertain
    assert discord.dms(aki) == []


async def test_a_private_message_whose_answer_was_lost_is_not_sent_again(
    discord: Loopback, aki: Member, outbound: Outbound
) -> None:
    discord.fail("POST", SENT, cut=True, after_doing=True)
    with pytest.raises(TryLater) as caught:
        await outbound.perform(LETTER, to(aki))
    assert caught.value.uncertain
    discord.forget_nonces()
    made = await outbound.perform(IN_DOUBT, to(aki))
    assert [message.id for message in discord.dms(aki)] == [made]
