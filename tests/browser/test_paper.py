"""A saved report on paper: the page to decide on is one sheet, and what is folded on a screen is open."""

from __future__ import annotations

import msgspec
import pytest
from lifecycle_samples import baseline, finding, fit_report, profile

import mlpm_magics as mlpm

A4 = {"width": round((210 - 2 * 14) / 25.4 * 96), "height": round((297 - 2 * 14) / 25.4 * 96)}
LONG = (
    "`column_with_a_long_name` alone, by one threshold, gives `late_more_than_thirty_days` in 100 % of the "
    "rows, where always guessing the most frequent is right in 86 %."
)


@pytest.fixture
def project(tmp_path):
    made = mlpm.start_project("Fair instalments for everybody who applies online", tmp_path)
    checks = ("target_leakage", "personal_data", "stale_data", "duplicate_rows")
    found = tuple(msgspec.structs.replace(finding(check), message=LONG) for check in checks)
    for report in (fit_report(), profile("not_ready", findings=found), baseline()):
        made.record(report)
    made.set("goal", "20 % fewer late payments among those who apply online, without more refusals, by 2027")
    return made


def printed(browser, file):
    page = browser.new_page(viewport=A4)
    page.emulate_media(media="print")
    page.goto(file.as_uri())
    return page


def test_what_is_decided_on_is_one_sheet_however_long_its_sentences(browser, project, tmp_path):
    report = mlpm.decision_report(project)
    long = msgspec.structs.replace(report, statement=LONG, gain=f"{LONG} {LONG}", unknown=(LONG,) * 6)
    page = printed(browser, long.save(tmp_path / "decision.html"))
    evidence = page.get_by_role("heading", name="The evidence").bounding_box()
    last = page.get_by_text("Who decides, by when").bounding_box()
    assert last["y"] + last["height"] < A4["height"]
    assert evidence["y"] > last["y"]
    page.close()


def test_what_is_folded_on_a_screen_is_open_on_paper(browser, project, tmp_path):
    page = printed(browser, mlpm.people(project).save(tmp_path / "people.html"))
    assert page.get_by_text("A answers for at least one gate").is_visible()
    page.emulate_media(media="screen")
    assert not page.get_by_text("A answers for at least one gate").is_visible()
    page.close()
