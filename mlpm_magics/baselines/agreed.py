"""The kill line, margin and floor that were agreed on before, held against what was measured.

Passed or missed only where the 90 % interval lies on one side of the line. A floor is held against each
group, its interval widened for how many there are; where a group is too small to tell, so is the floor.

Source: the line is drawn before the result is seen (Google, Introduction to ML Problem Framing); Bonferroni's
inequality.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from mlpm_magics.catalogue import find, knowledge
from mlpm_magics.entries import LineMeasure
from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import Agreed, AgreedLine, KillLine, Side

Measured = Callable[[str], Gap | None]  # the id of a measure -> its value on the test rows
# the same per group, in words; None: too few rows, or where it is the whole that it is not measured by group
Parts = Callable[[str], Mapping[str, Gap | None] | None]
_ANSWERS: dict[str, Side] = {"passed": "above", "missed": "below", "cannot_tell": "cannot_tell"}
_CALLED = {"kill_line": "the line where you stop", "margin": "the agreed margin", "floor": "the agreed floor"}


def read_lines(given: object) -> tuple[AgreedLine, ...]:
    """Lines as `project.card.lines` gives them.

    Raises:
        InvalidValueError: for anything else.
    """
    if not isinstance(given, Sequence) or not all(isinstance(line, AgreedLine) for line in given):
        raise InvalidValueError(
            "takes the lines of a problem card, such as `project.card.lines`", where="lines"
        )
    for line in given:
        if line.measure not in ("", "money"):
            find(knowledge().line_measures, line.measure, "measure", "lines")
    return tuple(given)


def held(
    lines: Sequence[AgreedLine], kind: str, rows: int, measured: Measured, parts: Parts | None
) -> tuple[Agreed, ...]:
    """Each line with its answer.

    Args:
        lines: what was agreed.
        kind: `yes_or_no`, `classes`, `number`, or the type of the problem.
        rows: how many test rows there are.
        measured: the value of a measure on all of them.
        parts: the same per group; None where no group was named.
    """
    return tuple(_one(line, kind, rows, measured, parts) for line in lines)


def kill_line_from(agreed: Sequence[Agreed]) -> KillLine | None:
    """The kill line, where one of the measured lines is it."""
    for line in agreed:
        if line.role == "kill_line" and None not in (line.value, line.line, line.interval):
            return KillLine(
                line=line.line or 0.0,
                unit=knowledge().line_measures[line.measure].title,
                gain=line.value or 0.0,
                interval=line.interval or (0.0, 0.0),
                answer=_ANSWERS[line.answer],
                sentence=line.sentence,
            )
    return None


def _one(line: AgreedLine, kind: str, rows: int, measured: Measured, parts: Parts | None) -> Agreed:
    entry = knowledge().line_measures.get(line.measure)
    why = _unmeasured(line, entry, kind)
    if entry is None or why:
        return _open(line, why)
    goal = _goal(line)
    if goal is None:
        return _open(
            line,
            f"how good today's way is has no {entry.title} on the problem card. Set in the same "
            'measure (`%ml_lifecycle set current_quality "…"`) it can be told',
        )
    if line.role == "floor":
        by_group = parts(line.measure) if parts else {}
        if by_group is None:
            return _open(line, f"the {entry.title} is not measured group by group here")
        return _floor(line, entry, goal, by_group)
    found = measured(line.measure)
    return _open(line, "nothing was measured") if found is None else _whole(line, entry, goal, found, rows)


def _unmeasured(line: AgreedLine, entry: LineMeasure | None, kind: str) -> str:
    """Why this line cannot be held against a result, and what would settle it; "" where it can."""
    if line.measure == "money":
        return _unpriced(line)
    fits = [m.title for m in knowledge().line_measures.values() if kind in m.answers]
    if not fits:
        called = kind.replace("_", " ")
        return f"none of the measures that a line can name exists for {called}; judge it by the ladder"
    again = f'Say it as one of these: {"; ".join(fits)} (`%ml_lifecycle set {line.role} "…"`)'
    if line.role == "kill_line":
        again += ", or in money per period, once both costs and the volume are on the problem card"
    if entry is None:
        return f"it names nothing that a baseline measures here. {again}"
    if kind not in entry.answers:
        return f"it is about the {entry.title}, which there is not for this target. {again}"
    if line.number is None:
        units = {"error": "a number in the unit of the target", "agreement": "a number from 0 to 1"}
        unit = units.get(line.measure, "in per cent")
        return f"the {entry.title} is {unit}. Set it so and it can be told"
    return ""


def _unpriced(line: AgreedLine) -> str:
    """Why a line in money was not held against money."""
    if line.wanting:
        lines = ", ".join(f'`%ml_lifecycle set {field} "…"`' for field in line.wanting)
        return f"it is in money, and what turns a result into money is not on the problem card: {lines}"
    return (
        "it is in money, and the result is not: the costs on the problem card are in another unit, or "
        "nothing here goes wrong in two ways that have a price"
    )


def _goal(line: AgreedLine) -> float | None:
    """The number to hold the result against."""
    if line.against == "itself":
        return line.number
    if line.today is None or line.number is None:
        return None
    return line.today + line.number if line.against == "today_plus" else line.today * line.number


def _whole(line: AgreedLine, entry: LineMeasure, goal: float, found: Gap, rows: int) -> Agreed:
    answer = _side(entry, goal, found)
    word = {"passed": "reaches", "missed": "misses", "cannot_tell": "may or may not reach"}[answer]
    needed = found.rows_needed(goal, rows) if answer == "cannot_tell" else None
    more = f" About {needed:,} test rows would tell." if needed else ""
    if answer == "cannot_tell" and not needed:
        more = " It lies too near the line for more rows to tell; agree on what you do then."
    value = _with_interval(line.measure, found)
    sentence = f"It {word} {_CALLED[line.role]}: the {entry.title} is {value}, {_meant(line, goal)}.{more}"
    return _agreed(line, answer, sentence, goal, found)


def _floor(line: AgreedLine, entry: LineMeasure, goal: float, parts: Mapping[str, Gap | None]) -> Agreed:
    known = {name: gap for name, gap in parts.items() if gap is not None}
    if not parts:
        return _open(line, "no group was looked at. Name one with `--group COLUMN`")
    if not known:
        return _open(line, "every group has too few test rows. More rows would tell")
    sign = -1 if entry.lower_is_better else 1
    name, worst = min(known.items(), key=lambda item: sign * item[1].effect)
    sides = [_side(entry, goal, gap) for gap in known.values()]
    few = len(parts) - len(known)
    answer = "missed" if "missed" in sides else "passed" if set(sides) == {"passed"} and not few else ""
    value = _with_interval(line.measure, worst)
    served = f"the {entry.title} is {value} in {name}, the worst of {len(known)}, {_meant(line, goal)}"
    rest = f" {few} more {'has' if few == 1 else 'have'} too few test rows." if few else ""
    if answer == "missed":
        many = sides.count("missed")
        groups = "One group misses" if many == 1 else f"{many} groups miss"
        return _agreed(line, "missed", f"{groups} the agreed floor: {served}.{rest}", goal, worst, name)
    if answer == "passed":
        words = f"Every group reaches the agreed floor: {served}."
        return _agreed(line, "passed", words, goal, worst, name)
    unsure = "It cannot be told whether every group reaches the agreed floor"
    words = f"{unsure}: {served}.{rest} More rows would tell."
    return _agreed(line, "cannot_tell", words, goal, worst, name)


def _side(entry: LineMeasure, goal: float, found: Gap) -> str:
    sign = -1 if entry.lower_is_better else 1
    low, high = sorted((sign * found.low, sign * found.high))
    return "passed" if low >= sign * goal else "missed" if high < sign * goal else "cannot_tell"


def _meant(line: AgreedLine, goal: float) -> str:
    """The line in words, with how it was made from today's way."""
    said = f"the line is {_value(line.measure, goal)}"
    if line.against == "itself" or line.today is None or line.number is None:
        return said
    today = _value(line.measure, line.today)
    if line.against == "today_times":
        return f"{said} ({line.number:g} times today's {today})"
    step = _value(line.measure, abs(line.number))
    step = step.replace(" %", " points")
    return f"{said} (today's {today} {'and' if line.number >= 0 else 'less'} {step})"


def _with_interval(measure: str, gap: Gap) -> str:
    value, low, high = (_value(measure, number) for number in (gap.effect, gap.low, gap.high))
    return f"{value} ({low} to {high})"


def _value(measure: str, number: float) -> str:
    return f"{number:,.3g}" if measure in ("lift", "error", "agreement") else percent(number)


def _agreed(line: AgreedLine, answer: str, sentence: str, goal: float, found: Gap, part: str = "") -> Agreed:
    return Agreed(
        role=line.role,
        text=line.text,
        measure=line.measure,
        answer=answer,  # type: ignore[arg-type]
        sentence=sentence,
        line=goal,
        value=found.effect,
        interval=found.interval,
        part=part,
    )


def _open(line: AgreedLine, why: str) -> Agreed:
    said = shown(line.text, 80)
    sentence = f"It cannot be told whether {_CALLED[line.role]} is reached (“{said}”): {why}."
    return Agreed(
        role=line.role, text=line.text, measure=line.measure, answer="cannot_tell", sentence=sentence
    )
