"""A report on disk."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

from mlpm_magics.documents import write_whole
from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.results import Report
from mlpm_magics.views import html


def save(report: Report, path: Path) -> Path:
    """Write `report` as HTML, Markdown or JSON, by the ending of `path`.

    Raises:
        InvalidValueError: for another ending, or where nothing can be written.
    """
    match path.suffix.lower():
        case ".html":
            view = importlib.import_module(f"mlpm_magics.views.{report.view}")
            text = html.document(view.page(report))
        case ".md":
            text = report.to_markdown() + "\n"
        case ".json":
            text = json.dumps(report.to_dict(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        case _:
            raise InvalidValueError(
                f"a report is saved as .html, .md or .json, not {shown(path.suffix) or 'without an ending'}",
                where=shown(path.name),
            )
    write_whole(path, text)
    return path
