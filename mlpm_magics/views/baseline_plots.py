"""The two pictures of a baseline: cost against threshold, and how often a chance comes true."""

from __future__ import annotations

import math

from mlpm_magics.evidence.words import percent
from mlpm_magics.results import Calibration, Threshold
from mlpm_magics.views import blocks as b

_TIMES = 3.0


def cost_curve(threshold: Threshold, mark: str = "") -> b.Picture | None:
    """What the mistakes cost per period for every threshold; None where no costs were named.

    Args:
        threshold: the curve and where it is acted on.
        mark: what is written at that place, if not the chance itself.
    """
    costs = threshold.costs
    if costs is None or threshold.without is None:
        return None
    places = tuple(
        (
            point.threshold,
            costs.decisions * (point.wrong_yes * costs.wrong_yes + point.wrong_no * costs.wrong_no),
        )
        for point in threshold.curve
    )
    low, high = threshold.about_as_good
    top, last = _seen(places, threshold.without, max(high, threshold.at))
    unit = costs.unit or "cost"
    drawing = b.Plot(
        x=("act above this chance", 0.0, last),
        y=(f"{unit} per {costs.period}", 0.0, top),
        line=tuple(place for place in places if place[0] <= last and place[1] <= top),
        band=threshold.about_as_good,
        at=(threshold.at, mark or f"act above {percent(threshold.at)}"),
        level=(threshold.without, "no model"),
    )
    cheapest = min(places, key=lambda place: place[1])
    alt = (
        f"Cost per {costs.period} by threshold: acting always {places[0][1]:,.0f}, never "
        f"{places[-1][1]:,.0f}, the least {cheapest[1]:,.0f} at {percent(cheapest[0])}; "
        f"about the same from {percent(low)} to {percent(high)}."
    )
    return b.Picture(drawing, alt)


def _seen(places: tuple[tuple[float, float], ...], without: float, high: float) -> tuple[float, float]:
    """How far up and to the right the picture goes: what costs several times as much needs no picture."""
    top = min(1.05 * max(without, *(cost for _, cost in places)), _TIMES * without)
    far = max(place[0] for place in places if place[1] <= top)
    return top, min(1.0, max(math.ceil(10 * far) / 10, math.ceil(20 * high) / 10))


def reliability(found: Calibration) -> b.Picture:
    """The chance said against how often it came true."""
    points = tuple((part.said, part.was, *part.interval) for part in found.bins)
    drawing = b.Plot(
        x=("the chance it says", 0.0, 1.0), y=("how often it is so", 0.0, 1.0), points=points, diagonal=True
    )
    words = "; ".join(
        f"said {percent(part.said)}, was {percent(part.interval[0])} to {percent(part.interval[1])}"
        for part in found.bins
    )
    return b.Picture(drawing, f"Chances and what came true: {words}.")
