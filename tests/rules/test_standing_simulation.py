"""Members who help get their standing, and attacks show in time: a short run of what `make simulate` does in full."""

from pathlib import Path

import pytest

from benchmarks.simulation.__main__ import document
from benchmarks.simulation.report import BEGIN, END
from benchmarks.simulation.standing.attacks import ATTACKS, CUT_OFF, FLAGGED_IN_TIME
from benchmarks.simulation.standing.goals import IN_TIME
from benchmarks.simulation.standing.helping import TRIALS, Trial, measure
from benchmarks.simulation.standing.history import play
from bot.features.reputation.graph import CHAINS_EACH

pytestmark = pytest.mark.untraced

PROMISED = [trial for trial in TRIALS if trial.least is not None]
SEEDS, SEEDS_LARGE = 40, 8  # communities for each share, which differ much; those of more than 200 members take longest
ATTACKED, DAYS = 2, 10  # communities for each attack, and how long it goes on
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("trial", PROMISED, ids=lambda trial: f"{trial.setting.members}-{trial.setting.thanks}")
def test_those_who_helped_five_people_have_five_chains(trial: Trial) -> None:
    share = measure(trial, range(SEEDS_LARGE if trial.setting.members > 200 else SEEDS))
    assert not share.missed, f"{share.mean:.0%} of those who helped, and at least {trial.least:.0%} should have"


@pytest.mark.parametrize("name", CUT_OFF)
def test_whom_two_bring_in_gets_two_chains_is_shown_within_a_week_and_has_none_once_reversed(name: str) -> None:
    for outcome in (play(ATTACKS[name], seed, days=DAYS) for seed in range(ATTACKED)):
        assert outcome.most_chains == CHAINS_EACH
        if name in FLAGGED_IN_TIME:
            assert outcome.flags.first_day is not None
            assert outcome.flags.first_day <= IN_TIME
            assert outcome.flags.shown
            assert outcome.flags.left == 0


def test_the_tables_that_people_read_are_there_and_miss_no_goal() -> None:
    _, begun, rest = (ROOT / document("standing")).read_text(encoding="utf-8").partition(BEGIN)
    told, ended, _ = rest.partition(END)
    assert begun
    assert ended
    assert "### Goals" in told
    assert "missed" not in told
