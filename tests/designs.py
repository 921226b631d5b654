"""Designs that several tests use: the ones of the knowledge base, and random ones."""

from __future__ import annotations

import typing
from typing import Any

from hypothesis import strategies as st

from mlpm_magics.catalogue import knowledge
from mlpm_magics.design.language import Design, Monitor
from mlpm_magics.design.read import mapping_of, read_design

INCIDENTS = {name: entry for name, entry in knowledge().design_templates.items() if entry.breaks}
SKETCHES = {name: entry for name, entry in knowledge().design_templates.items() if not entry.breaks}


def read(text: str) -> Design:
    return read_design(mapping_of(text))


def every_design() -> dict[str, Design]:
    found = {name: read(entry.design) for name, entry in knowledge().design_templates.items()}
    return found | {f"{name}, mended": read(entry.mended) for name, entry in INCIDENTS.items()}


_few = st.integers(1, 4)
_flag = st.booleans()
_monitor = st.fixed_dictionaries(
    {
        "watch": st.sampled_from(typing.get_args(typing.get_type_hints(Monitor)["watch"])),
        "every": _few,
        "do": st.sampled_from(["alert", "fallback", "rollback", "stop", "retrain", "complete"]),
        "after": st.integers(0, 2),
        "at": _few,
    }
)


@st.composite
def designs(draw: st.DrawFn) -> dict[str, Any]:
    """A small design: few ticks everywhere, so that it is explored at once."""
    return {
        "decision": {"harm": draw(st.sampled_from(["low", "high"])), "reversible": draw(_flag)},
        "sources": {"a": {"max_age": draw(_few), "checked": draw(_flag), "open": draw(_flag)}},
        "protected": draw(st.sampled_from([[], ["age"]])),
        "label": {
            "delay": draw(st.integers(0, 3)),
            "wait": draw(_flag),
            "proxy": draw(_flag),
            "seen_for": draw(st.sampled_from(["all", "acted_on"])),
            "changed_by_action": draw(_flag),
        },
        "model": {
            "retrain": draw(st.sampled_from(["never", 1, 2, 3])),
            "window": draw(_few),
            "gate": draw(st.sampled_from(["none", "same_data", "golden"])),
            "keep": draw(st.integers(0, 2)),
            "rollout": draw(st.sampled_from(["verified", "unverified"])),
        },
        "act": {"by": draw(st.sampled_from(["auto", "human"]))},
        "monitors": draw(st.lists(_monitor, max_size=3)),
        "fallback": draw(st.sampled_from([{}, {"needs": ["a"]}, {"ready": 2}])),
        "feedback": {"data_from_actions": draw(_flag), "explore": draw(_flag)},
        "people": {"personal_data": draw(_flag), "erase_from_training": draw(_flag)},
        "limits": {
            "unnoticed": draw(_few),
            "after_alarm": draw(_few),
            "exposure": draw(_few),
            "erase": draw(_few),
        },
        "world": {"faults": draw(st.integers(0, 1))},
    }
