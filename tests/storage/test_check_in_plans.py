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


@pytest.mark.parametrize(
    "statement", [_QUERIES.waiting_answers.sql, _QUERIES.sealed_answers.sql, _QUERIES.named_answer.sql, _AS_ONE_GOES]
)
def test_no_statement_about_one_prompt_looks_at_all_answers(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", defaultdict(int))]
    assert any("check_in_id=?" in step for step in steps), steps


@pytest.mark.parametrize(("statement", "column"), [("answers_among", "message_id"), ("of_threads", "thread_id")])
def test_messages_and_threads_of_others_are_no_work(path: Path, statement: str, column: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        plan = f"EXPLAIN QUERY PLAN {getattr(_QUERIES, statement).sql}"
        steps = [row[3] for row in connection.execute(plan, defaultdict(int))]
    assert any(f"{column}=?" in step for step in steps), steps
