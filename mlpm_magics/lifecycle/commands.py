"""The words of `%ml_lifecycle`: what is typed, done with the project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import InvalidValueError, MlpmError, UnknownNameError, shown
from mlpm_magics.lifecycle.card.examples import fields_of
from mlpm_magics.lifecycle.opening import open_project, start_project
from mlpm_magics.lifecycle.project import Project
from mlpm_magics.results import MlTestScore
from mlpm_magics.results.lifecycle import Part

# each word, and what can go with it
_TAKES: dict[str, tuple[str, ...]] = {
    "start": (),
    "set": (),
    "card": (),
    "done": ("note", "document"),
    "undo": (),
    "note": (),
    "gate": (),
    "advance": (),
    "waive": ("because",),
    "back": ("because",),
    "log": (),
    "score": (),
    "test": (),
}
# what changes one thing within a phase; the answer is as short
_STEPS = ("set", "done", "undo", "note", "waive", "test")
_FOLLOWED_BY = {
    "set": 'FIELD "…"',
    "done": "TASK",
    "undo": "TASK",
    "note": "TEXT",
    "waive": "GATE",
    "back": "PHASE",
    "test": "TEST manual",
}


def run(
    words: Sequence[str], because: str = "", note: str = "", document: str = "", path: str | Path = "."
) -> Project | MlTestScore:
    """Do what was typed and return the project, which then shows first what happened; or the test score.

    Args:
        words: `start NAME`, `set FIELD TEXT`, `card`, `done TASK`, `undo TASK`, `note TEXT`, `gate`,
            `advance`, `waive GATE`, `back PHASE`, `log`, `score` or `test TEST HOW`; none to only look.
        because: the reason, for `waive` and `back`.
        note: a note, for `done`.
        document: the name of the document that shows it, for `done`.
        path: the folder of the project.

    Raises:
        MlpmError: one line, with the nearest word, task, gate or phase.
    """
    if not words:
        return open_project(path)
    word, rest = words[0].lower(), " ".join(words[1:]).strip()
    if word not in _TAKES:
        raise UnknownNameError(f"there is no {shown(words[0], 40)!r}", given=words[0], allowed=_TAKES)
    for option, given in (("because", because), ("note", note), ("document", document)):
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
    if word == "score":
        return project.test_score
    match word:
        case "set":
            _set(project, words[1:])
        case "test":
            project.test("_".join(words[1:-1]).lower().replace("-", "_"), words[-1].lower())
        case "done":
            project.done(name, note, document)
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
        case "gate" | "log" | "card":
            project.unfolded = _part(word)
    if word in _STEPS:
        project.unfolded = "change"
    return project


def words_after(typed: Sequence[str], path: str | Path = ".") -> list[str]:
    """What can be typed next, for Tab: a word, then the tasks, gates or phases that go with it."""
    if not typed:
        return list(_TAKES)
    known = knowledge()
    if typed[0] == "set" and len(typed) == 1:
        return list(known.card_fields)
    if typed[0] == "test":
        return [list(known.readiness_tests), ["manual", "automated", "no"], []][min(len(typed) - 1, 2)]
    kind = _FOLLOWED_BY.get(typed[0], "")
    if len(typed) > 1 or kind in ("", "TEXT", 'FIELD "…"'):
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


def _part(word: str) -> Part:
    return "gate" if word == "gate" else "log" if word == "log" else "card"


def _set(project: Project, words: Sequence[str]) -> None:
    """A field, whose name may have several words, and its text; the text is in quotes or all that follows."""
    fields = fields_of(knowledge(), project.state)
    for end in range(min(len(words), 4), 0, -1):
        name = "_".join(words[:end]).lower().replace("-", "_").replace(" ", "_")
        if name in fields:
            if end == len(words):
                hint = f'%ml_lifecycle set {name} "{fields[name].example}"'
                raise InvalidValueError(f"set {name} to what? {fields[name].ask}", hint=f"For example {hint}")
            project.set(name, " ".join(words[end:]))
            return
    project.set(words[0].lower(), " ".join(words[1:]))


def _example(word: str) -> str:
    if word == "set":
        field = next(iter(knowledge().card_fields.values()))
        return f'%ml_lifecycle set {field.id} "{field.example}"'
    reason = ' --because "…"' if word == "waive" else ""
    return f"%ml_lifecycle {word} {_FOLLOWED_BY.get(word, '')}".rstrip() + reason
