"""Whether a model that beats a simple guess does so by so little that a plain yes would mislead."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge

_RELATIVE = ("", "classification", "regression", "forecasting")  # their measures are shares of the errors


def by_little(problem_type: str, gain: float | None, line: str = "") -> bool:
    """Whether `gain` is little, where nobody has said that it is enough.

    Args:
        problem_type: other types have measures of their own, of which this cannot tell.
        gain: the share of the best guess's error that the model saves; None where none was held against it.
        line: on which side of the kill line it is; "above" means that people called it enough.

    Example:
        >>> by_little("classification", 0.03), by_little("classification", 0.3)
        (True, False)
    """
    if gain is None or line == "above" or problem_type not in _RELATIVE:
        return False
    return gain < knowledge().limit("baseline.little")
