"""A design as a TLA+ module, for a second opinion by TLC.

The module has two parts: the facts of this design as definitions, written here, and one tick of a product's
life, the same for every design, in `semantics.tla`. TLC then explores the behaviours by itself, from a text
that was written apart from `tick.py`. It does not decide `never_back` and `oscillates`, which ask what can
still happen rather than what must.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from mlpm_magics.catalogue import knowledge
from mlpm_magics.design.events import Event
from mlpm_magics.design.properties import OVER_TIME
from mlpm_magics.design.read import read_design
from mlpm_magics.design.state import CAUSES
from mlpm_magics.design.world import World
from mlpm_magics.documents import write_whole
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.results import DesignCheck

_NEVER = -1


def module(report: DesignCheck, name: str = "Design") -> str:
    """The TLA+ text of the design that a report is about, with one invariant for each property over time.

    Args:
        report: a check; its design and its number of faults are taken.
        name: the name of the module, which must be that of its file.
    """
    part = report.design.get("world")
    world_part = {**(part if isinstance(part, dict) else {}), "faults": report.faults}
    world = World(read_design({**report.design, "world": world_part}))
    facts = "\n".join(f"{key} == {value}" for key, value in _facts(world).items())
    entries = knowledge().design_properties
    invariants = "\n".join(
        f'\\* {_ascii(entries[prop].sentence)}\n{_camel(prop)} == "{prop}" \\notin bad' for prop in OVER_TIME
    )
    return (
        f"---- MODULE {name} ----\n"
        f"\\* {_ascii(report.title or report.name or 'A design')}\n"
        f"\\* One step is one {world.design.tick}. A limit of -1 is none. Sources by number:\n"
        + "".join(f"\\*   {i}: {_ascii(source)}\n" for i, source in enumerate(world.names, 1))
        + f"EXTENDS Integers, Sequences\n\n{facts}\n\n"
        + resources.files("mlpm_magics.design").joinpath("semantics.tla").read_text("utf-8")
        + f"{invariants}\n====\n"
    )


def settings() -> str:
    """What TLC is to check in such a module: all invariants."""
    return "SPECIFICATION Spec\nINVARIANTS\n" + "".join(f"  {_camel(name)}\n" for name in OVER_TIME)


def save_tla(report: DesignCheck, path: Path) -> Path:
    """Write the TLA+ module, named as its file, and beside it the settings for TLC (`.cfg`).

    Raises:
        InvalidValueError: for another ending than `.tla`, or a name that no module can have.
    """
    if path.suffix != ".tla" or not (path.stem.isidentifier() and path.stem.isascii()):
        raise InvalidValueError(
            "should be a name that ends in .tla", where="--tla", hint="For example --tla Screen.tla"
        )
    write_whole(path, module(report, path.stem))
    write_whole(path.with_suffix(".cfg"), settings())
    return path


def _facts(world: World) -> dict[str, str]:
    """The design as definitions; what the module calls each is explained by how it uses it."""
    design, limits, sources = world.design, world.limits, list(world.design.sources.values())
    start = world.start()
    return {
        "Quiet": '[name |-> "quiet", source |-> 0]',
        "CostedEvents": _events(world.costed),
        "FreeEvents": _events(world.free),
        "Faults": str(design.world.faults),
        "NumberOfSources": str(len(sources)),
        "MaxAge": _sequence(_number(age) for age in world.max_age),
        "AgeCap": _sequence(map(str, world.age_cap)),
        "Checked": _sequence(_truth(source.checked) for source in sources),
        "First": _sequence(str(world.names.index(s.depends_on) + 1 if s.depends_on else 0) for s in sources),
        "Hit": _sequence(_hits(world)),
        "Retrain": str(world.retrain),
        "WindowLength": str(world.window),
        "Gate": _text(world.gate),
        "Keep": str(world.keep),
        "Delay": str(world.delay),
        "Wait": _truth(design.label.wait),
        "ChangedByAction": _truth(design.label.changed_by_action),
        "Explore": _truth(design.feedback.explore),
        "Leaks": _truth(world.leaks),
        "GroupAtStart": _truth(bool(start.group)),
        "BlindAtStart": _truth(bool(start.blind)),
        "NewPopAtStart": _truth(bool(start.newpop)),
        "EraseFromTraining": _truth(design.people.erase_from_training),
        "Watchers": "[" + ", ".join(f"{cause} |-> {_watchers(world, i)}" for i, cause in _causes()) + "]",
        "Responses": _sequence(_responses(world)),
        "Harm": _text(design.decision.harm),
        "Reversible": _truth(design.decision.reversible),
        "Auto": _truth(design.act.by == "auto"),
        "PerTick": str(design.act.per_tick),
        "WhenFull": _text(world.when_full),
        "Capacity": str(world.capacity),
        "Load": str(world.load),
        "Peak": str(world.peak),
        "BacklogCap": str(world.backlog_cap),
        "Appeal": _number(design.people.appeal),
        "SameStaff": _truth(design.people.same_staff_as_review),
        "FallbackNeeds": _set(str(number + 1) for number in world.fallback_needs),
        "FallbackReady": str(world.fallback_ready),
        "InFallbackCap": str(world.in_fallback_cap),
        "AlarmCap": str(world.alarm_cap),
        "UnnoticedCap": str(world.unnoticed_cap),
        "ExposureAt": _number(world.exposure_at),
        "ExposureCap": str(world.exposure_cap),
        "UnnoticedLimit": str(limits.unnoticed),
        "AfterAlarm": str(limits.after_alarm),
        "ExposureLimit": _number(limits.exposure),
        "Correct": _number(limits.correct),
        "WaitLimit": _number(limits.wait),
        "Erase": _number(limits.erase),
        "AttackLimit": _number(limits.attack),
        "Handover": str(limits.handover),
        "Outlive": _number(limits.outlive),
        "SkewLimit": str(limits.skew),
        "Resume": str(limits.resume),
    }


def _events(events: Iterable[Event]) -> str:
    return _set(f"[name |-> {_text(event.name)}, source |-> {event.source + 1}]" for event in events)


def _hits(world: World) -> Iterable[str]:
    """For each source the numbers of those that are hit with it."""
    hits = {e.source: e.hit for e in (*world.costed, *world.free) if e.source >= 0}
    return (_set(str(number + 1) for number, _ in hits[i]) for i in range(len(world.names)))


def _causes() -> Iterable[tuple[int, str]]:
    return enumerate(CAUSES)


def _watchers(world: World, cause: int) -> str:
    return _sequence(
        f"[enough |-> {w.enough}, needs |-> {_set(str(n + 1) for n in w.needs)}]"
        for w in world.watchers[cause]
    )


def _responses(world: World) -> Iterable[str]:
    """What is done when a cause was noticed, in the order in which it is done."""
    return (
        f"[cause |-> {_text(cause)}, do |-> {_text(w.do)}, after |-> {w.after}]"
        for i, cause in _causes()
        for w in world.watchers[i]
    )


def _sequence(items: Iterable[str]) -> str:
    return f"<<{', '.join(items)}>>"


def _set(items: Iterable[str]) -> str:
    return f"{{{', '.join(items)}}}"


def _truth(flag: bool) -> str:
    return "TRUE" if flag else "FALSE"


def _number(value: int | None) -> str:
    return str(_NEVER if value is None else value)


def _text(word: str) -> str:
    return f'"{word}"'


def _ascii(words: str) -> str:
    """Words that end no comment and that every tool can read."""
    return " ".join(words.split()).encode("ascii", "backslashreplace").decode()


def _camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("_"))
