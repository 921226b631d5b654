"""How measured things are said, and the ways an answer is given."""

from __future__ import annotations

from mlpm_magics.evidence.gaps import Gap, gap
from mlpm_magics.evidence.ladder import Ladder, Step
from mlpm_magics.results import Evidence, Told

WEAK = 0.03
"""Skill below which there is little to learn."""


def percent(share: float) -> str:
    """A share in words.

    Example:
        >>> percent(0.123), percent(0.9731)
        ('12 %', '97 %')
    """
    shown = 100 * share
    return f"{shown:z.1f} %" if 0 < abs(shown) < 3 or 99 < shown < 100 else f"{shown:z.0f} %"


def chance(share: float) -> str:
    """A chance in words: whole percents, and none is called certain.

    Example:
        >>> chance(0.0004), chance(0.347)
        ('under 1 %', '35 %')
    """
    if share < 0.01:
        return "under 1 %"
    return "over 99 %" if share > 0.99 else f"{100 * share:.0f} %"


def points(skill: float) -> str:
    """A difference in skill.

    Example:
        >>> points(0.0312)
        '3.1 points'
    """
    return f"{100 * skill:.1f} points"


def upper_first(text: str) -> str:
    """The same as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def share_of(ladder: Ladder, step: Step) -> str:
    """What part of the best rung's skill another one reaches."""
    best = ladder.skill(ladder.best)
    return percent(max(0.0, ladder.skill(step)) / best) if best > 0 else "nothing"


def told(criterion: str, answer: Told, found: Gap, margin: float, text: str, caveat: str = "") -> Evidence:
    """An answer that the interval gives."""
    return Evidence(
        criterion=criterion,
        answer=answer,
        text=text,
        effect=found.effect,
        interval=found.interval,
        margin=margin,
        caveat=caveat,
    )


def unknown(criterion: str, text: str, settle: str, unit: str = "skill") -> Evidence:
    """Nothing could be measured; `settle` says what would."""
    return Evidence(criterion=criterion, answer="cannot_tell", text=text, caveat=settle, unit=unit)


def cannot_tell(
    criterion: str, found: Gap | None, margin: float, ladder: Ladder, text: str, settle: str = ""
) -> Evidence:
    """The interval holds the margin; how many rows would narrow it enough."""
    rows = found.rows_needed(margin, ladder.prepared.n) if found else None
    enough = rows and rows > ladder.prepared.n
    caveat = (
        f"About {rows:,} rows could tell."
        if enough
        else "These rows cannot tell; other inputs or far more rows might."
    )
    return Evidence(
        criterion=criterion,
        answer="cannot_tell",
        text=text,
        effect=found.effect if found else None,
        interval=found.interval if found else None,
        margin=margin,
        caveat=settle or caveat,
        rows_needed=rows if enough else None,
    )


def little_to_learn(criterion: str, ladder: Ladder) -> Evidence | None:
    """Where hardly anything can be predicted, models cannot be told apart; said before anything on rules."""
    best = ladder.best
    found = gap(ladder, ladder.base, best)
    little = ladder.skill(best) < WEAK
    if not little and found.low > 0:
        return None
    return Evidence(
        criterion=criterion,
        answer="cannot_tell",
        margin=ladder.margin,
        text="There is little to learn here, so models cannot be told apart."
        if little
        else "It is not certain that there is anything to learn here, so models cannot be told apart.",
        caveat="Better inputs would have to come first." if little else "More rows could tell.",
    )
