r"""A page as Markdown; every character that means something to Markdown or TeX is escaped.

Raw HTML never appears: `<` is written `&lt;`, so a name cannot become a tag wherever it is rendered.
"""

from __future__ import annotations

import re

from mlpm_magics.errors import shown
from mlpm_magics.views import blocks as b
from mlpm_magics.views.picture import drawn_in_text

_LONGEST = 4_000


def render(page: b.Page) -> str:
    """The page as CommonMark with tables, without a trailing newline."""
    return "\n\n".join(_block(block, 3) for block in b.shown_at_once(page.blocks))


def escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    text = shown(text, _LONGEST).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"[\\`*_{}\[\]#|~$]|^[-+=]|^\d+(?=[.)])|(?<=\w):(?=//)|(?<=w)\.(?=\w)|@", _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    found = match.group(0)
    if found in (":", "@", "."):  # no autolinks
        return {":": "&#58;", "@": "&#64;", ".": "&#46;"}[found]
    return f"{found}\\" if found.isdigit() else f"\\{found}"


def _block(block: b.Block, level: int) -> str:
    match block:
        case b.Headline():
            words = f"**{b.SIGNS[block.tone]} {escape(block.word)}.** " if block.word else ""
            return words + _words(block.text)
        case b.Paragraph():
            return _words(block.text)
        case b.Points():
            return "\n".join(_point(point) for point in block.items)
        case b.Listing():
            fence = "`" * (2 + max(1, *(len(run) for run in re.findall(r"`+", block.code)), 0))
            lines = "\n".join(shown(line, _LONGEST) for line in block.code.splitlines())
            return f"{fence}{block.language}\n{lines}\n{fence}"
        case b.Picture():
            drawn = drawn_in_text(block.drawing)
            return f"```text\n{drawn.replace('```', '` ` `')}\n```" if drawn else f"*{escape(block.alt)}*"
        case b.Table():
            return _table(block)
        case b.Section():
            inner = "\n\n".join(_block(inner, level + 1) for inner in b.shown_at_once(block.blocks))
            return f"{'#' * min(level, 6)} {escape(block.title)}\n\n{inner}"


def _point(point: b.Point) -> str:
    sign = "" if point.tone == "plain" else f"{b.SIGNS[point.tone]} "
    return f"- {sign}{_words(point.text)}" + (f"\n  {_words(point.more)}" if point.more else "")


def _table(table: b.Table) -> str:
    def row(cells: tuple[str, ...] | list[str]) -> str:
        return f"| {' | '.join(cells)} |"

    lines = [
        f"*{escape(table.caption)}*\n",
        row([escape(name) for name in table.header]),
        row(["---"] * len(table.header)),
    ]
    lines += [row([_cell(cell) for cell in cells]) for cells in table.rows]
    return "\n".join(lines)


def _cell(cell: b.Cell) -> str:
    if isinstance(cell, b.Picture):
        return escape(drawn_in_text(cell.drawing) or cell.alt)
    return _words(cell)


def _words(text: b.Text) -> str:
    return "".join(_piece(piece) for piece in b.pieces(text))


def _piece(piece: b.Inline) -> str:
    match piece:
        case b.Strong():
            text = shown(piece.text, _LONGEST)
            bare = text.strip()  # stars beside a space are only stars
            if not bare:
                return text
            start, _, end = text.partition(bare)
            return f"{start}**{escape(bare)}**{end}"
        case b.Code():
            text = shown(piece.text, _LONGEST)
            if set(text) & set("`<>&|"):
                return escape(text)
            return f"`{text}`"
        case b.Link():
            return f"[{escape(piece.text)}]({_address(piece.url)})"
        case str():
            return escape(piece)


def _address(url: str) -> str:
    """What means nothing to Markdown or TeX stays, the rest is encoded; an address of the web is ASCII."""
    kept = re.sub(r"[^\w:/?=%#&;,+@!~.-]", lambda found: f"%{ord(found.group()):02X}", url)
    return kept.replace("&", "&amp;")
