"""Is the data ready: findings, answers and statistics; numbers only."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import ClassVar

import msgspec

from mlpm_magics.results.report import Readiness, Reply, Report, Severity, Status, Value, Written


class Answer(Value, frozen=True, kw_only=True):
    """A data question answered: its status and the evidence in words."""

    status: Status
    text: str


class Said(Value, frozen=True, kw_only=True):
    """What a person answered to a data question, and why."""

    answer: Reply
    because: str = ""


def still_open(verdict: Readiness, answers: Mapping[str, Answer]) -> str:
    """Words to stand after a verdict that could be taken for a yes; "" where every question is answered.

    Example:
        >>> still_open("ready", {"fresh": Answer(status="unknown", text="")})
        ', but 1 of 1 questions is open'
    """
    count = sum(answer.status == "unknown" for answer in answers.values())
    if verdict == "not_ready" or not count:
        return ""
    return f", but {count} of {len(answers)} questions {'is' if count == 1 else 'are'} open"


class Finding(Value, frozen=True, kw_only=True):
    """One thing a check found.

    `columns` are display names; `evidence` holds numbers only, never a value of the table;
    `why` says why it matters and `action` what to do.
    """

    check: str
    columns: tuple[str, ...]
    severity: Severity
    question: str
    message: str
    evidence: dict[str, float | int]
    why: str
    action: str


class ColumnSummary(Value, frozen=True, kw_only=True):
    """Statistics of one column; numbers only. `histogram` counts rows in equal-width bins or top levels.

    `kind` is one of number, text, category, boolean, date, duration, mixed, nested, empty.
    """

    name: str
    role: str
    kind: str
    dtype: str
    rows: int
    missing: int
    distinct: int | None
    histogram: tuple[int, ...]
    mean: float | None = None
    spread: float | None = None
    personal: bool = False


class NotRun(Value, frozen=True, kw_only=True):
    """A check that could not run, and why."""

    check: str
    reason: str


class ReadinessReport(Report, frozen=True, kw_only=True):
    """Is this data ready to learn from? See `mlpm.profile`.

    `class_counts` (rows per class of the target) and `group_counts` (rows per group, by column) name a class
    or group only where its name is short, shared by several rows and not personal. `said`: what people
    answered to questions. `complete` is False after an interrupt or at the end of the time; `not_run` then
    names the rest.
    """

    view: ClassVar[str] = "readiness"
    schema: ClassVar[str] = "mlpm/readiness"

    verdict: Readiness
    sentence: str
    table: str
    rows: int
    roles: dict[str, tuple[str, ...]]
    answers: dict[str, Answer]
    findings: tuple[Finding, ...]
    columns: tuple[ColumnSummary, ...]
    not_run: tuple[NotRun, ...]
    class_counts: dict[str, int]
    group_counts: dict[str, dict[str, int]]
    sampled: str
    fingerprint: str
    as_of: str
    said: dict[str, Said] = msgspec.field(default_factory=dict)
    complete: bool = True
    recorded: str = ""

    def data_request(self) -> str:
        """A letter to the owner of the data, as plain text: what is missing, and what to ask for."""
        letter = importlib.import_module("mlpm_magics.views.data_request")
        return Written(letter.letter(self))
