"""The plan as a scikit-learn estimator: what needs no learning first, then scikit-learn's own parts.

Sources of the parts: scikit-learn's SimpleImputer, StandardScaler, OneHotEncoder, TargetEncoder.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import KFold, StratifiedKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler, TargetEncoder

from mlpm_magics.errors import InvalidValueError
from mlpm_magics.features.making import all_made, beside, kinds_of, level_feature, past_of
from mlpm_magics.features.reading import Rows
from mlpm_magics.results import FeaturePlan, PlannedColumn

_PARTS = 5


class PlannedColumns(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """The columns of a plan, read and taken apart; remembers earlier rows per entity, and nothing else."""

    def __init__(self, columns: tuple[PlannedColumn, ...]) -> None:
        """The columns that make something, and those they are held against."""
        self.columns = columns

    def fit(self, X: object, y: object = None) -> PlannedColumns:  # noqa: N803 - scikit-learn's name
        """Remember the past, where the plan looks back."""
        entity = next((column for column in self.columns if column.how == "history"), None)
        rows = Rows(X, self.columns)
        self.past_ = past_of(entity, rows) if entity is not None else None
        return self

    def transform(self, X: object) -> pd.DataFrame:  # noqa: N803 - scikit-learn's name
        """One column per thing made; each row from itself and the remembered past alone."""
        rows = Rows(X, self.columns)
        made = {name: values for name, (_, values) in all_made(self.columns, rows, self.past_).items()}
        return pd.DataFrame(made, index=rows.frame.index)

    def get_feature_names_out(self, input_features: object = None) -> Any:
        """The names of what is made."""
        return np.array(list(kinds_of(self.columns)), dtype=object)


class MeanAnswer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Each level of a category as the mean answer of its rows, drawn to the overall mean where they are few.

    What is learned from is encoded by the answers of other rows (five parts), so that a level of few rows
    does not give its answer away. An unknown level gets the overall mean.
    """

    def __init__(self, answers: str = "binary", seed: int = 0) -> None:
        """What is predicted (`binary`, `multiclass` or `continuous`), and the seed that parts the rows."""
        self.answers = answers
        self.seed = seed

    def fit(self, X: Any, y: Any = None) -> MeanAnswer:  # noqa: N803 - scikit-learn's name
        """Learn the mean answer per level."""
        if y is None:
            raise InvalidValueError(
                "the plan encodes a column by its mean answer, so fitting needs the answers",
                where="features",
                hint="Call fit(X, y)",
            )
        self.encoder_ = TargetEncoder(target_type=self.answers).fit(X, y)
        return self

    def transform(self, X: Any) -> Any:  # noqa: N803 - scikit-learn's name
        """The mean answer of each row's level."""
        return np.asarray(self.encoder_.transform(X))

    def fit_transform(self, X: Any, y: Any = None) -> Any:  # noqa: N803 - scikit-learn's name
        """Learn, and encode each row by the answers of other rows."""
        made = np.asarray(self.fit(X, y).encoder_.transform(X))
        answers = np.asarray(y)
        several = self.answers != "continuous"
        few = np.unique(answers, return_counts=True)[1].min() if several else len(answers)
        if few < _PARTS:
            return made
        parted = (StratifiedKFold if several else KFold)(_PARTS, shuffle=True, random_state=self.seed)
        for others, rows in parted.split(X, answers):
            encoder = TargetEncoder(target_type=self.answers).fit(X.iloc[others], answers[others])
            made[rows] = np.asarray(encoder.transform(X.iloc[rows]))
        return made

    def get_feature_names_out(self, input_features: object = None) -> Any:
        """The names of what is made."""
        return self.encoder_.get_feature_names_out(input_features)


def build(plan: FeaturePlan) -> Pipeline:
    """The estimator of a plan, not fitted.

    Raises:
        InvalidValueError: where the plan keeps no column.
    """
    if not plan.used:
        raise InvalidValueError(
            "the plan keeps no column, so there is nothing to learn from", where="features"
        )
    return of_columns(plan.columns, plan.classes if plan.task == "classes" else 0, plan.random_state)


def of_columns(planned: tuple[PlannedColumn, ...], classes: int, seed: int) -> Pipeline:
    """The estimator of some planned columns.

    Args:
        planned: the columns, those that make nothing among them.
        classes: classes of the target; 0 for a number.
        seed: for the parts of the rows that are encoded by each other's answers.
    """
    needed = {name for column in planned if column.treatment != "discard" for name in beside(column)}
    columns = tuple(c for c in planned if c.treatment != "discard" or c.name in needed)
    kinds = kinds_of(columns)
    named = {
        kind: [name for name, held in kinds.items() if held == kind] for kind in ("number", "flag", "mean")
    }
    answers = "continuous" if classes == 0 else "binary" if classes == 2 else "multiclass"
    parts: list[tuple[str, Any, list[str]]] = [
        ("numbers", make_pipeline(_filled("median"), StandardScaler()), named["number"]),
        ("flags", _filled("most_frequent"), named["flag"]),
        *(
            (f"levels of {column.name}", _levels(column), [column.name])
            for column in columns
            if column.how == "levels"
        ),
        (
            "mean answers",
            make_pipeline(MeanAnswer(answers, seed), StandardScaler()),
            named["mean"],
        ),
    ]
    learn = ColumnTransformer(
        [part for part in parts if part[2]], sparse_threshold=0.0, verbose_feature_names_out=False
    )
    return Pipeline([("columns", PlannedColumns(columns)), ("learn", learn)])


def _filled(strategy: str) -> SimpleImputer:
    return SimpleImputer(strategy=strategy, keep_empty_features=True)


def _levels(column: PlannedColumn) -> OneHotEncoder:
    return OneHotEncoder(
        min_frequency=column.settings["share"],
        max_categories=column.settings["most"],
        handle_unknown="infrequent_if_exist",
        sparse_output=False,
        feature_name_combiner=level_feature,
    )
