"""A report on disk: whole, by the ending of its name, and its picture alone for a slide."""

from __future__ import annotations

import os
import subprocess
import sys
import xml.etree.ElementTree as ET

import pandas as pd
import pytest

import mlpm_magics as mlpm

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</svg><script>alert(1)</script>"


def words(path) -> list[str]:
    drawing = ET.parse(path).getroot()  # noqa: S314 - our own file
    assert drawing.tag == f"{SVG}svg"
    kinds = {SVG + kind for kind in ("svg", "rect", "text", "path", "circle")}
    assert {part.tag for part in drawing.iter()} <= kinds
    return [text.text for text in drawing.iter(f"{SVG}text")]


def test_the_tiles_of_a_profile(folder):
    report = mlpm.profile(pd.DataFrame({"y": [0, 1] * 60, "x": range(120)}), target="y")
    said = words(report.save("ready.svg"))
    assert "✔ Available" in said
    assert len(said) == 2 * len(report.answers)


def test_the_steps_of_a_project_whatever_its_name(folder):
    said = words(mlpm.start_project(HOSTILE).report().save("steps.svg"))
    assert said[0] == "▶ Problem"


def test_the_first_story_of_a_design(folder):
    check = mlpm.check_design({"label": {"delay": 3}, "model": {"retrain": 2, "window": 6}})
    assert any("day" in text for text in words(check.save("story.svg")))


def test_a_report_without_a_picture_says_so(folder):
    with pytest.raises(mlpm.MlpmError, match=r"x\.svg.*no picture"):
        mlpm.find_cases("churn").save("x.svg")
    with pytest.raises(mlpm.MlpmError, match=r"\.svg.*not \.png"):
        mlpm.find_cases("churn").save("x.png")
    assert not list(folder.iterdir())


OLD_CONSOLE = {"PYTHONUTF8": "0", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "cp1252"}
WRITTEN = """
import logging, mlpm_magics as mlpm
logging.basicConfig(level="DEBUG")
project = mlpm.start_project("\\u597d \\U0001f600")
project.note("\\u2192 \\u597d")
report = project.report()
for ending in ("html", "md", "json"):
    report.save(f"report.{ending}")
"""


def test_files_are_whole_where_the_console_has_an_old_code_page(folder):
    run = [sys.executable, "-c", WRITTEN]
    done = subprocess.run(run, env={**os.environ, **OLD_CONSOLE}, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert mlpm.open_project().log[-1].what == "Note: → 好"
    for ending in ("html", "md", "json"):
        assert "→ 好" in (folder / f"report.{ending}").read_text("utf-8")
