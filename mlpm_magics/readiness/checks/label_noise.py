"""Wrong answers teach wrong rules, and they set a limit to every test.

A quick model says how clear each row is without having seen it. On a hard problem, the clearest rows are
nearly all answered as expected; where answers are wrong at random, some of the clearest contradict too. The
share of such answers is estimated, and held against none. Before anything is said, two inputs at a time are
asked whether they explain what seems wrong: a rule that the model could not see is no wrong answer.

Source: Northcutt, Jiang and Chuang 2021 (confident learning); Sambasivan and others 2021.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.evidence.columns.flips import Flips
from mlpm_magics.evidence.columns.quick import auc, learned
from mlpm_magics.readiness.found import Example, Found, Limits, percent
from mlpm_magics.table import Table
from mlpm_magics.table.plain import Mask

QUESTION = "high_quality"
WHY = "A model learns the wrong answers too, and a test counts right ones as errors."
NEEDS = ("target",)
WHOLE_ROWS = True
_FEWEST, _FEWEST_OF_CLASS = 500, 80
_FINER, _SURPRISE, _EVENLY = 2, 10.0, 0.5


@dataclass(frozen=True)
class Measured:
    """The estimated share of wrong answers, how much likelier they make the table, and how clear rows are.

    `left`: how much of the surprise is left by a model that sees what two inputs tell together; `score`: how
    often the model ranks a row of the class above one of the others; `clear`: rows that it finds clear;
    `against`: those among them with the other answer; `rows`: rows looked at.
    """

    column: str
    share: float
    surprise: float
    left: float
    score: float
    clear: int
    against: int
    rows: int

    @property
    def clean_score(self) -> float:
        """The score without the wrong answers: answers turned at random draw it towards one half."""
        return min(1.0, 0.5 + (self.score - 0.5) / (1 - 2 * self.share))

    @property
    def is_even(self) -> bool:
        """Whether clear rows contradict about as often as the estimated share says."""
        return self.against >= _EVENLY * self.share * self.clear


def measure(table: Table) -> list[Measured]:
    """Each frequent class against all others, the clearest sign first."""
    known, target = learned(table), table.target
    if known is None or target is None or table.task != "classes" or len(known.rows) < _FEWEST:
        return []
    measured = []
    for k in range(known.wanted.shape[1]):
        positive = known.wanted[:, k] > 0.5
        if min(positive.sum(), (~positive).sum()) < _FEWEST_OF_CLASS:
            continue
        flips = Flips(known.made, positive, table.seed)
        if flips.tells:
            measured.append(_measured(target.name, flips, positive))
    return sorted(measured, key=lambda m: -m.left)


def _measured(name: str, flips: Flips, positive: Mask) -> Measured:
    first = fit = flips.fit()
    for _ in range(_FINER):
        if fit.surprise < _SURPRISE or not flips.finer(fit):
            break
        fit = flips.fit()
    clear = np.abs(fit.chance - 0.5) > 0.45
    against = clear & ((fit.chance > 0.5) != positive)
    counts = int(clear.sum()), int(against.sum()), len(positive)
    return Measured(name, fit.share, first.surprise, fit.surprise, auc(fit.score, positive)[0], *counts)


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Enough of them, far beyond chance, on a problem clear enough to tell wrong from hard."""
    return [
        Found(
            (m.column,),
            "warning",
            f"About {percent(m.share)} of the answers in `{m.column}` seem wrong, or hang on something that "
            f"is not in the table: of {m.clear:,} rows that are clear from the inputs, {m.against:,} have "
            "another answer, evenly and not only near the border.",
            "Have a second person answer a sample of the contradicting rows, and mend the rule or the entry.",
            {"share": m.share, "clear": m.clear, "against": m.against, "surprise": m.surprise},
            min(1.0, 3 * m.share),
        )
        for m in measured
        if m.share >= limits["share"] and m.surprise >= max(limits["surprise"], limits["per_row"] * m.rows)
        if m.left >= max(limits["surprise"], limits["left_per_row"] * m.rows) and m.is_even
        if m.clean_score >= limits["score"] and m.against >= limits["against"]
    ][:1]


def _table(wrong: float, blur: float) -> pd.DataFrame:
    random = np.random.default_rng(51)
    size, age, visits = random.normal(size=4000), random.normal(size=4000), random.poisson(4, 4000)
    likes = size + 0.7 * age + 0.2 * (visits - 4) + random.logistic(0, blur, 4000) > 0
    return pd.DataFrame(
        {"size": size, "age": age, "visits": visits, "ok": likes ^ (random.random(4000) < wrong)}
    )


def bad() -> Example:
    """One answer in eight was clicked wrongly."""
    return Example(_table(0.12, 0.15), ("ok",), {"target": "ok"})


def good() -> Example:
    """As many errors for any model, but because the problem is hard."""
    return Example(_table(0.0, 0.45), (), {"target": "ok"})
