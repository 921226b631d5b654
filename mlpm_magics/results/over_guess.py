"""How much better a model is than the best guess that needs no model."""

from __future__ import annotations

from typing import Literal

from mlpm_magics.results.evidence import Told
from mlpm_magics.results.report import Value


class OverGuess(Value, frozen=True, kw_only=True):
    """The chosen model, or the most promising one, against the best guess; paired case by case.

    `value` and its 90 % `interval`: by which share the error is `lower`, or by how many points of the
    measure the result is `higher` (0.1 is ten points). `answer`: whether the model is better, by that
    interval and by the money where mistakes have a price. `words` is the figure and what follows in a few
    words, `sentence` says it in full.
    """

    guess: str
    model: str
    unit: Literal["lower", "higher"]
    value: float
    interval: tuple[float, float]
    answer: Told
    words: str
    sentence: str
