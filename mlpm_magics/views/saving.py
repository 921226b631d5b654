"""A report on disk."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from mlpm_magics.documents import write_whole
from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.results import Report
from mlpm_magics.views import blocks as b
from mlpm_magics.views import html, picture

_MOST_TELLING = (b.Ladder, b.Timeline, b.Tiles, b.Stepper, b.Plot, b.Bars, b.Balance)


def save(report: Report, path: Path) -> Path:
    """Write `report` as HTML, Markdown or JSON, or its picture as SVG, by the ending of `path`.

    Raises:
        InvalidValueError: for another ending, a report without a picture, or where nothing can be written.
    """
    match path.suffix.lower():
        case ".html":
            text = html.document(_page(report))
        case ".svg":
            text = picture.svg(_chief(_page(report).blocks, shown(path.name))) + "\n"
        case ".md":
            text = report.to_markdown() + "\n"
        case ".json":
            text = json.dumps(report.to_dict(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        case _:
            other = shown(path.suffix) or "without an ending"
            raise InvalidValueError(
                f"a report is saved as .html, .md, .json or .svg (its picture), not {other}",
                where=shown(path.name),
            )
    write_whole(path, text)
    return path


def _page(report: Report) -> b.Page:
    view = importlib.import_module(f"mlpm_magics.views.{report.view}")
    return cast(b.Page, view.page(report))


def _chief(blocks: Iterable[b.Block], where: str) -> b.Drawing:
    """The picture for a slide: of the most telling kind the first."""
    drawings = [drawing for drawing in _drawings(blocks) if isinstance(drawing, _MOST_TELLING)]
    if not drawings:
        raise InvalidValueError("this report has no picture", where=where, hint="Save it as .html")
    return min(drawings, key=lambda drawing: _MOST_TELLING.index(type(drawing)))


def _drawings(blocks: Iterable[b.Block]) -> Iterator[b.Drawing]:
    for block in blocks:
        if isinstance(block, b.Picture):
            yield block.drawing
        elif isinstance(block, b.Section):
            yield from _drawings(block.blocks)
