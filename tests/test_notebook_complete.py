"""Tab after our magics, asked of the real completer."""

from __future__ import annotations

import pandas as pd
import pytest
from IPython.core.completer import CompletionContext, provisionalcompleter


@pytest.fixture
def tab(shell):
    shell.user_ns["churn"] = pd.DataFrame({"left": [1], "month": [1], "my column": [1], "men's": [1]})
    shell.user_ns["chapters"] = ["not a table"]

    def press(cell: str) -> list[str]:
        """The cell after each completion."""
        with provisionalcompleter():
            found = list(shell.Completer.completions(cell, len(cell)))
        return [cell[: c.start] + c.text + cell[c.end :] for c in found]

    return press


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("%ml_profile ch", "%ml_profile churn"),
        ("ready = %ml_profile ch", "ready = %ml_profile churn"),
        ("x = 1\n%ml_profile ch", "x = 1\n%ml_profile churn"),
        ("%ml_profile churn --ta", "%ml_profile churn --target"),
        ("%ml_profile churn ", "%ml_profile churn --target"),
        ("%ml_profile churn --target le", "%ml_profile churn --target left"),
        ("%ml_profile churn --target=le", "%ml_profile churn --target=left"),
        ("%ml_profile churn --target my", "%ml_profile churn --target 'my column'"),
        ("%ml_profile churn --target 'my co", "%ml_profile churn --target 'my column'"),
        ('%ml_profile churn --target "my co', "%ml_profile churn --target 'my column'"),
        ("%ml_profile churn --target left --time ", "%ml_profile churn --target left --time month"),
        ("%ml_profile churn --group left --gr", "%ml_profile churn --group left --group"),
        ("%ml_profile churn --reference ch", "%ml_profile churn --reference churn"),
        ("%ml_profile churn --answer acc", "%ml_profile churn --answer accessible=yes"),
        ("%ml_fit Which? --o", "%ml_fit Which? --out"),
        ("%%ml_fit --o", "%%ml_fit --out"),
        ("%ml_help what_is", "%ml_help what_is_ml"),
        ("%ml_help comp", "%ml_help complex_logic"),
        ("%%ml_fit\nstat", "%%ml_fit\nstatement:"),
        ("%%ml_fit\nproblem_type: rank", "%%ml_fit\nproblem_type: ranking"),
        ("%%ml_fit\nanswers:\n  complex", "%%ml_fit\nanswers:\n  complex_logic:"),
        ("%%ml_fit\nanswers:\n  complex_logic: u", "%%ml_fit\nanswers:\n  complex_logic: unknown"),
    ],
)
def test_tab_offers(tab, cell, wanted):
    assert wanted in tab(cell)


@pytest.mark.parametrize(
    ("cell", "unwanted"),
    [
        ("%ml_profile ch", "%ml_profile chapters"),
        ("%ml_profile churn --target left --ta", "%ml_profile churn --target left --target"),
        ("%ml_profile churn --as-of le", "%ml_profile churn --as-of left"),
        ("%%ml_fit\nstatement: x\nstat", "%%ml_fit\nstatement: x\nstatement:"),
    ],
)
def test_tab_does_not_offer(tab, cell, unwanted):
    assert unwanted not in tab(cell)


def test_a_completed_column_is_one_word_again(tab):
    from mlpm_magics.notebook.arguments import split

    [line] = [line for line in tab("%ml_profile churn --target men") if "men" in line]
    assert split(line)[-1] == "men's"


def test_the_completions_of_others_stay_when_there_is_nothing_to_add(tab, shell):
    cells = (
        "chap",
        "%ml_fit Which chap",
        "print(chap",
        "x = chap",
        "%tim",
        "%ml_f",
        "%cd ",
        "s = '%ml_profile ch",
    )
    with_ours = [sorted(tab(cell)) for cell in cells]
    shell.Completer.custom_matchers.clear()
    assert with_ours == [sorted(tab(cell)) for cell in cells]
    assert with_ours[0] == ["chapters"]


def test_with_nothing_to_offer_no_other_completion_is_suppressed(shell):
    matcher = shell.Completer.custom_matchers[-1]
    for text in ("%ml_profile zzz", "chap", "%ml_help zzz", ""):
        context = CompletionContext(
            token=text, full_text=text, cursor_position=len(text), cursor_line=0, limit=100
        )
        assert matcher(context) == {"completions": [], "suppress": False}


def test_a_quote_left_open_or_a_table_that_is_not_there_breaks_nothing(tab):
    for cell in (
        "%ml_profile 'x y --t",
        "%ml_profile nothing --target ",
        "%ml_profile churn --target 'm' 'x",
    ):
        tab(cell)


def test_tab_knows_the_lifecycle(tab, shell):
    import mlpm_magics as mlpm

    mlpm.start_project("Sellers")
    assert "%ml_lifecycle advance" in tab("%ml_lifecycle adv")
    assert "%ml_lifecycle done set_goal" in tab("%ml_lifecycle done set_")
    assert "%ml_lifecycle waive goal_set" in tab("%ml_lifecycle waive goal")
    assert "%ml_lifecycle waive goal_set --because" in tab("%ml_lifecycle waive goal_set --b")
    mlpm.open_project().done("set_goal")
    assert "%ml_lifecycle done set_goal" not in tab("%ml_lifecycle done set_")
    assert "%ml_lifecycle undo set_goal" in tab("%ml_lifecycle undo ")


def test_tab_knows_the_words_of_the_card_the_people_and_the_pre_mortem(tab, shell):
    from lifecycle_samples import baseline

    shell.user_ns["base"] = baseline()
    for cell, wanted in (
        ("%ml_lifecycle set kill", "%ml_lifecycle set kill_line"),
        ("%ml_lifecycle test cana", "%ml_lifecycle test canaried"),
        ("%ml_lifecycle test canaried man", "%ml_lifecycle test canaried manual"),
        ("%ml_people set sci", "%ml_people set scientist"),
        ("%ml_people mod", "%ml_people model"),
        ("%ml_premortem acc", "%ml_premortem accept"),
        ("%ml_premortem own P1", "%ml_premortem own P10"),
        ("%ml_premortem accept P10 --b", "%ml_premortem accept P10 --because"),
        ("%ml_empathy ba", "%ml_empathy base"),
        ("%ml_empathy map mis", "%ml_empathy map missed"),
    ):
        assert wanted in tab(cell), cell


def test_tab_survives_a_broken_project(tab, tmp_path):
    (tmp_path / "mlpm.yaml").write_text("{", encoding="utf-8")
    assert "%ml_lifecycle done" in tab("%ml_lifecycle don")
    tab("%ml_lifecycle done ")
