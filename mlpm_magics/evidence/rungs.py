"""The rungs of the ladder, simplest first: each learns from training rows and predicts test rows.

A prediction is one column per class (chances), or one column with the number; so the squared error of all
rungs is on one scale. A rung knows nothing of folds.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from mlpm_magics.evidence.encoding import Encoded, coarse, of_rules
from mlpm_magics.evidence.prepared import Array, Prepared

_PAIR_COLUMNS = 24
_MOST_CELLS = 400
_SHRINK = 2.0
# where boosted trees may cut: in one column, and in all; with more than 64 columns each gets fewer places
_MOST_PLACES, _FEWEST_PLACES, _ALL_PLACES = 255, 16, 16_320
_MOST_TREES, _FEWEST_TREES, _ALL_TREES = 100, 30, 25_600_000  # of a forest; times rows, times columns
_HALF = "Training interrupted"


@dataclass(frozen=True)
class Rung:
    """A kind of model.

    Attributes:
        id: its name in results.
        title: its name for people.
        readable: whether a person can check it by reading.
        is_rule: whether it can be written as a rule.
        predict: from the table, encoded inputs, the answers to learn from (a column per class) and the rows.
        many: whether the title is a plural.
    """

    id: str
    title: str
    readable: bool
    is_rule: bool
    predict: Callable[[Prepared, Encoded, Array, Array, Array], Array]
    many: bool = False

    def does(self, one: str, many: str) -> str:
        """The title with the verb that agrees with it.

        Example:
            >>> BASE.does("explains", "explain"), LADDER[-1].does("explains", "explain")
            ('the base rate explains', 'boosted trees explain')
        """
        return f"{self.title} {many if self.many else one}"


def _base(prepared: Prepared, x: Encoded, answers: Array, train: Array, test: Array) -> Array:
    return np.repeat(answers.mean(axis=0)[None, :], len(test), axis=0)


def tree(x: Encoded, answers: Array, leaves: int) -> Any:
    """A tree with so many leaves, grown best first; each leaf holds enough rows to mean something."""
    from sklearn.tree import DecisionTreeRegressor

    smallest = max(5, len(answers) // 200)
    grown = DecisionTreeRegressor(max_leaf_nodes=leaves, min_samples_leaf=smallest, random_state=0)
    return grown.fit(x.train, answers)


def _conditions(leaves: int) -> Callable[[Prepared, Encoded, Array, Array, Array], Array]:
    def predict(prepared: Prepared, x: Encoded, answers: Array, train: Array, test: Array) -> Array:
        x = of_rules(prepared, x)
        found: Array = tree(x, answers, leaves).predict(x.test).reshape(len(test), -1)
        return found

    return predict


def _group_mean(prepared: Prepared, x: Encoded, answers: Array, train: Array, test: Array) -> Array:
    best, table = _best_table(
        prepared, answers, train, [(at,) for at, (_, size) in enumerate(prepared.binned) if size > 1]
    )
    return _looked_up(prepared, best, table, test)


def _pair_table(prepared: Prepared, x: Encoded, answers: Array, train: Array, test: Array) -> Array:
    sizes = [size for _, size in prepared.binned]
    width = min(len(sizes), _PAIR_COLUMNS)
    pairs: list[tuple[int, ...]] = [
        (a, b) for a in range(width) for b in range(a + 1, width) if sizes[a] * sizes[b] <= _MOST_CELLS
    ]
    if not pairs:
        return _group_mean(prepared, x, answers, train, test)
    best, table = _best_table(prepared, answers, train, pairs)
    return _looked_up(prepared, best, table, test)


def _cells(prepared: Prepared, chosen: tuple[int, ...], rows: Array) -> Array:
    """A cell per row: the categories or bins of the chosen features, together."""
    cells = np.zeros(len(rows), dtype=np.int64)
    for at in chosen:
        codes, size = prepared.binned[at]
        cells = cells * size + codes[rows]
    return cells


def _best_table(
    prepared: Prepared, answers: Array, train: Array, choices: list[tuple[int, ...]]
) -> tuple[tuple[int, ...], Array]:
    """The features whose cells tell the answers apart best, each cell drawn to the mean, and its means."""
    if not choices:
        return (), answers.mean(axis=0)[None, :]
    centred = answers - answers.mean(axis=0)
    gains = [_gain(_cells(prepared, chosen, train), centred) for chosen in choices]
    best = choices[int(np.argmax(gains))]
    cells = _cells(prepared, best, train)
    size = int(np.prod([prepared.binned[at][1] for at in best]))
    counts = np.bincount(cells, minlength=size)[:, None]
    sums = np.column_stack([np.bincount(cells, weights=column, minlength=size) for column in centred.T])
    return best, answers.mean(axis=0) + sums / (counts + _SHRINK)


def _gain(cells: Array, centred: Array) -> float:
    """Squared error explained by the means of cells, less what that many cells explain by chance."""
    counts = np.bincount(cells)
    used = counts > 0
    explained = 0.0
    for column in centred.T:
        sums = np.bincount(cells, weights=column)
        explained += float((sums[used] ** 2 / counts[used]).sum())
    by_chance = float(centred.var(axis=0).sum()) * int(used.sum())
    return explained - 2 * by_chance


def _looked_up(prepared: Prepared, best: tuple[int, ...], table: Array, test: Array) -> Array:
    found: Array = table[_cells(prepared, best, test)]
    return found


def _linear(prepared: Prepared, x: Encoded, answers: Array, train: Array, test: Array) -> Array:
    from sklearn.linear_model import LogisticRegression, Ridge
    from sklearn.preprocessing import StandardScaler

    scale = StandardScaler().fit(x.train)
    here, there = np.clip(scale.transform(x.train), -6, 6), np.clip(scale.transform(x.test), -6, 6)
    if prepared.task == "number":
        found: Array = Ridge(alpha=1.0).fit(here, answers[:, 0]).predict(there)[:, None]
        return found
    return _chances(prepared, LogisticRegression(C=0.3, max_iter=300), here, there, answers)


def _boosted(*, additive: bool) -> Callable[[Prepared, Encoded, Array, Array, Array], Array]:
    def predict(prepared: Prepared, x: Encoded, answers: Array, train: Array, test: Array) -> Array:
        from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

        places = int(np.clip(_ALL_PLACES // x.train.shape[1], _FEWEST_PLACES, _MOST_PLACES))
        if places < _MOST_PLACES:
            x = coarse(x, places)
        settings: dict[str, Any] = {
            "max_bins": places,
            "max_iter": 90,
            "learning_rate": 0.07,
            "max_leaf_nodes": 4 if additive else 12,
            "min_samples_leaf": int(np.clip(len(train) / 60, 5, 25)),
            "l2_regularization": 2.0,
            "early_stopping": False,
            "interaction_cst": "no_interactions" if additive else None,
            "random_state": 0,
        }
        if prepared.task == "number":
            model = HistGradientBoostingRegressor(**settings).fit(x.train, answers[:, 0])
            found: Array = model.predict(x.test)[:, None]
            return found
        return _chances(prepared, HistGradientBoostingClassifier(**settings), x.train, x.test, answers)

    return predict


def _forest(prepared: Prepared, x: Encoded, answers: Array, train: Array, test: Array) -> Array:
    from sklearn.ensemble import ExtraTreesRegressor

    smallest = int(np.clip(len(train) / 200, 2, 10))
    trees = int(np.clip(_ALL_TREES // x.train.size, _FEWEST_TREES, _MOST_TREES))
    model = ExtraTreesRegressor(trees, min_samples_leaf=smallest, max_features=0.5, random_state=0)
    wanted = answers if answers.shape[1] > 1 else answers[:, 0]
    found: Array = model.fit(x.train, wanted).predict(x.test).reshape(len(test), -1)
    return found


def network(prepared: Prepared, x: Encoded, answers: Array, train: Array, test: Array) -> Array:
    """A small neural network, only to answer whether deep learning would help."""
    from sklearn.neural_network import MLPClassifier, MLPRegressor
    from sklearn.preprocessing import StandardScaler

    scale = StandardScaler().fit(x.train)
    here, there = np.clip(scale.transform(x.train), -6, 6), np.clip(scale.transform(x.test), -6, 6)
    settings: dict[str, Any] = {
        "hidden_layer_sizes": (64, 32),
        "alpha": 1e-3,
        "early_stopping": True,
        "max_iter": 60,
        "n_iter_no_change": 6,
        "random_state": 0,
    }
    if prepared.task == "number":
        middle, spread = answers.mean(), answers.std() or 1.0
        with _learned_whole():
            model = MLPRegressor(**settings).fit(here, (answers[:, 0] - middle) / spread)
        found: Array = model.predict(there)[:, None] * spread + middle
        return found
    with _learned_whole():
        return _chances(prepared, MLPClassifier(**settings), here, there, answers)


@contextmanager
def _learned_whole() -> Iterator[None]:
    """scikit-learn ends a network's learning at Ctrl-C, warns, and goes on with a network half learned."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", _HALF, UserWarning)
        try:
            yield
        except UserWarning as warned:
            if _HALF not in str(warned):
                raise
            raise KeyboardInterrupt from warned


def _chances(prepared: Prepared, model: Any, here: Array, there: Array, answers: Array) -> Array:
    """Chances per class; a class that no training row has gets none."""
    codes = answers.argmax(axis=1)
    chances = np.zeros((len(there), prepared.classes))
    if len(np.unique(codes)) < 2:
        chances[:, codes[0]] = 1.0
        return chances
    model.fit(here, codes)
    chances[:, model.classes_] = model.predict_proba(there)
    return chances


BASE = Rung("base_rate", "the base rate", True, True, _base)
LADDER = (
    Rung("one_condition", "one condition", True, True, _conditions(2)),
    Rung("best_group_mean", "the best column's group means", True, True, _group_mean, many=True),
    Rung("two_conditions", "two conditions", True, True, _conditions(3), many=True),
    Rung("pair_table", "a table over two columns", True, True, _pair_table),
    Rung("three_conditions", "three conditions", True, True, _conditions(4), many=True),
    Rung("linear_scorecard", "a linear scorecard", True, False, _linear),
    Rung("additive_curves", "a curve per column, added up", True, False, _boosted(additive=True)),
    Rung("black_box", "boosted trees", False, False, _boosted(additive=False), many=True),
)
FOREST = Rung("black_box", "a forest of random trees", False, False, _forest)
NETWORK = Rung("neural_network", "a neural network", False, False, network)
