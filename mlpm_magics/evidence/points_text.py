"""The card of whole points, learned once more from all rows and written out: lines, totals, Python.

The Python has no dependencies: `points(row)` adds up, `answer(row)` says what the total stands for.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpm_magics.evidence.ladder import CARD, Ladder
from mlpm_magics.evidence.prepared import Array, Feature, Prepared
from mlpm_magics.evidence.scorecard import Bands, Card, card_of
from mlpm_magics.evidence.words import chance
from mlpm_magics.results import PointsCard, PointsLine

_TOTALS = (0, 0.1, 0.25, 0.5, 0.75, 0.9, 1)


@dataclass(frozen=True)
class _Line:
    points: int
    words: str
    test: str


def points_written(ladder: Ladder) -> PointsCard | None:
    """The card in full; None where it was not measured, or is no better than the base rate."""
    step = ladder.steps.get(CARD.id)
    if step is None or ladder.skill(step) <= 0:
        return None
    prepared = ladder.prepared
    rows = np.arange(prepared.n)
    card = card_of(prepared, prepared.one_hot, rows)
    columns = [
        (prepared.features[bands.at], _lines(prepared.features[bands.at], prepared, bands, points))
        for bands, points in zip(card.bands, card.points, strict=True)
    ]
    totals = np.unique(np.round(np.quantile(card.totals(prepared, rows), _TOTALS)).astype(int))
    meant = [(int(total), float(v)) for total, v in zip(totals, card.meaning(prepared, totals), strict=True)]
    best = ladder.skill(ladder.best)
    return PointsCard(
        lines=tuple(
            PointsLine(column=feature.name, condition=line.words, points=line.points)
            for feature, lines in columns
            for line in lines
        ),
        totals=tuple(meant),
        sentence=_sentence(prepared, len({feature.name for feature, _ in columns}), meant),
        python=_python(prepared, card, columns),
        skill=ladder.skill(step),
        share_of_best=ladder.skill(step) / best if ladder.complete else None,
    )


def _sentence(prepared: Prepared, columns: int, meant: list[tuple[int, float]]) -> str:
    number = prepared.task == "number"

    def said(value: float) -> str:
        return f"{value:.4g}" if number else chance(value)

    (low, least), (high, most) = meant[0], meant[-1]
    logged = "log(1 + value) of " if prepared.logged else ""
    what = f"{logged}`{prepared.target}`" if number else f"chance of {prepared.answers[1]}"
    return (
        f"Add up the points of {columns} column{'' if columns == 1 else 's'}: a total of {low} stands for "
        f"a {what} of {said(least)}, one of {high} for {said(most)}."
    )


def _lines(feature: Feature, prepared: Prepared, bands: Bands, points: Array) -> list[_Line]:
    """A line per run of bands with the same points; none for what has no points."""
    lines = _of_levels if feature.is_category else _of_numbers
    return [line for line in lines(feature, prepared, bands, points) if line.points]


def _of_levels(feature: Feature, prepared: Prepared, bands: Bands, points: Array) -> list[_Line]:
    key, made = f"row[{feature.name!r}]", []
    named = [(code, int(points[band])) for code, band in enumerate(bands.of_code) if band]
    names = {code: "missing" if code == 0 else feature.levels[code - 1] for code, _ in named}
    for worth in sorted({worth for _, worth in named}):
        levels = [names[code] for code, own in named if own == worth]
        listed = ", ".join(repr(None if name == "missing" else name) for name in levels)
        made.append(_Line(worth, f"is {' or '.join(levels)}", f"{key} in ({listed},)"))
    if points[0]:
        every = ", ".join(repr(None if name == "missing" else name) for name in names.values())
        made.append(_Line(int(points[0]), "is anything else", f"{key} not in ({every},)"))
    return made


def _of_numbers(feature: Feature, prepared: Prepared, bands: Bands, points: Array) -> list[_Line]:
    codes, size = prepared.binned[bands.at]
    key, made = f"row[{feature.name!r}]", []
    missing = bool((codes == 0).any())
    worth = points[bands.of_code]
    if missing and worth[0]:
        made.append(_Line(int(worth[0]), "is missing", f"{key} is None"))
    there = f"{key} is not None and " if missing else ""
    begin = 1
    for code in range(1, size):
        if code + 1 < size and worth[code + 1] == worth[code]:
            continue
        low, high = _edge(feature, codes, begin), _edge(feature, codes, code + 1)
        inside = np.unique(feature.values[(codes >= begin) & (codes <= code)])
        words, test = _between(key, low, high, float(inside[0]) if len(inside) == 1 else None)
        made.append(_Line(int(worth[code]), words, f"{there}{test}"))
        begin = code + 1
    return made


def _edge(feature: Feature, codes: Array, code: int) -> float | None:
    """Where a bin begins: half way from the numbers below it; None at either end."""
    below, above = feature.values[(codes > 0) & (codes < code)], feature.values[codes >= code]
    return float(below.max() + above.min()) / 2 if len(below) and len(above) else None


def _between(key: str, low: float | None, high: float | None, only: float | None) -> tuple[str, str]:
    if only is not None:
        return f"is {only:.4g}", f"{key} == {only:.6g}"
    if low is None:
        return f"is at most {high:.4g}", f"{key} <= {high:.6g}"
    if high is None:
        return f"is over {low:.4g}", f"{key} > {low:.6g}"
    return f"is over {low:.4g}, at most {high:.4g}", f"{low:.6g} < {key} <= {high:.6g}"


def _python(prepared: Prepared, card: Card, columns: list[tuple[Feature, list[_Line]]]) -> str:
    made = ["def points(row):", "    total = 0"]
    for _, of_column in columns:
        for line in of_column:
            made += [f"    if {line.test}:", f"        total += {line.points}"]
    made += ["    return total", "", ""]
    total = f"{card.middle:.4g} + {card.slope:.4g} * points(row)"
    if prepared.task == "number":
        return "\n".join([*made, "def answer(row):", f"    return {total}"]) + "\n"
    meaning = f"    return 1 / (1 + math.exp(-({total})))  # chance of {prepared.answers[1]}"
    return "\n".join(["import math", "", "", *made, "def answer(row):", meaning]) + "\n"
