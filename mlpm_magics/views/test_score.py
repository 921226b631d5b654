"""The page of the ML Test Score: the number, what it means, and the tests by section."""

from __future__ import annotations

from mlpm_magics.results import MlTestScore, ScoredTest
from mlpm_magics.views import blocks as b
from mlpm_magics.views.cited import cited

_TONES: dict[str, b.Tone] = {"no": "open", "manual": "caution", "automated": "good"}
_WORDS = {"no": "Not done", "manual": "By hand", "automated": "By machine"}
_MOST = 7.0


def page(report: MlTestScore) -> b.Page:
    """Build the page."""
    tone: b.Tone = "bad" if report.score == 0 else "caution" if report.score <= 2 else "good"
    sums = tuple((section, value, _tone(value)) for section, value in report.sums.items())
    said = "; ".join(f"{section} {value:g}" for section, value in report.sums.items())
    rule = (
        "A test counts 0.5 when it is done by hand and written down, and 1 when it runs by itself. The "
        "score is the lowest of the four sums: a product is as well tested as its weakest section."
    )
    blocks: list[b.Block] = [
        b.Headline(tone, f"{report.score:g} of 7", f"{report.reading} Weakest: {report.weakest}."),
        b.Picture(b.Bars(sums, "", _MOST), said),
        b.Paragraph(rule),
    ]
    for section in report.sums:
        tests = tuple(_test(test) for test in report.tests if test.section == section)
        title = f"{section.capitalize()}: {report.sums[section]:g} of {len(tests)}"
        blocks.append(b.Section(title, (b.Points(tests),), folded=section != report.weakest))
    blocks.append(
        b.Paragraph(("To set one: ", b.Code("%ml_lifecycle test TEST manual"), ", automated or no."))
    )
    blocks.append(b.Paragraph(("Source: ", *cited(report.source), ".")))
    return b.Page(f"{report.name}: the ML Test Score", tuple(blocks))


def _tone(value: float) -> b.Tone:
    return "bad" if value == 0 else "caution" if value <= 2 else "good"


def _test(test: ScoredTest) -> b.Point:
    by = f" ({test.who}, {test.when})" if test.when else ""
    text: b.Text = (b.Strong(_WORDS[test.how]), f": {test.title}  ", b.Code(test.id))
    return b.Point(text, _TONES[test.how], f"{test.text}{by}")
