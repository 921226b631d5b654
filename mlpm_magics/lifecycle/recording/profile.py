"""What a profile leaves in the project: answers about the data, what the checks found, two fingerprints."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from mlpm_magics.errors import shown
from mlpm_magics.lifecycle.fingerprints import digest
from mlpm_magics.lifecycle.parts.data import DataPart, FoundPart, SaidPart
from mlpm_magics.lifecycle.stamp import Stamp, Step, named, on_one_line, words_of
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results import Answer, ReadinessReport, still_open


def record(state: State, report: ReadinessReport, stamp: Stamp) -> Step:
    """The state with a profile, and what is new in it as a sentence ("" when nothing is)."""
    before = state.data
    told = _said(before.said if before else {}, report, stamp)
    data = DataPart(
        table=on_one_line(report.table),
        rows=report.rows,
        verdict=report.verdict,
        fingerprint=report.fingerprint,
        answers={
            name: Answer(status=answer.status, text=on_one_line(answer.text))
            for name, answer in report.answers.items()
        },
        said=told,
        columns=digest([(column.name, column.kind) for column in report.columns]),
        findings=_findings(report),
        roles=named(report.roles),
        when=stamp.when,
        who=stamp.who,
    )
    if before and msgspec.structs.replace(before, when=stamp.when, who=stamp.who) == data:
        return state, ""
    left = still_open(data.verdict, data.answers)
    what = f"Profile of {shown(data.table, 60)!r} ({data.rows:,} rows): {words_of(data.verdict)}{left}."
    fresh = [name for name, one in told.items() if before is None or before.said.get(name) != one]
    if fresh:
        what += f" Answered: {', '.join(f'{name} {told[name].answer}' for name in fresh)}."
    return msgspec.structs.replace(state, data=data), what


def said(report: ReadinessReport) -> str:
    """The report in a few words."""
    left = still_open(report.verdict, report.answers)
    return f"profile of {shown(report.table, 60)!r}: {words_of(report.verdict)}{left}"


def _findings(report: ReadinessReport) -> dict[str, FoundPart]:
    """Each check that found something, at its worst; findings come worst first."""
    found: dict[str, FoundPart] = {}
    for finding in report.findings:
        text = on_one_line(finding.message) if finding.severity != "info" else ""
        part = FoundPart(severity=finding.severity, question=finding.question, text=text)
        found.setdefault(finding.check, part)
    return found


def _said(old: Mapping[str, SaidPart], report: ReadinessReport, stamp: Stamp) -> dict[str, SaidPart]:
    """What people answered, with who did and when; what was said before keeps its stamp."""
    kept: dict[str, SaidPart] = {}
    for name, one in report.said.items():
        part = SaidPart(answer=one.answer, because=on_one_line(one.because), when=stamp.when, who=stamp.who)
        was = old.get(name)
        same = was is not None and (was.answer, was.because) == (part.answer, part.because)
        kept[name] = was if was is not None and same else part
    return kept
