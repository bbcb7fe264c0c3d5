"""What may be posted of what members write, and what becomes of a text that may not."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.features.members.inbox import Inbox
from bot.features.members.model import Draft, Notice
from bot.features.members.service import Members
from bot.features.safety.crises import UNSCREENED, Crises, forget_clearances
from bot.features.safety.help_lines import HelpNow
from bot.features.safety.model import (
    LET_THROUGH_KEPT,
    RULES_LIMIT,
    WARNING_KEPT,
    Case,
    Fields,
    Outcome,
    digest_of,
    is_anonymous,
    texts_in,
)
from bot.features.safety.posts import FEATURE, look_after
from bot.features.safety.screener import Screened, Screener
from bot.features.safety.store import SafetyStore
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction

__all__ = ["Safety", "Screened"]

if TYPE_CHECKING:
    from bot.features.safety.screening import Finding

SEEN_EVERY = timedelta(hours=12)  # a press shall not cost a write to the disk for this alone
_SENTENCES = {
    "invite": "safety.held_invite",
    "messenger": "safety.held_messenger",
    "contact": "safety.held_contact",
    "shortener": "safety.held_shortener",
    "affiliate": "safety.held_affiliate",
    "recruiting": "safety.held_recruiting",
    "pitch": "safety.held_pitch",
    "own_words": "safety.held_own_words",
    "links": "safety.held_links",
    "money": "safety.warned_money",
}


class Safety:
    """The guard that all texts of members pass, and one method for each thing to be done about what it stops."""

    def __init__(self, database: Database, members: Members, inbox: Inbox, crises: Crises) -> None:
        self._database = database
        self._members = members
        self._inbox = inbox
        self._crises = crises
        self._screener = Screener()

    async def screened(self, server_id: ServerId, texts: Sequence[str], *, links: int) -> Screened:
        """Return what the rules find in the ``texts`` of a form, of which ``links`` may be own links.

        It takes a few milliseconds, for which no transaction shall be open: all others would wait for it.
        """
        return await self._screener.screen(server_id, await self._crises.wordings(server_id), texts, links=links)

    async def check(
        self,
        transaction: Transaction,
        server_id: ServerId,
        member_id: MemberId,
        screened: Screened,
        *,
        anonymous: bool = False,
        posts: bool = True,
    ) -> None:
        """Let a member's texts be posted, which were ``screened``, as part of a ``transaction``.

        Moderators come to see those that hold crisis words, unless nothing ``posts`` them yet. Of an ``anonymous`` one
        they see no writer, and can't be asked to let it through.

        Raises:
            Refusal: the member is on hold; the text holds crisis words, and they have not read the help lines; or a
                rule holds it back or warns about it, and it was not cleared.
        """
        await self.refuse_held(transaction, server_id, member_id)
        finding, is_let_through = screened.finding, None
        if finding is not None or screened.is_crisis:
            is_let_through = await SafetyStore(transaction, server_id).clearance(member_id, digest_of(screened.texts))
        # What moderators let through they have read, under the writer's name: that holds for no pseudonym.
        is_known = is_let_through and not anonymous
        asks_for_help = screened.is_crisis and not is_known
        if asks_for_help:
            await self._crises.demand_read(transaction, server_id, member_id, screened, anonymous=anonymous)
        if finding is not None and (is_let_through is None or (finding.is_held and not is_known)):
            raise _refusal(finding, anonymous=anonymous)
        if asks_for_help and posts:
            await self._crises.posted(transaction, server_id, None if anonymous else member_id, screened)

    async def help_for(self, server_id: ServerId, words: str) -> HelpNow | None:
        """Return whom to talk to, where ``words`` that nobody but their writer is to see hold crisis words."""
        screened = await self.screened(server_id, (words,), links=0)
        return await self._crises.help_now(server_id) if screened.is_crisis else None

    async def posted_anonymously(self, transaction: Transaction, server_id: ServerId, screened: Screened) -> None:
        """Let moderators see crisis words, checked before, that are posted now, as part of a ``transaction``."""
        if screened.is_crisis:
            await self._crises.posted(transaction, server_id, None, screened)

    async def forget_clearance(
        self, transaction: Transaction, server_id: ServerId, member_id: MemberId, screened: Screened
    ) -> None:
        """Forget that texts were cleared, which are posted under a pseudonym now, as part of a ``transaction``."""
        await forget_clearances(transaction, server_id, member_id, screened.texts)

    async def refuse_held(self, transaction: Transaction, server_id: ServerId, member_id: MemberId) -> None:
        """Let a member post something that is no text, as part of a ``transaction``.

        Raises:
            Refusal: the member is on hold.
        """
        hold = await SafetyStore(transaction, server_id).hold_on(member_id)
        if hold is not None:
            raise Refusal("safety.on_hold", reason=hold.reason, until=int(hold.ends_at.timestamp()))

    async def held_members(self, transaction: Transaction, server_id: ServerId) -> set[MemberId]:
        """Return who is on hold, as part of a ``transaction``: they post nothing, and are asked nothing."""
        return set(await SafetyStore(transaction, server_id).held_members())

    async def post_anyway(self, server_id: ServerId, member_id: MemberId, draft_id: int) -> Draft:
        """Clear the draft of a form that was warned about, which its writer has read; return it.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        draft = await self._screened(server_id, member_id, draft_id)
        async with self._database.write() as transaction:
            digest = digest_of(texts_in(draft.fields))
            await SafetyStore(transaction, server_id).clear(member_id, digest, WARNING_KEPT, by_moderator=False)
        return draft

    async def ask_moderators(
        self, server_id: ServerId, member_id: MemberId, draft_id: int, interaction_id: InteractionId
    ) -> None:
        """Let moderators decide about the draft of a form that was held back; asked again, nothing changes.

        Raises:
            Refusal: it is gone or somebody else's, nothing holds it back any more, or they have decided.
        """
        draft = await self._screened(server_id, member_id, draft_id)
        if is_anonymous(draft.fields):
            raise Refusal("safety.not_held")  # a case would name who wrote it
        digest, reason = digest_of(texts_in(draft.fields)), await self._reason_to_hold(server_id, draft.fields)
        async with self._database.write() as transaction:
            store = SafetyStore(transaction, server_id)
            before = await store.case_of_text(member_id, digest)
            if before is not None and before.outcome is Outcome.KEEP_BACK:
                raise Refusal("safety.decided_before")
            if before is not None and not before.is_closed:
                return
            if reason is None or await store.clearance(member_id, digest):
                raise Refusal("safety.not_held")
            held = draft.form, draft.fields, digest
            case_id = await store.open_held(member_id, reason, held, interaction_id)
            await self._members.extend_draft(transaction, server_id, draft_id, transaction.now + LET_THROUGH_KEPT)
            await look_after(transaction, server_id, case_id)

    async def decided(
        self, server_id: ServerId, member_id: MemberId, notice_id: int, outcome: Outcome
    ) -> tuple[Notice, Case]:
        """Return a member's own notice that moderators decided so about their text, and the case with that text.

        Raises:
            Refusal: the text is not kept any more, or was taken up.
        """
        notice = await self._inbox.notice(server_id, member_id, notice_id)
        is_one = (notice.feature, notice.card, notice.is_open) == (FEATURE, outcome, True)
        async with self._database.read() as transaction:
            case = await SafetyStore(transaction, server_id).case(notice.object_id) if is_one else None
        if case is None or case.about_id != member_id or not case.form:
            raise Refusal("safety.text_gone")
        return notice, case

    async def took_up(self, notice: Notice) -> None:
        """Note that a text which was let through is posted."""
        async with self._database.write() as transaction:
            await self._inbox.take(transaction, notice)

    async def keep_again(
        self, server_id: ServerId, member_id: MemberId, case: Case, interaction_id: InteractionId
    ) -> None:
        """Keep a text that was kept back as a draft, so that its writer finds it on their home in the server."""
        await self._members.keep_draft(server_id, member_id, case.form, case.fields, interaction_id)

    async def rules(self, server_id: ServerId) -> str:
        """Return a server's own words and patterns, as typed."""
        async with self._database.read() as transaction:
            return await SafetyStore(transaction, server_id).own_rules() or ""

    async def choose_rules(self, server_id: ServerId, by: MemberId, typed: str) -> None:
        """Choose a server's own words and patterns, one a line.

        Raises:
            Refusal: one can't be used.
        """
        if len(typed) > RULES_LIMIT:
            raise Refusal("safety.too_long")
        await self._screener.try_out(typed)
        rules = typed.strip()
        async with self._database.write() as transaction:
            store = SafetyStore(transaction, server_id)
            if rules == (await store.own_rules() or ""):
                return
            await store.keep_own_rules(rules)
            await Acts(transaction).note(server_id, by, "rules.change")

    async def moderators(self, server_id: ServerId) -> list[MemberId]:
        """Return who was seen to be a moderator, the latest first; whether they still are, Discord knows."""
        async with self._database.read() as transaction:
            return await SafetyStore(transaction, server_id).moderators()

    async def moderator_seen(self, server_id: ServerId, member_id: MemberId) -> None:
        """Remember that somebody was a moderator just now."""
        async with self._database.read() as transaction:
            seen_at = await SafetyStore(transaction, server_id).moderator_seen_at(member_id)
            if seen_at is not None and transaction.now - seen_at < SEEN_EVERY:
                return
        async with self._database.write() as transaction:
            store = SafetyStore(transaction, server_id)
            await store.see_moderator(member_id)
            about_them = await store.case_about(member_id)
            if about_them is not None:  # it is none of their business from now on
                await look_after(transaction, server_id, about_them)

    async def _screened(self, server_id: ServerId, member_id: MemberId, draft_id: int) -> Draft:
        """Return a member's draft of a form that is posted; what is told to moderators alone is none of this."""
        draft = await self._members.draft(server_id, member_id, draft_id)
        if draft.form.split(":")[1] in UNSCREENED:
            raise Refusal("safety.not_held")
        return draft

    async def _reason_to_hold(self, server_id: ServerId, fields: Fields) -> str | None:
        """Return what holds a draft back; which links its form allows is not known here, and shows by trying."""
        for links in (1, 0):
            finding = (await self.screened(server_id, texts_in(fields), links=links)).finding
            if finding is not None and finding.is_held:
                return finding.reason
        return None


def _refusal(finding: "Finding", *, anonymous: bool) -> Refusal:
    if anonymous and finding.is_held:  # a case would name its writer
        return Refusal("safety.held_anonymous", found=finding.found)
    way = "ask_moderators" if finding.is_held else "anyway"
    return Refusal(_SENTENCES[finding.reason], ways=((FEATURE, way),), found=finding.found)
