"""All questions of `%ml_fit` at once: one line each, answered by a choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ipywidgets as widgets

from mlpm_magics.catalogue import knowledge
from mlpm_magics.results import Reply

_CHOICES = (("not answered", ""), ("yes", "yes"), ("no", "no"), ("we do not know", "unknown"))


class AnswerSheet(widgets.VBox):  # type: ignore[misc]
    """A choice per question; `chosen` is called with the criterion and the answer ("" when taken back)."""

    def __init__(self, chosen: Callable[[str, str], None]) -> None:
        """Make no line before it is shown."""
        super().__init__([])
        self._chosen = chosen
        self._lines: dict[str, widgets.Dropdown] = {}
        self._drawing = False

    def show(self, asked: tuple[str, ...], answers: Mapping[str, Reply]) -> None:
        """One line for each question asked or answered, in the order of the knowledge base."""
        known = knowledge().criteria
        names = [name for name in known if name in asked or name in answers or name in self._lines]
        for name in names:
            if name not in self._lines:
                self._lines[name] = self._line(name)
        self._drawing = True
        for name, line in self._lines.items():
            line.value = answers.get(name, "")
        self._drawing = False
        self.children = tuple(self._lines[name] for name in names)

    def _line(self, name: str) -> widgets.Dropdown:
        criterion = knowledge().criteria[name]
        line = widgets.Dropdown(
            options=_CHOICES,
            description=criterion.question,
            tooltip=criterion.why,
            style={"description_width": "70%"},
            layout=widgets.Layout(width="100%"),
        )

        def changed(change: Mapping[str, str]) -> None:
            if not self._drawing:
                self._chosen(name, change["new"])

        line.observe(changed, "value")
        return line
