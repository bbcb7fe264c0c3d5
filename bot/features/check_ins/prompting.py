"""What moderators do with prompts: add their own, word them anew, retire them and take them up again."""

from dataclasses import replace

from bot.features.check_ins.follow import FEATURE
from bot.features.check_ins.model import OWN_PROMPTS_LIMIT, PAGE, PAGES_LIMIT, PROMPT_LIMIT, Prompt, PromptPage
from bot.features.check_ins.shipped import SHIPPED, is_in_season
from bot.features.check_ins.store import CheckInStore
from bot.features.setup.service import Setup
from bot.kernel.errors import Refusal
from bot.kernel.i18n import Locale, Texts
from bot.kernel.ids import InteractionId, MemberId, ServerId
from bot.kernel.text import is_visible
from bot.storage.acts import Acts
from bot.storage.database import Database, Transaction


class Prompts:
    """One method for each thing that can be done with prompts. ``by`` is who does it, for the audit trail."""

    def __init__(self, database: Database, setup: Setup, texts: Texts) -> None:
        self._database = database
        self._setup = setup
        self._texts = texts

    async def every(self, server_id: ServerId) -> list[Prompt]:
        """Return all prompts of a server: those that are asked next first, of other seasons and retired ones last."""
        async with self._database.read() as transaction:
            found, month = await CheckInStore(transaction, server_id).prompts(), transaction.now.month
        if not {each.code for each in found} >= set(SHIPPED):
            async with self._database.write() as transaction:
                store = CheckInStore(transaction, server_id)
                await store.ship()
                found = await store.prompts()
        return sorted(found, key=lambda each: (each.is_retired, not is_in_season(each.code, month)))

    async def known(self, server_id: ServerId) -> list[Prompt]:
        """Return the prompts that a server has met: nothing is written, as whoever types is asked at each key."""
        async with self._database.read() as transaction:
            return await CheckInStore(transaction, server_id).prompts()

    async def page(self, server_id: ServerId, number: int = 0) -> PromptPage:
        """Return page ``number``, from 0, of all prompts (see :meth:`every`)."""
        found = await self.every(server_id)
        pages = min(max(1, -(-len(found) // PAGE)), PAGES_LIMIT)
        number = min(max(number, 0), pages - 1)
        return PromptPage(server_id, tuple(found[number * PAGE :][:PAGE]), number, pages, len(found))

    async def one(self, server_id: ServerId, prompt_id: int) -> Prompt:
        """Return a prompt.

        Raises:
            Refusal: it is gone.
        """
        async with self._database.read() as transaction:
            return await _found(CheckInStore(transaction, server_id), prompt_id)

    async def add(
        self, server_id: ServerId, by: MemberId, japanese: str, english: str, interaction_id: InteractionId
    ) -> None:
        """Add a prompt of the server's own, in one language or both, once for each interaction.

        Raises:
            Refusal: it says nothing, too much, or there are enough.
        """
        words = _words(japanese, english)
        async with self._database.write() as transaction:
            store = CheckInStore(transaction, server_id)
            await store.ship()
            before = await store.own_prompts()
            await store.add_prompt(words, interaction_id)
            count = await store.own_prompts()
            if count > OWN_PROMPTS_LIMIT:
                raise Refusal("check_ins.enough_prompts", most=OWN_PROMPTS_LIMIT)
            if count != before:
                await self._note(transaction, server_id, by, "prompt_add", Prompt(0, server_id, "", words))

    async def edit(self, server_id: ServerId, by: MemberId, prompt_id: int, japanese: str, english: str) -> Prompt:
        """Word a prompt of the server's own anew.

        Raises:
            Refusal: it is gone or a shipped one, or says nothing, or too much.
        """
        words = _words(japanese, english)
        async with self._database.write() as transaction:
            store = CheckInStore(transaction, server_id)
            before = await _found(store, prompt_id)
            if before.code:
                raise Refusal("check_ins.prompt_shipped")
            if before.words != words:
                await store.word_prompt(prompt_id, words)
                await self._note(transaction, server_id, by, "prompt_edit", replace(before, words=words))
            return await _found(store, prompt_id)

    async def retire(self, server_id: ServerId, by: MemberId, prompt_id: int, *, is_retired: bool) -> Prompt:
        """Let a prompt be asked no more, or again; a second press changes nothing.

        Raises:
            Refusal: it is gone.
        """
        async with self._database.write() as transaction:
            store = CheckInStore(transaction, server_id)
            before = await _found(store, prompt_id)
            if before.is_retired is not is_retired:
                await store.retire_prompt(prompt_id, is_retired=is_retired)
                act = "prompt_retire" if is_retired else "prompt_return"
                await self._note(transaction, server_id, by, act, before)
            return await _found(store, prompt_id)

    async def _note(self, transaction: Transaction, server_id: ServerId, by: MemberId, act: str, what: Prompt) -> None:
        words = worded(self._texts, what, (await self._setup.server_in(transaction, server_id)).language)
        await Acts(transaction).note(server_id, by, f"{FEATURE}.{act}", words=words)


def worded(texts: Texts, prompt: Prompt, locale: Locale) -> str:
    """Return what a prompt asks: in another language where it has no words in this one."""
    if prompt.code:
        return texts(locale, f"prompt.{prompt.code}")
    return prompt.words.get(locale) or next(iter(prompt.words.values()), "")


def _words(japanese: str, english: str) -> dict[str, str]:
    words = {"ja": " ".join(japanese.split()), "en": " ".join(english.split())}
    if not any(map(is_visible, words.values())):
        raise Refusal("check_ins.prompt_empty")
    if max(map(len, words.values())) > PROMPT_LIMIT:
        raise Refusal("check_ins.too_long")
    return {language: each for language, each in words.items() if is_visible(each)}


async def _found(store: CheckInStore, prompt_id: int) -> Prompt:
    prompt = await store.prompt(prompt_id)
    if prompt is None:
        raise Refusal("check_ins.prompt_gone")
    return prompt
