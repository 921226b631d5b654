"""How shares, counts, numbers and stretches of time are written for people."""

from __future__ import annotations


def percent(share: float) -> str:
    """A share as people write it.

    Example:
        >>> percent(0.0016), percent(0.25), percent(0.00001), percent(0.9999)
        ('0.2 %', '25 %', '< 0.1 %', '> 99.9 %')
    """
    if 0 < share < 0.001:
        return "< 0.1 %"
    if 0.999 < share < 1:
        return "> 99.9 %"
    whole = 0.1 <= share <= 0.9 or share in (0, 1)
    return f"{100 * share:.0f} %" if whole else f"{100 * share:.1f} %"


def of(count: int, total: int, unit: str = "rows") -> str:
    """A count within its total.

    Example:
        >>> of(11, 7043)
        '11 of 7,043 rows (0.2 %)'
    """
    if count == total and count:
        return f"all {total:,} {unit}"
    return f"{count:,} of {total:,} {unit} ({percent(count / total if total else 0)})"


def number(value: float) -> str:
    """A number with at most three digits that count.

    Example:
        >>> number(1234567.8), number(0.123456), number(12.0)
        ('1,230,000', '0.123', '12')
    """
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if rounded == int(rounded) and abs(rounded) < 1e15 else f"{rounded:,g}"


def span(days: float) -> str:
    """A stretch of time.

    Example:
        >>> span(5), span(200), span(1500)
        ('5 days', '6.6 months', '4.1 years')
    """
    if days < 100:
        return plural(round(days), "day")
    return f"{days / 30.4375:.2g} months" if days < 730 else f"{days / 365.25:.2g} years"


def plural(count: int, word: str, words: str = "") -> str:
    """A count with its noun.

    Example:
        >>> plural(1, "row"), plural(2, "class", "classes")
        ('1 row', '2 classes')
    """
    return f"{count:,} {word if count == 1 else words or word + 's'}"


def named(columns: tuple[str, ...], most: int = 6) -> str:
    """Column names in backticks, the first few.

    Example:
        >>> named(("a", "b"))
        '`a`, `b`'
    """
    listed = ", ".join(f"`{name}`" for name in columns[:most])
    return listed + (f" and {len(columns) - most:,} more" if len(columns) > most else "")
