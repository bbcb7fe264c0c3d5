"""A server in which prompts are asked: the real services, looks and worker."""

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.features.check_ins.answering import Answering
from bot.features.check_ins.holder import CheckInHolder
from bot.features.check_ins.holidays import Holidays
from bot.features.check_ins.letters import Letters, zone_changed
from bot.features.check_ins.letters import Written as WrittenLetter
from bot.features.check_ins.looking import CheckInJobs, ScheduleLooks
from bot.features.check_ins.losing import LostAnswers
from bot.features.check_ins.model import CheckIn, Planned, Schedule, Shows, Written
from bot.features.check_ins.own import OwnCheckIns, way_chosen
from bot.features.check_ins.posts import Answered, Asked, CheckInPosts
from bot.features.check_ins.prompting import Prompts
from bot.features.check_ins.service import Schedules
from bot.features.check_ins.store import CheckInStore
from bot.features.check_ins.telling import CheckInTeller
from bot.features.members.model import News
from bot.kernel.i18n import Texts
from bot.kernel.ids import ChannelId, MemberId, ServerId
from bot.settings import Secret
from bot.storage.database import Database
from bot.storage.effects import Effect, Outgoing
from tests.storage.house import AKI, BENI, ONE, HandClock
from tests.storage.pocket import Pocket, PocketDiscord

TABLE = ChannelId(90)
TOKYO = ZoneInfo("Asia/Tokyo")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAYS = Planned(frozenset({0}), time(20, 30), TOKYO, TABLE)


class TableDiscord(PocketDiscord):
    """One with a channel for prompts, which shows them and the answers."""

    def __init__(self) -> None:
        super().__init__()
        self.channels.add(TABLE)

    def asked(self) -> list[str]:
        """Return the prompts that stand there, in their order: when each was due, and whether it says it is late."""
        return [text.removeprefix("asked ") for text in self.texts() if text.startswith("asked ")]

    def letters(self) -> list[str]:
        """Return the weekly letters that stand there, each as what it tells."""
        return [text.removeprefix("letter ") for text in self.texts() if text.startswith("letter ")]

    def answers(self) -> list[str]:
        """Return the answers that stand there: who, as everybody sees it, and what."""
        return [text.removeprefix("answer ") for text in self.texts() if text.startswith("answer ")]

    def _drawn(self, effect: Effect, outgoing: Outgoing) -> str:
        match outgoing.subject:
            case Asked(check_in, _, is_late):
                return f"asked {check_in.local:%m-%d %H:%M}{' late' if is_late else ''}"
            case WrittenLetter(_, news):
                return f"letter {' '.join(each.text for each in news)}"
            case Answered(_, answer):
                return f"answer {answer.shown_member_id} {answer.words}" if answer.is_shown else "answer (gone)"
        return super()._drawn(effect, outgoing)


class Press:
    """Stands where the features are of which something is in the letter."""

    def __init__(self) -> None:
        self.found: list[News] = []
        self.since: datetime | None = None  # that was asked for last
        self.until: datetime | None = None

    async def news(self, server_id: ServerId, since: datetime, until: datetime) -> list[News]:
        self.since, self.until = since, until
        return self.found


class Roundtable(Pocket):
    """The pocket server with prompts."""

    def __init__(self, database: Database, clock: HandClock, discord: TableDiscord | None = None) -> None:
        self.discord: TableDiscord = discord or TableDiscord()
        super().__init__(database, clock, self.discord)
        self.holidays = Holidays()
        self.schedules = Schedules(database, self.setup, self.members, self.holidays)
        self.prompts, self.answering = Prompts(database, self.setup, Texts()), Answering(database, self.safety)
        self.lost_answers = LostAnswers(database)
        self.check_in_holder = CheckInHolder(database)
        self.holders = (self.check_in_holder, *self.holders)
        self.members.attach(self.holders)
        self.looks = ScheduleLooks(database, self.holidays, self.inbox)
        self.own = OwnCheckIns(database, self.inbox, self.choices)
        self.choices.attach(way_chosen)
        self.tellers["check_ins"] = CheckInTeller(database)
        self.press = Press()
        self.letters = Letters(database, self.setup, [self.press])
        self.setup.attach([zone_changed], ())
        self.posts["check_ins"] = CheckInPosts(database, self.setup, self.letters)
        self.jobs["check_ins"] = CheckInJobs(self.looks, self.letters)

    async def plan(self, planned: Planned = MONDAYS, *, often: bool = False) -> Schedule:
        """Let a moderator add a schedule."""
        return await self.schedules.add(ONE, BENI, planned, self.act(), often=often)

    async def until(self, moment: datetime) -> None:
        """Let time come to a moment, with all that is due on the way to it in one go."""
        await self.due(moment - self.clock.now())

    async def say(self, check_in: CheckIn, words: str, shows: Shows = Shows.NAME, member_id: MemberId = AKI) -> None:
        """Let somebody answer."""
        await self.answering.answer(ONE, member_id, check_in.check_in_id, Written(words, shows), self.act())

    async def last(self) -> CheckIn:
        """Return the prompt that was posted last."""
        return await self.answering.today(ONE)

    async def now(self, check_in: CheckIn) -> CheckIn:
        async with self.database.read() as transaction:
            found = await CheckInStore(transaction, ONE).check_in(check_in.check_in_id)
        assert found is not None
        return found


def on(day: int, at: str, month: int = 11, zone: ZoneInfo = TOKYO) -> datetime:
    """Return a moment of late 2026 on a zone's clocks."""
    return datetime.combine(datetime(2026, month, day, tzinfo=zone).date(), time.fromisoformat(at), zone)


@contextlib.asynccontextmanager
async def opened(
    database: Database, clock: HandClock, discord: TableDiscord | None = None
) -> AsyncIterator[Roundtable]:
    """Set a server up. The worker takes work, and nothing wakes it but the test."""
    table = Roundtable(database, clock, discord)
    await table.installation.keep_host_key(Secret(""))
    await table.setup.server(ONE, "ja")
    for member_id in (AKI, BENI):
        await table.members.seen(ONE, member_id, "en")
    await table.letters.tend(ONE)
    await table.worker.start()
    database.on_effects_written(lambda: None)
    await table.due()
    yield table
    await table.worker.stop()
