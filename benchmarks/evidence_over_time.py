"""How often the measures over time and per entity are right, on generated tables with known truth.

Run: python benchmarks/evidence_over_time.py [SEEDS] [ROWS] [PART] [KINDS]
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import evidence_time_worlds as worlds
import numpy as np

from mlpm_magics.evidence.forward import forward_signal
from mlpm_magics.evidence.ladder import Ladder, run, start
from mlpm_magics.evidence.measures import adapts_over_time, needs_personalization, scales_fast
from mlpm_magics.evidence.prepared import prepare
from mlpm_magics.evidence.rungs import LADDER
from mlpm_magics.table import open_table

DRIFT = {
    "flip": "yes",
    "gradual": "yes",
    "level": "yes",
    "season_and_flip": "yes",
    "short_flip": "cannot_tell",
    "short_season": "cannot_tell",
    **dict.fromkeys(
        (
            "still",
            "short_still",
            "days_still",
            "season",
            "season_slope",
            "sharp_season",
            "inputs_move",
            "inputs_move_curved",
            "weekday",
            "day_noise",
            "only_noise",
        ),
        "no",
    ),
}
ENTITIES = {"level": "yes", "slope": "yes", "none": "no", "input": "no", "constant": "cannot_tell"}
GROWTH = {"grows": "yes", "flat": "no", "season": "no", "many": "no", "renewed": "yes"}


def small_ladder(frame, curved=False, **roles) -> Ladder:
    """The linear rung, and curves where the world is curved; the whole ladder takes longer."""
    ladder = start(prepare(open_table(frame, target="y", **roles)))
    for rung in LADDER:
        if rung.id == "linear_scorecard" or (curved and rung.id == "additive_curves"):
            ladder.steps[rung.id] = run(rung, ladder)
    return ladder


def tally(name, truth, make, measure, seeds, roles) -> None:
    answers, effects, intervals, seconds = Counter(), [], [], []
    for seed in range(seeds):
        ladder = small_ladder(make(seed), curved="curved" in name, **roles)
        begin = time.perf_counter()
        found = measure(ladder)
        seconds.append(time.perf_counter() - begin)
        answers[found.answer] += 1
        if found.interval is not None:
            effects.append(found.effect)
            intervals.append(found.interval)
    middle = float(np.mean(effects)) if effects else float("nan")
    covered = (
        float(np.mean([low <= middle <= high for low, high in intervals])) if intervals else float("nan")
    )
    width = float(np.mean([high - low for low, high in intervals])) if intervals else float("nan")
    wrong = sum(count for answer, count in answers.items() if answer not in (truth, "cannot_tell"))
    print(
        f"{name:34s} truth {truth:11s} yes {answers['yes']:3d} no {answers['no']:3d} "
        f"cannot_tell {answers['cannot_tell']:3d} wrong {wrong:3d} effect {middle:7.3f} width {width:6.3f} "
        f"covers {covered:5.0%} {max(seconds):5.2f} s",
        flush=True,
    )


def main() -> None:
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    rows = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    part = sys.argv[3] if len(sys.argv) > 3 else "all"
    if part in ("all", "drift"):
        kinds = sys.argv[4].split(",") if len(sys.argv) > 4 else list(DRIFT)
        for kind in kinds:
            truth = DRIFT[kind]
            for classes in (False, True):
                tally(
                    f"adapts_over_time {kind}{' classes' if classes else ''}",
                    truth,
                    lambda seed, kind=kind, classes=classes: worlds.drift_world(
                        kind, rows, seed, classes=classes
                    ),
                    adapts_over_time.measure,
                    seeds,
                    {"time": "when"},
                )
    if part in ("all", "entities"):
        for kind, truth in ENTITIES.items():
            tally(
                f"needs_personalization {kind}",
                truth,
                lambda seed, kind=kind: worlds.entity_world(kind, rows, seed),
                needs_personalization.measure,
                seeds,
                {"entity": "who"},
            )
    if part in ("all", "growth"):
        for kind, truth in GROWTH.items():
            tally(
                f"scales_fast {kind}",
                truth,
                lambda seed, kind=kind: worlds.growth_world(kind, rows, seed),
                scales_fast.measure,
                seeds,
                {"time": "when", "entity": "who"},
            )
    if part in ("all", "forward"):
        for real in (False, True):
            found = [
                forward_signal(
                    prepare(open_table(worlds.walks_world(rows, s, real=real), target="y", time="when"))
                )
                for s in range(seeds)
            ]
            hits = sum(f is not None and f.gap.low > 0.01 for f in found)
            print(f"forward_signal related={real}: signal in {hits} of {seeds}", flush=True)


if __name__ == "__main__":
    main()
