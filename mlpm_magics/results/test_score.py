"""The ML Test Score of a project."""

from __future__ import annotations

from typing import ClassVar, Literal

from mlpm_magics.results.report import Report, Value


class ScoredTest(Value, frozen=True, kw_only=True):
    """One test, and how it is done."""

    id: str
    section: str
    title: str
    text: str
    how: Literal["no", "manual", "automated"]
    when: str = ""
    who: str = ""


class MlTestScore(Report, frozen=True, kw_only=True):
    """How well a product is tested. See `Project.test_score`.

    `score` is the lowest of `sums`, the points of the four sections (0, 0.5 by hand or 1 by machine each).
    """

    view: ClassVar[str] = "test_score"
    schema: ClassVar[str] = "mlpm/test_score"

    name: str
    score: float
    sums: dict[str, float]
    weakest: str
    reading: str
    tests: tuple[ScoredTest, ...]
    source: str
