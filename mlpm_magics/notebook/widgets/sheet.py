"""All questions of `%ml_fit` at once: the question in full, and below it a choice."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import ipywidgets as widgets

from mlpm_magics.catalogue import knowledge
from mlpm_magics.notebook.widgets.shown import drawn
from mlpm_magics.results import Reply
from mlpm_magics.views import blocks as b

_CHOICES = (("not answered", ""), ("yes", "yes"), ("no", "no"), ("we do not know", "unknown"))


class AnswerSheet(widgets.VBox):  # type: ignore[misc]
    """A choice per question, under `choices`.

    `chosen` is called with the criterion and the answer, "" when it was taken back.
    """

    def __init__(self, chosen: Callable[[str, str], None]) -> None:
        """Make no entry before it is shown."""
        super().__init__([])
        self._chosen = chosen
        self.choices: dict[str, widgets.Dropdown] = {}
        self._lines: dict[str, widgets.VBox] = {}
        self._drawing = False

    def show(self, asked: tuple[str, ...], answers: Mapping[str, Reply]) -> None:
        """One entry for each question asked or answered, in the order of the knowledge base."""
        known = knowledge().criteria
        names = [name for name in known if name in asked or name in answers or name in self._lines]
        for name in names:
            if name not in self._lines:
                self._lines[name] = self._line(name)
        self._drawing = True
        for name, choice in self.choices.items():
            choice.value = answers.get(name, "")
        self._drawing = False
        self.children = tuple(self._lines[name] for name in names)

    def _line(self, name: str) -> widgets.VBox:
        criterion = knowledge().criteria[name]
        choice = widgets.Dropdown(
            options=_CHOICES,
            description=criterion.title,
            tooltip=criterion.why,
            style={"description_width": "16em"},
            layout=widgets.Layout(width="27em", max_width="100%"),
        )

        def changed(change: Mapping[str, str]) -> None:
            if not self._drawing:
                self._chosen(name, change["new"])

        choice.observe(changed, "value")
        self.choices[name] = choice
        return widgets.VBox([widgets.HTML(drawn(b.Paragraph(criterion.question))), choice])
