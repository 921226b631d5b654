"""What a feature plan decides for each column, and what it asks."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

import mlpm_magics as mlpm

ROWS = 1_200


def orders(seed: int = 0, rows: int = ROWS) -> pd.DataFrame:
    """Orders of customers over two years; late notes, some customers and loyal towns come back more often."""
    random = np.random.default_rng(seed)
    start = pd.Timestamp("2023-01-02")
    at = start + pd.to_timedelta(random.integers(0, 800, rows) * 24 + random.integers(8, 20, rows), unit="h")
    customer = random.integers(0, 150, rows)
    town = random.integers(0, 40, rows)
    note = random.choice(["late again, please refund my money", "all is fine with it, many thanks"], rows)
    note = [f"{text} {i}" for i, text in enumerate(note)]
    late = np.array(["late" in text for text in note])
    chance = 0.1 + 0.35 * late + 0.15 * (town % 4 == 0) + 0.2 * (at.day_of_week >= 5)
    amount = random.lognormal(3, 1, rows) * np.where(customer % 5 == 0, 4, 1)
    returned = (random.random(rows) < chance + 0.1 * (amount > 40)).astype(int)
    return pd.DataFrame(
        {
            "order": [f"O-{i:05d}" for i in range(rows)],
            "customer": [f"C{c}" for c in customer],
            "at": at,
            "amount": amount,
            "amount_cents": (100 * amount).round(),
            "signup": at - pd.to_timedelta(random.integers(1, 700, rows), unit="D"),
            "town": [f"town {t}" for t in town],
            "note": note,
            "gift": random.choice(["yes", "no"], rows),
            "currency": "EUR",
            "refunded_at": np.where(returned == 1, (at + pd.Timedelta(days=9)).astype(str), None),
            "email": [f"person{c}@mail.example.org" for c in customer],
            "returned": returned,
        }
    )


@pytest.fixture(scope="module")
def plan():
    return mlpm.plan_features(
        orders(), target="returned", time="at", entity="customer", name="orders", measure_gain=False
    )


def how(plan) -> dict[str, str]:
    return {column.name: column.how for column in plan.columns}


def test_each_column_becomes_what_it_should(plan):
    assert how(plan) == {
        "order": "identifier",
        "customer": "history",
        "at": "date_parts",
        "amount": "scale_log",
        "amount_cents": "copy",
        "signup": "date_parts",
        "town": "mean_answer",
        "note": "text_parts",
        "gift": "flag",
        "currency": "same_in_every_row",
        "refunded_at": "written_later",
        "email": "personal",
    }


def test_every_reason_is_a_sentence_with_what_was_measured(plan):
    for column in plan.columns:
        assert column.reason.endswith((".", "?")), column.name
        by_name_or_stated = {"personal", "known_only_afterwards"}
        assert re.search(r"\d", column.reason) or column.how in by_name_or_stated, column.reason
