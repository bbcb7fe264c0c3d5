"""Crisis words: what becomes of a text that holds some, and which words and help lines a server chose."""

from collections.abc import Sequence

from bot.features.members.model import Draft
from bot.features.members.service import Members
from bot.features.safety import help_text
from bot.features.safety.crisis_store import CrisisStore
from bot.features.safety.help_lines import SHIPPED as SHIPPED_LINES
from bot.features.safety.help_lines import HelpNow
from bot.features.safety.model import (
    RULES_LIMIT,
    WARNING_KEPT,
    Cry,
    CryReason,
    digest_of,
    is_anonymous,
    texts_in,
)
from bot.features.safety.posts import FEATURE, look_after
from bot.features.safety.screener import Screened, Wordings
from bot.features.safety.store import SafetyStore
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction

UNSCREENED = {FEATURE, "members", "setup"}  # features whose forms are for nobody else's eyes, or for moderators'
_WRITE, _WHISPER = "crisis_write", "crisis_whisper"  # with the writer's name in the case, and without
_READ = "crisis:"  # before the digest of a text whose writer has read the help lines


class Crises:
    """One method for each thing to be done about a text that holds crisis words."""

    def __init__(self, database: Database, setup: Setup, members: Members) -> None:
        self._database = database
        self._setup = setup
        self._members = members

    async def help_now(self, server_id: ServerId) -> HelpNow:
        """Return the help lines of a server, as they are to be named now."""
        async with self._database.read() as transaction:
            return await self.lines_in(transaction, server_id)

    async def lines_in(self, transaction: Transaction, server_id: ServerId) -> HelpNow:
        """Return the help lines of a server, as part of a ``transaction``."""
        kept = await CrisisStore(transaction, server_id).lines()
        if kept is None:
            return HelpNow(SHIPPED_LINES, transaction.now)
        typed, kept_at = kept
        zone = await self._setup.zone(transaction, server_id)
        try:
            return HelpNow(help_text.read(typed, zone, kept_at.astimezone(zone).date()), transaction.now)
        except help_text.BadLine:  # taken by an earlier version: better those shipped than none
            return HelpNow(SHIPPED_LINES, transaction.now)

    async def demand_read(
        self,
        transaction: Transaction,
        server_id: ServerId,
        member_id: MemberId,
        screened: Screened,
        *,
        anonymous: bool,
    ) -> None:
        """Let a text with crisis words be posted whose writer has read the help lines, as part of a ``transaction``.

        Raises:
            Refusal: they have not; it brings the help lines along.
        """
        digest = _READ + digest_of(screened.texts)
        if await SafetyStore(transaction, server_id).clearance(member_id, digest) is None:
            lines = await self.lines_in(transaction, server_id)
            actions = ("crisis_post", _WHISPER if anonymous else _WRITE, "crisis_leave")
            raise Refusal("safety.crisis", ways=tuple((FEATURE, action) for action in actions), brings=lines)

    async def posted(
        self, transaction: Transaction, server_id: ServerId, member_id: MemberId | None, screened: Screened
    ) -> None:
        """Open a case for a text that is posted all the same, as part of a ``transaction``; once for the same text.

        ``member_id`` is None where nobody is to be named.
        """
        digest, texts = digest_of(screened.texts), [text for text in screened.texts if text.strip()]
        if await CrisisStore(transaction, server_id).case_of_text(member_id, texts, digest) is None:
            cry = Cry(member_id, CryReason.POSTED, is_anonymous=member_id is None)
            await _open(transaction, server_id, cry, texts, digest)

    async def post(self, server_id: ServerId, member_id: MemberId, draft_id: int) -> Draft:
        """Note that the writer of a draft has read the help lines and posts it all the same; return it.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        draft = await self._draft(server_id, member_id, draft_id)
        digest = _READ + digest_of(texts_in(draft.fields))
        async with self._database.write() as transaction:
            await SafetyStore(transaction, server_id).clear(member_id, digest, WARNING_KEPT, by_moderator=False)
        return draft

    async def ask_to_write(
        self,
        server_id: ServerId,
        member_id: MemberId,
        draft_id: int,
        interaction_id: InteractionId,
        *,
        anonymous: bool,
    ) -> HelpNow:
        """Hand moderators what somebody wrote, so that they write to them; asked again, nothing changes.

        What is ``anonymous`` is handed over without a name, and no draft of it is left that has one.

        Raises:
            Refusal: the draft is gone, or somebody else's.
        """
        draft = await self._draft(server_id, member_id, draft_id)
        texts = texts_in(draft.fields)
        cry = Cry(member_id, CryReason.ASKED, is_anonymous=anonymous or is_anonymous(draft.fields))
        async with self._database.write() as transaction:
            if cry.is_anonymous:
                await self._members.drop_draft(transaction, server_id, draft_id)
                await forget_clearances(transaction, server_id, member_id, texts)
                await _open(transaction, server_id, cry, texts, "")
            elif await CrisisStore(transaction, server_id).case_of_text(member_id, texts, digest_of(texts)) is None:
                await _open(transaction, server_id, cry, texts, digest_of(texts), interaction_id)
            return await self.lines_in(transaction, server_id)

    async def leave(self, server_id: ServerId, member_id: MemberId, draft_id: int) -> HelpNow:
        """Remove what somebody would rather not send.

        Raises:
            Refusal: it is gone, or somebody else's.
        """
        await self._draft(server_id, member_id, draft_id)
        async with self._database.write() as transaction:
            await self._members.drop_draft(transaction, server_id, draft_id)
            return await self.lines_in(transaction, server_id)

    async def wordings(self, server_id: ServerId) -> Wordings:
        """Return all that a server itself looks for in texts."""
        async with self._database.read() as transaction:
            rules = await SafetyStore(transaction, server_id).own_rules() or ""
            taken_off, added = await CrisisStore(transaction, server_id).words()
        return Wordings(rules, taken_off, added)

    async def words(self, server_id: ServerId) -> tuple[str, str, str]:
        """Return the shipped crisis words that count in a server, Japanese and English, and its own, one a line."""
        from bot.features.safety import crisis_words  # noqa: PLC0415 - only who changes them needs the lists here

        async with self._database.read() as transaction:
            taken_off, added = await CrisisStore(transaction, server_id).words()
        without = set(taken_off.splitlines())
        lists = (crisis_words.SHIPPED_JA, crisis_words.SHIPPED_EN)
        japanese, english = ("\n".join(word for word in each.words if word not in without) for each in lists)
        return japanese, english, added

    async def choose_words(self, server_id: ServerId, by: MemberId, shipped: str, added: str) -> None:
        """Choose which of the ``shipped`` crisis words count, and which others, one a line.

        A shipped word counts wherever it was typed; none at all stands for all of them.

        Raises:
            Refusal: a word can't be used, or there are too many.
        """
        from bot.features.safety import crisis  # noqa: PLC0415 - only who changes them needs the lists here

        known = {word: number for number, word in enumerate(crisis.SHIPPED.words)}
        typed = [line.strip() for line in (*shipped.splitlines(), *added.splitlines()) if line.strip()]
        own = list(dict.fromkeys(line for line in typed if line not in known))
        if len(own) > crisis.LINES_LIMIT:
            raise Refusal("safety.bad_crisis_words", most=crisis.LINES_LIMIT)
        for word in own:
            if len(word) > crisis.LINE_LIMIT or len(crisis.folded(word)) < crisis.SHORTEST:
                raise Refusal("safety.bad_crisis_word", word=word[: crisis.LINE_LIMIT], longest=crisis.LINE_LIMIT)
        on = known.keys() & set(typed) if shipped.strip() else known.keys()
        taken_off = sorted(known.keys() - on, key=known.__getitem__)
        async with self._database.write() as transaction:
            store, words = CrisisStore(transaction, server_id), ("\n".join(taken_off), "\n".join(own))
            if words != await store.words():
                await store.keep_words(*words)
                await Acts(transaction).note(server_id, by, "crisis.words")

    async def lines(self, server_id: ServerId) -> str:
        """Return a server's help lines, as they can be typed."""
        async with self._database.read() as transaction:
            zone = await self._setup.zone(transaction, server_id)
            return help_text.as_text((await self.lines_in(transaction, server_id)).lines, zone)

    async def choose_lines(self, server_id: ServerId, by: MemberId, typed: str) -> HelpNow:
        """Choose a server's help lines, one a line; nothing typed stands for those shipped. Return them.

        Raises:
            Refusal: a line can't be read, or there are too many.
        """
        if len(typed) > RULES_LIMIT:
            raise Refusal("safety.too_long")
        async with self._database.write() as transaction:
            zone = await self._setup.zone(transaction, server_id)
            try:
                lines = help_text.read(typed, zone, transaction.now.astimezone(zone).date()) or SHIPPED_LINES
            except help_text.BadLine as bad:
                key = "safety.too_many_help_lines" if bad.too_many else "safety.bad_help_line"
                raise Refusal(key, line=bad.line, most=help_text.LINES_LIMIT) from bad
            kept = "" if lines == SHIPPED_LINES else help_text.as_text(lines, zone)
            store = CrisisStore(transaction, server_id)
            before = await store.lines()
            if kept != ("" if before is None else before[0]):
                await store.keep_lines(kept)
                await Acts(transaction).note(server_id, by, "crisis.lines")
            return HelpNow(lines, transaction.now)

    async def _draft(self, server_id: ServerId, member_id: MemberId, draft_id: int) -> Draft:
        """Return a member's draft of a form that would be posted."""
        try:
            draft = await self._members.draft(server_id, member_id, draft_id)
        except Refusal as gone:
            raise Refusal("safety.crisis_gone") from gone
        if draft.form.split(":")[1] in UNSCREENED:
            raise Refusal("safety.not_held")
        return draft


async def _open(
    transaction: Transaction,
    server_id: ServerId,
    cry: Cry,
    texts: list[str],
    digest: str,
    interaction_id: InteractionId | None = None,
) -> None:
    case_id = await CrisisStore(transaction, server_id).open_case(cry, texts, digest, interaction_id)
    await look_after(transaction, server_id, case_id)


async def forget_clearances(
    transaction: Transaction, server_id: ServerId, member_id: MemberId, texts: Sequence[str]
) -> None:
    """Leave no digest of what is anonymous beside its writer, as part of a ``transaction``."""
    digest = digest_of(texts)
    for each in (digest, _READ + digest):
        await SafetyStore(transaction, server_id).forget_clearance(member_id, each)
