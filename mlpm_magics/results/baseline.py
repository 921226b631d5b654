"""What `mlpm.baseline` found: the split, the ladder judged on rows nobody learned from, and what follows."""

from __future__ import annotations

import importlib
from typing import ClassVar, Literal, cast

import msgspec

from mlpm_magics.results.agreed import Agreed, KillLine
from mlpm_magics.results.card import ProblemCard
from mlpm_magics.results.evidence import Costs, Evidence, Rule, SetAside
from mlpm_magics.results.mistakes import Mistake, Priced, PricedMixUps, Story
from mlpm_magics.results.over_guess import OverGuess
from mlpm_magics.results.report import Report, Value, WrittenMarkdown

BaselineVerdict = Literal["beats_baseline", "no_better", "cannot_tell"]


class Split(Value, frozen=True, kw_only=True):
    """Which rows were learned from and which were only tested on.

    `asked`: the split as typed, such as `70/30`. `by`: `time`, `entity` or `rows`. `sentence` says what was
    done and why.
    """

    asked: str
    by: Literal["time", "entity", "rows"]
    train_rows: int
    test_rows: int
    sentence: str


class Holdout(Value, frozen=True, kw_only=True):
    """The test part: which rows it is (`digest`, no values) and how often it was looked at, this time too.

    `sentence` says what that many looks mean.
    """

    digest: str
    rows: int
    looks: int
    sentence: str


class JudgedRung(Value, frozen=True, kw_only=True):
    """A model of the ladder, learned on the training part and judged on the test part.

    `value` and its 90 % interval are in the report's `measure` (0 = the simplest guess, higher is better).
    `expected`: the same by cross-validation on the training part, on which the choice rests. `gap`: how far
    it lies behind the best one on the test part. `figures`: measures people know, by name. `trivial`: it
    needs no model.
    """

    id: str
    title: str
    value: float
    interval: tuple[float, float]
    expected: float | None = None
    gap: float = 0.0
    gap_interval: tuple[float, float] = (0.0, 0.0)
    chosen: bool = False
    readable: bool = True
    trivial: bool = False
    figures: dict[str, float] = msgspec.field(default_factory=dict)


class Slice(Value, frozen=True, kw_only=True):
    """Some of the test rows, and how well they are served.

    `by`: a column, or what the rows were parted by; `name`: which part. `value` and `interval` are in the
    report's `measure`, `against_rest` is this part less all others. `standing`: `worse` only where the
    interval says so, allowing for how many parts were looked at; `below_floor` likewise; `too_few` rows to
    tell. `wrong_yes` (of those that are a no) and `wrong_no` (of those that are a yes) are shares with their
    intervals; `uneven` says in words which of the two clearly differs from the others.
    """

    by: str
    name: str
    rows: int
    standing: Literal["as_others", "worse", "below_floor", "too_few"]
    value: float | None = None
    interval: tuple[float, float] | None = None
    against_rest: float | None = None
    against_interval: tuple[float, float] | None = None
    wrong_yes: tuple[float, float, float] | None = None
    wrong_no: tuple[float, float, float] | None = None
    uneven: tuple[str, ...] = ()


class CutPoint(Value, frozen=True, kw_only=True):
    """Acting above this chance: the share of all rows that is a wrong yes and a wrong no."""

    threshold: float
    wrong_yes: float
    wrong_no: float


class Threshold(Value, frozen=True, kw_only=True):
    """The chance of a yes above which to act.

    `at` follows from the costs (0.5 where none were named). `about_as_good`: the thresholds around it that
    cost hardly more. `curve`: wrong answers per threshold on the training part, each row judged while it was
    not learned from; with them any costs can be tried. With costs, the amounts are per period, measured on
    the test part: `cost` of the mistakes, `without` a model (always or never acting), `saved` between them.
    """

    at: float
    about_as_good: tuple[float, float]
    curve: tuple[CutPoint, ...]
    sentence: str
    costs: Costs | None = None
    cost: float | None = None
    cost_interval: tuple[float, float] | None = None
    without: float | None = None
    saved: float | None = None
    saved_interval: tuple[float, float] | None = None


class TriedCosts(Report, frozen=True, kw_only=True):
    """What `BaselineReport.with_costs` found: other costs, or another threshold, on the same report.

    `implied`: the threshold that the costs imply; `threshold.at` is the one that was tried. All amounts are
    per period and without interval: on the training part, each row judged while it was not learned from.
    `wrong_yes` and `wrong_no` are cases; `else_act`: what is cheaper without a model.
    """

    view: ClassVar[str] = "tried_costs"
    schema: ClassVar[str] = "mlpm/tried_costs"

    table: str
    target: str
    yes_means: str
    implied: float
    threshold: Threshold
    wrong_yes: float
    wrong_no: float
    else_act: Literal["always", "never"]

    @property
    def costs(self) -> Costs:
        """What was tried."""
        return cast(Costs, self.threshold.costs)


class ReliabilityBin(Value, frozen=True, kw_only=True):
    """Test rows given about the same chance: how many, the chance said, and how often it came true."""

    rows: int
    said: float
    was: float
    interval: tuple[float, float]


class AnswerCalibration(Value, frozen=True, kw_only=True):
    """One of several answers against all others: how often it was said to come on average, and did."""

    name: str
    rows: int
    said: float
    was: float
    interval: tuple[float, float]
    answer: Literal["calibrated", "off", "cannot_tell"]


class Calibration(Value, frozen=True, kw_only=True):
    """Whether chances mean what they say, on the test part.

    `error` is the expected calibration error. `mended`: `""`, `platt` or `isotonic`, where that helped on the
    training part. With more than two answers it is about the answer that is given, and `answers` has each.
    """

    answer: Literal["calibrated", "off", "cannot_tell"]
    sentence: str
    bins: tuple[ReliabilityBin, ...]
    error: float
    mended: str = ""
    answers: tuple[AnswerCalibration, ...] = ()


class BreakdownRow(Value, frozen=True, kw_only=True):
    """One line of a breakdown: its label, and per rung id the value with its interval."""

    label: str
    values: dict[str, tuple[float, float, float]]


class Breakdown(Value, frozen=True, kw_only=True):
    """The rungs once more, by what the problem's shape asks: horizon, length of the list, alert budget."""

    title: str
    measure: str
    rows: tuple[BreakdownRow, ...]
    note: str = ""


class BaselineReport(Report, frozen=True, kw_only=True):
    """What `mlpm.baseline` found; see there. It holds no value of the table.

    `over`: the model against the best guess; None where there is no such thing (groups, unknown cases).
    `groups`: each group that was found, in a sentence. `roles`: the columns that were named, by role.
    `mixed_up`: what mix-ups cost where there are more than two answers. `said`: the problem card as typed.
    """

    view: ClassVar[str] = "baseline"
    schema: ClassVar[str] = "mlpm/baseline"

    verdict: BaselineVerdict
    sentence: str
    table: str
    target: str
    problem_type: str
    task: Literal["classes", "number", "none"]
    rows: int
    used_rows: int
    split: Split
    holdout: Holdout
    measure: str
    margin: float
    ladder: tuple[JudgedRung, ...]
    chosen: str
    fingerprint: str
    over: OverGuess | None = None
    roles: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    yes_means: str = ""
    rule: Rule | None = None
    deep_learning: Evidence | None = None
    slices: tuple[Slice, ...] = ()
    slices_sentence: str = ""
    floor: float | None = None
    threshold: Threshold | None = None
    priced: Priced | None = None
    mixed_up: PricedMixUps | None = None
    mistakes: tuple[Mistake, ...] = ()
    calibration: Calibration | None = None
    kill_line: KillLine | None = None
    agreed: tuple[Agreed, ...] = ()
    stories: tuple[Story, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    groups: tuple[str, ...] = ()
    pitfalls: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    used: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    not_measured: tuple[str, ...] = ()
    seconds: float = 0.0
    budget_s: float = 30.0
    complete: bool = True
    said: dict[str, str] = msgspec.field(default_factory=dict)
    recorded: str = ""

    @property
    def rung(self) -> JudgedRung | None:
        """The chosen rung; None where none was reached."""
        return next((rung for rung in self.ladder if rung.chosen), None)

    @property
    def paid(self) -> Threshold | Priced | PricedMixUps | None:
        """What mistakes cost, in the form that this kind of problem has."""
        return self.threshold or self.priced or self.mixed_up

    @property
    def gain(self) -> float | None:
        """What is gained over the best guess, or where nothing was held against one, over the simplest."""
        if self.over is not None:
            return self.over.value
        return self.rung.value if self.rung is not None else None

    @property
    def further_lines(self) -> tuple[Agreed, ...]:
        """What `agreed` adds to the kill line."""
        return tuple(line for line in self.agreed if line.role != "kill_line" or self.kill_line is None)

    def with_costs(self, costs: object, at: float | None = None) -> TriedCosts:
        """What other costs, or acting above another chance, would mean; without the table.

        Args:
            costs: as for `baseline`: what a wrong yes and a wrong no cost, and how many decisions there are.
            at: a chance from 0 to 1; None for the one that the costs imply.

        Raises:
            InvalidValueError, UnknownNameError: naming what is wrong.

        Example:
            >>> report.with_costs({"wrong_yes": 5, "wrong_no": 95}).implied  # doctest: +SKIP
            0.05
        """
        what_costs = importlib.import_module("mlpm_magics.baselines.what_costs")
        return cast(TriedCosts, what_costs.try_costs(self, costs, at))

    def model_card(self, card: ProblemCard | None = None) -> str:
        """A model card (Markdown): what is known is filled in, what only people know is a marked blank.

        Args:
            card: a problem card (`mlpm.open_project().card`) to fill blanks from; else what it said then.
        """
        view = importlib.import_module("mlpm_magics.views.model_card")
        said = {name: entry.text for name, entry in card.entries.items()} if card else self.said
        return WrittenMarkdown(view.card(self, said))
