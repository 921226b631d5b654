"""The page of a `CaseList`: one line a case, and its facts on demand."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.results import CaseList, KnownCase, Verdict
from mlpm_magics.views import blocks as b
from mlpm_magics.views.cited import cited
from mlpm_magics.views.fit import WORDS

_ORDER: tuple[Verdict, ...] = ("good_fit", "fit_with_cautions", "not_a_fit")
_FEW = 12


def page(report: CaseList) -> b.Page:
    """Build the page: few cases in full, many in one list per verdict."""
    blocks: list[b.Block] = [_headline(report)]
    if len(report.cases) <= _FEW:
        blocks += [_in_full(case) for case in report.cases]
    else:
        blocks += [_listed(report, verdict) for verdict in _ORDER]
    return b.Page(f"Known cases {report.words}".strip(), tuple(blocks))


def _headline(report: CaseList) -> b.Headline:
    total = sum(report.counts.values())
    if report.words and not report.cases:
        return b.Headline("open", "None found", f"None of {total} known cases speaks of “{report.words}”.")
    if report.words:
        text = f"The {len(report.cases)} of {total} known cases nearest to “{report.words}”, nearest first."
        return b.Headline(
            "plain", "", text if len(report.cases) > 1 else f"One of {total} known cases comes near."
        )
    parts = ", ".join(f"{report.counts.get(verdict, 0)} {WORDS[verdict][0].lower()}" for verdict in _ORDER)
    return b.Headline("plain", "", f"{total} known cases: {parts}. Search them with %ml_cases WORDS.")


def _in_full(case: KnownCase) -> b.Section:
    word, tone = WORDS[case.verdict]
    point = b.Point((b.Strong(f"{word}. "), case.reason), tone, _source(case))
    blocks: list[b.Block] = [b.Paragraph(f"“{case.statement}”"), b.Points((point,))]
    if case.same or case.different:
        blocks.append(_compared(case))
    blocks.append(_facts(case))
    return b.Section(case.title, tuple(blocks))


def _source(case: KnownCase) -> b.Text:
    by = "the source says so" if case.verdict_by == "source" else "the verdict is our reading"
    return ("Source: ", *cited(case.source), f"; {by}. {case.notes}".rstrip())


def _compared(case: KnownCase) -> b.Points:
    criteria = knowledge().criteria
    points = []
    for title, names in (("The same here", case.same), ("Different there", case.different)):
        if names:
            told = ", ".join(f"{criteria[name].title.lower()} ({case.facts[name]})" for name in names)
            points.append(b.Point((b.Strong(f"{title}: "), told)))
    return b.Points(tuple(points))


def _facts(case: KnownCase) -> b.Section:
    criteria = knowledge().criteria
    rows = tuple(
        (criteria[name].title, answer, "decisive" if name in case.decisive else "")
        for name, answer in case.facts.items()
    )
    return b.Section(
        "Its facts", (b.Table("Facts of the case", ("Criterion", "Answer", ""), rows),), folded=True
    )


def _listed(report: CaseList, verdict: Verdict) -> b.Section:
    word, tone = WORDS[verdict]
    points = tuple(
        b.Point((b.Strong(case.title), f". {case.reason}"), tone, ("Source: ", *cited(case.source), "."))
        for case in report.cases
        if case.verdict == verdict
    )
    return b.Section(f"{word} ({len(points)})", (b.Points(points),), folded=True)
