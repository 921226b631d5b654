"""What a baseline leaves in the project: its figures, and one more look at its hold-out."""

from __future__ import annotations

import msgspec

from mlpm_magics.errors import shown
from mlpm_magics.lifecycle.fingerprints import card_digest
from mlpm_magics.lifecycle.parts.baseline import BaselinePart, HeldLine, Looked, MeasuredGain
from mlpm_magics.lifecycle.stamp import Stamp, Step, full_stop, named, on_one_line
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import Agreed, BaselineReport

_VERDICTS = {
    "beats_baseline": "beats the best guess",
    "no_better": "no better than the best guess",
    "cannot_tell": "cannot tell yet whether it beats the best guess",
}

_UNITS = {"lower": "share of the best guess's error", "higher": "share of the measure"}


def record(state: State, report: BaselineReport, stamp: Stamp) -> Step:
    """The state with a baseline and one more look at its hold-out, and that as a sentence."""
    part = msgspec.structs.replace(part_of(report, stamp), card=card_digest(state))
    digest = report.holdout.digest
    before = state.looks.get(digest)
    times = max((before.times if before else 0) + 1, report.holdout.looks)
    looks = {**state.looks, digest: Looked(times=times, when=stamp.when, who=stamp.who)}
    after = msgspec.structs.replace(state, baseline=part, looks=looks)
    looked = f"Look {times} at this hold-out" if times > 1 else "First look at this hold-out"
    line = f" {full_stop(part.line_text.partition('. ')[0])}" if part.line_text else ""
    what = f"Baseline for {shown(part.target, 60)!r} on {shown(part.table, 60)!r}: {_VERDICTS[part.beats]}."
    over = f" Measured: {part.over_text}." if part.over_text else ""
    return after, f"{what}{over}{line} {looked}."


def said(report: BaselineReport) -> str:
    """The report in a few words."""
    return f"baseline on {shown(report.table, 60)!r}: {_VERDICTS[report.verdict]}"


def part_of(report: BaselineReport, stamp: Stamp) -> BaselinePart:
    """What of a baseline is kept."""
    rung, threshold, line = report.rung, report.threshold, report.kill_line
    paid, over = report.paid, report.over
    calibration = report.calibration
    unmeasured = next((a.sentence for a in report.agreed if a.role == "kill_line"), "")
    return BaselinePart(
        table=on_one_line(report.table),
        target=on_one_line(report.target),
        rows=report.rows,
        beats=report.verdict,
        sentence=on_one_line(report.sentence),
        digest=report.fingerprint,
        holdout=report.holdout.digest,
        split=report.split.asked,
        split_by=report.split.by,
        chosen=on_one_line(rung.title) if rung else "",
        result=_gain(rung.value, rung.interval, report.measure) if rung else None,
        over=_gain(over.value, over.interval, _UNITS[over.unit]) if over else None,
        over_text=on_one_line(over.words) if over else "",
        saved=_gain(paid.saved, paid.saved_interval, paid.costs.unit) if paid and paid.costs else None,
        period=paid.costs.period if paid and paid.costs else "",
        line=line.answer if line else "cannot_tell" if unmeasured else "",
        line_text=on_one_line(line.sentence if line else unmeasured),
        agreed={line.role: _agreed(line) for line in report.agreed if line.role != "kill_line"},
        groups=sum(part.standing != "too_few" for part in report.slices),
        worse=sum(part.standing == "worse" for part in report.slices),
        below=sum(part.standing == "below_floor" for part in report.slices),
        floor=report.floor,
        threshold=_rounded(threshold.at) if threshold else None,
        priced="yes" if paid and paid.costs else "no",
        chances=calibration.answer if calibration else "",
        wrong={mistake.kind: _rounded(mistake.share) for mistake in report.mistakes},
        kind=report.problem_type,
        roles=named(report.roles),
        when=stamp.when,
        who=stamp.who,
    )


def _agreed(line: Agreed) -> HeldLine:
    return HeldLine(answer=line.answer, stated=on_one_line(line.text), text=on_one_line(line.sentence))


def _gain(value: float | None, interval: tuple[float, float] | None, unit: str) -> MeasuredGain | None:
    if value is None or interval is None:
        return None
    low, high = interval
    value, low, high = (_rounded(number, 6) for number in (value, low, high))
    return MeasuredGain(value=value, low=low, high=high, unit=on_one_line(unit))


def _rounded(value: float, figures: int = 4) -> float:
    """As many figures as mean something: a file for `git diff` is no place for noise."""
    return float(f"{value:.{figures}g}")
