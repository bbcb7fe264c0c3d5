"""What notices about introductions say: that somebody waits for a hello, and that a hello came."""

from bot.features.introductions.posts import FEATURE, HELLO, WELCOME
from bot.features.introductions.store import IntroductionStore
from bot.features.members.model import Notice, Told
from bot.kernel.ids import ServerId
from bot.storage.database import Database, Transaction
from bot.storage.effects import Effects, Verb

GREET = "greet"  # asks a welcomer; its object is the introduction


class IntroductionTeller:
    """Says what a notice says now, and goes on when somebody passes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def tell(self, notice: Notice) -> Told | None:
        """Return what ``notice`` says now; None when its card was taken back, or answered in the meantime."""
        async with self._database.read() as transaction:
            store = IntroductionStore(transaction, ServerId(notice.server_id))
            return await (_hello(store, notice) if notice.card == HELLO else _greet(store, notice))

    async def passed(self, transaction: Transaction, notice: Notice, *, was_last: bool) -> None:
        """Let the next welcomer be asked at once, unless one was already."""
        if was_last:
            server_id = ServerId(notice.server_id)
            await Effects(transaction).put(Verb.JOB, FEATURE, WELCOME, notice.object_id, server_id=server_id)


async def _greet(store: IntroductionStore, notice: Notice) -> Told | None:
    introduction = await store.find(notice.object_id)
    if introduction is None or not introduction.waits_for_hello:
        return None
    return Told(
        "introductions.greet_wanted",
        ("greet_asked",),
        person_id=introduction.member_id,
        words=introduction.now,
        url=introduction.card_url,
    )


async def _hello(store: IntroductionStore, notice: Notice) -> Told | None:
    hello = await store.hello(notice.object_id)
    introduction = None if hello is None else await store.find(hello.introduction_id)
    if hello is None or introduction is None or not introduction.is_published:
        return None
    url = introduction.thread_url or introduction.card_url
    return Told("introductions.hello_came", person_id=hello.member_id, url=url)
