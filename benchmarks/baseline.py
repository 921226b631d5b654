"""How often `baseline` is right, and how often its intervals hold the truth: known worlds, many seeds.

    python benchmarks/baseline.py [--rows 1000] [--seeds 10]

Right: noise is never called better than a guess; what can be learned is; the group that is served worse is
named, and no other. Held: how often the 90 % interval of a model's measure, from 300 test rows, holds what
the same model reaches on 20,000.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable

import numpy as np
import pandas as pd

import mlpm_magics as mlpm
from mlpm_magics.baselines import split as splitting
from mlpm_magics.baselines.intervals import ratio
from mlpm_magics.baselines.ladder import tested
from mlpm_magics.baselines.ready import ready
from mlpm_magics.baselines.wanted import Wanted
from mlpm_magics.evidence.rungs import LADDER
from mlpm_magics.table import open_table

Random = np.random.Generator


def inputs(random: Random, rows: int) -> pd.DataFrame:
    frame = pd.DataFrame(random.normal(size=(rows, 6)), columns=list("abcdef"))
    return frame.assign(region=random.choice(["north", "south", "east", "west"], rows))


def yes(random: Random, score: pd.Series) -> pd.Series:
    return random.random(len(score)) < 1 / (1 + np.exp(-score))


def noise(random: Random, rows: int) -> pd.DataFrame:
    return inputs(random, rows).assign(y=random.random(rows) < 0.35)


def scorecard(random: Random, rows: int) -> pd.DataFrame:
    frame = inputs(random, rows)
    return frame.assign(y=yes(random, 0.7 * frame[list("abcdef")].sum(axis=1) - 0.7))


def rule(random: Random, rows: int) -> pd.DataFrame:
    frame = inputs(random, rows)
    return frame.assign(y=(frame.a > 0.3) ^ (random.random(rows) < 0.15))


def number(random: Random, rows: int) -> pd.DataFrame:
    frame = inputs(random, rows)
    return frame.assign(y=2 * frame.a + frame.b * frame.c + random.normal(size=rows))


def served_worse(random: Random, rows: int) -> pd.DataFrame:
    frame = inputs(random, rows)
    return frame.assign(
        y=np.where(frame.region == "north", random.random(rows) < 0.5, yes(random, 3 * frame.a))
    )


WORLDS: tuple[Callable[[Random, int], pd.DataFrame], ...] = (noise, scorecard, rule, number, served_worse)


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--rows", type=int, default=1000)
    asked.add_argument("--seeds", type=int, default=10)
    options = asked.parse_args()
    heads = (
        f"{'beats':>7}{'no better':>11}{'cannot tell':>13}{'north worse':>13}{'others worse':>14}{'cpu s':>8}"
    )
    print(f"{'world':16}{heads}")
    for world in WORLDS:
        told: Counter[str] = Counter()
        begin = time.process_time()
        for seed in range(options.seeds):
            frame = world(np.random.default_rng(seed), options.rows)
            report = mlpm.baseline(frame, target="y", group="region", random_state=seed, budget_s=300)
            told[report.verdict] += 1
            worse = [part.name for part in report.slices if part.standing == "worse"]
            told.update("north" if name == "north" else "others" for name in worse)
        spent = (time.process_time() - begin) / options.seeds
        print(
            f"{world.__name__:16}{told['beats_baseline']:>7}{told['no_better']:>11}{told['cannot_tell']:>13}"
            f"{told['north']:>13}{told['others']:>14}{spent:>8.1f}"
        )
    print(f"\nheld by 90 % intervals: {held(600):.1%} of 600")


def held(times: int) -> float:
    """How often the interval from 300 of the test rows holds the measure on all 20,000."""
    splitting.MOST_ROWS = 10**6
    random = np.random.default_rng(0)
    made = ready(open_table(scorecard(random, 21_000), target="y"), Wanted(split=0.05))
    scored = next(rung for rung in LADDER if rung.id == "linear_scorecard")
    base, error = made.judged.base.error, tested(made.judged, scored).error
    truth = 1 - error.sum() / base.sum()
    inside = 0
    for _ in range(times):
        some = random.choice(len(base), 300, replace=False)
        found = ratio((base - error)[some], base[some], [some])
        inside += found.low <= truth <= found.high
    return inside / times


if __name__ == "__main__":
    main()
