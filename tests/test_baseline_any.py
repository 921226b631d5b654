"""Whatever the table holds, a baseline is a report or one clear line, and the table stays as it was."""

from __future__ import annotations

import json

import pytest
from frames import HOSTILE, NASTY

import mlpm_magics as mlpm

QUICK = 1.0


@pytest.mark.parametrize("kind", NASTY)
def test_every_nasty_table_gives_a_report_or_one_line(kind):
    table = NASTY[kind]()
    before = table.copy(deep=True)
    for target in list(table.columns)[:1]:
        try:
            report = mlpm.baseline(table, target=target, budget_s=QUICK)
        except mlpm.MlpmError:
            continue
        json.dumps(report.to_dict(), allow_nan=False)
        assert report.holdout.rows == report.split.test_rows > 0
        html = report.to_html()
        assert not [text for text in HOSTILE if text.startswith("<") and text in html]
        assert report.to_markdown()
        assert str(report)
        assert report.model_card()
    assert before.columns.equals(table.columns)
    assert len(before) == len(table)
