"""Runs every check under a guard and puts the report together."""

from __future__ import annotations

import contextlib
import functools
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import ModuleType

import numpy as np

from mlpm_magics.catalogue import Knowledge, knowledge, modules_in
from mlpm_magics.evidence.clock import Clock, OutOfTimeError
from mlpm_magics.readiness.answers import answer_all, verdict_of
from mlpm_magics.readiness.found import CannotTellError, Found, named, plural
from mlpm_magics.readiness.said import with_said
from mlpm_magics.readiness.summary import class_counts, fingerprint, group_counts, sampled, summaries
from mlpm_magics.results import Finding, NotRun, ReadinessReport, Said, Severity
from mlpm_magics.table import Table

CHECKS = "mlpm_magics.readiness.checks"
_RANK: dict[Severity, int] = {"blocker": 0, "warning": 1, "info": 2}
_ONE_BY_ONE = 5
_NEEDS = "needs "
_READING = 0.5  # of the work, roughly, and of the time at most
_UNREAD = "out of time before every column was read"
_ROLES = {"target": "--target", "time": "--time", "entity": "--entity", "group": "--group"}


@functools.cache
def checks() -> dict[str, ModuleType]:
    """Every check, by id."""
    return modules_in(CHECKS)


def in_order() -> list[str]:
    """The checks as they are run: first those of one column after the other, then those of whole rows.

    What looks along time takes longest for many columns, so it comes last.
    """
    made = checks()
    return sorted(made, key=lambda c: ("time" in made[c].NEEDS, _whole_rows(made[c]), bool(made[c].NEEDS)))


def _whole_rows(check: ModuleType) -> bool:
    return bool(getattr(check, "WHOLE_ROWS", False))


def make(table: Table, clock: Clock, said: Mapping[str, Said]) -> ReadinessReport:
    """The report on a table: its columns are read one by one, then the checks are run.

    Args:
        table: what to look at.
        clock: says how far it is, and when to stop.
        said: what people answered.
    """
    known = knowledge()
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table, found, not_run, cut = _run(table, known, clock)
        findings = _findings(found)
        told = answer_all(table, known, findings, _stopped(not_run))
        answers = with_said(known, told, said)
        verdict, sentence = verdict_of(table, findings, told, answers, cut)
        columns = summaries(table)
        return ReadinessReport(
            verdict=verdict,
            sentence=sentence,
            table=table.name,
            rows=table.total,
            roles=table.roles,
            answers=answers,
            findings=findings,
            columns=columns,
            not_run=tuple(not_run),
            class_counts=class_counts(table),
            group_counts=group_counts(table),
            sampled=sampled(table),
            fingerprint=fingerprint(table, columns),
            as_of=table.as_of.isoformat(),
            said=dict(said),
            complete=not cut,
        )


def _stopped(not_run: Iterable[NotRun]) -> dict[str, list[NotRun]]:
    """By question, the checks that were not run although they had what they need."""
    stopped: dict[str, list[NotRun]] = {}
    for item in not_run:
        if not item.reason.startswith(_NEEDS):
            stopped.setdefault(checks()[item.check].QUESTION, []).append(item)
    return stopped


def _run(
    table: Table, known: Knowledge, clock: Clock
) -> tuple[Table, dict[str, list[Found]], list[NotRun], str]:
    """What was looked at and found, what was not, and the sentence that says so ("" if all was)."""
    found: dict[str, list[Found]] = {}
    not_run: list[NotRun] = []
    waiting, every = in_order(), len(table.columns)
    cut = ""
    try:
        with clock.alarm() if clock.budget_s < float("inf") else contextlib.nullcontext():
            table = _read(table, clock)
            for at, check in enumerate(tuple(waiting)):
                done = _READING + (1 - _READING) * at / len(checks())
                clock.step(f"checking {check.replace('_', ' ')}", done)
                if len(table.columns) < every and _whole_rows(checks()[check]):
                    waiting.remove(check)
                    continue
                outcome = _guarded(check, table, known)
                if isinstance(outcome, NotRun):
                    not_run.append(outcome)
                else:
                    found[check] = outcome
                waiting.remove(check)
    except KeyboardInterrupt:
        cut = "interrupted"
    except OutOfTimeError:
        cut = "out of time"
    if cut:
        not_run += [NotRun(check=check, reason=f"{cut} before it was done") for check in waiting]
        cut = f"{cut.capitalize()}: {len(waiting)} of {plural(len(checks()), 'check')} were not run."
    if len(table.columns) < every:
        part = f"{len(table.columns):,} of {every:,} columns were looked at."
        cut = f"{cut} Only {part}" if cut else f"Out of time: {part}"
        told = {item.check for item in not_run}
        not_run += [NotRun(check=check, reason=_UNREAD) for check in checks() if check not in told]
    return table, found, sorted(not_run, key=lambda item: item.check), cut


def _read(table: Table, clock: Clock) -> Table:
    """The table with the columns that could be read in half of the time, those in a role first."""
    until = clock.spent + _READING * (clock.budget_s - clock.spent)
    columns = sorted(table.columns, key=lambda column: not table.role(column))
    for at, column in enumerate(columns):
        if clock.spent > until and not table.role(column):
            return replace(table, columns=tuple(c for c in table.columns if c.is_read))
        step = f"reading column {at + 1:,} of {len(columns):,}"
        clock.step(step, _READING * at / len(columns))
        column.read()
    return table


def _guarded(check: str, table: Table, known: Knowledge) -> list[Found] | NotRun:
    module = checks()[check]
    lacking = [need for need in module.NEEDS if not _given(table, need)]
    if lacking:
        options = " and ".join(_ROLES.get(need, f"--{need}") for need in lacking)
        return NotRun(check=check, reason=f"{_NEEDS}{options}")
    try:
        return list(module.judge(module.measure(table), known.limits_of(check)))
    except CannotTellError as reason:
        return NotRun(check=check, reason=str(reason))
    except Exception as error:  # said in the report, so never silent; its message could quote a cell
        return NotRun(check=check, reason=f"stopped by an unexpected {type(error).__name__}")


def _given(table: Table, need: str) -> bool:
    return bool(table.groups if need == "group" else getattr(table, need))


# --- from what was found to findings ---------------------------------------------------------------------


def _findings(found: dict[str, list[Found]]) -> tuple[Finding, ...]:
    explained: dict[str, set[str]] = {}
    for check, items in found.items():
        for silenced in getattr(checks()[check], "SILENCES", ()):
            explained.setdefault(silenced, set()).update(name for item in items for name in item.columns)
    kept: list[tuple[tuple[int, float, str], Finding]] = []
    for check, items in found.items():
        left = [i for i in items if not i.columns or not set(i.columns) <= explained.get(check, set())]
        for item in _gathered(left):
            rank = (_RANK[item.severity], -round(item.weight, 6), check)
            kept.append((rank, _finding(check, item)))
    return tuple(finding for _, finding in sorted(kept, key=lambda pair: pair[0]))


def _gathered(items: Iterable[Found]) -> list[Found]:
    """The worst few of one severity one by one, the rest in one finding: forty alike are one message."""
    gathered: list[Found] = []
    for severity in _RANK:
        alike = sorted((i for i in items if i.severity == severity), key=lambda i: -i.weight)
        if len(alike) <= _ONE_BY_ONE:
            gathered += alike
            continue
        gathered += alike[: _ONE_BY_ONE - 1]
        rest = alike[_ONE_BY_ONE - 1 :]
        columns = tuple(dict.fromkeys(name for item in rest for name in item.columns))
        gathered.append(
            Found(
                columns=columns,
                severity=severity,
                message=f"The same holds for {len(columns):,} more columns: {named(columns, 12)}.",
                action=rest[0].action,
                evidence={"columns": len(columns)},
                weight=rest[0].weight,
            )
        )
    return gathered


def _finding(check: str, item: Found) -> Finding:
    module = checks()[check]
    numbers = {
        key: int(value) if float(value).is_integer() else float(f"{value:.6g}")
        for key, value in item.evidence.items()
        if np.isfinite(value)
    }
    return Finding(
        check=check,
        columns=item.columns,
        severity=item.severity,
        question=module.QUESTION,
        message=item.message,
        evidence=numbers,
        why=module.WHY,
        action=item.action,
    )
