"""What a table says about whether ML fits: measured criteria, the ladder of rungs, the rule written out."""

from __future__ import annotations

from typing import ClassVar, Literal

from mlpm_magics.results.report import Report, Value

Told = Literal["yes", "no", "cannot_tell"]


class Evidence(Value, frozen=True, kw_only=True):
    """One criterion, measured.

    `effect` and `interval` (90 %) are in `unit`; both are None where nothing could be measured. `margin` is
    what the interval was held against. `rows_needed` is how many rows would do where it cannot be told.
    """

    criterion: str
    answer: Told
    text: str
    effect: float | None = None
    interval: tuple[float, float] | None = None
    unit: str = "skill"
    margin: float | None = None
    caveat: str = ""
    rows_needed: int | None = None
    set_aside: tuple[str, ...] = ()


class Rung(Value, frozen=True, kw_only=True):
    """A model of the ladder: its cross-validated skill (0 = base rate, 1 = always right) with its interval.

    `gap` is the best rung's skill minus this one's, paired on the same folds. `within_margin`: that gap is
    at most the margin as far as can be told. `simplest`: the first such rung.
    """

    id: str
    title: str
    skill: float
    interval: tuple[float, float]
    gap: float
    gap_interval: tuple[float, float]
    within_margin: bool
    simplest: bool = False
    readable: bool = True
    accuracy: float | None = None
    auc: float | None = None
    lift: float | None = None
    error: float | None = None


class Rule(Value, frozen=True, kw_only=True):
    """A rung that can be read, written out: as a sentence and as a Python function without dependencies."""

    rung: str
    sentence: str
    python: str
    skill: float
    share_of_best: float | None = None


class PointsLine(Value, frozen=True, kw_only=True):
    """Rows whose `column` meets the `condition` have so many `points`; of one column at most one is met."""

    column: str
    condition: str
    points: int


class PointsCard(Value, frozen=True, kw_only=True):
    """A scorecard that is added up by hand: its lines, and what totals mean, as a table and as Python.

    `totals`: some totals, and the share of yes (or the number) each stands for. Columns and conditions that
    are not listed have no points.
    """

    lines: tuple[PointsLine, ...]
    totals: tuple[tuple[int, float], ...]
    sentence: str
    python: str
    skill: float
    share_of_best: float | None = None


class Volume(Value, frozen=True, kw_only=True):
    """How many decisions there are per `period`, and the `unit` of what is paid."""

    decisions: float = 1_000
    period: str = "1,000 decisions"
    unit: str = ""


class Costs(Volume, frozen=True, kw_only=True):
    """What the two mistakes cost, each in `unit`, and how many decisions there are per `period`."""

    wrong_yes: float
    wrong_no: float

    @property
    def threshold(self) -> float:
        """The chance of a yes above which acting is cheaper than not acting."""
        return self.wrong_yes / (self.wrong_yes + self.wrong_no)


class RungCost(Value, frozen=True, kw_only=True):
    """What a rung's mistakes cost per period.

    `saved`: against acting always or never, whichever is cheaper, with its 90 % interval. `wrong_yes` and
    `wrong_no` are cases per period.
    """

    rung: str
    title: str
    cost: float
    saved: float
    interval: tuple[float, float]
    wrong_yes: float
    wrong_no: float


class SetAside(Value, frozen=True, kw_only=True):
    """A column (or some rows) that was not used, and why."""

    what: str
    reason: str


class FitEvidence(Report, frozen=True, kw_only=True):
    """What `mlpm.measure_fit` found; see there."""

    view: ClassVar[str] = "evidence"
    schema: ClassVar[str] = "mlpm/evidence"

    table: str
    target: str
    task: Literal["classes", "number", "unknown"]
    rows: int
    used_rows: int
    sentence: str
    criteria: dict[str, Evidence]
    ladder: tuple[Rung, ...]
    rule: Rule | None
    used: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    notes: tuple[str, ...]
    seconds: float
    budget_s: float
    complete: bool
    costs: Costs | None = None
    priced: tuple[RungCost, ...] = ()
    yes_means: str = ""
    points: PointsCard | None = None
