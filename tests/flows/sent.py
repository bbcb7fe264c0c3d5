"""What left the bot, held to Discord's own rules."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from simcord.types import HttpLogEntry

from tests.flows.messages import TEXT_DISPLAY, Json
from tests.openapi import check_request

_LIMITS = {"title": 45, "description": 100, "placeholder": 100, "custom_id": 100}  # characters, the fewest of any part
_LABELS = {2: 80, 18: 45}  # characters, of buttons and of fields in a form; of options:
_LABEL = 100
_SAID_OF_PICTURES = 1024  # characters
_PLAIN = 2000  # characters, of a message without components
_ID = re.compile("[0-9]{17,20}")
_NUMBER = re.compile("[0-9]+")
_TEXT = re.compile(r'"(content|description|label|placeholder|title)": "(?:[^"\\]|\\.)+"')  # of checked lengths
_checked: set[str] = set()  # bodies that differ by ids and texts only need no second look, which costs 1 ms
_MOST = 40  # looks a test: hundreds of hostile bodies differ in their texts only


def check_requests(entries: Sequence[HttpLogEntry]) -> None:
    """Hold what left the bot to Discord's own rules, and to ping nobody but named members."""
    looks = _MOST
    for entry in entries:
        check_mentions(entry)
        body = body_of(entry)
        check_limits(body)
        told = _TEXT.sub(r"\1", _ID.sub("1", json.dumps(body, sort_keys=True)))
        shape = f"{entry.method} {_NUMBER.sub('1', entry.path)} {told}"
        if shape not in _checked and looks:
            looks -= 1
            wrong = check_request(entry.method, entry.path, body)
            assert not wrong, wrong
            _checked.add(shape)


def body_of(entry: HttpLogEntry) -> Any:  # noqa: ANN401 - decoded JSON
    """Return the decoded body of a logged request, also of one that carries files."""
    if entry.json is not None:
        return json.loads(entry.json) if isinstance(entry.json, str) else entry.json
    return None


def check_limits(body: object) -> None:
    """Hold a request to what Discord takes of texts and components."""
    parts = list(_objects(body))
    for part in parts:
        limits = _LIMITS | ({"description": _SAID_OF_PICTURES} if "media" in part else {})
        for name, limit in limits.items():
            if isinstance(part.get(name), str):
                assert len(part[name]) <= limit, (name, part[name])
        assert "type" in part or len(part.get("content") or "") <= _PLAIN, part
        assert len(str(part.get("label") or "")) <= _LABELS.get(part.get("type", 0), _LABEL), part
        assert len(part.get("options") or ()) <= 25
        assert len(part.get("choices") or ()) <= 25
    shown = [part for part in parts if isinstance(part.get("type"), int) and ("id" in part or "custom_id" in part)]
    assert sum(len(part["content"]) for part in parts if part.get("type") == TEXT_DISPLAY) <= 4000
    assert len(shown) <= 40 or "name" in shown[0]


def _objects(body: object) -> Iterator[Json]:
    """Return all objects within a decoded JSON value, outermost first."""
    if isinstance(body, dict):
        yield body
    for inner in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        yield from _objects(inner)


def check_mentions(entry: HttpLogEntry) -> None:
    """Hold a logged request to mention at most members by name, and to say so."""
    body = body_of(entry)
    if not isinstance(body, dict):
        return
    said = body.get("data", body) if "/callback" in entry.path else body
    if isinstance(said, dict) and said.get("components") and "custom_id" not in said:
        allowed = said["allowed_mentions"]
        assert allowed["parse"] == []
        assert not allowed.get("roles")
