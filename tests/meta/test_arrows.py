"""Arrows go one way: cogs, features, storage, kernel."""

import subprocess
import sys
from pathlib import Path

from tests.meta.house import ROOT

LINT = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"


def test_all_contracts_between_the_parts_are_kept() -> None:
    done = subprocess.run([sys.executable, "-c", LINT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_sql_stands_in_sql_files_and_migrations_only() -> None:
    statement = ("SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "CREATE TABLE ")
    for folder in ("bot", "cogs"):
        for path in (ROOT / folder).rglob("*.py"):
            if "migrations" not in path.parts:
                assert not any(word in path.read_text(encoding="utf-8") for word in statement), path.name


def test_every_feature_has_the_same_four_files() -> None:
    features = [path for path in (ROOT / "bot" / "features").iterdir() if (path / "__init__.py").exists()]
    for feature in features:
        assert _names(feature) >= {"model.py", "queries.sql", "store.py", "service.py"}, feature.name
        assert _names(ROOT / "cogs" / feature.name) >= {"cog.py", "controls.py", "render.py"}, feature.name


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
