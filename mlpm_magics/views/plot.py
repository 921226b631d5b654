"""A plot as SVG and in characters: a line or points over two axes, with what matters marked."""

from __future__ import annotations

import math

from markupsafe import Markup

from mlpm_magics.views import blocks as b
from mlpm_magics.views.strokes import GREY, TONES, document, dot, line, rect, write

_LEFT, _TOP, _WIDE, _HIGH = 64, 36, 340, 170
_COLUMNS, _ROWS = 56, 11


def plotted(plot: b.Plot) -> str:
    """The plot as a stand-alone SVG document."""
    (x_name, x_from, x_to), (y_name, y_from, y_to) = plot.x, plot.y

    def across(x: float) -> float:
        return _LEFT + _WIDE * _part(x, x_from, x_to)

    def up(y: float) -> float:
        return _TOP + _HIGH * (1 - _part(y, y_from, y_to))

    base = _TOP + _HIGH
    inside: list[Markup] = []
    if plot.band:
        low, high = (across(end) for end in plot.band)
        inside.append(rect(low, _TOP, max(2.0, high - low), _HIGH, "#2f6fae33", 0))
    inside += [rect(_LEFT, base, _WIDE, 1, GREY, 0), rect(_LEFT, _TOP, 1, _HIGH, GREY, 0)]
    if plot.diagonal:
        inside.append(line([(across(x_from), up(x_from)), (across(x_to), up(x_to))], GREY, 1.5, "4 4"))
    if plot.level:
        height = up(plot.level[0])
        inside.append(line([(_LEFT, height), (_LEFT + _WIDE, height)], GREY, 1.5, "6 4"))
        inside.append(write(_LEFT + _WIDE + 6, height + 4, plot.level[1], GREY, 11))
    if plot.line:
        inside.append(line([(across(x), up(y)) for x, y in plot.line], TONES["plain"], 2.5))
    for x, y, low, high in plot.points:
        inside.append(rect(across(x) - 1.25, up(high), 2.5, max(1.0, up(low) - up(high)), TONES["plain"], 0))
        inside.append(dot(across(x), up(y), TONES["plain"], diamond=False, radius=4.5))
    if plot.at:
        place = across(plot.at[0])
        inside.append(line([(place, _TOP), (place, base)], TONES["good"], 2))
        near_end = place > _LEFT + 0.6 * _WIDE
        inside.append(
            write(
                place + (-6 if near_end else 6),
                _TOP - 5,
                plot.at[1],
                GREY,
                11,
                "end" if near_end else "start",
            )
        )
    for share in (0.0, 0.5, 1.0):
        x, y = x_from + share * (x_to - x_from), y_from + share * (y_to - y_from)
        inside.append(write(across(x), base + 15, _figure(x, plot.x), GREY, 11, "middle"))
        inside.append(write(_LEFT - 6, up(y) + 4, _figure(y, plot.y), GREY, 11, "end"))
    inside.append(write(_LEFT + _WIDE / 2, base + 32, x_name, GREY, 12, "middle"))
    inside.append(write(4, 11, y_name, GREY, 12))
    return document(_LEFT + _WIDE + 110, base + 40, *inside)


def plotted_in_text(plot: b.Plot) -> str:
    """The plot in characters of one width."""
    (x_name, x_from, x_to), (y_name, y_from, y_to) = plot.x, plot.y
    grid = [[" "] * _COLUMNS for _ in range(_ROWS)]

    def column(x: float) -> int:
        return min(_COLUMNS - 1, max(0, round((_COLUMNS - 1) * _part(x, x_from, x_to))))

    def row(y: float) -> int:
        return _ROWS - 1 - min(_ROWS - 1, max(0, round((_ROWS - 1) * _part(y, y_from, y_to))))

    if plot.diagonal:
        for at in range(_COLUMNS):
            grid[row(x_from + at / (_COLUMNS - 1) * (x_to - x_from))][at] = "·"
    if plot.level:
        grid[row(plot.level[0])] = ["╌"] * _COLUMNS
    if plot.at:
        for cells in grid:
            cells[column(plot.at[0])] = "│"
    for x, y, low, high in plot.points:
        for height in range(row(high), row(low) + 1):
            grid[height][column(x)] = "│"
        grid[row(y)][column(x)] = "●"
    for x, y in plot.line:
        grid[row(y)][column(x)] = "•"
    ends = [_figure(y_to, plot.y), _figure(y_from, plot.y)]
    margin = max(len(end) for end in ends)
    heads = {0: ends[0], _ROWS - 1: ends[1]}
    lines = [
        y_name,
        *(f"{heads.get(i, ''):>{margin}} │{''.join(cells).rstrip()}" for i, cells in enumerate(grid)),
    ]
    left, right = _figure(x_from, plot.x), _figure(x_to, plot.x)
    lines.append(" " * margin + " └" + "─" * _COLUMNS)
    lines.append(" " * (margin + 2) + f"{left}{x_name:^{_COLUMNS - len(left) - len(right)}}{right}")
    marks = [f"│ {plot.at[1]}"] if plot.at else []
    marks += [f"╌ {plot.level[1]}"] if plot.level else []
    return "\n".join([*lines, *([" " * (margin + 2) + "   ".join(marks)] if marks else [])])


def _part(value: float, low: float, high: float) -> float:
    return min(1.0, max(0.0, (value - low) / (high - low))) if high > low else 0.0


def _figure(value: float, axis: tuple[str, float, float]) -> str:
    _, low, high = axis
    if low >= 0 and high <= 1:
        return f"{100 * value:.0f} %"
    digits = max(0, 2 - math.floor(math.log10(max(abs(low), abs(high), 1))))
    return f"{value:,.{digits}f}"
