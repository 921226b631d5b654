"""The words of `%ml_lifecycle`: what is typed, done with the project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import InvalidValueError, MlpmError, UnknownNameError, shown
from mlpm_magics.lifecycle.project import Project, open_project, start_project

# each word, and what can go with it
_TAKES: dict[str, tuple[str, ...]] = {
    "start": (),
    "done": ("note",),
    "undo": (),
    "note": (),
    "gate": (),
    "advance": (),
    "waive": ("because",),
    "back": ("because",),
    "log": (),
}
_FOLLOWED_BY = {"done": "TASK", "undo": "TASK", "note": "TEXT", "waive": "GATE", "back": "PHASE"}


def run(words: Sequence[str], because: str = "", note: str = "", path: str | Path = ".") -> Project:
    """Do what was typed and return the project, which then shows first what happened.

    Args:
        words: `start NAME`, `done TASK`, `undo TASK`, `note TEXT`, `gate`, `advance`, `waive GATE`,
            `back PHASE` or `log`; none to only look.
        because: the reason, for `waive` and `back`.
        note: a note, for `done`.
        path: the folder of the project.

    Raises:
        MlpmError: one line, with the nearest word, task, gate or phase.
    """
    if not words:
        return open_project(path)
    word, rest = words[0].lower(), " ".join(words[1:]).strip()
    if word not in _TAKES:
        raise UnknownNameError(f"there is no {shown(words[0], 40)!r}", given=words[0], allowed=_TAKES)
    for option, given in (("because", because), ("note", note)):
        if given and option not in _TAKES[word]:
            raise InvalidValueError(f"{word} takes no --{option}", hint=_example(word))
    if word in _FOLLOWED_BY and not rest:
        raise InvalidValueError(f"{word} what?", hint=_example(word))
    if word not in _FOLLOWED_BY and word != "start" and rest:
        raise InvalidValueError(f"{word} stands alone; {shown(rest, 40)!r} is too much")
    if word == "start":
        return start_project(rest or Path(path).resolve().name or "project", path)
    project = open_project(path)
    name = "_".join(rest.lower().replace("-", " ").split())
    match word:
        case "done":
            project.done(name, note)
        case "undo":
            project.undo(name)
        case "note":
            project.note(rest)
        case "advance":
            project.advance()
        case "waive":
            project.waive(name, because=because)
        case "back":
            project.back(name, because)
        case "gate" | "log":
            project.unfolded = _part(word)
    return project


def words_after(typed: Sequence[str], path: str | Path = ".") -> list[str]:
    """What can be typed next, for Tab: a word, then the tasks, gates or phases that go with it."""
    if not typed:
        return list(_TAKES)
    kind = _FOLLOWED_BY.get(typed[0], "")
    if len(typed) > 1 or kind in ("", "TEXT"):
        return []
    try:
        project = open_project(path)
    except MlpmError:
        return []
    return list(_names(project, typed[0]))


def _names(project: Project, word: str) -> Iterable[str]:
    match word:
        case "done" | "undo":
            return [name for name, task in project.tasks.items() if task.done == (word == "undo")]
        case "waive":
            return [name for name, gate in project.gates.items() if not gate.passed]
        case _:
            order = list(knowledge().phases)
            return order[: order.index(project.phase)]


def _part(word: str) -> Literal["gate", "log"]:
    return "gate" if word == "gate" else "log"


def _example(word: str) -> str:
    reason = ' --because "…"' if word == "waive" else ""
    return f"%ml_lifecycle {word} {_FOLLOWED_BY.get(word, '')}".rstrip() + reason
