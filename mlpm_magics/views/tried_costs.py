"""How other costs are shown: the sentence, the cost curve, and where the figures come from."""

from __future__ import annotations

from mlpm_magics.results import TriedCosts
from mlpm_magics.views import blocks as b
from mlpm_magics.views.baseline_plots import cost_curve

_FROM = (
    "On rows of the training part, each judged while it was not learned from; without an interval. "
    "%ml_baseline with these costs measures on the test part what they save, with one."
)


def page(report: TriedCosts) -> b.Page:
    """Build the page."""
    threshold = report.threshold
    blocks: list[b.Block] = [
        b.Headline(
            "plain" if (threshold.saved or 0) > 0 else "caution",
            "With these costs",
            b.marked(threshold.sentence),
        )
    ]
    picture = cost_curve(threshold, "" if threshold.at == report.implied else "your threshold")
    if picture is not None:
        blocks.append(picture)
    yes = f"Yes means `{report.target}` = `{report.yes_means}`. {_FROM}"
    blocks.append(b.Paragraph(b.marked(yes)))
    return b.Page(f"Costs of mistakes for {report.target} in {report.table}", tuple(blocks))
