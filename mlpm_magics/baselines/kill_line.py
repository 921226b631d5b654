"""The line below which the PM stops, held against what was measured.

Source: the kill line is set before anything is built (Google, Introduction to ML Problem Framing).
"""

from __future__ import annotations

import msgspec

from mlpm_magics.errors import InvalidValueError
from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import KillLine, Priced, PricedMixUps, Side, Threshold


def read_line(given: object) -> float | None:
    """A kill line or a floor: any number.

    Raises:
        InvalidValueError: for anything else.
    """
    if given is None:
        return None
    if isinstance(given, int | float) and not isinstance(given, bool) and abs(given) < float("inf"):
        return float(given)
    raise InvalidValueError("is a number, such as 5000 or 0.1", where="kill_line")


def kill_line_of(line: float, skill: Gap, paid: Threshold | Priced | PricedMixUps | None) -> KillLine:
    """The line against what is saved per period where costs are known, else against the share explained."""
    if paid is not None and paid.saved_interval is not None and paid.costs is not None:
        costs = paid.costs
        unit = f"{costs.unit} saved per {costs.period}".strip()
        gain, interval = paid.saved or 0.0, paid.saved_interval
        words = [f"{value:,.0f}" for value in (line, gain, *interval)]
    else:
        if line > 1:
            raise InvalidValueError(
                "without costs, the line is a share of what can be explained, from 0 to 1",
                where="kill_line",
                hint="Add --cost-fp and --cost-fn for a line in money",
            )
        unit, gain, interval = "share explained", skill.effect, skill.interval
        words = [percent(value) for value in (line, gain, *interval)]
    side: Side = "above" if interval[0] > line else "below" if interval[1] < line else "cannot_tell"
    told = {
        "above": "The gain is above your line",
        "below": "The gain is below the line where you said you would stop",
        "cannot_tell": "It cannot be told whether the gain is above your line",
    }[side]
    unit_words = "" if unit == "share explained" else f" {unit}"
    sentence = f"{told}: {words[1]}{unit_words} ({words[2]} to {words[3]}), the line is {words[0]}."
    return KillLine(line=line, unit=unit, gain=gain, interval=interval, answer=side, sentence=sentence)


def undecided(found: KillLine) -> KillLine:
    """The same where a guess falls short and it cannot be told whether a model does better."""
    sentence = (
        "It cannot be told whether a model would come above your line: what was chosen is a guess that falls "
        "short of it, and whether a model does better is not known yet."
    )
    return msgspec.structs.replace(found, answer="cannot_tell", sentence=sentence)
