"""Generated histories: 200 members with wishes of all kinds, 1,000 posts that want somebody asked."""

import random
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.features.members.reach import WEEK, Kind, Part, Preferences, Way
from bot.features.members.reach_store import ReachStore
from bot.features.members.store import MemberStore
from bot.kernel.ids import MemberId
from bot.storage.database import Database
from tests.storage.house import ONE, HandClock
from tests.storage.post_office import PostOffice, opened

pytestmark = pytest.mark.untraced

MEMBERS, POSTS = 200, 1000
ZONES = [ZoneInfo(name) for name in ("Asia/Tokyo", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")]
KINDS = (Kind.HELP, Kind.GREET)
PARTS = {Part.MORNING: range(6, 10), Part.LUNCH: range(11, 14), Part.EVENING: range(18, 23), Part.ANY: range(24)}


@pytest.fixture
async def office(database: Database, clock: HandClock) -> AsyncIterator[PostOffice]:
    async with opened(database, clock) as office:
        yield office


@dataclass
class Someone:
    """What a member wishes, kept by the test in its own words."""

    member_id: MemberId
    wishes: Preferences
    ways: dict[Kind, Way]
    distant: set[MemberId] = field(default_factory=set)
    asked: list[datetime] = field(default_factory=list)

    def must_not_be_asked(self, kind: Kind, now: datetime) -> str:
        """Return why nobody may ask them now, or nothing."""
        local, wishes = now.astimezone(self.wishes.zone), self.wishes
        hour = local.hour
        begin, end = wishes.quiet_from, wishes.quiet_to
        quiet = begin <= hour < end if begin <= end else hour >= begin or hour < end
        lately = [when for when in self.asked if now - when < WEEK]
        reasons = {
            "no consent": kind not in self.ways,
            "quiet": quiet,
            "day off": local.weekday() in wishes.days_off,
            "part of the day": hour not in PARTS[wishes.asked_when],
            "rests": wishes.rests_until is not None and now < wishes.rests_until,
            "number": len(lately) >= wishes.weekly_number,
        }
        return ", ".join(reason for reason, holds in reasons.items() if holds)


def someone(draw: random.Random, member_id: int, now: datetime) -> Someone:
    wishes = Preferences(
        zone=draw.choice(ZONES),
        has_own_zone=True,
        quiet_from=draw.choice((0, 0, 21, 23, draw.randrange(24))),
        quiet_to=draw.choice((7, 7, 6, 9, draw.randrange(24))),
        days_off=frozenset(draw.sample(range(7), draw.choice((0, 0, 0, 1, 2, 7)))),
        asked_when=draw.choice((Part.ANY, Part.ANY, *Part)),
        weekly_number=draw.choice((0, 1, 2, 2, 2, 3, 7)),
        rests_until=draw.choice((None, None, None, now + timedelta(days=draw.randrange(40)))),
    )
    ways = {kind: draw.choice(list(Way)) for kind in KINDS if draw.random() < 0.7}
    return Someone(MemberId(member_id), wishes, ways)


async def settle(office: PostOffice, people: dict[MemberId, Someone], draw: random.Random) -> None:
    async with office.database.write() as transaction:
        members, store = MemberStore(transaction, ONE), ReachStore(transaction, ONE, ZONES[0])
        for each in people.values():
            await members.see(each.member_id, "ja")
            await store.keep(each.member_id, each.wishes)
            for kind, way in each.ways.items():
                await store.consent(each.member_id, kind, way)
            for other in draw.sample(sorted(people), draw.choice((0, 0, 1, 5))):
                if other != each.member_id:
                    await store.keep_apart(each.member_id, other, apart=True)
                    each.distant.add(other)
                    people[other].distant.add(each.member_id)


@pytest.mark.untraced
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(1, 20))])
async def test_nobody_is_asked_against_their_wishes(office: PostOffice, clock: HandClock, seed: int) -> None:
    draw = random.Random(seed)
    people = {MemberId(1 + n): someone(draw, 1 + n, clock.now()) for n in range(MEMBERS)}
    await settle(office, people, draw)
    asked_about: dict[int, list[MemberId]] = defaultdict(list)
    for post in range(POSTS):
        clock.push(timedelta(minutes=draw.randrange(1, 180)))
        waiting, kind = draw.choice(sorted(people)), draw.choice(KINDS)
        number = draw.choice((post, max(0, post - draw.randrange(4))))  # some wait longer, and others are asked
        among = draw.sample(sorted(people), draw.choice((5, 40, MEMBERS)))
        if draw.random() < 0.2:
            looks = draw.sample(sorted(people), 20)
            async with office.database.write() as transaction:
                for member in looks:
                    await ReachStore(transaction, ONE, ZONES[0]).inbox_opened(member)
        asked = await office.ask(among, kind, number, waiting, most=draw.choice((1, 3)))
        now = clock.now()
        for member in asked.members:
            them = people[member]
            assert member in among
            assert them.must_not_be_asked(kind, now) == "", (post, member)
            assert waiting != member
            assert waiting not in them.distant, (post, member)
            assert member not in asked_about[number]
            asked_about[number].append(member)
            them.asked.append(now)
        assert asked.again_at is None or asked.again_at >= now
        if post % 50 == 0:
            await office.due()
    await office.due()
    counts = sorted(len(each.asked) for each in people.values())
    assert sum(counts) > POSTS / 4  # the rules leave somebody to ask
    assert counts[0] == 0
    sent = [post for post in office.discord.posts.values() if post.channel_id in people]
    assert len({post.key for post in sent}) == len(sent)


async def test_the_load_is_shared(office: PostOffice, clock: HandClock) -> None:
    """Those who wish the same are asked as often as each other."""
    people = [await office.move_in(1 + number) for number in range(20)]
    for member in people:
        await office.choices.consent(ONE, member, Kind.HELP, Way.DM)
        await office.choices.choose_number(ONE, member, 7)
    clock.push(datetime(2026, 11, 24, 3, tzinfo=UTC) - clock.now())
    counts: dict[MemberId, int] = defaultdict(int)
    for post in range(60):
        for member in (await office.ask(people, Kind.HELP, post, MemberId(999))).members:
            counts[member] += 1
        clock.push(timedelta(minutes=5))
    assert set(counts.values()) == {3}
