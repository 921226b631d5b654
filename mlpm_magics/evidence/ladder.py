"""All rungs on the same folds: out-of-fold predictions, and the error of every row."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from mlpm_magics.evidence import scorecard
from mlpm_magics.evidence.clock import Clock, OutOfTimeError
from mlpm_magics.evidence.encoding import Encoded, encode
from mlpm_magics.evidence.prepared import Array, Prepared
from mlpm_magics.evidence.rungs import BASE, FOREST, LADDER, Rung

_TRIED_ON = 1_500
_FINAL_MARGIN = 0.05
_LEAST_MARGIN = 0.01
CARD = Rung("points_card", "a card of whole points", True, False, scorecard.predict)


@dataclass(frozen=True)
class Step:
    """A rung and what it predicted for each row while that row was not learned from."""

    rung: Rung
    predicted: Array
    error: Array


@dataclass
class Ladder:
    """The rungs that were reached. `encoded`: the inputs of each fold, made once for all rungs."""

    prepared: Prepared
    base: Step
    steps: dict[str, Step] = field(default_factory=dict)
    encoded: dict[int, Encoded] = field(default_factory=dict)
    complete: bool = False

    @property
    def unit(self) -> float:
        """The mean squared error of the base rate, which is skill 1."""
        return float(self.base.error.mean())

    def skill(self, step: Step) -> float:
        """Share of the base rate's error that a rung explains; below 0 it is worse than the base rate."""
        return 1 - float(step.error.mean()) / self.unit

    @property
    def best(self) -> Step:
        """The rung with the least error; the base rate where nothing is better."""
        return min([self.base, *self.steps.values()], key=lambda step: float(step.error.mean()))

    def best_of(self, *, readable: bool = False, rule: bool = False) -> Step:
        """The best rung of a kind."""
        kept = self._of_kind(readable=readable, rule=rule)
        return min([self.base, *kept], key=lambda step: float(step.error.mean()))

    def _of_kind(self, *, readable: bool, rule: bool) -> list[Step]:
        return [s for s in self.steps.values() if s.rung.readable >= readable and s.rung.is_rule >= rule]

    def best_unseen(self, *, readable: bool = False, rule: bool = False) -> Step:
        """The best rung (of a kind) with errors that choosing it did not make smaller.

        Of many rungs the best looks better than it is. So each fold is judged by the rung that was best on
        the other folds; the rung named is the best on all.
        """
        among = [self.base, *self._of_kind(readable=readable, rule=rule)]
        errors, fold = np.array([step.error for step in among]), self.prepared.fold
        totals = np.array([np.bincount(fold, weights=row) for row in errors])
        chosen = (totals.sum(axis=1, keepdims=True) - totals).argmin(axis=0)[fold]
        rows, best = np.arange(self.prepared.n), self.best_of(readable=readable, rule=rule)
        predicted = np.array([step.predicted for step in among])[chosen, rows]
        return Step(best.rung, predicted, errors[chosen, rows])

    @property
    def margin(self) -> float:
        """What counts as a difference: a hundredth, or a twentieth of the best skill if that is more."""
        return max(_LEAST_MARGIN, _FINAL_MARGIN * self.skill(self.best))

    def split(self, fold: int) -> tuple[Array, Array]:
        """The training and test rows of a fold."""
        inside = self.prepared.fold == fold
        return np.flatnonzero(~inside), np.flatnonzero(inside)

    def inputs(self, fold: int) -> Encoded:
        """The encoded inputs of a fold."""
        if fold not in self.encoded:
            self.encoded[fold] = encode(self.prepared, *self.split(fold))
        return self.encoded[fold]


def run(rung: Rung, ladder: Ladder, clock: Clock | None = None, share: float = 0.0) -> Step:
    """One rung over all folds.

    Raises:
        OutOfTimeError: when the budget is used up.
    """
    prepared = ladder.prepared
    predicted = np.zeros(prepared.one_hot.shape)
    for fold in range(prepared.folds):
        if clock is not None:
            clock.step(rung.title, share)
        train, test = ladder.split(fold)
        predicted[test] = rung.predict(prepared, ladder.inputs(fold), prepared.one_hot[train], train, test)
    return Step(rung, predicted, ((prepared.one_hot - predicted) ** 2).sum(axis=1))


def start(prepared: Prepared) -> Ladder:
    """The ladder with its base rate only; quick."""
    empty = np.zeros(prepared.one_hot.shape)
    ladder = Ladder(prepared, Step(BASE, empty, np.ones(prepared.n)))
    ladder.base = run(BASE, ladder)
    return ladder


def climb(ladder: Ladder, clock: Clock) -> None:
    """Run the rungs, simplest first, as far as the budget goes.

    Raises:
        OutOfTimeError: what was reached stays in the ladder.
    """
    at = [rung.id for rung in LADDER].index("linear_scorecard")
    card = (CARD,) if scorecard.can_be_added_up(ladder.prepared) else ()
    rungs = [*LADDER[:at], *card, *LADDER[at:]]
    for number, rung in enumerate(rungs):
        chosen = pick_black_box(ladder, clock) if rung.id == "black_box" else rung
        step = ladder.steps[rung.id] = run(chosen, ladder, clock, 0.1 + 0.5 * number / len(rungs))
        clock.tell(f"{chosen.title}: {100 * max(0.0, ladder.skill(step)):.0f} % of the answer explained")
    ladder.complete = True


def pick_black_box(ladder: Ladder, clock: Clock) -> Rung:
    """Boosted trees or a forest, whichever does better on some training rows of the first fold."""
    prepared = ladder.prepared
    train, _ = ladder.split(0)
    clock.step("which black box", 0.5)
    random = np.random.default_rng(prepared.seed)
    some = random.permutation(train)[:_TRIED_ON]
    inside = prepared.cluster[some] % 4 == 0
    learn, check = some[~inside], some[inside]
    if len(learn) < 20 or len(check) < 10:
        return FOREST
    x = encode(prepared, learn, check)
    candidates = (LADDER[-1], FOREST)
    errors = [
        float(
            (
                (prepared.one_hot[check] - c.predict(prepared, x, prepared.one_hot[learn], learn, check)) ** 2
            ).mean()
        )
        for c in candidates
    ]
    return candidates[int(np.argmin(errors))]


__all__ = ["CARD", "Clock", "Ladder", "OutOfTimeError", "Step", "climb", "pick_black_box", "run", "start"]
