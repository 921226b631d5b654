"""What a feature plan decides for each column, what it asks, and what it shows."""

from __future__ import annotations

import json
import re
import time
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from feature_tables import ROLES, homes, orders
from frames import NASTY, PLANTED
from test_readiness_frames import state

import mlpm_magics as mlpm
from mlpm_magics.catalogue import knowledge
from mlpm_magics.evidence.clock import Clock
from mlpm_magics.features import planning
from mlpm_magics.features.asking import told
from mlpm_magics.features.making import MAKERS
from mlpm_magics.table import open_table


def planned(table, **arguments):
    return mlpm.plan_features(table, **{"measure_gain": False, **arguments})


def how(plan) -> dict[str, str]:
    return {column.name: column.how for column in plan.columns}


def of(plan, name: str):
    return next(column for column in plan.columns if column.name == name)


def renderings(plan) -> dict[str, str]:
    return {
        "json": json.dumps(plan.to_dict(), allow_nan=False),
        "text": str(plan),
        "markdown": plan.to_markdown(),
        "html": plan.to_html(),
        "code": plan.to_code() if plan.used else "",
    }


@pytest.fixture(scope="module")
def plan():
    return planned(orders(), **ROLES, name="orders")


# --- what becomes of a column ---------------------------------------------------------------------------


def test_each_column_becomes_what_it_should(plan):
    assert how(plan) == {
        "order": "identifier",
        "customer": "history",
        "at": "date_parts",
        "amount": "scale_log",
        "amount_cents": "copy",
        "signup": "date_parts",
        "town": "mean_answer",
        "note": "text_parts",
        "gift": "irrelevant",
        "currency": "same_in_every_row",
        "refunded_at": "written_later",
        "email": "personal",
    }


def test_every_reason_holds_what_was_measured_or_says_that_it_goes_by_a_name(plan):
    for column in plan.columns:
        assert column.reason.endswith("."), column.name
        assert re.search(r"\d", column.reason) or column.how == "personal", column.reason


def test_what_is_shown_of_a_column_is_the_word_of_its_step(plan):
    steps = knowledge().feature_steps
    for column in (*plan.columns, *planned(homes(), target="granted", group="origin").columns):
        assert steps[column.how].treatment == column.treatment
        assert bool(column.makes) == (column.treatment != "discard")


def test_every_step_that_makes_something_has_its_function_and_no_other():
    making = {step.id for step in knowledge().feature_steps.values() if step.treatment != "discard"}
    assert set(MAKERS) | {"history"} == making


def test_features_have_names_of_their_own(plan):
    assert len(set(plan.features)) == len(plan.features)


def test_words_that_a_text_mentions_are_those_that_go_with_the_answer(plan):
    assert {"late", "refund"} <= set(of(plan, "note").settings["words"])


def test_the_calendar_is_used_only_where_the_answer_differs_by_it(plan):
    assert of(plan, "at").settings["parts"] == ("weekday",)
    assert of(plan, "signup").makes == ("signup (days before at)",)


def test_without_time_nothing_is_added_up_and_the_plan_says_what_it_would_take():
    column = of(planned(orders(), target="returned", entity="customer"), "customer")
    assert column.how == "entity_alone"
    assert "--time" in column.reason


def test_a_window_that_is_given_is_used():
    plan = planned(orders(), **ROLES, window="14d")
    assert "rows of this customer in the last 14 days" in plan.features


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.random.default_rng(0).normal(50, 5, 600), "scale"),
        (np.random.default_rng(0).lognormal(5, 1.2, 600), "scale_log"),
        (np.random.default_rng(0).integers(0, 2, 600), "flag"),
        (np.random.default_rng(0).choice(["web", "shop", "phone"], 600), "levels"),
        ([f"{v:,.2f}" for v in np.random.default_rng(0).normal(2_000, 300, 600)], "scale"),
        ([f"{500 + i % 90}" for i in range(600)], "mean_answer"),
        ([f"W{i % 90}" for i in range(600)], "mean_answer"),
        ([None] * 595 + [1.5, 2.5, 3.5, 4.5, 5.5], "nearly_empty"),
        ([[1, 2]] * 600, "unreadable"),
    ],
)
def test_a_column_by_what_it_holds(values, expected):
    random = np.random.default_rng(1)
    x = pd.Series(list(values))
    code = "zip_code" if expected == "mean_answer" and str(x[0]).isdigit() else "x"
    x = x.astype(int) if code == "zip_code" else x
    table = pd.DataFrame({code: x, "z": random.normal(size=600), "y": random.normal(size=600)})
    assert how(planned(table, target="y"))[code] == expected


def test_a_number_that_follows_from_a_name_is_another_feature_than_the_name():
    random = np.random.default_rng(2)
    shop = random.integers(0, 60, 2_000)
    size = random.permutation(5_000)[:60][shop]
    table = pd.DataFrame(
        {"shop": [f"S{s}" for s in shop], "size": size, "y": size + random.normal(0, 900, 2_000)}
    )
    assert how(planned(table, target="y")) == {"shop": "mean_answer", "size": "scale"}


def test_a_number_of_an_object_that_comes_back_a_few_times_is_asked_for_as_the_entity():
    table = pd.DataFrame({"ad_id": np.arange(900) // 3, "x": np.arange(900) % 7, "y": np.arange(900) % 2})
    assert how(planned(table, target="y"))["ad_id"] == "names_one"


# --- what only people can answer ------------------------------------------------------------------------


def test_what_looks_suspicious_is_asked_first_and_the_rest_is_listed(plan):
    first, *_ = plan.open_questions
    assert (first.about, first.columns, first.suspicious) == ("known", ("refunded_at",), True)
    rest = [q.columns for q in plan.open_questions if q.about == "known" and not q.suspicious]
    assert rest == [("amount", "signup", "town", "note")]
    assert [q.about for q in plan.open_questions][-1] == "past_answers"
    assert plan.sentence.endswith("First ask when `refunded_at` is filled in.")


@pytest.mark.parametrize("name", ["status", "closed_at", "paid_at", "final_grade", "cancellation"])
def test_names_that_leave_open_when_they_are_written_are_asked_about_first(name):
    table = homes().rename(columns={"status": name})
    asked = [q for q in planned(table, target="granted").open_questions if q.suspicious]
    assert (name,) in [question.columns for question in asked]


def test_what_is_known_only_afterwards_is_left_out_with_that_reason():
    plan = planned(
        orders(), **ROLES, known={"amount": False, "amount_cents": False, "refunded_at": False, "town": True}
    )
    assert how(plan)["amount"] == how(plan)["refunded_at"] == "known_only_afterwards"
    assert [of(plan, name).known for name in ("amount", "town", "note", "at")] == ["no", "yes", "open", "yes"]
    assert not [question for question in plan.open_questions if question.suspicious]


def test_a_copy_of_what_is_left_out_as_too_late_does_not_take_its_place():
    plan = planned(orders(), **ROLES, known={"amount": False})
    asked = [question for question in plan.open_questions if question.suspicious]
    assert how(plan)["amount_cents"] == "written_later"
    assert ("amount_cents",) in [question.columns for question in asked]
    both = planned(orders(), **ROLES, known={"amount": False, "amount_cents": True})
    assert how(both)["amount_cents"] == "scale_log"


def test_what_says_the_same_as_a_protected_group_is_left_out_with_it():
    table = homes().assign(origin_code=lambda t: (t["origin"] == "b").map({True: 7, False: 9}))
    assert how(planned(table, target="granted", group="origin"))["origin_code"] == "protected_group"


def test_what_people_know_to_be_there_in_time_stays_though_it_gives_the_answer_away():
    table = orders()
    assert how(planned(table, **ROLES, known={"refunded_at": True}))["refunded_at"] == "date_parts"


def test_all_others_can_be_answered_at_once_and_the_suspicious_stay_open():
    plan = planned(orders(), **ROLES, others_known=True)
    assert [q.columns for q in plan.open_questions if q.about == "known"] == [("refunded_at",)]
    assert of(plan, "note").known == "yes"


def test_a_stand_in_is_asked_about_and_not_silently_dropped():
    plan = planned(homes(), target="granted", group="origin")
    asked = next(question for question in plan.open_questions if question.about == "stand_in")
    assert set(asked.columns) == {"postcode", "origin"}
    assert of(plan, "postcode").makes
    assert how(plan)["origin"] == "protected_group"
    assert how(planned(homes(), target="granted", group="origin", discard="postcode"))["postcode"] == (
        "told_to_discard"
    )


def test_a_protected_trait_by_name_is_asked_about():
    asked = [q.columns for q in planned(homes(), target="granted").open_questions if q.about == "protected"]
    assert asked == [("marital_status",)]
    kept = planned(homes(), target="granted", keep=["marital_status"]).open_questions
    assert "protected" not in {question.about for question in kept}


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ({"target": None}, "target: name the column to predict."),
        ({"known": {"amuont": False}}, "known: there is no column 'amuont'. Did you mean 'amount'?"),
        ({"known": {"amount": "no"}}, "known: 'amount' is answered by True or False."),
        ({"known": ["amount"]}, "known: is a mapping from a column to True or False."),
        ({"keep": "town", "discard": "town"}, "keep: `town` cannot be both kept and left out."),
        (
            {"keep": "town", "known": {"town": False}},
            "keep: `town` is known only after the decision, so it cannot be kept.",
        ),
        ({"window": "soon"}, "window: 'soon' is not a step in time."),
    ],
)
def test_a_slip_is_one_line(arguments, line):
    with pytest.raises(mlpm.MlpmError) as raised:
        planned(orders(rows=60), **{**ROLES, **arguments})
    assert str(raised.value).startswith(line)


# --- what it gains ------------------------------------------------------------------------------------------


def test_a_gain_is_measured_on_rows_that_were_held_out():
    gain = mlpm.plan_features(orders(), **ROLES).gain
    assert gain.answer == "yes"
    assert gain.interval[0] > 0
    assert gain.effect == pytest.approx(gain.planned - gain.raw)
    assert f"{100 * gain.effect:.1f} points" in gain.text
    assert "what came before" in gain.how


@pytest.mark.parametrize("seed", range(3))
def test_names_that_mean_nothing_gain_nothing(seed):
    random = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "shop": [f"shop {n}" for n in random.integers(0, 200, 1_000)],
            "x": random.normal(size=1_000),
            "y": random.integers(0, 2, 1_000),
        }
    )
    plan = mlpm.plan_features(table, target="y")
    assert how(plan)["shop"] == "mean_answer"
    assert plan.gain.planned < 0.02


@pytest.mark.parametrize(
    ("table", "target", "why"),
    [
        (pd.DataFrame({"a": np.arange(40) % 7, "y": np.arange(40) % 2}), "y", "40 rows"),
        (pd.DataFrame({"a": range(300), "y": pd.date_range("2024", periods=300)}), "y", "neither classes"),
        (pd.DataFrame({"a": [1.0] * 300, "y": np.arange(300) % 2}), "y", "no column"),
    ],
)
def test_where_it_cannot_be_told_the_plan_says_why(table, target, why):
    gain = mlpm.plan_features(table, target=target).gain
    assert gain.answer == "cannot_tell"
    assert why in gain.text


# --- any frame, and nothing personal ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", NASTY)
def test_every_nasty_frame_gives_a_plan_and_stays_as_it_is(kind):
    frame = NASTY[kind]()
    before = state(frame)
    names = [column.name for column in open_table(frame).columns][:3]
    if not names:
        with pytest.raises(mlpm.MlpmError):
            planned(frame, target="y")
        return
    plan = planned(frame, **dict(zip(("target", "time", "entity"), names, strict=False)))
    assert len(plan.columns) == frame.shape[1] - 1
    forms = renderings(plan)
    assert len(forms["html"]) < 900_000
    compile(forms["code"], "listing", "exec")
    if plan.used and len(frame) > 3:
        made = plan.pipeline.fit_transform(frame, np.arange(len(frame)) % max(2, plan.classes))
        assert np.isfinite(made).all()
    assert state(frame) == before


@pytest.mark.parametrize("role", ["target", "group", "entity", "time"])
def test_a_planted_value_appears_nowhere(role):
    frame = NASTY["personal_data"]()
    for column in frame.columns:
        other = next(name for name in frame.columns if name != column)
        arguments = {"target": other, role: column}
        for form, text in renderings(planned(frame, **arguments)).items():
            for value in PLANTED:
                assert value not in text, form
                assert value[:8] not in text or value.startswith("-----"), form


def test_the_fingerprint_is_of_the_plan_and_not_of_the_rows(plan):
    again = planned(orders().sample(frac=1, random_state=1), **ROLES, name="shuffled")
    assert again.fingerprint == plan.fingerprint
    for change in ({"known": {"town": True}}, {"discard": "town"}, {"window": "90d"}, {"entity": None}):
        assert planned(orders(), **{**ROLES, **change}).fingerprint != plan.fingerprint


# --- whatever holds a table ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["polars", "pyarrow", "duckdb", "csv", "parquet"])
def test_a_table_of_any_kind_gives_the_same_plan(kind, plan, tmp_path):
    table = orders()
    file = tmp_path / f"orders.{'csv' if kind == 'csv' else 'parquet'}"
    table.to_csv(file, index=False) if kind == "csv" else table.to_parquet(file)
    match kind:
        case "polars":
            data = pytest.importorskip("polars").read_parquet(file)
        case "pyarrow":
            data = pytest.importorskip("pyarrow").table(table)
        case "duckdb":
            data = pytest.importorskip("duckdb").read_parquet(str(file))
        case _:
            data = file
    assert how(planned(data, **ROLES)) == how(plan)


def test_of_a_large_table_elsewhere_a_sample_is_looked_at_and_that_is_said(tmp_path):
    duckdb = pytest.importorskip("duckdb")
    random = np.random.default_rng(0)
    pd.DataFrame({"x": random.normal(size=60_000), "y": random.integers(0, 2, 60_000)}).to_parquet(
        tmp_path / "large.parquet"
    )
    plan = mlpm.plan_features(duckdb.read_parquet(str(tmp_path / "large.parquet")), target="y")
    assert plan.rows == 60_000
    assert "random sample" in plan.sampled
    assert plan.sampled in str(plan).replace("\n", " ")
    assert "5,000 rows" in plan.gain.how


def test_a_column_that_gives_the_answer_away_changes_nothing_about_the_others():
    table = orders().drop(columns="refunded_at")
    with_leak = how(planned(table.assign(refund=table["returned"] * table["amount"]), **ROLES))
    assert with_leak.pop("refund") == "gives_answer_away"
    assert with_leak == how(planned(table, **ROLES))


def test_an_interrupt_while_the_gain_is_measured_leaves_the_plan():
    with mock.patch("mlpm_magics.features.gain._measured", side_effect=KeyboardInterrupt):
        plan = mlpm.plan_features(orders(), **ROLES)
    assert plan.columns == planned(orders(), **ROLES).columns
    assert plan.gain.answer == "cannot_tell"
    assert "Interrupted before the gain was measured." in str(plan)


def test_a_budget_that_is_used_up_leaves_the_plan_and_says_that_the_gain_was_not_measured():
    random = np.random.default_rng(0)
    table = pd.DataFrame(random.normal(size=(400, 3)), columns=["a", "b", "c"])
    table["y"] = np.where(table["a"] + random.normal(size=400) > 0, "yes", "no")
    found = mlpm.plan_features(table, target="y", budget_s=1e-3)
    assert found.gain.answer == "cannot_tell"
    assert "budget of 0.001 s was used up" in found.gain.text
    assert found.columns == mlpm.plan_features(table, target="y", measure_gain=False).columns


def test_a_budget_that_is_used_up_in_planning_says_what_was_not_looked_at():
    table = open_table(homes(), target="granted", group="origin")
    said = told(table, None, False, None, None)
    late = Clock(3, since=time.monotonic() - 10)
    plan = planning.planned(table, said, None, late)
    assert {column.how for column in plan.columns} <= {"not_read", "protected_group"}
    assert "Not measured: which columns give the answer away, for want of time" in " ".join(plan.notes)
    assert len(plan.notes) == 8
    in_time = planning.planned(table, said, None, Clock(300))
    assert in_time == planning.planned(table, said)
    assert "for want of time" not in " ".join(in_time.notes)
