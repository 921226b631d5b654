"""Whether a column gives the answer away, by its values, its gaps, or the order of the rows.

Source: Kapoor and Narayanan 2023, Leakage and the reproducibility crisis; limits 0.9 and 0.75: measured on
generated tables (evidence of the project).
"""

from __future__ import annotations

from collections.abc import Sequence

from mlpm_magics.evidence.leakage import FINE, LEAKS, Suspect, leaking
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import Evidence, Told

TITLE = "Does a column give the answer away?"


def measure(found: Sequence[Suspect]) -> Evidence:
    """Judge the columns' skill alone."""
    columns = [suspect for suspect in found if suspect.column]
    sorted_rows = any(s.skill > LEAKS for s in found if not s.column)
    order = " The rows are sorted by the answer: a running number would give it away." if sorted_rows else ""
    if not columns:
        text = f"No column could give the answer away alone.{order}"
        return Evidence(criterion="leakage", answer="no", text=text)
    worst = columns[0]
    how = " by whether it is filled" if worst.how == "gaps" else ""
    words = f"`{worst.column}` alone{how} explains {percent(max(0.0, worst.skill))} of the answer."
    if worst.skill > LEAKS:
        others = ", ".join(f"`{suspect.column}`" for suspect in leaking(found)[1:])
        words += f" So nearly does {others}." if others else ""
        return Evidence(
            criterion="leakage",
            answer="yes",
            text=words,
            effect=worst.skill,
            margin=LEAKS,
            caveat="Ask when it is filled in. What is known only after the outcome must be left out; "
            "if it is known before, it is a rule.",
            set_aside=tuple(suspect.column for suspect in leaking(found)),
        )
    answer: Told = "no" if worst.skill < FINE else "cannot_tell"
    caveat = order.strip() if answer == "no" else "Ask whether it is known at the moment of decision."
    return Evidence(
        criterion="leakage", answer=answer, text=words, effect=worst.skill, margin=FINE, caveat=caveat
    )
