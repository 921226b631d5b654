"""The newest report is the one that was made last, whatever it is called and when its name was first set."""

from __future__ import annotations

import copy
import gc

from lifecycle_samples import baseline, fit_report

from mlpm_magics.notebook.newest import newest
from mlpm_magics.results import BaselineReport
from mlpm_magics.results.report import _made


def test_a_name_that_was_set_again_is_as_new_as_what_it_holds():
    names = {"base": baseline(), "other": baseline()}
    names["base"] = baseline()
    assert newest(BaselineReport, names) == ("base", names["base"])


def test_what_was_only_shown_counts_and_a_given_name_is_said_first():
    first = baseline()
    names = {"first": first, "_3": baseline(), "_": None, "fit": fit_report()}
    assert newest(BaselineReport, names)[0] == "_3"
    names = {"_4": first, "first": first}
    assert newest(BaselineReport, names)[0] == "first"
    assert newest(BaselineReport, {"fit": fit_report()}) is None


def test_copies_and_what_is_gone_do_no_harm():
    report = baseline()
    names = {"copied": copy.copy(report), "report": report}
    assert newest(BaselineReport, names) is not None
    before = len(_made)
    gone = [baseline() for _ in range(50)]
    del gone
    gc.collect()
    assert len(_made) <= before
