"""What a member leaves in the tables of safety, and whoever looks at it."""

from datetime import timedelta

from bot.features.safety.case_store import CaseStore
from bot.features.safety.crisis_store import CrisisStore
from bot.features.safety.model import (
    CaseKind,
    Complaint,
    Cry,
    CryReason,
    Evidence,
    HoldOrder,
    Outcome,
    ReportReason,
)
from bot.features.safety.store import SafetyStore
from bot.kernel.ids import ChannelId, InteractionId, MemberId, MessageId, ServerId
from bot.storage.acts import Acts
from bot.storage.database import Transaction

MODERATOR = MemberId(290000000000000001)


async def settle_safety(
    transaction: Transaction, server_id: ServerId, member_id: MemberId, words: str, serial: int
) -> tuple[int, int, int]:
    """Let a member be reported, report, and be put on hold; return the cases: theirs, another's, and their text's."""
    store = SafetyStore(transaction, server_id)
    await store.keep_own_rules("gift card")
    await store.begin_list(5)
    await store.list_posted(MessageId(740 + serial))
    await store.see_moderator(member_id)
    evidence = Evidence(words, member_id, 710 + serial, 720 + serial)
    await store.begin_report(member_id, evidence, InteractionId(700 + serial))
    case_id = await store.open_case(CaseKind.REPORT, member_id, InteractionId(710 + serial))
    await store.set_discreet(case_id, is_discreet=False)
    complaint = Complaint(member_id, ReportReason.SELLING, "somebody's words")
    await store.add_report(case_id, MODERATOR, complaint, evidence, InteractionId(720 + serial))
    await store.place(case_id, ChannelId(750 + serial), MessageId(760 + serial))
    other_id = await store.open_case(CaseKind.REPORT, MODERATOR, InteractionId(730 + serial))
    complaint = Complaint(MODERATOR, ReportReason.NAMES, words)
    await store.add_report(other_id, member_id, complaint, None, InteractionId(740 + serial))
    held = "v1:x:form-y:1:0", {"now": words}, f"digest of {words}"
    held_id = await store.open_held(member_id, "contact", held, InteractionId(750 + serial))
    await store.clear(member_id, f"digest of {words}", timedelta(days=1), by_moderator=True)
    desk = CaseStore(transaction, server_id, MODERATOR)
    await desk.begin_hold(case_id, HoldOrder(member_id, 3, words), InteractionId(760 + serial))
    hold = await store.hold_on(member_id)
    assert hold is not None
    await store.answer(hold, words)
    await CaseStore(transaction, server_id, member_id).take(other_id)
    await CaseStore(transaction, server_id, MODERATOR).close(held_id, Outcome.KEEP_BACK, words)
    await Acts(transaction).note(server_id, member_id, "case.note", case_id=other_id, about_id=MODERATOR, words=words)
    await Acts(transaction).note(server_id, MODERATOR, "hold.begin", case_id=case_id, about_id=member_id, words=words)
    await cry(transaction, server_id, member_id, words, serial)
    return case_id, other_id, held_id


async def cry(transaction: Transaction, server_id: ServerId, member_id: MemberId, words: str, serial: int) -> list[int]:
    """Let a member write crisis words with and without a name, be written to, and answer; return the cases."""
    store, cases = CrisisStore(transaction, server_id), []
    await store.keep_words("kms", "all is dark")
    await store.keep_lines("Somebody | 110 | 24h")
    for number, anonymous in enumerate((False, True)):
        act = InteractionId(770 + 20 * number + serial)
        whose = Cry(member_id, CryReason.ASKED, is_anonymous=anonymous)
        cases.append(await store.open_case(whose, [words], f"cry of {words}", act))
        letter = await store.write(cases[-1], words, InteractionId(act + 10))
        assert letter is not None
        await store.answer(letter.letter_id, words)
    return cases
