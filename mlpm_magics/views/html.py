"""A page as an HTML fragment: the only place that escapes.

A notebook that was not run by its reader loses `<style>`, `<svg>`, `role`, `aria-*` and `var(…)`, and no
colour of text or background may be set that a dark page would swallow. So: native elements, literal inline
style without colours of text, drawings as images with their words in `alt`. No script, no id. A
link opens beside the notebook, does not tell where it was clicked, and has the colour of the words around it.
"""

from __future__ import annotations

import base64

from markupsafe import Markup, escape

from mlpm_magics.errors import shown
from mlpm_magics.views import blocks as b
from mlpm_magics.views.picture import svg
from mlpm_magics.views.strokes import TONES

_LONGEST = 4_000
_LINK = "color:inherit;text-decoration:underline"  # never told from the text around it by colour alone
_PAGE = "font-family:system-ui,sans-serif;line-height:1.45;max-width:60em;overflow-wrap:anywhere"
_CELL = (
    "overflow-wrap:break-word;text-align:left;vertical-align:top;"
    "padding:.3em .7em;border-bottom:1px solid #8885"
)


def tag(name: str, *inside: object, **attributes: str) -> Markup:
    """An element; everything inside that is not `Markup` is escaped, and so is every attribute.

    Example:
        >>> tag("td", "<b>", scope="row")
        Markup('<td scope="row">&lt;b&gt;</td>')
    """
    written = Markup("").join(
        Markup(' {}="{}"').format(Markup(key), value) for key, value in attributes.items() if value
    )
    if name == "img":
        return Markup("<{}{}>").format(Markup(name), written)
    body = Markup("").join(escape(piece) for piece in inside)
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, body)


def render(page: b.Page) -> str:
    """The page as one `<div>`."""
    return str(tag("div", *(_block(block, 3) for block in page.blocks), style=_PAGE))


def document(page: b.Page) -> str:
    """The page as a whole file that follows the reader's light or dark setting and prints well."""
    head = Markup(
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><title>{}</title>'
        "<style>body{{margin:1.5em auto;padding:0 1em;max-width:62em}}"
        "@page{{margin:14mm}}@media print{{body{{font-size:9pt;margin:0;padding:0;max-width:none}}"
        "main>div{{line-height:1.35!important}}h3,h4,h5{{margin-top:.7em!important}}"
        "details::details-content{{content-visibility:visible;block-size:auto}}summary{{list-style:none}}"
        "tr,li{{break-inside:avoid}}figcaption,summary,h3,h4,h5,thead{{break-after:avoid}}"
        "tr:nth-last-child(-n+2),li:last-child{{break-before:avoid}}}}</style></head>\n<body><main>\n"
    ).format(shown(page.title))
    return f"{head}{render(page)}\n</main></body></html>\n"


def _block(block: b.Block, level: int) -> Markup:
    match block:
        case b.Headline():
            colour = TONES[block.tone]
            word = tag("strong", f"{b.SIGNS[block.tone]} {shown(block.word)}. ") if block.word else Markup("")
            return tag(
                "p",
                word,
                _words(block.text),
                style=f"border-left:.4em solid {colour};padding:.3em .9em;margin:.4em 0;font-size:1.15em",
            )
        case b.Paragraph():
            return tag("p", _words(block.text), style="margin:.5em 0")
        case b.Points():
            return tag(
                "ul",
                *(_point(point) for point in block.items),
                style="list-style:none;padding-left:1.6em;text-indent:-1.6em;margin:.4em 0",
            )
        case b.Listing():
            code = Markup("\n").join(escape(shown(line, _LONGEST)) for line in block.code.splitlines())
            return tag("pre", tag("code", code), style="overflow-x:auto;margin:.5em 0", tabindex="0")
        case b.Picture():
            return tag("p", picture(block), style="margin:.6em 0")
        case b.Table():
            return _table(block)
        case b.Section():
            inner = [_block(inner, level + 1) for inner in block.blocks]
            if block.folded:
                summary = tag("summary", tag("strong", shown(block.title)), style="cursor:pointer")
                return tag("details", summary, *inner, style="margin:.6em 0")
            return tag(
                "section",
                tag(f"h{min(level, 6)}", shown(block.title), style="margin:1em 0 .3em"),
                *inner,
                style="break-before:page" if block.new_page else "",
            )


def picture(block: b.Picture) -> Markup:
    """A drawing as an image that carries its own words."""
    data = base64.b64encode(svg(block.drawing).encode()).decode()
    return tag(
        "img",
        src=f"data:image/svg+xml;base64,{data}",
        alt=shown(block.alt, _LONGEST),
        style="max-width:100%;height:auto;vertical-align:middle",
    )


def _point(point: b.Point) -> Markup:
    sign = (
        Markup("• ")
        if point.tone == "plain"
        else picture(b.Picture(b.Sign(point.tone), b.SIGNS[point.tone])) + " "
    )
    more = tag("div", _words(point.more), style="text-indent:0;opacity:.8") if point.more else ""
    return tag("li", sign, _words(point.text), more, style="margin:.25em 0")


def _table(table: b.Table) -> Markup:
    if not table.rows:
        return tag("p", f"{shown(table.caption)}: none", style="margin:.5em 0")
    header = tag("tr", *(tag("th", shown(name), scope="col", style=_CELL) for name in table.header))
    rows = [
        tag(
            "tr",
            tag("th", _cell(row[0]), scope="row", style=_CELL + ";font-weight:600"),
            *(tag("td", _cell(cell), style=_CELL) for cell in row[1:]),
        )
        for row in table.rows
    ]
    # beside the table, not in it: what is wider than the page is scrolled, and its name stays in sight
    caption = tag("figcaption", shown(table.caption), style="font-weight:600;padding:.3em 0")
    whole = tag("table", tag("thead", header), tag("tbody", *rows), style="border-collapse:collapse;margin:0")
    return tag("figure", caption, tag("div", whole, style="overflow-x:auto"), style="margin:.6em 0")


def _cell(cell: b.Cell) -> Markup:
    return picture(cell) if isinstance(cell, b.Picture) else _words(cell)


def _words(text: b.Text) -> Markup:
    return Markup("").join(_piece(piece) for piece in b.pieces(text))


def _piece(piece: b.Inline) -> Markup:
    match piece:
        case b.Strong():
            return tag("strong", shown(piece.text, _LONGEST))
        case b.Code():
            return tag("code", tag("bdi", shown(piece.text, _LONGEST)))
        case b.Link():
            words = shown(piece.text, _LONGEST)
            return tag("a", words, href=piece.url, target="_blank", rel="noreferrer", style=_LINK)
        case str():
            return escape(shown(piece, _LONGEST))
