"""Whether a column gives the answer away, by its values, its gaps, or the order of the rows.

Source: Kapoor and Narayanan 2023, Leakage and the reproducibility crisis; limits 0.9 and 0.75: measured on
generated tables (evidence of the project).
"""

from __future__ import annotations

from collections.abc import Sequence

from mlpm_magics.evidence.leakage import FINE, LEAKS, Suspect
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import Evidence

TITLE = "Does a column give the answer away?"


def measure(found: Sequence[Suspect]) -> Evidence:
    """Judge the columns' skill alone."""
    if not found:
        return Evidence(criterion="leakage", answer="no", text="No column could give the answer away alone.")
    worst = found[0]
    name = f"`{worst.column}`" if worst.column else "The order of the rows"
    how = " by whether it is filled" if worst.how == "gaps" else ""
    words = f"{name} alone{how} explains {percent(max(0.0, worst.skill))} of the answer."
    if worst.skill > LEAKS:
        leaking = tuple(s.column or "the order of the rows" for s in found if s.skill > LEAKS)
        return Evidence(
            criterion="leakage",
            answer="yes",
            text=words,
            effect=worst.skill,
            margin=LEAKS,
            caveat="Ask when it is filled in. What is known only after the outcome must be left out; "
            "if it is known before, it is a rule.",
            set_aside=leaking,
        )
    answer = "no" if worst.skill < FINE else "cannot_tell"
    caveat = "" if answer == "no" else "Ask whether it is known at the moment of decision."
    return Evidence(
        criterion="leakage", answer=answer, text=words, effect=worst.skill, margin=FINE, caveat=caveat
    )  # type: ignore[arg-type]
