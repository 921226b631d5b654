"""Any frame in, a report out: in every form, with strict JSON, and with the frame as it was."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mlpm_magics as mlpm

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.binary(max_size=4),
    st.decimals(),
    st.fractions(),
    st.complex_numbers(),
    st.dates(),
    st.datetimes(timezones=st.none() | st.just(dt.UTC)),
    st.timedeltas(),
    st.times(),
    st.sampled_from([np.nan, pd.NaT, pd.NA, "?", "-999", -999, "a@b.example", "2024-01-02", "=A1+1", [], {}]),
)
LABELS = st.one_of(
    st.text(max_size=6),
    st.integers(),
    st.none(),
    st.booleans(),
    st.tuples(st.integers(), st.text(max_size=2)),
)
KINDS = (
    CELLS,
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.text(max_size=4),
    st.sampled_from("ab"),
    st.datetimes(min_value=dt.datetime(1700, 1, 1), max_value=dt.datetime(2250, 1, 1)),
)


@st.composite
def frames(draw) -> pd.DataFrame:
    rows = draw(st.integers(0, 12)) * draw(st.sampled_from([1, 1, 20]))
    columns = draw(st.lists(st.sampled_from(KINDS), max_size=4))
    made = []
    for cells in columns:
        some = draw(st.lists(cells, min_size=1, max_size=8))
        listed = [some[i % len(some)] for i in range(rows)]
        boxed = draw(st.booleans())
        made.append(pd.Series(listed, dtype=object) if boxed else _natural(listed))
    frame = pd.concat(made, axis=1) if made else pd.DataFrame(index=range(rows))
    frame.columns = pd.Index(draw(st.lists(LABELS, min_size=len(made), max_size=len(made))), dtype=object)
    return frame


def _natural(cells: list[object]) -> pd.Series:
    try:
        return pd.Series(cells)
    except (OverflowError, TypeError, ValueError, UnicodeError):
        return pd.Series(cells, dtype=object)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(frames(), st.data())
def test_any_frame_gives_a_report(frame, data):
    names = [column.name for column in mlpm.profile(frame).columns]
    roles = {}
    for role in ("target", "time", "entity", "group"):
        if names and data.draw(st.booleans()):
            roles[role] = names.pop()
    columns = [frame.iloc[:, i] for i in range(frame.shape[1])]
    boxed = [pd.api.types.is_object_dtype(column) for column in columns]
    cells = [
        [id(cell) for cell in c.array] if box else c.copy() for c, box in zip(columns, boxed, strict=True)
    ]
    report = mlpm.profile(
        frame, **roles, reference=frame, cadence=data.draw(st.sampled_from([None, "1d", "1h"]))
    )
    assert [item for item in report.not_run if "unexpected" in item.reason] == []
    json.dumps(report.to_dict(), allow_nan=False)
    assert str(report)
    assert report.to_markdown()
    assert report.to_html()
    assert report.data_request()
    assert report.rows == len(frame)
    for i, before in enumerate(cells):
        now = frame.iloc[:, i]
        assert [id(cell) for cell in now.array] == before if isinstance(before, list) else now.equals(before)
