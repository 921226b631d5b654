"""The page of a `HelpPage`: the map, or an explanation with its facts, what to type, and its source."""

from __future__ import annotations

from mlpm_magics.results import HelpPage, HelpPart
from mlpm_magics.views import blocks as b
from mlpm_magics.views.cited import cited


def page(report: HelpPage) -> b.Page:
    """Build the page; a part with the page's own title, and a lone table, need no heading."""
    blocks: list[b.Block] = [b.Paragraph(b.Strong(report.title))]
    for part in report.parts:
        inside = _part(part)
        if part.title == report.title or isinstance(inside[0], b.Table):
            blocks += inside
        else:
            blocks.append(b.Section(part.title, tuple(inside)))
    return b.Page(report.title, tuple(blocks))


def _part(part: HelpPart) -> list[b.Block]:
    blocks: list[b.Block] = [b.Paragraph(f"{part.kind}.")] if part.kind else []
    blocks += [b.Paragraph(text) for text in part.text]
    if part.facts:
        blocks.append(b.Points(tuple(b.Point((b.Strong(f"{label}: "), text)) for label, text in part.facts)))
    if part.to_type:
        rows = tuple((what, b.Code(typed)) for what, typed in part.to_type)
        blocks.append(b.Table("What to type" if blocks else part.title, ("For", "Type"), rows))
    if part.source:
        blocks.append(b.Paragraph(("Source: ", *cited(part.source), ".")))
    return blocks
