"""From findings to the ten answers, and from the answers to a verdict and its sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.entries import DataQuestion
from mlpm_magics.evidence.columns.growth import growth
from mlpm_magics.evidence.columns.people import may_hold_names
from mlpm_magics.readiness.found import named, of, percent, plural
from mlpm_magics.results import Answer, Finding, NotRun, Readiness, Severity, Status
from mlpm_magics.table import Table

_STATUS: dict[Severity, Status] = {"blocker": "blocker", "warning": "caution"}
_WORDS: dict[Severity, str] = {"blocker": "blocker", "warning": "warning", "info": "note"}
_MATTERS = 0.01
_BAD = ("caution", "blocker")
_MORE = "Whoever owns the data could settle it, or more rows where there are too few."
_AGAIN = "Run it again, and give it more time."
_TABLE_CAN_TELL = ("available", "sufficient", "high_quality", "relevant", "privacy", "security")


def answer_all(
    table: Table,
    known: Knowledge,
    findings: Sequence[Finding],
    stopped: Mapping[str, Sequence[NotRun]],
) -> dict[str, Answer]:
    """The answer to each question.

    Args:
        table: what was asked about.
        known: the questions.
        findings: worst first.
        stopped: by question, the checks that had what they need and still could not tell.
    """
    return {
        question.id: _answer(
            table, question, [f for f in findings if f.question == question.id], stopped.get(question.id, ())
        )
        for question in known.data_questions.values()
    }


def _answer(
    table: Table, question: DataQuestion, findings: Sequence[Finding], stopped: Sequence[NotRun]
) -> Answer:
    counted = [finding for finding in findings if finding.severity in _STATUS]
    if counted:
        more = f" And {plural(len(counted) - 1, 'more finding')}." if len(counted) > 1 else ""
        return Answer(status=_STATUS[counted[0].severity], text=counted[0].message + more)
    lacking = _lacking(table, question.id)
    if lacking:
        return Answer(status="unknown", text=f"{lacking} {question.settle}".strip())
    if stopped:
        said = "; ".join(dict.fromkeys(_sentence(item.reason) for item in stopped))
        cut = all(item.reason.startswith(("out of time", "interrupted")) for item in stopped)
        return Answer(status="unknown", text=f"{said}. {_AGAIN if cut else _MORE}")
    notes = f" {plural(len(findings), 'note')} below." if findings else ""
    numbers = _numbers(table, question.id)
    besides = f" {question.passed_texts}" if question.passed_texts and _may_hold_names(table) else ""
    return Answer(status="pass", text=f"{numbers} {question.passed}{besides}{notes}".strip())


def _may_hold_names(table: Table) -> bool:
    """Whether any column holds texts of which some could be names of people."""
    return any(column.is_read and may_hold_names(column) for column in table.columns)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".")


def _lacking(table: Table, question: str) -> str:
    """What the table, or whoever asks, has not told; "" where the question can be answered."""
    match question:
        case "accessible":
            return "A table cannot tell."
        case "available" | "relevant" if table.target is None:
            return "Nothing was named as the target."
        case "sufficient" if table.target is None:
            return f"{plural(table.total, 'row')}, but nothing was named as the target."
        case "fresh" if table.time is None:
            return "No column was named as the time."
        case "fresh" if table.moments is None:
            return f"`{table.time.name}` cannot be read as dates." if table.time else ""
        case "representative" if table.reference is None and not table.groups:
            return "There is nothing to compare with."
        case "unbiased" if not table.groups:
            return "No group was named."
        case "unbiased" if table.target is None:
            return "No target was named, so outcomes were not compared."
    return ""


def _numbers(table: Table, question: str) -> str:
    """What was looked at, in numbers."""
    target, columns = table.target, plural(len(table.columns), "column")
    match question:
        case "available" if target:
            return f"`{target.name}` is filled in {of(table.total - target.total_missing, table.total)}."
        case "sufficient" if target:
            smallest = ""
            if table.task == "classes" and target.distinct:
                counts = target.total_counts[target.total_counts > 0]
                smallest = f", {counts.min():,} in the rarest of {plural(len(counts), 'class', 'classes')}"
            size = f"{plural(table.total, 'row')}{smallest}, {plural(len(table.features), 'input')}."
            return f"{size} {_more_rows(table)}".strip()
        case "high_quality":
            worst = max(table.columns, key=lambda c: c.total_missing, default=None)
            if worst is None or not worst.total_missing:
                return f"{columns}, none with missing values."
            return (
                f"{columns}; at most {percent(worst.total_missing / table.total)} missing (`{worst.name}`)."
            )
        case "fresh" if table.moments is not None and len(table.moments.filled):
            age = _days_old(table)
            return f"The newest row is {plural(age, 'day')} older than {table.as_of.isoformat()}."
        case "representative":
            groups = f"groups of {named(tuple(c.name for c in table.groups))}" if table.groups else ""
            other = f"the reference of {plural(table.reference.total, 'row')}" if table.reference else ""
            return f"Compared: {' and '.join(filter(None, (groups, other)))}."
        case "unbiased":
            return f"Compared: groups of {named(tuple(c.name for c in table.groups))}."
        case "privacy" | "security":
            return f"{columns} looked at."
    return ""


def _more_rows(table: Table) -> str:
    """What twice the rows would bring, as far as a quick model can tell."""
    curve = growth(table)
    if curve is None or curve.explained <= 0:
        return ""
    if curve.at_most < _MATTERS:
        return f"From {curve.rows // 2:,} to {curve.rows:,} rows, a quick model hardly learned more."
    if curve.at_least < _MATTERS:
        return "Whether twice the rows would help, a quick model cannot tell."
    return f"Up to {curve.rows:,} rows, a quick model went on learning."


def _days_old(table: Table) -> int:
    newest = int(table.moments.filled.max()) // 86_400 if table.moments is not None else 0
    return max(0, table.as_of.toordinal() - 719_163 - newest)


def verdict_of(
    table: Table,
    findings: Sequence[Finding],
    told: Mapping[str, Answer],
    answers: Mapping[str, Answer],
    cut: str,
) -> tuple[Readiness, str]:
    """The verdict, and one sentence that says it with the worst finding.

    Args:
        table: what was asked about.
        findings: worst first.
        told: the answers of the table alone; a question that it could answer and did not is a caution.
        answers: the same with what people said.
        cut: the sentence that says why the checks ended early; "" where they did not.
    """
    counts = Counter(finding.severity for finding in findings)
    unknown = [name for name, answer in answers.items() if answer.status == "unknown"]
    could_be_told = [name for name in _TABLE_CAN_TELL if told[name].status == "unknown"]
    if told["fresh"].status == "unknown" and any(c.is_read and c.dates is not None for c in table.columns):
        could_be_told.append("fresh")
    size = f"{plural(table.total, 'row')} and {plural(len(table.columns), 'column')}"
    start = f"{cut} " if cut else ""
    worse = [n for n, a in answers.items() if a.status != told[n].status and a.status in _BAD]
    denied = f" Your own answer puts in question: {_listed(worse)}." if worse else ""
    blocked = any(answer.status == "blocker" for answer in answers.values())
    still_open = f" Still open: {_listed(unknown)}." if unknown else ""
    left = "" if blocked or cut else still_open  # a no needs no more questions
    notes = f" ({plural(counts['info'], 'note')} below)" if counts["info"] else ""
    # what was not looked at is never a pass
    verdict: Readiness = "not_ready" if blocked or cut else "ready_with_cautions"
    nothing = f"Nothing was found{' so far' if cut else ''} that speaks against {size}{notes}."
    if counts["blocker"] or counts["warning"]:
        said = " and ".join(plural(counts[s], _WORDS[s]) for s in ("blocker", "warning") if counts[s])
        return verdict, f"{start}{said} in {size}. First: {findings[0].message}{denied}{left}"
    if worse:
        return verdict, f"{start}{nothing}{denied}{still_open}"
    if could_be_told or cut:
        return verdict, f"{start}{nothing}{still_open}"
    return "ready", f"{nothing}{still_open}"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)
