"""Other costs on a report: the arithmetic in Python, and the form of `%ml_baseline REPORT`."""

from __future__ import annotations

import msgspec
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.completer import provisionalcompleter
from IPython.core.error import UsageError
from lifecycle_samples import baseline as sample

import mlpm_magics as mlpm
from mlpm_magics.notebook.widgets.threshold import ThresholdWidget
from mlpm_magics.results import BaselineReport, CutPoint, Threshold

# ten rows in all: four are a yes
CURVE = tuple(
    CutPoint(threshold=cut, wrong_yes=yes, wrong_no=no)
    for cut, yes, no in ((0.0, 0.6, 0.0), (0.2, 0.3, 0.1), (0.5, 0.1, 0.2), (1.0, 0.0, 0.4))
)
REPORT = sample(threshold=Threshold(at=0.5, about_as_good=(0.5, 0.5), curve=CURVE, sentence=""))
COSTS = {"wrong_yes": 5, "wrong_no": 20, "decisions": 100, "period": "week", "unit": "EUR"}


@pytest.fixture
def form():
    return ThresholdWidget(REPORT)


def test_costs_are_counted_from_the_curve():
    tried = REPORT.with_costs(COSTS)
    assert tried.threshold.at == tried.implied == 0.2
    assert (tried.wrong_yes, tried.wrong_no) == pytest.approx((30, 10))
    assert tried.threshold.cost == pytest.approx(30 * 5 + 10 * 20)
    assert tried.else_act == "always"
    assert tried.threshold.without == pytest.approx(60 * 5)
    assert tried.threshold.saved == pytest.approx(-50)
    assert "about 30 wrong yes and 10 wrong no per week" in tried.threshold.sentence
    assert "cost 350 EUR, 50 EUR more than always acting" in tried.threshold.sentence


def test_another_threshold_lies_on_the_line_between_its_neighbours():
    tried = REPORT.with_costs(COSTS, at=0.35)
    assert (tried.wrong_yes, tried.wrong_no) == pytest.approx((20, 15))
    assert "The costs imply 20 %, which costs 50 EUR less." in tried.threshold.sentence
    assert "about 0 wrong yes and 40 wrong no" in REPORT.with_costs(COSTS, at=1).threshold.sentence


amounts = st.floats(1e-6, 1e12)


@given(amounts, amounts, amounts, st.none() | st.floats(0, 1))
def test_any_costs_give_an_answer_in_every_form(wrong_yes, wrong_no, decisions, at):
    tried = REPORT.with_costs({"wrong_yes": wrong_yes, "wrong_no": wrong_no, "decisions": decisions}, at)
    found = tried.threshold
    assert 0 <= tried.implied <= 1
    assert found.about_as_good[0] <= tried.implied <= found.about_as_good[1]
    assert found.cost >= 0
    assert found.saved == pytest.approx(found.without - found.cost)
    assert 0 <= tried.wrong_yes + tried.wrong_no <= decisions * (1 + 1e-9)
    assert not {"nan", "inf"} & set(str(tried).split())
    assert tried.to_html()


@pytest.mark.parametrize(
    ("costs", "at", "says"),
    [
        ({"wrong_yes": 5}, None, "Add 'wrong_no'"),
        ({"wrong_yes": 5, "wrong_no": 0}, None, "costs, wrong_no: is a number above 0"),
        ({"wrong_yes": 5, "wrong_no": 1e300}, None, "costs, wrong_no: is a number from"),
        ({"wrong_yes": 5, "wrongno": 3}, None, "Did you mean 'wrong_no'"),
        (None, None, "both mistakes need a cost"),
        (COSTS, 1.2, "at: is a chance from 0 to 1"),
        (COSTS, float("nan"), "at: is a chance from 0 to 1"),
    ],
)
def test_a_wrong_cost_is_one_line(costs, at, says):
    with pytest.raises(mlpm.MlpmError) as caught:
        REPORT.with_costs(costs, at)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_sentence_follows_what_is_typed(form):
    assert "Nobody said yet" in form._note.text
    assert form.at.value == 50
    form.wrong_no.value = "4"
    assert form._note.text == ""
    assert form.at.value == 20, "the threshold follows the costs"
    assert form.report == REPORT.with_costs({"wrong_yes": 1, "wrong_no": 4, "decisions": 1000})
    form.period.value = "month"
    form.decisions.value = "200"
    assert "about 60 wrong yes and 20 wrong no per month" in form._answer.value
    assert "data:image/svg+xml" in form._answer.value


def test_a_threshold_of_ones_own_stays_until_the_costs_are_asked_again(form):
    form.at.value = 35
    assert not form.implied.value
    form.wrong_no.value = "4"
    assert form.report.threshold.at == 0.35
    assert "The costs imply 20 %" in form._answer.value
    form.implied.value = True
    assert form.report.threshold.at == 0.2
    assert form.at.value == 20


@pytest.mark.parametrize("typed", ["", "abc", "-3", "0", "nan", "1e300", "<img src=x onerror=alert(1)>"])
def test_what_is_typed_wrongly_is_one_line_and_loses_nothing(form, typed, capsys):
    before = form.report
    form.wrong_yes.value = typed
    assert "number" in form._note.text
    assert "\n" not in form._note.text
    assert form.report == before
    form.wrong_yes.value = "2"
    assert form._note.text == ""
    assert capsys.readouterr() == ("", "")


def test_a_saved_notebook_shows_the_answer(form):
    form.period.value = "<img src=x onerror=alert(1)>"
    bundle = form._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "Act above a chance of 50 %" in " ".join(data["text/plain"].split())
    assert "<img src=x" not in data["text/html"]
    assert "Act above" in data["text/markdown"]
    assert "<img src=x" not in form._answer.value


def test_a_real_report_opens_with_the_costs_it_was_made_with(shell):
    random = np.random.default_rng(3)
    frame = pd.DataFrame(random.normal(size=(500, 2)), columns=list("ab"))
    frame["left"] = random.random(500) < 1 / (1 + np.exp(-2 * frame.a))
    made = mlpm.baseline(frame, target="left", costs={**COSTS}, budget_s=300)
    shell.user_ns["base"] = made
    form = shell.run_line_magic("ml_baseline", "base")
    assert form.costs == made.threshold.costs
    assert form.report.threshold.at == pytest.approx(made.threshold.at)
    assert form.report.threshold.about_as_good == pytest.approx(made.threshold.about_as_good, abs=1e-4)
    # the same question on other rows: the training part's answer lies near the test part's
    assert form.report.threshold.without == pytest.approx(made.threshold.without, rel=0.25)
    other = shell.run_line_magic("ml_baseline", "base --cost-fp 5 --cost-fn 45")
    assert other.report == made.with_costs({"wrong_yes": 5, "wrong_no": 45})
    kept = msgspec.json.decode(msgspec.json.encode(made), type=BaselineReport)
    assert kept.with_costs(COSTS) == form.report, "the table is not needed"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("base --target left", "--target: is for a table; base is a report"),
        ("base --budget 3", "--budget: is for a table"),
        ("base --cost-fp 5", "Add --cost-fn COST"),
        ("number", "is no answer of yes or no"),
    ],
)
def test_a_slip_is_one_line(shell, line, says):
    shell.user_ns |= {"base": REPORT, "number": msgspec.structs.replace(REPORT, threshold=None)}
    with pytest.raises(UsageError) as caught:
        shell.run_line_magic("ml_baseline", line)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_tab_offers_tables_and_reports(shell):
    shell.user_ns |= {"base_of_churn": REPORT, "base_table": pd.DataFrame({"a": [1]}), "base_word": "x"}
    with provisionalcompleter():
        found = {c.text for c in shell.Completer.completions("%ml_baseline base_", 18)}
    assert {"base_of_churn", "base_table"} <= found
    assert "base_word" not in found
