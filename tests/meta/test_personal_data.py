"""Whatever is kept about members is declared: what, why, how long, and what becomes of it."""

from collections import Counter
from pathlib import Path

import pytest

from bot.storage.columns import NOT_ABOUT_MEMBERS, TEXTS_NOT_ABOUT_MEMBERS
from tests.meta.schema_picture import SCHEMA_FILE, Column, columns_of, declarations, picture


@pytest.fixture(scope="module")
def columns(empty_database: Path) -> list[Column]:
    return [column for table in columns_of(empty_database).values() for column in table]


def declared() -> set[tuple[str, str]]:
    return {(column.table, column.column) for column in declarations()}


def test_every_id_is_declared_or_known_not_to_be_a_members(columns: list[Column]) -> None:
    ids = {(column.table, column.name) for column in columns if column.name.endswith("_id")}
    assert {found for found in ids - declared() if found[1] not in NOT_ABOUT_MEMBERS} == set()


def test_every_text_is_declared_or_known_not_to_be_a_members(columns: list[Column]) -> None:
    texts = {(column.table, column.name) for column in columns if column.kind == "TEXT"}
    assert {found for found in texts - declared() if ".".join(found) not in TEXTS_NOT_ABOUT_MEMBERS} == set()


def test_a_members_id_is_never_called_anything_else() -> None:
    assert not any("member" in name for name in NOT_ABOUT_MEMBERS)


def test_nothing_is_declared_that_is_not_there(columns: list[Column]) -> None:
    there = {(column.table, column.name) for column in columns}
    assert declared() - there == set()
    assert {name for _, name in there} >= NOT_ABOUT_MEMBERS
    assert {".".join(column) for column in there} >= TEXTS_NOT_ABOUT_MEMBERS


def test_nothing_is_declared_twice_or_both_ways() -> None:
    times = Counter((column.table, column.column) for column in declarations())
    assert [column for column, count in times.items() if count > 1] == []
    assert {".".join(column) for column in declared()} & TEXTS_NOT_ABOUT_MEMBERS == set()


def test_a_declaration_says_all_that_it_has_to() -> None:
    for column in declarations():
        for said in (column.what, column.why, column.kept, column.exported_as):
            assert said.strip(), column


def test_the_picture_of_the_tables_is_true(empty_database: Path) -> None:
    """Made anew by ``python -m tests.meta.schema_picture``."""
    assert SCHEMA_FILE.read_text(encoding="utf-8") == picture(empty_database)
