"""The prompts that every server begins with: their words stand in the catalogues, as ``prompt.<code>``."""

from collections.abc import Mapping

EVERYDAY = (
    "small_win",
    "laughed",
    "wrong_button",
    "same_mistake",
    "lost_and_found",
    "dinner_rescue",
    "burnt",
    "five_minutes",
    "tired_where",
    "let_go",
    "said_no",
    "asked_for_help",
    "words_that_stayed",
    "kind_stranger",
    "old_friend",
    "at_twenty",
    "changed_mind",
    "body_says",
    "sleep",
    "checkup",
    "worth_it",
    "not_worth_it",
    "money_quiet",
    "desk",
    "meeting",
    "work_proud",
    "first_job",
    "explain_job",
    "other_trade",
    "career_turn",
    "manager",
    "deadline",
    "learning_now",
    "unread_book",
    "half_done",
    "blog_idea",
    "code_or_craft",
    "song",
    "snack",
    "walk",
    "view",
    "photo_roll",
    "home_corner",
    "chore",
    "child_said",
    "parents",
    "thank_unsaid",
    "sorry_unsaid",
    "brave",
    "worry_size",
    "weather_inside",
    "next_holiday",
    "ten_years",
    "good_enough",
)

# By the months, 1 for January, in which they are asked: seasons as they are in Japan.
SEASONAL: Mapping[str, frozenset[int]] = {
    "spring_new": frozenset({3, 4, 5}),
    "spring_pollen": frozenset({2, 3, 4}),
    "spring_farewell": frozenset({3, 4}),
    "rainy": frozenset({6, 7}),
    "summer_heat": frozenset({7, 8, 9}),
    "summer_holiday": frozenset({7, 8}),
    "autumn_food": frozenset({9, 10, 11}),
    "autumn_evening": frozenset({10, 11}),
    "year_end": frozenset({12}),
    "year_thanks": frozenset({12}),
    "new_year": frozenset({1}),
    "winter_warm": frozenset({12, 1, 2}),
}

SHIPPED = (*SEASONAL, *EVERYDAY)  # in this order, each once, before any is asked again


def is_in_season(code: str, month: int) -> bool:
    """Return whether a prompt is asked in a ``month``, 1 to 12; one of a server's own, with no code, always is."""
    return month in SEASONAL.get(code, range(1, 13))
