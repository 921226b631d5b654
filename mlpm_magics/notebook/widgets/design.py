"""A design to click: its parts as controls, and a live answer above them.

Numbers are fields that step with the arrow keys and not sliders: the handle of a slider of ipywidgets has no
name that a screen reader could say.
"""

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
from mlpm_magics.errors import MlpmError, shown
from mlpm_magics.notebook.widgets.shown import Note, Panel
from mlpm_magics.results import DesignCheck
from mlpm_magics.views import blocks as b
from mlpm_magics.views.design import page

_PARTS = ("decision", "label", "model", "act", "review", "fallback", "feedback", "people", "limits", "world")
_WIDE = {"description_width": "16em"}
_LAYOUT = {"width": "32em", "max_width": "100%"}
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
        self._note = Note()
        self._part = widgets.Dropdown(description="Part", style=_WIDE, layout=_LAYOUT)
        self._part.observe(self._turned, "value")
        self._pages: dict[str, widgets.VBox] = {}
        self._controls_shown = widgets.VBox()
        self._add = widgets.Dropdown(
            options=["", *typing.get_args(typing.get_type_hints(Monitor)["watch"])],
            description="Add a monitor of",
            style=_WIDE,
            layout=_LAYOUT,
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
        super().__init__([self._answer, self._note, self._part, self._controls_shown, self._add, self._text])

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
        """A page of controls for each part of the design; the one that was open stays so."""
        self.controls.clear()
        self._pages.clear()
        for part in _PARTS:
            value = getattr(self._design, part)
            if value is None:
                continue
            self._pages[part] = widgets.VBox(self._controls(part, value))
        for name, source in self._design.sources.items():
            if "." not in name:
                self._pages[f"source {shown(name, 40)}"] = widgets.VBox(
                    self._controls(f"sources.{name}", source)
                )
        for number, monitor in enumerate(self._design.monitors):
            self._pages[f"monitor {number + 1}: {monitor.watch}"] = widgets.VBox(
                self._controls(f"monitors.{number}", monitor)
            )
        was = self._part.value
        self._part.options = list(self._pages)
        self._part.value = was if was in self._pages else "model"

    def _turned(self, change: Mapping[str, Any]) -> None:
        """Another part was chosen."""
        page_shown = self._pages.get(change["new"])
        self._controls_shown.children = () if page_shown is None else (page_shown,)

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
        if not watch:
            return
        at = max(1, (self._design.limits.exposure or 2) // 2) if watch == "exposure" else None
        monitor = Monitor(watch=watch, at=at, do="fallback")
        self._design = msgspec.structs.replace(self._design, monitors=(*self._design.monitors, monitor))
        self._add.value = self._add.options[0]
        self._build()
        self._part.value = f"monitor {len(self._design.monitors)}: {watch}"
        self._check()

    def _check(self) -> None:
        try:
            self.report = check_design(self._design, name=self._name, repairs=False, max_states=100_000)
        except MlpmError as error:
            self._note.say(str(error))
            return
        self._note.say("")
        self._answer.value = self.drawn(*_short(self.report))
        self._text.value = self.written


def _short(report: DesignCheck) -> tuple[b.Block, ...]:
    """The answer and its first story; the rest is in `%ml_check`."""
    return page(report).blocks[:3]


def _control(name: str, hint: Any, value: Any) -> widgets.ValueWidget | None:
    """A control for a switch, a choice of words or a number; None for what is only told."""
    if hint is bool:
        return widgets.Checkbox(value=value, description=name, style=_WIDE, layout=_LAYOUT)
    if typing.get_origin(hint) is typing.Literal:
        words = typing.get_args(hint)
        return widgets.Dropdown(options=words, value=value, description=name, style=_WIDE, layout=_LAYOUT)
    numbers = hint is int or int in typing.get_args(hint)
    if not numbers:
        return None
    least = 1 if name in ("every", "retrain", "window") else 0
    optional = type(None) in typing.get_args(hint)
    now = (_NEVER if optional else 0) if value is None else value
    return widgets.BoundedIntText(
        value=now,
        min=_NEVER if optional else least,
        max=10 if name == "faults" else 3 if name == "skew" else 1_000,
        description=f"{name} (-1: not set)" if optional else name,
        style=_WIDE,
        layout=_LAYOUT,
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
