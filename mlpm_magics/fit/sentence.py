"""From the words of a problem to proposals.

Words are weak evidence: a proposal is shown and asked about, and never decides.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.fit.sentence_meaning import ready
from mlpm_magics.fit.words import spoken
from mlpm_magics.results import Proposal, TypeGuess


def propose_type(known: Knowledge, words: str) -> TypeGuess | None:
    """The likeliest problem type, and the words it came from; None for a text without any that is known."""
    if not words.strip():
        return None
    from mlpm_magics.fit.sentence_type import chances, examples

    likely = chances(known, words)
    if not likely:
        return None
    name, confidence = next(iter(likely.items()))
    found = _quoted(spoken(cue, words) for cue in known.problem_types[name].cues)
    because = f"You said {found}." if found else "The sentence is put like others of this kind."
    if ready(examples(known)):
        because += " What it means was weighed, too (all-MiniLM-L6-v2)."
    return TypeGuess(problem_type=name, confidence=round(confidence, 2), because=because, chances=likely)


def propose_answers(known: Knowledge, words: str, but_not: Container[str] = ()) -> dict[str, Proposal]:
    """Answers that the words make likely; the surest proposal per criterion is kept, `but_not` left out."""
    proposals: dict[str, Proposal] = {}
    for cue in known.cues.values():
        found = _quoted(spoken(word, words) for word in cue.words)
        if not found:
            continue
        for criterion, answer in cue.proposes.items():
            if criterion in but_not:
                continue
            if criterion not in proposals or proposals[criterion].confidence < cue.confidence:
                because = f"{cue.because} (You said {found}.)"
                proposals[criterion] = Proposal(answer=answer, confidence=cue.confidence, because=because)
    return proposals


def _quoted(found: Iterable[str]) -> str:
    return ", ".join(f"“{words}”" for words in dict.fromkeys(words for words in found if words))
