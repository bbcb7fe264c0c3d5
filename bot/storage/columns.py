"""Personal data: what each column about a member is for, and what becomes of it.

Every feature's store declares its columns; a test compares the declarations with the schema.
"""

from dataclasses import dataclass
from enum import StrEnum

# Columns that end in `_id` and name something other than a member.
NOT_ABOUT_MEMBERS = frozenset(
    {
        "account_id",
        "act_id",
        "answer_id",
        "ask_id",
        "begun_id",
        "call_channel_id",
        "call_message_id",
        "case_id",
        "channel_id",
        "check_in_id",
        "claim_id",
        "draft_id",
        "effect_id",
        "feedback_id",
        "flag_id",
        "giver_id",
        "hello_id",
        "help_channel_id",
        "helper_id",
        "helpers_channel_id",
        "hint_channel_id",
        "hint_message_id",
        "hold_id",
        "interaction_id",
        "introduction_id",
        "introductions_channel_id",
        "letter_channel_id",
        "letter_id",
        "message_id",
        "moderators_channel_id",
        "moderators_role_id",
        "newcomer_id",
        "notice_id",
        "object_id",
        "panel_channel_id",
        "panel_message_id",
        "part_id",
        "post_id",
        "problem_id",
        "prompt_id",
        "publication_id",
        "receiver_id",
        "reply_id",
        "report_id",
        "result_id",
        "review_id",
        "reviews_channel_id",
        "role_id",
        "schedule_id",
        "search_id",
        "server_id",
        "tag_id",
        "thanks_channel_id",
        "thread_id",
        "unmasking_id",
        "weekly_letter_id",
    }
)

# Texts that no member wrote and that say nothing about one, as table and column.
TEXTS_NOT_ABOUT_MEMBERS = frozenset(
    {
        "accounts.pseudonym",
        "acts.act",
        "ask_replies.key",
        "ask_tags.code",
        "asks.ending",
        "asks.key",
        "asks.pseudonym",
        "asks.state",
        "asks.turn",
        "asks.wants",
        "cases.kind",
        "cases.reason",
        "cases.state",
        "check_in_answers.key",
        "check_ins.why",
        "effects.card",
        "effects.feature",
        "effects.key",
        "effects.state",
        "effects.trouble",
        "effects.verb",
        "entries.cause",
        "entries.key",
        "entries.kind",
        "flags.accounts",
        "flags.cut",
        "flags.entries",
        "help_channels.trouble",
        "installation.name",
        "installation.value",
        "introduction_topics.side",
        "introductions.state",
        "notices.card",
        "notices.feature",
        "own_crisis_words.added",
        "own_crisis_words.taken_off",
        "own_help_lines.lines",
        "own_rules.rules",
        "problems.feature",
        "prompts.code",
        "prompts.en",
        "prompts.ja",
        "publications.state",
        "reports.reason",
        "reviews.ending",
        "reviews.state",
        "reviews.wants",
        "role_troubles.trouble",
        "servers.language",
        "servers.zone",
        "topics.topic",
        "weekly_letters.local",
        "word_roles.word",
    }
)


class OnDeletion(StrEnum):
    """What happens to a value when its member asks for deletion."""

    ROW_GOES = "the row is removed"
    EMPTIED = "the value is emptied, the row stays"


@dataclass(frozen=True, slots=True)
class PersonalColumn:
    """One column that holds or points to something about a member.

    Attributes:
        table: the table's name.
        column: the column's name.
        what: what it holds.
        why: what it is needed for.
        kept: how long.
        exported_as: its path in a member's export.
        on_deletion: what becomes of it when the member asks for deletion.
    """

    table: str
    column: str
    what: str
    why: str
    kept: str
    exported_as: str
    on_deletion: OnDeletion
