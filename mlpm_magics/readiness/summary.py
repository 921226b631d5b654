"""The parts of a report that describe rather than judge: columns, class and group counts, the fingerprint."""

from __future__ import annotations

import hashlib
import json
import zlib

import numpy as np

from mlpm_magics.errors import shown
from mlpm_magics.evidence.columns.personal import is_private
from mlpm_magics.readiness.found import plural
from mlpm_magics.results import ColumnSummary
from mlpm_magics.table import Column, Table
from mlpm_magics.table.patterns import may_be_private

MOST_LEVELS = 12
LONGEST_LEVEL = 24
_FEWEST_ROWS = 5
_MOST_DIGESTED = 100_000


def summaries(table: Table) -> tuple[ColumnSummary, ...]:
    """One row of statistics per column; a column that was not read before the end is left out."""
    return tuple(_summary(table, column) for column in table.columns if column.is_read)


def _summary(table: Table, column: Column) -> ColumnSummary:
    private = is_private(column)
    numeric = column.kind in ("number", "duration") and not private
    return ColumnSummary(
        name=column.name,
        role=table.role(column),
        kind=column.kind,
        dtype=column.dtype,
        rows=column.total_rows,
        missing=column.total_missing,
        distinct=column.total_distinct,
        histogram=column.histogram,
        mean=_finite(column.total_mean) if numeric else None,
        spread=_finite(column.total_deviation) if numeric else None,
        personal=private,
    )


def _finite(value: float) -> float | None:
    return float(f"{value:.6g}") if np.isfinite(value) else None


# --- counts that may be named ------------------------------------------------------------------------------


def class_counts(table: Table) -> dict[str, int]:
    """Rows per class of the target, the most frequent first; empty where the target is no class."""
    target = table.target
    return _counts(target, "class") if target and target.is_read and table.task == "classes" else {}


def group_counts(table: Table) -> dict[str, dict[str, int]]:
    """Rows per group, by column."""
    return {
        column.name: _counts(column, "group")
        for column in table.groups
        if column.is_read and column.kind != "nested"
    }


def _counts(column: Column, word: str) -> dict[str, int]:
    private = is_private(column)
    counts = column.total_counts[: len(column.counts)]
    order = np.argsort(-counts, kind="stable")
    order = order[counts[order] > 0]
    named: dict[str, int] = {}
    for rank, code in enumerate(order[:MOST_LEVELS], start=1):
        rows = int(counts[code])
        level = None if private or rows < _FEWEST_ROWS else column.level_name(int(code))
        label = shown(level, 2 * LONGEST_LEVEL) if level else ""
        if not label or len(label) > LONGEST_LEVEL or label in named or may_be_private(label):
            label = f"{word} {rank} of {len(order)}"
        named[label] = rows
    rest = order[MOST_LEVELS:]
    if len(rest):
        named[plural(len(rest), f"other {word}", f"other {word}{'es' if word == 'class' else 's'}")] = int(
            counts[rest].sum()
        )
    return named


# --- what the report was measured on ---------------------------------------------------------------


def sampled(table: Table) -> str:
    """What was looked at in part, in words; "" where nothing was."""
    if table.is_sample:
        return (
            f"{table.engine} counted rows, missing and infinite values, ranges and means over all "
            f"{table.total:,} rows, and about how many values are distinct. Everything else was looked at in "
            f"a random sample of {table.rows:,} rows (seed {table.seed})."
        )
    partly = [column for column in table.columns if column.is_read and column.scan.sampled]
    if not partly:
        return ""
    most = max(column.scan.looked for column in partly)
    return (
        f"In {plural(len(partly), 'column')} with very many different texts, patterns (personal data, "
        f"secrets, hostile content) were looked for in a sample of up to {most:,} of them "
        f"(seed {table.seed}). Everything else was counted on all rows."
    )


def fingerprint(table: Table, columns: tuple[ColumnSummary, ...]) -> str:
    """A digest of the schema, the row count and the statistics of every column; the same in every process."""
    digest = hashlib.sha256(str(table.total).encode())
    for column, summary in zip((c for c in table.columns if c.is_read), columns, strict=True):
        content = [summary.name, summary.kind, summary.missing, summary.distinct, summary.histogram]
        digest.update(json.dumps([*content, _content(column)], allow_nan=True).encode())
    return digest.hexdigest()[:32]


def _content(column: Column) -> list[float | int | str]:
    """What tells columns of equal counts apart: quantiles, or a sum over the levels in any order."""
    match column.plain.form:
        case "number" | "duration" | "date" | "boolean":
            return [f"{value:.9g}" for value in column.spread.quantiles.tolist()]
        case "string" | "level":
            counts = column.text_counts
            total = 0
            for text, rows in zip(column.texts[:_MOST_DIGESTED], counts.tolist(), strict=False):
                total += zlib.crc32(text.encode("utf-8", "surrogatepass")) * rows
            return [total]
    return []
