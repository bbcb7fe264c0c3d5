"""What this feature keeps about members: why, for how long, and what becomes of it."""

from bot.storage.columns import OnDeletion, PersonalColumn

_LEFT = "12 months after leaving"
_OPENNESS = "12 months after leaving, or after the last use if nothing is published"

PERSONAL_COLUMNS = (
    PersonalColumn(
        "accounts",
        "member_id",
        "which account in the ledger is whose",
        "to name who thanked and who was thanked",
        _LEFT,
        "ledger.account",
        OnDeletion.EMPTIED,
    ),
    PersonalColumn(
        "reasons",
        "words",
        "why somebody thanked, or an entry was reversed",
        "to tell the other",
        _LEFT,
        "ledger.entries[].reason",
        OnDeletion.EMPTIED,
    ),
    *(
        PersonalColumn("openness", column, what, why, _OPENNESS, f"openness.{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "who chose what others see", "to keep to it"),
            ("posts_thanks", "whether thanks to them may be posted", "to post no other"),
            ("shows_word", "whether others see their word", "to show no other"),
            ("wears_role", "whether they want the role for it", "to give it to nobody else"),
        )
    ),
    PersonalColumn(
        "role_rounds",
        "after_member_id",
        "the last member whose roles were looked at",
        "to go on from there",
        "an hour",
        "not exported: says nothing about the member",
        OnDeletion.ROW_GOES,
    ),
    *(
        PersonalColumn("worn_roles", column, what, why, _LEFT, f"roles[].{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "to whom the bot gave a role", "to take back these and no others"),
            ("role_id", "which role", "to take back these and no others"),
        )
    ),
)
