"""The page of a `FitEvidence`: the line that matters most, the ladder, twelve answers, the rule."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.results import Evidence, FitEvidence, Told
from mlpm_magics.views import blocks as b

_TOLD: dict[Told, str] = {"yes": "yes", "no": "no", "cannot_tell": "cannot tell"}
_SHARES = ("skill", "accuracy", "growth a year")


def page(report: FitEvidence) -> b.Page:
    """Build the page; everything on it comes from the report and the knowledge base."""
    blocks: list[b.Block] = [b.Headline("plain", "Measured", b.marked(report.sentence)), *details(report)]
    return b.Page(f"What {report.table} says about {report.target}", tuple(blocks))


def details(report: FitEvidence) -> list[b.Block]:
    """Everything below the headline; a `FitReport` shows it as a section of its own."""
    blocks: list[b.Block] = []
    if report.ladder:
        blocks.append(_ladder(report))
        blocks.append(
            b.Paragraph(
                "Each rung is a kind of model, the simplest at the bottom: how much of the answer it "
                "explains beyond the base rate, on rows it did not learn from, with a 90 % interval."
            )
        )
    blocks += _money(report)
    blocks.append(_criteria(report))
    blocks += _rule(report)
    blocks += _points(report)
    if report.rows:
        blocks += _used(report)
    return blocks


def _ladder(report: FitEvidence) -> b.Picture:
    best = max((rung.skill for rung in report.ladder), default=0.0)
    margin = max(0.01, 0.05 * best)
    rungs = tuple(
        (rung.title, rung.skill, *rung.interval, "simplest as good" if rung.simplest else "")
        for rung in report.ladder
    )
    words = "; ".join(f"{rung.title} {100 * rung.skill:z.0f} %" for rung in report.ladder)
    simplest = next((rung.title for rung in report.ladder if rung.simplest), "")
    alt = f"Skill of each kind of model: {words}."
    if simplest:
        alt += f" The simplest that is as good as the best: {simplest}."
    return b.Picture(b.Ladder(rungs, max(0.0, best - margin)), alt)


def _money(report: FitEvidence) -> list[b.Block]:
    """What each kind of model would cost and save, in the PM's units."""
    if report.costs is None or not report.priced:
        return []
    costs, unit = report.costs, f" {report.costs.unit}".rstrip()
    _, *models = report.priced
    yes = f"Yes means `{report.target}` = `{report.yes_means}`."
    words = f"{yes} Acting pays above a chance of {costs.threshold:.0%}."
    if models:
        best = max(models, key=lambda rung: rung.saved)
        low, high = best.interval
        sure = "" if low > 0 else ", which may be nothing"
        tried = "" if any(rung.simplest for rung in report.ladder) else ", of what was tried,"
        words = (
            f"The most is saved{tried} with {best.title}: {best.saved:,.0f}{unit} per {costs.period} "
            f"({low:,.0f} to {high:,.0f}{sure}), against always or never acting. {words}"
        )
    rows: list[tuple[b.Cell, ...]] = [
        (
            rung.title if i else "no model",
            f"{rung.cost:,.0f}",
            f"{rung.saved:,.0f} ({rung.interval[0]:,.0f} to {rung.interval[1]:,.0f})" if i else "–",
            f"{rung.wrong_yes:,.0f}",
            f"{rung.wrong_no:,.0f}",
        )
        for i, rung in enumerate(report.priced)
    ]
    heads = ("With", f"Mistakes cost{unit}", "Saved, 90 % interval", "Wrong yes", "Wrong no")
    table = b.Table(f"Per {costs.period}", heads, tuple(rows))
    return [b.Section("What the mistakes cost", (b.Paragraph(b.marked(words)), table))]


def _criteria(report: FitEvidence) -> b.Table:
    measurements = knowledge().measurements
    rows: list[tuple[b.Cell, ...]] = [
        (
            measurements[name].question if name in measurements else name,
            _TOLD[found.answer],
            _figures(found),
            b.marked(f"{found.text} {found.caveat}".strip()),
        )
        for name, found in report.criteria.items()
    ]
    return b.Table("What was measured", ("Question", "Answer", "90 % interval", "In words"), tuple(rows))


def _figures(found: Evidence) -> str:
    """The effect with its interval, in its unit."""
    if found.effect is None:
        return "–"
    share = found.unit in _SHARES

    def figure(value: float) -> str:
        return f"{100 * value:.1f}" if share else f"{value:,.0f}"

    unit = f" % {found.unit}" if share else f" {found.unit}"
    if found.interval is None:
        return f"{figure(found.effect)}{unit}"
    return f"{figure(found.interval[0])} to {figure(found.interval[1])}{unit}"


def _rule(report: FitEvidence) -> list[b.Block]:
    if report.rule is None:
        return []
    reach = report.rule.share_of_best
    words = f" It reaches {100 * reach:.0f} % of the best model." if reach is not None else ""
    blocks: tuple[b.Block, ...] = (
        b.Paragraph(b.marked(report.rule.sentence + words)),
        b.Listing(report.rule.python),
    )
    return [b.Section("The best short rule, written out", blocks)]


def _points(report: FitEvidence) -> list[b.Block]:
    """The card of whole points, to be added up by hand."""
    card = report.points
    if card is None:
        return []
    reach = card.share_of_best
    words = f" It reaches {100 * reach:.0f} % of the best model." if reach is not None else ""
    lines: list[tuple[b.Cell, ...]] = [
        (b.marked(f"`{line.column}`"), line.condition, f"{line.points}") for line in card.lines
    ]
    number = report.task == "number"
    heads = ("Total", report.target if number else f"Chance of {report.yes_means}")
    totals: list[tuple[b.Cell, ...]] = [
        (f"{total}", f"{value:.4g}" if number else f"{100 * value:.0f} %") for total, value in card.totals
    ]
    blocks: tuple[b.Block, ...] = (
        b.Paragraph(b.marked(card.sentence + words)),
        b.Table("What is not listed has no points", ("Column", "Where it", "Points"), tuple(lines)),
        b.Table("What a total stands for", heads, tuple(totals)),
        b.Listing(card.python),
    )
    best = any(rung.simplest and rung.id == "points_card" for rung in report.ladder)
    return [b.Section("A card of whole points, to add up by hand", blocks, folded=not best)]


def _used(report: FitEvidence) -> list[b.Block]:
    points = [
        b.Point(b.marked(f"{item.what} was set aside: {item.reason}."), "plain") for item in report.set_aside
    ]
    points += [b.Point(b.marked(note), "plain") for note in report.notes]
    rows = f"{report.used_rows:,} of {report.rows:,} rows"
    ending = "" if report.complete else ", and not to the end"
    points.append(b.Point(f"Measured on {rows} and {len(report.used)} columns of {report.table}{ending}."))
    return [b.Section("What was used", (b.Points(tuple(points)),), folded=True)]
