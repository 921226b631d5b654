"""Learn how each family of problems sounds to the small language model, and what the known cases mean to it.

    python benchmarks/meaning.py

To be run after sentences, practice problems or known cases changed (a test says so), with
`pip install "mlpm_magics[sentences]"`. About twenty seconds of computing.
"""

from __future__ import annotations

import msgspec
import numpy as np
from sklearn.linear_model import LogisticRegression

from mlpm_magics.catalogue import knowledge
from mlpm_magics.fit.likeness import texts_of
from mlpm_magics.fit.sentence_meaning import HEARD, Heard, mark, meaning, packed, text_mark
from mlpm_magics.fit.sentence_type import examples

C = 5.0  # of 2, 5 and 30 the best in cross-validation


def main() -> None:
    """One family against the rest, as the classifier of words learns it."""
    learned_from = examples(knowledge())
    texts, kinds = zip(*learned_from, strict=True)
    meant = np.array([meaning(text) for text in texts])
    weights, starts = {}, {}
    for kind in dict.fromkeys(kinds):
        family = LogisticRegression(C=C, solver="liblinear", random_state=0)
        family.fit(meant, [one == kind for one in kinds])
        weights[kind] = tuple(round(float(weight), 2) for weight in family.coef_[0])
        starts[kind] = round(float(family.intercept_[0]), 2)
    known = {text_mark(text): packed(meaning(text)) for text in texts_of(knowledge()).values()}
    HEARD.write_bytes(msgspec.json.encode(Heard(mark(learned_from), weights, starts, known)) + b"\n")


if __name__ == "__main__":
    main()
