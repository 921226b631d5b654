"""Whether a neural network would do better than everything simpler.

Never yes below a thousand rows. On tables the usual answer is no.

Source: Grinsztajn et al. 2022 (trees still do better on typical tables).
"""

from __future__ import annotations

from mlpm_magics.evidence.clock import Clock
from mlpm_magics.evidence.gaps import gap
from mlpm_magics.evidence.ladder import Ladder, run
from mlpm_magics.evidence.rungs import NETWORK
from mlpm_magics.evidence.words import cannot_tell, little_to_learn, points, told
from mlpm_magics.results import Evidence

TITLE = "Would deep learning help?"
NEEDS_RUNG = "black_box"
_FEWEST = 1_000
_PRIOR = "On tables, boosted trees are usually at least as good as neural networks (Grinsztajn et al. 2022)."


def measure(ladder: Ladder, clock: Clock) -> Evidence:
    """A small network against the best of all rungs."""
    weak = little_to_learn("deep_learning_helps", ladder)
    if weak is not None:
        return weak
    best = ladder.best
    network = run(NETWORK, ladder, clock, 0.9)
    found = gap(ladder, ladder.best_unseen(), network)
    word = "more" if found.effect > 0 else "less"
    words = f"A small neural network explains {points(abs(found.effect))} {word} than {best.rung.title}."
    answer = found.against(ladder.margin)
    if answer == "no":
        return told("deep_learning_helps", "no", found, ladder.margin, words, _PRIOR)
    if answer == "yes" and ladder.prepared.n >= _FEWEST:
        return told("deep_learning_helps", "yes", found, ladder.margin, words, _PRIOR)
    return cannot_tell("deep_learning_helps", found, ladder.margin, ladder, words)
