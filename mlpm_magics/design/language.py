"""The design language: what an ML product is made of, read from YAML or a mapping, with its defaults.

Every key is a fact about the world, a choice of the team, or a limit the PM sets; `KINDS` says which. All
durations are whole ticks. A key that is left out takes its default, and `Design.assumed` names it.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

import msgspec

Ticks = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000)]

TickUnit = Literal["second", "minute", "hour", "day", "week", "month"]
Watch: TypeAlias = Literal[
    "freshness",
    "inputs",
    "outputs",
    "outcomes",
    "groups",
    "goal",
    "explored",
    "versions",
    "exposure",
]
Do = Literal["alert", "fallback", "rollback", "stop", "retrain", "complete"]


class Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One concept of the language."""


class Decision(Part, frozen=True, kw_only=True):
    """What is decided, how bad a wrong one is, and whether it can be taken back."""

    what: str = ""
    harm: Literal["low", "medium", "high"] = "medium"
    reversible: bool = True


class Source(Part, frozen=True, kw_only=True):
    """Where data come from. `checked`: wrong values are refused at the door. `open`: outsiders write here.

    `depends_on`: another source; what befalls that one befalls this one too.
    """

    max_age: Ticks | None = None
    checked: bool = False
    open: bool = False
    moderated: bool = False
    refresh: Ticks | None = None
    depends_on: str = ""


class Feature(Part, frozen=True, kw_only=True):
    """Something the model looks at. `known`: before or only after the decision."""

    from_: str = msgspec.field(name="from", default="")
    known: Literal["before", "after"] = "before"
    proxy_of: str = ""


class Label(Part, frozen=True, kw_only=True):
    """What the model learns from. `delay`: ticks until the outcome is known."""

    what: str = ""
    delay: Ticks = 0
    wait: bool = False
    proxy: bool = False
    seen_for: Literal["all", "acted_on"] = "all"
    changed_by_action: bool = False
    biased_history: bool = False


class Model(Part, frozen=True, kw_only=True):
    """How the model is trained and released. `window`: ticks of data in a training; None for the default."""

    retrain: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] | None = None
    window: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] | None = None
    gate: Literal["none", "same_data", "golden"] = "none"
    keep: Count = 0
    shadow: Ticks = 0
    validated_on: Literal["own", "elsewhere", "others"] = "own"
    rollout: Literal["verified", "unverified"] = "verified"


class Act(Part, frozen=True, kw_only=True):
    """Who acts on a prediction, and how much is committed each tick."""

    by: Literal["auto", "human"] = "auto"
    per_tick: Ticks = 1


class Review(Part, frozen=True, kw_only=True):
    """The people who check decisions. `peak` defaults to `load`."""

    capacity: Ticks = 0
    load: Ticks = 0
    peak: Ticks | None = None
    when_full: Literal["queue", "wave_through", "ignore", "safe_default"] = "queue"


class Monitor(Part, frozen=True, kw_only=True):
    """Something that is watched, and what is done `after` ticks when it goes off.

    `lag` defaults to the label's delay for outcomes, groups and explored, else 0; `at` is for exposure.
    """

    watch: Watch
    every: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 1
    lag: Ticks | None = None
    needs: tuple[str, ...] = ()
    at: Ticks | None = None
    do: Do = "alert"
    after: Ticks = 0
    of: str = ""


class Fallback(Part, frozen=True, kw_only=True):
    """What decides while the model does not. `ready`: ticks until it can take over."""

    to: str = ""
    needs: tuple[str, ...] = ()
    ready: Ticks = 0


class Feedback(Part, frozen=True, kw_only=True):
    """Whether the model's own actions make its next data, and whether some are left to chance."""

    data_from_actions: bool = False
    explore: bool = False


class People(Part, frozen=True, kw_only=True):
    """What a person who is decided on can do. `appeal`: ticks until an appeal comes through."""

    appeal: Ticks | None = None
    same_staff_as_review: bool = False
    personal_data: bool = False
    erase_from_training: bool = False


class Limits(Part, frozen=True, kw_only=True):
    """What the PM can bear, in ticks (exposure in units of `act.per_tick`); None is no limit."""

    unnoticed: Ticks = 5
    after_alarm: Ticks = 2
    exposure: Ticks | None = None
    correct: Ticks | None = None
    wait: Ticks | None = None
    erase: Ticks | None = None
    attack: Ticks | None = None
    handover: Ticks = 0
    outlive: Ticks | None = None
    skew: Annotated[int, msgspec.Meta(ge=0, le=3)] = 2
    resume: Ticks = 90


class WorldPart(Part, frozen=True, kw_only=True):
    """How much may go wrong: at most `faults` of `events` (None: all that the design makes possible)."""

    faults: Annotated[int, msgspec.Meta(ge=0, le=10)] = 1
    events: tuple[str, ...] | None = None


class Design(Part, frozen=True, kw_only=True):
    """An ML product's design."""

    design: str = ""
    tick: TickUnit = "day"
    decision: Decision = Decision()
    sources: dict[str, Source] = {}
    features: dict[str, Feature] = {}
    protected: tuple[str, ...] = ()
    label: Label = Label()
    model: Model = Model()
    act: Act = Act()
    review: Review | None = None
    monitors: tuple[Monitor, ...] = ()
    fallback: Fallback | None = None
    feedback: Feedback = Feedback()
    people: People = People()
    limits: Limits = Limits()
    world: WorldPart = WorldPart()

    @property
    def window(self) -> int:
        """Ticks of data in one training."""
        if self.model.window is not None:
            return self.model.window
        return max(1, min(self.model.retrain or 60, 60))

    def lag(self, monitor: Monitor) -> int:
        """Ticks before what a monitor watches can be seen at all."""
        if monitor.lag is not None:
            return monitor.lag
        return self.label.delay if monitor.watch in ("outcomes", "groups", "explored") else 0

    def written(self) -> dict[str, Any]:
        """The design as plain YAML values, defaults left out."""
        return _without_defaults(self, Design())


_USUAL: dict[str, Part] = {
    "review": Review(),
    "fallback": Fallback(),
    "sources": Source(),
    "features": Feature(),
    "monitors": Monitor(watch="freshness"),
}


def _without_defaults(part: Part, usual: Part) -> dict[str, Any]:
    """A part as plain values, without what stands at its default."""
    kept: dict[str, Any] = {}
    for field in msgspec.structs.fields(part):
        value, default = getattr(part, field.name), getattr(usual, field.name)
        if value == default and field.name != "watch":
            continue
        inner = _USUAL.get(field.name, default)
        if isinstance(value, Part):
            kept[field.encode_name] = _without_defaults(value, inner)
        elif isinstance(value, dict):
            kept[field.encode_name] = {name: _without_defaults(item, inner) for name, item in value.items()}
        elif field.name == "monitors":
            kept[field.encode_name] = [_without_defaults(item, inner) for item in value]
        else:
            plain = list(value) if isinstance(value, tuple) else value
            kept[field.encode_name] = "never" if plain is None else plain
    return kept
