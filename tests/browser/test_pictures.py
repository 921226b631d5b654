"""The panel, a report and a form look in light and dark as they did when a person last looked."""

from __future__ import annotations

from compare import ALLOWED, changed, difference, small
from lifecycle_samples import profile
from playwright.sync_api import expect

import mlpm_magics as mlpm

LOAD = "%load_ext mlpm_magics"
TABLE = (
    "import pandas as pd\nt = pd.DataFrame({'visits': range(400)})\n"
    "t['spend'] = t.visits % 10\nt['left'] = t.spend > 4"
)
REPORT = f"{TABLE}\n%ml_profile t --target left"
BOTH = ("light", "dark")


def test_they_look_as_they_did(lab, notebook, shots):
    folder = (lab.folder / notebook(LOAD, "%ml_fit", REPORT)).parent
    project = mlpm.start_project("Seller potential", folder)
    project.record(profile(fresh="blocker", privacy="caution", verdict="not_ready"))
    lab.open(f"{folder.name}/it.ipynb")
    lab.run_all()
    expect(lab.panel).to_contain_text("Seller potential")
    form, report = lab.output(2), lab.output(3)
    expect(form).to_contain_text("Question ")
    lab.page.evaluate("document.activeElement.blur()")
    lab.tall()
    parts = {"panel": lab.page.locator("#mlpm-panel"), "report": report, "form": form}
    said = []
    for theme in BOTH:
        getattr(lab, theme)()
        for name, part in parts.items():
            png = part.screenshot(animations="disabled", caret="hide")
            said += changed(lab.page, png, f"{name}_{theme}", shots)
    assert said == []


def test_what_a_person_would_notice_is_noticed(lab, notebook):
    lab.open(notebook(LOAD, REPORT))
    lab.run_all()
    lab.tall()
    lab.dark()
    part = lab.output(2)

    def looks(style=""):
        if style:
            added = lab.page.add_style_tag(content=f".jp-OutputArea-output {style}")
        png = part.screenshot(animations="disabled", caret="hide")
        if style:
            added.evaluate("e => e.remove()")
        return small(lab.page, png)[1]

    usual = looks()
    assert difference(looks(), usual) <= ALLOWED
    assert (
        difference(looks("* { -webkit-font-smoothing: none; text-rendering: geometricPrecision }"), usual)
        <= ALLOWED
    )
    assert difference(looks("{ transform: translate(0.4px, 0.4px) }"), usual) <= ALLOWED
    assert difference(looks("* { color: black !important }"), usual) > ALLOWED
    assert difference(looks("li { visibility: hidden }"), usual) > ALLOWED
    assert difference(looks("li { display: none }"), usual) > ALLOWED
