"""The versions that `lowest.py` tests with are those that pyproject.toml allows at least."""

from __future__ import annotations

import re
import tomllib

from repository import ROOT


def test_the_lowest_versions_are_the_floors_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["engines"]]
    floors = dict(re.match(r"([\w.-]+)>=([\d.]+)", line).groups() for line in wanted)
    text = (ROOT / "constraints-lowest.txt").read_text("utf-8")
    lowest = dict(re.findall(r"(?m)^([\w.-]+)==([\d.]+)$", text))
    assert lowest.keys() == floors.keys()
    for name, floor in floors.items():
        assert f"{lowest[name]}.".startswith(f"{floor}."), name
