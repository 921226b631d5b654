"""Whether it takes a model that nobody can read.

The best of those that can be read is chosen on other folds than it is judged on (`Ladder.best_unseen`).

Source: the seed talk (complex logic is a reason for ML); AWS, When to use machine learning.
"""

from __future__ import annotations

from mlpm_magics.evidence.gaps import gap
from mlpm_magics.evidence.ladder import Ladder
from mlpm_magics.evidence.words import cannot_tell, little_to_learn, share_of, told
from mlpm_magics.results import Evidence

TITLE = "Is the logic too tangled for anything a person can read?"
NEEDS_RUNG = "black_box"


def measure(ladder: Ladder) -> Evidence:
    """The black box against the best readable rung."""
    weak = little_to_learn("complex_logic", ladder)
    if weak is not None:
        return weak
    readable, black = ladder.best_unseen(readable=True), ladder.steps["black_box"]
    found = gap(ladder, readable, black)
    reached = share_of(ladder, ladder.best_of(readable=True))
    words = f"The best model that can be read ({readable.rung.title}) gets {reached} of the best."
    match found.against(ladder.margin):
        case "yes":
            return told("complex_logic", "yes", found, ladder.margin, words)
        case "no":
            return told("complex_logic", "no", found, ladder.margin, words)
    return cannot_tell("complex_logic", found, ladder.margin, ladder, words)
