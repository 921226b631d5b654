"""The page of a `BaselineReport`: a sentence, the ladder, what follows from it, and the rest on demand."""

from __future__ import annotations

from mlpm_magics.baselines.little import by_little
from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import BaselineReport, BaselineVerdict, Calibration, Slice
from mlpm_magics.views import blocks as b
from mlpm_magics.views.baseline_details import AXES, breakdowns, figures, mixed_up, rule, slices, stories, up
from mlpm_magics.views.baseline_plots import cost_curve, reliability

_VERDICTS: dict[BaselineVerdict, tuple[b.Tone, str]] = {
    "beats_baseline": ("good", "Better than a simple guess"),
    "no_better": ("bad", "No better than a simple guess"),
    "cannot_tell": ("open", "Cannot tell yet"),
}
_SIDES: dict[str, b.Tone] = {"above": "good", "below": "bad", "cannot_tell": "open"}
_AGREED: dict[str, b.Tone] = {"passed": "good", "missed": "bad", "cannot_tell": "open"}
_CALIBRATED: dict[str, b.Tone] = {"calibrated": "good", "off": "caution", "cannot_tell": "open"}
_DEEP = {"yes": "Worth a look.", "no": "No.", "cannot_tell": "Cannot tell."}
_MOST_NAMES = 12
_EXPLAINED = "what is explained"


def called(verdict: BaselineVerdict, little: bool) -> tuple[b.Tone, str]:
    """A verdict in words; `little`: it is better than a simple guess by little."""
    if verdict == "beats_baseline" and little:
        return "caution", "Only a little better than a simple guess"
    return _VERDICTS[verdict]


def page(report: BaselineReport) -> b.Page:
    """Build the page; everything on it comes from the report and the knowledge base."""
    line = report.kill_line.answer if report.kill_line is not None else ""
    tone, word = called(report.verdict, by_little(report.problem_type, report.gain, line))
    words = report.sentence
    if report.kill_line is not None and line == "below":
        tone, word, words = "bad", "Below your line", f"{report.kill_line.sentence} {words}"
    blocks: list[b.Block] = [b.Headline(tone, word, b.marked(words))]
    blocks += _ladder(report)
    if report.groups:
        points = tuple(b.Point(b.marked(words)) for words in report.groups)
        blocks.append(b.Section("What lies together", (b.Points(points),)))
    blocks.append(_follows(report))
    blocks += _costs(report)
    blocks += _chances(report)
    blocks += slices(report)
    blocks += breakdowns(report)
    blocks += stories(report)
    blocks += rule(report)
    blocks += figures(report)
    blocks.append(_done(report))
    if report.recorded:
        blocks.append(b.Paragraph(report.recorded))
    return b.Page(f"Baselines for {report.target or report.problem_type} in {report.table}", tuple(blocks))


def _ladder(report: BaselineReport) -> list[b.Block]:
    if not report.ladder:
        return []
    best = max(rung.value for rung in report.ladder)
    rungs = tuple((r.title, r.value, *r.interval, "chosen" if r.chosen else "") for r in report.ladder)
    words = "; ".join(f"{rung.title} {100 * rung.value:z.0f} %" for rung in report.ladder)
    chosen = "" if report.rung is None else f" Chosen on the training part: {report.rung.title}."
    drawn = b.Picture(
        b.Ladder(rungs, max(0.0, best - report.margin), AXES.get(report.problem_type, _EXPLAINED)),
        f"{up(report.measure)}: {words}.{chosen}",
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
        points.append(b.Point(b.marked(report.kill_line.sentence), _SIDES[report.kill_line.answer]))
    points += [b.Point(b.marked(line.sentence), _AGREED[line.answer]) for line in report.further_lines]
    if report.set_aside and any("explains" in item.reason for item in report.set_aside):
        leaking = [f"`{item.what}`" for item in report.set_aside if "explains" in item.reason]
        points.append(
            b.Point(
                b.marked(
                    f"{', '.join(leaking)} gave the answer away and {_was(leaking)} set aside. Ask whether "
                    "the value is there when the decision is made."
                ),
                "caution",
            )
        )
    if report.threshold is not None:
        points.append(
            b.Point(b.marked(report.threshold.sentence), "plain" if report.threshold.costs else "open")
        )
    points += _price(report)
    if report.calibration is not None:
        points.append(b.Point(report.calibration.sentence, _CALIBRATED[report.calibration.answer]))
    if report.slices_sentence:
        points.append(b.Point(b.marked(report.slices_sentence), _of_slices(report.slices)))
    if report.deep_learning is not None:
        deep = report.deep_learning
        points.append(b.Point(f"Deep learning? {_DEEP[deep.answer]} {deep.text} {deep.caveat}".strip()))
    points.append(b.Point(b.marked(report.split.sentence)))
    points.append(b.Point(report.holdout.sentence, "plain" if report.holdout.looks == 1 else "caution"))
    points += [b.Point(b.marked(words), "open") for words in report.not_measured]
    return b.Points(tuple(points))


def _price(report: BaselineReport) -> list[b.Point]:
    """What mistakes cost where no threshold follows from it, or how to have it told."""
    priced = report.priced or report.mixed_up
    if priced is not None:
        return [b.Point(b.marked(priced.sentence))]
    if report.problem_type in ("classification", "regression") or not report.mistakes:
        return []
    kinds = [mistake.kind for mistake in report.mistakes]
    named = ["--cost-fn"] if len(kinds) == 1 else ["--cost-fp", "--cost-fn"]
    asked = " and ".join(
        f"{knowledge().day_stories[kind].one} ({option})" for kind, option in zip(kinds, named, strict=True)
    )
    return [b.Point(f"Say what {asked} costs, and it is told what mistakes cost.", "open")]


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
    if not report.mistakes:
        return []
    paid = report.paid
    costs = paid.costs if paid else None
    blocks: list[b.Block] = []
    picture = cost_curve(threshold) if threshold else None
    if picture is not None:
        blocks += [
            picture,
            b.Paragraph("On rows of the training part, each judged while it was not learned from."),
        ]
    many, period = (costs.decisions, costs.period) if costs else (1_000, "1,000 decisions")
    rows: list[tuple[b.Cell, ...]] = [
        (
            knowledge().day_stories[mistake.kind].name,
            f"{many * mistake.share:,.0f}",
            f"{many * mistake.interval[0]:,.0f} to {many * mistake.interval[1]:,.0f}",
        )
        for mistake in report.mistakes
    ]
    blocks.append(
        b.Table(f"Mistakes per {period}, on the test part", ("", "About", "90 % interval"), tuple(rows))
    )
    if report.mixed_up is not None and report.mixed_up.mixups:
        blocks.append(mixed_up(report.mixed_up))
    if threshold is None:
        return [b.Section("What goes wrong, and how often", tuple(blocks))]
    yes = f"Yes means `{report.target}` = `{report.yes_means}`."
    return [b.Section("When to act, and what mistakes cost", (b.Paragraph(b.marked(yes)), *blocks))]


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
    told: tuple[b.Block, ...] = (reliability(found), b.Paragraph(words))
    if found.answers:
        told = (*told, _answer_by_answer(found))
    return [b.Section("Do chances mean what they say?", told, folded=True)]


def _answer_by_answer(found: Calibration) -> b.Table:
    """Each of several answers: what it was said to come to, and what it came to."""
    standings = {"calibrated": "as it says", "off": "off", "cannot_tell": "cannot tell"}
    rows: tuple[tuple[b.Cell, ...], ...] = tuple(
        (
            one.name,
            f"{one.rows:,}",
            percent(one.said),
            f"{percent(one.was)} ({percent(one.interval[0])} to {percent(one.interval[1])})",
            standings[one.answer],
        )
        for one in found.answers
    )
    head = ("Answer", "Test rows", "Said, on average", "Was, 90 % interval", "Its chances")
    return b.Table("Answer by answer, each against all others", head, rows)


def _done(report: BaselineReport) -> b.Section:
    reasons: dict[str, list[str]] = {}
    for item in report.set_aside:
        reasons.setdefault(item.reason, []).append(f"`{item.what}`")
    points = [
        b.Point(b.marked(f"{_listed(names)} {_was(names)} set aside: {reason}."))
        for reason, names in reasons.items()
    ]
    points += [b.Point(b.marked(note)) for note in report.notes]
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


def _listed(names: list[str]) -> str:
    """The names, or the first of many and how many more there are."""
    if len(names) <= _MOST_NAMES:
        return ", ".join(names)
    return f"{', '.join(names[: _MOST_NAMES - 1])} and {len(names) - _MOST_NAMES + 1:,} more"


def _was(names: list[str]) -> str:
    return "were" if len(names) > 1 else "was"
