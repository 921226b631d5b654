"""Numbers that were typed: amounts, and what the two mistakes cost."""

from __future__ import annotations

import argparse

from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.notebook.arguments import Parser


def declare_costs(parser: Parser, mixups: bool = False) -> None:
    """The options for what mistakes cost, and how many decisions there are; with `mixups` of many answers."""
    parser.add_argument("--cost-fp", metavar="COST", help="what a wrong yes costs")
    parser.add_argument("--cost-fn", metavar="COST", help="what a wrong no costs")
    if mixups:
        parser.add_argument(
            "--cost",
            metavar="MIX-UP=COST",
            action="append",
            help='with more than two answers: "A taken for B=20", "A=20" (missed), "else=5" (all others)',
        )
    parser.add_argument("--decisions", metavar="NUMBER", help="decisions per period; 1,000 by default")
    parser.add_argument("--period", metavar="WORD", help="the period, such as month")


def typed_costs(options: argparse.Namespace) -> dict[str, object] | None:
    """The costs of both mistakes, or None where neither was typed."""
    decisions = typed_number(options.decisions, "--decisions", 1000)
    more = {"decisions": decisions, "period": options.period}
    more = {key: value for key, value in more.items() if value is not None}
    mixups = getattr(options, "cost", None)
    if mixups:
        if options.cost_fp is not None or options.cost_fn is not None:
            raise InvalidValueError(
                "is for more than two answers, --cost-fp and --cost-fn for two", where="--cost"
            )
        return {"mixups": dict(map(_mixup, mixups)), **more}
    typed = {
        "wrong_yes": typed_number(options.cost_fp, "--cost-fp", 5),
        "wrong_no": typed_number(options.cost_fn, "--cost-fn", 100),
    }
    if set(typed.values()) == {None}:
        return None
    if None in typed.values():
        missing = "--cost-fp" if typed["wrong_yes"] is None else "--cost-fn"
        raise InvalidValueError("both mistakes need a cost", hint=f"Add {missing} COST")
    return {**typed, **more}


def _mixup(typed: str) -> tuple[str, float]:
    """What is mixed up, and what it costs."""
    what, equals, cost = typed.rpartition("=")
    example = '--cost "north taken for south=20"'
    if not equals or not what.strip():
        raise InvalidValueError(
            f"{shown(typed)!r} names no mix-up and its cost", where="--cost", hint=f"For example {example}"
        )
    number = 0.0 if cost.strip() in ("0", "0.0") else typed_number(cost, "--cost", 20)
    return " ".join(what.split()), number or 0.0


def typed_number(typed: str | None, option: str, example: float) -> float | None:
    """A number above 0, or None where nothing was typed.

    Raises:
        InvalidValueError: for anything else.
    """
    try:
        number = None if typed is None else float(typed)
    except ValueError:
        number = -1.0
    if number is not None and not 0 < number < float("inf"):
        raise InvalidValueError(
            f"{shown(typed)!r} is no number above 0", where=option, hint=f"For example {option} {example:g}"
        )
    return number
