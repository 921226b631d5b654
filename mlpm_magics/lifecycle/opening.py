"""Beginning a project, and opening one."""

from __future__ import annotations

from pathlib import Path

from mlpm_magics.catalogue import find, knowledge
from mlpm_magics.lifecycle import file as disk
from mlpm_magics.lifecycle.project import Project
from mlpm_magics.lifecycle.stamp import Stamp, worded
from mlpm_magics.lifecycle.state import SCHEMA, State

_LONGEST_NAME = 120


def start_project(name: str, path: str | Path = ".") -> Project:
    """Begin a project: write `mlpm.yaml`.

    Args:
        name: what it is called.
        path: the folder, which must exist.

    Raises:
        InvalidValueError: when there is a project already (it is left as it is), or nothing can be written.
    """
    file = disk.locate(path)
    title = worded(name, "the name of a project", _LONGEST_NAME)
    happened = f"Began the project {title}."
    first = next(iter(knowledge().phases))
    state = State(schema=SCHEMA, name=title, phase=first, log=(Stamp.now().entry(happened),))
    disk.create(file, state)
    return Project(file, state, happened)


def open_project(path: str | Path = ".") -> Project:
    """Open the project of a folder.

    Args:
        path: the folder, or the file itself.

    Raises:
        MlpmError: one line, when there is none (it says how to begin one) or its file cannot be used.
    """
    file = disk.locate(path)
    state = disk.read(file)
    find(knowledge().phases, state.phase, "phase", file.name)
    return Project(file, state)
