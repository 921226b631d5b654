"""Whether a rule that fits into a sentence would do as well as the best model.

Source: Zinkevich 2017, Rules of ML; margin of a hundredth or a twentieth of the best skill: heuristic.
The rule is chosen on other folds than it is judged on (`Ladder.best_unseen`).
"""

from __future__ import annotations

from mlpm_magics.evidence.gaps import gap
from mlpm_magics.evidence.ladder import CARD, Ladder
from mlpm_magics.evidence.words import cannot_tell, little_to_learn, share_of, told, upper_first
from mlpm_magics.results import Evidence

TITLE = "Would a simple rule do as well?"


def measure(ladder: Ladder) -> Evidence:
    """The best rule against the best rung."""
    weak = little_to_learn("simple_rules_suffice", ladder)
    if weak is not None:
        return weak
    rule, best = ladder.best_of(rule=True), ladder.best
    others = [step for step in ladder.steps.values() if not step.rung.is_rule]
    if best is rule and others:  # by how much it is better may be luck, so it is held against the next best
        best = max(others, key=ladder.skill)
    found = gap(ladder, ladder.best_unseen(rule=True), best)
    reaches = upper_first(rule.rung.does("reaches", "reach"))
    words = f"{reaches} {share_of(ladder, rule)} of the best model ({best.rung.title})."
    if best is not ladder.best:
        words = f"No model did better than {rule.rung.title}; next came {best.rung.title}."
    match found.against(ladder.margin):
        case "yes":
            return told("simple_rules_suffice", "no", found, ladder.margin, words, _of_the_card(ladder))
        case "no":
            return told("simple_rules_suffice", "yes", found, ladder.margin, words)
    return cannot_tell("simple_rules_suffice", found, ladder.margin, ladder, words)


def _of_the_card(ladder: Ladder) -> str:
    """What adding up points does instead, where that is as good as the best."""
    card = ladder.steps.get(CARD.id)
    if card is None or not ladder.complete or ladder.skill(ladder.best) - ladder.skill(card) > ladder.margin:
        return ""
    return f"No rule, but {card.rung.title}, added up by hand, reaches {share_of(ladder, card)}."
