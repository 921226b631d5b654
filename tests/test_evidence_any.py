"""Any frame in: a feature plan and measured evidence, or one clear line; and the frame as it was.

MLPM_EXAMPLES=2000 python -m pytest tests/test_evidence_any.py      # many, after a change to either
"""

from __future__ import annotations

import json
import os

from frames import NASTY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_readiness_any import frames
from test_readiness_frames import state

import mlpm_magics as mlpm

EXAMPLES = int(os.environ.get("MLPM_EXAMPLES", "12"))
ROLES = ("time", "entity", "group")
any_frame = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
tables = frames() | st.sampled_from(sorted(set(NASTY) - {"two_thousand_columns", "many_rows"})).map(
    lambda kind: NASTY[kind]()
)


def one(ask, frame, data, **more) -> None:
    """A result in every form, or a line."""
    names = list(frame.columns)[:4]
    if not names:
        names = ["nothing"]
    target = data.draw(st.sampled_from(range(len(names))))
    left = [name for at, name in enumerate(names) if at != target]
    roles = {role: left.pop() for role in ROLES if left and data.draw(st.booleans())}
    before, told = state(frame), ""
    try:
        report = ask(frame, target=names[target], **roles, **more)
    except mlpm.MlpmError as error:
        report, told = None, str(error)
    assert report or told.isprintable()
    if report:
        json.dumps(report.to_dict(), allow_nan=False)
        assert str(report)
        assert report.to_html()
        assert report.to_markdown()
    assert state(frame) == before


@any_frame
@given(tables, st.data())
def test_any_table_gives_a_plan_or_one_line(frame, data):
    one(mlpm.plan_features, frame, data)


@any_frame
@given(tables, st.data())
def test_any_table_is_measured_or_refused_in_one_line(frame, data):
    one(mlpm.measure_fit, frame, data, budget_s=1)
