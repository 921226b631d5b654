"""A design to click: its choices as controls, its limits as sliders, and a live answer below."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from typing import Any

import ipywidgets as widgets
import msgspec

from mlpm_magics.catalogue import knowledge
from mlpm_magics.design import check_design
from mlpm_magics.design.changes import changed, looked_up
from mlpm_magics.design.language import Design, Monitor
from mlpm_magics.design.read import mapping_of, read_design
from mlpm_magics.errors import MlpmError
from mlpm_magics.notebook.widgets.shown import Panel, note
from mlpm_magics.results import DesignCheck
from mlpm_magics.views import blocks as b
from mlpm_magics.views.design import page

_PARTS = ("decision", "label", "model", "act", "review", "fallback", "feedback", "people", "limits", "world")
_WIDE = {"description_width": "16em"}
_NEVER = -1


class DesignWidget(Panel):
    """Controls for everything in a design, and what holds with them as they stand.

    `report` is the check of the design as it stands now; `written` is the design as text.
    """

    def __init__(self, design: object, *, name: str = "", faults: int | None = None) -> None:
        """Draw the controls of a design.

        Args:
            design: as for `check_design`.
            name: how to call it.
            faults: how many things may go wrong, instead of what the design says.
        """
        self._name = name
        given = design.design if isinstance(design, DesignCheck) else mapping_of(design, name or "design")
        self._design = read_design(given, name or "design")
        if faults is not None:
            self._design = changed(self._design, "world.faults", faults)
        self.controls: dict[str, widgets.ValueWidget] = {}
        self._answer = widgets.HTML()
        self._note = note()
        self._parts = widgets.Accordion([])
        self._add = widgets.Dropdown(
            options=["add a monitor of …", *typing.get_args(typing.get_type_hints(Monitor)["watch"])],
            layout=widgets.Layout(width="16em"),
        )
        self._add.observe(self._added, "value")
        self._text = widgets.Textarea(
            description="As text",
            disabled=True,
            rows=12,
            layout=widgets.Layout(width="100%"),
            style=_WIDE,
        )
        self._build()
        self._check()
        super().__init__([self._answer, self._note, self._parts, self._add, self._text])

    @property
    def design(self) -> Design:
        """The design as it stands."""
        return self._design

    @property
    def written(self) -> str:
        """The design as YAML text, to be put after `%%ml_design NAME`."""
        return as_text(self._design.written())

    def current(self) -> DesignCheck:
        """The check of the design as it stands."""
        return self.report

    def _build(self) -> None:
        """One fold for each part of the design."""
        self.controls.clear()
        folds: list[widgets.Widget] = []
        titles: list[str] = []
        for part in _PARTS:
            value = getattr(self._design, part)
            if value is None:
                continue
            folds.append(widgets.VBox(self._controls(part, value)))
            titles.append(part)
        for name, source in self._design.sources.items():
            if "." not in name:
                folds.append(widgets.VBox(self._controls(f"sources.{name}", source)))
                titles.append(f"source: {name}")
        for number, monitor in enumerate(self._design.monitors):
            folds.append(widgets.VBox(self._controls(f"monitors.{number}", monitor)))
            titles.append(f"monitor: {monitor.watch}")
        self._parts.children = tuple(folds)
        self._parts.titles = tuple(titles)

    def _controls(self, path: str, part: msgspec.Struct) -> list[widgets.Widget]:
        hints = typing.get_type_hints(type(part))
        found = []
        for field in msgspec.structs.fields(part):
            dotted = f"{path}.{field.name}"
            control = _control(field.encode_name, hints[field.name], looked_up(self._design, dotted))
            if control is None:
                continue
            entry = knowledge().design_keys.get(f"{path.partition('.')[0]}.{field.encode_name}")
            control.tooltip = entry.text if entry else field.encode_name
            control.observe(lambda change, at=dotted: self._changed(at, change["new"]), "value")
            self.controls[dotted] = control
            found.append(control)
        return found

    def _changed(self, path: str, value: Any) -> None:
        """A control was moved: the answer follows."""
        least = 1 if path in ("model.retrain", "model.window") else 0
        never = isinstance(value, int) and not isinstance(value, bool) and value < least
        self._design = changed(self._design, path, None if never else value)
        self._check()

    def _added(self, change: Mapping[str, Any]) -> None:
        watch = change["new"]
        if watch.startswith("add "):
            return
        at = max(1, (self._design.limits.exposure or 2) // 2) if watch == "exposure" else None
        monitor = Monitor(watch=watch, at=at, do="fallback")
        self._design = msgspec.structs.replace(self._design, monitors=(*self._design.monitors, monitor))
        self._add.value = self._add.options[0]
        self._build()
        self._check()

    def _check(self) -> None:
        try:
            self.report = check_design(self._design, name=self._name, repairs=False, max_states=100_000)
        except MlpmError as error:
            self._note.value = str(error)
            return
        self._note.value = ""
        self._answer.value = self.drawn(*_short(self.report))
        self._text.value = self.written


def _short(report: DesignCheck) -> tuple[b.Block, ...]:
    """The answer and its first story; the rest is in `%ml_check`."""
    return page(report).blocks[:3]


def _control(name: str, hint: Any, value: Any) -> widgets.ValueWidget | None:
    """A control for a switch, a choice of words or a number; None for what is only told."""
    layout = widgets.Layout(width="32em", max_width="100%")
    if hint is bool:
        return widgets.Checkbox(value=value, description=name, style=_WIDE, layout=layout)
    if typing.get_origin(hint) is typing.Literal:
        words = typing.get_args(hint)
        return widgets.Dropdown(options=words, value=value, description=name, style=_WIDE, layout=layout)
    numbers = hint is int or int in typing.get_args(hint)
    if not numbers:
        return None
    least = 1 if name in ("every", "retrain", "window") else 0
    optional = type(None) in typing.get_args(hint)
    now = (_NEVER if optional else 0) if value is None else value
    return widgets.IntSlider(
        value=now,
        min=_NEVER if optional else least,
        max=10 if name == "faults" else 3 if name == "skew" else max(30, 2 * now),
        description=f"{name} (-1: never)" if optional else name,
        style=_WIDE,
        layout=layout,
    )


def as_text(value: Any, depth: int = 0) -> str:
    """Plain values as YAML text, two levels deep and the rest in one line."""
    lines = []
    for key, inner in value.items():
        if isinstance(inner, dict) and depth == 0 and any(isinstance(i, dict) for i in inner.values()):
            lines.append(f"{key}:")
            lines += [f"  {name}: {_in_line(item)}" for name, item in inner.items()]
        elif isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
            lines.append(f"{key}:")
            lines += [f"  - {_in_line(item)}" for item in inner]
        else:
            lines.append(f"{key}: {_in_line(inner)}")
    return "\n".join(lines)


def _in_line(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_in_line(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_in_line(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    plain = all(char.isalnum() or char in " _-.'" for char in text) and text.strip() == text and text
    return text if isinstance(value, int) or (plain and text[:1].isalnum()) else '"' + _escaped(text) + '"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
