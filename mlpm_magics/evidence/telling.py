"""What was measured, told: the one line that matters most, and the rungs of the ladder."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mlpm_magics.evidence.gaps import gap
from mlpm_magics.evidence.ladder import Ladder, Step
from mlpm_magics.evidence.words import WEAK
from mlpm_magics.results import Evidence, Rung


def headline(criteria: Mapping[str, Evidence], ladder: Ladder | None) -> str:
    """The one line that matters most."""
    signal, rules, leaking = (criteria[n] for n in ("signal_exists", "simple_rules_suffice", "leakage"))
    were = "They were" if len(leaking.set_aside) > 1 else "It was"
    before = f"{leaking.text} {were} set aside. " if leaking.answer == "yes" and leaking.set_aside else ""
    weak = ladder is not None and ladder.skill(ladder.best) < WEAK
    if signal.answer != "yes" or weak or (signal.effect or 0) < WEAK:
        return before + signal.text
    simplest = next((rung for rung in rungs(ladder) if rung.simplest), None) if ladder else None
    if rules.answer == "yes":
        return f"{before}{rules.text} A rule may do."
    if simplest is not None and simplest.readable and simplest.id != "base_rate":
        return f"{before}The simplest model that is as good as the best can be read: {simplest.title}."
    if rules.answer == "no":
        return f"{before}{rules.text} A rule falls short."
    return f"{before}{signal.text}"


def rungs(ladder: Ladder) -> tuple[Rung, ...]:
    """The ladder as a result: skill, gap to the best, and the simplest rung within the margin.

    What is best is known, and a rung marked, only once all were tried.
    """
    best, marked = ladder.best, False
    found: list[Rung] = []
    for step in (ladder.base, *ladder.steps.values()):
        over, behind = gap(ladder, ladder.base, step), gap(ladder, step, best)
        within = ladder.complete and behind.effect <= ladder.margin and ladder.skill(best) > 0
        found.append(
            Rung(
                id=step.rung.id,
                title=step.rung.title,
                skill=over.effect,
                interval=over.interval,
                gap=behind.effect,
                gap_interval=behind.interval,
                within_margin=within,
                simplest=within and not marked,
                readable=step.rung.readable,
                **_familiar(ladder, step),
            )
        )
        marked = marked or within
    return tuple(found)


def _familiar(ladder: Ladder, step: Step) -> dict[str, float | None]:
    """The figures people know: accuracy and, for two classes, AUC and lift; for numbers the usual error."""
    prepared = ladder.prepared
    if prepared.task == "number":
        return {"error": float(np.abs(prepared.y - step.predicted[:, 0]).mean())}
    right = float((step.predicted.argmax(axis=1) == prepared.y).mean())
    if prepared.classes != 2:
        return {"accuracy": right}
    from sklearn.metrics import roc_auc_score

    chance = step.predicted[:, 1]
    top = np.argsort(-chance, kind="stable")[: max(1, prepared.n // 10)]
    lift = float(prepared.y[top].mean() / prepared.y.mean())
    return {"accuracy": right, "auc": float(roc_auc_score(prepared.y, chance)), "lift": lift}
