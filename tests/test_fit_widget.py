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
    assert "presumed instead of asked" in widget._question.value


def test_hostile_words_are_shown_not_run(widget):
    widget._statement.value = "<img src=x onerror=alert(1)>"
    bundle = widget._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert "<img src=x" not in data["text/html"]
    assert "&lt;img src=x" in data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data


def test_all_questions_at_once_give_the_same_report_and_can_be_taken_back(widget):
    widget._all.value = True
    assert len(widget._sheet.children) == len(widget.report.questions)
    repeats = widget._sheet.choices["repeatable_decision"]
    repeats.value = "no"
    assert widget.report.verdict == "not_a_fit"
    repeats.value = ""
    assert widget.report.verdict == "ask"
    assert widget.brief["answers"] == {}
    widget._all.value = False
    assert widget._sheet.children == ()


def test_two_people_answer_one_after_the_other_and_the_difference_is_shown(widget):
    widget._who.value = "Ana"
    first = widget._asked
    button(widget, "Yes").click()
    widget._who.value = "Bo"
    assert widget._asked == first, "everybody is asked"
    button(widget, "No").click()
    assert widget.report.answers_by == {"Ana": {first: "yes"}, "Bo": {first: "no"}}
    assert "People answered differently" in widget._verdict.value
    widget._who.value = "Ana"
    assert widget._asked != first
    button(widget, "Back").click()
    assert widget.report.disagreements == ()


def test_an_answer_the_data_denies_is_kept_with_a_reason(tmp_path, monkeypatch):
    import pandas as pd

    import mlpm_magics as mlpm

    monkeypatch.chdir(tmp_path)
    project = mlpm.start_project("Mail")
    frame = pd.DataFrame({"mail": [f"jane{i}@example.org" for i in range(300)], "left": [0, 1, 1] * 100})
    project.record(mlpm.profile(frame, target="left"))
    widget = FitWidget(project=project)
    assert widget._doubt.children == ()
    widget._choose("privacy_or_security_concern", "no")
    widget._guarded(lambda: None)(None)
    assert widget.report.answers["privacy_or_security_concern"] == "yes"
    widget._keep.click()
    assert "why" in widget._message.text
    widget._because.value = "legal cleared it in May"
    widget._keep.click()
    assert widget.report.answers["privacy_or_security_concern"] == "no"
    assert widget._doubt.children == ()
    assert "legal cleared it" in (tmp_path / "mlpm.yaml").read_text("utf-8")
