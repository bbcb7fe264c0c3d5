"""The composition root: everything is made here, once, and handed to whom it concerns."""

from bot.client import Goen
from bot.directory import Directory
from bot.features.blog_reviews.asking import ReviewSteps
from bot.features.blog_reviews.finding import FindingReviews
from bot.features.blog_reviews.holder import ReviewHolder
from bot.features.blog_reviews.losing import LostReviews
from bot.features.blog_reviews.news import ReviewNews
from bot.features.blog_reviews.posts import ReviewPosts
from bot.features.blog_reviews.reading import Reading
from bot.features.blog_reviews.service import Reviews
from bot.features.blog_reviews.telling import ReviewTeller
from bot.features.blog_reviews.thanking import ThankingReaders
from bot.features.blog_reviews.writing import Writing
from bot.features.check_ins.answering import Answering
from bot.features.check_ins.holder import CheckInHolder
from bot.features.check_ins.holidays import Holidays
from bot.features.check_ins.letters import Letters
from bot.features.check_ins.letters import zone_changed as letter_moved
from bot.features.check_ins.looking import CheckInJobs, ScheduleLooks
from bot.features.check_ins.losing import LostAnswers
from bot.features.check_ins.own import OwnCheckIns, way_chosen
from bot.features.check_ins.posts import CheckInPosts
from bot.features.check_ins.prompting import Prompts
from bot.features.check_ins.service import Schedules
from bot.features.check_ins.service import findings as check_in_findings
from bot.features.check_ins.telling import CheckInTeller
from bot.features.introductions.finding import Finding
from bot.features.introductions.hellos import Hellos
from bot.features.introductions.holder import IntroductionHolder
from bot.features.introductions.news import IntroductionNews
from bot.features.introductions.posts import IntroductionPosts, consent_changed
from bot.features.introductions.service import Introductions
from bot.features.introductions.teller import IntroductionTeller
from bot.features.introductions.welcome import WelcomeLadder
from bot.features.members.choices import Choices
from bot.features.members.inbox import Inbox, Teller
from bot.features.members.posts import MemberPosts
from bot.features.members.service import Members
from bot.features.members.sweep import MemberSweep
from bot.features.members.topics import Topics
from bot.features.peer_help import place as help_place
from bot.features.peer_help.anonymity import Anonymity
from bot.features.peer_help.climbing import HelpLadder
from bot.features.peer_help.ending import Endings
from bot.features.peer_help.finding import FindingAsks
from bot.features.peer_help.helping import Helping
from bot.features.peer_help.holder import PeerHelpHolder
from bot.features.peer_help.news import AskNews
from bot.features.peer_help.place import HelpPlace, PeerHelpJobs
from bot.features.peer_help.posts import PeerHelpPosts
from bot.features.peer_help.service import Asks
from bot.features.peer_help.telling import PeerHelpTeller
from bot.features.reputation import roles, sources
from bot.features.reputation.corrections import Corrections
from bot.features.reputation.holder import ReputationHolder
from bot.features.reputation.news import ThanksNews
from bot.features.reputation.posts import ReputationPosts
from bot.features.reputation.roles import RoleRepair, Roles
from bot.features.reputation.service import Reputation
from bot.features.reputation.sources import Sources
from bot.features.reputation.standings import Standings
from bot.features.reputation.teller import ReputationTeller
from bot.features.safety.answers import Answers
from bot.features.safety.cases import Cases
from bot.features.safety.crises import Crises
from bot.features.safety.holder import SafetyHolder
from bot.features.safety.jobs import SafetyJobs, zone_changed
from bot.features.safety.posts import SafetyPosts
from bot.features.safety.reports import Reports
from bot.features.safety.service import Safety
from bot.features.safety.telling import SafetyTeller
from bot.features.setup.posts import SetupPosts
from bot.features.setup.service import Setup
from bot.forums import Forums
from bot.kernel.clock import Clock, SystemClock
from bot.kernel.i18n import Texts
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.effects import Jobs, Posts
from bot.storage.installation import Installation


def create_bot(settings: Settings, clock: Clock | None = None) -> Goen:
    """Return the client, put together but not yet started.

    Args:
        settings: what the host chose.
        clock: tells the present; the machine's clock unless another is handed in.
    """
    clock = clock or SystemClock()
    texts = Texts()
    database = Database(settings.database_path, clock)
    installation, setup = Installation(database), Setup(database)
    members, inbox = Members(database, setup), Inbox(database, setup)
    choices, topics = Choices(database, setup), Topics(database, texts)
    crises = Crises(database, setup, members)
    safety, reports, answers = Safety(database, members, inbox, crises), Reports(database), Answers(database, inbox)
    cases = Cases(database, setup, members, inbox)
    standings = Standings(database, setup, choices)
    reputation = Reputation(database, installation, setup, members, inbox, choices, safety)
    corrections = Corrections(database, installation, setup, inbox, standings)
    named, word_roles = Sources(database, installation, setup, members, standings), Roles(database)
    introductions = Introductions(database, texts, setup, members, topics, choices, safety)
    introductions.attach(standings.shown_word)
    hellos = Hellos(database, choices, inbox, safety, reputation)
    finding = Finding(database, setup, topics, choices)
    asks = Asks(database, setup, members, inbox, choices, topics, safety)
    asks.attach(finding.offering)
    helping = Helping(database, setup, members, inbox, choices, safety)
    anonymity = Anonymity(database, setup, inbox, safety, asks)
    endings, finding_asks = Endings(database, inbox, safety, reputation), FindingAsks(database, choices)
    reviews = Reviews(database, setup, members, inbox, choices, safety)
    reading, writing = Reading(database, inbox, choices, safety), Writing(database, choices, safety)
    finding_reviews, lost_reviews = FindingReviews(database, choices), LostReviews(database, inbox)
    thanking_readers = ThankingReaders(database, inbox, reviews, reputation)
    holidays, prompts, answering = Holidays(), Prompts(database, setup, texts), Answering(database, safety)
    own_check_ins, lost_answers = OwnCheckIns(database, inbox, choices), LostAnswers(database)
    correspondents = (
        *(IntroductionNews(database), AskNews(database)),
        *(ReviewNews(database), ThanksNews(database)),
    )
    letters = Letters(database, setup, correspondents)
    schedules = Schedules(database, setup, members, holidays)
    holders = (
        *(PeerHelpHolder(database, inbox), ReviewHolder(database, inbox), CheckInHolder(database)),
        IntroductionHolder(database, texts, topics),
        *(ReputationHolder(database), SafetyHolder(database, inbox)),
    )
    members.attach(holders)
    choices.attach(consent_changed, way_chosen)
    topics.attach([holder.topic_renamed for holder in holders], help_place.topics_changed)
    setup.attach(
        (zone_changed, letter_moved),
        (sources.findings, roles.findings, help_place.findings),
        help_place.place_changed,
        [check_in_findings],
    )
    tellers: dict[str, Teller] = {
        "blog_reviews": ReviewTeller(database),
        "check_ins": CheckInTeller(database),
        "introductions": IntroductionTeller(database),
        "peer_help": PeerHelpTeller(database),
        "reputation": ReputationTeller(database),
        "safety": SafetyTeller(database),
    }
    inbox.attach(tellers, safety.held_members)
    posts: dict[str, Posts] = {
        "setup": SetupPosts(database, setup),
        "members": MemberPosts(database, setup, inbox),
        "safety": SafetyPosts(database, setup, holders),
        "introductions": IntroductionPosts(database, setup, topics, choices),
        "reputation": ReputationPosts(database, setup),
        "peer_help": PeerHelpPosts(database, setup, topics, inbox),
        "blog_reviews": ReviewPosts(database, setup, choices, inbox),
        "check_ins": CheckInPosts(database, setup, letters),
    }

    def jobs_of(directory: Directory, forums: Forums) -> dict[str, Jobs]:
        ladder = HelpLadder(database, setup, choices, inbox, directory, finding.offering)
        anonymity.attach(directory)
        cases.attach(directory)
        reputation.attach(directory)
        return {
            "members": MemberSweep(database, holders, directory),
            "safety": SafetyJobs(database, setup, members, inbox, directory),
            "introductions": WelcomeLadder(database, choices, inbox, directory),
            "peer_help": PeerHelpJobs(ladder, HelpPlace(database, setup, inbox, topics, texts, forums), database),
            "blog_reviews": ReviewSteps(database, setup, choices, inbox, directory),
            "check_ins": CheckInJobs(ScheduleLooks(database, holidays, inbox), letters),
            "reputation": RoleRepair(database, standings, directory),
        }

    services = (
        *(installation, setup, members, inbox, choices, topics, safety, reports, answers, cases, crises),
        *(asks, helping, anonymity, endings, finding_asks),
        *(reviews, reading, writing, finding_reviews, lost_reviews, thanking_readers),
        *(schedules, prompts, answering, own_check_ins, lost_answers, letters),
        *(introductions, hellos, finding, reputation, standings, corrections, named, word_roles),
    )
    return Goen(settings, clock, database, services, posts, jobs_of, texts)
