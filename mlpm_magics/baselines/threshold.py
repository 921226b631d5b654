"""The chance above which to act, from what the two mistakes cost.

Acting pays above wrong_yes / (wrong_yes + wrong_no), if chances mean what they say. How the cost runs with
the threshold is taken from the training part, each row judged while it was not learned from; what the one
threshold costs, from the test part.

Source: Elkan 2001 (the threshold that costs imply).
"""

from __future__ import annotations

import numpy as np

from mlpm_magics.baselines.intervals import mean, share
from mlpm_magics.baselines.ladder import Judged
from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import Costs, CutPoint, Mistake, Threshold

_POINTS = 41
_HALF = 0.5


def threshold_of(judged: Judged, chosen: str, unseen: Array, costs: Costs | None) -> Threshold:
    """The threshold, its costs, and the curve.

    Args:
        judged: with two classes.
        chosen: the rung whose chances decide.
        unseen: the chance of a yes per training row, from folds that did not learn from it.
        costs: None where none were named.
    """
    yes = judged.tried.prepared.y == 1
    at = costs.threshold if costs else _HALF
    curve = _curve(unseen, yes, at)
    good = about_as_good(curve, costs, at)
    if costs is None:
        return Threshold(at=at, about_as_good=good, curve=curve, sentence=_without_costs())
    chance, truth = judged.steps[chosen].predicted[:, 1], judged.y == 1
    paid = _paid(chance > at, truth, costs)
    always = float(_paid(np.ones(len(yes), bool), yes, costs).mean())
    never = float(_paid(np.zeros(len(yes), bool), yes, costs).mean())
    act = always < never
    without = _paid(np.full(len(truth), act), truth, costs)
    cost, saved = mean(paid, judged.ways), mean(without - paid, judged.ways)
    many = costs.decisions
    return Threshold(
        at=at,
        about_as_good=good,
        curve=curve,
        costs=costs,
        cost=cost.effect * many,
        cost_interval=(cost.low * many, cost.high * many),
        without=float(without.mean()) * many,
        saved=saved.effect * many,
        saved_interval=(saved.low * many, saved.high * many),
        sentence=_sentence(at, good, saved, costs, "always" if act else "never"),
    )


def mistakes_of(judged: Judged, chosen: str, at: float) -> tuple[Mistake, ...]:
    """How often each kind of mistake happens on the test part; of two classes only."""
    acted, truth = judged.steps[chosen].predicted[:, 1] > at, judged.y == 1
    yes, no = share(acted & ~truth, judged.ways), share(~acted & truth, judged.ways)
    return (
        Mistake(kind="wrong_yes", share=yes.effect, interval=yes.interval),
        Mistake(kind="wrong_no", share=no.effect, interval=no.interval),
    )


def wrong_answers(judged: Judged, said: Array) -> tuple[Mistake, ...]:
    """How often the answer is wrong on the test part; of more than two classes."""
    wrong = share(said != judged.y, judged.ways)
    return (Mistake(kind="wrong_answer", share=wrong.effect, interval=wrong.interval),)


def _paid(acted: Array, yes: Array, costs: Costs) -> Array:
    """The cost of each row."""
    return np.where(acted & ~yes, costs.wrong_yes, 0.0) + np.where(~acted & yes, costs.wrong_no, 0.0)


def _curve(chance: Array, yes: Array, at: float) -> tuple[CutPoint, ...]:
    """Thresholds spread evenly, and where few rows lie: by quantiles of the chances, with the one chosen."""
    evenly = np.linspace(0, 1, _POINTS)
    cuts = np.unique(np.round(np.concatenate([evenly, np.quantile(chance, evenly), [at]]), 4))
    order = np.sort(chance)
    sorted_yes, sorted_no = np.sort(chance[yes]), np.sort(chance[~yes])
    n = len(order)
    return tuple(
        CutPoint(
            threshold=float(cut),
            wrong_yes=float(len(sorted_no) - np.searchsorted(sorted_no, cut, side="right")) / n,
            wrong_no=float(np.searchsorted(sorted_yes, cut, side="right")) / n,
        )
        for cut in cuts
    )


def about_as_good(curve: tuple[CutPoint, ...], costs: Costs | None, at: float) -> tuple[float, float]:
    """The stretch of thresholds around `at` that cost hardly more than it; None for costs: both alike."""
    wrong_yes, wrong_no = (costs.wrong_yes, costs.wrong_no) if costs else (1.0, 1.0)
    cost = np.array([point.wrong_yes * wrong_yes + point.wrong_no * wrong_no for point in curve])
    cuts = np.array([point.threshold for point in curve])
    here = int(np.argmin(np.abs(cuts - at)))
    fine = cost <= max(float(cost[here]), float(cost.min())) * (
        1 + knowledge().limit("baseline.about_as_good")
    )
    low = high = here
    while low > 0 and fine[low - 1]:
        low -= 1
    while high < len(cuts) - 1 and fine[high + 1]:
        high += 1
    return float(cuts[low]), float(cuts[high])


def _without_costs() -> str:
    return (
        "Nobody said what a wrong yes and a wrong no cost, so that a yes starts at 50 %, which treats both "
        "alike. Say it with --cost-fp and --cost-fn (in Python: costs)."
    )


def _sentence(at: float, good: tuple[float, float], saved: Gap, costs: Costs, else_act: str) -> str:
    unit = f" {costs.unit}".rstrip()
    low, high = (end * costs.decisions for end in saved.interval)
    amount = f"{abs(saved.effect) * costs.decisions:,.0f}{unit} per {costs.period}"
    between = f"({low:,.0f} to {high:,.0f})"
    if saved.low > 0:
        words = f"saves {amount} {between} against {else_act} acting"
    elif saved.high < 0:
        words = f"costs {amount} more {between} than {else_act} acting"
    else:
        words = f"may save nothing against {else_act} acting: {amount} {between}"
    return (
        f"Act above a chance of {percent(at)}; that {words}. Thresholds from {percent(good[0])} to "
        f"{percent(good[1])} cost about the same."
    )
