"""How often the family of a problem is told from its sentence alone.

    python benchmarks/sentences.py [--show]

On `blind_sentences.yaml` and `blind_trades.yaml`, which no example was taken from, and on the statements of
the known cases, each left out of the training.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec
import yaml

from mlpm_magics.catalogue import Knowledge, knowledge
from mlpm_magics.fit.sentence import propose_type

HERE = Path(__file__).parent
BLIND = {"Blind sentences": "blind_sentences.yaml", "Blind sentences by trade": "blind_trades.yaml"}


def without(known: Knowledge, name: str) -> Knowledge:
    """The knowledge without one case."""
    cases = {key: case for key, case in known.cases.items() if key != name}
    return msgspec.structs.replace(known, cases=cases)


def kind_of(known: Knowledge, sentence: str) -> str:
    """The family told, `other` where none is."""
    guess = propose_type(known, sentence)
    return guess.problem_type if guess else "other"


def score(title: str, told: Iterable[tuple[str, str, str]], show: bool) -> None:
    """Print the share told right, in all and for each family; `told` holds sentence, truth and answer."""
    rows = list(told)
    total = Counter(truth for _, truth, _ in rows)
    right = Counter(truth for _, truth, answer in rows if truth == answer)
    print(f"{title}: {sum(right.values()) / len(rows):.1%} of {len(rows)}")
    print("   " + ", ".join(f"{kind} {right[kind]}/{n}" for kind, n in sorted(total.items())))
    if show:
        for sentence, truth, answer in rows:
            if truth != answer:
                print(f"   {truth}, told {answer}: {sentence}")


def main() -> None:
    """Score both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="name those that come out differently")
    options = parser.parse_args()
    known = knowledge()
    for title, name in BLIND.items():
        blind = [
            (sentence, kind)
            for kind, sentences in yaml.safe_load((HERE / name).read_text("utf-8")).items()
            for sentence in sentences
        ]
        score(title, [(s, kind, kind_of(known, s)) for s, kind in blind], options.show)
    cases = [
        (c.statement, c.problem_type, kind_of(without(known, c.id), c.statement))
        for c in known.cases.values()
    ]
    score("Known cases, each left out", cases, options.show)


if __name__ == "__main__":
    main()
