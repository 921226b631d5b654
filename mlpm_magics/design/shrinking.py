"""The changes of a repair that are needed: what can be left out is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mlpm_magics.design.choices import Edit


def fewest(edits: list[Edit], holds: Callable[[Sequence[Edit]], bool]) -> tuple[Edit, ...]:
    """Without the changes that are not needed: halves are left out first, then one by one.

    Args:
        edits: changes with which it holds.
        holds: whether it still holds with fewer.

    Example:
        >>> fewest([("model.keep", 8), ("model.retrain", 7)], lambda few: ("model.keep", 8) in few)
        (('model.keep', 8),)
    """
    size = len(edits) // 2
    while size:
        at = 0
        while at < len(edits):
            fewer = [*edits[:at], *edits[at + size :]]
            if holds(fewer):
                edits = fewer
            else:
                at += size
        size //= 2
    return tuple(edits)
