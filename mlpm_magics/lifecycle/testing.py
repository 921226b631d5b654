"""The ML Test Score: how well a product is tested, by its weakest section.

Source: Breck et al. 2017, The ML Test Score.
"""

from __future__ import annotations

import msgspec

from mlpm_magics.catalogue import Knowledge, find
from mlpm_magics.errors import InvalidValueError, shown
from mlpm_magics.lifecycle.parts.people import TestedPart
from mlpm_magics.lifecycle.stamp import Stamp, Step
from mlpm_magics.lifecycle.state import State
from mlpm_magics.results.test_score import MlTestScore, ScoredTest

_POINTS = {"no": 0.0, "manual": 0.5, "automated": 1.0}
# above which score, and how the paper reads it
_READINGS = (
    (5.0, "Exceptional: thoroughly tested and watched by machines."),
    (3.0, "Strong: most of it runs by itself; what is left can be named."),
    (2.0, "Reasonably tested; more of it could run by itself."),
    (1.0, "A first pass: the basics are looked at, and much can go wrong between two looks."),
    (0.0, "Not untested, yet a serious fault would likely be met by users first."),
)
_UNTESTED = "More a piece of research than a product."


def test_score_of(known: Knowledge, state: State) -> MlTestScore:
    """The score: the lowest of the four sections' sums; 0, 0.5 by hand or 1 by machine for each test."""
    tests = tuple(
        ScoredTest(
            id=entry.id,
            section=entry.section,
            title=entry.title,
            text=entry.text,
            how=state.tests[name].how if name in state.tests else "no",
            when=state.tests[name].when if name in state.tests else "",
            who=state.tests[name].who if name in state.tests else "",
        )
        for name, entry in known.readiness_tests.items()
    )
    sums = dict.fromkeys((test.section for test in tests), 0.0)
    for test in tests:
        sums[test.section] += _POINTS[test.how]
    weakest = min(sums, key=lambda section: sums[section])
    score = sums[weakest]
    return MlTestScore(
        name=state.name,
        score=score,
        sums=sums,
        weakest=weakest,
        reading=next((words for above, words in _READINGS if score > above), _UNTESTED),
        tests=tests,
        source=known.cite(("breck2017",)),
    )


def mark(known: Knowledge, state: State, stamp: Stamp, test: str, how: str) -> Step:
    """A test is done by hand, by a machine, or not at all."""
    entry = find(known.readiness_tests, test, "test")
    if how not in _POINTS:
        raise InvalidValueError(
            f"{shown(how or 'nothing', 40)!r} is not how a test is done",
            allowed=_POINTS,
            hint=f"%ml_lifecycle test {test} manual",
        )
    old = state.tests.get(test)
    if (old.how if old else "no") == how:
        return state, ""
    part = TestedPart(how=how, when=stamp.when, who=stamp.who)  # type: ignore[arg-type]
    after = msgspec.structs.replace(state, tests={**state.tests, test: part})
    score = test_score_of(known, after).score
    word = {"no": "not done", "manual": "done by hand", "automated": "run by a machine"}[how]
    return after, f"Test “{entry.title}” ({test}): {word}. The ML Test Score is {score:g}."
