"""What other costs would imply, from the curve of a report: the table is not needed.

Everything is measured on the training part, each row judged while it was not learned from; between two
thresholds of the curve a straight line is drawn. The rows themselves are not kept, so that there is no
interval; `baseline` with these costs measures one on the test part.

Source: Elkan 2001 (the threshold that costs imply).
"""

from __future__ import annotations

import bisect

import msgspec

from mlpm_magics.baselines.threshold import about_as_good
from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.evidence.costs import read_costs
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import BaselineReport, Costs, CutPoint, Threshold, TriedCosts

_LEAST, _MOST = 1e-6, 1e12


def try_costs(report: BaselineReport, costs: object, at: float | None = None) -> TriedCosts:
    """What the mistakes would cost per period.

    Args:
        report: on an answer of yes or no.
        costs: as for `baseline`, such as `{"wrong_yes": 5, "wrong_no": 100}`; more keys: `decisions`,
            `period`, `unit`.
        at: act above this chance, from 0 to 1; None for the one that the costs imply.

    Raises:
        InvalidValueError: the report is on something else; or a cost or `at` is no such number.
        UnknownNameError: a key that is none.
    """
    known = report.threshold
    if known is None:
        raise InvalidValueError(
            f"`{shown(report.target or report.problem_type, 40)}` is no answer of yes or no: "
            "there is no chance to act on",
            where="costs",
        )
    found = read_costs(costs)
    if found is None:
        raise InvalidValueError("both mistakes need a cost", where="costs")
    for key in ("wrong_yes", "wrong_no", "decisions"):
        if not _LEAST <= getattr(found, key) <= _MOST:
            raise InvalidValueError(f"is a number from {_LEAST:f} to {_MOST:,.0f}", where=f"costs, {key}")
    implied = found.threshold
    if at is None:
        at = implied
    if not 0 <= at <= 1:
        raise InvalidValueError("is a chance from 0 to 1", where="at")
    curve = with_point(with_point(known.curve, implied), at)
    here = next(point for point in curve if point.threshold == at)
    best = next(point for point in curve if point.threshold == implied)
    yes = curve[-1].wrong_no  # above a chance of 1 nobody acts
    always, never = (1 - yes) * found.wrong_yes, yes * found.wrong_no
    many = found.decisions
    without, cost = many * min(always, never), many * _cost(here, found)
    good = about_as_good(curve, found, implied)
    threshold = Threshold(
        at=at,
        about_as_good=good,
        curve=curve,
        costs=found,
        cost=cost,
        without=without,
        saved=without - cost,
        sentence="",
    )
    tried = TriedCosts(
        table=report.table,
        target=report.target,
        yes_means=report.yes_means,
        implied=implied,
        threshold=threshold,
        wrong_yes=many * here.wrong_yes,
        wrong_no=many * here.wrong_no,
        else_act="always" if always < never else "never",
    )
    more = many * (_cost(here, found) - _cost(best, found))
    return msgspec.structs.replace(
        tried, threshold=msgspec.structs.replace(threshold, sentence=_sentence(tried, more))
    )


def with_point(curve: tuple[CutPoint, ...], at: float) -> tuple[CutPoint, ...]:
    """The curve with a point at this threshold, on the straight line between its neighbours."""
    cuts = [point.threshold for point in curve]
    place = bisect.bisect_left(cuts, at)
    if place < len(cuts) and cuts[place] == at:
        return curve
    before, after = curve[place - 1], curve[place]
    part = (at - before.threshold) / (after.threshold - before.threshold)
    point = CutPoint(
        threshold=at,
        wrong_yes=before.wrong_yes + part * (after.wrong_yes - before.wrong_yes),
        wrong_no=before.wrong_no + part * (after.wrong_no - before.wrong_no),
    )
    return (*curve[:place], point, *curve[place:])


def _cost(point: CutPoint, costs: Costs) -> float:
    return point.wrong_yes * costs.wrong_yes + point.wrong_no * costs.wrong_no


def _sentence(tried: TriedCosts, more: float) -> str:
    """`more`: what the threshold costs beyond the one that the costs imply."""
    threshold, costs = tried.threshold, tried.costs
    saved, low_high = threshold.saved or 0.0, threshold.about_as_good
    unit = f" {costs.unit}".rstrip()
    against = (
        f"{_amount(abs(saved))}{unit} {'less' if saved > 0 else 'more'} than {tried.else_act} acting"
        if _amount(abs(saved)) != "0"
        else f"as much as {tried.else_act} acting"
    )
    own = threshold.at != tried.implied
    here = _finer(threshold.at) if own else percent(threshold.at)
    words = (
        f"Act above a chance of {here}: about {_amount(tried.wrong_yes)} wrong yes and "
        f"{_amount(tried.wrong_no)} wrong no per {costs.period}. They cost "
        f"{_amount(threshold.cost or 0.0)}{unit}, {against}."
    )
    if own:
        off = (
            f"which costs {_amount(abs(more))}{unit} {'less' if more > 0 else 'more'}"
            if _amount(abs(more)) != "0"
            else "which costs the same"
        )
        words += f" The costs imply {_finer(tried.implied)}, {off}."
    return f"{words} Thresholds from {percent(low_high[0])} to {percent(low_high[1])} cost about the same."


def _finer(chance: float) -> str:
    """Fine enough to tell two thresholds that lie side by side."""
    return f"{100 * chance:.3g} %" if chance >= 0.001 else percent(chance)


def _amount(number: float) -> str:
    """A number for people: no more digits than it deserves."""
    return f"{number:,.0f}" if number >= 10 or number == round(number) else f"{number:.1g}"
