"""What a product manager does with mouse and keyboard, in a real JupyterLab."""

from __future__ import annotations

import re

import pytest
from lab import eventually, write_notebook
from notebook_files import cleaned, executed, read, write
from playwright.sync_api import Locator, expect

import mlpm_magics as mlpm
from mlpm_magics.views.fit import WORDS

START = "00_start_here.ipynb"
HOSTILE = "<img src=x onerror=__pwned=1>"
SCRIPT = "<script>window.__pwned=2</script>"
KNOWN = mlpm.knowledge()


def test_the_start_notebook_runs_from_top_to_bottom(lab):
    lab.open(START)
    lab.run_all()
    count = sum(cell.cell_type == "code" for cell in read(lab.folder / START).cells)
    prompts = lab.page.locator(".jp-CodeCell .jp-InputPrompt")
    for number in range(count):
        expect(prompts.nth(number)).to_have_text(f"[{number + 1}]:")
    assert lab.page.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    text = lab.page.locator(".jp-Notebook").inner_text()
    assert any(word in text for word, _ in WORDS.values())


@pytest.mark.parametrize("change", ["light", "dark", "narrow"])
def test_the_start_notebook_reads_well_in_every_window(lab, shots, change):
    lab.open(START)
    if change != "light":
        getattr(lab, change)()
    lab.tall()
    lab.page.screenshot(path=shots / f"start_{change}.png")
    wide = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText.slice(0, 99))"
    assert lab.page.locator(".jp-OutputArea-output.jp-RenderedHTMLCommon").evaluate_all(wide) == []
    assert lab.unusable() == []


def answer(panel: Locator, best: bool) -> None:
    """Give the question that is asked the answer that speaks most for ML, or most against it."""
    text = panel.locator("strong", has_text="Question ").first.inner_text()
    [criterion] = [c for c in KNOWN.criteria.values() if text.endswith(c.question)]
    reply = criterion.best if best else {"yes": "no", "no": "yes"}[criterion.best]
    panel.get_by_role("button", name=reply.capitalize(), exact=True).click()
    expect(panel.locator("strong", has_text=text)).to_have_count(0)


def test_the_questionnaire_answers_each_click_with_a_verdict(lab, notebook, shots):
    lab.open(notebook("%load_ext mlpm_magics", "fit = %ml_fit\nfit", "print(fit.report.verdict)"))
    lab.run_all()
    expect(lab.output(3)).to_have_text("ask\n")
    panel = lab.output(2)
    expect(panel).to_contain_text("Cannot tell yet")
    at_rest = panel.get_by_text("No open question").or_(panel.get_by_text("Enough is answered"))
    for _ in range(40):
        if at_rest.count():
            break
        answer(panel, best=True)
    expect(panel).to_contain_text("Good fit")
    lab.run_cell(3)
    expect(lab.output(3)).to_have_text("good_fit\n")

    blocks = KNOWN.criteria["requires_perfect_accuracy"]
    panel.get_by_label("Change").select_option(label=f"{blocks.title}: {blocks.best}")
    answer(panel, best=False)
    expect(panel).to_contain_text("Not a fit as framed")
    lab.picture(panel, shots / "readme_fit.png", 620)
    lab.run_cell(3)
    expect(lab.output(3)).to_have_text("not_a_fit\n")

    panel.get_by_role("button", name="Back", exact=True).click()
    expect(panel).not_to_contain_text("Not a fit as framed")


def test_the_board_writes_each_click_into_the_project_file(lab, notebook, shots):
    path = notebook("%load_ext mlpm_magics", "%ml_lifecycle start 'Seller potential'", "%ml_lifecycle")
    lab.open(path)
    lab.run_all()
    board, file = lab.output(3), (lab.folder / path).with_name("mlpm.yaml")
    tasks = KNOWN.phases["problem"].tasks
    boxes = board.get_by_role("checkbox")
    expect(boxes).to_have_count(len(tasks))
    before = file.read_text("utf-8")
    board.get_by_label(tasks[0].title).check()
    eventually(lambda: file.read_text("utf-8") != before)
    assert mlpm.open_project(file.parent).tasks[tasks[0].id].done

    board.get_by_label(tasks[0].title).focus()  # the keyboard does the same
    lab.page.keyboard.press("Space")
    eventually(lambda: not mlpm.open_project(file.parent).tasks[tasks[0].id].done)
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.press("Space")
    eventually(lambda: mlpm.open_project(file.parent).tasks[tasks[1].id].done)

    lab.picture(board, shots / "readme_board.png", 620)

    board.get_by_label("Document").focus()
    lab.page.keyboard.type("minutes of May")
    board.get_by_label(tasks[2].title).focus()
    lab.page.keyboard.press("Space")
    eventually(lambda: mlpm.open_project(file.parent).tasks[tasks[2].id].document == "minutes of May")

    board.get_by_role("button", name="Advance").click()
    expect(board).to_contain_text("waive")
    assert mlpm.open_project(file.parent).phase == "problem"


@pytest.mark.parametrize("change", ["light", "dark", "narrow"])
def test_the_stories_of_a_design_read_well_in_every_window(lab, shots, change):
    lab.open("06_what_can_go_wrong.ipynb")
    if change != "light":
        getattr(lab, change)()
    lab.tall()
    lab.page.screenshot(path=shots / f"design_{change}.png")
    wide = "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText.slice(0, 99))"
    assert lab.page.locator(".jp-OutputArea-output.jp-RenderedHTMLCommon").evaluate_all(wide) == []
    assert lab.unusable() == []


def test_a_design_answers_with_every_key(lab, notebook, shots):
    lab.open(
        notebook(
            "%load_ext mlpm_magics", "w = %ml_design\nw", "print(w.design.label.wait, w.design.model.keep)"
        )
    )
    lab.run_all()
    form = lab.output(2)
    answer = form.locator(".widget-html").first
    expect(answer).to_contain_text("properties break")
    before = answer.inner_text()
    form.get_by_label("Part", exact=True).select_option(label="label")
    form.get_by_label("changed_by_action").uncheck()
    expect(answer).not_to_have_text(before, use_inner_text=True)
    form.get_by_label("wait").check()
    form.get_by_label("Part", exact=True).select_option(label="model")
    form.get_by_label("keep", exact=True).focus()
    for _ in range(3):
        lab.page.keyboard.press("ArrowUp")
    expect(form.get_by_label("As text")).to_have_value(re.compile("keep: 4"))
    form.get_by_label("Add a monitor of").select_option(label="inputs")
    expect(form.get_by_label("As text")).to_have_value(re.compile("watch: inputs"))
    lab.run_cell(3)
    expect(lab.output(3)).to_have_text("True 4\n")
    lab.tall()
    lab.page.screenshot(path=shots / "design_form.png")
    lab.picture(form, shots / "readme_design.png", 620)
    assert lab.unusable() == []


def test_costs_are_tried_with_the_keyboard(lab, notebook, shots):
    table = (
        "import numpy as np, pandas as pd\nr = np.random.default_rng(3)\n"
        "t = pd.DataFrame(r.normal(size=(500, 2)), columns=['a', 'b'])\n"
        "t['left'] = r.random(500) < 1 / (1 + np.exp(-2 * t.a))"
    )
    made = "base = %ml_baseline t --target left"
    lab.open(
        notebook("%load_ext mlpm_magics", table, made, "w = %ml_baseline base\nw", "print(w.costs.wrong_no)")
    )
    lab.run_all()
    form = lab.output(4)
    expect(form).to_contain_text("Act above a chance of 50 %")
    form.get_by_label("A wrong no costs").focus()
    lab.page.keyboard.press("Control+a")
    lab.page.keyboard.type("4")
    lab.page.keyboard.press("Tab")
    expect(form).to_contain_text("Act above a chance of 20 %")
    lab.page.keyboard.press("Control+a")  # the next field: decisions
    lab.page.keyboard.type("many")
    lab.page.keyboard.press("Tab")
    expect(form).to_contain_text("'many' is no number above 0")
    form.get_by_label("Decisions").fill("2000")
    lab.page.keyboard.press("Tab")
    lab.page.keyboard.type("month")
    lab.page.keyboard.press("Tab")
    expect(form).to_contain_text("wrong no per month")
    lab.page.keyboard.press("ArrowUp")  # the threshold
    expect(form).to_contain_text("The costs imply 20 %")
    lab.run_cell(5)
    expect(lab.output(5)).to_have_text("4.0\n")
    lab.tall()
    lab.page.screenshot(path=shots / "threshold_form.png")
    lab.picture(form, shots / "readme_costs.png", 620)
    assert lab.unusable() == []
    lab.dark()
    lab.narrow()
    lab.tall()
    lab.page.screenshot(path=shots / "threshold_form_dark.png")
    assert lab.unusable() == []


def test_hostile_names_and_values_are_shown_and_never_run(lab, notebook):
    table = (
        "import pandas as pd\n"
        f"evil, script = {HOSTILE!r}, {SCRIPT!r}\n"
        "t = pd.DataFrame({evil: [script] * 30 + [1] * 30, 'y': [0, 1] * 30, script: ['a', evil] * 30})"
    )
    lab.open(
        notebook(
            "%load_ext mlpm_magics",
            table,
            f"%ml_profile t --target y --group {SCRIPT!r}",
            f"%ml_fit Which {HOSTILE} sellers?",
            f"%%ml_fit\nstatement: '{HOSTILE}'\ndecision: '{HOSTILE}'\n",
            f"%ml_lifecycle start '{HOSTILE}'",
            "%ml_lifecycle",
            "%ml_fit",
        )
    )
    lab.run_all()
    expect(lab.output(3)).to_contain_text(SCRIPT)
    for number in range(3, 8):
        expect(lab.output(number)).to_contain_text(HOSTILE)
    questionnaire = lab.output(8)
    questionnaire.get_by_label("Problem").fill(HOSTILE)
    questionnaire.get_by_label("Problem").press("Tab")
    board = lab.output(7)
    board.get_by_label("Note").fill(HOSTILE)
    board.get_by_role("button", name="Add note").click()
    expect(board.get_by_label("Note")).to_have_value("")


@pytest.fixture(scope="module")
def saved(server) -> str:
    """A notebook of every kind of result, run and saved as ours are, that nobody here has trusted."""
    folder = server[2] / "saved"
    folder.mkdir()
    cells = (
        "%load_ext mlpm_magics",
        "%ml_fit Which sellers have the greatest revenue potential?",
        "%ml_fit",
        "import pandas as pd\nt = pd.DataFrame({'x': range(60), 'y': [0, 1, 1] * 20, 'mail': 'a@b.org'})",
        "%ml_profile t --target y",
        "%ml_lifecycle start 'Seller potential'",
        "%ml_lifecycle",
        "%ml_help",
        "%ml_help what is leakage?",
    )
    path = folder / "it.ipynb"
    write_notebook(path, cells)
    write(cleaned(executed(read(path), folder)), path)
    return f"saved/{path.name}"


def test_the_board_of_a_tutorial_is_read_as_saved_and_clicked_once_it_is_run(lab):
    name = "05_from_idea_to_decision.ipynb"
    codes = [cell.source.strip() for cell in read(lab.folder / name).cells if cell.cell_type == "code"]
    board = codes.index("%ml_lifecycle") + 1
    lab.open(name)
    expect(lab.output(board)).to_contain_text("Keep our customers")
    expect(lab.output(board).get_by_role("checkbox")).to_have_count(0)
    for number in (1, 2, board):
        lab.run_cell(number)
    first = lab.output(board).get_by_role("checkbox").first
    first.focus()
    lab.page.keyboard.press("Space")
    expect(first).to_be_checked()
    expect(lab.panel).to_contain_text("1 of ")


def test_a_saved_notebook_from_elsewhere_reads_well_before_it_is_run(lab, saved):
    lab.open(saved)
    for number, words in {
        2: "revenue potential",
        3: "Cannot tell yet",
        5: "mail",
        7: "Seller potential",
        8: "%ml_fit",
    }.items():
        expect(lab.output(number)).to_contain_text(words)
    assert lab.page.get_by_text("Error displaying widget").count() == 0
    pictures = lab.page.locator(".jp-Cell-outputArea img").all()
    assert pictures
    for picture in pictures:
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("e => e.complete && e.naturalWidth > 0")
        assert picture.get_attribute("alt")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_results_and_controls_can_be_used_by_everybody(lab, saved, theme, shots):
    lab.open(saved)
    if theme == "dark":
        lab.dark()
    lab.run_cell(1)
    lab.run_cell(3)
    lab.run_cell(7)
    expect(lab.output(3).get_by_role("button", name="Yes", exact=True)).to_be_visible()
    lab.tall()
    lab.page.screenshot(path=shots / f"results_{theme}.png")
    assert lab.unusable() == []


def test_what_cannot_be_read_or_used_is_found(lab, saved):
    bad = "<p style='color: #777; background: #888'>grey on grey</p><img src='data:,'><button></button>"
    lab.open(saved)
    lab.tall()
    output = lab.page.locator(".jp-OutputArea-output").nth(1)
    output.evaluate("(element, html) => element.insertAdjacentHTML('beforeend', html)", bad)
    rules = {found.partition(":")[0] for found in lab.unusable()}
    assert rules >= {"color-contrast", "image-alt", "button-name"}
