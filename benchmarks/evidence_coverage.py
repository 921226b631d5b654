"""How often the 90 % intervals of `measure_fit` hold the true gap between two models.

    python benchmarks/evidence_coverage.py [--rows 300] [--seeds 30] [--world NAME]

Two truths. *As fitted*: the gap that this table's own models have on fresh rows. *Expected*: the mean of
that over tables of this size, which is what cross-validation estimates (Bates, Hastie and Tibshirani 2023).
Where a criterion chooses its rungs, the choice is part of it: the mean is over what is chosen on each table.
(The mean error over all tables of the rung that one table chose is no truth of a criterion: it counts that
rung also where it did badly and was not chosen.) Thirty seeds of all worlds take about eight CPU minutes.
"""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import evidence_worlds as worlds
import numpy as np

from mlpm_magics.evidence import scorecard
from mlpm_magics.evidence.clock import Clock
from mlpm_magics.evidence.encoding import encode
from mlpm_magics.evidence.folds import folds_of
from mlpm_magics.evidence.gaps import gap
from mlpm_magics.evidence.ladder import CARD, Ladder, Step, pick_black_box, start
from mlpm_magics.evidence.measures import complex_logic, simple_rules_suffice
from mlpm_magics.evidence.measuring import one_thread
from mlpm_magics.evidence.prepared import prepare
from mlpm_magics.evidence.rungs import BASE, LADDER, NETWORK
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
    """A ladder on one table, a neural network beside it, and the error of each one's models on fresh rows."""

    ladder: Ladder
    network: Step
    fresh: dict[str, float]

    def fresh_skill(self, step: Step) -> float:
        """The skill on fresh rows, of the rung that stands for each fold where they differ."""
        fold, steps = self.ladder.prepared.fold, [self.ladder.base, self.network, *self.ladder.steps.values()]
        errors = [
            next(self.fresh[s.rung.id] for s in steps if np.array_equal(s.error[inside], step.error[inside]))
            for inside in (fold == k for k in range(self.ladder.prepared.folds))
        ]
        return 1 - float(np.mean(errors)) / self.fresh[BASE.id]


def one_run(world, seed: int, rows: int) -> Run:
    made = world(seed, rows + FRESH)
    every = prepare(open_table(made.data, target="y", **made.arguments), seed)
    few, fresh = np.arange(rows), np.arange(rows, rows + FRESH)
    table = every.part(few, folds_of(every.cluster[few], every.y[few], every.task, seed))
    table.__dict__["binned"] = tuple((codes[few], size) for codes, size in every.binned)
    ladder = start(table)
    card = (CARD,) if scorecard.can_be_added_up(table) else ()
    rungs = (BASE, *LADDER[:-1], *card, pick_black_box(ladder, Clock(1e9)), NETWORK)
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
    network = ladder.steps.pop(NETWORK.id)
    return Run(ladder, network, {name: float(np.mean(found)) for name, found in errors.items()})


@dataclass(frozen=True)
class Held:
    """An interval that was told of a gap, and the gap on fresh rows as fitted."""

    interval: tuple[float, float]
    fitted: float

    def holds(self, gap: float) -> bool:
        """Whether a gap lies inside."""
        low, high = self.interval
        return low <= gap <= high


def told(run: Run) -> Iterator[tuple[str, str, Held]]:
    """Every interval of a run: what it is about, of which gap, and the interval itself."""
    ladder = run.ladder

    def held(worse: Step, better: Step, interval: tuple[float, float]) -> Held:
        return Held(interval, run.fresh_skill(better) - run.fresh_skill(worse))

    for worse, better in itertools.combinations((ladder.base, *ladder.steps.values()), 2):
        between = f"{worse.rung.id} {better.rung.id}"
        yield "every two rungs", between, held(worse, better, gap(ladder, worse, better).interval)
    best, unseen = ladder.best, ladder.best_unseen()
    if best is not ladder.base:
        yield "signal", "", held(ladder.base, unseen, gap(ladder, ladder.base, unseen).interval)
    rules = simple_rules_suffice.measure(ladder).interval
    if rules is None:
        return  # little to learn: nothing is told of the rest
    yield "deep learning", "", held(unseen, run.network, gap(ladder, unseen, run.network).interval)
    readable, black = ladder.best_unseen(readable=True), ladder.steps["black_box"]
    yield "complex logic", "", held(readable, black, complex_logic.measure(ladder).interval or (0, 0))
    rule = ladder.best_unseen(rule=True)
    if best is ladder.best_of(rule=True):
        best = max((s for s in ladder.steps.values() if not s.rung.is_rule), key=ladder.skill)
    yield "simple rules", "", held(rule, best, rules)


def covered(runs: list[Run]) -> dict[str, list[tuple[bool, bool]]]:
    """Whether each interval holds the expected gap, and the gap as fitted."""
    gaps: dict[tuple[str, str], list[Held]] = {}
    for run in runs:
        for what, between, held in told(run):
            gaps.setdefault((what, between), []).append(held)
    found: dict[str, list[tuple[bool, bool]]] = {}
    for (what, _), every in gaps.items():
        expected = float(np.mean([held.fitted for held in every]))
        found.setdefault(what, []).extend((held.holds(expected), held.holds(held.fitted)) for held in every)
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
