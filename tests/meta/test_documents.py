"""What is written for people is there, in both languages, and names what there is."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.meta.conftest import House
from tests.meta.house import ROOT

GUIDES = {
    "en": ("docs/members.md", "docs/moderators.md"),
    "ja": ("docs/members.ja.md", "docs/moderators.ja.md"),
}
RECORDS = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
SLASH = 1  # the others are menus on members and messages
_DATED = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")


def names(payloads: list[dict[str, Any]]) -> set[str]:
    """Return the commands as they are typed."""
    found = set()
    for payload in (payload for payload in payloads if payload.get("type", SLASH) == SLASH):
        parts = [option for option in payload.get("options") or [] if option["type"] == 1]
        found |= {f"/{payload['name']} {part['name']}" for part in parts} or {f"/{payload['name']}"}
    return found


@pytest.mark.parametrize("locale", GUIDES)
def test_every_command_is_documented(locale: str, house: House) -> None:
    told = "\n".join((ROOT / guide).read_text(encoding="utf-8") for guide in GUIDES[locale])
    commands = names(house.commands)
    assert len(commands) >= 7
    assert {command for command in commands if not re.search(rf"{command}\b", told)} == set()


def test_the_guides_name_no_command_that_is_not_there(house: House) -> None:
    groups = {command["name"]: command for command in house.commands}
    for guide in (guide for guides in GUIDES.values() for guide in guides):
        for group, _, part in re.findall(r"`/([a-z]+)( ([a-z]+))?", (ROOT / guide).read_text(encoding="utf-8")):
            assert group in groups, (guide, group)
            parts = {option["name"] for option in groups[group].get("options") or [] if option["type"] == 1}
            assert not parts or not part or part in parts, (guide, group, part)


def test_each_guide_exists_in_both_languages() -> None:
    guides = {path.name for path in (ROOT / "docs").glob("*.md")} | {path.name for path in ROOT.glob("README*.md")}
    english = {name for name in guides if not name.endswith(".ja.md")}
    assert {name.replace(".ja.md", ".md") for name in guides if name.endswith(".ja.md")} == english


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_a_decision_has_a_number_a_true_date_and_a_status(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert re.fullmatch(r"\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.md", record.name)
    assert text.startswith("# ")
    dated = _DATED.search(text)
    assert dated
    assert date(2026, 1, 1) <= date.fromisoformat(dated[1])
    assert re.search(r"\b(accepted|superseded|proposed|rejected)\b", text, re.IGNORECASE)


def test_decisions_are_numbered_without_gaps_and_listed() -> None:
    assert [int(record.name[:4]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))
    listed = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")
    assert [record.name for record in RECORDS if record.name not in listed] == []


def test_links_between_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bot").rglob("*.md")]
    for document in documents:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), (document.name, target)
