"""The board of `%ml_lifecycle`: the phases, the tasks to tick, the gate, and going on, without or back."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import InvalidValueError, MlpmError
from mlpm_magics.lifecycle import Project, open_project, start_project
from mlpm_magics.lifecycle.file import locate
from mlpm_magics.lifecycle.roles import part_of_the_pm
from mlpm_magics.notebook.panel.link import changed
from mlpm_magics.notebook.widgets.shown import Panel, Shown
from mlpm_magics.results import HelpPage, HelpPart
from mlpm_magics.views import blocks as b
from mlpm_magics.views.lifecycle import gates, headline, stepper

_WIDE = {"width": "100%"}
_NO_PROJECT = HelpPage(
    title="There is no project in this folder yet",
    parts=(
        HelpPart(
            kind="",
            title="There is no project in this folder yet",
            text=("A project keeps what was decided, by whom and why, in one file: mlpm.yaml.",),
            to_type=(("Begin one", "%ml_lifecycle start NAME"),),
        ),
    ),
)


class LifecycleWidget(Panel):
    """A project to click through; each click is saved at once. Without a project it offers to begin one.

    `.project` is the project that is shown, or None.
    """

    def __init__(self, path: str | Path = ".") -> None:
        """Open the project of a folder.

        Raises:
            MlpmError: one line, when there is a project file that cannot be used.
        """
        self._lock = threading.RLock()  # some front ends run callbacks in a thread of their own
        self._path = Path(path).resolve()
        self._drawing = False
        self._drawn_phase = ""
        self.project: Project | None = open_project(path) if locate(path).exists() else None
        self._make_controls()
        super().__init__([])
        self._draw("")
        self._listen()

    def current(self) -> Shown:
        """What stands for this widget where no widget can be shown."""
        return self.project.report() if self.project else _NO_PROJECT

    def _make_controls(self) -> None:
        self._message = widgets.HTML(layout=widgets.Layout(min_height="2.5em", **_WIDE))
        self._name = widgets.Text(description="Name", placeholder="Churn 2026", layout=_WIDE)
        self._start = _button("Start", "Begin a project: write mlpm.yaml in this folder")
        self._top = widgets.HTML()
        self._boxes: dict[str, widgets.Checkbox] = {}
        self._tasks = widgets.VBox()
        self._note = widgets.Text(
            description="Note", placeholder="goes into the log", continuous_update=False, layout=_WIDE
        )
        self._document = widgets.Text(
            description="Document",
            placeholder="that shows the next task you tick, such as: data agreement 12",
            tooltip="Its name is kept with the task; a gate that must be signed for asks for it",
            continuous_update=False,
            layout=_WIDE,
        )
        self._add_note = _button("Add note", "Write the note into the log")
        self._gates = widgets.HTML()
        self._advance = _button("Advance", "Go on to the next phase")
        self._gate = widgets.Dropdown(description="Without", layout=_WIDE)
        self._reason = widgets.Text(description="Because", placeholder="why", layout=_WIDE)
        self._waive = _button("Waive", "Go on without this criterion, for the reason given")
        self._phase = widgets.Dropdown(description="Back to", layout=_WIDE)
        self._back = _button("Back", "Return to an earlier phase; the reason above goes along")

    def _listen(self) -> None:
        for button, act in (
            (self._start, self._begin),
            (self._add_note, self._noted),
            (self._advance, lambda project: project.advance()),
            (self._waive, self._waived),
            (self._back, self._gone_back),
        ):
            button.on_click(self._guarded(act))

    def _guarded(self, act: Callable[..., object]) -> Callable[[Any], None]:
        """A callback that shows a user's mistake in the widget; what it prints would be lost."""

        def run(_: Any) -> None:
            with self._lock:
                if self._drawing:
                    return
                try:
                    act(self.project)
                    said = self.project.happened if self.project else ""
                except MlpmError as error:
                    self._draw(str(error), went_wrong=True)
                else:
                    self._draw(said)
                    changed()

        return run

    def _begin(self, _: None) -> None:
        self.project = start_project(self._name.value, self._path)

    def _noted(self, project: Project) -> None:
        project.note(self._note.value)
        self._note.value = ""

    def _waived(self, project: Project) -> None:
        if not self._gate.value:
            raise InvalidValueError("choose which criterion to go on without")
        project.waive(self._gate.value, because=self._reason.value)
        self._reason.value = ""

    def _gone_back(self, project: Project) -> None:
        project.back(self._phase.value, self._reason.value)
        self._reason.value = ""

    def _ticked(self, task: str, done: bool, project: Project) -> None:
        """A note that was being written, and a document that was named, go with the task."""
        if done:
            project.done(task, self._note.value, document=self._document.value)
            self._note.value = self._document.value = ""
        else:
            project.undo(task)

    def _on_tick(self, task: str, change: Any) -> None:
        self._guarded(functools.partial(self._ticked, task, change["new"]))(change)

    def _draw(self, message: str, went_wrong: bool = False) -> None:
        shown = b.Point(message, "bad" if went_wrong else "good")
        self._message.value = self.drawn(b.Points((shown,))) if message else ""
        self._drawing = True  # setting a value is not a choice of the user
        try:
            if self.project is None:
                self._draw_start()
            else:
                self._draw_board(self.project)
        finally:
            self._drawing = False

    def _draw_start(self) -> None:
        text = self.drawn(b.Paragraph(_NO_PROJECT.parts[0].text[0]))
        self.children = [self._message, widgets.HTML(text), self._name, self._start]

    def _draw_board(self, project: Project) -> None:
        report, known = project.report(), knowledge()
        part = b.Paragraph((b.Strong("Your part as product manager: "), part_of_the_pm(project.phase)))
        self._top.value = self.drawn(
            b.Paragraph(b.Strong(report.name)), headline(report), stepper(report), part
        )
        if self._drawn_phase != project.phase:
            self._draw_tasks(project)
        for name, task in project.tasks.items():
            self._boxes[name].value = task.done
        self._gates.value = self.drawn(b.Section("The gate", (gates(report),)))
        open_ = [(f"{gate.id}: {gate.title}", gate.id) for gate in report.gates if not gate.passed]
        _offer(self._gate, [("choose a criterion…" if open_ else "nothing is open", ""), *open_])
        self._gate.disabled = self._waive.disabled = not open_
        order = list(known.phases)
        earlier = order[: order.index(project.phase)][::-1]
        phases = [(known.phases[name].title, name) for name in earlier]
        _offer(self._phase, phases or [("this is the first phase", "")])
        self._phase.disabled = self._back.disabled = not earlier
        self._advance.disabled = project.phase == order[-1]

    def _draw_tasks(self, project: Project) -> None:
        """New boxes for a new phase only, so that the keyboard stays where it is after a tick."""
        self._boxes = {
            name: widgets.Checkbox(
                description=task.title, tooltip=task.help, indent=False, layout=widgets.Layout(**_WIDE)
            )
            for name, task in project.tasks.items()
        }
        for name, box in self._boxes.items():
            box.observe(functools.partial(self._on_tick, name), "value")
        self._tasks.children = tuple(self._boxes.values())
        self._drawn_phase = project.phase
        row = functools.partial(widgets.HBox, layout=widgets.Layout(**_WIDE))
        self.children = [
            self._top,
            self._message,
            self._tasks,
            row([self._note, self._add_note]),
            row([self._document]),
            self._gates,
            row([self._gate]),
            row([self._reason, self._waive]),
            row([self._phase, self._back]),
            self._advance,
        ]


def _button(word: str, tooltip: str) -> widgets.Button:
    return widgets.Button(description=word, tooltip=tooltip, layout=widgets.Layout(flex="0 0 auto"))


def _offer(dropdown: widgets.Dropdown, options: list[tuple[str, str]]) -> None:
    """Set what can be chosen, and keep the choice where it is still there."""
    chosen = dropdown.value
    if list(dropdown.options) != options:
        dropdown.options = options
        dropdown.value = chosen if chosen in [value for _, value in options] else options[0][1]
