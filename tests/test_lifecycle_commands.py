"""The words of %ml_lifecycle, and the page they lead to."""

import html.parser

import pytest
from lifecycle_samples import fit_report, tick_all, to_phase

from mlpm_magics.errors import MlpmError
from mlpm_magics.lifecycle import commands, open_project


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLPM_USER", "ana")
    return tmp_path


@pytest.fixture
def started():
    return commands.run(["start", "Churn", "2026"])


def test_start_gives_it_a_name(started):
    assert started.name == "Churn 2026"
    assert repr(started).startswith("Just now: Began the project Churn 2026.")


def test_start_without_a_name_takes_the_folders(folder):
    assert commands.run(["start"]).name == folder.name


def test_each_word_does_what_it_says(started):
    assert commands.run(["done", "set", "goal"], note="20 % by May").tasks["set_goal"].note == "20 % by May"
    assert not commands.run(["undo", "set-goal"]).tasks["set_goal"].done
    assert commands.run(["note", "Budget", "approved"]).log[-1].what == "Note: Budget approved"
    waived = commands.run(["waive", "error_costs"], because="Finance decides on 1 December")
    assert waived.gates["error_costs"].state == "waived"
    tick_all(open_project())
    open_project().record(fit_report())
    assert commands.run(["advance"]).phase == "data"
    assert commands.run(["back", "Problem"], because="The goal changed").phase == "problem"
    assert commands.run([]).phase == "problem"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["donne", "x"], "Did you mean 'done'?"),
        (["done", "sett_goal"], "Did you mean 'set_goal'?"),
        (["done"], "done what?"),
        (["done", "error_costs"], "It is met by ticking cost_errors"),
        (["done", "fit_checked"], "a recorded fit"),
        (["waive", "eror_costs"], "Did you mean 'error_costs'?"),
        (["waive", "error_costs"], 'waive error_costs --because "…"'),
        (["back", "data"], "still ahead"),
        (["back", "problem"], "is the current phase"),
        (["advance", "now"], "advance stands alone"),
        (["advance"], "the problem phase cannot end yet"),
        (["note"], "note what?"),
        (["start", "again"], "is there already"),
    ],
)
def test_a_slip_is_one_line(started, folder, words, says):
    before = (folder / "mlpm.yaml").read_bytes()
    with pytest.raises(MlpmError) as caught:
        commands.run(words)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (folder / "mlpm.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("gate", "says"),
    [
        ("eror_costs", "Did you mean 'error_costs'?"),
        ("cost_errors", "It belongs to error_costs"),
        ("watched", "belongs to the operate phase, which is still ahead"),
    ],
)
def test_waiving_what_is_not_a_gate(started, gate, says):
    with pytest.raises(MlpmError, match=says.replace("?", r"\?")):
        commands.run(["waive", gate], because="why not")


def test_a_reason_where_none_belongs_is_not_swallowed(started):
    with pytest.raises(MlpmError, match="advance takes no --because"):
        commands.run(["advance"], because="x")
    with pytest.raises(MlpmError, match="waive takes no --note"):
        commands.run(["waive", "error_costs"], note="x")


def test_without_a_project_every_word_says_how_to_begin():
    for words in (["done", "set_goal"], ["gate"], ["log"], []):
        with pytest.raises(MlpmError, match="%ml_lifecycle start NAME"):
            commands.run(words)


def test_what_tab_offers(started):
    assert commands.words_after([])[:3] == ["start", "set", "card"]
    assert "set_goal" in commands.words_after(["done"])
    assert commands.words_after(["undo"]) == []
    commands.run(["done", "set_goal"])
    assert commands.words_after(["undo"]) == ["set_goal"]
    assert "goal_set" not in commands.words_after(["waive"])
    assert "error_costs" in commands.words_after(["waive"])
    to_phase(open_project(), "features")
    assert commands.words_after(["back"]) == ["problem", "data"]
    assert commands.words_after(["note"]) == commands.words_after(["done", "x"]) == []


def test_tab_without_a_project():
    assert "start" in commands.words_after([])
    assert commands.words_after(["done"]) == []


def test_log_and_gate_come_forward(started):
    for word, title, later in (("log", "Log", "Next"), ("gate", "The gate: ", "Next")):
        text = repr(commands.run([word]))
        assert text.index(f"\n{title}") < text.index(f"\n{later}")
        assert "\nTasks: " not in text


def test_after_a_change_only_the_change_is_told_and_bare_the_whole_board(started):
    weak = commands.run(["set", "goal", "20 % fewer cancellations"])
    told = repr(weak)
    assert len(told.splitlines()) < 25
    assert "Goal, read as: 20 %" in told
    assert "no date" in told
    assert "\nTasks: " not in told
    mended = repr(commands.run(["set", "goal", "20 % fewer cancellations by 30 June 2035"]))
    assert "by 2035-06-30" in mended
    assert "No longer so: The goal has no date" in " ".join(mended.split())
    assert "Met: “The goal has a number and a date”" in " ".join(mended.split())
    for text in (weak.to_markdown(), weak.to_html()):
        assert "read as" in text
        assert "Tasks: " not in text
    board = commands.run([])
    for text in (repr(board), board.to_markdown(), board.to_html()):
        assert "Tasks: " in text


def test_a_step_is_answered_by_what_it_changed_and_what_is_next(started):
    done = commands.run(["set", "goal", "20 % more revenue by 30 June 2027"])
    text = repr(done)
    assert text.startswith("Just now: Goal: 20 % more revenue")
    assert "Met: “The goal has a number and a date”" in " ".join(text.split())
    assert "Type: %ml_fit …" in text
    assert "The whole board: %ml_lifecycle" in text
    assert len(text.splitlines()) < len(repr(commands.run([])).splitlines()) / 4
    to_phase(started, "model")
    again = " ".join(repr(commands.run(["undo", "cost_errors"])).split())
    assert "Open again: The cost of both kinds of mistake is known (problem phase)" in again


def test_what_does_not_go_together_is_said_at_once(started):
    commands.run(["set", "outcome_wait", "6 months"])
    assert "retrain" in repr(commands.run(["set", "retraining", "every week"])).lower()


def test_the_page_tells_the_newest_entries_and_log_tells_all(started):
    for i in range(12):
        started.note(f"note number {i} of them")
    page, log = repr(commands.run([])), repr(commands.run(["log"]))
    assert "13 entries, the newest first; 8 older: shown by %ml_lifecycle log" in page
    assert ("note number 11 of" in page, "note number 2 of" in page) == (True, False)
    assert all(f"note number {i} of" in log for i in range(12))


def test_an_earlier_gate_that_is_open_again_leads_the_page(started):
    to_phase(started, "model")
    started.undo("cost_errors")
    text = repr(started)
    assert "LOOK AGAIN" in text
    assert "(problem)" in text
    assert "Open again: The cost of both kinds of mistake is known (problem phase)" in text
    assert started.report().type_next.startswith("%ml_lifecycle set cost_wrong_yes ")


HOSTILE = "<img src=x onerror=alert(1)> **b** $x$ \u202e\x1b[31m"


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = set()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)


def test_hostile_words_are_shown_and_never_markup(monkeypatch):
    monkeypatch.setenv("MLPM_USER", HOSTILE)
    project = commands.run(["start", HOSTILE])
    project.done("set_goal", HOSTILE)
    project.note(HOSTILE)
    project.record(fit_report(statement=HOSTILE))
    project.waive("error_costs", because=HOSTILE)
    with pytest.raises(MlpmError) as caught:
        project.done(HOSTILE)
    assert "\x1b" not in str(caught.value)
    tags = Tags()
    page = project.to_html()
    tags.feed(page)
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    image_sources = page.count("<img ")
    assert image_sources == page.count('<img src="data:image/svg+xml;base64,')
    allowed = "div p strong section h3 ul li span code bdi table figure figcaption thead tbody tr th td"
    allowed += " details summary img"
    assert [tag for tag in tags.seen if tag not in allowed.split()] == []
    assert "<img" not in project.to_markdown()
    assert "**b**" not in project.to_markdown()
    for text in project._repr_mimebundle_().values():
        assert "\x1b" not in text
        assert "\u202e" not in text
