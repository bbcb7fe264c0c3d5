"""Checks request bodies against Discord's own OpenAPI file, where it is at hand.

The file is named by `DISCORD_OPENAPI`, or stands at `../shared/data/discord-openapi.json` beside the checkout.
"""

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

Json = Any
SPEC_URI = "urn:discord-openapi"
FORUM_OF_MEDIA = 16
IDS = (".allowed_mentions.users", ".attachments.id", ".default_values.id", ".recipient_id")
LONGEST_EXCERPT = 200


def reason_to_skip() -> str | None:
    """Why bodies cannot be checked here, or None when they can."""
    path = _spec_path()
    return None if path.is_file() else f"Discord's OpenAPI file is not at {path} (set DISCORD_OPENAPI)"


def check_request(method: str, path: str, body: Json) -> list[str]:
    """What Discord's OpenAPI file says against a request.

    `path` is what follows `/api/v10`, ids filled in, without a query; `body` is the decoded JSON, or for a multipart
    request its `payload_json`; None where there was none. Returns one sentence a violation; nothing where the file is
    not at hand.
    """
    if reason_to_skip() is not None:
        return []
    template = _template(method.lower(), path)
    if template is None:
        return [f"{method} {path}: Discord has no such request"]
    if body is None:
        return []
    validator = _validator(method.lower(), template)
    if validator is None:
        return [f"{method} {path}: Discord takes no body here"]
    errors = (deepest for error in validator.iter_errors(_without_false_alarms(body)) for deepest in _causes(error))
    return [f"{method} {template}: {_describe(error)}" for error in errors]


def _spec_path() -> Path:
    named = os.environ.get("DISCORD_OPENAPI")
    return Path(named) if named else Path(__file__).parents[2] / "shared" / "data" / "discord-openapi.json"


@cache
def _spec() -> dict[str, Any]:
    spec: dict[str, Any] = json.loads(_spec_path().read_text(encoding="utf-8"))
    return spec


@cache
def _registry() -> Registry[Json]:
    empty: Registry[Json] = Registry()
    filled: Registry[Json] = empty.with_resource(SPEC_URI, DRAFT202012.create_resource(_spec()))
    return filled


@cache
def _templates() -> Sequence[tuple[re.Pattern[str], str]]:
    """All paths, those with the fewest placeholders first, so that `@original` wins over `{message_id}`."""
    ordered = sorted(_spec()["paths"], key=lambda path: path.count("{"))
    return [(re.compile(re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(path)) + "$"), path) for path in ordered]


def _template(method: str, path: str) -> str | None:
    paths = _spec()["paths"]
    return next((name for pattern, name in _templates() if pattern.match(path) and method in paths[name]), None)


@cache
def _validator(method: str, template: str) -> Validator | None:
    contents = _spec()["paths"][template][method].get("requestBody", {}).get("content", {})
    if "application/json" not in contents:
        return None
    place = "/".join(part.replace("~", "~0").replace("/", "~1") for part in ("paths", template, method))
    reference = f"{SPEC_URI}#/{place}/requestBody/content/application~1json/schema"
    made: Validator = _OfItsKind({"$ref": reference}, registry=_registry())
    return made


def _of_its_kind(keyword: Callable[..., Iterator[ValidationError]]) -> Callable[..., Iterator[ValidationError]]:
    """A keyword of alternatives that tries only those of the value's kind: all others cost most of the time."""

    def looked_at(validator: Validator, alternatives: Json, value: Json, schema: Json) -> Iterator[ValidationError]:
        return keyword(validator, [each for each in alternatives if not _is_other_kind(each, value)], value, schema)

    return looked_at


_OfItsKind = validators.extend(  # type: ignore[no-untyped-call]  # the stubs have no types for it
    Draft202012Validator, {name: _of_its_kind(Draft202012Validator.VALIDATORS[name]) for name in ("anyOf", "oneOf")}
)


def _is_other_kind(alternative: Json, value: Json) -> bool:
    """Whether the alternative is another constant, null, or another `type` of component, option or callback."""
    if "$ref" in alternative:
        alternative = _spec()["components"]["schemas"][alternative["$ref"].rpartition("/")[2]]
    if "const" in alternative:
        return bool(value != alternative["const"])
    if alternative.get("type") == "null":
        return value is not None
    kinds = alternative.get("properties", {}).get("type", {}).get("enum")
    return kinds is not None and isinstance(value, dict) and "type" in value and value["type"] not in kinds


def _without_false_alarms(body: Json, key: str = "") -> Json:
    """A copy without what the file refuses and Discord accepts: media forums, and ids given as integers."""
    if isinstance(body, dict):
        return {name: _without_false_alarms(value, f"{key}.{name}") for name, value in body.items()}
    if isinstance(body, list):
        kept = (item for item in body if not (key.endswith(".channel_types") and item == FORUM_OF_MEDIA))
        return [_without_false_alarms(item, key) for item in kept]
    if isinstance(body, int) and key.endswith(IDS):
        return str(body)
    return body


def _causes(error: ValidationError) -> Iterator[ValidationError]:
    """The errors of the one alternative of the value's kind, where there is one; else the error itself."""
    if len({inner.schema_path[0] for inner in error.context or ()}) != 1:
        yield error
        return
    for inner in error.context or ():
        yield from _causes(inner)


def _describe(error: ValidationError) -> str:
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in error.absolute_path)
    message = error.message
    short = message if len(message) <= LONGEST_EXCERPT else f"{message[:LONGEST_EXCERPT]}…"
    return f"{place.lstrip('.') or 'body'}: {short}"
