"""Text that is a program runs where somebody opens it carelessly.

Script tags run in a web page, a leading equals sign runs in a spreadsheet, and hidden control characters
make a text look like another. Phone numbers with a plus, negative numbers and handles with an at sign are
ordinary.

Source: deon checklist (data security); OWASP on formula injection.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mlpm_magics.readiness.found import Example, Found, Limits
from mlpm_magics.table import Table

QUESTION = "security"
WHY = "Whoever opens the table in a page or a spreadsheet may run what a stranger wrote."
NEEDS = ()
SILENCES = ("inconsistent_categories",)
_KINDS = (("markup", "scripts or active markup"), ("formula", "spreadsheet formulas"),
          ("database", "pieces of database commands"), ("template", "pieces of templates or paths"),
          ("control", "hidden control characters"))  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """A kind of hostile text in a column: how many of how many distinct texts."""

    column: str
    kind: str
    texts: int
    looked: int


def measure(table: Table) -> list[Measured]:
    """Look at every column of texts."""
    return [
        Measured(column.name, words, column.scan.holds[kind], column.scan.looked)
        for column in table.columns
        for kind, words in _KINDS
        if column.scan.holds.get(kind)
    ]


def judge(measured: list[Measured], limits: Limits) -> list[Found]:
    """Any is a warning."""
    return [
        Found(
            columns=(m.column,),
            severity="warning",
            message=f"`{m.column}` holds {m.kind}, in {m.texts:,} of {m.looked:,} different values looked "
            "at.",
            action="Open it only as plain text, ask where it came from, and clean it where it is entered.",
            evidence={"values": m.texts, "looked": m.looked},
            weight=m.texts / m.looked,
        )
        for m in measured
    ]


def bad() -> Example:
    """A comment that is a script."""
    random = np.random.default_rng(35)
    comment = [f"all fine, visit {i}" for i in range(1500)]
    comment[7] = "<script>alert(1)</script>"
    return Example(pd.DataFrame({"comment": comment, "spend": random.normal(size=1500)}), ("comment",))


def good() -> Example:
    """Less than, negative numbers, handles and emoji."""
    random = np.random.default_rng(35)
    texts = ["a < b and c > d", "-5 degrees", "@handle says hi", "+1 from me", "👩‍👩‍👧 <3", "= same"]
    comment = random.choice(texts, 1500)
    return Example(pd.DataFrame({"comment": comment, "spend": random.normal(size=1500)}))
