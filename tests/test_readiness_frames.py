"""Whatever the table, there is a report in every form, strict JSON, and the table is as it was."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from frames import NASTY, PLANTED

import mlpm_magics as mlpm
from mlpm_magics.table import open_table


def renderings(report) -> dict[str, str]:
    return {
        "json": json.dumps(report.to_dict(), allow_nan=False),
        "text": str(report),
        "markdown": report.to_markdown(),
        "html": report.to_html(),
        "letter": report.data_request(),
    }


def strict(text: str) -> None:
    """No NaN, and no whole number that a browser would round."""

    def refuse(word: str) -> None:
        raise AssertionError(word)

    def exact(digits: str) -> int:
        assert abs(int(digits)) <= 2**53, digits
        return int(digits)

    json.loads(text, parse_constant=refuse, parse_int=exact)


def state(frame: pd.DataFrame) -> list[object]:
    """What of a frame can be compared without asking its cells: the very objects, or the bytes."""
    columns = [frame.iloc[:, i] for i in range(frame.shape[1])]
    objects = [[id(cell) for cell in c.array] for c in columns if c.dtype == object]
    bytes_ = [c.to_numpy().tobytes() for c in columns if isinstance(c.dtype, np.dtype) and c.dtype != object]
    gaps = [np.asarray(c.isna()).tobytes() for c in columns if not isinstance(c.dtype, np.dtype)]
    dtypes = [str(c.dtype) for c in columns]
    return [frame.shape, id(frame.columns), id(frame.index), dtypes, objects, bytes_, gaps, list(frame.attrs)]


@pytest.mark.parametrize("kind", NASTY)
def test_every_nasty_frame_gives_a_whole_report(kind):
    frame = NASTY[kind]()
    before = state(frame)
    report = mlpm.profile(frame, name=kind)
    assert report.complete
    assert report.rows == len(frame)
    assert len(report.columns) == frame.shape[1]
    assert len({column.name for column in report.columns}) == frame.shape[1]
    assert [item for item in report.not_run if "unexpected" in item.reason] == []
    forms = renderings(report)
    assert len(forms["html"]) < 500_000
    assert all(forms.values())
    strict(forms["json"])
    assert state(frame) == before


@pytest.mark.parametrize("kind", NASTY)
def test_every_column_of_a_nasty_frame_can_play_a_role(kind):
    frame = NASTY[kind]()
    names = [column.name for column in open_table(frame).columns][: 4 if frame.shape[1] < 100 else 1]
    for i, name in enumerate(names):
        roles = dict(zip(("target", "time", "group"), names[i:] + names[:i], strict=False))
        report = mlpm.profile(frame, **roles, reference=frame, cadence="1d", as_of="2024-06-01")
        assert [item for item in report.not_run if "unexpected" in item.reason] == []
        assert name in report.roles["target"]
        renderings(report)


COMPARED = sorted(kind for kind, make in NASTY.items() if list(make().columns).count("a") == 1)


PAIRS = list(zip(COMPARED, COMPARED[1:] + COMPARED[:1], strict=True))


@pytest.mark.parametrize(("kind", "other"), PAIRS)
def test_a_reference_may_differ_in_every_way(kind, other):
    frame, reference = NASTY[kind](), NASTY[other]()
    before = state(reference)
    report = mlpm.profile(frame, target="a", reference=reference)
    assert [item for item in report.not_run if "unexpected" in item.reason] == []
    strict(renderings(report)["json"])
    assert state(reference) == before


def test_levels_that_only_the_reference_or_only_the_table_has_are_no_error():
    one, other = pd.DataFrame({"y": [0, 1] * 200}), pd.DataFrame({"y": [0, 1, 2, 3] * 100})
    for table, reference in ((one, other), (other, one)):
        as_levels = mlpm.profile(table.astype("category"), target="y", reference=reference.astype("category"))
        assert as_levels.rows == 400
        assert mlpm.profile(table, target="y", reference=reference).rows == 400


def test_a_nullable_column_of_more_than_a_million_rows_is_counted():
    column = pd.Series([True, False, None, True] * 250_001, dtype="boolean")
    counted = open_table(pd.DataFrame({"a": column})).columns[0]
    assert (counted.kind, counted.missing, counted.distinct) == ("boolean", 250_001, 2)


@pytest.mark.parametrize("role", ["target", "group", "entity", "time"])
def test_a_planted_value_appears_nowhere(role):
    frame = NASTY["personal_data"]()
    for column in frame.columns:
        report = mlpm.profile(frame, **{role: column}, reference=frame)
        for form, text in renderings(report).items():
            for value in PLANTED:
                assert value not in text, form
                assert value[:8] not in text or value.startswith("-----"), form


def test_what_was_planted_is_found():
    report = mlpm.profile(NASTY["personal_data"](), target="y")
    checks = {column: f.check for f in report.findings for column in f.columns}
    for i in range(7):
        assert checks[f"c{i}"] == "personal_data"
    for i in range(7, 10):
        assert checks[f"c{i}"] == "secrets_in_data"
    assert report.verdict == "not_ready"
    personal = {column.name for column in report.columns if column.personal}
    assert personal >= {*(f"c{i}" for i in range(10)), "card", "group", "mixed"}
    assert [c.mean for c in report.columns if c.name == "card"] == [None]


def test_a_cell_is_never_run():
    for kind in ("hostile_objects", "text_with_opinions"):
        mlpm.profile(NASTY[kind](), target="a")
