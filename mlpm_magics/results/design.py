"""What exploring a design's behaviours told: each property, the shortest story of each break, and repairs."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import msgspec

from mlpm_magics.errors import DesignBrokenError, UnknownNameError
from mlpm_magics.results.report import Report, Value

Holds = Literal["holds", "broken", "undecided"]
How = Literal["well", "harm", "off", "fallback", "broken"]


class PropertyResult(Value, frozen=True, kw_only=True):
    """One property of a design.

    `first_tick` is the earliest tick at which it can break, `faults_needed` the fewest things that must go
    wrong for it; both None where it holds, and for what the text already says. `note` says why a property
    cannot break, where that is no merit of the design: no limit is set, or nothing here can cause it.
    """

    verdict: Holds
    sentence: str
    first_tick: int | None = None
    faults_needed: int | None = None
    note: str = ""


class Moment(Value, frozen=True, kw_only=True):
    """A tick of a story: what happened, and how the product stood at its end."""

    tick: int
    told: tuple[str, ...]
    how: How
    event: str = ""


class Change(Value, frozen=True, kw_only=True):
    """One key of a design, changed: `field` as it is typed, e.g. `model.keep` or `monitors.1.every`."""

    field: str
    before: str
    after: str
    text: str = ""


class Repair(Value, frozen=True, kw_only=True):
    """Changes of choices after which a property holds, nothing else breaks and the product stays in use.

    `threshold` says how far a number can go, e.g. "holds from keep = 7", or is empty. `faults` is how many
    things going wrong it was explored with, when there was no time for as many as the design says.
    """

    changes: tuple[Change, ...]
    text: str
    threshold: str = ""
    faults: int | None = None


class Violation(Value, frozen=True, kw_only=True):
    """A property that some behaviour breaks, with the shortest such behaviour."""

    property: str
    sentence: str
    trace: tuple[Moment, ...]
    repair: Repair | None = None
    others: tuple[Repair, ...] = ()
    no_repair: str = ""
    incident: str = ""
    source: str = ""


class Turn(Value, frozen=True, kw_only=True):
    """Where a number turns a property: from `value` on, away from `now`, it `becomes` something else."""

    field: str
    property: str
    now: str
    value: str
    becomes: Holds


class DesignCheck(Report, frozen=True, kw_only=True):
    """Every behaviour of a design, explored.

    `states` is how many different situations were seen; `complete`, whether those were all there are;
    `interrupted`, whether the user ended it: what is there is what was known by then.
    `mended` are changes that together mend all that choices can mend, where more than one thing is broken;
    `unmended` is what still breaks with them. `why`
    names the one property that is to be shown, if only one is. `design` is the design as written, without
    defaults; `assumed` are the defaults taken, in words.
    """

    view: ClassVar[str] = "design"
    schema: ClassVar[str] = "mlpm_magics.design_check"

    name: str = ""
    title: str = ""
    tick: str = "day"
    sentence: str = ""
    properties: dict[str, Holds]
    details: dict[str, PropertyResult]
    violations: tuple[Violation, ...]
    states: int
    transitions: int
    faults: int
    events: tuple[str, ...] = ()
    complete: bool = True
    interrupted: bool = False
    mended: Repair | None = None
    unmended: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    design: dict[str, Any] = msgspec.field(default_factory=dict)
    changed: tuple[Change, ...] = ()
    flips: tuple[Turn, ...] = ()
    why: str = ""
    recorded: str = ""

    @property
    def holds(self) -> bool:
        """Every property holds; undecided is not holding."""
        return all(verdict == "holds" for verdict in self.properties.values())

    def assert_holds(self, *names: str) -> None:
        """Stop a script or a CI run where a property is broken or undecided.

        Args:
            names: the properties that must hold; all of them when none is given.

        Raises:
            DesignBrokenError: naming the properties, the first with its story's first tick.
            UnknownNameError: for a property that there is not.
        """
        for name in names:
            if name not in self.properties:
                raise UnknownNameError(f"no property is called {name!r}", given=name, allowed=self.properties)
        failing = [n for n in names or self.properties if self.properties[n] != "holds"]
        if failing:
            listed = ", ".join(f"{name} ({self.properties[name]})" for name in failing)
            raise DesignBrokenError(f"{listed}", where=self.name or "design")
