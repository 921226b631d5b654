"""The estimator of a plan does what the plan says, whatever arrives, and never looks ahead."""

from __future__ import annotations

import pickle
import re
import warnings

import numpy as np
import pandas as pd
import pytest
from feature_tables import ROLES, orders
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.tree import DecisionTreeClassifier

import mlpm_magics as mlpm
from mlpm_magics.features.history import History

TABLE = orders(rows=900)
TABLE.loc[TABLE.index % 9 == 0, "amount"] = np.nan
TABLE.loc[TABLE.index % 11 == 0, "town"] = None
PLAN = mlpm.plan_features(TABLE, **ROLES, discard="amount_cents", measure_gain=False)
FITTED = PLAN.pipeline.fit(TABLE, TABLE["returned"])
LIVE = orders(seed=1, rows=40).drop(columns="returned")
NAMES = list(FITTED.get_feature_names_out())


def made(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(FITTED.transform(frame), columns=NAMES, index=frame.index)


# --- it does what the plan says ----------------------------------------------------------------------------


def test_the_features_are_those_of_the_plan_and_numbers():
    assert set(NAMES) == set(PLAN.features)
    values = FITTED.transform(LIVE)
    assert values.shape == (len(LIVE), len(PLAN.features))
    assert values.dtype == float
    assert np.isfinite(values).all()


def test_each_feature_is_what_its_step_says():
    live = made(LIVE)
    log = np.log1p(LIVE["amount"])
    assert np.corrcoef(live["amount (log)"], log)[0, 1] == pytest.approx(1)
    assert (live["at (Sunday)"] == (LIVE["at"].dt.day_name() == "Sunday")).all()
    assert (live["note mentions late"] == LIVE["note"].str.contains("late")).all()
    age = (LIVE["at"] - LIVE["signup"]) / pd.Timedelta(days=1)
    assert np.corrcoef(live["signup (days before at)"], age)[0, 1] == pytest.approx(1)
    trained = pd.DataFrame(FITTED.transform(TABLE), columns=NAMES)
    assert trained["amount (log)"].std(ddof=0) < 1.01
    assert (trained["amount is missing"] == TABLE["amount"].isna()).all()


def test_a_column_that_is_left_out_plays_no_part():
    left = {column.name for column in PLAN.discarded if not column.role}
    changed = LIVE.assign(**dict.fromkeys(left, "x"))
    pd.testing.assert_frame_equal(made(changed), made(LIVE))
    pd.testing.assert_frame_equal(made(LIVE.drop(columns=list(left))), made(LIVE))


def test_every_call_gives_a_new_estimator_that_is_not_fitted_and_can_be_copied():
    assert PLAN.pipeline is not PLAN.pipeline
    again = clone(FITTED).fit(TABLE, TABLE["returned"])
    np.testing.assert_array_equal(again.transform(LIVE), FITTED.transform(LIVE))
    restored = pickle.loads(pickle.dumps(FITTED))  # noqa: S301 - our own
    np.testing.assert_array_equal(restored.transform(LIVE), FITTED.transform(LIVE))
    assert (
        list(clone(FITTED).set_output(transform="pandas").fit(TABLE, TABLE["returned"]).transform(LIVE))
        == NAMES
    )


@pytest.mark.parametrize("model", [LogisticRegression(max_iter=500), DecisionTreeClassifier(max_depth=4)])
def test_any_model_can_stand_behind_it(model):
    scores = cross_val_score(make_pipeline(PLAN.pipeline, model), TABLE, TABLE["returned"], cv=3)
    assert scores.mean() > TABLE["returned"].mean()


def test_training_rows_are_encoded_by_the_answers_of_other_rows():
    """A level of one row must not give its answer away to the model that learns from it."""
    alone = pd.DataFrame({"who": [f"w{i // 2}" for i in range(400)], "x": np.arange(400) % 5})
    answers = np.random.default_rng(0).integers(0, 2, 400)
    plan = mlpm.plan_features(alone.assign(y=answers), target="y", measure_gain=False)
    column = list(plan.features).index("who (mean answer)")
    learned_from = plan.pipeline.fit_transform(alone, answers)[:, column]
    assert abs(np.corrcoef(learned_from, answers)[0, 1]) < 0.25


def test_it_needs_answers_only_where_the_plan_says_so():
    with pytest.raises(mlpm.MlpmError) as raised:
        PLAN.pipeline.fit(TABLE)
    line = "the plan encodes a column by its mean answer, so fitting needs the answers. Call fit(X, y)."
    assert str(raised.value) == f"features: {line}"
    plan = mlpm.plan_features(TABLE, **ROLES, discard="town", measure_gain=False)
    assert plan.pipeline.fit(TABLE).transform(LIVE).shape == (len(LIVE), len(plan.features))


def test_a_plan_without_columns_has_no_estimator():
    nothing = mlpm.plan_features(pd.DataFrame({"a": [1.0] * 50, "y": [0, 1] * 25}), target="y")
    with pytest.raises(mlpm.MlpmError, match="keeps no column"):
        _ = nothing.pipeline


# --- whatever arrives ----------------------------------------------------------------------------------

CELLS = {
    "amount": st.one_of(st.none(), st.floats(), st.text(max_size=8), st.integers(-(10**6), 10**6)),
    "town": st.one_of(st.none(), st.text(max_size=12), st.integers(), st.sampled_from(["town 1", "town 2"])),
    "note": st.one_of(st.none(), st.text(max_size=60), st.floats()),
    "gift": st.one_of(st.none(), st.sampled_from(["yes", "NO", "1", "maybe", "", True, 0])),
    "customer": st.one_of(st.none(), st.sampled_from(["C1", "C2", "nobody"]), st.integers()),
    "at": st.one_of(st.none(), st.just("not a date"), st.datetimes().map(str), st.just("2024-02-30")),
    "signup": st.one_of(st.none(), st.dates().map(str), st.floats(), st.just("31/12/2023")),
}


@st.composite
def frames(draw):
    rows = draw(st.integers(1, 6))
    columns = {name: draw(st.lists(cell, min_size=rows, max_size=rows)) for name, cell in CELLS.items()}
    order = draw(st.permutations(list(columns)))
    return pd.DataFrame({name: pd.Series(columns[name], dtype=object) for name in order})


@settings(max_examples=60)
@given(frames())
def test_whatever_arrives_becomes_finite_numbers(frame):
    before = frame.copy(deep=True)
    values = FITTED.transform(frame)
    assert values.shape == (len(frame), len(NAMES))
    assert np.isfinite(values).all()
    pd.testing.assert_frame_equal(frame, before)


@settings(max_examples=40)
@given(frames(), st.randoms(use_true_random=False))
def test_a_row_becomes_the_same_alone_in_any_company_and_in_any_order(frame, random):
    read = FITTED[:1]  # what follows is scikit-learn's, row by row
    whole = read.transform(frame).reset_index(drop=True)
    order = list(range(len(frame)))
    random.shuffle(order)
    shuffled = read.transform(frame.iloc[order]).reset_index(drop=True)
    pd.testing.assert_frame_equal(shuffled, whole.iloc[order].reset_index(drop=True))
    for at in range(len(frame)):
        alone = read.transform(frame.iloc[[at]]).reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, whole.iloc[[at]].reset_index(drop=True))


def test_numbers_and_dates_may_arrive_as_text_and_columns_in_another_order():
    text = LIVE.assign(
        amount=LIVE["amount"].astype(str), at=LIVE["at"].astype(str), signup=LIVE["signup"].astype(str)
    )
    pd.testing.assert_frame_equal(made(text[list(reversed(text.columns))]), made(LIVE))


def test_a_category_never_seen_before_is_encoded_as_the_overall_mean():
    unknown = made(LIVE.assign(town="nowhere yet"))["town (mean answer)"]
    assert unknown.nunique() == 1
    trained = pd.DataFrame(FITTED.transform(TABLE), columns=NAMES)["town (mean answer)"]
    assert trained.min() < unknown.iloc[0] < trained.max()


def test_a_column_that_had_gaps_may_be_missing_and_one_line_says_so():
    with pytest.warns(UserWarning, match="count as missing") as caught:
        values = FITTED.transform(LIVE.drop(columns=["amount", "town"]))
    assert [str(item.message) for item in caught] == [
        "`amount`, `town` are not in the table; they count as missing in every row"
    ]
    assert np.isfinite(values).all()


def test_a_column_that_never_had_gaps_must_be_there_and_one_line_says_which():
    with pytest.raises(mlpm.MlpmError) as raised:
        FITTED.transform(LIVE.rename(columns={"note": "notes"}))
    assert str(raised.value) == (
        "features: the table has no `note`, which the plan needs. Did you mean 'notes'?"
    )
    with pytest.raises(mlpm.MlpmError, match="an array has no names of columns"):
        FITTED.transform(np.zeros((3, 7)))


def test_other_kinds_of_tables_are_taken_too():
    polars = pytest.importorskip("polars")
    there = FITTED.transform(polars.from_pandas(LIVE))
    np.testing.assert_allclose(there, FITTED.transform(LIVE), atol=1e-9)


def test_an_entity_or_time_in_the_index_is_found():
    table = TABLE.set_index("customer")
    plan = mlpm.plan_features(table, **ROLES, discard="amount_cents", measure_gain=False)
    there = plan.pipeline.fit(table, table["returned"]).transform(LIVE.set_index("customer"))
    np.testing.assert_allclose(np.sort(there, axis=1), np.sort(FITTED.transform(LIVE), axis=1))


# --- the past, and nothing but the past ------------------------------------------------------------------


@st.composite
def pasts(draw):
    rows = draw(st.integers(0, 25))
    entity = draw(st.lists(st.sampled_from(["a", "b", "c", "?"]), min_size=rows, max_size=rows))
    days = st.one_of(st.just(np.nan), st.integers(0, 40).map(float))
    seconds = np.array(draw(st.lists(days, min_size=rows, max_size=rows)), dtype=float) * 86_400
    cell = st.one_of(st.just(np.nan), st.floats(-1e6, 1e6))
    return entity, seconds, np.array(draw(st.lists(cell, min_size=rows, max_size=rows)), dtype=float)


def slowly(entity, seconds, values, who, when, days):
    """The same by looking at every row."""
    if np.isnan(when):
        return [np.nan] * 5
    before = [i for i, e in enumerate(entity) if e == who and who != "?" and seconds[i] < when]
    before.sort(key=lambda i: seconds[i])
    recent = [i for i in before if seconds[i] >= when - days * 86_400]
    since = (when - seconds[before[-1]]) / 86_400 if before else np.nan
    filled = [values[i] for i in before if not np.isnan(values[i])]
    mean = [values[i] for i in recent if not np.isnan(values[i])]
    return [
        len(before),
        len(recent),
        since,
        filled[-1] if filled else np.nan,
        np.mean(mean) if mean else np.nan,
    ]


@settings(max_examples=150)
@given(pasts(), pasts(), st.sampled_from([1.0, 7.0, 30.0]))
def test_what_is_added_up_is_what_came_before_within_the_window(past, now, days):
    entity, seconds, values = past
    who, when, _ = now
    history = History.of(entity, seconds, {"x": values}, "?")
    found = history.before(who, when, days)
    for at in range(len(who)):
        wanted = slowly(entity, seconds, values, who[at], when[at], days)
        got = [found[key][at] for key in ("earlier", "recent", "since", "last x", "mean x")]
        np.testing.assert_allclose(got, wanted, rtol=1e-9, atol=1e-6)


@settings(max_examples=25)
@given(st.integers(0, 899), st.integers(0, 10**6))
def test_what_happens_later_changes_no_row_of_before(at, seed):
    """No look ahead: rows from a moment on may be anything, the features of earlier rows stay."""
    moment = TABLE["at"].iloc[at]
    later = TABLE["at"] >= moment
    random = np.random.default_rng(seed)
    other = TABLE.copy()
    other.loc[later, "amount"] = random.lognormal(9, 2, int(later.sum()))
    other.loc[later, "customer"] = random.permutation(other.loc[later, "customer"].to_numpy())
    columns = FITTED[:1]
    before = clone(columns).fit(TABLE).transform(TABLE)[~later]
    after = clone(columns).fit(other).transform(other)[~later]
    pd.testing.assert_frame_equal(before, after)


def test_a_fold_learns_from_its_training_rows_only():
    train, test = TABLE.iloc[:400], TABLE.iloc[400:]
    fitted = PLAN.pipeline.fit(train, train["returned"])
    alone = fitted.transform(test.iloc[[0]])
    np.testing.assert_array_equal(fitted.transform(test)[:1], alone)
    earlier = [name for name in NAMES if name.startswith("earlier rows")]
    stranger = pd.DataFrame(fitted.transform(test.assign(customer="new here")), columns=NAMES)
    raw = fitted[:1].transform(test.assign(customer="new here"))
    assert (raw[earlier[0]] == 0).all()
    assert np.isfinite(stranger.to_numpy()).all()


# --- the listing ---------------------------------------------------------------------------------------


def listed(plan):
    names: dict[str, object] = {}
    exec(compile(plan.to_code(), "listing", "exec"), names)  # noqa: S102 - our own
    return names["features"]


def test_the_listing_makes_the_same_features_without_this_package():
    assert "mlpm" not in PLAN.to_code()
    there = listed(PLAN).fit(TABLE, TABLE["returned"])
    names = [re.sub(r"^.*?__", "", name) for name in there.get_feature_names_out()]
    got = pd.DataFrame(there.transform(LIVE), columns=names)[NAMES]
    wanted = made(LIVE).reset_index(drop=True)
    means = "town (mean answer)"  # scaled by other parts of the training rows
    assert np.corrcoef(got.pop(means), wanted.pop(means))[0, 1] == pytest.approx(1)
    pd.testing.assert_frame_equal(got, wanted)


def test_the_listing_of_names_with_quotes_and_braces_runs():
    nasty = {
        "amount": "a'b",
        "town": 'say "hi" {x}',
        "note": "n\\o{te}",
        "signup": "s'{}\"",
        "customer": "{c}",
    }
    table = TABLE.head(250).rename(columns=nasty)
    roles = {**ROLES, "entity": "{c}"}
    plan = mlpm.plan_features(table, **roles, discard="amount_cents", measure_gain=False)
    there = listed(plan).fit(table, table["returned"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert there.transform(table).shape[1] == len(plan.features)
