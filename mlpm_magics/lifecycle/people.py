"""Who is needed in a phase, and how much of it is the product manager's."""

from __future__ import annotations

from mlpm_magics.catalogue import find, knowledge
from mlpm_magics.entries import Role


def needed(phase: str) -> tuple[Role, ...]:
    """The roles a phase needs, the lead first.

    Args:
        phase: its id, such as `data`.

    Raises:
        UnknownNameError: with the nearest phase.

    Example:
        >>> needed("model")[0].names
        ('ML scientist', 'applied scientist', 'research scientist', 'data scientist')
    """
    known = knowledge()
    return tuple(known.roles[role] for role in find(known.phases, phase, "phase").roles)


def part_of_the_pm(phase: str) -> str:
    """How much the product manager is involved in a phase, in words.

    Example:
        >>> part_of_the_pm("model").partition(".")[0]
        'Low'
    """
    found = find(knowledge().phases, phase, "phase")
    return f"{found.pm_involvement.capitalize()}. {found.pm_text}"
