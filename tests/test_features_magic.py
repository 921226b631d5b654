"""%ml_features in a real shell: the plan of the Python call, Tab, one-line slips, and the project's file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from test_notebook_magics import refused, result

import mlpm_magics as mlpm
from mlpm_magics.notebook.complete import candidates
from mlpm_magics.results import FeaturePlan


@pytest.fixture
def churn() -> pd.DataFrame:
    random = np.random.default_rng(0)
    months = random.integers(1, 60, 400)
    return pd.DataFrame(
        {
            "months": months,
            "plan": random.choice(["basic", "plus"], 400),
            "closed_at": random.integers(1, 99, 400),
            "left": random.random(400) < 0.8 - months / 100,
        }
    )


def test_the_magic_gives_the_plan_of_the_python_call(shell, churn):
    shell.user_ns["churn"] = churn
    typed = "%ml_features churn --target left --after closed_at --known months --keep plan"
    plan = result(shell, typed)
    assert isinstance(plan, FeaturePlan)
    answers = {"closed_at": False, "months": True}
    assert plan == mlpm.plan_features(churn, target="left", known=answers, keep=["plan"], name="churn")
    assert result(shell, f"{typed} --others-known").open_questions == ()


def test_an_assignment_keeps_the_plan_and_its_pipeline_works(shell, churn):
    shell.user_ns["churn"] = churn
    shell.run_cell("plan = %ml_features churn --target left").raise_error()
    shell.run_cell("made = plan.pipeline.fit_transform(churn, churn.left)").raise_error()
    assert shell.user_ns["made"].shape == (400, len(shell.user_ns["plan"].features))


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("", "which table? For example %ml_features churn --target COLUMN."),
        ("churn", "--target: what should be predicted? Possible: months, plan, closed_at, left."),
        ("churn --target lft", "target: there is no column 'lft'. Did you mean 'left'?"),
        ("churn --target left --after plna", "known: there is no column 'plna'. Did you mean 'plan'?"),
        ("churn --target left --windw 3d", "there is no option '--windw'. Did you mean '--window'?"),
        (
            "churn --target left --after plan --known plan",
            "--after: 'plan' cannot be known both before and after.",
        ),
    ],
)
def test_a_slip_is_one_line(shell, churn, typed, line):
    shell.user_ns["churn"] = churn
    assert refused(shell, f"%ml_features {typed}").startswith(f"%ml_features: {line}")


@pytest.mark.parametrize("option", ["target", "after", "known", "keep", "discard", "group"])
def test_tab_completes_columns(churn, option):
    line = f"%ml_features churn --{option} mo"
    assert candidates(line, 0, len(line), {"churn": churn}) == ("mo", ["months"])


def test_a_project_keeps_the_plan(shell, churn):
    shell.user_ns["churn"] = churn
    shell.run_cell("%ml_lifecycle start Keep").raise_error()
    plan = result(shell, "%ml_features churn --target left")
    assert plan.recorded
    assert plan.recorded in str(plan).replace("\n", " ")
