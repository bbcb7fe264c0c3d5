"""What counts towards the requests that Discord takes of one bot."""

import pytest

from bot.pace import is_counted


@pytest.mark.parametrize(
    ("path", "counted"),
    [
        ("/api/v10/channels/1/messages", True),
        ("/api/v10/users/@me", True),
        ("/api/v10/interactions/1/token/callback", False),
        ("/api/v10/webhooks/1/token/messages/@original", False),
        ("/api/v10/webhooks/1/token", False),
    ],
)
def test_answers_to_interactions_do_not_count(path: str, *, counted: bool) -> None:
    assert is_counted(path) is counted
