"""The page of a `BaselineReport`: a sentence, the ladder, what follows from it, and the rest on demand."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import BaselineReport, BaselineVerdict, Slice, Story
from mlpm_magics.views import blocks as b
from mlpm_magics.views.baseline_plots import cost_curve, reliability
from mlpm_magics.views.evidence import marked

VERDICTS: dict[BaselineVerdict, tuple[b.Tone, str]] = {
    "beats_baseline": ("good", "Better than a simple guess"),
    "no_better": ("bad", "No better than a simple guess"),
    "cannot_tell": ("open", "Cannot tell"),
}
_SIDES: dict[str, b.Tone] = {"above": "good", "below": "bad", "cannot_tell": "open"}
_CALIBRATED: dict[str, b.Tone] = {"calibrated": "good", "off": "caution", "cannot_tell": "open"}
_DEEP = {"yes": "Worth a look.", "no": "No.", "cannot_tell": "Cannot tell."}
_MISTAKES = {
    "wrong_yes": "Wrongly a yes",
    "wrong_no": "Wrongly a no",
    "wrong_answer": "Wrong answer",
    "too_high": "Far too high",
    "too_low": "Far too low",
}
_EXPLAINED = "what is explained"
_AXES = {
    "forecasting": "error saved",
    "ranking": "of the best order",
    "anomaly_detection": "of what alerts can catch",
    "clustering": "agreement",
    "recommendation": "people served",
}
_STANDINGS = {
    "as_others": "as the others",
    "worse": "worse than the others",
    "below_floor": "below the floor",
    "too_few": "too few rows to tell",
}


def page(report: BaselineReport) -> b.Page:
    """Build the page; everything on it comes from the report and the knowledge base."""
    tone, word = VERDICTS[report.verdict]
    words = report.sentence
    if report.kill_line is not None and report.kill_line.answer == "below":
        tone, word, words = "bad", "Below your line", f"{report.kill_line.sentence} {words}"
    blocks: list[b.Block] = [b.Headline(tone, word, marked(words))]
    blocks += _ladder(report)
    blocks.append(_follows(report))
    blocks += _costs(report)
    blocks += _chances(report)
    blocks += _slices(report)
    blocks += _breakdowns(report)
    blocks += _stories(report)
    blocks += _rule(report)
    blocks += _figures(report)
    blocks.append(_done(report))
    if report.recorded:
        blocks.append(b.Paragraph(report.recorded))
    return b.Page(f"Baselines for {report.target or report.problem_type} in {report.table}", tuple(blocks))


def _ladder(report: BaselineReport) -> list[b.Block]:
    if not report.ladder:
        return []
    best = max(rung.value for rung in report.ladder)
    rungs = tuple((r.title, r.value, *r.interval, "chosen" if r.chosen else "") for r in report.ladder)
    words = "; ".join(f"{rung.title} {100 * rung.value:.0f} %" for rung in report.ladder)
    chosen = "" if report.rung is None else f" Chosen on the training part: {report.rung.title}."
    drawn = b.Picture(
        b.Ladder(rungs, max(0.0, best - report.margin), _AXES.get(report.problem_type, _EXPLAINED)),
        f"{_up(report.measure)}: {words}.{chosen}",
    )
    explained = f"The {report.measure}, on the test part, with 90 % intervals; the simplest at the bottom."
    if report.rung is not None and report.rung.expected is not None:
        explained += (
            " The rung marked was chosen before on the training part: the simplest about as good as the best "
            "there."
        )
    return [drawn, b.Paragraph(explained)]


def _follows(report: BaselineReport) -> b.Points:
    """What the PM should know before anything else."""
    points = []
    if report.kill_line is not None and report.kill_line.answer != "below":
        points.append(b.Point(marked(report.kill_line.sentence), _SIDES[report.kill_line.answer]))
    if report.set_aside and any("explains" in item.reason for item in report.set_aside):
        leaking = [f"`{item.what}`" for item in report.set_aside if "explains" in item.reason]
        points.append(
            b.Point(
                marked(
                    f"{', '.join(leaking)} gave the answer away and {_was(leaking)} set aside. Ask whether "
                    "the value is there when the decision is made."
                ),
                "caution",
            )
        )
    if report.threshold is not None:
        points.append(
            b.Point(marked(report.threshold.sentence), "plain" if report.threshold.costs else "open")
        )
    if report.calibration is not None:
        points.append(b.Point(report.calibration.sentence, _CALIBRATED[report.calibration.answer]))
    if report.slices_sentence:
        points.append(b.Point(marked(report.slices_sentence), _of_slices(report.slices)))
    if report.deep_learning is not None:
        deep = report.deep_learning
        points.append(b.Point(f"Deep learning? {_DEEP[deep.answer]} {deep.text} {deep.caveat}".strip()))
    points.append(b.Point(marked(report.split.sentence)))
    points.append(b.Point(report.holdout.sentence, "plain" if report.holdout.looks == 1 else "caution"))
    points += [b.Point(words, "open") for words in report.not_measured]
    return b.Points(tuple(points))


def _of_slices(slices: tuple[Slice, ...]) -> b.Tone:
    standings = {part.standing for part in slices}
    if "below_floor" in standings:
        return "bad"
    if "worse" in standings or any(part.uneven for part in slices):
        return "caution"
    return "open" if "too_few" in standings else "plain"


def _costs(report: BaselineReport) -> list[b.Block]:
    """The picture of the cost, and the mistakes per period."""
    threshold = report.threshold
    if threshold is None:
        return []
    costs = threshold.costs
    blocks: list[b.Block] = []
    picture = cost_curve(threshold)
    if picture is not None:
        blocks += [
            picture,
            b.Paragraph("On rows of the training part, each judged while it was not learned from."),
        ]
    many, period = (costs.decisions, costs.period) if costs else (1_000, "1,000 decisions")
    rows: list[tuple[b.Cell, ...]] = [
        (
            _MISTAKES[mistake.kind],
            f"{many * mistake.share:,.0f}",
            f"{many * mistake.interval[0]:,.0f} to {many * mistake.interval[1]:,.0f}",
        )
        for mistake in report.mistakes
    ]
    blocks.append(
        b.Table(f"Mistakes per {period}, on the test part", ("", "About", "90 % interval"), tuple(rows))
    )
    yes = f"Yes means `{report.target}` = `{report.yes_means}`."
    return [b.Section("When to act, and what mistakes cost", (b.Paragraph(marked(yes)), *blocks))]


def _chances(report: BaselineReport) -> list[b.Block]:
    if report.calibration is None:
        return []
    found = report.calibration
    words = (
        "Each dot is a part of the test rows: what chance they were given, and how many came true, with "
        "its 90 % interval. On the dashed line both are the same. On average they "
        f"differ by {percent(found.error)}."
    )
    if found.mended:
        words += " The chances were mended by what the training part says."
    return [
        b.Section("Do chances mean what they say?", (reliability(found), b.Paragraph(words)), folded=True)
    ]


def _slices(report: BaselineReport) -> list[b.Block]:
    if not report.slices:
        return []
    rates = any(part.wrong_yes for part in report.slices)
    head = ("Part", "Test rows", "Explained", "Standing")
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
    note = (
        "Explained is measured against each part's own average. A part is called worse only where the "
        "interval of its difference to the others says so. Shares of wrong answers that differ can be unfair "
        "without that."
    )
    return [b.Section("Who is served how well?", (table, b.Paragraph(note)), folded=True)]


def _breakdowns(report: BaselineReport) -> list[b.Block]:
    titles = {rung.id: rung.title for rung in report.ladder}
    sections: list[b.Block] = []
    for part in report.breakdowns:
        ids = tuple(dict.fromkeys(name for row in part.rows for name in row.values))
        rows: list[tuple[b.Cell, ...]] = [
            (titles.get(name, name), *(_three(row.values.get(name)) for row in part.rows)) for name in ids
        ]
        table = b.Table(_up(part.measure), ("", *(row.label for row in part.rows)), tuple(rows))
        note = (b.Paragraph(part.note),) if part.note else ()
        sections.append(b.Section(part.title, (table, *note)))
    return sections


def _stories(report: BaselineReport) -> list[b.Block]:
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
    pick = "typical" if story.pick == "typical" else "very sure"
    said = "" if story.chance is None else f" It said {percent(story.chance)};"
    told = f"{_MISTAKES[story.kind]}, {pick}.{said} `{report.target}` was {story.answer}."
    return marked(f"{told} {story.alike:,} rows share this:")


def _rule(report: BaselineReport) -> list[b.Block]:
    if report.rule is None:
        return []
    inside = (b.Paragraph(marked(report.rule.sentence)), b.Listing(report.rule.python))
    return [b.Section("The best short rule, written out", inside, folded=True)]


def _figures(report: BaselineReport) -> list[b.Block]:
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
    head = ("Rung", "Expected from training", "On the test part", *(_up(name) for name in names))
    return [b.Section("The ladder in figures", (b.Table("Rung by rung", head, tuple(rows)),), folded=True)]


def _done(report: BaselineReport) -> b.Section:
    reasons: dict[str, list[str]] = {}
    for item in report.set_aside:
        reasons.setdefault(item.reason, []).append(f"`{item.what}`")
    points = [
        b.Point(marked(f"{', '.join(names)} {_was(names)} set aside: {reason}."))
        for reason, names in reasons.items()
    ]
    points += [b.Point(marked(note)) for note in report.notes]
    points.append(
        b.Point(
            f"{report.used_rows:,} of {report.rows:,} rows and {len(report.used)} "
            f"{'column' if len(report.used) == 1 else 'columns'} of {report.table} were used; hold-out "
            f"{report.holdout.digest}."
        )
    )
    pitfalls = "; ".join(report.pitfalls)
    kind = knowledge().problem_types[report.problem_type].title.lower()
    if pitfalls:
        points.append(b.Point(f"Where {kind} goes wrong: {pitfalls}."))
    return b.Section("What was done", (b.Points(tuple(points)),), folded=True)


def _interval(value: float | None, interval: tuple[float, float] | None) -> str:
    if value is None or interval is None:
        return "–"
    low, high = interval
    return f"{_percent(value)} % ({_percent(low)} to {_percent(high)})"


def _rate(rate: tuple[float, float, float] | None) -> str:
    return "–" if rate is None else f"{100 * rate[0]:.0f} % ({100 * rate[1]:.0f} to {100 * rate[2]:.0f})"


def _three(found: tuple[float, float, float] | None) -> str:
    return "–" if found is None else f"{found[0]:.2f} ({found[1]:.2f} to {found[2]:.2f})"


def _percent(share: float) -> str:
    """Without the sign that rounding leaves before a nought."""
    return f"{100 * share:.0f}".replace("-0", "0") if abs(share) < 0.005 else f"{100 * share:.0f}"


def _was(names: list[str]) -> str:
    return "were" if len(names) > 1 else "was"


def _up(text: str) -> str:
    return text[:1].upper() + text[1:]
