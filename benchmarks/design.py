"""How fast designs are explored, in how much memory, and how often a repair is found.

    python benchmarks/design.py [RANDOM DESIGNS] [STATES]

Targets: all designs of the knowledge base in under 3 s together, 50,000 situations a second on one core, a
million within 1 GB, a repair for at least 90 % of the broken designs within 5 s each. The random designs are
drawn here, with a seed; nothing was tuned on them.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections import Counter
from typing import Any

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.design.explore import explore
from mlpm_magics.design.read import mapping_of, read_design
from mlpm_magics.design.world import World

LARGE = {
    "sources": {name: {"max_age": 6} for name in "abcd"},
    "label": {"delay": 5, "proxy": True},
    "model": {"retrain": 7, "window": 14, "keep": 3},
    "monitors": [
        {"watch": "freshness", "every": 3, "do": "alert"},
        {"watch": "outcomes", "every": 5, "needs": ["a"], "do": "rollback", "after": 2},
    ],
    "limits": {"unnoticed": 12, "exposure": 30},
    "world": {"faults": 4},
}


def drawn(r: random.Random) -> dict[str, Any]:
    """A design of ordinary size with a few faults of its own."""
    watches = ["freshness", "inputs", "outputs", "outcomes", "groups", "goal", "versions"]
    monitors = [
        {
            "watch": watch,
            "every": r.choice([1, 2, 4, 7, 12]),
            "do": r.choice(["alert", "fallback", "rollback", "stop", "retrain"]),
            "after": r.choice([0, 0, 1, 3]),
        }
        for watch in r.sample(watches, r.randint(1, 4))
    ]
    yes = r.random
    return {
        "decision": {"harm": r.choice(["low", "medium", "high"]), "reversible": yes() < 0.8},
        "sources": {
            name: {"max_age": r.choice([1, 2, 4]), "checked": yes() < 0.4, "open": yes() < 0.15}
            for name in "ab"[: r.randint(1, 2)]
        },
        "protected": ["age"] if yes() < 0.3 else [],
        "label": {
            "delay": r.choice([0, 1, 3, 8, 14]),
            "wait": yes() < 0.5,
            "proxy": yes() < 0.2,
            "changed_by_action": yes() < 0.2,
        },
        "model": {
            "retrain": r.choice(["never", 1, 4, 7, 12]),
            "window": r.choice([4, 12, 26]),
            "gate": r.choice(["none", "same_data", "golden"]),
            "keep": r.choice([0, 1, 3]),
            "rollout": "unverified" if yes() < 0.2 else "verified",
        },
        "monitors": monitors,
        "act": {"by": r.choice(["auto", "human"])},
        "feedback": {"data_from_actions": yes() < 0.2},
        "people": {"appeal": r.choice(["never", 3, 10])},
        "limits": {
            "unnoticed": r.choice([4, 8, 15]),
            "after_alarm": r.choice([2, 4]),
            "correct": r.choice(["never", 12]),
            "exposure": r.choice(["never", 20]),
        },
        "world": {"faults": r.choice([1, 1, 2])},
    }


def main() -> None:
    designs = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    states = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000
    texts = [t.design for t in knowledge().design_templates.values()]
    texts += [t.mended for t in knowledge().design_templates.values() if t.mended]
    begun, seen = time.perf_counter(), 0
    for text in texts:
        seen += len(explore(World(read_design(mapping_of(text)))).states)
    took = time.perf_counter() - begun
    print(f"{len(texts)} designs of the knowledge base: {took:.2f} s, {seen:,} situations")

    r = random.Random(20261124)  # noqa: S311 - designs, no secrets
    outcome: Counter[str] = Counter()
    slowest = 0.0
    for _ in range(designs):
        begun = time.perf_counter()
        check = mlpm.check_design(drawn(r))
        slowest = max(slowest, time.perf_counter() - begun)
        for violation in check.violations:
            told_apart = "a fact or a limit" in violation.no_repair
            outcome[
                "repaired" if violation.repair else "no choice mends it" if told_apart else "not found"
            ] += 1
        broken = check.violations
        if broken:
            outcome["designs broken"] += 1
            outcome["designs mended wholly or in part"] += any(v.repair for v in broken) or bool(check.mended)
            outcome["designs with every break repaired"] += all(v.repair for v in broken)
    print(f"{designs} random designs, the slowest in {slowest:.1f} s: {dict(outcome)}")

    begun = time.perf_counter()
    search = explore(World(read_design(LARGE)), max_states=states)
    took = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = len(search.states) / took
    print(f"{len(search.states):,} situations in {took:.1f} s, {rate:,.0f} a second, {memory:.0f} MB")


if __name__ == "__main__":
    main()
