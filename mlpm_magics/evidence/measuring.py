"""Runs the measurements in order, within the budget, and puts the evidence together."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

import msgspec
import numpy as np

from mlpm_magics.errors import InvalidValueError, MlpmError, shown
from mlpm_magics.evidence import leakage as leaks
from mlpm_magics.evidence.clock import Clock, OutOfTimeError
from mlpm_magics.evidence.costs import priced
from mlpm_magics.evidence.ladder import Ladder, climb, start
from mlpm_magics.evidence.measures import (
    adapts_over_time,
    ceiling,
    complex_logic,
    data_sufficient,
    deep_learning_helps,
    interpretability_is_cheap,
    leakage,
    needs_personalization,
    repeatable_decision,
    scales_fast,
    signal_exists,
    simple_rules_suffice,
)
from mlpm_magics.evidence.points_text import points_written
from mlpm_magics.evidence.prepared import MOST_ROWS, Prepared, prepare
from mlpm_magics.evidence.rule_text import written
from mlpm_magics.evidence.telling import headline, rungs
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import Costs, Evidence, FitEvidence
from mlpm_magics.table import Table

TITLES = {
    module.__name__.rpartition(".")[2]: module.TITLE
    for module in (
        signal_exists,
        simple_rules_suffice,
        complex_logic,
        data_sufficient,
        adapts_over_time,
        needs_personalization,
        scales_fast,
        ceiling,
        interpretability_is_cheap,
        deep_learning_helps,
        leakage,
        repeatable_decision,
    )
}


def measured(
    opened: Callable[[], Table],
    first: Callable[[int], Table | None],
    *,
    name: str,
    required_accuracy: float | None,
    costs: Costs | None,
    clock: Clock,
    seed: int,
) -> FitEvidence:
    """All that can be measured within the budget, reading the table included; see `evidence.measure_fit`.

    Args:
        opened: opens the table.
        first: the same for so many of its first rows only, where it takes a while to open.
        name: what the table is called, for when not even that could be read.
        required_accuracy: see `measure_fit`; so are the rest.
        costs: what the mistakes cost.
        clock: with the budget.
        seed: for the folds and samples.
    """
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with clock.alarm():
                clock.step("reading the table", 0.0)
                _look_first(first, clock, seed)
                prepared = prepare(opened(), seed, rich=True)
        except OutOfTimeError:
            return _unread(name, clock)
        with one_thread():
            return Measuring(prepared, clock, required_accuracy, costs).run()


def _look_first(first: Callable[[int], Table | None], clock: Clock, seed: int) -> None:
    """Tell something measured soon; it is of the first rows, so it is said and then measured anew."""
    table = first(MOST_ROWS)
    if table is None:
        return
    with contextlib.suppress(MlpmError):  # the first rows may have one answer only; those to come may not
        prepared = prepare(table, seed)
        found = leakage.measure(leaks.suspects(prepared))
        clock.tell(f"In the first {prepared.n:,} rows: {found.text}")


def _unread(name: str, clock: Clock) -> FitEvidence:
    """What is known of a table that could not be read in time: nothing, and that is said."""
    text = f"The budget of {clock.budget_s:g} s was used up before the table was read."
    return FitEvidence(
        table=shown(name) or "the table",
        target="the target",
        task="unknown",
        rows=0,
        used_rows=0,
        sentence=text,
        criteria=_left_out(text, {}),
        ladder=(),
        rule=None,
        used=(),
        set_aside=(),
        notes=(),
        seconds=round(clock.spent, 1),
        budget_s=clock.budget_s,
        complete=False,
    )


def _left_out(text: str, criteria: Mapping[str, Evidence]) -> dict[str, Evidence]:
    """All criteria: those that were measured, and for the rest why they were not."""
    settle = "Give it more time (budget_s)."
    missing = Evidence(criterion="", answer="cannot_tell", text=text, caveat=settle)
    return {name: criteria.get(name) or msgspec.structs.replace(missing, criterion=name) for name in TITLES}


def check(required_accuracy: object, budget_s: object, seed: object) -> None:
    """See that the numbers are numbers.

    Raises:
        InvalidValueError: naming the argument and what is expected.
    """
    if required_accuracy is not None and not (_number(required_accuracy) and 0 < required_accuracy <= 1):  # type: ignore[operator]
        raise InvalidValueError("is a share of right answers, such as 0.95", where="required_accuracy")
    if not (_number(budget_s) and budget_s > 0):  # type: ignore[operator]
        raise InvalidValueError("is a number of seconds, such as 30", where="budget_s")
    if not isinstance(seed, int | np.integer) or seed < 0:
        raise InvalidValueError("is a whole number, such as 0", where="random_state")


def _number(value: object) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)


def one_thread() -> AbstractContextManager[object]:
    """Threads of linear algebra and boosting cost more than they bring on so few rows."""
    import sklearn.ensemble  # noqa: F401 - only libraries that are loaded are limited
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits


class Measuring:
    """One measurement after the other; what the budget or the user cuts off is said."""

    def __init__(
        self, prepared: Prepared, clock: Clock, required_accuracy: float | None, costs: Costs | None
    ) -> None:
        """What to measure, within which budget, and what the PM named; see `measured`."""
        self.prepared, self.clock, self.required = prepared, clock, required_accuracy
        self.costs = costs
        self.criteria: dict[str, Evidence] = {}
        self.ladder: Ladder | None = None

    def run(self) -> FitEvidence:
        """Everything, or what there was time for."""
        stopped = ""
        try:
            with self.clock.alarm():
                self._measure()
        except OutOfTimeError:
            stopped = f"The budget of {self.clock.budget_s:g} s was used up before this was measured."
        except KeyboardInterrupt:
            stopped = "Interrupted before this was measured."
        return self.known(stopped)

    def known(self, stopped: str = "") -> FitEvidence:
        """What has been measured by now; the rest cannot be told, because of what `stopped` says.

        A criterion is there once it was measured in full, on the whole ladder, so that stopping early leaves
        it out and never turns it.
        """
        return self._evidence(_left_out(stopped, self.criteria), complete=not stopped)

    def _measure(self) -> None:
        self.clock.step("columns that give the answer away", 0.02)
        suspects = leaks.suspects(self.prepared)
        self.criteria["leakage"] = leakage.measure(suspects)
        self.clock.tell(self.criteria["leakage"].text)
        leaking = {
            s.column: f"it alone explains {percent(s.skill)} of the answer; it may be known only afterwards"
            for s in leaks.leaking(suspects)
        }
        self.prepared = self.prepared.without(leaking)
        ladder = self.ladder = start(self.prepared)
        self.criteria["repeatable_decision"] = repeatable_decision.measure(ladder)
        self.clock.step("growth", 0.05)
        self.criteria["scales_fast"] = scales_fast.measure(ladder)
        climb(ladder, self.clock)
        signal = self._from_the_ladder(ladder)
        self._step("more rows", 0.65, lambda: data_sufficient.measure(ladder))
        self._step("change over time", 0.75, lambda: adapts_over_time.measure(ladder))
        self._step("differences between entities", 0.85, lambda: needs_personalization.measure(ladder))
        self._signal_at_last(signal, ladder)
        self._step("a neural network", 0.9, lambda: deep_learning_helps.measure(ladder, self.clock))

    def _from_the_ladder(self, ladder: Ladder) -> Evidence:
        """What gaps between rungs tell; returns what they say of a signal, which may not be the last word."""
        signal = signal_exists.measure(ladder)
        if signal.answer == "yes" or not signal_exists.may_show_elsewhere(ladder):
            self.criteria["signal_exists"] = signal
        for module in (simple_rules_suffice, complex_logic, interpretability_is_cheap):
            self.criteria[module.__name__.rpartition(".")[2]] = module.measure(ladder)
        self.criteria["ceiling"] = ceiling.measure(ladder, self.required)
        return signal

    def _signal_at_last(self, signal: Evidence, ladder: Ladder) -> None:
        """A signal that no rung sees may show per entity or per period: only now is it known."""
        if "signal_exists" not in self.criteria:
            entities, change = self.criteria["needs_personalization"], self.criteria["adapts_over_time"]
            self.criteria["signal_exists"] = signal_exists.reconsidered(signal, ladder, entities, change)

    def _step(self, name: str, share: float, measure: Callable[[], Evidence]) -> None:
        self.clock.step(name, share)
        found = measure()
        self.criteria[found.criterion] = found

    def _evidence(self, criteria: dict[str, Evidence], *, complete: bool) -> FitEvidence:
        prepared, ladder = self.prepared, self.ladder
        two = prepared.classes == 2
        notes = prepared.notes
        if self.costs and not two:
            notes = (*notes, f"Costs need an answer of yes or no; `{prepared.target}` is not one.")
        if ladder and not ladder.complete:
            notes = (*notes, "The ladder was not climbed to its top: a richer model may do better.")
        used = tuple(dict.fromkeys(feature.column for feature in prepared.features))
        return FitEvidence(
            table=prepared.table,
            target=prepared.target,
            task=prepared.task,
            rows=prepared.rows,
            used_rows=prepared.n,
            sentence=headline(criteria, ladder),
            criteria=criteria,
            ladder=rungs(ladder) if ladder else (),
            rule=written(ladder) if ladder and ladder.steps else None,
            used=used,
            set_aside=prepared.set_aside,
            notes=notes,
            seconds=round(self.clock.spent, 1),
            budget_s=self.clock.budget_s,
            complete=complete,
            costs=self.costs if two else None,
            priced=priced(ladder, self.costs) if ladder and self.costs and two else (),
            yes_means=prepared.answers[1] if two else "",
            points=points_written(ladder) if ladder else None,
        )
