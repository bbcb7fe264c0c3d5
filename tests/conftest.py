"""Coverage is measured where it can tell something: being traced doubles what a test takes."""

from collections.abc import Generator
from pathlib import Path

import pytest
from coverage import Coverage

from bot.kernel.i18n import LOCALES

WITHOUT_BOT = Path(__file__).parent / "process" / "loopback"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    measuring = Coverage.current()
    if measuring is None or not _runs_nothing_else(item):
        return (yield)
    measuring.stop()
    try:
        return (yield)
    finally:
        measuring.start()


def _runs_nothing_else(item: pytest.Item) -> bool:
    """Whether a test runs only lines of the bot that its twin in the other language runs, or none at all."""
    chosen = getattr(item, "callspec", None)
    return (chosen is not None and chosen.params.get("locale") in LOCALES[1:]) or WITHOUT_BOT in item.path.parents
