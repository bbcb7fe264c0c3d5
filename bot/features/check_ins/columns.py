"""What check-ins hold of members, column by column."""

from bot.storage.columns import OnDeletion, PersonalColumn

_KEPT = "as long as the server's records, or until removed"

PERSONAL_COLUMNS = (
    *(
        PersonalColumn("schedules", column, what, why, _KEPT, f"own_check_ins.{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("member_id", "who wishes to be asked alone", "to ask them"),
            ("days", "on which days of the week", "to ask them then"),
            ("at_minute", "at what time of the day", "to ask them then"),
            ("zone", "on the clocks of which zone", "to ask them then"),
            ("country", "whose public holidays are left out", "to ask nothing on them"),
            ("paused_until", "until when they don't", "to ask them nothing meanwhile"),
            ("unreached", "how often in a row they could not be reached", "to ask whether to go on"),
        )
    ),
    *(
        PersonalColumn("check_ins", column, what, why, _KEPT, f"own_check_ins.asked[].{column}", OnDeletion.ROW_GOES)
        for column, what, why in (
            ("local", "when a member was asked alone, on their own clocks", "to ask them once"),
            ("due_at", "when a member was asked alone", "to ask them once, and not too late"),
        )
    ),
    *(
        PersonalColumn("check_in_answers", column, what, why, _KEPT, f"check_ins[].{column}", OnDeletion.EMPTIED)
        for column, what, why in (
            (
                "member_id",
                "who answered, where their name is shown, or only they see it",
                "to show it, and to change it",
            ),
            ("sealed", "who answered without their name, readable with the host key alone", "to let them change it"),
            ("words", "what they answered", "to show it to whom they like"),
            ("mood", "how they were", "to show it to whom they like"),
            ("shows", "whom they let see it", "to show it to nobody else"),
            ("answered_at", "when they answered", "to draw their moods week by week"),
        )
    ),
)
