"""How often `measure_fit` is right: worlds with known truth, many seeds, one table.

    python benchmarks/evidence.py [--rows 1000] [--seeds 10] [--world NAME]

Decided: answered yes or no where one of them is true. Wrong: the other one. False signal: "yes" on noise.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import evidence_worlds as worlds

import mlpm_magics as mlpm

PATIENT = 600.0  # seconds: a busy machine must not change what is found


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--rows", type=int, default=1000)
    asked.add_argument("--seeds", type=int, default=10)
    asked.add_argument("--world", default="")
    options = asked.parse_args()
    counted: dict[tuple[str, str], Counter[str]] = {}
    longest = 0.0
    for world in worlds.WORLDS:
        if options.world not in ("", world.__name__):
            continue
        for seed in range(options.seeds):
            made = world(seed, options.rows)
            begin = time.perf_counter()
            found = mlpm.measure_fit(
                made.data, target="y", random_state=seed, budget_s=PATIENT, **made.arguments
            )
            longest = max(longest, time.perf_counter() - begin)
            for criterion, truth in made.truth.items():
                answer = found.criteria[criterion].answer
                told = "cannot tell" if answer == "cannot_tell" else "right" if answer == truth else "wrong"
                counted.setdefault((world.__name__, criterion), Counter())[told] += 1
    report(counted, longest)


def report(counted: dict[tuple[str, str], Counter[str]], longest: float) -> None:
    print(f"{'world':22}{'criterion':28}{'right':>7}{'wrong':>7}{'cannot tell':>13}")
    for (world, criterion), told in counted.items():
        print(f"{world:22}{criterion:28}{told['right']:>7}{told['wrong']:>7}{told['cannot tell']:>13}")
    every = sum(counted.values(), Counter())
    decided = every["right"] + every["wrong"]
    on_noise = sum(
        (told for (world, criterion), told in counted.items() if criterion == "signal_exists"
         and world in {noise.__name__ for noise in worlds.NOISE}), Counter()
    )  # fmt: skip
    print(f"\ndecided {decided / max(1, every.total()):.0%} of {every.total()}")
    print(f"wrong {every['wrong'] / max(1, decided):.1%} of the decided")
    print(f"false signal on noise {on_noise['wrong'] / max(1, on_noise.total()):.1%} of {on_noise.total()}")
    print(f"longest run {longest:.1f} s")


if __name__ == "__main__":
    main()
