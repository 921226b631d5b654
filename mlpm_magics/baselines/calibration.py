"""Whether a chance means what it says: how many of the rows given 30 % come true.

Chances are mended (by a logistic curve, or by steps that only rise) where that helps on the training part,
each row mended by what the others say.

Source: Niculescu-Mizil and Caruana 2005; Naeini et al. 2015 (expected calibration error).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec
import numpy as np

from mlpm_magics.baselines.intervals import share
from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.gaps import gap_of
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import AnswerCalibration, Calibration, ReliabilityBin

_MOST_BINS = 10
_MOST_ANSWERS = 12
_EDGE = 1e-3
_STEPS_FROM = 1_000  # rising steps bend to chance with fewer rows
_TOO_WIDE = 0.25
Mend = Callable[[Array], Array]


@dataclass(frozen=True)
class Mended:
    """A way to mend chances that helped on the training part."""

    name: str
    mend: Mend


def mended(chance: Array, yes: Array, cluster: Array, fold: Array) -> Mended | None:
    """The way that brings most on the training part, or None where none clearly helps.

    Args:
        chance: per training row, from folds that did not learn from it.
        yes: what came true.
        cluster: rows that belong together.
        fold: the fold of each row.
    """
    best: tuple[float, str] | None = None
    for name, learn in _WAYS.items():
        if name == "isotonic" and len(chance) < _STEPS_FROM:
            continue
        other = chance.copy()
        for k in np.unique(fold):
            inside = fold == k
            if 0 < yes[~inside].mean() < 1:
                other[inside] = learn(chance[~inside], yes[~inside])(chance[inside])
        gain = gap_of((chance - yes) ** 2 - (other - yes) ** 2, cluster, fold)
        if gain.low > 0 and (best is None or gain.effect > best[0]):
            best = (gain.effect, name)
    return None if best is None else Mended(best[1], _WAYS[best[1]](chance, yes))


def of_many(predicted: Array, y: Array, ways: tuple[Array, ...], answers: Sequence[str]) -> Calibration:
    """How the chances of more than two answers come true on the test part.

    First of the answer that is given, whichever it is; then each answer against all others.

    Args:
        predicted: per test row the chance of each answer.
        y: per test row the place of the true one.
        ways: how rows belong together.
        answers: their names.

    Source: Guo et al. 2017 (the answer given); Kull et al. 2019 (class by class).
    """
    given = predicted.argmax(axis=1)
    of_given = calibration_of(predicted.max(axis=1), given == y, ways, "", 0.5)
    common = np.argsort(-np.bincount(y, minlength=len(answers)), kind="stable")[:_MOST_ANSWERS]
    each = tuple(_answer(predicted[:, k], y == k, ways, answers[k], len(common)) for k in common)
    off = [one.name for one in each if one.answer == "off"]
    named = f" Answer by answer they are off for {', '.join(off[:3])}." if off else ""
    sentence = f"{of_given.sentence} That is about the answer it gives.{named}"
    worst: Literal["off"] | None = "off" if off else None
    return msgspec.structs.replace(of_given, answer=worst or of_given.answer, sentence=sentence, answers=each)


def _answer(chance: Array, yes: Array, ways: tuple[Array, ...], name: str, looks: int) -> AnswerCalibration:
    """One answer against all others; what it said on average is held against how often it came."""
    came = share(yes, ways)
    return AnswerCalibration(
        name=name,
        rows=int(yes.sum()),
        said=float(chance.mean()),
        was=came.effect,
        interval=came.interval,
        answer=calibration_of(chance, yes, ways, "", 0.5, looks).answer,
    )


def calibration_of(
    chance: Array, yes: Array, ways: tuple[Array, ...], how: str, near: float, looks: int = 1
) -> Calibration:
    """How chances come true on the test part.

    Args:
        chance: per test row.
        yes: what came true.
        ways: how rows belong together.
        how: how the chances were mended, or "".
        near: the chance that matters most, such as the threshold.
        looks: how many such questions are asked at once.
    """
    places = _bins(chance)
    bins = []
    off = 0.0
    for place in np.unique(places):
        inside = places == place
        said = float(chance[inside].mean())
        was = share(yes[inside], [way[inside] for way in ways])
        bins.append(ReliabilityBin(rows=int(inside.sum()), said=said, was=was.effect, interval=was.interval))
        off += abs(said - was.effect) * float(inside.mean())
    strict = [
        share(yes[places == p], [way[places == p] for way in ways], looks=looks * len(bins))
        for p in np.unique(places)
    ]
    slack = knowledge().limit("baseline.calibrated_within")
    wrong = [
        b for b, s in zip(bins, strict, strict=True) if b.said < s.low - slack or b.said > s.high + slack
    ]
    wide = all(b.interval[1] - b.interval[0] > _TOO_WIDE for b in bins)
    fitting = [b for b in bins if b.interval[0] <= b.said <= b.interval[1]] or bins
    shown = min(fitting, key=lambda b: abs(b.said - near))
    if wrong:
        shown = max(wrong, key=lambda b: abs(b.said - b.was))
    answer = "off" if wrong else "cannot_tell" if wide else "calibrated"
    return Calibration(
        answer=answer,  # type: ignore[arg-type]
        sentence=_sentence(answer, shown, how),
        bins=tuple(bins),
        error=off,
        mended=how,
    )


def _bins(chance: Array) -> Array:
    """Bins of about equally many rows, each with enough of them; equal chances stay in one."""
    fewest = knowledge().limit("baseline.rows_per_bin")
    many = int(np.clip(len(chance) // fewest, 1, _MOST_BINS))
    edges = np.unique(np.quantile(chance, np.linspace(0, 1, many + 1)[1:-1]))
    found: Array = np.searchsorted(edges, chance, side="left")
    return found


def _sentence(answer: str, shown: ReliabilityBin, how: str) -> str:
    low, high = shown.interval
    example = f"when it says {percent(shown.said)}, it is {percent(low)} to {percent(high)}"
    after = " after mending" if how else ""
    if answer == "off":
        return f"Chances are off{after}: {example}. Do not read them as they stand."
    if answer == "cannot_tell":
        return f"Too few rows to tell whether chances mean what they say: {example}."
    return f"Chances mean what they say{after}: {example}."


def _platt(chance: Array, yes: Array) -> Mend:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e4).fit(_logit(chance), yes)
    return lambda other: np.asarray(model.predict_proba(_logit(other))[:, 1])


def _isotonic(chance: Array, yes: Array) -> Mend:
    from sklearn.isotonic import IsotonicRegression

    model = IsotonicRegression(y_min=_EDGE, y_max=1 - _EDGE, out_of_bounds="clip").fit(chance, yes)
    return lambda other: np.asarray(model.predict(other))


def _logit(chance: Array) -> Array:
    kept = np.clip(chance, _EDGE, 1 - _EDGE)
    found: Array = np.log(kept / (1 - kept))[:, None]
    return found


_WAYS: dict[str, Callable[[Array, Array], Mend]] = {"platt": _platt, "isotonic": _isotonic}
