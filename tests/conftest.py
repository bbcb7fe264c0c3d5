"""Coverage is measured where it can tell something: being traced doubles what a test takes."""

from collections.abc import Generator
from pathlib import Path

import pytest
from coverage import Coverage

from bot.kernel.i18n import LOCALES

PROCESSES = Path(__file__).parent / "process"  # of what a whole bot runs, the other layers run nearly all
TRACES_PROCESSES = "COVERAGE_PROCESS_CONFIG"  # in the environment, coverage measures whatever a test starts


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    measuring = Coverage.current()
    if measuring is None or not _runs_nothing_else(item):
        return (yield)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(TRACES_PROCESSES, raising=False)
        measuring.stop()
        try:
            return (yield)
        finally:
            measuring.start()


def _runs_nothing_else(item: pytest.Item) -> bool:
    """Whether a test runs only lines of the bot that others run, such as its twin in the other language, or none."""
    chosen = getattr(item, "callspec", None)
    is_twin = chosen is not None and chosen.params.get("locale") in LOCALES[1:]
    is_repeated = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    if item.get_closest_marker("traced") is not None:
        return is_twin
    return is_twin or is_repeated or PROCESSES in item.path.parents or item.get_closest_marker("untraced") is not None
