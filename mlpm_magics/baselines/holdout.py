"""The sealed test part: which rows it is, and how often it was looked at.

Whoever looks, changes something and looks again has chosen by what was seen: the test part slowly becomes a
training part. Nobody can undo a look; it can be counted.

Source: Dwork et al. 2015 (a hold-out that is reused).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np

from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.evidence.prepared import Array
from mlpm_magics.results import Holdout


def seal(key: Array, looks_before: object) -> Holdout:
    """The hold-out of the rows with these keys, looked at once more.

    Args:
        key: a number per test row that its content gives.
        looks_before: how often it was looked at before: a number, or what gives it for a digest (a function
            or a mapping); None where nobody keeps count.

    Raises:
        InvalidValueError: for anything else.
    """
    digest = hashlib.sha256(np.sort(key).tobytes()).hexdigest()[:16]
    looks = 1 + _before(looks_before, digest)
    return Holdout(
        digest=digest, rows=len(key), looks=looks, sentence=_sentence(looks, kept=looks_before is not None)
    )


def _before(given: object, digest: str) -> int:
    if given is None:
        return 0
    if isinstance(given, Mapping):
        given = given.get(digest, 0)
    elif callable(given):
        given = given(digest)
    if isinstance(given, int) and not isinstance(given, bool) and given >= 0:
        return given
    raise InvalidValueError("is how often the hold-out was looked at: a whole number", where="looks_before")


def _sentence(looks: int, *, kept: bool) -> str:
    if looks == 1:
        first = "This was the first look at the test part."
        alone = " Nobody counts the looks here; in a project (%ml_lifecycle start) its file does."
        return first + ("" if kept else alone)
    if looks < knowledge().limit("baseline.many_looks"):
        return (
            f"This was look {looks} at the same test part: what was changed since the first was chosen "
            "knowing its result, so expect a little less than these figures."
        )
    return (
        f"This was look {looks} at the same test part. Looked at this often it is no longer unseen: take the "
        "figures as a hope, and keep rows that nobody has looked at for the decision."
    )
