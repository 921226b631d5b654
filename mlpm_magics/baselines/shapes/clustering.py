"""Clustering: whether there are groups at all, whether they come out again, and who acts on them.

There is no right answer to be held against. So two things are asked of k groups found by k-means: do rows
fall into the same groups when these were found in another half of the table (stability), and do the groups
lie farther apart than in tables that have none (silhouette, against columns shuffled one by one and against a
cloud of the same stretch)? Whether anybody would treat the groups differently no table can tell.

Source: Ben-Hur et al. 2002 (stability); Rousseeuw 1987 (silhouette); Tibshirani et al. 2001 (against none).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mlpm_magics.baselines.ready import getting_ready
from mlpm_magics.baselines.scored import Scores, Tried, reported
from mlpm_magics.baselines.split import Parts, split
from mlpm_magics.baselines.wanted import Wanted
from mlpm_magics.catalogue import knowledge
from mlpm_magics.errors import InvalidValueError
from mlpm_magics.evidence.clock import Clock, OutOfTimeError
from mlpm_magics.evidence.features import Array, Feature, features_of
from mlpm_magics.evidence.gaps import Gap
from mlpm_magics.evidence.words import percent
from mlpm_magics.results import BaselineReport, BaselineVerdict, SetAside
from mlpm_magics.table import Table

_GROUPS = (2, 3, 4, 5, 6)
_REPEATS, _SHUFFLES = 10, 4
_MOST_ROWS = 1_500  # a silhouette compares every row with every other
_FEW_LEVELS, _FEWEST = 6, 60
_TOLD, _NEAR = 3, 0.1
_UNSLICED = (
    "No group is shown as served worse, and nobody as wrongly treated: without a right answer "
    "there is no mistake."
)


@dataclass(frozen=True)
class _Rows:
    """Both parts as numbers of about unit size; `names` and `words` say what a high number means."""

    numbers: Array
    names: tuple[str, ...]
    train: Array
    test: Array
    features: tuple[Feature, ...]
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True)
class _Found:
    """k groups: how stable over repeats, how far apart, and how far apart where there are none."""

    stable: Array
    apart: float
    without: float
    group: Array

    @property
    def is_real(self) -> bool:
        """Whether the groups lie farther apart than in any table that has none."""
        return self.apart > self.without + 0.01


def make(table: Table, wanted: Wanted, clock: Clock) -> BaselineReport:
    """The report.

    Raises:
        MlpmError: where there are too few rows or no columns.
    """
    with getting_ready(clock):
        parts = split(table, np.arange(table.rows), wanted.split, wanted.seed)
        rows = _rows(table, parts)
    found: dict[int, _Found] = {}
    stopped = ""
    try:
        for at, groups in enumerate(_GROUPS):
            clock.step(f"{groups} groups", 0.1 + 0.8 * at / len(_GROUPS))
            with clock.alarm():
                found[groups] = _tried(rows, groups, wanted.seed)
    except OutOfTimeError as error:
        stopped = f"The budget of {clock.budget_s:g} s was used up before {error}."
    except KeyboardInterrupt:
        stopped = "Interrupted; what was known until then is shown."
    scores = _scores(found)
    groups = next((k for k in found if scores.chosen().id == f"{k}_groups"), 1)
    verdict = _verdict(found, groups)
    return reported(
        table,
        wanted,
        clock,
        parts,
        scores,
        problem_type="clustering",
        verdict=verdict,
        sentence=_sentence(found, groups, verdict),
        set_aside=rows.set_aside,
        used=tuple(dict.fromkeys(feature.column for feature in rows.features)),
        groups=_described(rows, found, groups),
        notes=(*_known(table, parts, rows), _UNSLICED),
        stopped=stopped,
        measured={"agreement": _agreement(found[groups].stable)} if groups > 1 else None,
    )


def _agreement(stable: Array) -> Gap:
    """How alike the groups of two halves are: the mean of the repeats, and where nine in ten of them lie."""
    low, high = np.quantile(stable, [0.05, 0.95])
    return Gap(float(stable.mean()), float(low), float(high))


def _rows(table: Table, parts: Parts) -> _Rows:
    rows = np.sort(np.concatenate([parts.train, parts.test]))
    features, aside = features_of(table, rows)
    features = [f for f in features if f.column not in {c.name for c in table.groups}]
    if not features or len(parts.test) < _FEWEST:
        what = "no column is left to look at" if not features else f"{len(parts.test)} test rows are too few"
        raise InvalidValueError(what, hint=f"At least {_FEWEST} rows to test on, and a column that varies")
    train = np.searchsorted(rows, parts.train)
    columns: list[Array] = []
    names: list[str] = []
    for feature in features:
        if feature.is_category:
            common = np.argsort(-np.bincount(feature.values[train] + 1), kind="stable")[:_FEW_LEVELS]
            for code in common:
                columns.append(np.sqrt(0.5) * (feature.values + 1 == code))
                word = "missing" if code == 0 else feature.levels[int(code) - 1]
                names.append(f"`{feature.name}` is {word}")
        else:
            columns.append(_levelled(feature.values, train))
            names.append(f"`{feature.name}`")
    test = np.searchsorted(rows, parts.test)
    return _Rows(np.column_stack(columns), tuple(names), train, test, tuple(features), tuple(aside))


def _levelled(values: Array, train: Array) -> Array:
    """A number about its middle, far values drawn in; what is missing is in the middle."""
    low, middle, high = np.nanquantile(values[train], [0.05, 0.5, 0.95])
    width = (high - low) / 3.29 or float(np.nanstd(values[train])) or 1.0
    found: Array = np.clip(np.nan_to_num((values - middle) / width, nan=0.0), -3, 3)
    return found


def _tried(rows: _Rows, groups: int, seed: int) -> _Found:
    from sklearn.metrics import adjusted_rand_score

    random = np.random.default_rng(seed)
    learn, test = rows.numbers[rows.train], rows.numbers[rows.test]
    stable = []
    for _ in range(_REPEATS):
        half = random.permutation(len(learn)) % 2 == 0
        one, other = (_grouped(learn[inside], test, groups) for inside in (half, ~half))
        stable.append(adjusted_rand_score(one, other))
    group = _grouped(learn, test, groups)
    some = random.permutation(len(test))[:_MOST_ROWS]
    without = [_apart(_cloud(learn, len(some), random), groups) for _ in range(_SHUFFLES)]
    without += [_apart(random.permuted(test[some], axis=0), groups) for _ in range(_SHUFFLES)]
    return _Found(np.array(stable), _silhouette(test[some], group[some]), max(without), group)


def _grouped(learn: Array, test: Array, groups: int) -> Array:
    from sklearn.cluster import KMeans

    found: Array = KMeans(groups, n_init=4, random_state=0).fit(learn).predict(test)
    return found


def _cloud(learn: Array, rows: int, random: np.random.Generator) -> Array:
    """Rows of one cloud that has the same middle and stretch."""
    spread = np.cov(learn, rowvar=False).reshape(learn.shape[1], learn.shape[1])
    return random.multivariate_normal(learn.mean(axis=0), spread, size=rows, check_valid="ignore")


def _apart(numbers: Array, groups: int) -> float:
    return _silhouette(numbers, _grouped(numbers, numbers, groups))


def _silhouette(numbers: Array, group: Array) -> float:
    from sklearn.metrics import silhouette_score

    return float(silhouette_score(numbers, group)) if 1 < len(np.unique(group)) < len(group) else 0.0


# --- what is said --------------------------------------------------------------------------------------


def _scores(found: dict[int, _Found]) -> Scores:
    none = np.zeros(_REPEATS)
    tried = [Tried("one_group", "one group", none, None, trivial=True)]
    for groups, what in found.items():
        figures = {"silhouette": what.apart, "silhouette without groups": what.without}
        tried.append(Tried(f"{groups}_groups", f"{groups} groups", what.stable, None, figures=figures))
    measure = "agreement of groups found in one half and the other (1 the same, 0 chance)"
    picked = _picked(found)
    return Scores(tried, np.ones(_REPEATS), [np.arange(_REPEATS)], measure, picked=picked)


def _picked(found: dict[int, _Found]) -> str:
    """Of the groups that are real and about as stable as the most stable, those that lie farthest apart."""
    real = {groups: what for groups, what in found.items() if what.is_real}
    if not real:
        return "one_group"
    most = max(float(what.stable.mean()) for what in real.values())
    near = [groups for groups, what in real.items() if float(what.stable.mean()) >= most - _NEAR]
    return f"{max(near, key=lambda groups: real[groups].apart)}_groups"


def _verdict(found: dict[int, _Found], groups: int) -> BaselineVerdict:
    if groups > 1:
        low = float(np.quantile(found[groups].stable, 0.05))
        return "beats_baseline" if low >= knowledge().limit("baseline.stable_groups") else "cannot_tell"
    return "cannot_tell" if any(what.is_real for what in found.values()) else "no_better"


def _sentence(found: dict[int, _Found], groups: int, verdict: BaselineVerdict) -> str:
    act = "Groups are worth it only if somebody acts differently for each: ask who, and how."
    if groups == 1 or not found:
        return f"No number of groups lies farther apart than in a table that has none. {act}"
    what = found[groups]
    low, high = np.quantile(what.stable, [0.05, 0.95])
    agree = f"{float(what.stable.mean()):.2f} ({low:.2f} to {high:.2f}; 1 is the same, 0 chance)"
    if verdict == "beats_baseline":
        return (
            f"{groups} groups come out again when they are found in another half of the rows: agreement "
            f"{agree}; they lie farther apart than in a table without groups. {act}"
        )
    return (
        f"{groups} groups lie farther apart than in a table without groups, but do not surely come out "
        f"again: agreement {agree}. {act}"
    )


def _described(rows: _Rows, found: dict[int, _Found], groups: int) -> tuple[str, ...]:
    """Each group in words: its size, and where it differs most from all rows."""
    if groups < 2:
        return ()
    group, numbers = found[groups].group, rows.numbers[rows.test]
    middle, spread = numbers.mean(axis=0), numbers.std(axis=0) + 1e-9
    sizes = np.bincount(group, minlength=groups)
    lines = []
    for at, name in enumerate(np.argsort(-sizes, kind="stable")):
        away = (numbers[group == name].mean(axis=0) - middle) / spread
        most = [i for i in np.argsort(-np.abs(away), kind="stable")[:_TOLD] if abs(away[i]) > 0.3]
        told = ", ".join(_said(rows.names[i], float(away[i])) for i in most)
        share = percent(float(sizes[name]) / len(group))
        lines.append(f"Group {at + 1} holds {share} of the rows: {told or 'near the middle in everything'}.")
    return tuple(lines)


def _said(name: str, away: float) -> str:
    if " is " in name:
        return f"{name} more often" if away > 0 else f"{name} less often"
    return f"{'high' if away > 0 else 'low'} {name}"


def _known(table: Table, parts: Parts, rows: _Rows) -> tuple[str, ...]:
    """How far apart the groups lie that people know already."""
    lines = []
    some = np.arange(len(rows.test))[:_MOST_ROWS]
    for column in table.groups:
        if column.kind != "nested":
            apart = _silhouette(rows.numbers[rows.test][some], column.codes[parts.test][some])
            lines.append(f"The groups of `{column.name}`, which are known already, lie {apart:.2f} apart.")
    return tuple(lines)
