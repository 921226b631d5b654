"""Whether the inputs carry the answer at all.

Source: Huyen 2022; Google, Introduction to ML Problem Framing. Never a permutation of labels against fixed
predictions of a selected model, which raises false alarms.
"""

from __future__ import annotations

import msgspec
import numpy as np

from mlpm_magics.evidence.encoding import encode
from mlpm_magics.evidence.forward import forward_signal
from mlpm_magics.evidence.gaps import gap
from mlpm_magics.evidence.ladder import Ladder
from mlpm_magics.evidence.prepared import Prepared
from mlpm_magics.evidence.rungs import FOREST
from mlpm_magics.evidence.words import WEAK, cannot_tell, percent, told, unknown
from mlpm_magics.results import Evidence

TITLE = "Do the inputs carry the answer?"
_LEAST = 0.01
_FEWEST, _FEWEST_RARE = 30, 10
SEEMING = 0.1
_SHUFFLED = 2_000
_LOOKS = 2  # the best of several rungs looks better than it is: half a standard error is taken off for it


def measure(ladder: Ladder) -> Evidence:
    """The best rung against the base rate."""
    best = ladder.best
    few = _too_few(ladder)
    if few is not None:
        return few
    if best is ladder.base:
        every = [gap(ladder, ladder.base, step) for step in ladder.steps.values()]
        highest = max((g.high for g in every), default=1.0)
        if highest < _LEAST:
            return told(
                "signal_exists",
                "no",
                max(every, key=lambda g: g.effect),
                _LEAST,
                "No model does better than always answering with the base rate.",
            )
        return cannot_tell(
            "signal_exists",
            max(every, key=lambda g: g.effect, default=None),
            _LEAST,
            ladder,
            "No model was clearly better than always answering with the base rate.",
        )
    found = gap(ladder, ladder.base, best)
    shift = (found.high - found.low) / 2 / _LOOKS / 1.645
    answer = "yes" if found.low - shift > 0 and found.effect > _LEAST else "no" if found.high < _LEAST else ""
    share = percent(found.effect)
    if answer == "yes":
        ahead = _forward(ladder, share)
        if ahead is not None:
            return ahead
        words = f"{_up(best.rung.title)} explains {share} of what the base rate leaves open."
        if found.effect < WEAK:
            words = f"There is something to learn, but little: {best.rung.title} explains {share}."
        return told("signal_exists", "yes", found, 0.0, words)
    if answer == "no":
        return told(
            "signal_exists",
            "no",
            found,
            _LEAST,
            "No model does better than the base rate by more than a hundredth.",
        )
    return cannot_tell(
        "signal_exists",
        found,
        _LEAST,
        ladder,
        f"The best model explains {share}, which chance could do as well.",
    )


def may_show_elsewhere(ladder: Ladder) -> bool:
    """Whether a signal could still show per entity or per period only."""
    return ladder.prepared.entity is not None or ladder.prepared.day is not None


def reconsidered(signal: Evidence, ladder: Ladder, entities: Evidence, change: Evidence) -> Evidence:
    """The same, once it is known what shows per entity or per period only.

    Args:
        signal: what `measure` told.
        ladder: it was told of.
        entities: whether entities differ beyond the inputs.
        change: whether the rule changes with time.
    """
    if signal.answer == "yes":
        return signal
    if entities.answer == "yes" and entities.effect is not None:
        return msgspec.structs.replace(
            entities,
            criterion="signal_exists",
            text="The inputs alone say next to nothing, but together with whom a row is about they explain "
            f"{percent(min(1.0, entities.effect))}.",
            caveat="That holds for entities that are already known; about a new one nothing can be said.",
        )
    text, answer = signal.text, signal.answer
    seeming = seen_row_by_row(ladder.prepared)
    if seeming > SEEMING:
        text += (
            f" Split row by row, {percent(seeming)} would seem to be explained, since the inputs give away "
            "whom a row is about, and with it that one's answer; for a new one, do not count on it."
        )
    if change.answer == "yes" and ladder.skill(ladder.best) < WEAK:
        text += (
            " The rule changes with time, so a model of all rows may miss what one of fresh rows would see."
        )
        answer = "cannot_tell"
    return msgspec.structs.replace(signal, answer=answer, text=text)


def seen_row_by_row(prepared: Prepared) -> float:
    """What a forest would seem to explain if rows of one entity were split between learning and testing."""
    if prepared.entity is None:
        return 0.0
    rows = np.random.default_rng(prepared.seed).permutation(prepared.n)[:_SHUFFLED]
    test, train = np.sort(rows[: len(rows) // 4]), np.sort(rows[len(rows) // 4 :])
    answers = prepared.one_hot
    guess = FOREST.predict(prepared, encode(prepared, train, test), answers[train], train, test)
    base = float(((answers[test] - answers[train].mean(axis=0)) ** 2).sum())
    return 1 - float(((answers[test] - guess) ** 2).sum()) / base if base else 0.0


def _too_few(ladder: Ladder) -> Evidence | None:
    """Where hardly any answers differ, intervals mean nothing."""
    prepared = ladder.prepared
    if prepared.n < _FEWEST:
        text, settle = f"{prepared.n:,} rows are too few to see a signal.", "About 300 rows could tell."
        return unknown("signal_exists", text, settle)
    most = int(np.bincount(prepared.y).max()) if prepared.task == "classes" else 0
    rare = prepared.n - most
    if rare < _FEWEST_RARE:
        text = f"Only {rare} rows have another answer than most, too few to see a signal."
        return unknown("signal_exists", text, f"About {5 * _FEWEST_RARE} of them could tell.")
    return None


def _forward(ladder: Ladder, share: str) -> Evidence | None:
    """What going forward in time says against the signal; None where nothing speaks against it.

    Rows near each other in time are alike, so that two walks which have nothing to do with each other explain
    one another as long as rows are split at random.
    """
    ahead = forward_signal(ladder.prepared)
    if ahead is None or ahead.gap.low > 0:
        return None
    before = f"Rows split at random seem to explain {share}"
    if ahead.gap.effect > _LEAST:
        return cannot_tell(
            "signal_exists",
            ahead.gap,
            0.0,
            ladder,
            f"{before}; {ahead.way} it is not clear that anything is left over {ahead.guess}.",
            "A longer history could tell.",
        )
    return told(
        "signal_exists",
        "no",
        ahead.gap,
        _LEAST,
        f"{before}, but {ahead.way} no model does better than {ahead.guess}.",
        f"Rows near each other are alike; only what holds {ahead.way} can be used.",
    )


def _up(text: str) -> str:
    return text[:1].upper() + text[1:]
