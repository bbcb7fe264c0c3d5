"""However many effects are done, or due at once, the worker's statements look at those alone that they are about."""

import sqlite3
from collections import defaultdict
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage import effects
from bot.storage.database import queries_in

OFTEN = (
    "state",
    "unsettled_count",
    "recover",
    "claim",
    "due_count",
    "claim_elsewhere",
    "mark_done",
    "release",
    "park",
    "unpark",
    "parked",
    "next_due",
)


@pytest.mark.parametrize("name", [*OFTEN, "parked_count"])
def test_no_statement_of_the_worker_looks_at_all_effects(path: Path, name: str) -> None:
    statement = getattr(queries_in(effects._QUERIES), name).sql
    values: dict[str, object] = defaultdict(int, keys="[]", passed="[]")
    with closing(sqlite3.connect(path)) as connection:
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert steps
    assert not [step for step in steps if step in {"SCAN effects", "SCAN held", "SCAN one", "SCAN first"}], steps
