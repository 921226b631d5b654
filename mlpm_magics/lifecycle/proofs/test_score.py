"""The ML Test Score."""

from __future__ import annotations

from mlpm_magics.catalogue import knowledge
from mlpm_magics.entries import GateCriterion
from mlpm_magics.lifecycle.proofs.proof import Proof
from mlpm_magics.lifecycle.state import State
from mlpm_magics.lifecycle.testing import test_score_of

RESTS_ON: tuple[str, ...] = ()
TO_TYPE = "%ml_lifecycle test TEST manual"


def found(criterion: GateCriterion, state: State) -> Proof:
    """Whether each section has at least one test, and the score is then above nothing."""
    if not state.tests:
        return Proof(None, "no test is recorded yet")
    score = test_score_of(knowledge(), state)
    return Proof(score.score > 0, f"the ML Test Score is {score.score:g}, held back by {score.weakest}")


def to_type(criterion: GateCriterion, state: State) -> str:
    """The line for the first test of a section that has none yet: the lowest section is the score."""
    tests = knowledge().readiness_tests
    begun = {tests[name].section for name in state.tests if name in tests}
    missing = (name for name, test in tests.items() if test.section not in begun)
    return next((f"%ml_lifecycle test {name} manual" for name in missing), TO_TYPE)
