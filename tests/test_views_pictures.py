"""Whoever cannot see the pictures misses nothing: what they say is in their text, or beside them."""

from __future__ import annotations

import base64
import re
from html import unescape

import msgspec
import numpy as np
import pandas as pd
import pytest
from lifecycle_samples import baseline, design_check, fit_report, profile

import mlpm_magics as mlpm

PICTURE = re.compile(r"<img [^>]*>")
DRAWN = re.compile(r'src="data:image/svg\+xml;base64,([^"]+)"')
WORDS = re.compile(r"<text [^>]*>([^<]+)</text>")
TEXT = re.compile(r'alt="([^"]*)"')
SIGNS = "✔✖▲●○◆▶◀■?•–"
AXES = {"what is explained", "0 %", "100 %"}
MARKED = re.compile(r" (chosen|simplest as good)$")  # said in words of its own


def table() -> pd.DataFrame:
    r = np.random.default_rng(1)
    frame = pd.DataFrame({"visits": r.normal(size=2600), "part": r.choice(["north", "south"], 2600)})
    frame["left"] = r.random(2600) < 1 / (1 + np.exp(-2 * frame.visits - 1))
    return frame


def project(folder):
    made = mlpm.start_project("Seller potential", folder)
    for report in (fit_report(), profile(fresh="caution"), baseline(), design_check()):
        made.record(report)
    return made


MADE = {
    "fit": lambda folder: mlpm.assess_fit({"answers": {"repeatable_decision": "no"}}),
    "profile": lambda folder: mlpm.profile(table(), target="left", group="part"),
    "design": lambda folder: mlpm.check_design({"label": {"delay": 3}, "model": {"retrain": 2, "window": 6}}),
    "baseline": lambda folder: msgspec.structs.replace(baseline(), calibration=None),
    "lifecycle": lambda folder: project(folder).report(),
    "decision": lambda folder: mlpm.decision_report(project(folder)),
    "premortem": lambda folder: mlpm.premortem(project(folder)),
    "people": lambda folder: mlpm.people(project(folder)),
}


@pytest.mark.parametrize("kind", MADE)
def test_nothing_is_told_in_a_picture_alone(kind, tmp_path):
    page = MADE[kind](tmp_path).to_html()
    beside = unescape(re.sub(r"<[^>]+>", " ", page))
    pictures = PICTURE.findall(page)
    assert pictures
    for picture in pictures:
        told = unescape(TEXT.search(picture)[1])
        assert told.strip()
        everything = plain(f"{told} {beside}")
        drawn = WORDS.findall(base64.b64decode(DRAWN.search(picture)[1]).decode())
        for piece in (MARKED.sub("", plain(unescape(words))) for words in drawn):
            assert piece in everything or piece in AXES, told


def plain(text: str) -> str:
    """Without signs, in lower case, with single spaces."""
    return " ".join(text.translate(dict.fromkeys(map(ord, SIGNS), " ")).lower().split())
