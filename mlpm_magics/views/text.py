"""A page as plain text, at most 80 columns: for terminals, scripts, screen readers and diffs."""

from __future__ import annotations

import textwrap

from tabulate import tabulate

from mlpm_magics.errors import shown
from mlpm_magics.views import blocks as b
from mlpm_magics.views.picture import drawn_in_text

WIDTH = 80
_LONGEST = 4_000


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
    share = max(6, (WIDTH - 2 * len(table.header)) // len(table.header))
    cells = [[_cell(cell) for cell in row] for row in table.rows]
    widths = [max(len(row[i]) for row in [*cells, list(table.header)]) for i in range(len(table.header))]
    narrow = sum(min(width, share) for width in widths)
    spare = WIDTH - 2 * len(widths) - narrow
    limits = [
        width if width <= share else share + max(0, spare) // sum(w > share for w in widths)
        for width in widths
    ]
    wrapped = [[textwrap.fill(cell, limit) for cell, limit in zip(row, limits, strict=True)] for row in cells]
    heads = [textwrap.fill(name, limit) for name, limit in zip(table.header, limits, strict=True)]
    body = tabulate(wrapped, headers=heads, tablefmt="simple", disable_numparse=True)
    return f"{shown(table.caption)}\n{body}"


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
