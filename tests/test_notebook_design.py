"""%%ml_design, %ml_check and %ml_whatif in a real shell, and the design to click."""

from __future__ import annotations

from pathlib import Path

import pytest
from designs import INCIDENTS, SKETCHES
from IPython.core.completer import provisionalcompleter
from IPython.core.error import UsageError

from mlpm_magics.catalogue import knowledge
from mlpm_magics.lifecycle import open_project
from mlpm_magics.lifecycle.proofs.design import to_type
from mlpm_magics.notebook.widgets.design import DesignWidget
from mlpm_magics.results import DesignCheck

SCREEN = (
    "sources: {feed: {max_age: 1}}\nmodel: {retrain: 7, keep: 2}\nmonitors: [{watch: freshness, do: stop}]\n"
)


def test_a_design_keeps_its_name(shell):
    check = shell.run_cell_magic("ml_design", "screen", SCREEN)
    assert isinstance(check, DesignCheck)
    assert shell.user_ns["screen"] is check
    assert shell.run_line_magic("ml_check", "screen").properties == check.properties
    assert shell.run_line_magic("ml_check", "").properties == check.properties, "the only one there is"
    kept = shell.run_cell_magic("ml_design", "--out other", SCREEN)
    assert shell.user_ns["other"] is kept


def test_faults_and_why(shell):
    shell.run_cell_magic("ml_design", "screen", SCREEN)
    assert shell.run_line_magic("ml_check", "screen --faults 0").faults == 0
    only = shell.run_line_magic("ml_check", "screen --why garbled_unnoticed")
    assert only.why == "garbled_unnoticed"


def test_a_file_can_be_checked_and_stories_be_saved(shell, tmp_path):
    Path("screen.yaml").write_text(INCIDENTS["knight_capital"].design)
    check = shell.run_line_magic("ml_check", "screen.yaml --mermaid story.md --tla Screen.tla")
    assert check.name == "screen"
    assert "mermaid" in Path("story.md").read_text()
    assert "MODULE Screen" in Path("Screen.tla").read_text()


@pytest.mark.parametrize("name", [*SKETCHES, *INCIDENTS])
def test_every_sketch_can_be_started_from(shell, name):
    check = shell.run_line_magic("ml_design", f"--template {name}")
    assert shell.user_ns[name] is check
    shell.payload_manager.clear_payload()


def test_the_form_opens_on_the_design_that_is_named(shell):
    shell.run_cell_magic("ml_design", "screen", SCREEN)
    form = shell.run_line_magic("ml_design", "screen")
    assert isinstance(form, DesignWidget)
    assert (form.design.model.retrain, list(form.design.sources)) == (7, ["feed"])
    sketch = shell.run_line_magic("ml_design", "fraud_screen --faults 0")
    assert (list(sketch.design.sources), sketch.design.world.faults) == (["payments"], 0)
    with pytest.raises(UsageError, match=r"no design is called 'scren'.*screen"):
        shell.run_line_magic("ml_design", "scren")


def test_what_if_in_a_line(shell):
    shell.run_cell_magic("ml_design", "screen", SCREEN)
    other = shell.run_line_magic("ml_whatif", "screen sources.feed.checked=true model.keep=3")
    assert [change.after for change in other.changed] == ["true", "3"]
    assert other.properties["garbled_unnoticed"] == "holds"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ml_check", "there is no design yet"),
        ("ml_check nothing", "no design is called 'nothing'"),
        ("ml_check gone.yaml", "there is no file 'gone.yaml'"),
        ("ml_check number", "'number' is no design but int"),
        ("ml_design --template frod_screen", "Did you mean 'fraud_screen'?"),
        ("ml_whatif mapping model.keep", "is no change"),
        ("ml_whatif mapping model.keep=x", "model.keep should be a whole number"),
        ("ml_check mapping --why drift", "no property is called 'drift'"),
        ("ml_check mapping --faults many", "no whole number from 0 to 10"),
        ("ml_check mapping --tla x.txt", "should be a name that ends in .tla"),
    ],
)
def test_a_slip_is_one_line(shell, line, said):
    shell.user_ns |= {"number": 3, "mapping": {"model": {"retrain": 3}}}
    name, _, rest = line.partition(" ")
    with pytest.raises(UsageError) as error:
        shell.run_line_magic(name, rest)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_cell_says_which_line_is_wrong_and_keeps_nothing(shell):
    with pytest.raises(UsageError, match="screen, line 3: there is no key 'kep' in model"):
        shell.run_cell_magic("ml_design", "screen", "design: x\nmodel:\n  kep: 3\n")
    assert "screen" not in shell.user_ns
    with pytest.raises(UsageError, match="cannot be the name of a variable"):
        shell.run_cell_magic("ml_design", "my-screen", SCREEN)


def test_a_project_keeps_what_the_check_found(shell):
    shell.run_line_magic("ml_lifecycle", "start screen")
    check = shell.run_cell_magic("ml_design", "screen", SCREEN)
    assert "Recorded in mlpm.yaml" in check.recorded
    text = Path("mlpm.yaml").read_text()
    assert "garbled_unnoticed" in text
    assert "Check of the design" in text
    shell.run_line_magic("ml_check", "screen")
    assert Path("mlpm.yaml").read_text().count("Check of the design") == text.count("Check of the design")


def test_tab_offers_designs_keys_properties_and_sketches(shell):
    shell.run_cell_magic("ml_design", "screen", SCREEN)

    def offered(text: str) -> set[str]:
        with provisionalcompleter():
            return {c.text for c in shell.Completer.completions(text, len(text))}

    assert "screen" in offered("%ml_check scr")
    assert "garbled_unnoticed" in offered("%ml_check screen --why garb")
    assert "model.keep=" in offered("%ml_whatif screen model.k")
    assert "fraud_screen" in offered("%ml_design --template fr")


def test_tab_offers_the_keys_of_a_design():
    from mlpm_magics.design.words import words_for

    assert "monitors:" in words_for(["mon"])
    assert "keep:" in words_for(["model:", "  ke"])
    assert "golden" in words_for(["model: {gate: go"])
    assert "watch:" in words_for(["monitors:", "  - {wa"])
    assert "freshness" in words_for(["monitors:", "  - {watch: fr"])
    assert "true" in words_for(["sources:", "  feed: {checked: t"])


def test_a_click_answers_at_once():
    widget = DesignWidget(INCIDENTS["unity_pinpointer"].design)
    assert widget.report.properties["no_clean_version"] == "broken"
    widget.controls["model.keep"].value = 8
    assert widget.report.properties["no_clean_version"] == "holds"
    assert "keep: 8" in widget.written
    widget.controls["sources.customer_events.checked"].value = True
    assert widget.report.properties["garbled_unnoticed"] == "holds"
    widget.controls["model.retrain"].value = -1
    assert widget.design.model.retrain is None


def test_a_monitor_can_be_added_by_a_click_and_the_text_is_the_design():
    import mlpm_magics as mlpm

    widget = DesignWidget(SKETCHES["applications"].design)
    widget._add.value = "groups"
    assert "watch: groups" in widget.written
    again = mlpm.check_design(widget.written, repairs=False)
    assert again.properties == widget.report.properties
    assert str(widget.current()) == str(widget.report)


def test_a_choice_is_changed_by_typing_and_following_the_hints_mends_a_sketch(shell):
    shell.run_line_magic("ml_lifecycle", "start Lists")
    shell.run_line_magic("ml_design", "--template batch_ranking list")
    gate = next(gate for gate in knowledge().phases["productize"].gate if gate.met_by == "design")
    for _ in range(8):
        typed = to_type(gate, open_project().state)
        if "--set" not in typed:
            break
        magic, line = typed.removeprefix("%").split(" ", 1)
        check = shell.run_line_magic(magic, line)
        assert check.changed
        assert shell.user_ns["list"] is check
    assert check.holds
    assert open_project().state.design.verdict == "holds"
    assert shell.rl_next_input.startswith("%%ml_design list\n")
    with pytest.raises(UsageError, match="is for a design that is there"):
        shell.run_line_magic("ml_design", "--template batch_ranking --set model.keep=3")
