"""What each column becomes before a model learns from it, and why: structure only, no value of a cell."""

from __future__ import annotations

import importlib
from typing import Any, ClassVar, Literal, cast

import msgspec

from mlpm_magics.results.evidence import Told
from mlpm_magics.results.report import Report, Value

Treatment = Literal["scale", "decompose", "aggregate", "encode", "keep", "discard"]
Known = Literal["yes", "no", "open"]


class PlannedColumn(Value, frozen=True, kw_only=True):
    """What becomes of one column.

    Attributes:
        name: as shown; how the pipeline finds it.
        kind: number, text, category, boolean, date, … as in a profile.
        role: time, entity, group, or ""; the target is not among the columns.
        treatment: what is done, in one word.
        how: the entry of `feature_steps` in the knowledge base that says it in full.
        reason: why, as measured on the table.
        makes: the names of the features made from it. Levels of a category that are rare or may be personal
            are only numbered.
        known: whether it is known when the decision is taken: yes, no, or open where nobody said.
        suspicious: why it should be asked about first; "" where nothing points at it.
        gaps: whether it had gaps, so that it may be missing later.
        settings: what the pipeline needs to know: numbers, short words, never the value of a single row.
    """

    name: str
    kind: str
    role: str = ""
    treatment: Treatment
    how: str
    reason: str
    makes: tuple[str, ...] = ()
    known: Known = "open"
    suspicious: str = ""
    gaps: bool = False
    settings: dict[str, float | int | str | bool | tuple[str, ...]] = msgspec.field(default_factory=dict)


class OpenQuestion(Value, frozen=True, kw_only=True):
    """Something that only people can answer.

    `about` is "known" (is it there when the decision is taken?), "stand_in" (may it be used although it tells
    a protected group?), "protected" (may it be used at all?) or "past_answers" (when does an outcome become
    known?). `suspicious`: something in the table points at trouble.
    """

    about: Literal["known", "stand_in", "protected", "past_answers"]
    columns: tuple[str, ...]
    text: str
    suspicious: bool = False


class FeatureGain(Value, frozen=True, kw_only=True):
    """What the plan gains over the raw columns, with the same simple model on the same held-out rows.

    Skills are shares of the base rate's squared error that are explained (0: no better than the base rate,
    1: always right). `effect` is the difference, `interval` its 90 % interval.
    """

    answer: Told
    text: str
    model: str = ""
    raw: float | None = None
    raw_interval: tuple[float, float] | None = None
    planned: float | None = None
    planned_interval: tuple[float, float] | None = None
    effect: float | None = None
    interval: tuple[float, float] | None = None
    rows: int = 0
    how: str = ""


class FeaturePlan(Report, frozen=True, kw_only=True):
    """What to do with each column before a model learns; see `mlpm.plan_features`.

    `fingerprint` is a digest of the schema, the roles, the answers and the plan: the same plan on the same
    columns has the same one, whatever the rows hold.
    """

    view: ClassVar[str] = "features"
    schema: ClassVar[str] = "mlpm/features"

    table: str
    target: str
    task: Literal["classes", "number", "other"]
    classes: int
    rows: int
    sentence: str
    roles: dict[str, tuple[str, ...]]
    columns: tuple[PlannedColumn, ...]
    open_questions: tuple[OpenQuestion, ...]
    gain: FeatureGain
    notes: tuple[str, ...]
    sampled: str
    fingerprint: str
    random_state: int = 0
    recorded: str = ""

    @property
    def used(self) -> tuple[PlannedColumn, ...]:
        """The columns that become features."""
        return tuple(column for column in self.columns if column.makes)

    @property
    def discarded(self) -> tuple[PlannedColumn, ...]:
        """The columns that become nothing."""
        return tuple(column for column in self.columns if column.treatment == "discard")

    @property
    def features(self) -> tuple[str, ...]:
        """The names of all features, in the order of the columns."""
        return tuple(name for column in self.columns for name in column.makes)

    @property
    def pipeline(self) -> Any:
        """A new scikit-learn estimator, not fitted, that turns a table into these features as numbers.

        Use it as `make_pipeline(plan.pipeline, AnyModel())` on a pandas frame with the columns of the plan.
        """
        return importlib.import_module("mlpm_magics.features.pipeline").build(self)

    def to_code(self) -> str:
        """The same as a Python listing that needs pandas and scikit-learn only."""
        return cast(str, importlib.import_module("mlpm_magics.features.listing").listing(self))
