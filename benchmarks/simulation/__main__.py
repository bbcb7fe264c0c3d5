"""``python -m benchmarks.simulation``: tables and picture; exit code 1 where a goal is missed."""

import argparse
import sys
from pathlib import Path

from benchmarks.simulation import picture, tables
from benchmarks.simulation.goals import goals
from benchmarks.simulation.summary import simulate

SEEDS, ATTACKED = 100, 20  # communities for each setting, and for each attack
QUICK = 5  # of both
DOCUMENT = Path("docs/simulation/README.md")
PICTURE = Path("docs/pictures/standing-simulation.png")
BEGIN, END = "<!-- from here on by make simulate -->", "<!-- up to here by make simulate -->"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, help=f"so many communities, not {SEEDS}, and write no files")
    parser.add_argument("--quick", action="store_true", help=f"as --seeds {QUICK}")
    arguments = parser.parse_args()
    seeds = QUICK if arguments.quick else arguments.seeds
    results = simulate(seeds or SEEDS, min(seeds or ATTACKED, ATTACKED), _tell)
    reached = goals(results)
    told = tables.report(results, reached)
    print(told)
    if seeds is None:
        _write(told)
        picture.draw(results, PICTURE)
    sys.exit(0 if all(goal.is_met for goal in reached) else 1)


def _write(told: str) -> None:
    """Put the tables between their two marks, and leave what people wrote around them."""
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise SystemExit(f"{DOCUMENT} has lost the marks between which the tables belong.")
    DOCUMENT.write_text(f"{before}{BEGIN}\n\n{told}\n\n{END}{after}", encoding="utf-8")


def _tell(what: str) -> None:
    print(f"Simulating: {what} …", file=sys.stderr)


if __name__ == "__main__":
    main()
