"""What holds for every file: no leftovers, no silent exceptions to the rules, nothing of one machine."""

import ast
import io
import os
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.meta.house import ROOT, files, named, parsed, sources

_CODE = ("bot", "cogs", "tests", "benchmarks")
_IGNORED_TYPE = re.compile(r"#\s*type:\s*ignore")
_REASONED_TYPE = re.compile(r"# type: ignore\[[a-z-]+(?:, ?[a-z-]+)*\] {1,2}# \S.{4,}")
_WAIVED = re.compile(r"#\s*noqa")
_REASONED_WAIVER = re.compile(r"# noqa: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)* [-–—] \S.{4,}")
_LONGEST = {"bot": 400, "cogs": 400, "tests": 500}  # lines; uneasy begins at 300
_BINARY = {".png", ".ttf", ".otf", ".ico", ".woff2"}
_UNDONE = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")


@cache
def texts() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in files() if path.suffix not in _BINARY}


def comments() -> Iterator[tuple[str, str]]:
    """Yield every comment in the code, and where it stands."""
    for path in sources(*_CODE):
        for token in tokenize.generate_tokens(io.StringIO(texts()[path]).readline):
            if token.type == tokenize.COMMENT:
                yield f"{named(path)}:{token.start[0]}", token.string


def index_hosts() -> set[str]:
    """Return the hosts that packages come from here, and the one that they come from by default."""
    addresses = [os.environ.get(name, "") for name in ("PIP_INDEX_URL", "UV_INDEX_URL", "UV_DEFAULT_INDEX")]
    asked = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    addresses.append(subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip())
    default = ("py" + "pi.org", "pythonhosted" + ".org")
    return {host for host in (urlsplit(address).hostname for address in addresses) if host} | set(default)


def machine_paths() -> set[str]:
    """Return paths that exist on this machine alone."""
    own = {str(ROOT), sys.prefix, sys.base_prefix, os.path.realpath(sys.executable)}
    return {path for path in own if len(Path(path).parts) > 2 and not path.startswith("/usr")}


def test_nothing_is_printed_but_by_the_command_line() -> None:
    for path in sources("bot", "cogs"):
        calls = (node.func for node in ast.walk(parsed(path)) if isinstance(node, ast.Call))
        prints = [call for call in calls if isinstance(call, ast.Name) and call.id == "print"]
        assert not prints or named(path) == "bot/cli.py", named(path)


def test_no_package_index_and_no_path_of_a_machine_is_named() -> None:
    never = index_hosts() | machine_paths()
    found = {(named(path), word) for path, text in texts().items() for word in never if word in text}
    assert found == set()


def test_every_exception_to_a_rule_has_its_reason() -> None:
    said = list(comments())
    assert said
    for where, comment in said:
        if _IGNORED_TYPE.match(comment):
            assert _REASONED_TYPE.match(comment), where
        if _WAIVED.match(comment):
            assert _REASONED_WAIVER.match(comment), where


def test_whoever_catches_everything_says_why() -> None:
    for path in sources(*_CODE):
        lines = texts()[path].splitlines()
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ExceptHandler) and _catches_all(node.type):
                where, line = f"{named(path)}:{node.lineno}", lines[node.lineno - 1]
                raises_again = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in node.body)
                assert raises_again or re.search(r"# .*\S [-–—] \S", line), where


def _catches_all(kind: ast.expr | None) -> bool:
    return kind is None or (isinstance(kind, ast.Name) and kind.id in {"Exception", "BaseException"})


def test_nothing_is_left_for_later() -> None:
    assert [where for where, comment in comments() if _UNDONE.search(comment)] == []


def test_files_are_of_a_size_that_one_reads_at_once() -> None:
    for folder, longest in _LONGEST.items():
        assert {named(path) for path in sources(folder) if texts()[path].count("\n") > longest} == set()


def test_texts_end_with_a_line_and_hold_no_tabs_or_returns() -> None:
    for path, text in texts().items():
        assert "\r" not in text, named(path)
        if path.suffix == ".py":
            assert "\t" not in text, named(path)
        assert not text or text.endswith("\n"), named(path)


@pytest.mark.parametrize("folder", ["bot", "cogs"])
def test_every_module_says_what_it_is_for(folder: str) -> None:
    for path in sources(folder):
        assert ast.get_docstring(parsed(path)), named(path)
