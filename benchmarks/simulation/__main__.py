"""``python -m benchmarks.simulation [name …]``: tables and pictures; exit code 1 where a goal is missed."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.simulation import asking, standing
from benchmarks.simulation.report import Report, write

SIMULATIONS: dict[str, Callable[[int | None, Callable[[str], None]], Report]] = {
    "standing": standing.simulate,
    "asking": asking.simulate,
}
QUICK = 5  # communities where as many as --seeds says are too many for somebody in a hurry


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.simulation", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"which: {', '.join(SIMULATIONS)}; all unless said")
    parser.add_argument("--seeds", type=int, help="so many communities, and write no files")
    parser.add_argument("--quick", action="store_true", help=f"as --seeds {QUICK}")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(SIMULATIONS):
        parser.error(f"there is no simulation of {', '.join(sorted(unknown))}")
    seeds = QUICK if arguments.quick else arguments.seeds
    reports = [_run(name, seeds) for name in arguments.names or SIMULATIONS]
    sys.exit(0 if all(goal.is_met for report in reports for goal in report.goals) else 1)


def _run(name: str, seeds: int | None) -> Report:
    report = SIMULATIONS[name](seeds, _tell)
    print(report.text)
    if seeds is None:
        write(report.text, document(name))
        report.draw(Path(f"docs/pictures/{name}-simulation.png"))
    return report


def document(name: str) -> Path:
    """Return where the tables of a simulation stand, from the root of the checkout."""
    return Path(f"docs/simulation/{name}.md")


def _tell(what: str) -> None:
    print(f"Simulating: {what} …", file=sys.stderr)


if __name__ == "__main__":
    main()
