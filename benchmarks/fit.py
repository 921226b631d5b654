"""How often %ml_fit agrees with the known cases, each judged as if the library did not hold it.

    python benchmarks/fit.py [--cases FILE] [--show]

Two ways: with the facts given, and as a PM would meet it: a sentence, then at most ten questions, answered
from the facts of the case (a fact the case does not tell is harmless). Agreement per verdict, severe errors
(a good fit given for a case that is none), main reasons named, questions asked, and problem types told from
the sentence alone. `--cases` takes cases of your own (a YAML list with id, statement, problem_type, answers,
verdict, main_reasons); the library then stays whole.
"""

from __future__ import annotations

import argparse
import statistics
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from unittest import mock

import msgspec
import yaml

import mlpm_magics as mlpm
from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.fit import assessment
from mlpm_magics.results import FitReport, Reply

MOST = 10


class Problem(msgspec.Struct):
    """A problem with its facts and the verdict it should get."""

    id: str
    statement: str
    problem_type: str
    answers: dict[str, Reply]
    verdict: str
    main_reasons: tuple[str, ...]


def without(known: Knowledge, name: str) -> Knowledge:
    """The knowledge without one case."""
    cases = {key: case for key, case in known.cases.items() if key != name}
    return msgspec.structs.replace(known, cases=cases)


def asked(known: Knowledge, problem: Problem) -> tuple[FitReport, FitReport, int]:
    """The report on the sentence alone, the one after the questions, and how many were asked."""
    answers: dict[str, Reply] = {}
    first = report = mlpm.assess_fit({"statement": problem.statement})
    while report.verdict == "ask" and len(answers) < MOST:
        name = report.questions[0]
        answers[name] = problem.answers.get(name, known.criteria[name].best)
        report = mlpm.assess_fit({"statement": problem.statement, "answers": answers})
    return first, report, len(answers)


def told(known: Knowledge, problem: Problem) -> FitReport:
    """The report with all facts given."""
    facts = {"statement": problem.statement, "problem_type": problem.problem_type, "answers": problem.answers}
    return mlpm.assess_fit(facts)


def score(
    title: str, problems: Iterable[Problem], reports: Iterable[FitReport], show: bool
) -> dict[str, float]:
    """Print one table and give its figures."""
    pairs = list(zip(problems, reports, strict=True))
    right = Counter(p.verdict for p, r in pairs if p.verdict == r.verdict)
    total = Counter(p.verdict for p, _ in pairs)
    severe = sum(p.verdict == "not_a_fit" and r.verdict == "good_fit" for p, r in pairs)
    reasons = [(name, {x.criterion for x in r.reasons}) for p, r in pairs for name in p.main_reasons]
    named = sum(name in found for name, found in reasons) / max(len(reasons), 1)
    agreed = sum(right.values()) / len(pairs)
    print(f"{title}: {agreed:.1%} of {len(pairs)} verdicts, {severe} severe, main reasons named {named:.1%}")
    print("   " + ", ".join(f"{verdict} {right[verdict]}/{n}" for verdict, n in sorted(total.items())))
    if show:
        for p, r in pairs:
            if p.verdict != r.verdict:
                why = [x.criterion for x in r.reasons if x.effect != "for"]
                print(f"   {p.id}: {p.verdict}, given {r.verdict} {why}, main {p.main_reasons}")
    return {"agreed": agreed, "severe": severe, "named": named}


def main() -> None:
    """Score the library, or the cases of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--show", action="store_true", help="name those that come out differently")
    options = parser.parse_args()
    known = knowledge()
    if options.cases:
        problems = msgspec.convert(yaml.safe_load(options.cases.read_text()), list[Problem], strict=False)
    else:
        problems = [
            Problem(c.id, c.statement, c.problem_type, c.answers, c.verdict, c.decisive)
            for c in known.cases.values()
        ]
    firsts, lasts, facts, counts = [], [], [], []
    for problem in problems:
        rest = known if options.cases else without(known, problem.id)
        with mock.patch.object(assessment, "knowledge", lambda rest=rest: rest):
            first, last, count = asked(rest, problem)
            facts.append(told(rest, problem))
        firsts.append(first)
        lasts.append(last)
        counts.append(count)
    score("Facts given", problems, facts, options.show)
    score("Sentence and questions", problems, lasts, options.show)
    types = statistics.fmean(p.problem_type == r.problem_type for p, r in zip(problems, firsts, strict=True))
    middle, mean = statistics.median(counts), statistics.fmean(counts)
    print(f"Questions: median {middle}, mean {mean:.1f}, most {max(counts)}")
    print(f"Problem type from the sentence alone: {types:.1%}")


if __name__ == "__main__":
    main()
