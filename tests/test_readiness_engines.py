"""The same findings wherever the table is, and of a large one what only its engine can count."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow
import pytest
from engines import ENGINES, on

import mlpm_magics as mlpm
from mlpm_magics.readiness.found import Example
from mlpm_magics.readiness.report import checks
from mlpm_magics.results import ReadinessReport

TODAY = "2026-01-01"
SLOW = {"dask", "spark"}


def written(example: Example, folder: Path) -> Path | None:
    """The example as a parquet file; None where such a file cannot hold it."""
    path = folder / "rows.parquet"
    try:
        example.data.to_parquet(path, index=False, coerce_timestamps="us", allow_truncated_timestamps=True)
    except (AttributeError, TypeError, ValueError, pyarrow.ArrowException):
        return None
    return path


def found(report: ReadinessReport) -> list[tuple[str, tuple[str, ...], str]]:
    return [(finding.check, finding.columns, finding.severity) for finding in report.findings]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_examples_of_the_checks_are_found_on_every_engine(engine, tmp_path):
    tried = 0
    for name, module in list(checks().items())[:: 6 if engine in SLOW else 1]:
        example = module.bad()
        path = written(example, tmp_path)
        if path is None:
            continue
        tried += 1
        arguments = {"as_of": TODAY, **example.arguments}
        here = mlpm.profile(pd.read_parquet(path), **arguments)
        there = mlpm.profile(on(engine, path), **arguments)
        assert found(here) == found(there), name
        assert here.verdict == there.verdict, name
    assert tried > (3 if engine in SLOW else 20)


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    """A table of which only a sample comes here, with what a sample alone would miss."""
    random = np.random.default_rng(3)
    rows = 120_000
    frame = pd.DataFrame(
        {
            "id": np.arange(rows),
            "paid": random.lognormal(3, 1, rows),
            "region": random.choice(["north", "south"], rows),
            "day": pd.Timestamp("2024-01-01") + pd.to_timedelta(random.integers(0, 720, rows), unit="D"),
        }
    )
    frame["left"] = (frame["paid"] + random.normal(scale=30, size=rows) > 40).astype(object)
    frame.loc[frame.index[:40], "left"] = None
    frame["left"] = frame["left"].astype("boolean")
    frame.loc[[17], "paid"] = np.inf
    path = tmp_path_factory.mktemp("large") / "rows.parquet"
    frame.to_parquet(path, coerce_timestamps="us", allow_truncated_timestamps=True)
    return path


@pytest.fixture(scope="module", params=ENGINES)
def report(request, large) -> ReadinessReport:
    return mlpm.profile(on(request.param, large), target="left", time="day", as_of=TODAY, cadence="1d")


def test_a_single_infinite_value_is_found_in_all_rows(report):
    finding = next(finding for finding in report.findings if finding.check == "infinite_values")
    assert finding.columns == ("paid",)
    assert "1 of 120,000 rows" in finding.message


def test_rows_missing_values_and_classes_are_those_of_the_whole_table(report, large):
    frame = pd.read_parquet(large)
    assert report.rows == len(frame)
    assert next(c for c in report.columns if c.name == "left").missing == 40
    assert sorted(report.class_counts.values()) == sorted(frame["left"].value_counts().tolist())


def test_it_says_what_was_counted_and_what_was_sampled(report):
    assert "120,000 rows" in report.sampled
    assert "random sample" in report.sampled
    assert "duplicate_rows" not in {finding.check for finding in report.findings}


def test_copies_are_estimated_from_a_sample(tmp_path):
    random = np.random.default_rng(8)
    frame = pd.DataFrame({name: random.lognormal(3, 1, 150_000) for name in ("paid", "weight", "size")})
    frame = pd.concat([frame, frame.sample(9_000, random_state=1)], ignore_index=True)
    path = tmp_path / "rows.parquet"
    frame.to_parquet(path)
    found = mlpm.profile(on("duckdb", path)).findings
    repeated = next(finding for finding in found if finding.check == "duplicate_rows")
    assert repeated.message.startswith("About ")
    assert 7_000 < repeated.evidence["repeated"] < 11_000


def test_two_samples_of_one_table_answer_the_ten_questions_alike(large):
    reports = [
        mlpm.profile(on("duckdb", large), target="left", time="day", as_of=TODAY, random_state=seed)
        for seed in (1, 2)
    ]
    statuses = [{name: answer.status for name, answer in r.answers.items()} for r in reports]
    assert statuses[0] == statuses[1]
