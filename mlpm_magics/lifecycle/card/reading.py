"""Numbers with their unit, dates and durations in a few words of English, as a PM types them.

What is not plain is not guessed: `3/4/2027` may be two days, a month without a year may be any, and are read
as no date.
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from mlpm_magics.results.card import Amount

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "half a": 0.5,
}  # fmt: skip
_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "night": 1, "week": 7, "fortnight": 14, "month": 30,
         "quarter": 91, "year": 365}  # fmt: skip
_EVERY = {
    "hourly": 1 / 24, "daily": 1, "nightly": 1, "weekly": 7, "fortnightly": 14, "monthly": 30,
    "quarterly": 91, "yearly": 365, "annually": 365, "at once": 0, "immediately": 0, "instantly": 0,
    "in real time": 0, "real-time": 0, "real time": 0, "live": 0,
}  # fmt: skip
_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|weekday"
_MONTHS = {name.lower(): n for n in range(1, 13) for name in (calendar.month_name[n], calendar.month_abbr[n])}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"((?:19|20)\d\d)"
_STRETCH = "(" + "|".join(sorted(_DAYS, key=len, reverse=True)) + ")s?"
_COUNT = r"(\d+(?:[.,]\d+)?|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)) + ")"
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "percent": "%", "per cent": "%", "pct": "%"}
_QUANTITY = re.compile(
    r"(?P<before>[€$£]|\b(?:EUR|USD|GBP|CHF|JPY|INR)\b)?\s*(?<![\w.])"
    r"(?P<number>-?\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|-?\d+(?:[.,]\d+)?)"
    r"\s?(?P<scale>k|m|bn|thousand|million|billion)?(?![\w])"
    r"\s*(?P<unit>%|percent|per cent|pct|[€$£]|[A-Za-z][\w-]*(?:\s+[a-z][\w-]*)?)?",
)
_FILLER = {
    "more", "fewer", "less", "of", "the", "new", "other", "in", "per", "a", "an", "each", "every", "by",
    "and", "or", "to", "at", "on", "for", "from", "with", "is", "are", "than",
}  # fmt: skip


def date_in(text: str) -> str | None:
    """The first date in a text, as ISO text; a month, quarter or year stands for its last day.

    Example:
        >>> date_in("20 % fewer cancellations by June 2027")
        '2027-06-30'
    """
    found = _dates(text)
    return found[0][1].isoformat() if found else None


def _dates(text: str) -> list[tuple[tuple[int, int], date]]:
    """Every date with its place."""
    words, found = text.lower(), list[tuple[tuple[int, int], date]]()

    def add(match: re.Match[str], year: str, month: int, day: str = "") -> None:
        if any(start < match.end() and match.start() < end for (start, end), _ in found):
            return
        last = calendar.monthrange(int(year), month)[1]
        if not day or 1 <= int(day) <= last:
            found.append((match.span(), date(int(year), month, int(day or last))))

    for m in re.finditer(rf"\b{_YEAR}-(\d\d)-(\d\d)\b", words):
        if 1 <= int(m[2]) <= 12:
            add(m, m[1], int(m[2]), m[3])
    for m in re.finditer(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+{_MONTH},?\s+{_YEAR}\b", words):
        add(m, m[3], _MONTHS[m[2]], m[1])
    for m in re.finditer(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\b", words):
        add(m, m[3], _MONTHS[m[1]], m[2])
    for m in re.finditer(rf"\b{_MONTH},?\s+{_YEAR}\b", words):
        add(m, m[2], _MONTHS[m[1]])
    for m in re.finditer(rf"\b(?:q([1-4])|(first|second|third|fourth) quarter)(?: of)?\s+{_YEAR}\b", words):
        quarter = int(m[1]) if m[1] else ("first", "second", "third", "fourth").index(m[2]) + 1
        add(m, m[3], 3 * quarter)
    for m in re.finditer(rf"\b(?:end of|by|in|until|before|during)\s+{_YEAR}\b", words):
        add(m, m[1], 12)
    return sorted(found)


def days_in(text: str) -> float | None:
    """The first duration or rhythm in a text, in days; "at once" is 0.

    Example:
        >>> days_in("known after two weeks"), days_in("every Monday"), days_in("twice a month")
        (14.0, 7.0, 15.0)
    """
    words = text.lower()
    times = re.search(rf"\b(once|twice|{_COUNT}\s+times)\s+(?:a|per|each|every)\s+{_STRETCH}\b", words)
    if times:
        often = {"once": 1.0, "twice": 2.0}.get(times[1]) or _number(times[2])
        return _DAYS[times[3]] / often if often else None
    counted = re.search(rf"\b{_COUNT}[\s-]+{_STRETCH}\b", words)
    if counted and (days := _number(counted[1])) is not None:
        return days * _DAYS[counted[2]]
    for word, days in _EVERY.items():
        if re.search(rf"\b{re.escape(word)}\b", words):
            return float(days)
    if re.search(rf"\b(?:every|each|on)\s+(?:{_WEEKDAYS})s?\b", words):
        return 1.0 if "weekday" in words else 7.0
    every = re.search(rf"\b(?:every|each|per|the same)\s+{_STRETCH}\b", words)
    return float(_DAYS[every[1]]) if every else None


def amount_in(text: str) -> Amount | None:
    """The first number in a text that is no date and no duration, with its unit.

    Example:
        >>> amount_in("about € 1,200 a month")
        Amount(number=1200.0, unit='EUR', days=30.0)
    """
    dates = [span for span, _ in _dates(text)]
    for match in _QUANTITY.finditer(text):
        place = match.span("number")
        if any(start < place[1] and place[0] < end for start, end in dates):
            continue
        unit = _unit(match["before"] or "", match["unit"] or "")
        if unit.rstrip("s").lower() in _DAYS and not match["before"]:
            unit = unit.rstrip("s").lower() + "s"
        number = _number(match["number"])
        if number is None:
            continue
        number *= _SCALES.get((match["scale"] or "").lower(), 1)
        per = re.match(rf"[^.;\d]*?\b(?:a|an|per|each|every)\s+{_STRETCH}\b", text[place[1] :], re.IGNORECASE)
        slash = re.match(rf"[^.;\d]*?/\s*{_STRETCH}\b", text[place[1] :], re.IGNORECASE)
        stretch = per or slash
        return Amount(number=number, unit=unit, days=float(_DAYS[stretch[1].lower()]) if stretch else None)
    return None


def _unit(before: str, after: str) -> str:
    if before:
        return _SIGNS.get(before, before)
    for word in [after.lower(), *after.split()]:
        if word.lower() in _SIGNS:
            return _SIGNS[word.lower()]
    words = [word for word in after.split() if word.lower() not in _FILLER]
    return _SIGNS.get(words[0], words[0]) if words else ""


def _number(text: str) -> float | None:
    if text in _NUMBERS:
        return float(_NUMBERS[text])
    digits = re.sub("[\u00a0\u202f]", ",", text)
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", digits):
        digits = digits.replace(",", "")
    try:
        return float(digits.replace(",", "."))
    except ValueError:
        return None
