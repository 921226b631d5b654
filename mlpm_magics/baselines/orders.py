"""An order that is there already: the one column that sorts the training part best."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mlpm_magics.baselines.lists import gathered
from mlpm_magics.evidence.features import Array, Feature


def best_column(
    features: Iterable[Feature], train: Array, worth: Array, lists: Array, share: float
) -> tuple[str, Array] | None:
    """The number that sorts the training part best, and which way.

    Args:
        features: the inputs of all rows.
        train: the places of the rows to choose by.
        worth: what each of those rows is worth in front.
        lists: the list that each of those rows is in.
        share: how much of a list is in front.

    Returns:
        The order in words and a score per row; None where there is no number.
    """
    best: tuple[float, str, Array] | None = None
    for feature in features:
        if feature.is_category:
            continue
        for sign, word in ((1.0, "highest"), (-1.0, "lowest")):
            values = np.where(np.isnan(feature.values), -np.inf, sign * feature.values)
            gain = float(gathered(values[train], worth, lists, share).sum())
            if best is None or gain > best[0]:
                best = (gain, f"the {word} {feature.name} first", values)
    return None if best is None else best[1:]
