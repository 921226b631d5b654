"""The sentence of a baseline and the figures people know."""

from __future__ import annotations

import numpy as np

from mlpm_magics.baselines.ladder import Judged
from mlpm_magics.evidence.ladder import Step
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import OverGuess

_TOP = 10  # the surest tenth


def sentence(judged: Judged, chosen: str, over: OverGuess) -> str:
    """The line that matters most."""
    step = judged.steps[chosen]
    found = judged.skill(step)
    explained = f"{percent(found.effect)} ({percent(found.low)} to {percent(found.high)})"
    rows = f"{len(judged.test):,} rows it did not learn from"
    if over.answer == "yes":
        # against the base rate both figures are one
        than = "" if judged.trivial() == "base_rate" else f" {over.sentence}"
        return (
            f"The simplest model that is about as good as the best is {step.rung.title}: it explains "
            f"{explained} of what the base rate leaves open, on {rows}.{than} {_familiar(judged, step)}"
        )
    on_test = judged.tried.complete and over.guess != over.model
    more = f" Measured on {rows}." if on_test else ""
    if over.answer == "cannot_tell" and judged.tried.complete:
        more += " More rows would tell."
    return f"{over.sentence}{more}"


def cut_short(trivial: str) -> str:
    """What is said where none did better so far, and not all were tried."""
    return (
        f"It cannot be told yet whether anything does better than {trivial}: this ended before all was "
        "tried. Let it run to its end to know."
    )


def _familiar(judged: Judged, step: Step) -> str:
    known = figures(judged, step)
    prepared = judged.prepared
    if prepared.task == "number":
        guess = judged.steps[judged.trivial()]
        off, guessed = known["usual error"], figures(judged, guess)["usual error"]
        word = "the average" if guess is judged.base else guess.rung.title
        return f"It is usually off by {_amount(off)}, {word} by {_amount(guessed)}."
    if prepared.classes == 2:
        share = float((judged.y == 1).mean())
        top = min(1.0, known["lift"] * share)
        return (
            f"Of the tenth it is surest of, {percent(top)} are a yes (`{prepared.target}` = "
            f"{prepared.answers[1]}), {percent(share)} of all are."
        )
    base = figures(judged, judged.base)["accuracy"]
    return (
        f"{percent(known['accuracy'])} of its answers are right; always the most frequent, {percent(base)}."
    )


def _amount(number: float) -> str:
    """Three digits, and a large number in full: nobody reads 1.12e+04."""
    return f"{number:,.0f}" if number >= 1000 else f"{number:.3g}"


def figures(judged: Judged, step: Step) -> dict[str, float]:
    """Accuracy and, for two classes, AUC and lift; for numbers the usual error, in the unit of the target."""
    prepared, y = judged.prepared, judged.y
    if prepared.task == "number":
        said, was = step.predicted[:, 0], y
        if prepared.logged:
            said, was = np.expm1(said), np.expm1(was)
        return {"usual error": float(np.abs(said - was).mean())}
    right = float((step.predicted.argmax(axis=1) == y).mean())
    if prepared.classes != 2:
        return {"accuracy": right}
    chance = step.predicted[:, 1]
    return {"accuracy": right, "AUC": _auc(chance, y == 1), "lift": _lift(chance, y == 1)}


def _auc(chance: Array, yes: Array) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(yes, chance)) if 0 < yes.mean() < 1 else 0.5


def surest(chance: Array) -> Array:
    """How far each row is in the surest tenth, from 0 to 1; rows of one chance are in it in part."""
    wanted = max(1, len(chance) // _TOP)
    cut = np.sort(chance)[::-1][wanted - 1]
    above, at = chance > cut, chance == cut
    found: Array = above + at * (wanted - int(above.sum())) / int(at.sum())
    return found


def _lift(chance: Array, yes: Array) -> float:
    """How many times the usual share of yes the surest tenth has."""
    top, usual = surest(chance), float(yes.mean())
    return float((top * yes).sum() / top.sum()) / usual if usual else 0.0
