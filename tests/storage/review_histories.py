"""Generated histories of a queue of requests, told to the real services and worker.

What must hold after each step is known from :mod:`tests.storage.review_stories`: from what members did and were told.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.features.blog_reviews.model import End, State
from bot.features.members.reach import Kind, Way
from bot.features.members.store import MemberStore
from bot.features.setup.model import Place
from bot.kernel.errors import PlaceGone, TryLater
from bot.kernel.ids import ChannelId, MemberId
from bot.settings import Secret
from bot.storage.database import Database
from bot.storage.effects import Verb
from tests.storage.bookclub import DAY, HOUR, MINUTE, OTHER_SHELF, SHELF, Bookclub
from tests.storage.house import ONE
from tests.storage.killing import MortalJobs
from tests.storage.pocket import BUSY, FORBIDDEN, LOST
from tests.storage.review_people import People
from tests.storage.review_promises import WATCHER
from tests.storage.review_stories import Story

MADE = (Verb.SEND, Verb.THREAD, Verb.EDIT, Verb.EDIT_THREAD, Verb.DM)
REFUSED = PlaceGone("trouble.refused", FORBIDDEN, "missing permissions")
FAULTS = ((BUSY, False), (LOST, False), (LOST, True), (REFUSED, False))  # and whether it was done nevertheless
NIGHTS = {  # some days before clocks change, and where
    "Asia/Beirut": datetime.fromisoformat("2026-10-20T20:00Z"),
    "America/Nuuk": datetime.fromisoformat("2027-03-24T20:00Z"),
    "Europe/Berlin": datetime.fromisoformat("2026-10-21T20:00Z"),
    "Asia/Tokyo": datetime.fromisoformat("2026-12-28T12:00Z"),
}
PAUSES = [MINUTE, MINUTE, HOUR, 7 * HOUR, DAY, DAY, 2 * DAY, 4 * DAY]
Act = Callable[[Story], Awaitable[object]]


class History(People):
    """What happens by lot to the requests of one club."""

    def __init__(self, club: Bookclub, seed: int) -> None:
        super().__init__(club, seed)
        self._mortal()

    async def move_in(self) -> None:
        """Let people come with wishes of all kinds, shortly before clocks change where the server is."""
        draw, club = self.draw, self.club
        zone = draw.choice(sorted(NIGHTS))
        club.clock.present = NIGHTS[zone]
        await club.setup.choose_zone(ONE, WATCHER, zone)
        await club.setup.choose_hours(ONE, WATCHER, *draw.choice([(0, 24), (7, 24), (9, 12)]))
        for member_id in (WATCHER, *self.people):
            self.discord.members.add(member_id)
            await club.members.seen(ONE, member_id, "ja")
        for member_id in self.people:
            await club.choices.choose_zone(ONE, member_id, draw.choice(["", *NIGHTS, "Pacific/Kiritimati"]))
            await club.choices.choose_quiet(ONE, member_id, *draw.choice([(0, 7), (22, 6), (0, 0)]))
            await club.choices.choose_days_off(ONE, member_id, draw.sample(range(7), draw.choice([0, 0, 2, 7])))
            for kind in (Kind.REVIEW, Kind.READING, Kind.ANSWERS):
                await club.choices.consent(ONE, member_id, kind, draw.choice([Way.DM, Way.DM, Way.INBOX]))

    async def go_on(self) -> None:
        """Let one thing happen, and then some time pass."""
        acts: list[tuple[int, Act]] = [
            (9, self.claim),
            (8, self.deliver),
            (3, self.quick),
            (3, self.redate),
            (3, self.release),
            (7, self.press_own),
            (3, self.edit),
            (2, self.thank),
            (3, self.pass_on),
            (2, self.choose_limit),
            (2, self.keep_distance),
            (3, self._leave),
            (1, self._forget),
            (3, self._break),
            (4, self._mend),
            (2, self._delete),
            (2, self._lock),
            (1, self._kill),
            (2, self._be_off_line),
            (2, self._let_lapse),
        ]
        if not self.stories or self.draw.random() < 0.1:
            await self.request()
        else:
            (act,) = self.draw.choices([each for _, each in acts], [weight for weight, _ in acts])
            story = self.draw.choice([each for each in self.stories if each.state.is_open] or self.stories)
            await act(story if self.draw.random() < 0.9 else self.draw.choice(self.stories))
        if self.draw.random() < 0.7:
            await self.due(self.draw.choice(PAUSES))

    async def due(self, after: timedelta) -> None:
        """Let time pass and the worker run, killed or not, and see that everything holds."""
        await self._forget_more()
        await self.club.due(after)
        while await self._was_killed():
            await self._restart()
            await self.club.due()
        await self.check()

    async def settle(self) -> None:
        """Mend everything, let weeks go by in which nobody does anything, and see where each request has come to."""
        self.discord.kill_in = None
        await self._restart()
        await self._all_mended()
        await self._choose_channel(SHELF)
        for after in (HOUR, HOUR, *[6 * DAY] * 6, HOUR):
            await self.due(after)
        assert [job for job in await self.jobs() if job.is_hampered] == []
        assert not self.forgetting
        listed = len(await self.club.review_holder.server_waiting(ONE))
        assert listed == sum(story.state is State.WAITING for story in self.stories)
        for story, review in await self.found():
            assert story.state is not State.CLAIMED, "a reader's day never went by"
            assert not story.state.is_open or review.is_posted, "nobody ever posted it"
            assert story.state is not State.WAITING or story.author in self.discord.members, "waits for who has left"
            if review.thread_id in self.discord.threads and story.ending is not End.LOCKED:
                assert self.discord.threads[review.thread_id or 0] is not story.state.is_open, "a thread left as it was"
        gone = [each for story in self.stories for each in story.given if each.is_forgotten]
        texts = "".join(self.discord.texts())
        assert not [each for each in gone for message in each.messages if message in texts]

    async def _leave(self, story: Story) -> None:
        """Let somebody leave, or come back; the daily look finds it out at once, or only the next step does."""
        who = self.draw.choice([*self.people, story.author, story.reader or story.author])
        if who not in self.discord.members:
            self.discord.members.add(who)
            self.forgetting.discard(who)
            await self.club.members.seen(ONE, who, "ja")
            return
        self.discord.members.remove(who)
        if self.draw.random() < 0.5:
            await self._found_gone(who)

    async def _forget(self, _story: Story) -> None:
        """Let somebody be forgotten who is away."""
        away = [each for each in self.people if each not in self.discord.members]
        if away:
            who = self.draw.choice(away)
            await self._found_gone(who)
            self.forgetting.add(who)

    async def _found_gone(self, who: MemberId) -> None:
        async with self.club.database.write() as transaction:
            await MemberStore(transaction, ONE).leave(who)
            for holder in self.club.holders:
                await holder.member_left(transaction, ONE, who)
        for story in self.stories:
            if story.author == who and story.state.is_open:
                story.ended(End.LEFT)
            if story.reader == who:
                story.returned(lapsed=False)

    async def _forget_more(self) -> None:
        """Go on with forgetting people, as the daily look does: not while a card may still show something of them."""
        for who in sorted(self.forgetting):
            async with self.club.database.write() as transaction:
                done = {holder: await holder.forget_member(transaction, ONE, who) for holder in self.club.holders}
                if all(done.values()):
                    await MemberStore(transaction, ONE).forget(who)
            for story in self.stories:
                story.forgets(who, also_that_they_were=done[self.club.review_holder])
            if done[self.club.review_holder]:
                self.limits.pop(who, None)
            if all(done.values()):
                self.forgetting.remove(who)
                self.apart = {pair for pair in self.apart if who not in pair}

    async def _break(self, story: Story) -> None:
        if self.draw.random() < 0.2:
            self.discord.directory_trouble = TryLater(0, "503", uncertain=False)
        elif self.draw.random() < 0.2:
            self.discord.close_dms(self.reader_of(story))
        else:
            trouble, is_done = self.draw.choice(FAULTS)
            self.discord.fail(self.draw.choice(MADE), trouble, done=is_done)

    async def _all_mended(self) -> None:
        self.discord.mend()
        self.discord.directory_trouble = None
        await self.club.setup.try_again(ONE, WATCHER)

    async def _mend(self, _story: Story) -> None:
        await self._all_mended()
        if self.draw.random() < 0.3:
            await self._choose_channel(self.draw.choice([SHELF, OTHER_SHELF, None]))

    async def _choose_channel(self, channel_id: ChannelId | None) -> None:
        """Choose a channel, once what was on its way has come to the former: in the next, nobody looks for that."""
        await self.due(HOUR)
        self.discord.channels |= {SHELF, OTHER_SHELF}
        self.place = channel_id
        await self.club.setup.choose_place(ONE, WATCHER, Place.REVIEWS, channel_id)

    async def _delete(self, story: Story) -> None:
        """Let a thread, a card or the whole channel be deleted; the bot hears of it, or finds out."""
        review, discord, is_heard = await self.review(story), self.discord, self.draw.random() < 0.6
        lost = self.club.lost
        what = self.draw.choice(["thread", "thread", "card", "card", "channel"])
        if what == "thread" and review.thread_id in discord.threads:
            discord.delete_thread(review.thread_id or 0)
            if is_heard:
                await lost.thread_gone(ONE, review.thread_id or 0)
                self._gone(story)
        elif what == "card" and review.message_id in discord.posts:
            del discord.posts[review.message_id or 0]
            if is_heard:
                await lost.messages_deleted(ONE, {review.message_id or 0})
                self._gone(story)
        elif what == "channel" and review.channel_id in discord.channels:
            discord.delete_channel(review.channel_id or 0)
            if is_heard:
                await lost.channel_deleted(ONE, review.channel_id or 0)

    async def _lock(self, story: Story) -> None:
        """Let moderators lock a thread, or unlock it."""
        review, is_locked = await self.review(story), story.ending is not End.LOCKED
        if review.thread_id is None or self.draw.random() < 0.3:
            return
        await self.club.lost.thread_changed(ONE, review.thread_id, is_locked=is_locked)
        if is_locked and story.state.is_open:
            story.ended(End.LOCKED)
        elif not is_locked and (story.is_read or self.has_room(story.author, story.page)):
            story.reopened()

    @staticmethod
    def _gone(story: Story) -> None:
        if story.state.is_open:
            story.ended(End.GONE)

    async def _kill(self, _story: Story) -> None:
        self.discord.kill_in, self.discord.killed_after = self.draw.randrange(4), self.draw.random() < 0.5

    async def _be_off_line(self, story: Story) -> None:
        """Let the bot be off-line for up to a week; meanwhile somebody may leave, unseen."""
        if self.draw.random() < 0.4:
            self.discord.members.discard(story.reader or story.author)
        self.club.clock.push(self.draw.choice([DAY, 3 * DAY, 7 * DAY]))
        await self._restart()
        await self.due(timedelta(0))

    async def _let_lapse(self, story: Story) -> None:
        """Let a reader's day go by to the minute."""
        if story.due_at is None:
            return
        await self.due(max(timedelta(0), story.due_at + DAY - MINUTE - self.club.clock.now()))
        if story.reader is not None:
            await self.due(MINUTE)

    async def _restart(self) -> None:
        """Start anew on the same file and the same Discord."""
        former, database = self.club, self.club.database
        await former.worker.stop()
        await database.close()
        await database.open()
        await without_sync(database)
        self.club = Bookclub(database, former.clock, self.discord)
        self.club._acts = former._acts
        self._mortal()
        await self.club.installation.keep_host_key(Secret(""))
        await self.club.worker.start()
        database.on_effects_written(lambda: None)

    def _mortal(self) -> None:
        """Let the bot be killed in its jobs, of which safety's is another matter."""
        self.club.setup.attach((), ())
        self.club.jobs["blog_reviews"] = MortalJobs(self.club.jobs["blog_reviews"], self.discord)

    async def _was_killed(self) -> bool:
        return bool(await self.club.rows("SELECT 1 FROM effects WHERE state = 'claimed'"))


async def without_sync(database: Database) -> None:
    """Let nothing wait for the disk: no power is cut here."""
    assert database._writer is not None
    await (await database._writer.execute("PRAGMA synchronous = OFF")).close()
