"""The costs of mistakes to try: a few fields, and a live answer from the curve of a baseline.

The threshold is a field that steps with the arrow keys and not a slider: the handle of a slider of ipywidgets
has no name that a screen reader could say.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets

from mlpm_magics.errors import MlpmError
from mlpm_magics.notebook.costs import typed_number
from mlpm_magics.notebook.widgets.shown import Note, Panel
from mlpm_magics.results import BaselineReport, Costs, TriedCosts
from mlpm_magics.views.tried_costs import page

_WIDE = {"description_width": "10.5em"}
_LAYOUT = {"width": "22.5em", "max_width": "calc(100% - 4px)"}  # each has a margin of 2 pixels
_NOBODY = "Nobody said yet what the mistakes cost: both count 1 here."


class ThresholdWidget(Panel):
    """Fields for the costs and the threshold, and what follows from them.

    `report` is the answer as it stands now, as `baseline.with_costs(…)` gives it; `costs` are those typed.
    """

    def __init__(self, baseline: BaselineReport, costs: Mapping[str, object] | None = None) -> None:
        """Start with the costs given, with those of the report, or with both mistakes alike.

        Raises:
            MlpmError: the report has no chance to act on, or the costs are none.
        """
        self._lock = threading.RLock()  # some front ends run callbacks in a thread of their own
        self._drawing = False
        self._baseline = baseline
        known = baseline.threshold.costs if baseline.threshold else None
        self.report: TriedCosts = baseline.with_costs(costs or known or Costs(wrong_yes=1, wrong_no=1))
        start = self.report.costs
        self._unit = start.unit
        self.wrong_yes = _field("A wrong yes costs", f"{start.wrong_yes:.12g}")
        self.wrong_no = _field("A wrong no costs", f"{start.wrong_no:.12g}")
        self.decisions = _field("Decisions", f"{start.decisions:.12g}")
        named = "" if start.period.endswith(" decisions") else start.period
        self.period = _field("Per", named, "such as month")
        self.at = widgets.BoundedFloatText(
            min=0, max=100, step=0.5, description="Act above (%)", style=_WIDE, layout=_LAYOUT
        )
        self.implied = widgets.Checkbox(
            value=True, description="the one your costs imply", indent=False, layout=_LAYOUT
        )
        self._note = Note()
        self._answer = widgets.HTML()
        super().__init__(
            [
                self.wrong_yes,
                self.wrong_no,
                self.decisions,
                self.period,
                self.at,
                self.implied,
                self._note,
                self._answer,
            ]
        )
        self._draw()
        self._note.say("" if costs or known else _NOBODY)
        for control in (self.wrong_yes, self.wrong_no, self.decisions, self.period, self.implied):
            control.observe(self._changed, "value")
        self.at.observe(self._moved, "value")

    @property
    def costs(self) -> Costs:
        """The costs as they were last typed rightly."""
        return self.report.costs

    def current(self) -> TriedCosts:
        """The answer that stands for this widget where no widget can be shown."""
        return self.report

    def _moved(self, change: Mapping[str, Any]) -> None:
        """The threshold was typed: it is no longer the one that the costs imply."""
        if not self._drawing:
            if self.implied.value:
                self.implied.value = False  # which answers, too
            else:
                self._changed(change)

    def _changed(self, _: Mapping[str, Any]) -> None:
        """The answer follows; what is wrong is said in the widget, for what a callback prints is lost."""
        with self._lock:
            try:
                at = None if self.implied.value else self.at.value / 100
                self.report = self._baseline.with_costs(self._typed(), at)
            except MlpmError as error:
                self._note.say(str(error))
                return
            self._note.say("")
            self._draw()

    def _typed(self) -> dict[str, object]:
        period = self.period.value.strip()
        return {
            "wrong_yes": typed_number(self.wrong_yes.value, "A wrong yes costs", 5),
            "wrong_no": typed_number(self.wrong_no.value, "A wrong no costs", 100),
            "decisions": typed_number(self.decisions.value, "Decisions", 1000),
            "unit": self._unit,
            **({"period": period} if period else {}),
        }

    def _draw(self) -> None:
        if self.implied.value:
            self._drawing = True  # the field follows the costs; that is not a choice of the user
            self.at.value = round(100 * self.report.implied, 2)
            self._drawing = False
        self._answer.value = self.drawn(*page(self.report).blocks)


def _field(label: str, value: str, example: str = "") -> widgets.Text:
    return widgets.Text(
        value=value,
        description=label,
        placeholder=example,
        continuous_update=False,
        style=_WIDE,
        layout=_LAYOUT,
    )
