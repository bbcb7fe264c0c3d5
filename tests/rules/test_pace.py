"""What counts towards the requests that Discord takes of one bot."""

import pytest
import yarl

from bot.pace import is_counted, refused_everywhere


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("https://discord.com/api/v10/channels/1/messages", True),
        ("https://discord.com/api/v10/users/@me", True),
        ("https://discord.com/api/v10/interactions/1/token/callback", False),
        ("https://discord.com/api/v10/webhooks/1/token/messages/@original", False),
        ("https://discord.com/api/v10/webhooks/1/token", False),
        ("wss://gateway.discord.gg/?v=10&encoding=json", False),
    ],
)
def test_answers_to_interactions_and_the_gateway_do_not_count(address: str, *, counted: bool) -> None:
    assert is_counted(yarl.URL(address)) is counted


GLOBAL = {"Via": "1.1 google", "X-RateLimit-Global": "true"}


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (200, {}, 0.0),
        (503, {"Retry-After": "9"}, 0.0),
        (429, {"Via": "1.1 google", "Retry-After": "9"}, 0.0),  # of one place
        (429, GLOBAL | {"Retry-After": "0.65"}, 0.65),
        (429, {"Retry-After": "3600"}, 3600.0),  # before it reached the API
        (429, {"Retry-After": "Wed, 21 Oct 2026 07:28:00 GMT"}, 60.0),
        (429, GLOBAL, 60.0),
        (429, {"Retry-After": "86400"}, 3600.0),
        (429, {"Retry-After": "inf"}, 3600.0),  # what no clock could wait for would end the process
    ],
)
def test_what_is_refused_for_the_whole_bot_is_told_from_what_is_not(
    status: int, headers: dict[str, str], seconds: float
) -> None:
    assert refused_everywhere(status, headers) == seconds
