"""What reviews hold of members, column by column."""

from bot.storage.columns import OnDeletion, PersonalColumn

_KEPT = "as long as the server's records, or until removed"

PERSONAL_COLUMNS = (
    *(
        PersonalColumn("reviews", column, what, why, _KEPT, f"reviews[].{column}", OnDeletion.EMPTIED)
        for column, what, why in (
            ("member_id", "who asks to be read", "to show it, and to tell them what readers write"),
            ("url", "the address of what is to be read", "to show it to readers"),
            ("host", "where that is", "to show it to readers"),
            ("address", "the same for all spellings of it", "to ask for each page once at a time"),
            ("title", "what it is, in one line", "to show it to readers"),
            ("question", "what the author would like to know", "to show it to readers"),
            ("wish_on", "by when they would like to hear", "to show it to readers"),
        )
    ),
    *(
        PersonalColumn("review_claims", column, what, why, _KEPT, f"readings[].{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "who gave their word to read something", "to let nobody else read it meanwhile"),
            ("due_at", "by when", "to remind them, and to let others read it after that"),
            ("outcome", "what became of it", "to let them write also when it is late"),
        )
    ),
    PersonalColumn(
        "review_feedback",
        "member_id",
        "who wrote about what they read",
        "to show it, and to thank them",
        _KEPT,
        "feedback[].member_id",
        OnDeletion.EMPTIED,
    ),
    PersonalColumn(
        "review_parts",
        "words",
        "what they wrote",
        "to post it",
        _KEPT,
        "feedback[].words",
        OnDeletion.EMPTIED,
    ),
    *(
        PersonalColumn("review_readers", column, what, why, _KEPT, f"reader.{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "who chose how many they read at a time", "to hold to it"),
            ("claims_limit", "how many that are", "to hold to it"),
        )
    ),
)
