"""From a table to its plan: what was measured, what was said, and what becomes of each column."""

from __future__ import annotations

import hashlib
import warnings

import msgspec
import numpy as np

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.evidence.clock import Clock
from mlpm_magics.features.asking import questions, with_answers
from mlpm_magics.features.discarding import Told, discards
from mlpm_magics.features.looking_back import looked_back
from mlpm_magics.features.making import POOLED, kinds_of, level_feature
from mlpm_magics.features.signs import Signs, add_relevance, signs_of, within
from mlpm_magics.features.treating import levels_of, treated
from mlpm_magics.results import FeatureGain, FeaturePlan, PlannedColumn
from mlpm_magics.table import Column, Table
from mlpm_magics.table.patterns import may_be_private
from mlpm_magics.table.words import named, plural

_LONGEST_LEVEL, _FEWEST_ROWS = 40, 5
_FOR_SIGNS = 0.5  # of the budget; planning what is kept takes the rest
_NOT_READ = "The budget was used up before it was read; --budget gives it more."
_NOT_MEASURED = FeatureGain(answer="cannot_tell", text="The gain over the raw columns was not measured.")


def planned(
    table: Table, said: Told, window_days: float | None = None, clock: Clock | None = None
) -> FeaturePlan:
    """The plan for a table with a target, without its gain; without a `clock` it takes as long as it takes.

    What was not looked at within half of the budget is noted; a column that was not read in all of it is out.
    """
    known = knowledge()
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        signs = signs_of(table, known, clock and clock.part(_FOR_SIGNS))
        columns = _unmistakable(_columns(table, signs, said, window_days, known, clock))
        columns = tuple(with_answers(column, signs, said) for column in columns)
        target = table.target
        return FeaturePlan(
            table=table.name,
            target=target.name if target is not None else "",
            task=table.task,
            classes=_classes(table),
            rows=table.total,
            sentence=_sentence(columns),
            roles=table.roles,
            columns=columns,
            open_questions=questions(columns, table, signs, said),
            gain=_NOT_MEASURED,
            notes=tuple(dict.fromkeys(f"Not measured: {reason}." for reason in signs.not_measured)),
            sampled=_sampled(table),
            fingerprint=_fingerprint(table, columns),
            random_state=table.seed,
        )


def with_gain(plan: FeaturePlan, gain: FeatureGain) -> FeaturePlan:
    """The plan with what it gains."""
    return msgspec.structs.replace(plan, gain=gain)


def _columns(
    table: Table,
    signs: Signs,
    said: Told,
    window_days: float | None,
    known: Knowledge,
    clock: Clock | None,
) -> tuple[PlannedColumn, ...]:
    without = discards(table, signs, said, known)
    whole = clock and clock.part(1.0)
    within(
        clock and clock.part(_FOR_SIGNS),
        "which columns tell nothing",
        lambda: add_relevance(table, without, known, signs),
        signs,
    )
    out = discards(table, signs, said, known)
    made: dict[str, PlannedColumn] = {}
    for column in table.inputs:
        if column.name in out:
            how, reason = out[column.name]
            made[column.name] = PlannedColumn(
                name=column.name, kind=column.kind, treatment="discard", how=how, reason=reason
            )
        elif whole is not None and whole.spent >= whole.budget_s:
            made[column.name] = PlannedColumn(
                name=column.name, kind=column.kind, treatment="discard", how="not_read", reason=_NOT_READ
            )
        elif column is not table.entity:
            made[column.name] = treated(table, column, signs, known)
    if table.entity is not None and table.entity.name not in made:
        numbers = [made[c.name] for c in table.inputs if c.name in made and made[c.name].treatment == "scale"]
        made[table.entity.name] = looked_back(table, table.entity, numbers, window_days, known)
    return tuple(_whole(table, column, made[column.name], known) for column in table.inputs)


def _whole(table: Table, column: Column, plan: PlannedColumn, known: Knowledge) -> PlannedColumn:
    """The planned column with its role, its gaps, and the names of what it makes."""
    gaps = column.total_missing / max(1, column.total_rows)
    plan = msgspec.structs.replace(plan, role=table.role(column), gaps=gaps > 0)
    if plan.treatment == "discard":
        return plan
    flagged = plan.how in ("scale", "scale_log", "flag", "date_parts", "text_parts")
    if flagged and gaps >= known.limit("feature_plan.gaps"):
        plan = msgspec.structs.replace(plan, settings={**plan.settings, "flag_gaps": True})
    names = tuple(kinds_of((plan,)))
    if plan.how == "levels":
        names = _level_features(column, known)
    elif plan.how == "mean_answer" and table.task == "classes" and _classes(table) > 2:
        names = tuple(f"{names[0]} of answer {at + 1}" for at in range(_classes(table)))
    return msgspec.structs.replace(plan, makes=names)


def _level_features(column: Column, known: Knowledge) -> tuple[str, ...]:
    """The features of a category; a level that is long, of few rows or may be personal is only numbered."""
    found = levels_of(column, known)
    names = []
    for at, (level, rows) in enumerate(found.own, start=1):
        hidden = rows < _FEWEST_ROWS or len(level) > _LONGEST_LEVEL or may_be_private(level)
        names.append(f"{column.name}=level {at}" if hidden else level_feature(column.name, level))
    return (*names, *((level_feature(column.name, POOLED),) if found.pooled else ()))


def _unmistakable(columns: tuple[PlannedColumn, ...]) -> tuple[PlannedColumn, ...]:
    """A column whose features would bear the names of another one's is left out."""
    taken: set[str] = set()
    kept = []
    for column in columns:
        if taken & set(column.makes):
            reason = "Its features would have the names of another column's features."
            column = msgspec.structs.replace(
                column, treatment="discard", how="nameless", reason=reason, makes=(), settings={}
            )
        taken |= set(column.makes)
        kept.append(column)
    return tuple(kept)


def _classes(table: Table) -> int:
    if table.task != "classes" or table.target is None:
        return 0
    return int(np.count_nonzero(table.target.counts))


def _sentence(columns: tuple[PlannedColumn, ...]) -> str:
    used = [column for column in columns if column.makes]
    features = sum(len(column.makes) for column in columns)
    left = len(columns) - len(used)
    if not used:
        return f"Nothing is left of {plural(len(columns), 'column')}: there is nothing to learn from."
    become = "becomes" if len(used) == 1 else "become"
    out = f"; {left:,} left out" if left else ""
    doubtful = tuple(column.name for column in columns if column.suspicious)
    ask = f" First ask when {named(doubtful, 3)} {'is' if len(doubtful) == 1 else 'are'} filled in."
    made = f"{len(used):,} of {plural(len(columns), 'column')} {become} {plural(features, 'feature')}{out}."
    return made + (ask if doubtful else "")


def _sampled(table: Table) -> str:
    if table.is_sample:
        return (
            f"{table.engine or 'The engine'} counted missing values over all {table.total:,} rows; "
            f"everything else was looked at in a random sample of {table.rows:,} rows (seed {table.seed})."
        )
    return ""


def _fingerprint(table: Table, columns: tuple[PlannedColumn, ...]) -> str:
    """A digest of the schema, the roles, the answers and the plan; of no cell and no count of rows."""
    content = [
        [column.name, column.kind, column.role, column.treatment, column.how, column.known, column.makes,
         sorted(column.settings.items())]
        for column in columns
    ]  # fmt: skip
    target = [] if table.target is None else [table.target.name, table.target.kind]
    return hashlib.sha256(msgspec.json.encode([target, content])).hexdigest()[:32]
