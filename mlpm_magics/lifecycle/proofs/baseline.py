"""The baseline: what it was tested on, what it beats, and what follows. `asks` names the one thing asked."""

from __future__ import annotations

from collections.abc import Callable

from mlpm_magics.catalogue import knowledge
from mlpm_magics.entries import GateCriterion
from mlpm_magics.errors import shown
from mlpm_magics.lifecycle.card import card_of
from mlpm_magics.lifecycle.card.lines import is_measured
from mlpm_magics.lifecycle.fingerprints import card_digest
from mlpm_magics.lifecycle.parts.baseline import BaselinePart
from mlpm_magics.lifecycle.proofs.proof import Proof
from mlpm_magics.lifecycle.stamp import on_one_line
from mlpm_magics.lifecycle.state import State
from mlpm_magics.lifecycle.typed import table_line

RESTS_ON = ("baseline",)
_MANY_LOOKS = 10


def found(criterion: GateCriterion, state: State) -> Proof:
    """What the last baseline says to it."""
    if state.baseline is None:
        return Proof(None, "no baseline is recorded yet")
    return _ASKED[criterion.asks[0]](state.baseline, state)


def to_type(criterion: GateCriterion, state: State) -> str:
    """The same baseline again where that can change the answer, else what can, or how to go on without it."""
    part, asked = state.baseline, criterion.asks[0]
    again = table_line("%ml_baseline", state)
    if part is None or part.card not in ("", card_digest(state)):
        return again
    field = _wanting(asked, part, state)
    if field:
        return f'%ml_lifecycle set {field} "…"'
    kind = knowledge().problem_types.get(part.kind)
    group = kind.groups_by if kind else "group"
    if asked == "slices" and not (part.groups or group in part.roles or _instead(part, "no_groups")):
        return f"{again} --{group} COLUMN"
    return f'%ml_lifecycle waive {criterion.id} --because "…"'


def _wanting(asked: str, part: BaselinePart, state: State) -> str:
    """The field of the problem card without which it cannot be told; "" where it is not that."""
    known, card = knowledge(), card_of(knowledge(), state)
    line = next((line for line in card.lines if line.role == "kill_line"), None)
    match asked:
        case "slices" if part.groups and part.floor is None and "floor" not in state.card:
            return "floor"
        case "threshold" if part.priced == "no" and not _instead(part, "no_threshold"):
            names = ("cost_wrong_yes", "cost_wrong_no")
            return next((name for name in names if card.amount(name) is None), "")
        case "kill_line" if "kill_line" not in state.card and not part.line:
            return "kill_line"
        case "kill_line" | "reachable" if part.line == "cannot_tell" and line is not None:
            if line.measure == "money":
                return next(iter(line.wanting), "")
            return "" if is_measured(known, line.text, part.kind) else "kill_line"
    return ""


def _split(part: BaselinePart, state: State) -> Proof:
    times = state.looks[part.holdout].times if part.holdout in state.looks else 1
    looked = "once" if times == 1 else f"{times} times"
    if times > _MANY_LOOKS:
        return Proof(False, f"its hold-out was looked at {looked}; a result chosen that often is too good")
    return Proof(True, f"split {part.split}; the hold-out was looked at {looked}")


def _beats(part: BaselinePart, state: State) -> Proof:
    measured = _measured(part)
    if part.beats == "cannot_tell":
        return Proof(None, f"the baseline cannot tell yet whether it beats the best guess{measured}")
    if part.beats == "no_better":
        return Proof(False, f"the baseline is no better than the best guess{measured}")
    return _agreed("margin", part, state) or Proof(
        True, f"the best guess is beaten by {shown(part.chosen, 60)}{measured}"
    )


def _measured(part: BaselinePart) -> str:
    """The gain over the best guess with its interval; in a file from before it was kept, the result."""
    if part.over_text:
        return f": {part.over_text}"
    result = part.result
    return (
        f" ({result.unit} {result.value:.3g}, 90 % interval {result.low:.3g} to {result.high:.3g})"
        if result
        else ""
    )


def _agreed(field: str, part: BaselinePart, state: State) -> Proof | None:
    """What the line on the card says, where there is one; a line that was moved is held against nothing."""
    if field not in state.card:
        return None
    held = part.agreed.get(field)
    if held is None or held.stated != on_one_line(state.card[field].text):
        when = "changed after the baseline" if held else "set after the baseline"
        return Proof(None, f"the {field} on the problem card was {when}; run it again")
    return Proof({"passed": True, "missed": False}.get(held.answer), held.text.rstrip("."))


def _kill_line(part: BaselinePart, state: State) -> Proof:
    if not part.line:
        why = (
            "it is not in the money of the costs, such as “stop below 2,000 EUR a month”"
            if "kill_line" in state.card
            else "none is on the problem card"
        )
        return Proof(None, f"the baseline was not held against the kill line: {why}")
    why = on_one_line(part.line_text).rstrip(".")
    return Proof({"above": True, "below": False}.get(part.line), why or f"the result is {part.line} the line")


def _reachable(part: BaselinePart, state: State) -> Proof:
    if part.line:
        return _kill_line(part, state)
    return _beats(part, state)


def _slices(part: BaselinePart, state: State) -> Proof:
    if part.below:
        return Proof(False, f"{part.below} of {part.groups} groups fall below the lowest accepted result")
    agreed = None if part.floor is not None else _agreed("floor", part, state)
    if agreed is not None and agreed.holds is not True:
        return agreed
    if part.worse:
        return Proof(False, f"{part.worse} of {part.groups} groups are served worse than the others")
    if not part.groups:
        return Proof(None, _instead(part, "no_groups") or "no group was looked at")
    if agreed is not None:
        return agreed
    if part.floor is None:
        return Proof(None, f"{part.groups} groups were looked at, without a lowest accepted result")
    return Proof(True, f"none of {part.groups} groups falls below {part.floor:g}")


def _calibration(part: BaselinePart, state: State) -> Proof:
    if part.chances == "calibrated":
        return Proof(True, "of the cases given a chance, about that share came true")
    if part.chances == "off":
        return Proof(False, "the chances it gives are off")
    return Proof(None, _instead(part, "no_chances") or "the baseline cannot tell whether its chances hold")


def _threshold(part: BaselinePart, state: State) -> Proof:
    if part.threshold is None and part.kind == "classification" and part.priced == "yes":
        return Proof(True, "from the costs of mix-ups: each case is given the answer expected to cost least")
    if part.threshold is None and (words := _instead(part, "no_threshold")):
        return Proof(None, words)
    if part.threshold is None or part.priced == "no":
        return Proof(None, "the baseline had no costs to set a threshold from")
    return Proof(True, f"from the costs: act above a chance of {part.threshold:.0%}")


def _instead(part: BaselinePart, what: str) -> str:
    """Why problems of this family have no such thing, and what would settle it; "" where they have it."""
    kind = knowledge().problem_types.get(part.kind)
    said = str(getattr(kind, what)) if kind and what else ""
    return (said[:1].lower() + said[1:]).rstrip(".")


_ASKED: dict[str, Callable[[BaselinePart, State], Proof]] = {
    "split": _split,
    "beats": _beats,
    "kill_line": _kill_line,
    "reachable": _reachable,
    "slices": _slices,
    "calibration": _calibration,
    "threshold": _threshold,
}
