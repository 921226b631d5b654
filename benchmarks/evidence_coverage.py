"""How often the 90 % intervals of `measure_fit` hold the true gap between two rungs.

    python benchmarks/evidence_coverage.py [--rows 300] [--seeds 30] [--world NAME]

The true gap is the mean, over all seeds, of the gap that the fitted models have on fresh rows: what a table
of this size gives on average, which is what cross-validation estimates (Bates, Hastie and Tibshirani 2023).
Beside it, *as fitted*: the gap that this table's own models have on fresh rows. Thirty seeds take about six
CPU minutes.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import evidence_worlds as worlds
import numpy as np

from mlpm_magics.evidence.clock import Clock
from mlpm_magics.evidence.encoding import encode
from mlpm_magics.evidence.folds import folds_of
from mlpm_magics.evidence.gaps import gap
from mlpm_magics.evidence.ladder import Ladder, Step, pick_black_box, start
from mlpm_magics.evidence.measures import complex_logic, simple_rules_suffice
from mlpm_magics.evidence.measuring import one_thread
from mlpm_magics.evidence.prepared import prepare
from mlpm_magics.evidence.rungs import BASE, LADDER
from mlpm_magics.table import open_table

FRESH = 2_500
EVERY = 3  # of this many folds one's models are tried on the fresh rows
WORLDS = (
    worlds.noise,
    worlds.one_threshold,
    worlds.exclusive_or,
    worlds.scorecard,
    worlds.tangled,
    worlds.straight_line,
    worlds.rare_answer,
    worlds.customers,
)


@dataclass(frozen=True)
class Run:
    """A ladder on one table, and the error of each rung's models on fresh rows."""

    ladder: Ladder
    fresh: dict[str, float]


def one_run(world, seed: int, rows: int) -> Run:
    made = world(seed, rows + FRESH)
    every = prepare(open_table(made.data, target="y", **made.arguments), seed)
    few, fresh = np.arange(rows), np.arange(rows, rows + FRESH)
    table = every.part(few, folds_of(every.cluster[few], every.y[few], every.task, seed))
    table.__dict__["binned"] = tuple((codes[few], size) for codes, size in every.binned)
    ladder = start(table)
    rungs = (BASE, *LADDER[:-1], pick_black_box(ladder, Clock(1e9)))
    predicted = {rung.id: np.zeros(table.one_hot.shape) for rung in rungs}
    errors: dict[str, list[float]] = {rung.id: [] for rung in rungs}
    for fold in range(table.folds):
        train, test = ladder.split(fold)
        tried = np.concatenate([test, fresh]) if fold % EVERY == 0 else test
        x = encode(every, train, tried)
        for rung in rungs:
            guess = rung.predict(every, x, every.one_hot[train], train, tried)
            predicted[rung.id][test] = guess[: len(test)]
            if fold % EVERY == 0:
                squared = (every.one_hot[fresh] - guess[len(test) :]) ** 2
                errors[rung.id].append(float(squared.sum(axis=1).mean()))
    for rung in rungs[1:]:
        error = ((table.one_hot - predicted[rung.id]) ** 2).sum(axis=1)
        ladder.steps[rung.id] = Step(rung, predicted[rung.id], error)
    ladder.complete = True
    return Run(ladder, {name: float(np.mean(found)) for name, found in errors.items()})


def covered(runs: list[Run]) -> dict[str, list[tuple[bool, bool]]]:
    """Whether each interval holds the expected gap, and the gap as fitted."""
    expected = {name: float(np.mean([run.fresh[name] for run in runs])) for name in runs[0].fresh}
    found: dict[str, list[tuple[bool, bool]]] = {"every two rungs": [], "simple rules": [], "complex": []}
    for run in runs:
        ladder = run.ladder

        def held(what, worse, better, interval, run=run, unit=ladder.unit):
            low, high = interval
            truths = [(errors[worse] - errors[better]) / unit for errors in (expected, run.fresh)]
            found[what].append((low <= truths[0] <= high, low <= truths[1] <= high))

        for worse, better in itertools.combinations((ladder.base, *ladder.steps.values()), 2):
            held("every two rungs", worse.rung.id, better.rung.id, gap(ladder, worse, better).interval)
        rule, best = ladder.best_of(rule=True), ladder.best
        if best is rule:
            best = max((s for s in ladder.steps.values() if not s.rung.is_rule), key=ladder.skill)
        for what, measure, worse, better in (
            ("simple rules", simple_rules_suffice, rule, best),
            ("complex", complex_logic, ladder.best_of(readable=True), ladder.steps["black_box"]),
        ):
            interval = measure.measure(ladder).interval
            if interval is not None:
                held(what, worse.rung.id, better.rung.id, interval)
    return found


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--rows", type=int, default=300)
    asked.add_argument("--seeds", type=int, default=30)
    asked.add_argument("--world", default="")
    options = asked.parse_args()
    every: dict[str, list[tuple[bool, bool]]] = {}
    print(f"{'world':16}{'gap':18}{'intervals':>10}{'hold the expected':>19}{'as fitted':>11}")
    for world in WORLDS:
        if options.world not in ("", world.__name__):
            continue
        with one_thread(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            runs = [one_run(world, seed, options.rows) for seed in range(options.seeds)]
        for what, held in covered(runs).items():
            every.setdefault(what, []).extend(held)
            tell(world.__name__, what, held)
    for what, held in every.items():
        tell("all", what, held)


def tell(world: str, what: str, held: list[tuple[bool, bool]]) -> None:
    if held:
        expected, fitted = np.mean(held, axis=0)
        print(f"{world:16}{what:18}{len(held):>10}{expected:>19.0%}{fitted:>11.0%}", flush=True)


if __name__ == "__main__":
    main()
