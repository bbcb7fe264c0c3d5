"""Who is asked next, whose silence is asked about, and what ends by itself: one step of an ask whenever it is due."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.features.members.choices import Choices
from bot.features.members.inbox import Asked, Inbox
from bot.features.members.reach import Kind
from bot.features.members.sweep import Directory
from bot.features.peer_help import ladder, turns
from bot.features.peer_help.follow import CALL, FEATURE, close, follow, want, want_step
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.ladder import Rung
from bot.features.peer_help.model import AFTER, SEALED_KEPT, Ask, End, Helper, State, Turn
from bot.features.peer_help.service import Offering
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.telling import AFTER as AFTERWARDS
from bot.features.peer_help.telling import ENDED, INVITE, NAMED, NUDGE, STILL_OPEN, tell_asker
from bot.features.setup.model import Place, Server
from bot.features.setup.service import Setup
from bot.kernel.hours import Hours
from bot.kernel.ids import MemberId, ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effect, Verb

_SHORTEST_STEP = timedelta(minutes=1)  # whoever may be asked "now" and was not shall not keep the worker spinning
_RUNGS_AT_ONCE = 6  # more than the ladder has


class HelpLadder:
    """Takes one step of an ask whenever it is due.

    When the next one is due stands in the ask itself, and is written in the transaction of the step before: a job that
    is repeated, or comes from a clock ahead of ours, finds itself too early and does nothing.
    """

    def __init__(
        self,
        database: Database,
        setup: Setup,
        choices: Choices,
        inbox: Inbox,
        directory: Directory,
        offering: Offering,
    ) -> None:
        self._database = database
        self._setup = setup
        self._choices = choices
        self._inbox = inbox
        self._directory = directory
        self._offering = offering

    async def run(self, effect: Effect) -> None:
        """Take the step that is due, if any is, as long as the asker is there.

        Raises:
            DiscordTrouble: Discord did not say whether they are.
        """
        assert effect.server_id is not None  # noqa: S101 - an ask is a server's
        server = await self._setup.server(effect.server_id)
        async with self._database.read() as transaction:
            ask = await AskStore(transaction, effect.server_id).find(effect.object_id)
            now = transaction.now
        if ask is None or ask.step_at is None:
            return
        has_left = (
            ask.step_at <= now
            and ask.state.is_open
            and ask.shown_asker_id is not None  # an anonymous ask that ended when somebody left would say whose it was
            and not await self._directory.is_member(effect.server_id, MemberId(ask.shown_asker_id))
        )
        async with self._database.write() as transaction:
            store = AskStore(transaction, effect.server_id)
            ask = await store.find(effect.object_id)
            if ask is None or ask.step_at is None:
                return
            if has_left and ask.state.is_open:
                await close(transaction, ask, End.LEFT)
                return
            if ask.step_at <= transaction.now:
                before, ask = ask, await self._step(transaction, ask, server)
                await store.keep(ask)
                if ask.state is not before.state:
                    await follow(transaction, ask)
            await want_step(transaction, ask)

    async def _step(self, transaction: Transaction, ask: Ask, server: Server) -> Ask:
        if ask.state is State.WAITING:
            return await self._climb(transaction, ask, server) if ask.is_posted else _unposted(ask, transaction.now)
        if ask.state is State.TALKING and not ask.is_posted:
            return _unposted(ask, transaction.now)  # nobody can write anywhere: no silence counts
        if ask.state is State.TALKING:
            at_asker = ask.turn is Turn.ASKER
            return await (self._wait_for_asker if at_asker else self._wait_for_helpers)(transaction, ask, server)
        return await self._look_back(transaction, ask)

    async def _climb(self, transaction: Transaction, ask: Ask, server: Server) -> Ask:
        """Take all rungs that are due: where nobody is to be asked, the next one comes at once."""
        climb, now, again_at = ask.climb, transaction.now, None
        for _ in range(_RUNGS_AT_ONCE):
            hours = await self._hours_of_asked(transaction, ask) if climb.round_at is not None else []
            rung, due_at = ladder.next_rung(climb, server.hours, hours, again_at)
            if due_at > now:
                return replace(ask, climb=climb, step_at=due_at)
            if rung is Rung.LIST or climb.listed_at is not None:
                await want(transaction, Verb.EDIT, ask)  # which finds a card that was deleted while the bot was away
            if rung is Rung.CALL:
                is_heard = Place.HELPERS in server.places
                climb = ladder.after_calling(climb, now, is_heard=is_heard)
                if is_heard:
                    await self._call(transaction, ask)
            elif rung is Rung.LIST:
                climb = replace(climb, listed_at=now)
            elif rung is Rung.REPLACE:
                asked = await self._ask(transaction, ask, rung, climb.missing)
                climb = ladder.after_replacing(climb, len(asked.members))
            else:
                before, asked = climb, await self._ask(transaction, ask, rung, ladder.ROUND)
                climb = ladder.after_asking(climb, now, len(asked.members), asked.again_at, server.hours)
                again_at = max(asked.again_at or now, now + _SHORTEST_STEP) if climb == before else None
        return replace(ask, climb=climb, step_at=now + _SHORTEST_STEP)

    async def _ask(self, transaction: Transaction, ask: Ask, rung: Rung, most: int) -> Asked:
        # Who asks under a pseudonym is invited like anybody: who was left out, or who is apart from one, would tell.
        server_id, asker_id = ServerId(ask.server_id), MemberId(ask.shown_asker_id or 0)
        if rung is Rung.FIRST:
            subject, among = (FEATURE, NAMED, ask.ask_id), [MemberId(ask.first_id or 0)]
            return await self._inbox.ask(transaction, server_id, Kind.NAMED, subject, asker_id, among, most=1)
        part = await HelpStore(transaction, server_id).helpers(ask.ask_id)
        passed_by = {helper.member_id for helper in part} | {ask.first_id}
        among = [each for each in await self._offering(transaction, server_id, ask.topic) if each not in passed_by]
        subject = FEATURE, INVITE, ask.ask_id
        return await self._inbox.ask(transaction, server_id, Kind.HELP, subject, asker_id, among, most)

    async def _call(self, transaction: Transaction, ask: Ask) -> None:
        """Let the helpers' channel hear of an ask: once, as a second message would leave the first without a keeper."""
        await want(transaction, Verb.EDIT if ask.call_message_id is not None else Verb.SEND, ask, CALL)

    async def _hours_of_asked(self, transaction: Transaction, ask: Ask) -> list[Hours]:
        """Return the days of those who were asked in the present round."""
        since, subject = ask.climb.round_at, (FEATURE, INVITE, ask.ask_id)
        server_id = ServerId(ask.server_id)
        asked = await self._inbox.asked_since(transaction, server_id, (subject, (FEATURE, NAMED, ask.ask_id)), since)
        return [await self._choices.hours(transaction, server_id, member_id) for member_id in asked]

    async def _wait_for_helpers(self, transaction: Transaction, ask: Ask, server: Server) -> Ask:
        """Ask helpers who are silent at their turn whether they still can; go on without those who say nothing."""
        server_id, now = ServerId(ask.server_id), transaction.now
        helping = HelpStore(transaction, server_id)
        helpers = await helping.helpers(ask.ask_id)
        here = [helper for helper in helpers if helper.is_here]
        if not here:
            silent_from = ladder.silent_from(None, ask.turn_since, ask.turn_since, server.hours)
            return replace(ask, step_at=silent_from) if silent_from > now else turns.left_alone(ask, helpers, now)
        looks = []
        for helper in here:
            hours = await self._choices.hours(transaction, server_id, MemberId(helper.member_id))
            looks.append(await self._wait_for(transaction, helping, ask, helper, hours))
        ahead = [look for look in looks if look is not None]
        return replace(ask, step_at=min(ahead)) if ahead else turns.left_alone(ask, helpers, now)

    async def _wait_for(
        self, transaction: Transaction, helping: HelpStore, ask: Ask, helper: Helper, hours: Hours
    ) -> datetime | None:
        """Return when to look again at one helper who is silent; None where the ladder goes on without them."""
        now = transaction.now
        silent_from = ladder.silent_from(helper.came_at, helper.spoke_at, ask.turn_since, hours)
        if silent_from > now:
            return silent_from
        nudged_at = helper.nudged_at
        if nudged_at is None or nudged_at < silent_from:
            await helping.keep(replace(helper, nudged_at=now))
            subject = FEATURE, NUDGE, helper.helper_id
            whom = ServerId(ask.server_id), MemberId(helper.member_id)
            await self._inbox.tell(transaction, *whom, Kind.HELPING, subject, again=True)
            return ladder.given_up_from(now, hours)
        given_up_from = ladder.given_up_from(nudged_at, hours)
        if given_up_from > now:
            return given_up_from
        await helping.keep(replace(helper, left_at=now))
        return None

    async def _wait_for_asker(self, transaction: Transaction, ask: Ask, _server: Server) -> Ask:
        """Ask an asker who is silent at their turn whether it goes on; close what they say nothing about."""
        now = transaction.now
        if ask.checked_at is None:
            due_at = ask.turn_since + ladder.STILL_OPEN
            if due_at > now:
                return replace(ask, step_at=due_at)
            await tell_asker(self._inbox, transaction, ask, STILL_OPEN, again=True)
            return replace(ask, checked_at=now, step_at=now + ladder.CLOSES)
        due_at = ask.checked_at + ladder.CLOSES
        if due_at > now:
            return replace(ask, step_at=due_at)
        closed = turns.ended(ask, State.CLOSED, now, End.SILENCE)
        await tell_asker(self._inbox, transaction, closed, ENDED, again=True)
        return closed

    async def _look_back(self, transaction: Transaction, ask: Ask) -> Ask:
        """Invite an asker once to tell how it went on; later forget who asked under a pseudonym."""
        now, ended_at = transaction.now, ask.ended_at or transaction.now
        if ask.state is State.RESOLVED and ask.after_at is None:
            if ended_at + AFTER > now:
                return replace(ask, step_at=ended_at + AFTER)
            await tell_asker(self._inbox, transaction, ask, AFTERWARDS)
            ask = replace(ask, after_at=now)
        if not ask.is_anonymous or ask.asker_id is None:
            return replace(ask, step_at=None)
        if ended_at + SEALED_KEPT > now:
            return replace(ask, step_at=ended_at + SEALED_KEPT)
        return replace(await AskStore(transaction, ServerId(ask.server_id)).unseal(ask), step_at=None)


def _unposted(ask: Ask, now: datetime) -> Ask:
    """Return an ask for which there is no channel: nobody can be asked, and moderators are to know."""
    list_at = ask.climb.begun_at + ladder.LIST
    if ask.climb.listed_at is None and list_at > now:
        return replace(ask, step_at=list_at)
    climb = replace(ask.climb, listed_at=ask.climb.listed_at or now)
    return replace(ask, climb=climb, step_at=now + ladder.DAILY)  # its asker may leave meanwhile
