"""The page of a `ReadinessReport`: the verdict, ten tiles, the findings, the answers, and the columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import shown
from mlpm_magics.results import (
    Answer,
    ColumnSummary,
    Finding,
    Readiness,
    ReadinessReport,
    Severity,
    Status,
    still_open,
)
from mlpm_magics.views import blocks as b

WORDS: dict[Readiness, tuple[str, b.Tone]] = {
    "ready": ("Ready", "good"),
    "ready_with_cautions": ("Ready, with cautions", "caution"),
    "not_ready": ("Not ready", "bad"),
}
STATUS: dict[Status, tuple[str, b.Tone]] = {
    "pass": ("nothing found", "good"),
    "caution": ("caution", "caution"),
    "blocker": ("blocker", "bad"),
    "unknown": ("cannot tell", "open"),
}
_SEVERITY: dict[Severity, b.Tone] = {"blocker": "bad", "warning": "caution", "info": "plain"}
_MOST_COLUMNS = 200
_MOST_NAMED = 12


def page(report: ReadinessReport) -> b.Page:
    """Build the page; everything on it comes from the report and the knowledge base."""
    word, tone = called(report.verdict, report.answers)
    if not report.complete and all(answer.status != "blocker" for answer in report.answers.values()):
        word, tone = "Cannot tell yet", "open"
    blocks: list[b.Block] = [
        b.Headline(tone, word, _marked(report.sentence, report)),
        _tiles(report),
        *_findings(report),
        _answers(report),
        *_counts(report),
        _columns(report),
        *_not_run(report),
        b.Paragraph(_basis(report)),
    ]
    if report.recorded:
        blocks.append(b.Paragraph(report.recorded))
    return b.Page(f"Is {report.table} ready to learn from?", tuple(blocks))


def called(verdict: Readiness, answers: Mapping[str, Answer]) -> tuple[str, b.Tone]:
    """The verdict in a few words; with open questions it says so, and a good one bears no tick."""
    word, tone = WORDS[verdict]
    left = still_open(verdict, answers)
    return f"{word}{left}", "open" if left and tone == "good" else tone


def _tiles(report: ReadinessReport) -> b.Picture:
    titles = knowledge().data_questions
    tiles = tuple(
        (titles[name].title if name in titles else name, *_word(report, name)) for name in report.answers
    )
    return b.Picture(b.Tiles(tiles), "; ".join(f"{name}: {word}" for name, word, _ in tiles))


def _word(report: ReadinessReport, question: str) -> tuple[str, b.Tone]:
    """The answer in a word; where a pass rests on what a person said, that."""
    word, tone = STATUS[report.answers[question].status]
    said = report.said.get(question)
    if said is not None and tone == "good":
        return f"you said {said.answer}", tone
    return word, tone


def _findings(report: ReadinessReport) -> list[b.Block]:
    if not report.findings:
        return []
    points = tuple(
        b.Point(
            _marked(finding.message, report),
            _SEVERITY[finding.severity],
            (*_marked(f"{finding.why} {finding.action}", report), "  ", b.Code(finding.check)),
        )
        for finding in report.findings
    )
    return [b.Section(_title(report.findings), (b.Points(points),))]


def _title(findings: Iterable[Finding]) -> str:
    words = (("blocker", "blocker"), ("warning", "warning"), ("info", "note"))
    counts = [(sum(f.severity == severity for f in findings), word) for severity, word in words]
    listed = ", ".join(f"{count} {word}{'' if count == 1 else 's'}" for count, word in counts if count)
    return f"What was found: {listed}"


def _answers(report: ReadinessReport) -> b.Section:
    known = knowledge().data_questions
    rows: list[tuple[b.Cell, ...]] = []
    for name, answer in report.answers.items():
        word, tone = _word(report, name)
        title = known[name].title if name in known else name
        rows.append((title, f"{b.SIGNS[tone]} {word}", _marked(answer.text, report)))
    table = b.Table("The ten questions", ("Question", "Answer", "Because"), tuple(rows))
    return b.Section("Answers", (table,))


def _counts(report: ReadinessReport) -> list[b.Block]:
    drawn: list[b.Block] = []
    if report.class_counts:
        target = ", ".join(report.roles.get("target", ()))
        drawn += _bars(f"Rows per class of {target}", report.class_counts)
    for column, counts in report.group_counts.items():
        drawn += _bars(f"Rows per group of {column}", counts)
    return drawn


def _bars(title: str, counts: dict[str, int]) -> list[b.Block]:
    if not counts:
        return []
    bars = b.Bars(tuple((name, float(rows), "plain") for name, rows in counts.items()))
    alt = f"{title}: " + ", ".join(f"{name} {rows:,}" for name, rows in counts.items())
    return [b.Section(shown(title), (b.Picture(bars, alt),))]


def _columns(report: ReadinessReport) -> b.Section:
    kept = report.columns[:_MOST_COLUMNS]
    cut = f" (the first {len(kept)} of {len(report.columns):,})" if len(kept) < len(report.columns) else ""
    header = ("Column", "Kind", "Missing", "Distinct", "Spread of the rows")
    table = b.Table(f"What each column holds{cut}", header, tuple(_column(column) for column in kept))
    return b.Section(f"Columns ({len(report.columns):,})", (table,), folded=True)


def _column(column: ColumnSummary) -> tuple[b.Cell, ...]:
    missing = f"{100 * column.missing / column.rows:.1f} %" if column.rows and column.missing else "none"
    role = f"{column.kind} ({column.role})" if column.role else column.kind
    kind = f"{role}, personal" if column.personal else role
    distinct = "-" if column.distinct is None else f"{column.distinct:,}"
    if not column.histogram:
        return (b.Code(column.name), kind, missing, distinct, "-")
    words = f"{len(column.histogram)} bins or levels, {max(column.histogram):,} rows in the fullest"
    return (b.Code(column.name), kind, missing, distinct, b.Picture(b.Spark(column.histogram), words))


def _not_run(report: ReadinessReport) -> list[b.Block]:
    if not report.not_run:
        return []
    by_reason: dict[str, list[str]] = {}
    for item in report.not_run:
        by_reason.setdefault(item.reason, []).append(item.check)
    points: list[b.Point] = []
    for reason, names in by_reason.items():
        listed = [piece for name in names for piece in (b.Code(name), ", ")][:-1]
        points.append(b.Point((*listed, ": ", *_marked(reason, report)), "open"))
    title = f"What was not checked ({len(report.not_run)})"
    return [b.Section(title, (b.Points(tuple(points)),), folded=True)]


def _basis(report: ReadinessReport) -> b.Text:
    part = report.sampled or "Counted on all rows, nothing sampled."
    return (
        "Measured on ", b.Code(report.table), f": {report.rows:,} rows, {len(report.columns):,} columns, "
        f"as of {report.as_of}. {part}",
    )  # fmt: skip


def _marked(text: str, report: ReadinessReport) -> tuple[b.Inline, ...]:
    """Column names in backticks become code; nothing else in the text is taken for a mark."""
    present = [c.name for c in report.columns if f"`{c.name}`" in text] if "`" in text else []
    if not present:
        return (text,)
    longest_first = sorted(present, key=len, reverse=True)
    parts = re.split("|".join(f"(`{re.escape(name)}`)" for name in longest_first), text)
    names = {f"`{name}`" for name in present}
    return tuple(b.Code(part[1:-1]) if part in names else part for part in parts if part)
