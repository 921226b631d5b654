"""What is measured of single columns and their pairs, for the checks of the data and for the feature plan."""

from collections.abc import Mapping

Limits = Mapping[str, float]


class CannotTellError(Exception):
    """A measurement cannot be made on this table; its message is the reason, without a cell's value."""
