"""The composition root: everything is made here, once, and handed to whom it concerns."""

from bot.client import Goen
from bot.features.introductions.finding import Finding
from bot.features.introductions.hellos import Hellos
from bot.features.introductions.holder import IntroductionHolder
from bot.features.introductions.posts import IntroductionPosts
from bot.features.introductions.service import Introductions
from bot.features.introductions.teller import IntroductionTeller
from bot.features.introductions.welcome import WelcomeLadder
from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox, Teller
from bot.features.members.posts import MemberPosts
from bot.features.members.service import Members
from bot.features.members.sweep import MemberSweep
from bot.features.members.topics import Topics
from bot.features.safety.cases import Cases
from bot.features.safety.holder import SafetyHolder
from bot.features.safety.jobs import SafetyJobs, zone_changed
from bot.features.safety.posts import SafetyPosts
from bot.features.safety.reports import Reports
from bot.features.safety.service import Safety
from bot.features.safety.telling import SafetyTeller
from bot.features.setup.posts import SetupPosts
from bot.features.setup.service import Setup
from bot.kernel.clock import Clock, SystemClock
from bot.kernel.i18n import Texts
from bot.outbound import Outbound
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.effects import Jobs, Posts


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
    members, inbox = Members(database, setup), Inbox(database, setup)
    choices, topics = Choices(database, setup), Topics(database, texts)
    safety, reports = Safety(database, members, inbox), Reports(database, inbox)
    cases = Cases(database, setup, members, inbox)
    introductions = Introductions(database, texts, setup, members, topics, choices, safety)
    hellos, finding = Hellos(database, choices, inbox, safety), Finding(database, topics, choices)
    holders = (IntroductionHolder(database, texts, topics), SafetyHolder(database, inbox))
    members.attach(holders)
    topics.attach([holder.topic_renamed for holder in holders])
    setup.attach(zone_changed)
    tellers: dict[str, Teller] = {"introductions": IntroductionTeller(database), "safety": SafetyTeller(database)}
    inbox.attach(tellers, safety.held_members)
    posts: dict[str, Posts] = {
        "setup": SetupPosts(database),
        "members": MemberPosts(database, setup, inbox),
        "safety": SafetyPosts(database, setup, holders),
        "introductions": IntroductionPosts(database, setup, topics, choices),
    }

    def jobs_of(outbound: Outbound) -> dict[str, Jobs]:
        cases.attach(outbound)
        return {
            "members": MemberSweep(database, holders, outbound),
            "safety": SafetyJobs(database, setup, members, inbox, outbound),
            "introductions": WelcomeLadder(database, choices, inbox, outbound),
        }

    services = (setup, members, inbox, choices, topics, safety, reports, cases, introductions, hellos, finding)
    return Goen(settings, clock, database, services, posts, jobs_of, texts)
