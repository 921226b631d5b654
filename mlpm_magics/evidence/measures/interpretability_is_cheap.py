"""What it costs to use a model whose every answer can be explained.

Source: the same gap as `complex_logic`, read the other way.
"""

from __future__ import annotations

from mlpm_magics.evidence.gaps import gap
from mlpm_magics.evidence.ladder import Ladder
from mlpm_magics.evidence.words import cannot_tell, little_to_learn, points, told
from mlpm_magics.results import Evidence

TITLE = "Is a model that can be read nearly as good?"
NEEDS_RUNG = "black_box"


def measure(ladder: Ladder) -> Evidence:
    """The best readable rung against the black box."""
    weak = little_to_learn("interpretability_is_cheap", ladder)
    if weak is not None:
        return weak
    readable, black = ladder.best_unseen(readable=True), ladder.steps["black_box"]
    found = gap(ladder, readable, black)
    if found.effect <= 0:
        words = (
            f"Nothing is lost by reading: {readable.rung.does('is', 'are')} as good as {black.rung.title}."
        )
    else:
        instead = f"{readable.rung.title} instead of {black.rung.title}"
        words = f"Reading costs {points(found.effect)} of skill: {instead}."
    match found.against(ladder.margin):
        case "yes":
            return told("interpretability_is_cheap", "no", found, ladder.margin, words)
        case "no":
            return told("interpretability_is_cheap", "yes", found, ladder.margin, words)
    return cannot_tell("interpretability_is_cheap", found, ladder.margin, ladder, words)
