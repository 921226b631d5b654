"""The JupyterLab extension: launcher tile, commands, picker, side panel, status bar, pictures."""

from __future__ import annotations

import json
import re

from lab import eventually, write_notebook
from lifecycle_samples import fit_report, profile
from playwright.sync_api import expect
from repository import ROOT

import mlpm_magics as mlpm

HOSTILE = "<img src=x onerror=window.__pwned=1>"
COMMANDS = json.loads((ROOT / "labextension" / "src" / "commands.json").read_text("utf-8"))
LOAD = "%load_ext mlpm_magics"
TABLE = f"""import pandas as pd
churn = pd.DataFrame({{"left": [0, 1] * 60, "month": pd.date_range("2026-01-01", periods=120).astype("str"),
    {HOSTILE!r}: range(120), 'both "kinds\\' of?': [1, 2] * 60}})"""
STATUS = re.compile(r"^ML: ")


def status(lab):
    return lab.page.get_by_role("button", name=STATUS)


def choose(lab, **fields):
    """Fill in the dialog and press Run."""
    dialog = lab.page.get_by_role("dialog")
    for label, value in fields.items():
        field = dialog.get_by_label(label)
        if field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    dialog.get_by_role("button", name="Run").click()


def test_the_tile_makes_a_notebook_that_runs(lab, server, shots):
    lab.page.goto(f"{lab.address}/lab/workspaces/tile?token={lab.token}")
    lab.page.wait_for_selector("#jupyterlab-splash", state="detached")
    tile = lab.page.locator(".jp-LauncherCard", has_text="ML product")
    expect(tile).to_be_visible()
    lab.page.screenshot(path=shots / "panel_tile.png")
    tile.focus()
    lab.page.keyboard.press("Enter")
    expect(lab.page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
    made = lab.folder / "ML product.ipynb"
    assert LOAD in lab.sources
    expect(lab.panel).to_contain_text("has not loaded the magics")
    lab.command("notebook:run-all-cells")
    expect(lab.panel).to_contain_text("My product", timeout=120_000)
    expect(status(lab)).to_contain_text("Problem")
    lab.page.screenshot(path=shots / "panel_start.png")
    made.unlink()
    (lab.folder / "mlpm.yaml").unlink()


def test_the_first_minutes_by_mouse_alone(lab, notebook, shots):
    """From an empty notebook to a verdict on the problem and on the data; its pictures are the README's."""
    path = notebook("")
    table = (
        "month,plan,visits,complaints,left\n",
        *(f"2026-{n % 9 + 1:02d}-01,{'ab'[n % 2]},{n % 17},{n % 5},{int(n % 5 > 2)}\n" for n in range(400)),
    )
    (lab.folder / path).with_name("customers.csv").write_text("".join(table))
    page = lab.page
    page.set_viewport_size({"width": 1300, "height": 800})
    lab.open(path)
    lab.command("application:toggle-left-area")

    def menu(name):
        page.get_by_role("menuitem", name="ML product").click()
        page.get_by_role("menuitem", name=name).click()

    menu("Show the Panel")
    lab.panel.get_by_role("button", name="Load them").click()
    lab.panel.get_by_role("button", name="Begin a project").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("Keep our customers")
    page.get_by_role("button", name="Begin", exact=True).click()
    expect(lab.panel).to_contain_text("Keep our customers")

    menu("Check Fit…")
    choose(lab, **{"The problem": "Which customers will leave us next month?"})
    expect(lab.panel).to_contain_text("Fit: ", timeout=60_000)

    menu("Profile a Table…")
    choose(lab, Table="customers.csv", **{"What should be predicted": "left"})
    expect(lab.panel).to_contain_text("Data: ", timeout=60_000)
    lab.output(4).scroll_into_view_if_needed()
    page.screenshot(path=shots / "readme_light.png")
    menu("Profile a Table…")
    page.get_by_role("dialog").get_by_label("Table").select_option("customers.csv")
    page.locator(".jp-Dialog-content").screenshot(path=shots / "readme_picker.png")
    page.keyboard.press("Escape")
    lab.dark()
    page.screenshot(path=shots / "readme_dark.png")
    lab.light()
    menu("Report")
    expect(lab.output(5)).to_contain_text("The decision asked for")
    lab.picture(lab.output(5), shots / "readme_report.png", 620)
    assert lab.sources == [
        LOAD,
        '%ml_lifecycle start "Keep our customers"',
        "%ml_fit Which customers will leave us next month?",
        "%ml_profile customers.csv --target left",
        "%ml_report",
    ]


def test_the_panel_comes_by_itself_only_where_there_is_room(lab, notebook):
    path = notebook(LOAD)
    write_notebook((lab.folder / path).with_name("second.ipynb"), [LOAD])
    lab.page.set_viewport_size({"width": 600, "height": 900})
    lab.open(path)
    lab.run_cell(1)
    expect(lab.output(1)).to_contain_text("mlpm_magics is loaded")
    expect(lab.panel).not_to_be_visible()
    lab.page.set_viewport_size({"width": 1280, "height": 900})
    expect(lab.panel).not_to_be_visible()  # nothing moves because a window was made wider
    lab.command("docmanager:open", path=path.replace("it.ipynb", "second.ipynb"))
    expect(lab.panel).to_be_visible()


def test_the_tile_overwrites_nothing(lab, notebook):
    folder = (lab.folder / notebook(LOAD)).parent
    (folder / "ML product.ipynb").write_text("{}")
    lab.open(f"{folder.name}/it.ipynb")
    lab.command("mlpm:start", cwd=folder.name)
    expect(lab.page.get_by_role("tab", name="ML product 2.ipynb")).to_be_visible()
    assert (folder / "ML product.ipynb").read_text() == "{}"


def test_the_panel_goes_through_a_lifecycle(lab, notebook, shots):
    path = notebook(LOAD, "%ml_lifecycle start 'Seller potential'")
    lab.open(path)
    expect(lab.panel).to_contain_text("has not loaded the magics")  # shown by itself, this once
    lab.run_cell(1)
    expect(lab.panel).to_contain_text("There is none in this folder")
    lab.run_cell(2)
    expect(lab.panel.get_by_role("heading", name="Seller potential")).to_be_visible()
    expect(status(lab)).to_have_text("ML: Problem")
    steps = lab.panel.get_by_role("navigation", name="Phases").get_by_role("listitem")
    expect(steps).to_have_count(6)
    expect(lab.panel.locator("[aria-current=step]")).to_contain_text("Problem")

    project = mlpm.open_project((lab.folder / path).parent)
    boxes = lab.panel.get_by_role("checkbox")
    boxes.first.focus()
    lab.page.keyboard.press("Space")
    expect(boxes.first).to_be_checked()
    expect(boxes.first).to_be_focused()  # the keyboard stays where it was
    eventually(lambda: done_in(project) == 1)
    boxes.first.click()
    expect(boxes.first).not_to_be_checked()

    run_new(lab, "%ml_fit Which sellers?")
    lab.panel.get_by_role("button", name="%ml_lifecycle done").first.click()
    expect(boxes.first).to_be_checked()
    assert lab.sources[-1].startswith("%ml_lifecycle done ")
    for box in boxes.all()[1:]:
        box.click()
        expect(box).to_be_checked()
    expect(lab.panel.get_by_role("status")).to_contain_text("Problem phase")

    fit = "%%ml_fit\nstatement: Which sellers?\nanswers:\n"
    answers = {"data_available": "yes", "repeatable_decision": "yes", "complex_logic": "yes"}
    good = {c.id: c.best for c in mlpm.knowledge().criteria.values()} | answers
    typed = fit + "".join(f"  {name}: {answer}\n" for name, answer in good.items())
    run_new(lab, typed)
    expect(lab.panel).to_contain_text("Fit: Good fit")
    lab.panel.get_by_role("button", name="%ml_lifecycle advance").click()
    expect(status(lab)).to_have_text("ML: Data · Fit: Good fit")

    run_new(lab, f"{fit}  repeatable_decision: no\n")
    expect(lab.panel).to_contain_text("Open again, Problem")
    expect(lab.panel).to_contain_text("the fit verdict is: not a fit")
    expect(lab.panel.get_by_role("status")).to_contain_text("Open again")
    lab.page.screenshot(path=shots / "panel_reopened.png")


def done_in(project) -> int:
    """How many tasks are ticked in the file."""
    project.save()
    return sum(task.done for task in project.tasks.values())


def run_new(lab, source):
    """A cell below, with this typed into it, and run."""
    lab.command("notebook:insert-cell-below")
    cell = "window.jupyterapp.shell.currentWidget.content.activeCell"
    lab.page.evaluate(f"source => {cell}.model.sharedModel.setSource(source)", source)
    lab.command("notebook:run-cell")


def test_every_command_writes_its_line_and_runs_it(lab, notebook, shots):
    lab.open(notebook(TABLE))
    lab.run_cell(1)
    there = set(mlpm_names())
    lab.begin("mlpm:profile")
    expect(lab.page.get_by_role("dialog")).to_contain_text("ready to learn")
    assert lab.sources[1] == LOAD
    lab.page.screenshot(path=shots / "panel_picker.png")
    dialog = lab.page.get_by_role("dialog")
    expect(dialog.get_by_label("Table")).to_have_value("churn")  # the only one
    expect(dialog.get_by_label("What should be predicted")).to_contain_text(HOSTILE)
    assert lab.unusable(".jp-Dialog-content") == []
    choose(lab, **{"What should be predicted": "left", "A group to be fair to": HOSTILE})
    expect(lab.panel).to_contain_text("Data: ")
    line = f'%ml_profile churn --target left --group "{HOSTILE}"'
    assert lab.sources[2] == line

    lab.begin("mlpm:profile")
    choose(lab, **{"What should be predicted": "both \"kinds' of?"})
    expect(lab.output(4)).to_contain_text("kinds' of?")

    lab.begin("mlpm:check-fit")
    choose(lab, **{"The problem": "What's the churn of <b>{these}</b>?"})
    expect(lab.output(5)).to_contain_text("What's the churn of <b>{these}</b>?", timeout=60_000)

    lab.begin("mlpm:check-fit")
    choose(lab, **{"Table, to measure on": "churn"})
    expect(lab.page.get_by_role("alert")).to_contain_text("Still to choose: what should be predicted")
    lab.page.get_by_role("button", name="Cancel").click()

    for command in COMMANDS:
        enabled = f"window.jupyterapp.commands.isEnabled({command['id']!r})"
        assert lab.page.evaluate(enabled) == (command["magic"] in there), command["id"]
        if command["magic"] in there and not command["fields"]:
            before = len(lab.sources)
            lab.begin(command["id"])
            expect(lab.output(before + 1)).not_to_be_empty()
            assert lab.sources[before] == f"%{command['magic']}"


def mlpm_names():
    from mlpm_magics.notebook.magic import magic_files

    return magic_files()


def test_two_notebooks_each_have_their_own(lab, notebook):
    first = notebook(LOAD, "%ml_lifecycle start First")
    folder = (lab.folder / first).parent
    for name, cells in {"second": [LOAD], "other": ["x = 1"]}.items():
        write_notebook(folder / f"{name}.ipynb", cells)
    lab.open(first)
    lab.run_all()
    expect(lab.panel).to_contain_text("First")

    lab.command("docmanager:open", path=f"{folder.name}/other.ipynb")
    expect(lab.panel).to_contain_text("has not loaded the magics")
    lab.run_cell_of("other.ipynb", 1)
    expect(status(lab)).to_have_count(0)

    lab.command("docmanager:open", path=f"{folder.name}/second.ipynb")
    lab.run_cell_of("second.ipynb", 1)
    box = lab.panel.get_by_role("checkbox").first
    expect(lab.panel).to_contain_text("First")  # the same project
    box.click()
    project = mlpm.open_project(folder)
    eventually(lambda: done_in(project) == 1)
    lab.page.get_by_role("tab", name="it.ipynb").click()
    expect(lab.panel.locator(".mlpm-Notebook")).to_have_text("it.ipynb")
    expect(box).to_be_checked()


def test_it_is_there_again_after_a_reload_and_gone_after_a_restart(lab, notebook):
    lab.open(notebook(LOAD, "%ml_lifecycle start 'Seller potential'"))
    lab.run_all()
    expect(lab.panel).to_contain_text("Seller potential")
    lab.command("docmanager:save")
    lab.page.reload()
    expect(lab.panel).to_contain_text("Seller potential")
    box = lab.panel.get_by_role("checkbox").first
    box.click()
    expect(box).to_be_checked()  # what the kernel pushes arrives again
    before = lab.sources

    kernel = "window.jupyterapp.shell.currentWidget.sessionContext.session.kernel"
    lab.page.evaluate(f"{kernel}.restart().then(() => null)")
    expect(lab.panel).to_contain_text("has not loaded the magics")
    lab.panel.get_by_role("button", name="Load them").click()
    expect(lab.panel).to_contain_text("Seller potential")
    assert sorted(lab.sources) == sorted([*before, LOAD])
    lab.excuse("Could not restore the debugger state")


def test_a_busy_kernel_is_not_asked(lab, notebook):
    lab.open(notebook(LOAD, "import time; time.sleep(4)"))
    lab.run_cell(1)
    expect(lab.panel).to_contain_text("There is none")
    lab.begin("notebook:run-all-cells")
    expect(lab.page.get_by_text("| Busy")).to_be_visible()
    lab.begin("mlpm:profile")
    expect(lab.page.get_by_role("dialog")).to_contain_text("kernel is busy")
    lab.page.keyboard.press("Escape")
    expect(lab.page.get_by_text("| Idle")).to_be_visible()


def test_the_palette_and_the_dialog_need_no_mouse(lab, notebook):
    lab.open(notebook(LOAD, "import pandas as pd\nt = pd.DataFrame({'x y': [1, 2] * 60, 'z': 1})"))
    lab.run_all()
    keys = lab.page.keyboard
    keys.press("Escape")
    keys.press("Control+Shift+C")
    keys.type("profile a table")
    expect(lab.page.locator(".lm-CommandPalette-item.lm-mod-active")).to_contain_text("Profile a Table")
    keys.press("Enter")
    expect(lab.page.get_by_role("dialog").get_by_label("Table")).to_be_focused()
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(lab.panel).to_contain_text("Data: ")
    assert lab.sources[2] == '%ml_profile t --target "x y"'


def test_it_is_there_in_notebook_7(lab, notebook, shots):
    path = notebook(LOAD, "%ml_lifecycle start 'Seller potential'")
    lab.page.goto(f"{lab.address}/notebooks/{path}?token={lab.token}")
    expect(lab.panel).to_contain_text("has not loaded the magics")
    lab.page.locator(".jp-CodeCell .cm-content").first.click()
    lab.page.keyboard.press("Shift+Enter")
    lab.page.keyboard.press("Shift+Enter")
    expect(lab.panel).to_contain_text("Seller potential")
    lab.page.screenshot(path=shots / "panel_notebook7.png")
    box = lab.panel.get_by_role("checkbox").first
    box.check()
    expect(lab.panel).to_contain_text("1 of ")
    lab.page.get_by_role("menuitem", name="ML product").click()
    lab.page.get_by_role("menuitem", name="Lifecycle").click()
    expect(lab.output(3)).to_contain_text("Your part as product manager")
    lab.excuse("reading 'schema'", "'filebrowser:open-path' not registered")  # its settings, its files


def test_the_panel_can_be_used_by_everybody(lab, notebook, shots):
    folder = (lab.folder / notebook(LOAD)).parent
    project = mlpm.start_project(HOSTILE, folder)
    project.record(fit_report("fit_with_cautions", statement=HOSTILE))
    project.record(profile(fresh="blocker", privacy="caution", verdict="not_ready"))
    lab.open(f"{folder.name}/it.ipynb")
    lab.run_all()
    for said in (HOSTILE, "Fit, with cautions", "Not ready", "about fresh", "Open questions"):
        expect(lab.panel).to_contain_text(said)
    lab.page.add_style_tag(content="body { height: 100vh }")
    lab.command("application:toggle-left-area")
    for theme, width in (("light", 1280), ("light", 700), ("dark", 700), ("dark", 1280)):
        if theme == "dark":
            lab.dark()
        lab.page.set_viewport_size({"width": width, "height": 1400})
        lab.page.screenshot(path=shots / f"panel_{theme}_{width}.png")
        assert lab.unusable("#mlpm-panel") == []
        assert lab.unusable("#jp-main-statusbar .mlpm-Status") == []
        assert not lab.panel.evaluate("e => e.scrollWidth > e.clientWidth + 1")
    for section in lab.panel.locator("summary").all():
        section.focus()
        lab.page.keyboard.press("Enter")
    expect(lab.panel.get_by_role("checkbox").first).not_to_be_visible()


def test_a_picture_is_saved_for_a_slide(lab, notebook):
    lab.open(notebook(LOAD, "%ml_lifecycle start x"))
    lab.run_all()
    picture = lab.output(2).get_by_role("img").first
    for ending, begins in {"SVG": b"<svg", "PNG": b"\x89PNG"}.items():
        picture.click(button="right")
        with lab.page.expect_download() as saving:
            lab.page.get_by_role("menuitem", name=f"Save Picture as {ending}").click()
        assert saving.value.suggested_filename.endswith(f".{ending.lower()}")
        assert saving.value.path().read_bytes().startswith(begins)
