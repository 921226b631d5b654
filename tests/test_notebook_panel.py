"""What the side panel of JupyterLab is told, and that a notebook without it is left as it is."""

from __future__ import annotations

import json
import shlex
import sys
from types import SimpleNamespace

import msgspec
import pandas as pd
import pytest
from lifecycle_samples import baseline, fit_report, profile
from repository import ROOT

import mlpm_magics as mlpm
from mlpm_magics.help import explain
from mlpm_magics.lifecycle import start_project
from mlpm_magics.notebook.arguments import split
from mlpm_magics.notebook.magic import magic_files, parser_of
from mlpm_magics.notebook.panel import link
from mlpm_magics.notebook.panel.state import panel_state
from mlpm_magics.results import JudgedRung

SOURCE = ROOT / "labextension" / "src"
SAMPLE = SOURCE / "__tests__" / "told.json"
COMMANDS = json.loads((SOURCE / "commands.json").read_text("utf-8"))
MAGICS = ("ml_fit", "ml_profile")


def told() -> dict:
    """What the panel is told, as it arrives there."""
    return json.loads(json.dumps(panel_state(MAGICS, ()).to_dict(), allow_nan=False))


def further(project):
    """A project in the data phase whose fit verdict then turns."""
    project.record(fit_report())
    for task in list(project.tasks):
        project.done(task)
    for gate in [gate for gate in project.gates.values() if not gate.passed]:
        project.waive(gate.id, because="not needed here")
    project.advance()
    project.record(profile(fresh="caution"))
    project.record(fit_report("not_a_fit", answers={"repeatable_decision": "no"}))
    return project


def test_without_a_project_it_shows_the_last_reports(folder):
    report = mlpm.assess_fit({"answers": {"repeatable_decision": "no"}})
    state = panel_state(MAGICS, (report,))
    assert state.stage is None
    assert [(said.about, said.tone) for said in state.verdicts] == [("Fit", "bad")]
    data = pd.DataFrame({"y": [0, 1] * 60, "same": 1})
    ready = mlpm.profile(data, target="y")
    state = panel_state(MAGICS, (report, ready))
    assert [said.about for said in state.verdicts] == ["Fit", "Data"]
    worst = next(found for found in ready.findings if found.severity != "info")
    assert (state.findings[0].text, state.findings[0].on) == (worst.message, worst.check)


@pytest.mark.parametrize(
    ("gain", "line", "word"),
    [(0.03, "", "Only a little better"), (0.03, "above", "Better than a simple"), (0.3, "", "Better than")],
)
def test_a_small_gain_never_reads_like_a_yes(folder, gain, line, word):
    rung = JudgedRung(id="tree", title="A small tree", value=gain, interval=(0.01, 0.4), chosen=True)
    report = msgspec.structs.replace(baseline(line=line), ladder=(rung,))
    assert word.upper() in str(report).partition("\n")[0]
    [said] = panel_state(MAGICS, (report,)).verdicts
    assert said.word.startswith(word)
    project = start_project("Seller potential")
    project.record(report)
    assert panel_state(MAGICS, ()).verdicts == (said,)
    [sign] = [sign for sign in mlpm.decision_report(project).signs if sign.title == "Baseline"]
    assert ("little" in sign.word) == ("little" in word)


def test_a_what_if_is_no_answer_about_the_product(shell):
    shell.run_cell("%%ml_design screen\nlabel: {delay: 3, wait: true}\nmodel: {retrain: 2, window: 6}\n")
    before = link.told().content
    assert [said["about"] for said in before["verdicts"]] == ["Design"]
    shell.run_cell("%ml_whatif screen label.wait=false").raise_error()
    assert link.told().content == before


def test_with_a_project_it_shows_where_that_stands(folder):
    project = start_project("Seller potential")
    state = panel_state(MAGICS, ())
    assert state.stage.name == "Seller potential"
    assert [step.state for step in state.stage.steps] == ["now", *["ahead"] * 5]
    assert (state.verdicts, state.questions, state.findings) == ((), (), ())
    project.record(fit_report())
    questions = panel_state(MAGICS, ()).questions
    assert questions
    assert not {"repeatable_decision", "leads_to_action"} & {question.id for question in questions}


def test_a_gate_that_is_open_again_says_why(folder):
    further(start_project("Seller potential"))
    state = panel_state(MAGICS, ())
    [gate] = [gate for gate in state.stage.gates if gate.state == "reopened"]
    assert "not a fit" in gate.why
    assert [said.word for said in state.verdicts] == ["Not a fit as framed", "Ready"]
    [found] = state.findings
    assert (found.on, found.text, found.topic) == ("Fresh", "about fresh", "fresh")


def test_all_that_the_panel_shows_can_be_explained(folder):
    fit = mlpm.assess_fit("Which sellers have the greatest revenue potential?")
    ready = mlpm.profile(pd.DataFrame({"y": [0, 1] * 60, "same": 1}), target="y")
    check = mlpm.check_design({"label": {"delay": 3}, "model": {"retrain": 2, "window": 6}})
    fear = mlpm.premortem(fit=fit, profile=ready, design=check)
    state = panel_state(MAGICS, (fit, ready, check, fear))
    topics = {found.topic for found in state.findings} | {question.id for question in state.questions}
    assert len(topics) > 6
    for topic in topics:
        assert explain(topic).parts


def within(sample, now) -> bool:
    """Whether all of a JSON value is still there, in the same form; there may be more. Lists by the first."""
    if type(sample) is not type(now):
        return False
    if isinstance(sample, dict):
        return all(key in now and within(value, now[key]) for key, value in sample.items())
    return not isinstance(sample, list) or not sample or (bool(now) and within(sample[0], now[0]))


def test_the_front_end_is_tested_with_what_is_told_here(folder, monkeypatch):
    """After a change of form: delete the file, run this, and read the difference."""
    monkeypatch.setenv("MLPM_USER", "pm")
    further(start_project("Seller potential"))
    now = told()
    if not SAMPLE.exists():
        SAMPLE.write_text(json.dumps(now, indent=2, ensure_ascii=False) + "\n", "utf-8")
    assert within(json.loads(SAMPLE.read_text("utf-8")), now)


def test_a_project_file_that_cannot_be_used_is_said_in_a_line(folder):
    (folder / "mlpm.yaml").write_text("schema: 99\n", "utf-8")
    state = panel_state(MAGICS, ())
    assert state.stage is None
    assert "newer version" in state.trouble
    assert "\n" not in state.trouble


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command["id"])
def test_every_command_writes_a_line_that_its_magic_reads(command):
    file = magic_files().get(command["magic"])
    if file is None:
        pytest.skip(f"%{command['magic']} is not there yet")
    words = [
        text
        for field in command["fields"]
        if field["kind"] != "sentence"
        for text in ([f"--{field['name']}"] if field["name"] else []) + ["x y"]
    ]
    assert parser_of(command["magic"], file).read(split(shlex.join(words)))


class Comm:
    """Keeps what a kernel would send."""

    def __init__(self, target_name, data):
        self.target, self.sent, self.closed = target_name, [data], False

    def send(self, data):
        self.sent.append(json.loads(json.dumps(data)))

    def on_msg(self, callback):
        self.hear = callback

    def close(self):
        self.closed = True


@pytest.fixture
def comm(shell, monkeypatch):
    """The comm of a shell that has a kernel."""
    made = []
    shell.extension_manager.unload_extension("mlpm_magics")
    monkeypatch.setattr("comm.create_comm", lambda **given: made.append(Comm(**given)) or made[-1])
    shell.kernel = SimpleNamespace()
    shell.extension_manager.load_extension("mlpm_magics")
    yield made[0]
    shell.extension_manager.unload_extension("mlpm_magics")
    assert made[0].closed
    del shell.kernel


def ask(comm, **wanted):
    comm.hear({"content": {"data": wanted}})


def test_loading_opens_the_line_and_tells_nothing(comm):
    assert (comm.target, comm.sent) == ("mlpm.panel.v1", [{}])


def test_a_cell_that_changes_nothing_is_not_told(comm, shell):
    shell.run_cell("1 + 1")
    shell.run_cell("%ml_help")
    first = len(comm.sent)
    shell.run_cell("2 + 2")
    assert len(comm.sent) == first


def test_what_a_cell_records_is_told_at_once(comm, shell):
    shell.run_cell("%ml_lifecycle start 'Seller potential'")
    assert comm.sent[-1]["panel"]["stage"]["name"] == "Seller potential"
    shell.run_cell("import mlpm_magics as m\nm.open_project().done('set_goal')")
    assert [t["done"] for t in comm.sent[-1]["panel"]["stage"]["tasks"]].count(True) == 1
    shell.run_cell("x = %ml_fit Which sellers?")
    assert [said["about"] for said in comm.sent[-1]["panel"]["verdicts"]] == ["Fit"]


def test_the_panel_ticks_and_unticks(comm, shell):
    shell.run_cell("%ml_lifecycle start x")
    ask(comm, do="done", task="set_goal")
    assert mlpm.open_project().tasks["set_goal"].done
    ask(comm, do="undo", task="set_goal")
    assert not mlpm.open_project().tasks["set_goal"].done
    ask(comm, do="done", task="set_gaol")
    assert "set_goal" in comm.sent[-1]["error"]


@pytest.mark.parametrize(
    "wanted", [{}, {"do": "eval", "task": "1"}, {"do": "done"}, {"do": "done", "task": ["set_goal"]}]
)
def test_nothing_else_can_be_asked_for(comm, shell, wanted):
    shell.run_cell("%ml_lifecycle start x")
    before, sent = mlpm.open_project().log, len(comm.sent)
    ask(comm, **wanted)
    assert (mlpm.open_project().log, len(comm.sent)) == (before, sent)


def test_tables_are_listed_by_name_with_the_columns_that_fit_on_a_line(shell, folder):
    (folder / "sales.csv").write_text("a,b\n1,2\n")
    evil = "<img src=x onerror=alert(1)>"
    shell.user_ns |= {
        "churn": pd.DataFrame({evil: [1], "two\nlines": [1], 3: [1], "left": [0]}),
        "_hidden": pd.DataFrame({"a": [1]}),
        "number": 5,
    }
    answer = link.tables().content
    columns = [evil, r"two\nlines", "left"]  # as reports show them, and magics take them
    assert answer == {"tables": [{"name": "churn", "columns": columns}], "files": ["sales.csv"]}
    json.dumps(answer)


def test_in_a_terminal_nothing_is_opened(shell):
    assert "comm" not in dir(link._LINKS[shell])
    assert link._LINKS[shell]._comm is None
    assert link.told().content["stage"] is None
    shell.extension_manager.unload_extension("mlpm_magics")
    assert link.told() is None
    assert link.tables() is None


def test_an_answer_is_json_and_shows_as_nothing(shell):
    reply = shell.user_expressions({"answer": f"__import__('sys').modules[{link.__name__!r}].told()"})
    assert reply["answer"]["data"]["application/json"]["version"] == 1
    assert link.__name__ in sys.modules
