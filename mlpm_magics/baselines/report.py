"""Runs the steps of a baseline in order, within the budget, and puts the report together."""

from __future__ import annotations

import warnings
from types import ModuleType
from typing import cast

import numpy as np

from mlpm_magics.baselines import words
from mlpm_magics.baselines.agreed import held, kill_line_from, read_lines
from mlpm_magics.baselines.calibration import calibration_of, mended, of_many
from mlpm_magics.baselines.deep_learning import deep_learning
from mlpm_magics.baselines.holdout import seal
from mlpm_magics.baselines.intervals import ratio
from mlpm_magics.baselines.kill_line import kill_line_of, read_line
from mlpm_magics.baselines.ladder import TRIVIAL, Judged, climb, replaced
from mlpm_magics.baselines.line_measures import LineMeasures
from mlpm_magics.baselines.mixups import cheapest, matrix, priced_mixups, read_prices
from mlpm_magics.baselines.over_guess import open_again, over_guess, verdict_of
from mlpm_magics.baselines.ready import ready
from mlpm_magics.baselines.slices import sentence_of, slices_of, unasked
from mlpm_magics.baselines.stories import stories_of
from mlpm_magics.baselines.threshold import mistakes_of, threshold_of, wrong_answers
from mlpm_magics.baselines.wanted import Wanted, fingerprint
from mlpm_magics.catalogue import find, knowledge, modules_in
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.evidence.clock import Clock, OutOfTimeError, Progress
from mlpm_magics.evidence.measuring import check, one_thread
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.evidence.rule_text import written
from mlpm_magics.results import (
    BaselineReport,
    Costs,
    Evidence,
    JudgedRung,
    Mistake,
    MixUpCosts,
    OverGuess,
    PricedMixUps,
    Split,
    Threshold,
)
from mlpm_magics.table import Table


def make(table: Table, wanted: Wanted, progress: Progress | None, since: float) -> BaselineReport:
    """The report on a table; `since`: when it was asked for, by `time.monotonic()`."""
    check(None, wanted.budget_s, wanted.seed)
    shape = _shape(table, wanted.problem_type)
    clock = Clock(wanted.budget_s, progress, since=since)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with one_thread():
            if shape is not None:
                try:
                    return cast(BaselineReport, shape.make(table, wanted, clock))
                except OutOfTimeError:
                    words = f"{clock.budget_s:g} s were used up before anything was known"
                    raise InvalidValueError(words, where="budget_s", hint="Give it more time") from None
            return _Supervised(table, wanted, clock).report()


def _shape(table: Table, typed: object) -> ModuleType | None:
    """The module of a problem that has a shape of its own; None where the target says it all.

    Raises:
        MlpmError: for a type that is not measured, or that the target denies.
    """
    if typed is None:
        return None
    shapes = modules_in("mlpm_magics.baselines.shapes")
    plain = {"classification": "classes", "regression": "number"}
    name = str(typed)
    if name not in plain:
        allowed = {**dict.fromkeys(plain), **shapes}
        return cast(ModuleType, find(allowed, name, "problem type with a baseline", "problem_type"))
    if table.target is not None and table.task not in (plain[name], "other"):
        held = "classes" if table.task == "classes" else "numbers"
        raise InvalidValueError(f"`{table.target.name}` holds {held}: no {name}", where="problem_type")
    return None


class _Supervised:
    """Classes or a number: one step after the other; what the budget or the user cuts off is said."""

    def __init__(self, table: Table, wanted: Wanted, clock: Clock) -> None:
        self.table, self.wanted, self.clock = table, wanted, clock
        self.prices = read_prices(wanted.costs)
        self.line, self.floor = read_line(wanted.kill_line), read_line(wanted.floor)
        self.lines = read_lines(wanted.lines)
        self.made = made = ready(table, wanted, clock)
        self.parts, self.rows, self.judged, self.used = made.parts, made.rows, made.judged, made.used
        self.costs = self.prices if isinstance(self.prices, Costs) else None
        self.matrix = self._matrix()
        self.deep: Evidence | None = None
        self.not_measured: tuple[str, ...] = ()

    def _matrix(self) -> Array | None:
        """The price of each mix-up, where mix-ups were named; before anything is learned.

        Raises:
            MlpmError: for an answer that there is not, a pair without a price, or a target without mix-ups.
        """
        if not isinstance(self.prices, MixUpCosts):
            return None
        prepared = self.judged.prepared
        if prepared.classes <= 2:
            what = "one of two answers" if prepared.task == "classes" else "a number"
            instead = "Name what a wrong yes and a wrong no cost" if prepared.task == "classes" else ""
            raise InvalidValueError(f"`{prepared.target}` is {what}: no mix-ups", where="costs", hint=instead)
        return matrix(self.prices, prepared.answers)

    @property
    def two(self) -> bool:
        """Whether the answer is one of two."""
        return self.judged.prepared.classes == 2

    def report(self) -> BaselineReport:
        """Everything, or what there was time for."""
        stopped = ""
        try:
            self.made.go_on()
            with self.clock.alarm():
                climb(self.judged, self.clock)
                self.deep = deep_learning(self.judged, self.clock)
        except OutOfTimeError as error:
            stopped = f"The budget of {self.clock.budget_s:g} s was used up before {error}."
        except KeyboardInterrupt:
            stopped = "Interrupted; what was known until then is shown."
        return self._report(stopped)

    def _report(self, stopped: str) -> BaselineReport:
        judged, prepared = self.judged, self.judged.prepared
        chosen = judged.chosen()
        cluster, fold = judged.tried.prepared.cluster, judged.tried.prepared.fold
        threshold = calibration = mixed_up = None
        how = ""
        mistakes: tuple[Mistake, ...] = ()
        if self.two:
            step = judged.tried.base if chosen == "base_rate" else judged.tried.steps[chosen]
            unseen, yes = step.predicted[:, 1], (judged.tried.prepared.y == 1).astype(float)
            better = None if chosen == "base_rate" else mended(unseen, yes, cluster, fold)
            if better is not None:
                unseen, how = better.mend(unseen), better.name
                chance = better.mend(judged.steps[chosen].predicted[:, 1])
                title = f"{step.rung.title}, chances mended"
                replaced(judged, chosen, np.column_stack([1 - chance, chance]), title)
            threshold = threshold_of(judged, chosen, unseen, self.costs)
            mistakes = mistakes_of(judged, chosen, threshold.at)
        elif prepared.task == "classes":
            said = judged.steps[chosen].predicted.argmax(axis=1)
            if self.matrix is not None and isinstance(self.prices, MixUpCosts):
                mixed_up = priced_mixups(judged, chosen, self.prices, self.matrix)
                said = cheapest(judged.steps[chosen].predicted, self.matrix)
            mistakes = wrong_answers(judged, said)
        paid = threshold or mixed_up
        over = self._over(chosen, paid)
        verdict = verdict_of(over)
        if prepared.task == "classes" and chosen != "base_rate" and verdict != "no_better":
            said = judged.steps[chosen].predicted
            calibration = (
                of_many(said, judged.y, judged.ways, prepared.answers)
                if threshold is None
                else calibration_of(said[:, 1], judged.y == 1, judged.ways, how, threshold.at)
            )
        at = threshold.at if threshold else None
        slices = slices_of(judged, self.table, self.rows, chosen, at, self.floor)
        line = (
            None if self.line is None else kill_line_of(self.line, judged.skill(judged.steps[chosen]), paid)
        )
        found = LineMeasures(judged, chosen, at, self.table, self.rows)
        agreed = held(self.lines, found.kind, len(judged.test), found.whole, found.by_group)
        key = self.parts.key[self.parts.test]
        holdout = seal(key, self.wanted.looks_before)
        return BaselineReport(
            verdict=verdict,
            sentence=words.sentence(judged, chosen, over),
            over=over,
            roles=self.table.roles,
            table=self.table.name,
            target=prepared.target,
            problem_type=self._problem_type(),
            task=prepared.task,
            rows=self.table.total,
            used_rows=prepared.n,
            split=Split(
                asked=self.parts.asked,
                by=self.parts.by,
                train_rows=len(self.parts.train),
                test_rows=len(self.parts.test),
                sentence=self.parts.sentence,
            ),
            holdout=holdout,
            measure="share explained beyond the base rate",
            margin=judged.margin,
            ladder=_rungs(judged, chosen),
            chosen=chosen,
            fingerprint=fingerprint(self.table, holdout.digest, self.wanted),
            yes_means=prepared.answers[1] if self.two else "",
            rule=written(judged.tried) if judged.tried.steps else None,
            deep_learning=self.deep,
            slices=slices,
            slices_sentence=sentence_of(slices, self.floor),
            floor=self.floor,
            threshold=threshold,
            mixed_up=mixed_up,
            mistakes=mistakes,
            calibration=calibration,
            kill_line=line or kill_line_from(agreed),
            agreed=agreed,
            stories=stories_of(judged, self.table, self.rows, chosen, at),
            pitfalls=tuple(knowledge().problem_types[self._problem_type()].pitfalls.values()),
            set_aside=prepared.set_aside,
            used=self.used,
            notes=self._notes(),
            not_measured=(stopped,) if stopped else (),
            seconds=round(self.clock.spent, 1),
            budget_s=self.clock.budget_s,
            complete=not stopped,
        )

    def _problem_type(self) -> str:
        return "classification" if self.judged.prepared.task == "classes" else "regression"

    def _no_threshold(self) -> str:
        return knowledge().problem_types[self._problem_type()].no_threshold

    def _notes(self) -> tuple[str, ...]:
        prepared = self.judged.prepared
        notes = (*self.parts.notes, *prepared.notes)
        if self.costs and not self.two:
            notes = (*notes, f"`{prepared.target}` is no yes or no. {self._no_threshold()}")
        more = unasked(self.table)
        if more:
            listed = ", ".join(f"`{column.name}`" for column in more)
            notes = (
                *notes,
                f"By its name {listed} may be a protected trait, so who is served was looked at by it.",
            )
        inside = [column.name for column in (*self.table.groups, *more) if column.name in self.used]
        if inside:
            listed = ", ".join(f"`{name}`" for name in inside)
            notes = (*notes, f"Models may use {listed}; drop it from the table where they must not.")
        return notes

    def _over(self, chosen: str, paid: Threshold | PricedMixUps | None) -> OverGuess:
        """The chosen rung, or the most promising one, against the best guess that needs no model."""
        judged = self.judged
        guess = judged.steps[judged.trivial()]
        model = judged.steps[judged.rival() if chosen in TRIVIAL else chosen]
        found = over_guess(
            ratio(guess.error - model.error, guess.error, judged.ways),
            unit="lower",
            margin=judged.margin * float(judged.base.error.sum()) / max(float(guess.error.sum()), 1e-12),
            guess=guess.rung.title,
            model=model.rung.title,
            chosen=chosen not in TRIVIAL,
            paid=paid,
        )
        untried = found.guess == found.model
        if (found.answer == "no" or untried) and not judged.tried.complete:
            return open_again(found, words.cut_short(guess.rung.title))
        return found


def _rungs(judged: Judged, chosen: str) -> tuple[JudgedRung, ...]:
    """The ladder as a result."""
    best = min(judged.steps.values(), key=lambda step: float(step.error.mean()))
    rungs = []
    for name, step in judged.steps.items():
        over, behind = judged.skill(step), judged.gap(step, best)
        tried = judged.tried.base if name == "base_rate" else judged.tried.steps.get(name)
        rungs.append(
            JudgedRung(
                id=name,
                title=step.rung.title,
                value=over.effect,
                interval=over.interval,
                expected=None if tried is None else judged.tried.skill(tried),
                gap=behind.effect,
                gap_interval=behind.interval,
                chosen=name == chosen,
                readable=step.rung.readable,
                trivial=name in TRIVIAL,
                figures=words.figures(judged, step),
            )
        )
    return tuple(rungs)
