"""Whether a neural network would do better than everything simpler: measured, and what is known.

Never yes with fewer than a thousand rows to learn from. On tables the usual answer is no.

Source: Grinsztajn et al. 2022 (trees still do better on typical tables).
"""

from __future__ import annotations

from mlpm_magics.baselines.ladder import Judged, tested
from mlpm_magics.evidence.clock import Clock
from mlpm_magics.evidence.rungs import NETWORK
from mlpm_magics.evidence.words import WEAK, points
from mlpm_magics.results import Evidence, Told

_FEWEST, _FEWEST_TRIED = 1_000, 100
_KNOWN = "On tables, boosted trees are usually at least as good as neural networks (Grinsztajn et al. 2022)."


def deep_learning(judged: Judged, clock: Clock) -> Evidence:
    """A small network against the best rung of the training part, both on the test part.

    Raises:
        OutOfTimeError: where the budget is used up.
    """
    if len(judged.train) < _FEWEST_TRIED:
        text = f"{len(judged.train):,} rows are too few for a neural network to learn anything from."
        return Evidence(criterion="deep_learning_helps", answer="cannot_tell", text=text, caveat=_KNOWN)
    clock.step("a neural network", 0.8)
    best = judged.steps[judged.best()]
    network = tested(judged, NETWORK)
    found = judged.gap(best, network)
    word = "more" if found.effect > 0 else "less"
    text = f"A small neural network explains {points(abs(found.effect))} {word} than {best.rung.title}."
    answer: Told = found.against(judged.margin)
    if answer == "yes" and len(judged.train) < _FEWEST:
        answer = "cannot_tell"
    if max(judged.skill(best).effect, judged.skill(network).effect) < WEAK:
        answer, text = "cannot_tell", "There is too little to learn to tell models apart."
    return Evidence(
        criterion="deep_learning_helps",
        answer=answer,
        text=text,
        effect=found.effect,
        interval=found.interval,
        margin=judged.margin,
        caveat=_KNOWN,
    )
