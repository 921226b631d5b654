"""The side panel's line to this kernel.

Loading opens a comm and sends nothing else: what the panel shows is computed when it asks, and pushed after
a cell or a click that changed it. The panel asks with `told` or `tables`, found in `sys.modules`, so that a
kernel without this package is left alone. In a shell without a kernel (a terminal) nothing is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from weakref import WeakKeyDictionary

from mlpm_magics.errors import MlpmError
from mlpm_magics.notebook.lookup import ENDINGS, column_names, table_names
from mlpm_magics.notebook.recording import FILE

if TYPE_CHECKING:
    from mlpm_magics.results import Report

TARGET = "mlpm.panel.v1"
_MOST_TABLES = 200
_MOST_COLUMNS = 1000


class Told:
    """An answer to the panel: shown, it is JSON and nothing else."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        """Hold what is told."""
        self.content = content

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {"application/json": self.content, "text/plain": ""}


class Link:
    """What one shell tells the panel."""

    def __init__(self, shell: Any) -> None:
        """Stay silent until `open`."""
        self._shell = shell
        self._comm: Any = None
        self._reports: dict[str, Report] = {}
        self._told: object = None

    def open(self) -> None:
        """Tell front ends that the magics are here; those without the panel take no notice."""
        if getattr(self._shell, "kernel", None) is None:
            return
        from comm import create_comm

        self._comm = create_comm(target_name=TARGET, data={})
        self._comm.on_msg(self._asked)
        self._shell.events.register("post_run_cell", self.changed)

    def close(self) -> None:
        """Take the line away again."""
        if self._comm is not None:
            self._shell.events.unregister("post_run_cell", self.changed)
            self._comm.close()
            self._comm = None

    def keep(self, report: Report) -> None:
        """Remember the last report of each kind; a what-if says nothing of the product as it is."""
        if getattr(report, "changed", ()):
            return
        self._reports[type(report).__name__] = report

    @property
    def kept(self) -> bool:
        """Whether there is a report to remember."""
        return bool(self._reports)

    def changed(self, _: object = None) -> None:
        """Push what the panel shows, if it is not what it was told last."""
        if self._comm is not None and self._now() != self._told:
            self._push()

    def content(self) -> dict[str, Any]:
        """What the panel shows, as JSON."""
        from mlpm_magics.notebook.panel.state import panel_state

        self._told = self._now()
        names = (name for name in self._shell.magics_manager.magics["line"] if name.startswith("ml_"))
        return panel_state(tuple(sorted(names)), tuple(self._reports.values())).to_dict()

    def tables(self) -> dict[str, Any]:
        """The tables of this kernel with the columns that can be typed on a line, and the files beside it."""
        names = self._shell.user_ns
        there = table_names(names)[:_MOST_TABLES]
        return {
            "tables": [{"name": name, "columns": _typeable(column_names(names[name]))} for name in there],
            "files": _typeable(_files()),
        }

    def _push(self, **more: str) -> None:
        self._comm.send({"panel": self.content(), **more})

    def _now(self) -> object:
        """Differs from what it was when the project file or a report is another."""
        reports = tuple(map(id, self._reports.values()))
        try:
            file = Path(FILE).absolute()
            written = file.stat()
        except OSError:
            return reports
        return reports, file, written.st_mtime_ns, written.st_size

    def _asked(self, message: Mapping[str, Any]) -> None:
        """The panel ticks a task or takes the tick back; nothing else can be asked for here."""
        match message["content"]["data"]:
            case {"do": "done" | "undo" as word, "task": str(task)}:
                from mlpm_magics.lifecycle import open_project

                try:
                    project = open_project()
                    project.done(task) if word == "done" else project.undo(task)
                except MlpmError as error:
                    self._push(error=str(error))
                else:
                    self._push()


_LINKS: WeakKeyDictionary[Any, Link] = WeakKeyDictionary()


def connect(shell: Any) -> None:
    """Open the line of a shell."""
    _LINKS[shell] = Link(shell)
    _LINKS[shell].open()


def disconnect(shell: Any) -> None:
    """Close it."""
    link = _LINKS.pop(shell, None)
    if link is not None:
        link.close()


def noticed(shell: Any, result: object) -> None:
    """Keep what a magic answered, if it is a report, for the panel."""
    link = _LINKS.get(shell)
    if link is not None and hasattr(result, "schema") and hasattr(result, "view"):
        link.keep(cast("Report", result))


def changed(report: Report | None = None) -> None:
    """After a click in a widget: push what is new, a report that it now shows included."""
    for link in list(_LINKS.values()):
        if report is not None:
            link.keep(report)
        link.changed()


def reported() -> bool:
    """Whether this kernel has made a report since the magics were loaded."""
    link = _latest()
    return link is not None and link.kept


def told() -> Told | None:
    """What the panel shows; None where the magics are not loaded."""
    link = _latest()
    return None if link is None else Told(link.content())


def tables() -> Told | None:
    """The tables there are; None where the magics are not loaded."""
    link = _latest()
    return None if link is None else Told(link.tables())


def _latest() -> Link | None:
    """A kernel has one shell; where there were several, the last one counts."""
    return next(reversed(list(_LINKS.values())), None)


def _typeable(names: list[str]) -> list[str]:
    return [name for name in names if len(name.splitlines()) == 1][:_MOST_COLUMNS]


def _files() -> list[str]:
    try:
        return sorted(file.name for file in Path.cwd().iterdir() if file.suffix.lower() in ENDINGS)
    except OSError:
        return []
