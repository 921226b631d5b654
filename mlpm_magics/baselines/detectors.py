"""Detectors of unusual rows: each learns what is usual from some rows and scores others.

Source: Liu et al. 2008 (isolation forest); Iglewicz and Hoaglin 1993 (distance from the median).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from mlpm_magics.evidence.features import Array, Feature

_FAR = 50.0
Detect = Callable[[Array, Array], Array]  # from rows to learn from and rows to score to a score per row


def distances(features: Iterable[Feature], learn: Array) -> Array:
    """Every row as distances from the usual of the rows to learn from: in medians, or by how rare it is."""
    columns = []
    for feature in features:
        values = feature.values.astype(float)
        if feature.is_category:
            codes = feature.values + 1
            counts = np.bincount(codes[learn], minlength=int(codes.max()) + 1)
            values = -np.log((counts[codes] + 1) / (len(learn) + 1))
        middle = float(np.nanmedian(values[learn])) if np.isfinite(values[learn]).any() else 0.0
        away = values - middle
        spread = 1.4826 * float(np.nanmedian(np.abs(away[learn]))) or float(np.nanstd(away[learn])) or 1.0
        spread = 1.0 if feature.is_category else spread  # how rare is in units of its own: powers of e
        columns.append(np.clip(np.nan_to_num(away / spread, nan=0.0), -_FAR, _FAR))
    return np.column_stack(columns)


def _farthest(learn: Array, score: Array) -> Array:
    found: Array = np.abs(score).max(axis=1)
    return found


def _isolated(learn: Array, score: Array) -> Array:
    from sklearn.ensemble import IsolationForest

    found: Array = -IsolationForest(n_estimators=100, random_state=0).fit(learn).score_samples(score)
    return found


DETECTORS: tuple[tuple[str, str, Detect, bool], ...] = (
    ("farthest", "the farthest in any one column", _farthest, True),
    ("isolation_forest", "an isolation forest", _isolated, False),
)


def taught(learn: Array, yes: Array, score: Array) -> Array:
    """The chance of a known case, from a model that learned from known cases."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    if len(np.unique(yes)) < 2:
        return np.zeros(len(score))
    model = HistGradientBoostingClassifier(
        max_iter=80, max_leaf_nodes=8, early_stopping=False, random_state=0
    )
    found: Array = model.fit(learn, yes).predict_proba(score)[:, 1]
    return found
