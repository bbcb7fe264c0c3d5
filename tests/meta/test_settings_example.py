""".env.example documents every setting, and nothing else, with defaults that are true."""

import dataclasses
import re
from collections.abc import Iterator

import pytest

from bot.settings import Secret, Settings
from tests.meta.house import ROOT

_LINE = re.compile(r"(# )?([A-Z][A-Z0-9_]*)=(.*)")
_MACHINES = {"LC_ALL", "LANG"}  # the machine's own, not set for the bot alone: named in words
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


class Recorder(dict[str, str]):
    """An environment that is empty, and remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]  # the one form that the reader uses
        self.asked.add(key)
        return super().get(key, default)


def example() -> str:
    return (ROOT / ".env.example").read_text(encoding="utf-8")


def documented() -> list[tuple[bool, str, str, list[str]]]:
    """Return each setting: whether it is commented out, its name, its value, and the lines that explain it."""
    found: list[tuple[bool, str, str, list[str]]] = []
    said: list[str] = []
    for line in example().splitlines():
        match = _LINE.fullmatch(line)
        if match:
            found.append((bool(match[1]), match[2], match[3], said))
        said = [*said, line] if line.startswith("# ") and not match else []
    return found


def asked() -> set[str]:
    environment = Recorder()
    Settings(environment)
    return environment.asked


def shown(settings: Settings) -> Iterator[tuple[str, object]]:
    for field in dataclasses.fields(settings):
        value = getattr(settings, field.name)
        yield field.name, value.reveal() if isinstance(value, Secret) else value


def test_the_settings_are_all_documented_and_nothing_else_is() -> None:
    names = [name for _, name, _, _ in documented()]
    assert len(set(names)) == len(names)
    assert set(names) == asked() - _MACHINES
    assert asked() >= _MACHINES
    assert all(name in example() for name in _MACHINES)


def test_the_defaults_are_true() -> None:
    commented = {name: value for is_comment, name, value, _ in documented() if is_comment}
    assert dict(shown(Settings(commented))) == dict(shown(Settings({})))


def test_what_must_be_filled_in_is_not_commented_out() -> None:
    assert [name for is_comment, name, _, _ in documented() if not is_comment] == ["DISCORD_TOKEN"]


@pytest.mark.parametrize(("name", "said"), [(name, said) for _, name, _, said in documented()], ids=str)
def test_each_is_explained_in_both_languages(name: str, said: list[str]) -> None:
    assert any(_JAPANESE.search(line) for line in said), name
    assert any(not _JAPANESE.search(line) for line in said), name
    assert 2 <= len(said) <= 4, name


def test_a_copy_of_the_file_is_an_environment_that_works() -> None:
    Settings({name: value for is_comment, name, value, _ in documented() if not is_comment})
