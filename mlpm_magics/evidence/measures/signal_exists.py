"""Whether the inputs carry the answer at all.

Source: Huyen 2022; Google, Introduction to ML Problem Framing. Never a permutation of labels against fixed
predictions of a selected model, which raises false alarms.
"""

from __future__ import annotations

import msgspec
import numpy as np

from mlpm_magics.evidence.encoding import encode
from mlpm_magics.evidence.forward import Forward, alike_in_time, forward_signal
from mlpm_magics.evidence.gaps import Gap, agreement, gap
from mlpm_magics.evidence.ladder import Ladder
from mlpm_magics.evidence.measures.repeatable_decision import effective_rows
from mlpm_magics.evidence.prepared import Prepared
from mlpm_magics.evidence.rungs import FOREST
from mlpm_magics.evidence.words import WEAK, cannot_tell, percent, told, unknown, upper_first
from mlpm_magics.results import Evidence

TITLE = "Do the inputs carry the answer?"
_LEAST, _LITTLE = 0.01, 0.02
_FEWEST, _FEWEST_RARE = 30, 10
SEEMING = 0.1
_SHUFFLED = 2_000
_OFF, _OFF_OF_FEW = 0.5, 1.5  # standard errors taken off, since errors of rare answers have long tails
_FEW = 500  # separate rows; below, the table that all folds share may hold a pattern by chance


def measure(ladder: Ladder) -> Evidence:
    """The best rung against the base rate, judged on other folds than it is chosen on.

    Whether there is anything at all is asked of the correlation of predictions with answers, which sees a
    faint or rare signal more surely than skill does; skill says how much it is.
    """
    few = _too_few(ladder.prepared)
    if few is not None:
        return few
    unseen = ladder.best_unseen()
    found, alike = gap(ladder, ladder.base, unseen), agreement(ladder, unseen)
    off = _OFF if effective_rows(ladder.prepared) >= _FEW else _OFF_OF_FEW
    shift = (alike.high - alike.low) / 2 / 1.645 * off
    if alike.low - shift > 0 and found.effect > _LEAST:
        return _yes(ladder, found if found.low > 0 else _squared(alike, found.effect))
    looks = [_squared(agreement(ladder, step, with_folds=False)).high for step in ladder.steps.values()]
    most = max(looks, default=1.0)  # of so many looks the highest: folds need not widen it any more
    if most < _LITTLE:
        return told(
            "signal_exists",
            "no",
            Gap(min(max(0.0, found.effect), most), 0.0, most),
            _LITTLE,
            "No model does better than always answering with the base rate; one that explains more than "
            f"{percent(most)} would have shown.",
        )
    words = f"The best model explains {percent(found.effect)}, which chance could do as well."
    if found.effect <= 0:
        every = [gap(ladder, ladder.base, step) for step in ladder.steps.values()]
        found = max(every, key=lambda one: one.effect, default=found)
        words = "No model was clearly better than always answering with the base rate."
    return cannot_tell("signal_exists", found, _LEAST, ladder, words)


def _yes(ladder: Ladder, found: Gap) -> Evidence:
    best, share, caveat = ladder.best, percent(found.effect), ""
    ahead = forward_signal(ladder.prepared)
    if ahead is None and alike_in_time(ladder.prepared):
        return cannot_tell(
            "signal_exists",
            found,
            0.0,
            ladder,
            f"Rows split at random seem to explain {share}, but rows near each other in time are alike, and "
            "there are too few to see whether it holds forward in time.",
            "A longer history could tell.",
        )
    if ahead is not None and ahead.gap.low <= 0:
        if ahead.within.low <= 0:
            return _not_ahead(ladder, ahead, share)
        far = f"{upper_first(ahead.way)} the level moves too far for that"
        caveat = f"{far}: count on telling rows of one period apart."
    explains = best.rung.does("explains", "explain")
    words = f"{upper_first(explains)} {share} of what the base rate leaves open."
    if found.effect < WEAK:
        words = f"There is something to learn, but little: {explains} {share}."
    return told("signal_exists", "yes", found, 0.0, words, caveat)


def _squared(alike: Gap, effect: float | None = None) -> Gap:
    """The skill that predictions would have, were they drawn in best, with its interval."""
    low, high = max(0.0, alike.low) ** 2, max(0.0, alike.high) ** 2
    middle = max(0.0, alike.effect) ** 2 if effect is None else effect
    return Gap(middle, min(low, middle), max(high, middle))


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
    changes = change.interval is not None and change.interval[0] > (change.margin or 0)
    if change.answer == "yes" or changes:
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


def _too_few(prepared: Prepared) -> Evidence | None:
    """Where there is nothing to learn from, or hardly any answers differ, intervals mean nothing."""
    if not prepared.features:
        text = "No column is left to learn from, so nothing can be said of a signal."
        return unknown("signal_exists", text, "Bring columns that are known when the decision is made.")
    separate = len(np.unique(prepared.cluster)) if prepared.entity is None else prepared.n
    if separate < _FEWEST:
        text = f"{prepared.n:,} rows are too few to see a signal."
        if separate < prepared.n:
            text = f"{prepared.n:,} rows are copies of {separate:,}, too few to see a signal."
        return unknown("signal_exists", text, "About 300 rows could tell.")
    most = int(np.bincount(prepared.y).max()) if prepared.task == "classes" else 0
    rare = prepared.n - most
    if rare < _FEWEST_RARE:
        have = "row has" if rare == 1 else "rows have"
        text = f"Only {rare} {have} another answer than most, too few to see a signal."
        return unknown("signal_exists", text, f"About {5 * _FEWEST_RARE} of them could tell.")
    return None


def _not_ahead(ladder: Ladder, ahead: Forward, share: str) -> Evidence:
    """What going forward in time says against the signal.

    Rows near each other in time are alike, so that two walks which have nothing to do with each other explain
    one another as long as rows are split at random.
    """
    before = f"Rows split at random seem to explain {share}"
    if max(ahead.gap.effect, ahead.within.effect) > _LEAST:
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
