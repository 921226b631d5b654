"""The parts of a baseline's page that open on demand: groups, breakdowns, stories, the rule, the figures."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import BaselineReport, PricedMixUps, Story
from mlpm_magics.views import blocks as b

_STANDINGS = {
    "as_others": "as the others",
    "worse": "worse than the others",
    "below_floor": "below the floor",
    "too_few": "too few rows to tell",
}


AXES = {
    "forecasting": "error saved",
    "ranking": "of the best order",
    "anomaly_detection": "of what alerts can catch",
    "clustering": "agreement",
    "recommendation": "people served",
}
_SLICED = {"ranking": "in front of its own", "anomaly_detection": "caught of its own"}
_WORSE = "A part is called worse only where the interval of its difference to the others says so."
_NOTES = {
    "forecasting": f"Error saved is against the last value of the same series. {_WORSE}",
    "ranking": (
        "How much of what each part is worth stands in front. A wrong yes stands in front and is a no; a "
        f"wrong no is a yes that was not shown. {_WORSE}"
    ),
    "anomaly_detection": (
        "How many of the known cases of each part have an alert. A wrong yes is a false alarm, a wrong no a "
        f"known case without an alert. {_WORSE}"
    ),
    "recommendation": f"The others were shown nothing that they took later. {_WORSE}",
}


def slices(report: BaselineReport) -> list[b.Block]:
    """Each part of the test rows with its measure."""
    if not report.slices:
        return []
    rates = any(part.wrong_yes for part in report.slices)
    own = _SLICED.get(report.problem_type, AXES.get(report.problem_type))
    head = ("Part", "Test rows" if own is None else "Cases", up(own or "explained"), "Standing")
    rows: list[tuple[b.Cell, ...]] = [
        (
            (b.Code(part.by), f" {part.name}"),
            f"{part.rows:,}",
            _interval(part.value, part.interval),
            _STANDINGS[part.standing],
            *((_rate(part.wrong_yes), _rate(part.wrong_no)) if rates else ()),
        )
        for part in report.slices
    ]
    more = ("Wrong yes, of the no", "Wrong no, of the yes") if rates else ()
    table = b.Table("Part by part", (*head, *more), tuple(rows))
    note = _NOTES.get(report.problem_type) or (
        "Explained is measured against each part's own average. A part is called worse only where the "
        "interval of its difference to the others says so. Shares of wrong answers that differ can be unfair "
        "without that."
    )
    return [b.Section("Who is served how well?", (table, b.Paragraph(note)), folded=True)]


def mixed_up(found: PricedMixUps) -> b.Table:
    """The mix-ups that cost most in sum."""
    many, unit = found.costs.decisions, f" {found.costs.unit}" if found.costs.unit else ""
    rows: tuple[tuple[b.Cell, ...], ...] = tuple(
        (
            f"{one.was} taken for {one.said}",
            f"{many * one.share:,.0f}",
            f"{many * one.interval[0]:,.0f} to {many * one.interval[1]:,.0f}",
            f"{one.each:,g}{unit}",
            f"{many * one.share * one.each:,.0f}{unit}",
        )
        for one in found.mixups
    )
    head = ("", "About", "90 % interval", "Each costs", "Together")
    return b.Table(f"The dearest mix-ups per {found.costs.period}, on the test part", head, rows)


def breakdowns(report: BaselineReport) -> list[b.Block]:
    """The rungs by horizon, length or budget: a table each."""
    titles = {rung.id: rung.title for rung in report.ladder}
    sections: list[b.Block] = []
    for part in report.breakdowns:
        ids = tuple(dict.fromkeys(name for row in part.rows for name in row.values))
        rows: list[tuple[b.Cell, ...]] = [
            (titles.get(name, name), *(_three(row.values.get(name)) for row in part.rows)) for name in ids
        ]
        table = b.Table(up(part.measure), ("", *(row.label for row in part.rows)), tuple(rows))
        note = (b.Paragraph(part.note),) if part.note else ()
        sections.append(b.Section(part.title, (table, *note)))
    return sections


def stories(report: BaselineReport) -> list[b.Block]:
    """Rows the model got wrong, as facts that several rows share."""
    if not report.stories:
        return []
    points = tuple(b.Point(_told(report, story), "plain", "; ".join(story.facts)) for story in report.stories)
    note = (
        "Facts that fewer than five rows share are left out, and so is everything personal. "
        "%ml_empathy tells them as a day in somebody's life."
    )
    return [b.Section("Some that it got wrong", (b.Points(points), b.Paragraph(note)), folded=True)]


def _told(report: BaselineReport, story: Story) -> b.Text:
    surest = "the worst" if story.chance is None else "very sure"
    pick = "typical" if story.pick == "typical" else surest
    said = "" if story.chance is None else f" It said {percent(story.chance)};"
    told = f"{knowledge().day_stories[story.kind].name}, {pick}.{said} `{report.target}` was {story.answer}."
    shared = f" {story.alike:,} rows share this:" if story.facts else ""
    return b.marked(f"{told}{shared}")


def rule(report: BaselineReport) -> list[b.Block]:
    """The best short rule as a sentence and as code."""
    if report.rule is None:
        return []
    inside = (b.Paragraph(b.marked(report.rule.sentence)), b.Listing(report.rule.python))
    return [b.Section("The best short rule, written out", inside, folded=True)]


def figures(report: BaselineReport) -> list[b.Block]:
    """The ladder once more, in the measures people know."""
    names = tuple(dict.fromkeys(name for rung in report.ladder for name in rung.figures))
    rows: list[tuple[b.Cell, ...]] = [
        (
            rung.title,
            "–" if rung.expected is None else f"{100 * rung.expected:.0f} %",
            _interval(rung.value, rung.interval),
            *(f"{rung.figures[name]:,.3g}" if name in rung.figures else "–" for name in names),
        )
        for rung in report.ladder
    ]
    head = ("Rung", "Expected from training", "On the test part", *(up(name) for name in names))
    return [b.Section("The ladder in figures", (b.Table("Rung by rung", head, tuple(rows)),), folded=True)]


def _interval(value: float | None, interval: tuple[float, float] | None) -> str:
    if value is None or interval is None:
        return "–"
    low, high = interval
    return f"{_percent(value)} % ({_percent(low)} to {_percent(high)})"


def _rate(rate: tuple[float, float, float] | None) -> str:
    return "–" if rate is None else f"{100 * rate[0]:.0f} % ({100 * rate[1]:.0f} to {100 * rate[2]:.0f})"


def _three(found: tuple[float, float, float] | None) -> str:
    if found is None:
        return "–"
    return f"{found[0]:.2f}" + ("" if found[1] == found[2] else f" ({found[1]:.2f} to {found[2]:.2f})")


def _percent(share: float) -> str:
    """Without the sign that rounding leaves before a nought."""
    return f"{100 * share:.0f}".replace("-0", "0") if abs(share) < 0.005 else f"{100 * share:.0f}"


def up(text: str) -> str:
    """With a capital in front."""
    return text[:1].upper() + text[1:]
