"""What this feature keeps about members: why, for how long, and what becomes of it."""

from bot.storage.columns import OnDeletion, PersonalColumn

_CASES = "12 months after the case was closed"
_EVIDENCE = "while the case is open"
_HELD = "14 days after moderators decided about it"
_SEALED = "not exported: the letters are"

PERSONAL_COLUMNS = (
    *(
        PersonalColumn("cases", column, what, why, kept, exported, OnDeletion.EMPTIED)
        for column, what, why, kept, exported in (
            ("about_id", "whom a case concerns", "to show it to everybody else only", _CASES, "cases[].about_id"),
            ("taken_by_id", "the moderator who looks after it", "to tell the others", _CASES, "cases[].taken_by_id"),
            ("form", "the form that was held back", "to post it when it is let through", _HELD, "cases[].form"),
            ("fields", "what stood in it", "to decide about it, and to post it", _HELD, "cases[].fields"),
            ("digest", "by what it is known again", "to decide about it once", _HELD, "not exported: made from it"),
            ("outcome", "how it ended, and what was said", "to tell those who wait", _CASES, "cases[].outcome"),
            ("sealed", "who wrote it anonymously, readable with the host key alone", "to answer them", _HELD, _SEALED),
        )
    ),
    *(
        PersonalColumn("letters", column, what, why, _HELD, f"letters[].{column}", OnDeletion.EMPTIED)
        for column, what, why in (
            ("words", "what moderators wrote to whoever wrote crisis words", "to tell them"),
            ("answer", "what they answered", "to go on with it"),
        )
    ),
    *(
        PersonalColumn("reports", column, what, why, kept, exported, OnDeletion.EMPTIED)
        for column, what, why, kept, exported in (
            ("member_id", "who reports", "to tell them how it ended", _CASES, "reports[].member_id"),
            ("words", "what they say about it", "to decide about it", _CASES, "reports[].words"),
            ("evidence", "the message that it is about", "to decide about it", _EVIDENCE, "not exported: another's"),
            ("author_id", "who wrote that message", "to decide about it", _CASES, "not exported: another's"),
        )
    ),
    *(
        PersonalColumn("begun_reports", column, what, why, "24 hours", exported, OnDeletion.ROW_GOES)
        for column, what, why, exported in (
            ("member_id", "who is about to report a message", "to let nobody else report it", "begun_reports[]"),
            ("evidence", "the message", "to hand it to moderators when the form is sent", "not exported: another's"),
            ("author_id", "who wrote it", "to know whom it is about", "not exported: another's"),
        )
    ),
    *(
        PersonalColumn("holds", column, what, why, _CASES, f"holds[].{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "who is on hold", "to post nothing of theirs meanwhile"),
            ("reason", "why", "to tell them"),
            ("ends_at", "until when", "to end it by itself"),
            ("answer", "what they answer", "to think it over"),
        )
    ),
    *(
        PersonalColumn("clearances", column, what, why, "14 days", exported, OnDeletion.ROW_GOES)
        for column, what, why, exported in (
            ("member_id", "who may post a text as it is", "to ask nothing twice", "clearances[].member_id"),
            ("digest", "by what the text is known again", "to know it", "not exported: made from the text"),
        )
    ),
    *(
        PersonalColumn("moderators", column, what, why, "12 months after leaving", exported, OnDeletion.ROW_GOES)
        for column, what, why, exported in (
            ("member_id", "who was seen to be a moderator", "to ask them about cases", "moderator.member_id"),
            ("seen_at", "when that was", "to ask the latest first", "moderator.seen_at"),
        )
    ),
    *(
        PersonalColumn("acts", column, what, why, "as long as the server has the bot", exported, OnDeletion.EMPTIED)
        for column, what, why, exported in (
            ("actor_id", "which moderator did something", "to answer for it", "acts[].actor_id"),
            ("about_id", "whom it concerned", "to show it to everybody else only", "not exported: moderators' record"),
            ("words", "what they noted", "to understand it later", "acts[].words"),
        )
    ),
)
