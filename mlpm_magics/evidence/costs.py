"""What the mistakes of each rung cost, in the PM's units.

A prediction becomes an action where its chance of a yes makes acting cheaper than not acting: above
wrong_yes / (wrong_yes + wrong_no). Every row is judged while it was not learned from.

Source: Elkan 2001 (the threshold that costs imply).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlpm_magics.errors import InvalidValueError, UnknownNameError
from mlpm_magics.evidence.gaps import gap_of
from mlpm_magics.evidence.ladder import Ladder, Step
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.results import Costs, RungCost

VOLUME = ("decisions", "period", "unit")
_KEYS = ("wrong_yes", "wrong_no", *VOLUME)


def read_costs(given: object) -> Costs | None:
    """Costs from a mapping.

    Raises:
        InvalidValueError, UnknownNameError: naming the key and what is expected.

    Example:
        >>> read_costs({"wrong_yes": 5, "wrong_no": 100}).threshold
        0.047619047619047616
    """
    if given is None or isinstance(given, Costs):
        return given
    if not isinstance(given, Mapping):
        raise InvalidValueError("is a mapping such as {'wrong_yes': 5, 'wrong_no': 100}", where="costs")
    for key in given:
        if key not in _KEYS:
            raise UnknownNameError(f"{key!r} is not a cost", where="costs", given=key, allowed=_KEYS)
    if missing := [key for key in _KEYS[:2] if key not in given]:
        raise InvalidValueError("both mistakes need a cost", where="costs", hint=f"Add {missing[0]!r}")
    return Costs(
        wrong_yes=_positive(given["wrong_yes"], "wrong_yes"),
        wrong_no=_positive(given["wrong_no"], "wrong_no"),
        **volume(given),
    )


def volume(given: Mapping[str, object]) -> dict[str, Any]:
    """How many decisions there are in which time, and the unit, as far as they are named.

    Raises:
        InvalidValueError: naming the key and what is expected.
    """
    more: dict[str, Any] = {key: str(given[key]) for key in ("period", "unit") if key in given}
    if "decisions" in given:
        more["decisions"] = _positive(given["decisions"], "decisions")
        more.setdefault("period", f"{more['decisions']:,.0f} decisions")
    return more


def _positive(value: object, key: str) -> float:
    if isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool):
        number = float(value)
        if 0 < number < float("inf"):
            return number
    raise InvalidValueError("is a number above 0", where=f"costs, {key}")


def priced(ladder: Ladder, costs: Costs) -> tuple[RungCost, ...]:
    """Every rung's mistakes in money and in cases per period, the base rate first.

    The base rate stands for what needs no model: always yes or always no, whichever is cheaper.
    """
    yes = ladder.prepared.y == 1
    nobody, everybody = np.zeros(len(yes), bool), np.ones(len(yes), bool)
    without = min((nobody, everybody), key=lambda act: float(_of(act, yes, costs).mean()))
    paid = _of(without, yes, costs)
    return (
        _rung(ladder, ladder.base, without, paid, costs),
        *(
            _rung(ladder, step, step.predicted[:, 1] > costs.threshold, paid, costs)
            for step in ladder.steps.values()
        ),
    )


def _of(acted: Array, yes: Array, costs: Costs) -> Array:
    """The cost of each row."""
    return np.where(acted & ~yes, costs.wrong_yes, 0.0) + np.where(~acted & yes, costs.wrong_no, 0.0)


def _rung(ladder: Ladder, step: Step, acted: Array, without: Array, costs: Costs) -> RungCost:
    yes = ladder.prepared.y == 1
    own = _of(acted, yes, costs)
    saved = gap_of(without - own, ladder.prepared.cluster, ladder.prepared.fold)
    return RungCost(
        rung=step.rung.id,
        title=step.rung.title,
        cost=float(own.mean()) * costs.decisions,
        saved=saved.effect * costs.decisions,
        interval=(saved.low * costs.decisions, saved.high * costs.decisions),
        wrong_yes=float((acted & ~yes).mean()) * costs.decisions,
        wrong_no=float((~acted & yes).mean()) * costs.decisions,
    )
