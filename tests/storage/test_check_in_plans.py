"""However many answers there are, what looks for those to one prompt looks at no others."""

import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from bot.features.check_ins import store
from bot.storage.database import queries_in

_QUERIES = queries_in(Path(store.__file__).with_name("queries.sql"))
_AS_ONE_GOES = "DELETE FROM check_in_answers WHERE check_in_id = :check_in_id"  # what ON DELETE CASCADE comes to

_SELDOM = [("answers_among", "message_id=?"), ("of_threads", "thread_id=?"), ("newly_missed", "missed_at>?")]


@pytest.mark.parametrize(
    "statement", [_QUERIES.waiting_answers.sql, _QUERIES.sealed_answers.sql, _QUERIES.named_answer.sql, _AS_ONE_GOES]
)
def test_no_statement_about_one_prompt_looks_at_all_answers(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", defaultdict(int))]
    assert any("check_in_id=?" in step for step in steps), steps


@pytest.mark.parametrize(("statement", "found_by"), _SELDOM)
def test_what_is_seldom_wanted_is_found_without_a_look_at_all_else(path: Path, statement: str, found_by: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        plan = f"EXPLAIN QUERY PLAN {getattr(_QUERIES, statement).sql}"
        steps = [row[3] for row in connection.execute(plan, defaultdict(int))]
    assert any(found_by in step for step in steps), steps
