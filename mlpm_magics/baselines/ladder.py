"""The ladder once more: chosen by cross-validation on the training part, judged on the test part.

No row of the test part plays any role in the choice of a rung, of a threshold, or in mending chances.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace

import numpy as np

from mlpm_magics.baselines.history import Past, past_of
from mlpm_magics.baselines.intervals import ratio
from mlpm_magics.baselines.split import Parts
from mlpm_magics.evidence import ladder as cross
from mlpm_magics.evidence.clock import Clock
from mlpm_magics.evidence.encoding import Encoded, encode
from mlpm_magics.evidence.folds import folds_of
from mlpm_magics.evidence.forward import cut_by_time
from mlpm_magics.evidence.gaps import Gap, gap
from mlpm_magics.evidence.ladder import Ladder, Step
from mlpm_magics.evidence.prepared import Array, Prepared
from mlpm_magics.evidence.rungs import BASE, LADDER, Rung
from mlpm_magics.evidence.words import WEAK

_FOLDS = 5
_BLOCKS = 20
TRIVIAL = ("base_rate", "last_value", "last_year")


@dataclass
class Judged:
    """What is known of the rungs so far.

    Attributes:
        prepared: the rows of both parts.
        train: the places in `prepared` to learn from.
        test: those to test on.
        tried: the rungs on the training part, cross-validated.
        steps: the rungs that learned from the whole training part, by id: predictions and errors of the test
            rows; the base rate first.
        ways: how the test rows belong together, for intervals.
    """

    prepared: Prepared
    train: Array
    test: Array
    tried: Ladder
    ways: tuple[Array, ...]
    past: tuple[Past, ...]
    steps: dict[str, Step] = field(default_factory=dict)

    @functools.cached_property
    def inputs(self) -> Encoded:
        """The inputs of both parts, learned on the training part."""
        return encode(self.prepared, self.train, self.test)

    @property
    def base(self) -> Step:
        """The base rate of the training part."""
        return self.steps["base_rate"]

    @property
    def y(self) -> Array:
        """The answers of the test rows."""
        return self.prepared.y[self.test]

    def skill(self, step: Step) -> Gap:
        """How much less a rung errs than the base rate."""
        return ratio(self.base.error - step.error, self.base.error, self.ways)

    def gap(self, worse: Step, better: Step) -> Gap:
        """The skill of `better` less that of `worse`, paired."""
        return ratio(worse.error - better.error, self.base.error, self.ways)

    @property
    def reached(self) -> list[Step]:
        """The rungs that were reached, on the training part, the simplest first."""
        tried = self.tried
        return [tried.base, *(tried.steps[name] for name in self.steps if name in tried.steps)]

    def best(self) -> str:
        """The best rung, by the training part alone."""
        return min(self.reached, key=lambda step: float(step.error.mean())).rung.id

    def rival(self) -> str:
        """The most promising model, by the training part alone; where none was reached the best guess."""
        models = [step for step in self.reached if step.rung.id not in TRIVIAL]
        if not models:
            return self.trivial()
        return min(models, key=lambda step: float(step.error.mean())).rung.id

    def chosen(self) -> str:
        """The simplest rung within the margin of the best, by the training part alone.

        Where hardly anything is gained over a guess, and chance could have gained it, the guess is chosen.
        """
        tried, steps = self.tried, {step.rung.id: step for step in self.reached}
        best, trivial = steps[self.best()], steps[self.trivial()]
        gained = gap(tried, trivial, best)
        if gained.effect < WEAK and gained.low <= 0:
            return trivial.rung.id
        near = tried.skill(best) - self.margin
        return next(step.rung.id for step in self.reached if tried.skill(step) >= near)

    @property
    def margin(self) -> float:
        """What counts as a difference; from the training part."""
        return self.tried.margin

    def trivial(self) -> str:
        """The best guess that needs no model, by the training part alone."""
        tried = self.tried
        steps = [tried.base, *(tried.steps[name] for name in TRIVIAL if name in tried.steps)]
        return min(steps, key=lambda step: float(step.error.mean())).rung.id


def begin(prepared: Prepared, parts: Parts, *, dated: bool) -> Judged:
    """The parts with their base rate only; quick. `dated`: moments are in days, so that a year is one."""
    rows = np.sort(np.concatenate([parts.train, parts.test]))
    train, test = np.searchsorted(rows, parts.train), np.searchsorted(rows, parts.test)
    learned = prepared.part(train, _folds(prepared, train, parts.by == "time"))
    judged = Judged(
        prepared=prepared,
        train=train,
        test=test,
        tried=cross.start(learned),
        ways=_ways(prepared, test, parts.by == "time"),
        past=past_of(prepared, test, dated=dated),
    )
    judged.steps["base_rate"] = tested(judged, BASE)
    return judged


def climb(judged: Judged, clock: Clock) -> None:
    """Every rung, simplest first, on both parts, as far as the budget goes.

    Raises:
        OutOfTimeError: what was reached stays.
    """
    tried = judged.tried
    early = [past.rung(judged.train) for past in judged.past]
    rungs = [*early, *LADDER]
    for number, rung in enumerate(rungs):
        picked = cross.pick_black_box(tried, clock) if rung.id == "black_box" else rung
        step = cross.run(picked, tried, clock, 0.1 + 0.6 * number / len(rungs))
        past = next((past for past in judged.past if past.id == rung.id), None)
        judged.steps[rung.id] = tested(
            judged, picked if past is None else past.rung(np.arange(judged.prepared.n))
        )
        tried.steps[rung.id] = step
    tried.complete = True


def tested(judged: Judged, rung: Rung) -> Step:
    """A rung that learned from the training part, on the test part."""
    prepared, train, test = judged.prepared, judged.train, judged.test
    predicted = rung.predict(prepared, judged.inputs, prepared.one_hot[train], train, test)
    return Step(rung, predicted, errors(prepared.one_hot[test], predicted))


def errors(answers: Array, predicted: Array) -> Array:
    """The squared error of each row, over its columns."""
    found: Array = ((answers - predicted) ** 2).sum(axis=1)
    return found


def replaced(judged: Judged, name: str, predicted: Array, title: str) -> None:
    """Put mended predictions of the test rows in the place of a rung's own."""
    step = judged.steps[name]
    rung = replace(step.rung, title=title)
    judged.steps[name] = Step(rung, predicted, errors(judged.prepared.one_hot[judged.test], predicted))


def _folds(prepared: Prepared, train: Array, by_time: bool) -> Array:
    """Folds of the training rows: stretches of time where time counts, else clusters spread evenly."""
    if by_time and prepared.day is not None:
        fold = cut_by_time(prepared.day[train], _FOLDS)
        if int(fold.max(initial=0)) >= 1:
            return fold
    inputs = len(prepared.features)
    many = folds_of(prepared.cluster[train], prepared.y[train], prepared.task, prepared.seed, inputs)
    few: Array = many % _FOLDS
    return few


def _ways(prepared: Prepared, test: Array, by_time: bool) -> tuple[Array, ...]:
    """How test rows belong together: in clusters, and in stretches of time."""
    ways = [prepared.cluster[test]]
    if by_time and prepared.day is not None:
        blocks = cut_by_time(prepared.day[test], _BLOCKS)
        if int(blocks.max(initial=0)) >= 4:
            ways.append(blocks)
    return tuple(ways)
