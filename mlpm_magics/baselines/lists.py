"""What the first places of an order bring: of all that a perfect order would put there.

Rows of one score share their places, so that no order is invented among them.
"""

from __future__ import annotations

import math

import numpy as np

from mlpm_magics.evidence.prepared import Array


def places(scores: Array, lists: Array, share: float) -> Array:
    """How much of each row is in the first `share` of its list: 1, 0, or a part where scores are alike."""
    inside = np.zeros(len(scores))
    for name in np.unique(lists):
        rows = np.flatnonzero(lists == name)
        wanted = places_of(len(rows), share)
        own = scores[rows]
        cut = np.sort(own)[::-1][wanted - 1]
        above, alike = own > cut, own == cut
        inside[rows[above]] = 1.0
        inside[rows[alike]] = (wanted - int(above.sum())) / int(alike.sum())
    return inside


def places_of(rows: int, share: float) -> int:
    """How many places the first `share` of a list are; at least one."""
    return max(1, min(rows, math.ceil(share * rows - 1e-9)))


def gathered(scores: Array, worth: Array, lists: Array, share: float) -> Array:
    """What each row brings by standing in the first places."""
    found: Array = places(scores, lists, share) * worth
    return found


def ndcg(scores: Array, worth: Array, lists: Array, share: float) -> float:
    """Discounted gain of the first places against that of the best order; the mean over lists.

    Source: Jaervelin and Kekaelaeinen 2002.
    """
    found = []
    for name in np.unique(lists):
        rows = np.flatnonzero(lists == name)
        own, gain = scores[rows], worth[rows]
        first = places_of(len(rows), share)
        discount = np.zeros(len(rows))
        discount[:first] = 1 / np.log2(np.arange(first) + 2)
        order = np.argsort(-own, kind="stable")
        _, alike = np.unique(-own[order], return_inverse=True)
        mean = np.bincount(alike, weights=gain[order]) / np.bincount(alike)
        best = float((np.sort(gain)[::-1] * discount).sum())
        if best > 0:
            found.append(float((mean[alike] * discount).sum()) / best)
    return float(np.mean(found)) if found else 0.0
