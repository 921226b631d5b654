"""A rung that can be read, learned once more from all rows and written out: a sentence, and Python.

The Python has no dependencies: `def answer(row)` takes a mapping from column names to values and returns the
chance of the answer, or the number. Columns that are missing or None take the branch the data suggests.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mlpm_magics.evidence.encoding import Encoded, encode, of_rules
from mlpm_magics.evidence.ladder import Ladder, Step
from mlpm_magics.evidence.prepared import Array, Feature, Prepared
from mlpm_magics.evidence.rungs import tree
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import Rule

_LEAVES = {"one_condition": 2, "two_conditions": 3, "three_conditions": 4}
_MOST_NAMED = 4


def written(ladder: Ladder) -> Rule | None:
    """The best rung made of conditions, written out; None where none beats the base rate."""
    steps = [ladder.steps[name] for name in _LEAVES if name in ladder.steps]
    good = [step for step in steps if ladder.skill(step) > 0]
    if not good:
        return None
    best = max(good, key=ladder.skill)
    chosen = next(s for s in good if ladder.skill(s) >= ladder.skill(best) - ladder.margin)
    return _rule(ladder, chosen)


def _rule(ladder: Ladder, step: Step) -> Rule:
    prepared = ladder.prepared
    rows = np.arange(prepared.n)
    x = of_rules(prepared, encode(prepared, rows, rows))
    grown = tree(x, prepared.one_hot, _LEAVES[step.rung.id])
    leaves = _Leaves(prepared, x, grown.tree_)
    return Rule(
        rung=step.rung.id,
        sentence=" ".join(leaves.sentences(0, ())),
        python="\n".join(["def answer(row):", *leaves.code(0, 1)]) + "\n",
        skill=ladder.skill(step),
        share_of_best=_share(ladder, step),
    )


def _share(ladder: Ladder, step: Step) -> float | None:
    """What part of the best model's skill it reaches; None where no best is known."""
    if ladder.best is ladder.base or not ladder.complete:
        return None
    return max(0.0, ladder.skill(step)) / ladder.skill(ladder.best)


class _Leaves:
    """Walks a small tree."""

    def __init__(self, prepared: Prepared, x: Encoded, grown: Any) -> None:
        self.prepared, self.x, self.grown = prepared, x, grown

    def sentences(self, node: int, conditions: tuple[str, ...]) -> list[str]:
        """One sentence a leaf."""
        if self.grown.children_left[node] < 0:
            start = f"If {' and '.join(conditions)}" if conditions else "Always"
            return [f"{start}: {self._said(node)}."]
        yes, no = self._condition(node)
        left, right = self.grown.children_left[node], self.grown.children_right[node]
        return self.sentences(left, (*conditions, yes)) + self.sentences(right, (*conditions, no))

    def code(self, node: int, depth: int) -> list[str]:
        """Nested conditions, indented."""
        pad = "    " * depth
        if self.grown.children_left[node] < 0:
            return [f"{pad}return {self._value(node):.4g}  # {self._said(node)}"]
        left, right = self.grown.children_left[node], self.grown.children_right[node]
        return [
            f"{pad}if {self._test(node)}:",
            *self.code(left, depth + 1),
            f"{pad}else:",
            *self.code(right, depth + 1),
        ]

    def _answers(self, node: int) -> Array:
        found: Array = np.atleast_1d(np.squeeze(self.grown.value[node]))
        return found

    def _value(self, node: int) -> float:
        answers = self._answers(node)
        return float(answers[0] if self.prepared.task == "number" else answers[self._told()])

    def _told(self) -> int:
        """The class that is talked about: a yes where there are two, else the most frequent."""
        return 1 if self.prepared.classes == 2 else 0

    def _said(self, node: int) -> str:
        answers = self._answers(node)
        if self.prepared.task == "number":
            return f"{self.prepared.target} is {answers[0]:.4g}"
        if self.prepared.classes == 2:
            return f"{percent(float(answers[1]))} are {self.prepared.answers[1]}"
        most = int(np.argmax(answers))
        return f"mostly {self.prepared.answers[most]} ({percent(float(answers[most]))})"

    def _split(self, node: int) -> tuple[Feature | None, str, float]:
        at = int(self.grown.feature[node])
        origin = self.x.origin[at]
        feature = self.prepared.features[origin] if origin >= 0 else None
        return feature, self.x.names[at], float(self.grown.threshold[node])

    def _left_levels(self, node: int, feature: Feature) -> list[str]:
        """The categories that go left: those whose encoded mean lies below the threshold."""
        at, threshold = int(self.grown.feature[node]), float(self.grown.threshold[node])
        left = self.x.train[:, at] <= threshold
        shares = {
            code: float(left[feature.values == code].mean())
            for code in np.unique(feature.values)
            if code >= 0
        }
        return [feature.levels[int(code)] for code, share in shares.items() if share > 0.5]

    def _condition(self, node: int) -> tuple[str, str]:
        feature, name, threshold = self._split(node)
        if feature is not None and feature.is_category:
            levels = self._left_levels(node, feature)
            listed = _listed(levels)
            return f"`{feature.column}` is {listed}", f"`{feature.column}` is not {listed}"
        if name.endswith(" is missing") and feature is not None and name != feature.name:
            return f"`{feature.name}` is filled", f"`{feature.name}` is missing"
        return f"`{name}` is at most {threshold:.4g}", f"`{name}` is over {threshold:.4g}"

    def _test(self, node: int) -> str:
        feature, name, threshold = self._split(node)
        if feature is not None and feature.is_category:
            return f"row[{feature.column!r}] in {_literal(self._left_levels(node, feature))}"
        if name.endswith(" is missing") and feature is not None and name != feature.name:
            return f"row[{feature.name!r}] is not None"
        gone = feature is not None and bool(np.isnan(feature.values).any())
        if gone and feature is not None:
            goes_left = float(np.nanmedian(feature.values)) <= threshold
            empty = f"row[{name!r}] is None or " if goes_left else f"row[{name!r}] is not None and "
            return f"{empty}row[{name!r}] <= {threshold:.6g}"
        return f"row[{name!r}] <= {threshold:.6g}"


def _literal(levels: Sequence[str]) -> str:
    """The categories as Python, in one order on every run (a set has none)."""
    return f"({', '.join(map(repr, levels))}{',' if len(levels) == 1 else ''})"


def _listed(levels: Sequence[str]) -> str:
    if not levels:
        return "missing"
    named = ", ".join(levels[:_MOST_NAMED])
    more = len(levels) - _MOST_NAMED
    return (
        f"{named} or one of {more} more"
        if more > 0
        else named.replace(", ", " or ")
        if len(levels) == 2
        else named
    )
