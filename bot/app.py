"""The composition root: everything is made here, once, and handed to whom it concerns."""

from bot.client import Goen
from bot.features.introductions.holder import IntroductionHolder
from bot.features.introductions.posts import IntroductionPosts
from bot.features.introductions.service import Introductions
from bot.features.members.posts import MemberPosts
from bot.features.members.service import Members
from bot.features.setup.posts import SetupPosts
from bot.features.setup.service import Setup
from bot.kernel.clock import Clock, SystemClock
from bot.kernel.i18n import Texts
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.effects import Posts


def create_bot(settings: Settings, clock: Clock | None = None) -> Goen:
    """Return the client, put together but not yet started.

    Args:
        settings: what the host chose.
        clock: tells the present; the machine's clock unless another is handed in.
    """
    clock = clock or SystemClock()
    texts = Texts()
    database = Database(settings.database_path, clock)
    setup = Setup(database)
    members = Members(database, setup)
    introductions = Introductions(database, texts, setup, members)
    holders = (IntroductionHolder(database),)
    members.attach(holders)
    posts: dict[str, Posts] = {
        "setup": SetupPosts(database),
        "members": MemberPosts(database, setup),
        "introductions": IntroductionPosts(database, setup),
    }
    services = (setup, members, introductions)
    return Goen(settings, clock, database, services, posts, holders, texts)
