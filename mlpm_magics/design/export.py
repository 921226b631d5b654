"""A check's stories as Mermaid diagrams, and a design's behaviours as a TLA+ module, for a second opinion."""

from __future__ import annotations

from pathlib import Path

from mlpm_magics.catalogue import knowledge
from mlpm_magics.design.events import Event
from mlpm_magics.design.explore import explore
from mlpm_magics.design.properties import OVER_TIME, breakable
from mlpm_magics.design.read import read_design
from mlpm_magics.design.state import MODEL, State
from mlpm_magics.design.tick import step
from mlpm_magics.design.world import World
from mlpm_magics.documents import write_whole
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.results import DesignCheck

_MOST_IN_TLA = 20_000


def mermaid(report: DesignCheck) -> str:
    """The story of each broken property as a Mermaid sequence of states, in one Markdown text."""
    entries = knowledge().design_properties
    parts = []
    for violation in report.violations:
        if not violation.trace:
            continue
        lines = ["```mermaid", "flowchart LR"]
        for number, moment in enumerate(violation.trace):
            told = "<br/>".join(_quoted(words) for words in moment.told)
            lines.append(f'    t{number}["{report.tick} {moment.tick}: {moment.how}<br/>{told}"]')
            if number:
                lines.append(f"    t{number - 1} --> t{number}")
        parts.append("\n".join([f"## {entries[violation.property].title}", "", *lines, "```"]))
    return "\n\n".join(parts) + "\n" if parts else "Nothing breaks, so there is no story to draw.\n"


def _quoted(words: str) -> str:
    """Words that are nothing but words in a diagram."""
    kept = "".join(char if char.isalnum() or char in " .,:-_" else f"#{ord(char)};" for char in words)
    return kept.replace("\n", " ")


def save_mermaid(report: DesignCheck, path: Path) -> Path:
    """Write the diagrams to a Markdown file.

    Raises:
        InvalidValueError: for another ending than `.md`, or a folder that there is not.
    """
    if path.suffix != ".md":
        raise InvalidValueError("should end in .md", where="--mermaid", hint="For example --mermaid story.md")
    write_whole(path, mermaid(report))
    return path


def tla(report: DesignCheck, module: str = "Design") -> str:
    """The explored behaviours as a TLA+ module: states by number, `Next` by events, one invariant a property.

    TLC then decides the same invariants on the same graph by itself; it does not judge how a tick works.

    Raises:
        InvalidValueError: when there are more than 20,000 situations, too many for a module that lists them.
    """
    world = World(read_design({**report.design, "world": _world(report)}))
    search = explore(world, max_states=_MOST_IN_TLA)
    if not search.complete:
        raise InvalidValueError(
            f"has more than {_MOST_IN_TLA:,} situations", where="--tla", hint="Fewer faults make it smaller"
        )
    index = {state: number for number, state in enumerate(search.states)}
    predicates = breakable(world)
    rows = []
    for number, state in enumerate(search.states):
        for event in (None, *search.events):
            if event is not None and not _can(event, state):
                continue
            tick = step(world, state, event)
            after = index[tick.end()]
            name = "quiet" if event is None else event.name
            spoilt = [bad for _, bad, breaks in predicates if breaks(tick, state)]
            rows.append(f'<<{number}, "{name}", {after}, {{{", ".join(_text(bad) for bad in spoilt)}}}>>')
    in_use = ", ".join(str(number) for number, state in enumerate(search.states) if state.mode == MODEL)
    invariants = "\n".join(f'{_name(name)} == "{name}" \\notin bad' for name in OVER_TIME)
    return (
        f"---- MODULE {module} ----\n"
        "EXTENDS Naturals\n"
        "VARIABLES s, event, bad\n\n"
        f"Steps == {{\n  " + ",\n  ".join(rows) + "\n}\n"
        f"InUse == {{{in_use}}}\n\n"
        'Init == s = 0 /\\ event = "start" /\\ bad = {}\n'
        "Next == \\E step \\in Steps : s = step[1] /\\ event' = step[2] /\\ s' = step[3] /\\ bad' = step[4]\n"
        "Spec == Init /\\ [][Next]_<<s, event, bad>>\n\n"
        f"{invariants}\n"
        "====\n"
    )


def _can(event: Event, state: State) -> bool:
    return bool(event.kind.free or state.left) and event.kind.can(state, event.source)


def _world(report: DesignCheck) -> dict[str, object]:
    part = report.design.get("world")
    return {**(part if isinstance(part, dict) else {}), "faults": report.faults}


def _text(word: str) -> str:
    return f'"{word}"'


def _name(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))


def tla_settings() -> str:
    """What TLC is to check in such a module: all invariants."""
    return "SPECIFICATION Spec\nINVARIANTS\n" + "".join(f"  {_name(name)}\n" for name in OVER_TIME)


def save_tla(report: DesignCheck, path: Path) -> Path:
    """Write the TLA+ module, named as its file, and beside it the settings for TLC (`.cfg`).

    Raises:
        InvalidValueError: for another ending than `.tla`, or a name that no module can have.
    """
    if path.suffix != ".tla" or not path.stem.isidentifier():
        raise InvalidValueError(
            "should be a name that ends in .tla", where="--tla", hint="For example --tla Screen.tla"
        )
    write_whole(path, tla(report, path.stem))
    write_whole(path.with_suffix(".cfg"), tla_settings())
    return path
