"""What was measured, held against what was stated.

A measured answer counts where it is the less favourable one, and fills what nobody answered. A stated answer
that the table contradicts supports nothing until the PM confirms it with a reason.
"""

from __future__ import annotations

from collections.abc import Mapping

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.results import Contradiction, Evidence, FitEvidence, Measured, Reply

_LITTLE = 0.03
_ORDER: tuple[Reply, ...] = ("yes", "unknown", "no")


def measured_answers(known: Knowledge, evidence: FitEvidence | None) -> dict[str, Measured]:
    """The criteria that a table answers; what it cannot tell is no answer.

    Where two measurements answer one criterion, the less favourable counts. A signal that explains next to
    nothing, or one of known entities only, leaves open whether the inputs are relevant.
    """
    found: dict[str, Measured] = {}
    for name, entry in known.measurements.items():
        if evidence is None or name not in evidence.criteria or not entry.criterion:
            continue
        told = evidence.criteria[name]
        if told.answer == "cannot_tell" or told.answer not in entry.answers:
            continue
        answer = entry.answers[told.answer]
        if name == "signal_exists" and answer == "yes" and _little(told, evidence):
            answer = "unknown"
        source = f"measured on {evidence.table}, {evidence.used_rows:,} rows"
        if entry.criterion not in found or worse(
            known, entry.criterion, answer, found[entry.criterion].answer
        ):
            found[entry.criterion] = Measured(answer=answer, text=told.text.rstrip("."), source=source)
    return found


def _little(signal: Evidence, evidence: FitEvidence) -> bool:
    """Whether the inputs explain next to nothing, or only together with whom a row is about."""
    entities = evidence.criteria.get("needs_personalization")
    if entities is not None and entities.answer == "yes":
        return max((rung.skill for rung in evidence.ladder), default=0.0) < _LITTLE
    return (signal.effect or 0.0) < _LITTLE


def worse(known: Knowledge, criterion: str, answer: Reply, than: Reply) -> bool:
    """Whether an answer speaks less for ML than another one."""
    goodness = _ORDER if known.criteria[criterion].best == "no" else _ORDER[::-1]
    return goodness.index(answer) < goodness.index(than)


def contradicted(
    stated: Mapping[str, Reply], measured: Mapping[str, Measured], confirmed: Mapping[str, str]
) -> tuple[Contradiction, ...]:
    """Stated answers that the data denies, with the reason of those that were confirmed all the same."""
    return tuple(
        Contradiction(
            criterion=name,
            stated=stated[name],
            against=f"{found.text} ({found.source})",
            confirmed=confirmed.get(name, ""),
        )
        for name, found in measured.items()
        if name in stated and {stated[name], found.answer} == {"yes", "no"}
    )
