"""Secrets stay out of the logs, wherever they stand."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator

import pytest
import structlog

from bot.kernel import logs
from bot.kernel.logs import LogFormat

TOKEN = "MTIz.Gabcde.the-token"
KEY = 'a "quoted" key\\with 鍵'
Written = Callable[[], str]


@pytest.fixture(params=["plain", "json"])
def log_format(request: pytest.FixtureRequest) -> LogFormat:
    chosen: LogFormat = request.param
    return chosen


@pytest.fixture
def written(log_format: LogFormat, monkeypatch: pytest.MonkeyPatch) -> Iterator[Written]:
    """Return what was logged since the logs were set up."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    logs.configure(log_format, secrets=(TOKEN, KEY, ""))
    yield stream.getvalue
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()


class Wrapped:
    def __repr__(self) -> str:
        return f"<Wrapped {TOKEN}>"


def _raise() -> None:
    raise ValueError(f"{TOKEN} was refused")


def log_everywhere() -> None:
    log = logs.get_logger("a.test")
    log.info("said", token=TOKEN, key=KEY, other=Wrapped())
    log.warning("nested", inside={"deep": [TOKEN, (KEY,)]})
    log.info("within %s the sentence" % TOKEN)  # noqa: UP031, G002 - the secret is part of the text itself
    library = logging.getLogger("a.library")
    library.info("with %s argument %r", TOKEN, KEY)
    try:
        _raise()
    except ValueError:
        log.exception("raised")
        library.exception("raised there")


def test_no_secret_is_written_wherever_it_stands(written: Written) -> None:
    log_everywhere()
    text = written()
    assert text.count("raised") >= 2
    for shown in (TOKEN, KEY, json.dumps(KEY)[1:-1], repr(KEY)[1:-1]):
        assert shown not in text
    assert "***" in text
    assert "within *** the sentence" in text


def test_json_is_one_object_a_line(written: Written, log_format: LogFormat) -> None:
    log_everywhere()
    lines = written().splitlines()
    if log_format == "plain":
        assert "within *** the sentence" in lines[2]
        return
    entries = [json.loads(line) for line in lines]
    assert [entry["event"] for entry in entries][2:4] == [
        "within *** the sentence",
        "with *** argument '***'",
    ]
    assert {"level", "logger", "timestamp"} <= entries[0].keys()
    assert "ValueError" in entries[-1]["exception"]


def test_an_empty_secret_masks_nothing(written: Written) -> None:
    logs.get_logger("a.test").info("plain words")
    assert "plain words" in written()
