"""The questionnaire: one question at a time, a live verdict, and a fallback where no widget is shown."""

import pytest

from mlpm_magics.notebook.widgets.fit import FitWidget


@pytest.fixture
def widget():
    return FitWidget()


def button(widget, word):
    (found,) = [b for b in (*widget._answers, widget._later, widget._back) if b.description == word]
    return found


def test_answering_leads_to_the_same_report_as_the_call(widget):
    widget._statement.value = "Which resumes should we prioritize to interview?"
    assert widget.report.verdict == "ask"
    button(widget, "Yes").click()
    button(widget, "Yes").click()
    assert widget.report.verdict == "not_a_fit"
    assert widget.report.answers == {"high_harm_if_wrong": "yes", "data_biased": "yes"}
    assert "Not a fit" in widget._verdict.value
    assert button(widget, "Yes").disabled


def test_back_later_and_change(widget):
    first = widget._asked
    button(widget, "Ask later").click()
    second = widget._asked
    assert second != first
    button(widget, "No").click()
    button(widget, "Back").click()
    assert widget._asked == second
    assert widget.report.answers == {}
    button(widget, "We do not know").click()
    widget._change.value = second
    assert second in widget._order
    button(widget, "Yes").click()
    assert widget.report.answers == {second: "yes"}


def test_it_ends_after_ten_answers(widget):
    clicks = 0
    while widget.report.verdict == "ask":
        button(widget, "We do not know").click()
        clicks += 1
    assert clicks <= 10


def test_hostile_words_are_shown_not_run(widget):
    widget._statement.value = "<img src=x onerror=alert(1)>"
    bundle = widget._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert "<img src=x" not in data["text/html"]
    assert "&lt;img src=x" in data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data
