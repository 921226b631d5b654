"""The board: clicks change the file, slips are one line in it, and it reads well where no widget is shown."""

import threading

import ipywidgets
import pytest
from lifecycle_samples import fit_report, tick_all, to_phase

import mlpm_magics as mlpm
from mlpm_magics.errors import MlpmError
from mlpm_magics.notebook.widgets.lifecycle import LifecycleWidget


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLPM_USER", "ana")
    return tmp_path


@pytest.fixture
def board():
    mlpm.start_project("Churn")
    return LifecycleWidget()


def every(widget):
    yield widget
    for child in getattr(widget, "children", ()):
        yield from every(child)


def control(board, description):
    """The control that is shown under this label."""
    [found] = [w for w in every(board) if getattr(w, "description", None) == description]
    return found


def shown(board):
    return " ".join(w.value for w in every(board) if isinstance(w, ipywidgets.HTML))


def saved():
    return mlpm.open_project()


def bundle(board):
    got = board._repr_mimebundle_()
    return got[0] if isinstance(got, tuple) else got


def test_without_a_project_it_offers_to_begin_one(folder):
    board = LifecycleWidget()
    assert board.project is None
    assert "%ml_lifecycle start NAME" in bundle(board)["text/plain"]
    control(board, "Start").click()
    assert "needs words" in shown(board)
    assert not (folder / "mlpm.yaml").exists()
    control(board, "Name").value = "Churn <b>2026</b>"
    control(board, "Start").click()
    assert saved().name == "Churn <b>2026</b>"
    assert "Churn &lt;b&gt;2026&lt;/b&gt;" in shown(board)
    assert "<b>" not in shown(board)
    assert control(board, "Set a measurable goal").value is False


def test_ticking_is_saved_with_the_note_beside_it(board):
    control(board, "Note").value = "20 % by May"
    control(board, "Set a measurable goal").value = True
    task = saved().tasks["set_goal"]
    assert (task.done, task.who, task.note) == (True, "ana", "20 % by May")
    assert control(board, "Note").value == ""
    assert "Done: Set a measurable goal" in shown(board)
    control(board, "Set a measurable goal").value = False
    assert not saved().tasks["set_goal"].done


def test_a_document_goes_with_the_next_task_and_meets_a_gate_that_must_be_signed_for():
    project = mlpm.start_project("Churn")
    to_phase(project, "data")
    board = LifecycleWidget()
    task = next(t for name, t in project.tasks.items() if name == "ask_data_owner")
    control(board, task.title).value = True
    assert saved().gates["data_owner_signed"].state == "open"  # a tick alone is no signature
    control(board, task.title).value = False
    control(board, "Document").value = "data agreement <b>12</b>"
    control(board, task.title).value = True
    assert saved().tasks["ask_data_owner"].document == "data agreement <b>12</b>"
    assert saved().gates["data_owner_signed"].state == "met"
    assert control(board, "Document").value == ""
    assert "See data agreement &lt;b&gt;12&lt;/b&gt;" in bundle(board)["text/html"]


def test_a_document_that_cannot_be_kept_stays_to_be_mended(board):
    control(board, "Document").value = "x" * 3000
    control(board, "Set a measurable goal").value = True
    assert not saved().tasks["set_goal"].done
    assert control(board, "Document").value == "x" * 3000
    assert "a document" in shown(board)


def test_a_note_of_its_own(board):
    control(board, "Note").value = "Budget approved"
    control(board, "Add note").click()
    assert saved().log[-1].what == "Note: Budget approved"
    control(board, "Add note").click()
    assert "a note needs words" in shown(board)


def test_advance_says_what_is_open_then_goes_on_and_back(board):
    control(board, "Advance").click()
    assert saved().phase == "problem"
    assert "the problem phase cannot end yet" in shown(board)
    for box in [w for w in every(board) if isinstance(w, ipywidgets.Checkbox)]:
        box.value = True
    control(board, "Waive").click()
    assert "choose which criterion" in shown(board)
    control(board, "Without").value = "fit_checked"
    control(board, "Waive").click()
    assert "say why fit_checked is waived" in shown(board)
    control(board, "Because").value = "The board decided"
    control(board, "Waive").click()
    assert saved().gates["fit_checked"].why == "The board decided"
    assert control(board, "Waive").disabled
    control(board, "Advance").click()
    assert saved().phase == "data"
    assert control(board, "Preprocess: sampling").value is False
    control(board, "Back to").value = "problem"
    control(board, "Because").value = "The goal changed"
    control(board, "Back").click()
    assert saved().phase == "problem"
    assert "The goal changed." in saved().log[-1].what
    assert control(board, "Set a measurable goal").value is True
    assert control(board, "Back").disabled


def test_what_another_notebook_did_shows_after_the_next_click(board):
    other = saved()
    other.done("cost_errors")
    control(board, "Set a measurable goal").value = True
    assert control(board, "Put a cost on each kind of mistake").value is True
    tick_all(other)
    other.record(fit_report())
    other.advance()
    control(board, "Note").value = "hello"
    control(board, "Add note").click()
    assert board.project.phase == "data"
    assert control(board, "Preprocess: cleaning").value is False
    assert [entry.what for entry in saved().log][-1] == "Note: hello"


def test_a_file_that_breaks_meanwhile_is_one_line_and_the_tick_goes_back(board, folder):
    (folder / "mlpm.yaml").write_text("<<<<<<< HEAD\n")
    box = control(board, "Set a measurable goal")
    box.value = True
    assert box.value is False
    assert "holds two versions that git could not join" in shown(board)
    assert (folder / "mlpm.yaml").read_text() == "<<<<<<< HEAD\n"
    with pytest.raises(MlpmError, match="git could not join"):
        LifecycleWidget()


def test_the_last_phase(board):
    to_phase(board.project, "operate")
    board = LifecycleWidget()
    assert control(board, "Advance").disabled
    assert [value for _, value in control(board, "Back to").options][-1] == "problem"


def test_a_saved_notebook_shows_where_the_project_stands(board):
    control(board, "Set a measurable goal").value = True
    data = bundle(board)
    assert "application/vnd.jupyter.widget-view+json" in data
    for kind in ("text/plain", "text/markdown", "text/html"):
        assert "Tasks: 1 of 14 done" in data[kind]


def test_every_control_has_a_label(board):
    kinds = (ipywidgets.Checkbox, ipywidgets.Text, ipywidgets.Dropdown, ipywidgets.Button)
    controls = [w for w in every(board) if isinstance(w, kinds)]
    assert len(controls) > 12
    assert all(w.description for w in controls)


def test_clicks_from_several_threads_lose_nothing(board):
    boxes = [w for w in every(board) if isinstance(w, ipywidgets.Checkbox)]

    def tick(box):
        box.value = True

    threads = [threading.Thread(target=tick, args=(box,)) for box in boxes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(task.done for task in saved().tasks.values())
