"""Generated histories of asks, told to the real services and worker: what happens, and what must hold after each step.

What must hold is said once, by :func:`next_step`: who has an ask in hand, and when it goes on.
"""

import contextlib
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.features.members.model import Told
from bot.features.members.reach import Kind, Way
from bot.features.peer_help.ending import Gratitude
from bot.features.peer_help.help_store import HelpStore
from bot.features.peer_help.ladder import LIST, STILL_OPEN
from bot.features.peer_help.model import Ask, Helper, State, Turn, Wants, Written
from bot.features.peer_help.store import AskStore
from bot.features.peer_help.telling import AFTER, INVITE, NAMED, NUDGE
from bot.features.peer_help.telling import STILL_OPEN as STILL
from bot.features.setup.model import Place
from bot.kernel.clock import from_micros
from bot.kernel.errors import PlaceGone, Refusal, TryLater
from bot.kernel.ids import ChannelId, MemberId
from bot.kernel.people import Person
from bot.storage.effects import LONGEST_RETRY, Effect, Effects, Outgoing, Verb
from tests.storage.helpline import BOARD, DAY, HELPERS, HOUR, MINUTE, TOPIC, HelpDiscord, Helpline
from tests.storage.house import ONE
from tests.storage.killing import MortalDiscord, MortalJobs
from tests.storage.pocket import BUSY, FORBIDDEN, HALL, LOST

LONGEST_STEP = timedelta(days=8)  # those who were asked may have days off
MADE = (Verb.SEND, Verb.POST, Verb.THREAD, Verb.EDIT, Verb.EDIT_THREAD, Verb.DM)
REFUSED = PlaceGone("trouble.refused", FORBIDDEN, "missing permissions")
FAULTS = ((BUSY, False), (LOST, False), (LOST, True), (REFUSED, False))  # and whether it was done nevertheless
NIGHTS = {  # the evening before a clock changes, and where
    "Europe/Berlin": (datetime.fromisoformat("2026-10-24T20:00Z"), datetime.fromisoformat("2027-03-27T20:00Z")),
    "America/New_York": (datetime.fromisoformat("2026-11-01T02:00Z"), datetime.fromisoformat("2027-03-14T02:00Z")),
    "Australia/Lord_Howe": (datetime.fromisoformat("2026-10-03T12:00Z"), datetime.fromisoformat("2027-04-03T12:00Z")),
    "Asia/Tokyo": (datetime.fromisoformat("2026-12-31T12:00Z"),),
}


@dataclass(frozen=True)
class Job:
    """An effect as it stands in the database."""

    verb: str
    card: str
    ask_id: int | None  # None of what is done for all of them
    state: str
    due_at: datetime
    attempts: int

    def will_happen(self, now: datetime, within: timedelta) -> bool:
        """Return whether somebody sees to it: the worker in time, or moderators, who are told what is put aside."""
        if self.state in {"parked", "claimed"}:  # a claim is taken back with the next start, or when its lease ends
            return True
        return self.state == "waiting" and (self.attempts > 0 or now < self.due_at <= now + within)


def next_step(ask: Ask, helpers: list[Helper], jobs: list[Job], now: datetime, late: timedelta) -> str:
    """Return who has an ask in hand; fails where nobody has, or where nothing makes it go on by itself.

    Args:
        ask: the ask.
        helpers: who takes part.
        jobs: what is to happen for it.
        now: the present.
        late: by how much the clock was set back, which puts everything off.
    """
    step = next((job for job in jobs if job.card == "step"), None)
    goes_on = step is not None and step.will_happen(now, LONGEST_STEP + late)
    if ask.state is State.PREVIEW:
        return "asker"  # who looks at it; unposted, it is forgotten after a day
    if ask.state is State.WITHDRAWN:
        assert (ask.title, ask.details, ask.helped, ask.is_findable) == ("", "", "", False)
        return "nobody, as wished"
    if ask.state.has_ended:
        assert ask.ended_at is not None
        assert (ask.ending is not None) is (ask.state is State.CLOSED), "closed, and the asker can't be told why"
        is_sealed = ask.is_anonymous and ask.asker_id is not None
        waits = is_sealed or (ask.state is State.RESOLVED and ask.after_at is None)
        assert not waits or (step is not None and step.state != "done"), "what is to follow is forgotten"
        return "moderators" if ask.is_stopped else "asker, by reopening it"
    is_on_list = ask.state is State.WAITING and ask.climb.listed_at is not None
    assert goes_on or (is_on_list and not ask.is_posted), "if nobody does anything, nothing follows"
    if ask.state is State.TALKING:
        assert ask.turn is Turn.ASKER or helpers, "a helper's turn, and no helper"
        return ask.turn
    if not ask.is_posted:
        makes = [job for job in jobs if (job.card, job.verb) in {("ask", "send"), ("ask", "post"), ("place", "job")}]
        assert any(job.will_happen(now, LONGEST_STEP + late) for job in makes), "nobody will ever post it"
        return "moderators" if is_on_list else "worker"
    is_late = now > ask.climb.begun_at + LIST + LONGEST_RETRY + late
    is_hampered = step is not None and (step.attempts > 0 or step.state != "waiting")
    assert is_on_list or not is_late or is_hampered, "waits for a day, and moderators don't know"
    return "moderators" if is_on_list else "helpers"


class Cut(MortalDiscord, HelpDiscord):
    """One that the bot may be killed in the middle of; it watches reminders."""

    def __init__(self) -> None:
        super().__init__()
        self.watch: Callable[[int], Awaitable[None]] = _see_nothing  # each of them, in that moment

    async def carry_out(self, effect: Effect, outgoing: Outgoing) -> int | None:
        if effect.verb is Verb.DM and outgoing.is_wanted and isinstance(outgoing.subject, tuple):
            notice, told = outgoing.subject
            assert isinstance(told, Told)
            if told.text == "peer_help.told_still_open":
                await self.watch(notice.object_id)
        return await super().carry_out(effect, outgoing)


async def _see_nothing(_ask_id: int) -> None:
    pass


@dataclass
class Story:
    """What the test itself knows of an ask: who said the last word, by its own count."""

    ask_id: int
    asker: MemberId
    words: list[tuple[datetime, bool]] = field(default_factory=list)  # when, and whether it was the asker
    is_written_after: bool = False  # in its thread, after it had ended; that opens a thread


class History:
    """A few asks in one server, what happens to them by lot, and what must hold of each."""

    def __init__(self, line: Helpline, seed: int) -> None:
        assert isinstance(line.discord, Cut)
        self.line, self.discord, self.draw = line, line.discord, random.Random(seed)
        self.helpers = [MemberId(500 + number) for number in range(10)]
        self.strangers = [MemberId(600 + number) for number in range(2)]
        self.stories: list[Story] = []
        self.late = timedelta(0)
        self.owners: set[str] = set()
        self.wrong: list[str] = []
        self.discord.watch = self._see_reminder
        line.offers = list(self.helpers)
        line.jobs["peer_help"] = MortalJobs(line.jobs["peer_help"], self.discord)

    async def move_in(self) -> None:
        """Let people come with wishes of all kinds, into a server by a zone whose clocks are about to change."""
        draw, line = self.draw, self.line
        zone = draw.choice(sorted(NIGHTS))
        line.clock.present = draw.choice(NIGHTS[zone])
        await line.setup.choose_zone(ONE, self.helpers[0], zone)
        await line.setup.choose_hours(ONE, self.helpers[0], *draw.choice([(0, 24), (7, 24), (9, 12)]))
        await line.setup.choose_place(ONE, self.helpers[0], Place.HELP, draw.choice([BOARD, HALL]))
        await line.setup.choose_place(ONE, self.helpers[0], Place.HELPERS, draw.choice([HELPERS, None]))
        self.discord.members |= {*self.helpers, *self.strangers}
        for member in (*self.helpers, *self.strangers):
            await line.members.seen(ONE, member, "ja")
        for member in self.helpers:
            await line.choices.choose_zone(ONE, member, draw.choice(["", *NIGHTS]))
            await line.choices.choose_quiet(ONE, member, *draw.choice([(0, 7), (22, 6), (0, 0), (3, 2)]))
            await line.choices.choose_days_off(ONE, member, draw.sample(range(7), draw.choice([0, 0, 0, 2, 7])))
            await line.choices.choose_number(ONE, member, draw.choice([7, 7, 2, 0]))
            for kind in (Kind.HELP, Kind.NAMED):
                await line.choices.consent(ONE, member, kind, draw.choice([Way.DM, Way.DM, Way.INBOX, None]))

    async def begin(self, number: int) -> None:
        """Let somebody ask, under their own name or not."""
        asker, line, draw = MemberId(700 + number), self.line, self.draw
        self.discord.members.add(asker)
        await line.members.seen(ONE, asker, "ja")
        await line.choices.consent(ONE, asker, Kind.ANSWERS, draw.choice([Way.DM, Way.DM, Way.INBOX]))
        title = f"question {number}"
        wants = draw.choice(list(Wants))
        if draw.random() < 0.3:
            ask = await line.ask_anonymously(asker, title, wants=wants)
        else:
            first_id = draw.choice([None, None, *self.helpers])
            with contextlib.suppress(Refusal):
                await line.ask(asker, title, wants=wants, first_id=first_id)
            found = await line.finding_asks.mine(ONE, asker)
            ask = found[0] if found else await line.ask(asker, title, wants=wants)
        self.stories.append(Story(ask.ask_id, asker))

    async def go_on(self) -> None:
        """Let one thing happen, and then some time pass."""
        story = self.draw.choice(self.stories)
        acts: list[tuple[int, Callable[[Story], Awaitable[object]]]] = [
            (16, self._write),
            (8, self._come),
            (9, self._answer_notice),
            (9, self._press_own),
            (2, self._me_too),
            (2, self._step_back),
            (1, self._end),
            (2, self._leave),
            (2, self._break),
            (3, self._mend),
            (2, self._delete),
            (1, self._lock),
            (1, self._kill),
            (1, self._turn_clock),
            (1, self._moderate),
        ]
        (act,) = self.draw.choices([each for _, each in acts], [weight for weight, _ in acts])
        for _ in range(self.draw.choice([1, 1, 2])):  # pressed twice, too
            with contextlib.suppress(Refusal):
                await act(story)
        if self.draw.random() < 0.8:
            await self.due(self.draw.choice([MINUTE, MINUTE, HOUR, 3 * HOUR, 7 * HOUR, DAY, 2 * DAY, 5 * DAY]))

    async def due(self, after: timedelta) -> None:
        """Let time pass and the worker run, and see that everything holds."""
        await self.line.due(after)
        if self.discord.kill_in is None:  # else it is to be killed later on
            await self._restart()
        await self.check()

    async def check(self) -> None:
        """See that each ask is in somebody's hands, and that nobody was reminded whose turn it is not."""
        now = self.line.clock.now()
        async with self.line.database.read() as transaction:
            asks, helping = AskStore(transaction, ONE), HelpStore(transaction, ONE)
            found = [
                (ask, await helping.helpers(ask.ask_id))
                for story in self.stories
                if (ask := await asks.find(story.ask_id)) is not None  # but for a preview that was taken back
            ]
        jobs = await self._jobs()
        assert self.wrong == []
        for ask, helpers in found:
            mine = [job for job in jobs if job.ask_id in {ask.ask_id, None}]
            self.owners.add(next_step(ask, helpers, mine, now, self.late))

    async def _see_reminder(self, ask_id: int) -> None:
        """Note what is wrong with a reminder that is about to be sent: by what is kept, and by what was said."""
        ask, now = await self.line.now_or_none(ask_id), self.line.clock.now()
        words = next(story.words for story in self.stories if story.ask_id == ask_id)
        if ask is None or (ask.state, ask.turn) != (State.TALKING, Turn.ASKER):
            self.wrong.append(f"reminded at another's turn: {ask}")
        elif not words or words[-1][1]:
            self.wrong.append(f"reminded, and had the last word, or nobody had one: {ask}")
        elif now < words[-1][0] + STILL_OPEN - self.late:
            self.wrong.append(f"reminded too early: {ask}")

    async def settle(self) -> None:
        """Mend everything, let a month go by in which nobody does anything, and see where each ask has come to."""
        self.discord.mend()
        self.discord.directory_trouble, self.discord.kill_in = None, None
        await self._restart()
        await self._choose_channel(BOARD)
        await self.line.setup.try_again(ONE, self.helpers[0])
        for _ in range(60):
            await self.due(DAY / 2 + self.late)
            self.late = timedelta(0)
        left = "SELECT key FROM effects WHERE feature = 'peer_help' AND (state <> 'waiting' AND state <> 'done')"
        assert await self.line.rows(left) == []
        waiting = [each.since for each in await self.line.help_holder.server_waiting(ONE)]
        for story in self.stories:
            ask = await self.line.now_or_none(story.ask_id)
            if ask is None:
                continue
            assert ask.state is not State.TALKING
            assert ask.is_posted or not ask.state.is_open
            # A card that was deleted after the ask had ended, unseen by the bot, is looked for by nobody.
            is_shown = ask.message_id in self.discord.posts if not ask.state.is_open else True
            shown = [f"{ask.state} {ask.title}"] if ask.is_posted and is_shown else []
            assert self.discord.cards(ask) == shown, ask
            if ask.thread_id in self.discord.threads and not ask.state.is_open:  # what is said later on opens a thread
                assert self.discord.threads[ask.thread_id] or story.is_written_after or ask.is_anonymous
            assert ask.state is not State.WAITING or ask.climb.begun_at in waiting

    async def _jobs(self) -> list[Job]:
        """Return what is to happen for asks as such, and for their channel."""
        found = await self.line.rows(
            """
            SELECT verb, card, CASE card WHEN 'place' THEN NULL ELSE object_id END, state, due_at, attempts
            FROM effects WHERE feature = 'peer_help' AND card IN ('ask', 'step', 'place')"""
        )
        return [
            Job(verb, card, ask_id, state, from_micros(due_at), attempts)
            for verb, card, ask_id, state, due_at, attempts in found
        ]

    async def _ask(self, story: Story) -> Ask:
        ask = await self.line.now_or_none(story.ask_id)
        if ask is None:
            raise Refusal("peer_help.gone")
        return ask

    def _somebody(self, story: Story) -> MemberId:
        return self.draw.choice([*self.helpers[:5], *self.strangers, story.asker])

    async def _write(self, story: Story) -> None:
        ask = await self._ask(story)
        writer = self.draw.choice([story.asker, self._somebody(story)])
        if ask.is_anonymous and writer == story.asker and self.draw.random() < 0.8:
            await self.line.anonymity.reply(ONE, writer, ask.ask_id, "a reply", self.line.act())
            story.words.append((self.line.clock.now(), True))
        elif ask.thread_id is not None and ask.thread_id in self.discord.threads:
            await self.line.say(ask, writer)
            story.is_written_after = not ask.state.is_open
            if ask.state.is_open:
                story.words.append((self.line.clock.now(), writer == story.asker and not ask.is_anonymous))

    async def _come(self, story: Story) -> None:
        await self.line.helping.come(ONE, self._somebody(story), story.ask_id)

    async def _answer_notice(self, story: Story) -> None:
        """Let a notice about the ask be answered, mostly by who has it."""
        found = await self.line.rows(
            """
            SELECT notice_id, n.member_id, card FROM notices AS n
            WHERE feature = 'peer_help' AND (object_id = ? AND card IN (?, ?, ?, ?) OR card = ? AND object_id IN
            (SELECT helper_id FROM ask_helpers WHERE ask_id = ?))""",
            *(story.ask_id, INVITE, NAMED, STILL, AFTER, NUDGE, story.ask_id),
        )
        if not found:
            return
        notice_id, member_id, card = self.draw.choice(found)
        by = MemberId(member_id or story.asker) if self.draw.random() < 0.9 else self._somebody(story)
        line = self.line
        if card in {INVITE, NAMED}:
            here = line.helping.come_asked, line.inbox.pass_on, line.inbox.pass_on, self._rest
            await self.draw.choice(here)(ONE, by, notice_id)
        elif card == NUDGE:
            await line.helping.step_back_asked(ONE, by, notice_id)
        elif card == STILL:
            ask = await line.asks.still_open(ONE, by, notice_id)
            if ask.state is State.TALKING and ask.turn is Turn.ASKER and ask.turn_since == line.clock.now():
                story.words.append((line.clock.now(), False))  # counted anew from now on
        else:
            await line.endings.after(ONE, by, story.ask_id, "it went well", line.act())

    async def _rest(self, server_id: int, member_id: MemberId, notice_id: int) -> None:
        await self.line.inbox.pass_on(ONE, member_id, notice_id)
        await self.line.choices.rest(ONE, member_id, self.draw.choice([7, 0]))

    async def _press_own(self, story: Story) -> None:
        by = story.asker if self.draw.random() < 0.9 else self._somebody(story)
        asks = self.line.asks
        edited = Written(TOPIC, self.draw.choice(list(Wants)), f"question {self.draw.randrange(99)}")
        acts: list[Callable[[], Awaitable[object]]] = [
            lambda: asks.still_waiting(ONE, by, story.ask_id),
            lambda: asks.edit(ONE, by, story.ask_id, edited),
            lambda: asks.reopen(ONE, by, story.ask_id),
            lambda: asks.reopen(ONE, by, story.ask_id),
        ]
        await self.draw.choice(acts)()

    async def _me_too(self, story: Story) -> None:
        await self.line.helping.me_too(ONE, self._somebody(story), story.ask_id)

    async def _step_back(self, story: Story) -> None:
        await self.line.helping.step_back(ONE, self._somebody(story), story.ask_id)

    async def _end(self, story: Story) -> None:
        ask = await self._ask(story)
        if self.draw.random() < 0.2:
            await self.line.asks.withdraw(ONE, story.asker, ask.ask_id)
            return
        took_part = [each.member_id for each in await self.line.helpers(ask) if each.member_id != story.asker]
        people = tuple(Person(each, (), is_bot=False) for each in took_part[: self.draw.randrange(3)])
        thanks = Gratitude(people, "You listened well.")
        helped = self.draw.choice([("", False), ("talking", True)])
        await self.line.endings.resolve(ONE, story.asker, ask.ask_id, thanks, helped, self.line.act())

    async def _leave(self, story: Story) -> None:
        """Let somebody leave, or come back; the sweep finds it out at once, or only the ladder does."""
        who = self._somebody(story)
        if who not in self.discord.members or self.draw.random() < 0.5:
            self.discord.members |= {*self.helpers, *(each.asker for each in self.stories)}  # back they are
            return
        self.discord.members.remove(who)
        if self.draw.random() < 0.5:
            async with self.line.database.write() as transaction:
                await self.line.help_holder.member_left(transaction, ONE, who)

    async def _break(self, story: Story) -> None:
        if self.draw.random() < 0.2:
            self.discord.directory_trouble = TryLater(0, "503", uncertain=False)
        elif self.draw.random() < 0.2:
            self.discord.close_dms(self._somebody(story))
        else:
            trouble, is_done = self.draw.choice(FAULTS)
            self.discord.fail(self.draw.choice(MADE), trouble, done=is_done)

    async def _mend(self, story: Story) -> None:
        self.discord.mend()
        self.discord.directory_trouble = None
        if self.draw.random() < 0.5:
            await self.line.setup.try_again(ONE, self.helpers[0])
        if self.draw.random() < 0.3:
            await self._choose_channel(self.draw.choice([BOARD, HALL]))

    async def _choose_channel(self, channel_id: ChannelId) -> None:
        """Choose a channel, once what was on its way has come to the former: in the next, nobody looks for that."""
        await self.line.later()
        self.discord.channels |= {channel_id, HELPERS}
        await self.line.setup.choose_place(ONE, self.helpers[0], Place.HELP, channel_id)

    async def _delete(self, story: Story) -> None:
        """Let a thread, a card or the whole channel be deleted; the bot hears of it, or finds out."""
        ask, discord, is_heard = await self._ask(story), self.discord, self.draw.random() < 0.6
        what = self.draw.choice(["thread", "thread", "card", "channel"])
        if what == "thread" and ask.thread_id in discord.threads:
            discord.delete_thread(ask.thread_id)
            if is_heard:
                await self.line.helping.thread_deleted(ONE, ask.thread_id)
        elif what == "card" and ask.message_id in discord.posts:
            del discord.posts[ask.message_id]
            if is_heard:
                await self.line.helping.messages_deleted(ONE, {ask.message_id})
        elif what == "channel" and ask.channel_id in discord.channels:
            discord.delete_channel(ask.channel_id)
            if is_heard:
                await self.line.helping.channel_deleted(ONE, ask.channel_id)

    async def _lock(self, story: Story) -> None:
        ask = await self._ask(story)
        if ask.thread_id is not None:
            await self.line.helping.thread_changed(ONE, ask.thread_id, is_locked=self.draw.random() < 0.5)

    async def _kill(self, story: Story) -> None:
        self.discord.kill_in, self.discord.killed_after = self.draw.randrange(4), self.draw.random() < 0.5

    async def _restart(self) -> None:
        """Start again: what the former process had claimed is taken back."""
        async with self.line.database.write() as transaction:
            await Effects(transaction).recover(claims_before=self.line.clock.now() + timedelta(days=999))

    async def _turn_clock(self, story: Story) -> None:
        """Let the clock be set back, or the bot be off-line for a week."""
        back = self.draw.choice([HOUR, 20 * HOUR])
        if self.draw.random() < 0.5:
            self.line.clock.push(timedelta(days=7))
        else:
            self.line.clock.push(-back)
            self.late += back

    async def _moderate(self, story: Story) -> None:
        await self.line.anonymity.stop(ONE, self.helpers[0], story.ask_id)
