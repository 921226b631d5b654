"""What a line on the problem card can be about, measured on test rows: shares, the usual error, the lift."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from mlpm_magics.baselines.intervals import mean, ratio, share
from mlpm_magics.baselines.ladder import Judged
from mlpm_magics.baselines.slices import groups_of, skill_of, within
from mlpm_magics.baselines.words import surest
from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.table import Table


@dataclass(frozen=True)
class LineMeasures:
    """The measures of a chosen rung.

    Attributes:
        judged: the tested rungs.
        chosen: the rung.
        at: the threshold above which it acts; None where the answer is not one of two.
        table: with its groups.
        rows: the place in the table of each row of `judged.prepared`.
    """

    judged: Judged
    chosen: str
    at: float | None
    table: Table
    rows: Array

    @property
    def kind(self) -> str:
        """Which answers there are."""
        if self.judged.prepared.task == "number":
            return "number"
        return "classes" if self.at is None else "yes_or_no"

    def whole(self, measure: str) -> Gap | None:
        """On all test rows; None where there is no row that it counts."""
        if measure == "explained":
            return self.judged.skill(self.judged.steps[self.chosen])
        return self._of(measure, np.ones(len(self.judged.y), dtype=bool), 1)

    def by_group(self, measure: str) -> Mapping[str, Gap | None]:
        """In each group that was named, the intervals widened for their number; None for too few rows."""
        parts = groups_of(self.judged, self.table, self.rows)
        fewest = knowledge().limit("baseline.rare_per_slice")
        enough = {name: self._counted(measure, inside).sum() >= fewest for name, inside in parts.items()}
        looks = sum(enough.values())
        return {
            name: self._of(measure, inside, looks) if enough[name] else None for name, inside in parts.items()
        }

    def _counted(self, measure: str, inside: Array) -> Array:
        """The rows among which the measure counts."""
        found: Array = inside
        if measure == "recall":
            found = inside & (self.judged.y == 1)
        elif measure == "precision":
            found = inside & self._acted
        return found

    @property
    def _acted(self) -> Array:
        found: Array = self.judged.steps[self.chosen].predicted[:, 1] > (self.at or 0.0)
        return found

    def _of(self, measure: str, inside: Array, looks: int) -> Gap | None:
        judged, among = self.judged, self._counted(measure, inside)
        if not among.any():
            return None
        ways = within(judged.ways, among)
        match measure:
            case "error":
                return mean(self._off()[among], ways, looks)
            case "explained":
                return skill_of(judged, among, self.chosen, looks)
            case "lift":
                top, yes = surest(judged.steps[self.chosen].predicted[:, 1][among]), judged.y[among] == 1
                return ratio(top * yes / top.mean(), yes.astype(float), ways, looks) if yes.any() else None
        return share(self._right()[among], ways, looks)

    def _right(self) -> Array:
        predicted = self.judged.steps[self.chosen].predicted
        answer = predicted.argmax(axis=1) if self.at is None else self._acted.astype(np.int64)
        right: Array = answer == self.judged.y
        return right

    def _off(self) -> Array:
        said, was = self.judged.steps[self.chosen].predicted[:, 0], self.judged.y
        if self.judged.prepared.logged:
            said, was = np.expm1(said), np.expm1(was)
        found: Array = np.abs(said - was)
        return found
