"""The magics in a real shell: what they return, what they say when something is wrong, and -h."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from IPython.core.error import UsageError
from IPython.utils.capture import capture_output

import mlpm_magics as mlpm
from mlpm_magics.notebook.magic import magic_files
from mlpm_magics.results import FitReport, HelpPage


def refused(shell, cell: str) -> str:
    """The one line a cell is refused with; it is all the user sees."""
    with capture_output() as shown:
        done = shell.run_cell(cell)
    error = done.error_in_exec
    assert type(error) is UsageError, error
    assert shown.stdout == ""
    assert shown.stderr == f"UsageError: {error}\n"
    assert str(error).isprintable()
    return str(error)


def result(shell, cell: str) -> object:
    """What a cell returns; nothing else may be shown."""
    with capture_output() as shown:
        done = shell.run_cell(cell)
    done.raise_error()
    assert shown.stderr == ""
    return done.result


# --- %ml_fit ---------------------------------------------------------------------------------------------


def test_a_typed_problem_gives_the_report_that_the_python_call_gives(shell):
    sentence = "Which sellers have the greatest revenue potential, what's {x} $y 100%?"
    report = result(shell, f"%ml_fit {sentence}")
    assert report == mlpm.assess_fit({"statement": sentence})
    assert report.statement == sentence


def test_a_brief_in_a_cell_gives_a_report_and_keeps_it(shell):
    brief = "statement: Which sellers?\nanswers:\n  repeatable_decision: no\n"
    report = result(shell, f"%%ml_fit --out fit\n{brief}")
    assert isinstance(report, FitReport)
    assert shell.user_ns["fit"] is report
    assert report == mlpm.assess_fit(brief)


def test_an_assignment_is_silent_and_keeps_the_very_object(shell):
    with capture_output() as shown:
        shell.run_cell("x = %ml_fit What's the best?").raise_error()
    assert (shown.stdout, shown.stderr, shown.outputs) == ("", "", [])
    assert isinstance(shell.user_ns["x"], FitReport)


def test_a_bare_fit_opens_the_questionnaire(shell):
    widget = result(shell, "w = %ml_fit\nw")
    assert isinstance(widget.report, FitReport)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("%%ml_fit\n\n", "the brief is empty"),
        ("%%ml_fit Which sellers?\nanswers: {}\n", "a brief stands below the first line"),
        ("%%ml_fit\nanswers:\n  complex_logik: yes\n", "Did you mean 'complex_logic'?"),
        ("%%ml_fit\nanswers: [\n", "is not readable as YAML"),
        ("%%ml_fit\nstatment: x\n", "Did you mean 'statement'?"),
        ("%%ml_fit --out 1x\nstatement: x\n", "'1x' cannot be the name of a variable"),
        ("%%ml_fit --out class\nstatement: x\n", "'class' cannot be the name of a variable"),
        ("%ml_fit Which? --dta x", "there is no option '--dta'"),
    ],
)
def test_a_slip_in_a_brief_is_one_line(shell, cell, says):
    message = refused(shell, cell)
    assert says in message
    assert message.startswith("%%ml_fit: " if cell.startswith("%%") else "%ml_fit: ")


# --- %ml_profile -----------------------------------------------------------------------------------------


@pytest.fixture
def churn(shell) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "left": [0, 1] * 60,
            "month": pd.date_range("2026-01-01", periods=120).astype("str"),
            "my column": range(120),
            "{canary.append(1)}": range(120),
        }
    )
    shell.user_ns["churn"] = table
    shell.user_ns["frames"] = {"x": table, "live": table.head(100)}
    shell.user_ns["data"] = SimpleNamespace(train=table)
    return table


def test_a_profile_is_the_report_that_the_python_call_gives(shell, churn):
    report = result(shell, "%ml_profile churn --target left --time month --as-of 2026-06-01 --cadence 1d")
    assert report == mlpm.profile(
        churn, target="left", time="month", as_of="2026-06-01", cadence="1d", name="churn"
    )
    assert report.roles == {"target": ("left",), "time": ("month",)}


def test_a_profile_says_which_was_taken_where_a_file_has_the_variables_name(shell, churn, capsys):
    Path("churn").touch()
    shell.run_cell("%ml_profile churn").raise_error()
    assert "'churn' is the variable here; for the file of that name, type ./churn" in capsys.readouterr().out


@pytest.mark.parametrize("typed", ["churn", "data.train", 'frames["x"]', "churn.csv"])
def test_the_report_calls_the_table_what_was_typed(shell, churn, typed, tmp_path):
    churn.to_csv(tmp_path / "churn.csv", index=False)
    report = result(shell, f"%ml_profile {typed} --target left --reference frames[live]")
    assert (report.table, report.rows) == (typed, 120)


def test_what_people_know_is_answered_on_the_line_or_in_a_cell(shell, churn):
    line = "%ml_profile churn --answer security=no --answer accessible=yes --answer 'privacy=yes, all agreed'"
    report = result(shell, line)
    assert (report.answers["accessible"].status, report.answers["security"].status) == ("pass", "caution")
    assert report.said["privacy"].because == "all agreed"
    one = result(shell, '%ml_profile churn --answer accessible=no --because "the licence ran out"')
    assert one.said["accessible"] == report.said["accessible"].__class__(
        answer="no", because="the licence ran out"
    )
    cell = "%%ml_profile churn --target left --out ready\naccessible: yes, licence signed\nprivacy: unknown\n"
    shell.run_cell(cell).raise_error()
    assert shell.user_ns["ready"].said["accessible"].because == "licence signed"
    shell.run_cell("%%ml_profile churn --out again\nanswers: {accessible: yes}\n").raise_error()
    assert shell.user_ns["again"].said.keys() == {"accessible"}


def test_a_budget_ends_the_work_with_what_is_known(shell, churn):
    report = result(shell, "%ml_profile churn --budget 0.000001")
    assert not report.complete
    assert report.sentence.startswith("Out of time")


def test_a_table_inside_a_function_is_found(shell, churn):
    shell.run_cell("def look(own):\n    report = %ml_profile own\n    return report\n").raise_error()
    assert result(shell, "look(churn)").table == "own"


def test_a_hostile_column_is_a_column(shell, churn):
    shell.user_ns["canary"] = canary = []
    report = result(shell, "%ml_profile churn --target '{canary.append(1)}' --group \"my column\"")
    assert report.roles["group"] == ("my column",)
    assert canary == []


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("churn --target lfet", "Did you mean 'left'?"),
        ("churn --target left --time left", "cannot be both"),
        ("churn --as-of someday", "someday"),
        ("churn --cadence 1parsec", "1parsec"),
        ("frames --target left", "is not a table"),
        ("frames[y]", "has no part 'y'"),
        ("churn --reference chrun", "Did you mean 'churn'?"),
        ("churn --answer acessible=yes", "Did you mean 'accessible'?"),
        ("churn --answer accessible", "has no ="),
        ("churn --answer accessible=perhaps", "'perhaps' is no answer"),
        ("churn --because nothing", "--because: belongs to one --answer"),
        ("churn --budget soon", "--budget: 'soon' is no number above 0"),
    ],
)
def test_a_slip_about_the_table_is_one_line(shell, churn, line, says):
    assert says in refused(shell, f"%ml_profile {line}")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "which table?"),
        ("chrun", "there is no table called 'chrun'"),
        ("churn --taget left", "there is no option '--taget'. Did you mean '--target'?"),
        ("churn --target", "'--target' needs a value"),
        ("churn 'left", "a quote is opened and not closed"),
        ("missing.csv", "there is no file 'missing.csv'"),
    ],
)
def test_a_slip_in_a_line_is_one_line(shell, line, says):
    message = refused(shell, f"%ml_profile {line}")
    assert message.startswith("%ml_profile: ")
    assert says in message


@pytest.mark.parametrize(
    "text",
    ["{canary.append(1)}", "$canary", "canary.append(1)", "canary[canary.append(1)]", "`canary`", "!canary"],
)
@pytest.mark.parametrize("line", ["%ml_profile {}", "%ml_profile none --target={}", "%ml_help {}"])
def test_nothing_on_a_line_is_run(shell, text, line):
    shell.user_ns["canary"] = canary = []
    refused(shell, line.replace("{}", text, 1))
    assert canary == []


# --- %ml_lifecycle ---------------------------------------------------------------------------------------


def test_the_lifecycle_is_stepped_through_by_words(shell):
    project = result(shell, '%ml_lifecycle start "Seller potential"')
    assert project.name == "Seller potential"
    project = result(shell, '%ml_lifecycle done set_goal --note "it\'s 200 by June"')
    assert project.tasks["set_goal"].done
    assert project.tasks["set_goal"].note == "it's 200 by June"
    assert result(shell, '%ml_lifecycle waive --because "later" error_costs').gates["error_costs"].passed


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("done set_gaol", "Did you mean 'set_goal'?"),
        ("donne set_goal", "Did you mean 'done'?"),
        ("back dta", "'dta'"),
        ("waive error_costs", "say why"),
        ("waive error_costs --becuase x", "Did you mean '--because'?"),
        ("note it's", "a quote is opened and not closed"),
    ],
)
def test_a_slip_in_the_lifecycle_is_one_line(shell, line, says):
    mlpm.start_project("Sellers")
    assert says in refused(shell, f"%ml_lifecycle {line}")


def test_without_a_project_it_says_how_to_begin(shell):
    assert "%ml_lifecycle start" in refused(shell, "%ml_lifecycle done set_goal")


def test_a_project_begun_after_a_report_says_that_it_is_not_in_it(shell):
    with capture_output() as shown:
        shell.run_cell("%ml_lifecycle start First").raise_error()
    assert "run those cells again" not in shown.stdout
    Path("mlpm.yaml").unlink()
    result(shell, "%%ml_fit\nanswers:\n  repeatable_decision: no\n")
    with capture_output() as shown:
        shell.run_cell("%ml_lifecycle start Second").raise_error()
    assert "What was asked or measured before is not in the project: run those cells again." in shown.stdout
    report = result(shell, "%%ml_fit\nanswers:\n  repeatable_decision: no\n")
    assert report.recorded.startswith("Recorded in mlpm.yaml")


# --- help ------------------------------------------------------------------------------------------------


def test_the_map_names_every_magic(shell):
    page = result(shell, "%ml_help")
    assert isinstance(page, HelpPage)
    for name in magic_files():
        assert f"%{name}" in str(page)


def test_a_question_about_a_word_is_answered(shell):
    assert "rules" in str(result(shell, "%ml_help What is ML?"))


def test_an_unknown_topic_names_the_nearest(shell):
    assert "Did you mean 'leakage'?" in refused(shell, "%ml_help leekage")


@pytest.mark.parametrize("name", sorted(magic_files()))
@pytest.mark.parametrize("asked", ["%{} -h", "%{} --help", "%{}?"])
def test_every_magic_explains_itself_with_an_example(shell, name, asked):
    with capture_output() as shown:
        done = shell.run_cell(asked.format(name))
    done.raise_error()
    assert done.result is None
    assert f"usage: %{name}" in shown.stdout
    assert "For example" in shown.stdout
    assert f"    %{name} " in shown.stdout
    assert "-h, --help" in shown.stdout


def test_a_sentence_behind_the_options_is_told_where_it_goes(shell):
    with capture_output() as shown:
        shell.run_cell("%ml_fit --data t --target y Which guests will cancel?")
    assert "A sentence comes before the options" in shown.stderr


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("%ml_basline t --target y", "Did you mean %ml_baseline? %ml_help shows"),
        ("x = %ml_proflie t", "Did you mean %ml_profile? %ml_help shows"),
        ("%%ml_profle t\nanswers: {}", "Did you mean %%ml_profile? %ml_help shows"),
        ("%%ml_lifecycel\nx", "Did you mean %ml_lifecycle? %ml_help shows"),
        ("%mlfit", "Did you mean %ml_fit? %ml_help shows"),
        ("%ml_zzz", "%ml_help shows"),
        ("%tiem 1", ""),
    ],
)
def test_a_mistyped_magic_names_the_nearest(shell, cell, says):
    with capture_output() as shown:
        done = shell.run_cell(cell)
    assert type(done.error_in_exec) is UsageError
    first, _, below = shown.stderr.partition("\n")
    assert first == f"UsageError: {done.error_in_exec}"
    assert below.startswith(says)
    assert below.count("\n") == bool(says)


def test_a_bug_keeps_its_traceback(shell, monkeypatch):
    import mlpm_magics.help

    monkeypatch.setattr(mlpm_magics.help, "overview", lambda magics: 1 / 0)
    with capture_output() as shown:
        done = shell.run_cell("%ml_help")
    assert isinstance(done.error_in_exec, ZeroDivisionError)
    assert "Traceback" in shown.stdout
