"""What is remembered from one tick to the next: a small named tuple, every counter bounded.

Counters stop one above the number they are held against, and no day is stored, so there are finitely many
states, and a search that ends has seen everything that can ever happen.
"""

from __future__ import annotations

import operator
from typing import NamedTuple

from mlpm_magics.design.language import Watch

MODEL, FALLBACK, STOPPED = 0, 1, 2
OK, DOWN, WRONG = 0, 1, 2

# what a model version carries in it
CORRUPT, POISON, MASKED, IMMATURE, ERASED = 1, 2, 4, 8, 16
FLAGS = {"corrupt": CORRUPT, "poison": POISON, "masked": MASKED, "immature": IMMATURE}

# why decisions can be bad, in the order of the bits
CAUSES = (
    "stale",
    "wrong",
    "drift",
    "corrupt",
    "poison",
    "masked",
    "immature",
    "group",
    "proxy",
    "blind",
    "leak",
    "mix",
    "newpop",
)
BIT = {cause: 1 << number for number, cause in enumerate(CAUSES)}

# which causes each kind of monitor can see
SEES: dict[Watch, tuple[str, ...]] = {
    "freshness": ("stale",),
    "inputs": ("wrong",),
    "outputs": ("poison", "mix", "corrupt", "immature"),
    "outcomes": ("drift", "corrupt", "leak", "immature", "wrong", "stale", "poison", "newpop"),
    "groups": ("group",),
    "goal": ("proxy", "masked", "drift"),
    "explored": ("blind", "masked"),
    "versions": ("mix",),
    "exposure": (),
}

CLEAN_AGAIN = -1
"""`State.erasure` once the live model no longer carries what somebody asked to have erased."""


class State(NamedTuple):
    """The product at the end of a tick; ticks and counts are whole numbers, flags are 0 or 1."""

    left: int  # how many more things may go wrong
    mode: int
    in_fallback: int  # ticks
    retrain_in: int  # ticks; 0 where it never happens
    live: int  # flags of the model in use
    kept: tuple[int, ...]  # flags of the versions kept, newest first
    drift: int  # ticks since the world changed, 0 for as learned
    attack: int
    surge: int
    group: int
    proxy: int
    blind: int
    newpop: int
    mix: int
    skew: int
    erasure: int  # ticks that the live model carries erased data, or CLEAN_AGAIN
    dirty: int  # ticks until wrong values leave the training window
    poisoned: int  # the same for what attackers wrote
    exposure: int
    backlog: int
    case: int  # ticks that the oldest wrong decision stands uncorrected
    outlives: int  # ticks that a model of the bad days is used though the data are fine
    off: int  # ticks out of use without a cause
    sources: tuple[tuple[int, int], ...]  # (status, ticks since the last delivery) of each
    alarms: tuple[tuple[int, ...], ...]  # of each cause: unnoticed ticks, ticks since the alarm, watched…


class Tick:
    """A state while a tick changes it, with what is found on the way."""

    __slots__ = (*State._fields, "causes", "down", "harmful", "late", "longest", "mistake", "no_clean")

    left: int
    mode: int
    in_fallback: int
    retrain_in: int
    live: int
    kept: tuple[int, ...]
    drift: int
    attack: int
    surge: int
    group: int
    proxy: int
    blind: int
    newpop: int
    mix: int
    skew: int
    erasure: int
    dirty: int
    poisoned: int
    exposure: int
    backlog: int
    case: int
    outlives: int
    off: int
    sources: tuple[tuple[int, int], ...]
    alarms: tuple[tuple[int, ...], ...]
    causes: int
    down: frozenset[int]  # numbers of the sources
    harmful: bool
    late: int  # the causes that nobody noticed in time
    longest: int  # ticks since the oldest alarm
    mistake: bool
    no_clean: bool

    def __init__(self, state: State) -> None:
        """Begin with the state as it was."""
        (
            self.left,
            self.mode,
            self.in_fallback,
            self.retrain_in,
            self.live,
            self.kept,
            self.drift,
            self.attack,
            self.surge,
            self.group,
            self.proxy,
            self.blind,
            self.newpop,
            self.mix,
            self.skew,
            self.erasure,
            self.dirty,
            self.poisoned,
            self.exposure,
            self.backlog,
            self.case,
            self.outlives,
            self.off,
            self.sources,
            self.alarms,
        ) = state
        self.late = self.longest = 0
        self.mistake = False
        self.no_clean = False

    def end(self) -> State:
        """The state at the end of the tick."""
        return tuple.__new__(State, _REMEMBERED(self))


_REMEMBERED = operator.attrgetter(*State._fields)
