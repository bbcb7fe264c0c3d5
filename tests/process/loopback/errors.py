"""What Discord answers when it refuses, and what it would not even let a person try."""

from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]
Path = tuple[str | int, ...]

EMPTY_MESSAGE = 50006
INVALID_FORM_BODY = 50035

# Discord's JSON error codes that the loopback gives, with their HTTP status and Discord's words.
CODES: dict[int, tuple[int, str]] = {
    0: (404, "404: Not Found"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10087: (404, "Unknown Tag"),
    30048: (400, "Maximum number of tags in a forum channel has been reached (20)"),
    40001: (401, "Unauthorized"),
    40058: (400, "Cannot send messages in a forum channel"),
    40060: (400, "Interaction has already been acknowledged."),
    40061: (400, "Tag names must be unique"),
    40067: (400, "A tag is required to create a forum post in this channel"),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    EMPTY_MESSAGE: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "Missing Permissions"),
    50021: (403, "Cannot execute action on a system message"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50033: (400, "Invalid Recipient(s)"),
    INVALID_FORM_BODY: (400, "Invalid Form Body"),
    50083: (400, "Thread is archived"),
    50278: (403, "Cannot send messages to this user due to having no mutual guilds"),
    160004: (400, "A thread has already been created for this message"),
    160005: (403, "Thread is locked"),
}


class ApiError(Exception):
    """A refusal that is answered as Discord answers it."""

    def __init__(self, code: int, errors: Json | None = None) -> None:
        self.code = code
        self.status, self.text = CODES[code]
        self.errors = errors
        super().__init__(f"{self.status} {code}: {self.text}")

    def body(self) -> Json:
        """Return the answer's JSON body."""
        body: Json = {"message": self.text, "code": self.code}
        return body if self.errors is None else {**body, "errors": self.errors}


class NotPossible(Exception):
    """A test asks for what Discord's app would not let that person do, or while the bot is not connected."""


class Problems:
    """Gathers what is wrong with one request body; refuses it all at once, as Discord does."""

    def __init__(self) -> None:
        self.found: list[tuple[Path, str, str]] = []

    def add(self, path: Path, code: str, text: str) -> None:
        """Note that the value at `path` is wrong."""
        self.found.append((path, code, text))

    def length(self, path: Path, value: Any, low: int, high: int) -> None:  # noqa: ANN401 — any JSON value
        """Note it when a text or list is missing or not between `low` and `high` long."""
        if value is None and low > 0:
            self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif value is not None and not isinstance(value, str | list):
            self.add(path, "BASE_TYPE_BAD_TYPE", f"{value!r} is neither a text nor a list")
        elif value is not None and not low <= len(value) <= high:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {low} and {high} in length, is {len(value)}.")

    def between(self, path: Path, value: Any, low: int, high: int) -> None:  # noqa: ANN401 — any JSON value
        """Note it when a number that was given is not from `low` to `high`."""
        if value is not None and (not isinstance(value, int) or not low <= value <= high):
            self.add(path, "NUMBER_TYPE_RANGE", f"Must be from {low} to {high}, is {value!r}.")

    def one_of(self, path: Path, value: Any, allowed: Iterable[Any]) -> bool:  # noqa: ANN401 — any JSON value
        """Note it when `value` is not among the allowed; return whether it is."""
        allowed = list(allowed)
        if value in allowed:
            return True
        self.add(path, "BASE_TYPE_CHOICES", f"Value {value!r} must be one of {', '.join(map(str, allowed))}.")
        return False

    def refuse_if_any(self) -> None:
        """Raise ApiError 50035 with all that was found, in Discord's nested form."""
        if not self.found:
            return
        tree: Json = {}
        for path, code, text in self.found:
            node = tree
            for part in path:
                node = node.setdefault(str(part), {})
            node.setdefault("_errors", []).append({"code": code, "message": text})
        raise ApiError(INVALID_FORM_BODY, tree)
