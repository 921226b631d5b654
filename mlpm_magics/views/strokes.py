"""The strokes of a drawing: rectangles, lines, dots and words as SVG, and the document around them."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from mlpm_magics.views import blocks as b

TONES: dict[b.Tone, str] = {
    "good": "#2b7d4f",
    "caution": "#96620f",
    "bad": "#c93f3f",
    "open": "#686d75",
    "plain": "#2f6fae",
}
GREY = "#686d75"
_FONT = "font-family='system-ui,sans-serif'"


def document(width: float, height: float, *inside: Markup) -> str:
    """Everything inside as a stand-alone SVG document."""
    body = Markup("").join(inside)
    return str(
        Markup(
            "<svg xmlns='http://www.w3.org/2000/svg' width='{0:g}' height='{1:g}'"
            " viewBox='0 0 {0:g} {1:g}' {2}>{3}</svg>"
        ).format(width, height, Markup(_FONT), body)
    )


def rect(x: float, y: float, width: float, height: float, fill: str, radius: float = 2) -> Markup:
    """A filled rectangle."""
    return Markup("<rect x='{:g}' y='{:g}' width='{:g}' height='{:g}' rx='{:g}' fill='{}'/>").format(
        round(x, 2), round(y, 2), round(max(width, 0), 2), round(max(height, 0), 2), radius, fill
    )


def write(x: float, y: float, words: str, fill: str, size: float = 12, anchor: str = "start") -> Markup:
    """Words at a place."""
    return Markup("<text x='{:g}' y='{:g}' fill='{}' font-size='{:g}' text-anchor='{}'>{}</text>").format(
        round(x, 2), round(y, 2), fill, size, anchor, words
    )


def dot(x: float, y: float, fill: str, *, diamond: bool, radius: float = 5) -> Markup:
    """A dot, or a diamond."""
    if diamond:
        points = f"{x:g},{y - 8:g} {x + 8:g},{y:g} {x:g},{y + 8:g} {x - 8:g},{y:g}"
        return Markup("<polygon points='{}' fill='{}'/>").format(points, fill)
    return Markup("<circle cx='{:g}' cy='{:g}' r='{:g}' fill='{}'/>").format(
        round(x, 2), round(y, 2), radius, fill
    )


def line(points: Sequence[tuple[float, float]], stroke: str, width: float = 2, dash: str = "") -> Markup:
    """A line through points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return Markup("<polyline points='{}' fill='none' stroke='{}' stroke-width='{:g}'{}/>").format(
        path, stroke, width, Markup(" stroke-dasharray='{}'").format(dash) if dash else ""
    )
