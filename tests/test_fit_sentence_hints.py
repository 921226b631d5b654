"""What the way a problem is put makes likely."""

from __future__ import annotations

import pytest

from mlpm_magics.catalogue import knowledge
from mlpm_magics.fit.sentence_hints import hints, problems

KNOWN = knowledge()


@pytest.mark.parametrize(
    ("words", "kind", "expected"),
    [
        ("Which film should each viewer see next?", "recommendation", "feedback_loop"),
        ("Spot accounts that abuse the free trial", "classification", "adversarial_users"),
        ("Did the new price list raise our margin?", "other", "causal_question"),
        ("Should we open an office in Lisbon?", "other", "repeatable_decision"),
    ],
)
def test_what_a_sentence_points_at_is_among_the_first_questions(words, kind, expected):
    chances = hints(KNOWN, words, {kind: 1.0}).main
    assert sorted(chances, key=lambda name: -chances[name]).index(expected) < 4


def test_without_words_every_chance_is_the_share_of_all_problems():
    chances = hints(KNOWN, " ", {})
    learned_from = problems(KNOWN)
    harmful = sum(problem.answers.get("high_harm_if_wrong") == "yes" for problem in learned_from)
    assert chances.harmful["high_harm_if_wrong"] == pytest.approx(harmful / len(learned_from))


def test_no_sentence_makes_sure():
    chances = hints(KNOWN, "emotion face police biometric asylum child visa", {"classification": 1.0})
    assert all(0 < chance < 1 for chance in (*chances.harmful.values(), *chances.main.values()))
