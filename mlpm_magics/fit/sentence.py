"""From the words of a problem to proposals.

Words are weak evidence: a proposal is shown and asked about, and never decides.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from mlpm_magics.catalogue import Knowledge
from mlpm_magics.fit.words import spoken
from mlpm_magics.results import Proposal


def propose_type(known: Knowledge, words: str) -> str:
    """The id of the problem type with the most cues in `words`, or an empty string when there is none."""
    hits = {
        name: sum(len(cue.split()) for cue in kind.cues if spoken(cue, words))
        for name, kind in known.problem_types.items()
    }
    best = max(hits, key=lambda name: hits[name])
    return best if hits[best] else ""


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
