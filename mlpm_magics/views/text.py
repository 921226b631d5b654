"""A page as plain text, at most 80 columns: for terminals, scripts, screen readers and diffs."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from tabulate import tabulate

from mlpm_magics.errors import shown
from mlpm_magics.views import blocks as b
from mlpm_magics.views.picture import drawn_in_text

WIDTH = 80
_LONGEST = 4_000
_SHORT = 20  # a cell of so many letters, such as a moment, stays on one line if it can
_FIRST = 100
_PADDING = 2  # what tabulate leaves beside a name


def render(page: b.Page) -> str:
    """The page in plain text, without a trailing newline."""
    return "\n\n".join(_block(block) for block in b.shown_at_once(page.blocks))


def _block(block: b.Block) -> str:
    match block:
        case b.Headline():
            words = f"{b.SIGNS[block.tone]} {shown(block.word).upper()}. " if block.word else ""
            return _wrap(words + _words(block.text))
        case b.Paragraph():
            return _wrap(_words(block.text))
        case b.Points():
            return "\n".join(_point(point) for point in block.items)
        case b.Listing():
            return "\n".join(f"    {shown(line, _LONGEST)}" for line in block.code.splitlines())
        case b.Picture():
            drawn = drawn_in_text(block.drawing)
            return drawn or _wrap(shown(block.alt, _LONGEST))
        case b.Table():
            return _table(block)
        case b.Section():
            title = shown(block.title)
            inner = "\n\n".join(_block(inner) for inner in b.shown_at_once(block.blocks))
            return f"{title}\n{'-' * len(title)}\n{inner}"


def _point(point: b.Point) -> str:
    lines = _wrap(_words(point.text), f"{b.SIGNS[point.tone]} ", "  ")
    return lines + ("\n" + _wrap(_words(point.more), "    ", "    ") if point.more else "")


def _table(table: b.Table) -> str:
    if not table.rows:
        return f"{shown(table.caption)}: none"
    cells = [[_cell(cell) for cell in row] for row in table.rows]
    limits = _limits(table.header, cells)
    wrapped = [[textwrap.fill(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in cells]
    heads = [
        textwrap.fill(name, max(limit - _PADDING, 1))
        for name, limit in zip(table.header, limits, strict=True)
    ]
    body = tabulate(wrapped, headers=heads, tablefmt="simple", disable_numparse=True)
    return f"{shown(table.caption)}\n{body}"


def _limits(header: tuple[str, ...], rows: list[list[str]]) -> list[int]:
    """How wide each column may be: what there is of the line goes where it makes the table shortest."""
    columns = range(len(header))

    def widest(parts: Callable[[str], list[str]]) -> list[int]:
        found = [[len(part) for row in rows for part in parts(row[i])] for i in columns]
        heads = [[len(part) + _PADDING for part in parts(name)] for name in header]
        return [max([*one, *head], default=0) for one, head in zip(found, heads, strict=True)]

    longest, words = widest(lambda cell: [cell]), widest(str.split)
    whole = [width if width <= _SHORT else word for width, word in zip(longest, words, strict=True)]
    room = WIDTH - 2 * len(columns)
    share = [min(word, max(6, room // len(columns))) for word in words]
    limits = next(limits for limits in (whole, words, share) if sum(limits) <= room or limits is share)
    for _ in range(room - sum(limits)):
        wide = [i for i in columns if limits[i] < longest[i]]
        if not wide:
            break
        limits[min(wide, key=lambda i: _height(rows, limits, i))] += 1
    return limits


def _height(rows: list[list[str]], limits: list[int], wider: int) -> float:
    """About how many lines rows take (the first of many), with one column wider by a letter."""
    widths = [max(limit + (i == wider), 1) for i, limit in enumerate(limits)]
    return sum(
        max(len(cell) / width for cell, width in zip(row, widths, strict=True)) for row in rows[:_FIRST]
    )


def _cell(cell: b.Cell) -> str:
    if isinstance(cell, b.Picture):
        return drawn_in_text(cell.drawing) or shown(cell.alt, _LONGEST)
    return _words(cell)


def _words(text: b.Text) -> str:
    return "".join(
        shown(piece, _LONGEST) if isinstance(piece, str) else shown(piece.text, _LONGEST)
        for piece in b.pieces(text)
    )


def _wrap(words: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(words, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
