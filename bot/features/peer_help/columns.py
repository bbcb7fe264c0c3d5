"""What this feature keeps about members: why, for how long, and what becomes of it."""

from bot.storage.columns import OnDeletion, PersonalColumn

_KEPT = "until withdrawn or deleted on request, or 12 months after leaving"
_SEALED = "until 60 days after the ask has ended"

PERSONAL_COLUMNS = (
    *(
        PersonalColumn("asks", column, what, why, _KEPT, f"asks[].{column}", OnDeletion.EMPTIED)
        for column, what, why in (
            ("member_id", "who asked", "to let nobody else change it"),
            ("title", "what is asked, in one line", "to show it"),
            ("details", "more about it", "to show it"),
            ("helped", "what helped", "to show it to those who helped, and to who searches, if the asker likes"),
            ("topic", "the topic of an ask", "to ask those who know about it"),
        )
    ),
    PersonalColumn(
        "asks",
        "sealed",
        "who asked under a pseudonym, readable with the host key alone",
        "to tell them the answers",
        _SEALED,
        "asks[]",
        OnDeletion.EMPTIED,
    ),
    PersonalColumn(
        "asks",
        "first_member_id",
        "whom somebody asked by name",
        "to ask them first",
        _KEPT,
        "asked_by_name[]",
        OnDeletion.EMPTIED,
    ),
    PersonalColumn(
        "ask_search",
        "tokens",
        "the words of an ask, cut up",
        "to be found by them",
        _KEPT,
        "not exported: made from the ask",
        OnDeletion.ROW_GOES,
    ),
    *(
        PersonalColumn("ask_helpers", column, what, why, _KEPT, f"helped_with[].{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "who takes part in another's ask", "to know whose turn it is, and whom to thank"),
            ("came_at", "when they said that they can answer", "to ask them kindly if nothing follows"),
            ("left_at", "when they asked others to", "to ask somebody else"),
            ("spoke_at", "when they last wrote in the thread", "to know whose turn it is"),
        )
    ),
    PersonalColumn(
        "ask_me_too",
        "member_id",
        "who knows the same",
        "to count each once",
        _KEPT,
        "me_too[]",
        OnDeletion.ROW_GOES,
    ),
    PersonalColumn(
        "ask_replies",
        "words",
        "what an asker told under a pseudonym, or later on",
        "to post it",
        _KEPT,
        "asks[].replies[]",
        OnDeletion.EMPTIED,
    ),
    *(
        PersonalColumn("hand_posts", column, what, why, "30 days", f"opened[].{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "who opened a thread by hand", "to let nobody else make an ask of it"),
            ("title", "what they called it", "to show it to helpers"),
        )
    ),
    *(
        PersonalColumn("ask_searches", column, what, why, "24 hours", f"searches[].{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "who searched", "to turn pages for nobody else"),
            ("words", "the words searched for", "to turn pages"),
        )
    ),
    *(
        PersonalColumn("unmaskings", column, what, why, _KEPT, exported, OnDeletion.EMPTIED)
        for column, what, why, exported in (
            ("asked_by_member_id", "the moderator who wants to know who asked", "to need another", "acts[]"),
            ("agreed_by_member_id", "the other one", "to tell who learned it", "acts[]"),
            ("reason", "why", "to decide, and to tell the asker", "not exported: it is about somebody else"),
        )
    ),
)
