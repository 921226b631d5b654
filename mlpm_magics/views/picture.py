"""Drawings as SVG, and as plain characters where images do not go.

Colours are mid-tones that keep a contrast of 3:1 or more on white and on near-black. Words inside an image
stand on the image's own fill. The same drawing always gives the same bytes.
"""

from __future__ import annotations

from markupsafe import Markup

from mlpm_magics.errors import shown
from mlpm_magics.views import blocks as b
from mlpm_magics.views.plot import plotted, plotted_in_text
from mlpm_magics.views.strokes import GREY, TONES, document, dot, rect, write

_EIGHTHS = "▁▂▃▄▅▆▇█"


def svg(drawing: b.Drawing) -> str:
    """The drawing as a stand-alone SVG document."""
    match drawing:
        case b.Bars():
            return _bars(drawing)
        case b.Spark():
            return _spark(drawing)
        case b.Tiles():
            return _tiles(drawing)
        case b.Stepper():
            return _stepper(drawing)
        case b.Balance():
            return _balance(drawing)
        case b.Ladder():
            return _ladder(drawing)
        case b.Timeline():
            return _timeline(drawing)
        case b.Plot():
            return plotted(drawing)
        case b.Sign():
            return document(18, 18, *_sign(0, drawing.tone, 18))


def drawn_in_text(drawing: b.Drawing) -> str:
    """The drawing in characters of one width; empty where its words say it better."""
    match drawing:
        case b.Bars():
            label = max((len(_cut(name, 24)) for name, _, _ in drawing.rows), default=0)
            full = _full(drawing)
            return "\n".join(
                f"{_cut(name, 24):<{label}} {'█' * round(30 * value / full):<30} "
                f"{_number(value)}{drawing.unit}"
                for name, value, _ in drawing.rows
            )
        case b.Spark():
            top = max(drawing.counts, default=0)
            return (
                "".join(_EIGHTHS[min(7, -(-8 * n // top) - 1)] if n else " " for n in drawing.counts)
                if top
                else ""
            )
        case b.Tiles():
            label = max((len(name) for name, _, _ in drawing.tiles), default=0)
            return "\n".join(f"{b.SIGNS[tone]} {name:<{label}}  {word}" for name, word, tone in drawing.tiles)
        case b.Stepper():
            marks = {"done": "✔", "now": "▶", "ahead": "○"}
            return "  →  ".join(f"{marks[state]} {name}" for name, state in drawing.steps)
        case b.Balance():
            return (
                f"for {'✔' * drawing.weight_for or '-'}   caution {'▲' * drawing.cautions or '-'}"
                f"   against {'✖' * drawing.blockers or '-'}   open {'?' * drawing.open or '-'}"
            )
        case b.Ladder():
            label = max((len(name) for name, *_ in drawing.rungs), default=0)
            return "\n".join(
                f"{name:<{label}}  {_track(value, low, high)}  {100 * value:>3.0f} %{_marked(mark)}"
                for name, value, low, high, mark in reversed(drawing.rungs)
            )
        case b.Timeline():
            return " → ".join(
                f"{b.SIGNS[tone]} {word} ({_when(drawing.unit, first, last)})"
                for first, last, word, tone in drawing.stretches
            )
        case b.Plot():
            return plotted_in_text(drawing)
        case b.Sign():
            return b.SIGNS[drawing.tone]


def _marked(mark: str) -> str:
    return f"  ◀ {mark}" if mark else ""


def _track(value: float, low: float, high: float) -> str:
    """An interval with its middle, on a line of 20 characters from 0 to 1."""

    def at(x: float) -> int:
        return min(19, max(0, round(19 * x)))

    line = [" "] * 20
    for place in range(at(low), at(high) + 1):
        line[place] = "─"
    line[at(value)] = "●"
    return "".join(line)


def _cut(words: str, limit: int) -> str:
    return shown(words, limit)


def _number(value: float) -> str:
    """A count in full, and a share in a few digits."""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:g}"


def _full(bars: b.Bars) -> float:
    return bars.full or max((value for _, value, _ in bars.rows), default=0) or 1


def _bars(bars: b.Bars) -> str:
    full = _full(bars)
    inside = []
    for i, (name, value, tone) in enumerate(bars.rows):
        y = 24 * i
        inside += [
            rect(0, y, 170, 20, GREY),
            write(6, y + 14, _cut(name, 26), "#ffffff"),
            rect(176, y + 3, max(1.0, 260 * min(value / full, 1)), 14, TONES[tone]),
            write(182 + 260 * min(value / full, 1), y + 14, f"{_number(value)}{bars.unit}", GREY),
        ]
    return document(520, 24 * max(1, len(bars.rows)), *inside)


def _spark(spark: b.Spark) -> str:
    top = max(spark.counts, default=0) or 1
    inside = [
        rect(6 * i, 24 - max(1.5, 22 * n / top), 5, max(1.5, 22 * n / top), TONES["plain"], 0.5)
        for i, n in enumerate(spark.counts)
        if n
    ]
    return document(
        6 * max(1, len(spark.counts)), 25, rect(0, 24, 6 * len(spark.counts), 1, GREY, 0), *inside
    )


def _tiles(tiles: b.Tiles) -> str:
    number, inside = len(tiles.tiles), []
    across = min(number, min((5, 4, 3), key=lambda wide: -number % wide))  # no tile alone in the last row
    for i, (name, word, tone) in enumerate(tiles.tiles):
        x, y = 134 * (i % across), 52 * (i // across)
        inside += [
            rect(x, y, 128, 46, TONES[tone], 6),
            write(x + 64, y + 19, f"{b.SIGNS[tone]} {name}", "#ffffff", 13, "middle"),
            write(x + 64, y + 36, _cut(word, 21), "#ffffff", 11, "middle"),
        ]
    return document(134 * across, 52 * -(-number // max(across, 1)), *inside)


def _stepper(stepper: b.Stepper) -> str:
    fills = {"done": TONES["good"], "now": TONES["plain"], "ahead": GREY}
    marks = {"done": "✔ ", "now": "▶ ", "ahead": ""}
    inside = []
    for i, (name, state) in enumerate(stepper.steps):
        x = 122 * i
        if i:
            inside.append(rect(x - 10, 15, 12, 2, GREY, 0))
        inside += [
            rect(x, 0, 112, 32, fills[state], 16 if state == "now" else 6),
            write(x + 56, 20.5, marks[state] + _cut(name, 16), "#ffffff", 13, "middle"),
        ]
    return document(122 * len(stepper.steps), 32, *inside)


def _balance(balance: b.Balance) -> str:
    inside: list[Markup] = []
    x = 0
    parts: tuple[tuple[int, b.Tone], ...] = (
        (balance.weight_for, "good"),
        (balance.cautions, "caution"),
        (balance.blockers, "bad"),
        (balance.open, "open"),
    )
    for count, tone in parts:
        for _ in range(count):
            inside += _sign(x, tone, 20)
            x += 24
        x += 10 if count else 0
    return document(max(x, 20), 20, *inside)


def _ladder(ladder: b.Ladder) -> str:
    """Rungs from the bottom up; the band marks what is as good as the best."""
    height, left, wide = 30, 210, 250
    rows = len(ladder.rungs)

    def across(share: float) -> float:
        return left + wide * min(1.0, max(0.0, share))

    band = rect(across(ladder.enough), 0, across(1) - across(ladder.enough), height * rows, "#2f6fae33", 0)
    inside = [band, rect(across(ladder.enough), 0, 1.5, height * rows, TONES["plain"], 0)]
    for i, (name, value, low, high, mark) in enumerate(reversed(ladder.rungs)):
        y, tone = height * i, TONES["good"] if mark else GREY
        inside += [
            rect(0, y + 4, left - 10, 22, tone),
            write(8, y + 19, _cut(name, 34), "#ffffff"),
            rect(across(low), y + 14, max(1.5, across(high) - across(low)), 3, tone, 0),
            dot(across(value), y + 15.5, tone, diamond=bool(mark)),
            write(across(1) + 10, y + 19, f"{100 * value:z.0f} %" + _marked(mark), GREY),
        ]
    axis = height * rows
    inside += [
        rect(left, axis + 2, wide, 1, GREY, 0),
        write(left, axis + 17, "0 %", GREY, 11, "middle"),
        write(left + wide / 2, axis + 17, ladder.axis, GREY, 11, "middle"),
        write(left + wide, axis + 17, "100 %", GREY, 11, "middle"),
    ]
    return document(left + wide + 170, axis + 24, *inside)


def _when(unit: str, first: int, last: int) -> str:
    return f"{unit} {first}" if first == last else f"{unit} {first} to {last}"


def _timeline(line: b.Timeline) -> str:
    """Stretches on one line, as long as they last but never too narrow to be told apart."""
    lasting = [last - first + 1 for first, last, _, _ in line.stretches]
    wide = [max(92.0, 560 * ticks / sum(lasting)) for ticks in lasting]
    inside, starts, x = [], [], 0.0
    for (first, last, word, tone), width in zip(line.stretches, wide, strict=True):
        starts.append(x)
        inside += [
            rect(x, 0, width - 3, 30, TONES[tone], 4),
            write(x + 8, 19.5, f"{b.SIGNS[tone]} {_cut(word, int(width / 8) - 2)}", "#ffffff"),
            write(x + 2, 62, _when(line.unit, first, last), GREY, 11),
        ]
        x += width
    for i, ((first, last, _, _), width) in enumerate(zip(line.stretches, wide, strict=True)):
        ticks = [(tick, number) for tick, number in line.marks if first <= tick <= last]
        at = starts[i] - 10
        for tick, number in ticks:
            at = max(at + 20, starts[i] + 10 + (width - 20) * (tick - first) / max(1, last - first + 1))
            inside += [
                dot(at, 41, GREY, diamond=False, radius=8),
                write(at, 45, str(number), "#ffffff", 10, "middle"),
            ]
    return document(x, 68, *inside)


def _sign(x: float, tone: b.Tone, size: float) -> tuple[Markup, Markup]:
    words = write(x + size / 2, 0.72 * size, b.SIGNS[tone], "#ffffff", 0.6 * size, "middle")
    return rect(x, 0, size, size, TONES[tone], 4), words
