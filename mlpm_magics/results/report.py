"""What every result is: a frozen record with strict JSON that names the view which draws it."""

from __future__ import annotations

import importlib
import itertools
import weakref
from pathlib import Path
from typing import Any, ClassVar, Literal, Protocol, cast

import msgspec

Verdict = Literal["good_fit", "fit_with_cautions", "not_a_fit", "ask"]
Effect = Literal["for", "caution", "blocker"]
Basis = Literal["stated", "measured", "proposed"]
Reply = Literal["yes", "no", "unknown"]
Severity = Literal["blocker", "warning", "info"]
Status = Literal["pass", "caution", "blocker", "unknown"]
Readiness = Literal["ready", "ready_with_cautions", "not_ready"]


_count = itertools.count(1)
_made: dict[int, int] = {}  # by id, as long as the report is there


def made_as(report: Report) -> int:
    """The how-manieth report of this session it is."""
    return _made.get(id(report), 0)


class _View(Protocol):
    """What a module in `views/` offers: the page of a result."""

    def page(self, report: Any) -> Any: ...


class Written(str):
    """Text to be read or pasted: a notebook shows it as it is, not as a literal."""

    __slots__ = ()

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))


class WrittenMarkdown(Written):
    """The same in Markdown, shown as a page."""

    __slots__ = ()

    def _repr_markdown_(self) -> str:
        return str(self)


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen record; fields are given by name."""


class Report(Value, frozen=True, kw_only=True, weakref=True):
    """A result that can be shown, saved and turned into JSON.

    Subclasses name their view (a file in `views/`) and their JSON schema.
    """

    view: ClassVar[str]
    schema: ClassVar[str]
    version: ClassVar[int] = 1

    def __post_init__(self) -> None:
        """Remember which was made when: beside the report, for it is in no form of it."""
        _made[id(self)] = next(_count)
        weakref.finalize(self, _made.pop, id(self), None).atexit = False

    def to_dict(self) -> dict[str, Any]:
        """JSON-safe mapping: text keys, no NaN (None instead), with `schema` and `version` first."""
        content = msgspec.json.decode(msgspec.json.encode(self))
        return {"schema": self.schema, "version": self.version, **content}

    def to_markdown(self) -> str:
        """The whole report as Markdown; everything that came from the user is escaped."""
        return self._render("markdown")

    def to_html(self) -> str:
        """The whole report as an HTML fragment without script, readable in light and dark."""
        return self._render("html")

    def save(self, path: str | Path) -> Path:
        """Write the report to `path` (`.html`, `.md`, `.json`; as `.svg` its picture, for a slide).

        It is written whole or not at all. Returns the path.

        Raises:
            InvalidValueError: for another ending, a report without a picture, or a folder that is not there.
        """
        saving = importlib.import_module("mlpm_magics.views.saving")
        return cast(Path, saving.save(self, Path(path)))

    def _render(self, form: str) -> str:
        view = cast(_View, importlib.import_module(f"mlpm_magics.views.{self.view}"))
        return cast(str, importlib.import_module(f"mlpm_magics.views.{form}").render(view.page(self)))

    def __str__(self) -> str:
        """The whole report as plain text, at most 80 columns wide."""
        return self._render("text")

    def __repr__(self) -> str:
        """The same text: a report at the end of a cell or a prompt is there to be read."""
        return str(self)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return {"text/plain": str(self), "text/markdown": self.to_markdown(), "text/html": self.to_html()}
