"""If one group got the good answer less often, a model will do the same.

Rates are compared between the groups that are large enough, with the uncertainty of their difference. A
rate under four fifths of the highest is a warning sign in hiring law: a screen, not a proof, and no
explanation.

Source: EEOC Uniform Guidelines 1978, 29 CFR 1607.4(D); Obermeyer and others 2019.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.chance import Gap, widest_gap
from mlpm_magics.readiness.found import CannotTellError, Example, Found, Limits, number, of
from mlpm_magics.table import Column, Table

QUESTION = "unbiased"
WHY = "A model repeats the difference it was shown, at scale."
NEEDS = ("group", "target")
_FEWEST = 30
_GOOD = (
    "1",
    "true",
    "yes",
    "y",
    "approved",
    "accepted",
    "hired",
    "granted",
    "success",
    "positive",
    "paid",
    "pass",
)


@dataclass(frozen=True)
class Measured:
    """The widest gap of a class between groups; for a number, of its mean in standard deviations."""

    column: str
    target: str
    gap: Gap | None = None
    apart: float = 0.0
    surely: float = 0.0


def measure(table: Table) -> list[Measured]:
    """Compare every group column."""
    target, measured = table.target, []
    for column in table.groups:
        if target is None or column.kind in ("nested", "empty") or target.kind in ("nested", "empty"):
            continue
        if table.task == "classes":
            codes = np.where(target.is_missing, -1, column.codes)
            gap = widest_gap(target.codes == _class(target), codes, _FEWEST, len(table.groups))
            if gap is not None:
                measured.append(Measured(column.name, target.name, gap))
        elif table.task == "number":
            measured.append(_means(column, target))
    if not measured:
        raise CannotTellError(f"fewer than two groups have {_FEWEST} rows with a known target")
    return measured


def _class(target: Column) -> int:
    """The class to compare: the one whose name says yes, else the rarest."""
    names = [(target.level_name(i) or "").casefold() for i in range(len(target.counts))]
    said = [i for i, name in enumerate(names) if name in _GOOD]
    there = np.where(target.counts > 0, target.counts, target.counts.max() + 1)
    return said[0] if len(said) == 1 else int(there.argmin())


def _means(column: Column, target: Column) -> Measured:
    known = (column.codes >= 0) & ~target.is_missing & np.isfinite(target.numbers.astype(np.float64))
    codes, values = column.codes[known], target.numbers[known].astype(np.float64)
    rows = np.bincount(codes)
    large = np.flatnonzero(rows >= _FEWEST)
    if len(large) < 2 or not target.spread.deviation:
        raise CannotTellError(f"fewer than two groups have {_FEWEST} rows with a known target")
    means = np.bincount(codes, values)[large] / rows[large] / target.spread.deviation
    low, high = int(means.argmin()), int(means.argmax())
    apart = float(means[high] - means[low])
    error = float(np.sqrt(1 / rows[large[low]] + 1 / rows[large[high]]))
    return Measured(
        column.name, target.name, apart=apart, surely=apart - (2 + 0.5 * np.log(len(large))) * error
    )


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """A ratio under four fifths beyond chance; where it could be chance, say that it cannot be told."""
    found, unsure = [], []
    action = (
        "Ask how the answers came about before learning from them; a model must not decide on this alone."
    )
    for m in measured:
        if m.gap is None:
            if m.apart >= limits["deviations"] and m.surely > 0:
                message = (
                    f"The average `{m.target}` of two groups of `{m.column}` differs by {number(m.apart)} "
                    "standard deviations; half of one is already a visible difference."
                )
                found.append(
                    Found((m.column,), "warning", message, action, {"deviations": m.apart}, min(1.0, m.apart))
                )
            continue
        gap = m.gap
        ratio = gap.low_rate / gap.high_rate if gap.high_rate else 1.0
        if ratio >= limits["ratio"]:
            continue
        numbers = f"one group of `{m.column}` gets it in {of(*gap.low)}, another in {of(*gap.high)}"
        if gap.sure <= 0:
            unsure.append(f"{numbers}, which may be chance: there are too few rows to tell")
            continue
        message = (
            f"One outcome of `{m.target}` is spread unevenly: {numbers}, a ratio of {number(ratio)} "
            "(four fifths is the usual screen)."
        )
        evidence = {"lowest": gap.low_rate, "highest": gap.high_rate, "ratio": ratio, "groups": gap.groups}
        found.append(Found((m.column,), "warning", message, action, evidence, 1 - ratio))
    if unsure and not found:
        raise CannotTellError("; ".join(unsure))
    return found


def _table(rates: tuple[float, float]) -> pd.DataFrame:
    random = np.random.default_rng(32)
    sex = random.choice(["a", "b"], 3000)
    hired = random.random(3000) < np.where(sex == "a", *rates)
    return pd.DataFrame({"sex": sex, "hired": hired, "tests": random.normal(size=3000)})


def bad() -> Example:
    """One in three of the first group is hired, one in five of the second."""
    return Example(_table((0.33, 0.2)), ("sex",), {"target": "hired", "group": "sex"})


def good() -> Example:
    """As good as equal."""
    return Example(_table((0.33, 0.32)), (), {"target": "hired", "group": "sex"})
