"""Tables for the tests of feature plans."""

from __future__ import annotations

import numpy as np
import pandas as pd


def orders(seed: int = 0, rows: int = 1_200) -> pd.DataFrame:
    """Orders of customers over two years; late ones, weekends, large ones and some towns come back more."""
    random = np.random.default_rng(seed)
    hours = random.integers(0, 800, rows) * 24 + random.integers(8, 20, rows)
    at = pd.Timestamp("2023-01-02") + pd.to_timedelta(hours, unit="h")
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


ROLES = {"target": "returned", "time": "at", "entity": "customer"}


def homes(rows: int = 1_500) -> pd.DataFrame:
    """A group, and a postcode that tells it."""
    random = np.random.default_rng(3)
    origin = random.choice(["a", "b"], rows, p=[0.8, 0.2])
    home = np.where(origin == "a", random.integers(0, 20, rows), random.integers(18, 36, rows))
    income = random.lognormal(3, 0.5, rows)
    granted = random.random(rows) < np.where(income > 20, 0.6, 0.2) + 0.2 * (origin == "a")
    status = np.where(granted & (random.random(rows) < 0.4), "old", random.choice(["new", "known"], rows))
    married = random.random(rows) < 0.3 + 0.3 * granted
    return pd.DataFrame(
        {
            "origin": origin,
            "postcode": [f"P{n:02d}" for n in home],
            "income": income,
            "status": status,
            "marital_status": np.where(married, "married", "single"),
            "granted": granted,
        }
    )
