"""What a plan gains over the raw columns: the same simple model on the same rows it has not seen.

The plan is made again from the training rows of each fold, so that nothing it decided was decided with the
rows it is tested on. Where there is time, each part of the table is predicted from what came before it.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import MlpmError
from mlpm_magics.evidence.clock import Clock, OutOfTimeError
from mlpm_magics.evidence.columns.quick import one_thread
from mlpm_magics.evidence.encoding import Encoded
from mlpm_magics.evidence.gaps import Gap, gap_of
from mlpm_magics.evidence.prepared import Prepared, prepare
from mlpm_magics.evidence.rungs import LADDER
from mlpm_magics.evidence.words import percent, points
from mlpm_magics.features.discarding import Told as Said
from mlpm_magics.features.pipeline import of_columns
from mlpm_magics.features.planning import planned
from mlpm_magics.results import FeatureGain, FeaturePlan, PlannedColumn, Told
from mlpm_magics.results.features import Treatment
from mlpm_magics.table import Column, Table, open_table
from mlpm_magics.table.plain import Array

MOST_ROWS = 5_000
_FEWEST_ENTITIES = 30
_FEWEST_ROWS, _FOLDS, _RAW_LEVELS = 100, 5, 100
# columns that neither side is given: nobody should compare with a column that will not be there
_GIVEN_TO_NOBODY = (
    "told_to_discard", "known_only_afterwards", "gives_answer_away", "written_later", "protected_group",
    "personal", "identifier", "names_one", "unreadable", "nameless",
)  # fmt: skip


def gain_of(
    table: Table,
    plan: FeaturePlan,
    said: Said,
    window_days: float | None,
    budget_s: float,
    since: float,
) -> FeatureGain:
    """The gain, or why it cannot be told; `since`: when the budget began, by `time.monotonic()`."""
    reason = _cannot(table, plan)
    if reason:
        return FeatureGain(answer="cannot_tell", text=reason)
    rows = _rows(table)
    if len(rows) < _FEWEST_ROWS:
        text = f"From {len(rows):,} rows with an answer a gain cannot be told from chance."
        return FeatureGain(answer="cannot_tell", text=text, rows=len(rows))
    with np.errstate(all="ignore"), warnings.catch_warnings(), one_thread():
        warnings.simplefilter("ignore")
        try:
            with Clock(budget_s, since=since).alarm():
                return _measured(_Some(table, rows), plan, said, window_days)
        except OutOfTimeError:
            text = (
                f"The budget of {budget_s:g} s was used up before the gain was measured; "
                f"--budget {10 * budget_s:g} gives it more."
            )
            return FeatureGain(answer="cannot_tell", text=text)
        except MlpmError as reason:  # such as a target that is the same in all rows of the sample
            return FeatureGain(answer="cannot_tell", text=f"It could not be measured: {reason}")
        except KeyboardInterrupt:
            return FeatureGain(answer="cannot_tell", text="Interrupted before the gain was measured.")


def _cannot(table: Table, plan: FeaturePlan) -> str:
    if table.target is None or table.task == "other":
        return "The target is neither classes nor a number, so nothing can be predicted to compare."
    return "" if plan.used else "The plan keeps no column."


def _rows(table: Table) -> Array:
    """At most `MOST_ROWS` rows with an answer; entities whole, so that they keep their past."""
    target = table.target
    if target is None:
        return np.empty(0, dtype=np.int64)
    known = ~target.is_missing
    if table.task == "number":
        known &= np.isfinite(np.where(known, target.numbers.astype(np.float64), np.nan))
    rows = np.flatnonzero(known)
    if len(rows) <= MOST_ROWS:
        return rows
    random = np.random.default_rng(table.seed)
    if table.entity is None or table.entity.kind == "nested":
        return np.sort(random.choice(rows, MOST_ROWS, replace=False))
    codes = np.unique(table.entity.codes[rows], return_inverse=True)[1]
    order = random.permutation(int(codes.max()) + 1)
    kept = order[np.cumsum(np.bincount(codes)[order]) <= MOST_ROWS]
    return (
        rows[np.isin(codes, kept)]
        if len(kept) >= _FEWEST_ENTITIES
        else np.sort(random.choice(rows, MOST_ROWS, replace=False))
    )


class _Some:
    """Some rows of a table, which can be cut into smaller tables with the same roles."""

    def __init__(self, table: Table, rows: Array) -> None:
        self.table, self.frame = table, table.frame(rows)
        self.all = self.only(np.arange(len(rows)))
        self.prepared = prepare(self.all, table.seed)

    def only(self, rows: Array) -> Table:
        """The table of some of the rows."""
        table = self.table
        return open_table(
            self.frame.iloc[rows],
            name=table.name,
            target=_named(table.target),
            time=_named(table.time),
            entity=_named(table.entity),
            group=[column.name for column in table.groups],
            seed=table.seed,
        )


def _named(column: Column | None) -> str | None:
    return None if column is None else column.name


@dataclass(frozen=True)
class _Folds:
    """The fold in which each row is tested (-1: it is only learned from), and which rows come before each."""

    fold: Array
    forward: bool

    def split(self, at: int) -> tuple[Array, Array]:
        test = np.flatnonzero(self.fold == at)
        train = np.flatnonzero(self.fold < at) if self.forward else np.flatnonzero(self.fold != at)
        return train, test


def _folds(prepared: Prepared) -> _Folds:
    day = prepared.day
    if day is None or np.isnan(day).mean() > 0.1 or len(np.unique(day[~np.isnan(day)])) < 4 * _FOLDS:
        return _Folds(np.unique(prepared.fold % _FOLDS, return_inverse=True)[1], forward=False)
    edges = np.nanquantile(day, np.linspace(0, 1, _FOLDS + 2)[1:-1])
    return _Folds(np.where(np.isnan(day), -1, np.searchsorted(edges, day, side="right") - 1), forward=True)


def _measured(some: _Some, plan: FeaturePlan, said: Said, window_days: float | None) -> FeatureGain:
    prepared = some.prepared
    folds = _folds(prepared)
    errors = {side: np.full(prepared.n, np.nan) for side in ("base", "raw", "planned")}
    for at in range(int(folds.fold.max()) + 1):
        train, test = folds.split(at)
        if len(test) < 2 or len(train) < _FEWEST_ROWS // 2 or len(np.unique(prepared.y[train])) < 2:
            continue
        again = planned(some.only(train), said, window_days)
        sides = {"raw": _raw(again), "planned": again.columns}
        answers = prepared.one_hot
        errors["base"][test] = ((answers[test] - answers[train].mean(axis=0)) ** 2).sum(axis=1)
        for side, columns in sides.items():
            predicted = _predicted(some, columns, train, test)
            errors[side][test] = ((answers[test] - predicted) ** 2).sum(axis=1)
    tested = ~np.isnan(errors["base"])
    if tested.sum() < _FEWEST_ROWS // 2 or not errors["base"][tested].sum():
        return FeatureGain(
            answer="cannot_tell", text="Too few rows could be held out to tell.", rows=prepared.n
        )
    return _told(errors, tested, prepared, folds)


def _predicted(some: _Some, columns: tuple[PlannedColumn, ...], train: Array, test: Array) -> Array:
    """What the linear scorecard says of the test rows; the base rate where there is nothing to learn from."""
    prepared = some.prepared
    answers = prepared.one_hot[train]
    if not any(column.treatment != "discard" for column in columns):
        return np.repeat(answers.mean(axis=0)[None, :], len(test), axis=0)
    model = next(rung for rung in LADDER if rung.id == "linear_scorecard")
    made = of_columns(columns, prepared.classes, prepared.seed)
    here = made.fit_transform(some.frame.iloc[train], prepared.y[train])
    there = made.transform(some.frame.iloc[test])
    names = tuple(made.get_feature_names_out())
    found: Array = model.predict(
        prepared, Encoded(here, there, names, tuple(range(len(names)))), answers, train, test
    )
    return found


def _raw(plan: FeaturePlan) -> tuple[PlannedColumn, ...]:
    """The columns as they are: numbers, a date as its day, one column per level; nothing for free text."""
    return tuple(
        column
        for planned_ in plan.columns
        if planned_.how not in _GIVEN_TO_NOBODY and not planned_.role
        for column in _as_it_is(planned_)
    )


def _as_it_is(column: PlannedColumn) -> list[PlannedColumn]:
    name, kind = column.name, column.kind
    if column.how == "text_parts" or kind in ("nested", "empty"):
        return []
    if column.how == "date_parts":
        settings = {"parts": ("day",), "reading": column.settings["reading"]}
        return [_bare(name, kind, "decompose", "date_parts", settings)]
    if kind in ("number", "duration", "boolean") or column.how in ("scale", "scale_log", "flag"):
        return [_bare(name, kind, "scale", "scale", {})]
    if kind in ("category", "mixed", "text"):
        return [_bare(name, kind, "encode", "levels", {"share": 1e-9, "most": _RAW_LEVELS})]
    return []


def _bare(name: str, kind: str, treatment: Treatment, how: str, settings: dict[str, Any]) -> PlannedColumn:
    return PlannedColumn(
        name=name,
        kind=kind,
        treatment=treatment,
        how=how,
        settings=settings,
        reason="",
        makes=(name,),
        gaps=True,
    )


def _told(errors: dict[str, Array], tested: Array, prepared: Prepared, folds: _Folds) -> FeatureGain:
    unit = float(errors["base"][tested].mean())
    cluster, fold = prepared.cluster[tested], folds.fold[tested]

    def over(worse: str, better: str) -> Gap:
        return gap_of((errors[worse][tested] - errors[better][tested]) / unit, cluster, fold)

    raw, plan, gain = over("base", "raw"), over("base", "planned"), over("raw", "planned")
    margin = knowledge().limit("feature_plan.margin")
    answer: Told = "yes" if gain.low > 0 else "no" if gain.high < margin else "cannot_tell"
    between = f"90 % interval {100 * gain.low:.1f} to {points(gain.high)}"
    figures = f"the plan explains {_part(plan.effect)} of the answer, the raw columns {_part(raw.effect)}"
    match answer:
        case "yes":
            text = f"The plan gains {points(gain.effect)} over the raw columns ({between}): {figures}."
        case "no" if gain.high < 0:
            text = f"The plan loses {points(-gain.effect)} against the raw columns ({between}): {figures}."
        case "no":
            text = f"The plan gains nothing worth having over the raw columns ({between}): {figures}."
        case _:
            text = f"Whether the plan gains over the raw columns cannot be told ({between}): {figures}."
    return FeatureGain(
        answer=answer,
        text=text,
        model="a linear scorecard",
        raw=raw.effect,
        raw_interval=raw.interval,
        planned=plan.effect,
        planned_interval=plan.interval,
        effect=gain.effect,
        interval=gain.interval,
        rows=int(tested.sum()),
        how=_how(folds, int(tested.sum()), answer),
    )


def _part(skill: float) -> str:
    return percent(skill) if skill > 0 else "nothing"


def _how(folds: _Folds, rows: int, answer: Told) -> str:
    order = (
        "each part of the table predicted from what came before it"
        if folds.forward
        else "each fifth of the table predicted from the others"
    )
    more = " More rows would tell." if answer == "cannot_tell" else ""
    return (
        f"Measured with a linear scorecard on {rows:,} rows, {order}; the plan was made again from the rows "
        "learned from. Raw: numbers with their gaps filled, a date as its day, one column per level, free "
        "text left out. Neither side has the columns that may be known only afterwards. Models made of trees "
        f"gain less from scaling.{more}"
    )
