# ruff: noqa: E501 - a defect and its twin are one line each
"""The second bench of %ml_profile: several forms of each defect, in tables of other shapes than the first.

    python benchmarks/detection_varied.py [SEEDS] [CHECK ...]

Tables of 900 to 12,000 rows: both string types of pandas and categories, flags, words and three classes as
answers, numbers to predict, skewed and seasonal columns, weekends off, identifiers, three groups. Each defect
comes in several forms (how else would somebody seed it?), each twin in several harmless ones. Found: the
right check names the right column.

How its figures came about. First look, 8 seeds, before any check was touched: 95 % found at full strength,
91 % at half, alarms on 2 % of the twins. Below target were numbers_stored_as_text, outliers,
redundant_columns, target_leakage, secrets_in_data, hostile_content and label_noise (tables of about 1,000
rows), at half also concept_drift and dates_stored_as_text, and target_missing spoke on a twin with 1 % gaps.
Those checks were then mended with this bench in view (and the leak for three classes was made a copy with
noise): what it says of them now is an upper end. label_noise was then held against real tables, too, which
cost it some finds among about 1,000 rows.
"""

from __future__ import annotations

import string
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from tabulate import tabulate

import mlpm_magics as mlpm

sys.path.insert(0, str(Path(__file__).parent))
from detection import Case, named, put

Random = np.random.Generator
AS_OF = pd.Timestamp("2025-03-10")
FORMS: dict[str, tuple[list[Any], list[Any]]] = {}


def base(r: Random, *, rows: int = 0, task: str = "") -> Any:
    """A clean table."""
    n = rows or int(np.exp(r.uniform(np.log(900), np.log(12_000))))
    task = task or str(r.choice(["flag", "word", "three", "amount"], p=[0.35, 0.35, 0.1, 0.2]))
    years = r.uniform(2.2, 4.5)
    day = np.sort(r.integers(0, int(365 * years), n)).astype(float)
    off = (pd.Timestamp(AS_OF) - pd.to_timedelta(365 * years - day, unit="D")).day_of_week >= 5
    keep = ~off | (r.random(n) < r.choice([0.0, 0.4, 1.0]))
    day = np.where(keep, day, np.maximum(0, day - 2))
    when = (AS_OF - pd.to_timedelta(365 * years - np.sort(day), unit="D")).normalize()
    if r.random() < 0.4:
        when = when + pd.to_timedelta(r.integers(0, 86_400, n), unit="s")
        when = when.sort_values()
    z, w = r.normal(size=n), r.normal(size=n)
    turn = np.sin(2 * np.pi * np.asarray(when.day_of_year) / 365.25 + r.uniform(0, 6))
    frame = pd.DataFrame({"when": when})
    frame["revenue"] = np.exp(4 + 0.6 * z + 0.7 * r.normal(size=n)).round(2)
    frame["orders"] = r.poisson(np.exp(1.2 + 0.35 * w))
    frame["score"] = (50 + 8 * (0.6 * z + r.normal(size=n)) + 2 * turn).round(1)
    frame["tenure"] = r.gamma(2, 14, n).round().astype(int)
    frame["plan"] = r.choice(["basic", "plus", "premium", "student"], n, p=[0.45, 0.3, 0.17, 0.08])
    frame["region"] = r.choice(["Bavaria", "Hesse", "Saxony", "Berlin", "Hamburg"], n)
    frame["channel"] = r.choice(["web", "shop", "phone"], n, p=[0.6, 0.3, 0.1])
    frame["active"] = r.random(n) < 0.7
    frame["balance"] = r.normal(0, 300, n).round(2)
    frame["cohort"] = r.choice(["X", "Y", "Z"], n, p=[0.45, 0.35, 0.2])
    for i in range(int(r.integers(0, 10))):
        frame[f"f{i}"] = (0.3 * z + r.standard_t(4, n)).round(3)
    pull = 1.0 * z + 0.6 * w + 0.5 * (frame["plan"] == "plus") - 0.4 * (frame["region"] == "Berlin")
    chance = 1 / (1 + np.exp(-(pull.to_numpy() - 0.9)))
    match task:
        case "flag":
            frame["outcome"] = r.random(n) < chance
        case "word":
            frame["outcome"] = np.where(r.random(n) < chance, "yes", "no")
        case "three":
            frame["outcome"] = np.array(["low", "mid", "high"])[
                np.digitize(pull + r.logistic(size=n), [-0.7, 1.2])
            ]
        case _:
            frame["outcome"] = (np.exp(0.5 * pull) * 40 + r.normal(0, 10, n)).round(2)
    for name in ("score", "balance"):
        frame.loc[r.random(n) < 0.04, name] = np.nan
    frame.loc[r.random(n) < 0.02, "channel"] = None
    kinds = {"object": object, "category": "category"}.get(str(r.choice(["str", "object", "category"])))
    if kinds:
        frame = frame.astype(dict.fromkeys(("plan", "region", "channel"), kinds))
    if r.random() < 0.5:
        frame.insert(0, "customer_no", r.permutation(n) + 100_000)
    roles = {"target": "outcome", "time": "when", "group": "cohort", "as_of": str(AS_OF.date())}
    return Case(frame, (), roles)


def forms(check: str, bad: list[Any], good: list[Any]) -> None:
    """Register the forms of a defect and of its twin."""
    FORMS[check] = (bad, good)


def some(c: Any, r: Random, share: float) -> Any:
    return r.random(len(c.frame)) < share


def top(c: Any) -> Any:
    """Rows of the rarer or higher answer."""
    y = c.frame["outcome"]
    if y.dtype.kind == "f":
        return (y > y.quantile(0.75)).to_numpy()
    return (y.astype(str).isin(["True", "yes", "high"])).to_numpy()


def late(c: Any, share: float) -> Any:
    return (c.frame["when"] > c.frame["when"].quantile(1 - share)).to_numpy()


def n_of(c: Any) -> int:
    return len(c.frame)


def classes(make: Any) -> Any:
    """Only with classes as answers."""
    make.task = "classes"
    return make


def text(c: Any) -> Any:
    return c.frame["plan"].astype(object)


def reset(c: Any, frame: pd.DataFrame, *columns: str) -> Any:
    c.frame, c.columns = frame.reset_index(drop=True), columns
    return c


def nothing(c: Any, r: Random, s: float) -> Any:
    return c


# --- rows and answers --------------------------------------------------------------------------------------

forms(
    "target_missing",
    [lambda c, r, s: put(c, "outcome", c.frame["outcome"].astype(object).mask(some(c, r, 0.3 * s)))],
    [lambda c, r, s: put(c, "outcome", c.frame["outcome"].astype(object).mask(some(c, r, 0.01)))],
)
forms(
    "too_few_rows",
    [lambda c, r, s: reset(c, c.frame.sample(int(120 / s), random_state=1).sort_values("when"))],
    [lambda c, r, s: reset(c, c.frame.sample(n_of(c), replace=False, random_state=1).sort_values("when"))],
)


@classes
def _rare(c: Any, r: Random, s: float) -> Any:
    keep = ~top(c) | (np.cumsum(top(c)) <= 12 / s)
    return reset(c, c.frame[keep], "outcome")


@classes
def _rare_enough(c: Any, r: Random, s: float) -> Any:
    keep = ~top(c) | (np.cumsum(top(c)) <= 90)
    return reset(c, c.frame[keep], "outcome")


forms("rare_class", [_rare], [_rare_enough])
forms(
    "few_rows_per_group",
    [
        lambda c, r, s: put(c, "cohort", np.where(r.permutation(n_of(c)) < 12 / s, "W", c.frame["cohort"])),
        lambda c, r, s: (
            put(c, "cohort", np.where(r.permutation(n_of(c)) < 20 / s, None, c.frame["cohort"]))
            if False
            else put(c, "cohort", np.where(r.permutation(n_of(c)) < 8 / s, "V", c.frame["cohort"]))
        ),
    ],
    [nothing],
)


def _short(c: Any, r: Random, s: float) -> Any:
    span = pd.to_timedelta(r.uniform(0, 35 / s, n_of(c)), unit="D")
    c.frame = c.frame.assign(when=(AS_OF - span)).sort_values("when")
    return reset(c, c.frame, "when")


forms("short_history", [_short], [nothing])
forms(
    "missing_values",
    [
        lambda c, r, s: put(c, "tenure", c.frame["tenure"].mask(some(c, r, 0.5 * s))),
        lambda c, r, s: put(c, "region", c.frame["region"].astype(object).mask(some(c, r, 0.6 * s))),
        lambda c, r, s: put(c, "opened", (c.frame["when"] - pd.Timedelta("90D")).mask(some(c, r, 0.55 * s))),
        lambda c, r, s: put(c, "active", c.frame["active"].astype("boolean").mask(some(c, r, 0.5 * s))),
    ],
    [lambda c, r, s: put(c, "tenure", c.frame["tenure"].mask(some(c, r, 0.04)))],
)


def _gaps_by(c: Any, r: Random, where: Any, s: float, name: str) -> Any:
    rate = np.where(where, 0.06 + 0.44 * s, 0.06)
    return put(c, name, c.frame[name].astype(object).mask(r.random(n_of(c)) < rate), "outcome")


forms(
    "missing_depends_on_target",
    [
        lambda c, r, s: _gaps_by(c, r, top(c), s, "region"),
        lambda c, r, s: put(
            c, "tenure", c.frame["tenure"].mask(r.random(n_of(c)) < np.where(top(c), 0.05 + 0.45 * s, 0.05))
        ),
    ],
    [
        lambda c, r, s: put(c, "tenure", c.frame["tenure"].mask(some(c, r, 0.3))),
        lambda c, r, s: put(c, "tenure", c.frame["tenure"].mask(late(c, 0.3))),
    ],
)
forms(
    "missing_by_group",
    [
        lambda c, r, s: put(
            c,
            "tenure",
            c.frame["tenure"].mask(
                r.random(n_of(c)) < np.where(c.frame["cohort"] == "Z", 0.05 + 0.5 * s, 0.05)
            ),
            "cohort",
        ),
        lambda c, r, s: put(
            c,
            "region",
            c.frame["region"]
            .astype(object)
            .mask(r.random(n_of(c)) < np.where(c.frame["cohort"] == "X", 0.05 + 0.4 * s, 0.05)),
            "cohort",
        ),
    ],
    [lambda c, r, s: put(c, "tenure", c.frame["tenure"].mask(some(c, r, 0.25)))],
)


def _again(c: Any, r: Random, share: float) -> pd.DataFrame:
    return c.frame.sample(max(8, int(share * n_of(c))), random_state=int(r.integers(1e6))).copy()


def _twice(c: Any, r: Random, s: float) -> Any:
    again = _again(c, r, 0.07 * s)
    if "customer_no" in again and r.random() < 0.5:
        again["customer_no"] = np.arange(len(again)) + 900_000
    return reset(c, pd.concat([c.frame, again]).sort_values("when"))


def _back(c: Any, r: Random, s: float) -> Any:
    again = _again(c, r, 0.07)
    again["revenue"] = np.exp(r.normal(4, 0.8, len(again))).round(2)
    again["when"] = again["when"] + pd.Timedelta("9D")
    again = again[again["when"] <= AS_OF]
    return reset(c, pd.concat([c.frame, again]).sort_values("when"))


forms(
    "duplicate_rows",
    [_twice],
    [_back, lambda c, r, s: reset(c, c.frame[["plan", "region", "cohort", "outcome", "when"]])],
)


def _slips(c: Any, r: Random, s: float) -> Any:
    again = _again(c, r, 0.06 * s)
    match int(r.integers(3)):
        case 0:
            again["region"] = again["region"].astype(str).str.lower()
        case 1:
            again["revenue"] = again["revenue"].round(0)
        case _:
            again["score"] = again["score"] + 0.1
    if "customer_no" in again:
        again["customer_no"] = np.arange(len(again)) + 900_000
    return reset(c, pd.concat([c.frame.astype({"region": object}), again]).sort_values("when"))


forms("near_duplicate_rows", [_slips], [_back])


@classes
def _flip(c: Any, r: Random, s: float) -> Any:
    again = _again(c, r, 0.14 * s)
    levels = list(pd.unique(c.frame["outcome"]))
    again["outcome"] = [levels[(levels.index(v) + 1) % len(levels)] for v in again["outcome"]]
    return reset(c, pd.concat([c.frame, again]).sort_values("when"), "outcome")


@classes
def _agree(c: Any, r: Random, s: float) -> Any:
    return reset(c, pd.concat([c.frame, _again(c, r, 0.1)]).sort_values("when"), "outcome")


forms("conflicting_labels", [_flip], [_agree])

# --- what cells hold -----------------------------------------------------------------------------------------

forms(
    "constant_column",
    [
        lambda c, r, s: put(c, "currency", "EUR"),
        lambda c, r, s: put(c, "version", 3),
        lambda c, r, s: put(c, "ok", True),
    ],
    [lambda c, r, s: put(c, "currency", np.where(some(c, r, 0.03), "USD", "EUR"))],
)
forms(
    "near_constant_column",
    [
        lambda c, r, s: put(c, "is_test", r.permutation(n_of(c)) < 3 / s),
        lambda c, r, s: put(c, "country", np.where(r.permutation(n_of(c)) < 2 / s, "AT", "DE")),
        lambda c, r, s: put(c, "retries", np.where(r.permutation(n_of(c)) < 3 / s, 1, 0)),
    ],
    [lambda c, r, s: put(c, "is_test", some(c, r, 0.08))],
)


def _mixed(c: Any, r: Random, s: float) -> Any:
    name, share = str(r.choice(["revenue", "orders"])), 0.06 * s
    values = c.frame[name].astype(object)
    bad = some(c, r, share)
    match int(r.integers(4)):
        case 0:
            values[bad] = "n.a. (see file)"
        case 1:
            values[bad] = values[bad].astype(str)
        case 2:
            values[bad] = "twelve"
        case _:
            values[bad] = True
    return put(c, name, values)


forms(
    "mixed_types",
    [
        _mixed,
        lambda c, r, s: put(
            c, "opened", c.frame["when"].astype(object).mask(some(c, r, 0.1 * s), "2023-04-01")
        ),
    ],
    [
        lambda c, r, s: put(c, "size", r.choice(["36", "38", "40", "S", "M"], n_of(c))),
        lambda c, r, s: put(c, "amount", c.frame["balance"].astype(object).mask(some(c, r, 0.3), 5)),
    ],
)


def _number_text(c: Any, r: Random, s: float) -> Any:
    values = c.frame["revenue"]
    match int(r.integers(7)):
        case 0:
            made = [f"€{v:,.2f}" for v in values]
        case 1:
            made = [f"{v:.2f}" for v in values]
        case 2:
            made = [f"{v:.0f}%" for v in values]
        case 3:
            made = [f"{v:.2f}".replace(".", ",") for v in values]
        case 4:
            made = [f"{v:,.2f}".translate(str.maketrans(",.", ".,")) for v in values]
        case 5:
            made = [f"{v:.1f} kg" for v in values]
        case _:
            made = [str(int(v)) for v in values]
    column = pd.Series(made, index=c.frame.index)
    if s < 1:
        column = column.mask(some(c, r, 0.03), "unknown")
    return put(c, "revenue", column.astype(object) if r.random() < 0.5 else column)


forms(
    "numbers_stored_as_text",
    [_number_text],
    [
        lambda c, r, s: put(c, "postcode", [f"{v:05d}" for v in r.integers(1_000, 99_999, n_of(c))]),
        lambda c, r, s: put(c, "release", [f"{a}.{b}.{d}" for a, b, d in r.integers(0, 9, (n_of(c), 3))]),
        lambda c, r, s: put(c, "grade", r.choice(["1", "2", "3", "4", "5"], n_of(c))),
    ],
)


def _date_text(c: Any, r: Random, s: float) -> Any:
    days = c.frame["when"] - pd.to_timedelta(r.integers(5, 700, n_of(c)), unit="D")
    layouts = [
        "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S", "%b %d, %Y", "%d %B %Y", "%Y%m%d",
        "%d-%b-%Y", "%Y/%m/%d", "%d.%m.%y", "%m/%d/%y", "%Y-%m-%dT%H:%M:%S", "%d-%m-%Y",
    ]  # fmt: skip
    made = days.dt.strftime(layouts[int(r.integers(len(layouts)))])
    if s < 1:
        made = made.mask(some(c, r, 0.03), "unknown")
    return put(c, "signup", made.astype(object) if r.random() < 0.5 else made)


forms(
    "dates_stored_as_text",
    [_date_text],
    [
        lambda c, r, s: put(c, "signup", c.frame["when"] - pd.Timedelta("40D")),
        lambda c, r, s: put(c, "part", [f"{a}-{b}-{d}" for a, b, d in r.integers(10, 99, (n_of(c), 3))]),
        lambda c, r, s: put(c, "order_no", [f"2024-{v:06d}" for v in r.permutation(n_of(c))]),
    ],
)


def _unit(c: Any, r: Random, s: float) -> Any:
    name = str(r.choice(["revenue", "score", "tenure"]))
    bad = some(c, r, 0.012 * s) | (np.arange(n_of(c)) < 3)
    values = c.frame[name].astype(float)
    match int(r.integers(3)):
        case 0:
            values = values.mask(bad, values * 1000)
        case 1:
            values = values.mask(bad, values.abs().max() * r.choice([50, 1e6]))
        case _:
            values = values.mask(bad, values * (100 if name != "revenue" else 10_000) + 1)
    return put(c, name, values)


forms(
    "outliers",
    [_unit],
    [
        lambda c, r, s: put(c, "income", r.lognormal(10, 1.3, n_of(c)).round()),
        lambda c, r, s: put(c, "wait", r.pareto(1.5, n_of(c))),
        lambda c, r, s: put(c, "clicks", r.negative_binomial(1, 0.02, n_of(c))),
        lambda c, r, s: put(c, "change", r.standard_t(3, n_of(c))),
    ],
)
forms(
    "infinite_values",
    [
        lambda c, r, s: put(c, "score", c.frame["score"].mask(some(c, r, 0.02 * s), np.inf)),
        lambda c, r, s: put(c, "ratio", c.frame["revenue"] / c.frame["orders"]),
        lambda c, r, s: put(c, "balance", c.frame["balance"].mask(some(c, r, 0.01 * s), -np.inf)),
    ],
    [lambda c, r, s: put(c, "huge", r.lognormal(30, 2, n_of(c)))],
)


def _holder(c: Any, r: Random, s: float) -> Any:
    bad = some(c, r, 0.1 * s)
    match int(r.integers(9)):
        case 0:
            return put(c, "tenure", c.frame["tenure"].mask(bad, -1))
        case 1:
            return put(c, "tenure", c.frame["tenure"].mask(bad, 999))
        case 2:
            return put(c, "score", c.frame["score"].mask(bad, -999.0))
        case 3:
            return put(c, "revenue", c.frame["revenue"].mask(bad, 9_999_999))
        case 4:
            return put(c, "age", np.where(bad, 999, r.integers(18, 90, n_of(c))))
        case 5:
            word = str(r.choice(["N/A", "?", "-", "missing", "null", "none given", "not available", "#N/A"]))
            return put(c, "plan", text(c).mask(some(c, r, 0.12 * s), word))
        case 6:
            day = pd.Timestamp(str(r.choice(["1900-01-01", "1970-01-01", "9999-12-31"]))).as_unit("s")
            return put(
                c,
                "born",
                (pd.Series(c.frame["when"].astype("datetime64[s]")) - pd.Timedelta("9000D")).mask(bad, day),
            )
        case 7:
            return put(c, "orders", c.frame["orders"].mask(bad, 9999))
        case _:
            return put(c, "plan", text(c).mask(some(c, r, 0.6 * s), "unknown"))


forms(
    "placeholder_values",
    [_holder],
    [
        lambda c, r, s: put(c, "stock", np.where(some(c, r, 0.25), 0, r.poisson(20, n_of(c)))),
        lambda c, r, s: put(c, "price", np.where(some(c, r, 0.02), 999, r.integers(200, 3_000, n_of(c)))),
        lambda c, r, s: put(c, "rating", r.integers(-3, 4, n_of(c))),
        lambda c, r, s: put(
            c, "discount", np.where(some(c, r, 0.5), 0.0, r.uniform(0, 30, n_of(c)).round(1))
        ),
        lambda c, r, s: put(c, "kind", r.choice(["other", "none", "gold", "silver"], n_of(c))),
    ],
)


def _spelling(c: Any, r: Random, s: float) -> Any:
    values, bad = c.frame["region"].astype(object), some(c, r, 0.15 * s)
    match int(r.integers(6)):
        case 0:
            return put(c, "region", values.mask(bad, values.str.lower()))
        case 1:
            return put(c, "region", values.mask(bad, values + " "))
        case 2:
            return put(c, "region", values.mask(bad, values.str.upper()))
        case 3:
            cities = pd.Series(r.choice(["New York", "San Jose", "St Louis"], n_of(c)), dtype=object)
            return put(c, "city", cities.mask(bad, cities.str.replace(" ", "-")).to_numpy())
        case 4:
            return put(
                c,
                "region",
                values.mask(bad & (values == "Hamburg"), "Hambrug").mask(bad & (values == "Hesse"), "Hese"),
            )
        case _:
            lands = pd.Series(r.choice(["USA", "Canada", "Mexico"], n_of(c)), dtype=object)
            return put(
                c,
                "land",
                lands.mask(bad & (lands == "USA"), "U.S.A.")
                .mask(bad & (lands == "Canada"), "canada")
                .to_numpy(),
            )


forms(
    "inconsistent_categories",
    [_spelling],
    [
        lambda c, r, s: put(c, "model", r.choice(["iPhone 12", "iPhone 13", "iPhone 14"], n_of(c))),
        lambda c, r, s: put(c, "class", r.choice(["A", "A+", "A-", "B", "B+"], n_of(c))),
        lambda c, r, s: put(c, "sku", r.choice([f"AB-{i}" for i in range(30)], n_of(c))),
        lambda c, r, s: put(c, "team", r.choice(["Team A", "Team B", "Team C"], n_of(c))),
        lambda c, r, s: put(c, "month", r.choice(["March", "May", "June", "July", "Jan"], n_of(c))),
    ],
)


def _slip_date(c: Any, r: Random, s: float) -> Any:
    opened = pd.Series(c.frame["when"] - pd.to_timedelta(r.integers(20, 900, n_of(c)), unit="D")).astype(
        "datetime64[s]"
    )
    bad = some(c, r, 0.02 * s) | (np.arange(n_of(c)) < 3)
    match int(r.integers(4)):
        case 0:
            made = opened.mask(bad, opened - pd.DateOffset(years=100))
        case 1:
            made = opened.mask(bad, opened + pd.DateOffset(years=180))
        case 2:
            made = opened.mask(bad, pd.Timestamp("1802-05-03").as_unit("s"))
        case _:
            made = opened.mask(bad, pd.Timestamp("2225-05-03").as_unit("s"))
    return put(c, "opened", made)


forms(
    "implausible_dates",
    [_slip_date],
    [
        lambda c, r, s: put(c, "born", AS_OF - pd.to_timedelta(r.integers(6_500, 33_000, n_of(c)), unit="D")),
        lambda c, r, s: put(
            c,
            "opened",
            c.frame["when"] - pd.to_timedelta(r.exponential(1_500, n_of(c)).astype(int), unit="D"),
        ),
    ],
)
forms(
    "future_timestamps",
    [
        lambda c, r, s: put(
            c, "when", c.frame["when"].mask(some(c, r, 0.03 * s), AS_OF + pd.Timedelta("400D"))
        ),
        lambda c, r, s: put(
            c, "when", c.frame["when"].mask(some(c, r, 0.03 * s), AS_OF + pd.Timedelta("40D"))
        ),
    ],
    [lambda c, r, s: put(c, "due", c.frame["when"] + pd.to_timedelta(r.integers(5, 60, n_of(c)), unit="D"))],
)

# --- columns -----------------------------------------------------------------------------------------------

forms(
    "duplicate_columns",
    [
        lambda c, r, s: put(c, "revenue_2", c.frame["revenue"]),
        lambda c, r, s: put(c, "plan_code", text(c).map({"basic": 1, "plus": 2, "premium": 3, "student": 4})),
        lambda c, r, s: put(c, "land", c.frame["region"].astype(object)),
        lambda c, r, s: put(c, "is_active", c.frame["active"].astype(int)),
    ],
    [
        lambda c, r, s: put(c, "net", (c.frame["revenue"] * r.normal(0.81, 0.03, n_of(c))).round(2)),
        lambda c, r, s: put(c, "last_plan", np.where(some(c, r, 0.04), "basic", text(c))),
    ],
)


def _ids(c: Any, r: Random, s: float) -> Any:
    n = n_of(c)
    match int(r.integers(5)):
        case 0:
            made: Any = ["".join(map(str, row)) for row in r.integers(0, 9, (n, 8))]
            made = [f"{a[:8]}-{i:04x}" for i, a in enumerate(made)]
        case 1:
            made = np.arange(n)
        case 2:
            made = [f"INV{i:07d}" for i in r.permutation(n)]
        case 3:
            made = r.permutation(np.arange(n) * 7 + 1_000_003)
        case _:
            hexes = np.array(list("0123456789abcdef"))
            made = ["".join(hexes[row]) for row in r.integers(0, 16, (n, 32))]
    return put(c, str(r.choice(["ticket_id", "record", "id", "key"])), made)


forms(
    "identifier_column",
    [_ids],
    [
        lambda c, r, s: put(c, "weight", r.normal(70, 12, n_of(c))),
        lambda c, r, s: put(c, "salary", r.permutation(900_000)[: n_of(c)] + 15_000),
        lambda c, r, s: put(
            c, "remark", [f"called {i} times about order {i * 3}, fine" for i in range(n_of(c))]
        ),
        lambda c, r, s: put(c, "shop_id", r.integers(1, 60, n_of(c))),
    ],
)
forms(
    "redundant_columns",
    [
        lambda c, r, s: put(c, "revenue_usd", (c.frame["revenue"] * 1.0874).round(2)),
        lambda c, r, s: put(c, "score_f", (c.frame["score"] * 1.8 + 32).round(2)),
        lambda c, r, s: put(c, "tenure_days", c.frame["tenure"] * 30.44 + r.normal(0, 0.05, n_of(c))),
    ],
    [
        lambda c, r, s: put(c, "gross", c.frame["revenue"] * r.normal(1.2, 0.06, n_of(c))),
        lambda c, r, s: put(c, "score_2", c.frame["score"] + r.normal(0, 2, n_of(c))),
    ],
)


def _noise(c: Any, r: Random, s: float) -> Any:
    match int(r.integers(3)):
        case 0:
            return put(c, "shoe", r.normal(42, 2, n_of(c)).round(1))
        case 1:
            return put(c, "sign", r.choice(["aries", "leo", "virgo", "libra"], n_of(c)))
        case _:
            return put(c, "dice", r.integers(1, 7, n_of(c)))


def _weak(c: Any, r: Random, s: float) -> Any:
    return put(c, "hint", top(c) * 0.45 + r.normal(size=n_of(c)))


forms("irrelevant_column", [_noise], [_weak])
forms(
    "no_signal",
    [
        lambda c, r, s: put(c, "outcome", r.permutation(c.frame["outcome"].to_numpy())),
        classes(lambda c, r, s: put(c, "outcome", some(c, r, 0.3))),
    ],
    [nothing],
)


def _leak(c: Any, r: Random, s: float) -> Any:
    y, n = c.frame["outcome"], n_of(c)
    if y.dtype.kind == "f":
        noise = r.normal(0, 0.004 / s, n) * y.std()
        return put(c, "booked", (y * (1 if r.random() < 0.5 else 1.19) + noise).round(3))
    hit = top(c)
    if y.nunique() > 2:
        return put(
            c,
            "status",
            y.astype(object).map({"low": "a", "mid": "b", "high": "c"}).mask(some(c, r, 0.04 / s), "a"),
        )
    match int(r.integers(6)):
        case 0:
            return put(c, "status", np.where(hit ^ some(c, r, 0.02 / s), "closed", "open"))
        case 1:
            return put(c, "code", pd.factorize(y)[0] + 10)
        case 2:
            return put(c, "last_bill", np.where(hit, 0.0, r.lognormal(3, 1, n)) + r.random(n) * 0.01)
        case 3:
            return put(
                c, "exit_survey", np.where(hit & some(c, r, 0.6 + 0.35 * s), r.integers(1, 6, n), np.nan)
            )
        case 4:
            return put(c, "p_model", 1 / (1 + np.exp(-(8 * hit - 4 + r.normal(0, 1.2 / s**0.5, n)))))
        case _:
            return put(
                c, "reason", np.where(hit & some(c, r, 0.6 + 0.35 * s), r.choice(["price", "moved"], n), None)
            )


def _strong(c: Any, r: Random, s: float) -> Any:
    return put(c, "risk", top(c) * 1.8 + r.normal(size=n_of(c)))


forms("target_leakage", [classes(_leak), _leak], [_strong])


def _sorted(c: Any, r: Random, s: float) -> Any:
    c.frame = c.frame.sort_values("outcome", kind="stable")
    c.frame["seq"] = np.arange(n_of(c))
    return reset(c, c.frame, "seq")


forms("row_order", [_sorted], [nothing])


def _after(c: Any, r: Random, s: float) -> Any:
    n = n_of(c)
    match int(r.integers(4)):
        case 0:
            days = pd.to_timedelta(r.uniform(0.5, 60, n), unit="D")
            return put(c, "closed_at", (c.frame["when"] + days).mask(~some(c, r, 0.95 * s)))
        case 1:
            days = r.integers(1, 60, n) * np.where(some(c, r, 0.9 * s), 1, -1)
            made = c.frame["when"] + pd.to_timedelta(days, unit="D")
            return put(c, "last_contact", made.dt.strftime("%Y-%m-%d"))
        case 2 if c.frame["outcome"].dtype.kind != "f":
            return put(
                c, "refund_amount", np.where(top(c) & some(c, r, 0.9 * s), r.lognormal(3, 1, n), np.nan)
            )
        case _:
            days = pd.to_timedelta(r.integers(1, 30, n), unit="D")
            return put(c, "updated", c.frame["when"] + days)


forms(
    "known_after_decision",
    [_after],
    [
        lambda c, r, s: put(
            c, "last_seen", c.frame["when"] - pd.to_timedelta(r.integers(1, 300, n_of(c)), unit="D")
        ),
        lambda c, r, s: put(
            c, "due_date", c.frame["when"] + pd.to_timedelta(r.integers(10, 60, n_of(c)), unit="D")
        ),
        lambda c, r, s: put(c, "coupon", np.where(some(c, r, 0.3), r.choice(["A", "B"], n_of(c)), None)),
    ],
)

# --- time --------------------------------------------------------------------------------------------------


def _step(c: Any, r: Random, s: float) -> Any:
    since = late(c, r.uniform(0.25, 0.7))
    match int(r.integers(3)):
        case 0:
            return put(c, "revenue", c.frame["revenue"].where(~since, c.frame["revenue"] * (1 + 1.4 * s)))
        case 1:
            return put(c, "weight", r.normal(70, 10, n_of(c)) + 14 * s * since)
        case _:
            return put(c, "temp", (r.normal(20, 5, n_of(c))) * np.where(since, 1 + 0.8 * s, 1))


forms(
    "level_shift",
    [_step],
    [
        lambda c, r, s: put(c, "weight", r.normal(70, 10, n_of(c)) + np.linspace(0, 8, n_of(c))),
        lambda c, r, s: put(
            c,
            "warmth",
            10 * np.sin(2 * np.pi * c.frame["when"].dt.day_of_year / 365.25) + r.normal(0, 3, n_of(c)),
        ),
    ],
)


def _moved(c: Any, r: Random, s: float) -> Any:
    since = late(c, r.uniform(0.15, 0.35))
    if r.random() < 0.5:
        share = np.where(since, 0.15 + 0.5 * s, 0.15)
        return put(
            c, "device", np.where(r.random(n_of(c)) < share, "app", r.choice(["web", "desk"], n_of(c)))
        )
    return put(c, "load", r.gamma(4, 5, n_of(c)) + 13 * s * since)


forms("drift", [_moved], FORMS["level_shift"][1][1:])


def _more(c: Any, r: Random, s: float) -> Any:
    since = late(c, r.uniform(0.15, 0.35))
    y = c.frame["outcome"]
    if y.dtype.kind == "f":
        return put(c, "outcome", y + since * y.std() * 1.1 * s)
    levels = list(pd.unique(y))
    more = levels[0] if not top(c)[0] else levels[1]
    value = next(v for v in levels if str(v) in ("True", "yes", "high"))
    _ = more
    flip = since & (r.random(n_of(c)) < 0.5 * s)
    return put(c, "outcome", y.astype(object).mask(flip, value).infer_objects())


forms("label_drift", [_more], [nothing])


def _turned(c: Any, r: Random, s: float) -> Any:
    since, x = late(c, r.uniform(0.25, 0.5)), r.normal(size=n_of(c))
    slope = np.where(since, 1.4 - 2.4 * s, 1.4)
    c = put(c, "outcome", r.random(n_of(c)) < 1 / (1 + np.exp(-slope * x)))
    return put(c, "offer", x.round(3))


def _not_turned(c: Any, r: Random, s: float) -> Any:
    x = r.normal(size=n_of(c)) + 0.6 * late(c, 0.3)
    c = put(c, "outcome", r.random(n_of(c)) < 1 / (1 + np.exp(-1.4 * x)))
    return put(c, "offer", x.round(3))


forms("concept_drift", [_turned], [_not_turned])
forms(
    "stale_data",
    [
        lambda c, r, s: reset(c, c.frame.assign(when=c.frame["when"] - pd.Timedelta(days=400 * s)), "when"),
        lambda c, r, s: _with(
            reset(c, c.frame.assign(when=c.frame["when"] - pd.Timedelta(days=40 * s)), "when"), cadence="1d"
        ),
        lambda c, r, s: _with(
            reset(c, c.frame.assign(when=c.frame["when"] - pd.Timedelta(days=70 * s)), "when"), cadence="1w"
        ),
    ],
    [nothing, lambda c, r, s: _with(c, cadence="1w"), lambda c, r, s: _with(c, cadence="1m")],
)


def _with(c: Any, **roles: Any) -> Any:
    c.roles = {**c.roles, **roles}
    return c


def _hole(c: Any, r: Random, s: float) -> Any:
    start = c.frame["when"].min() + (c.frame["when"].max() - c.frame["when"].min()) * r.uniform(0.2, 0.7)
    gap = c.frame["when"].between(start, start + pd.Timedelta(days=int(80 * s)))
    return reset(c, c.frame[~gap], "when")


forms("time_gaps", [_hole], [nothing])

# --- groups and references -----------------------------------------------------------------------------------


def _ref(c: Any, r: Random, frame: pd.DataFrame | None = None) -> Any:
    there = c.frame.sample(min(4_000, n_of(c)), replace=True, random_state=int(r.integers(1e6)))
    return _with(c, reference=(there if frame is None else frame).reset_index(drop=True))


def _thin(c: Any, r: Random, s: float) -> Any:
    c = _ref(c, r)
    name = "Z" if r.random() < 0.5 else "X"
    return reset(c, c.frame[(c.frame["cohort"] != name) | some(c, r, 0.12 / s)], "cohort")


def _thin_alone(c: Any, r: Random, s: float) -> Any:
    return put(c, "cohort", np.where(some(c, r, 0.015 / s), "W", r.choice(["X", "Y", "Z"], n_of(c))))


forms("group_underrepresented", [_thin, _thin_alone], [_ref, lambda c, r, s: _ref(c, r)])
FORMS["group_underrepresented"][1][0] = lambda c, r, s: _ref(c, r)


def _other(c: Any, r: Random, s: float) -> Any:
    c = _ref(c, r)
    there = c.roles["reference"]
    match int(r.integers(3)):
        case 0:
            there["score"] = there["score"] + 10 * s
            c.columns = ("score",)
        case 1:
            there["revenue"] = there["revenue"] * (1 + 1.5 * s)
            c.columns = ("revenue",)
        case _:
            there["plan"] = there["plan"].astype(object).mask(r.random(len(there)) < 0.55 * s, "student")
            c.columns = ("plan",)
    return c


forms("differs_from_reference", [_other], [lambda c, r, s: _ref(c, r)])


def _unseen(c: Any, r: Random, s: float) -> Any:
    c = _ref(c, r)
    there = c.roles["reference"]
    name = str(r.choice(["plan", "region", "channel"]))
    there[name] = there[name].astype(object).mask(r.random(len(there)) < 0.12 * s, "brand new")
    c.columns = (name,)
    return c


forms("new_categories", [_unseen], [lambda c, r, s: _ref(c, r)])


def _unfair(c: Any, r: Random, s: float) -> Any:
    y, hurt = c.frame["outcome"], (c.frame["cohort"] == r.choice(["X", "Y", "Z"])).to_numpy()
    if y.dtype.kind == "f":
        return put(c, "outcome", y - hurt * y.std() * 1.4 * s, "cohort")
    worse = next(v for v in pd.unique(y) if str(v) in ("False", "no", "low"))
    return put(
        c,
        "outcome",
        y.astype(object).mask(hurt & (r.random(n_of(c)) < 0.65 * s), worse).infer_objects(),
        "cohort",
    )


forms("outcome_disparity", [_unfair], [nothing])


def _stand_in(c: Any, r: Random, s: float) -> Any:
    is_x = (c.frame["cohort"] == "X").to_numpy()
    if r.random() < 0.5:
        return put(c, "height", r.normal(165, 7, n_of(c)) + 16 * s * is_x)
    place = np.where(is_x & some(c, r, 0.5 + 0.5 * s), r.integers(0, 12, n_of(c)), r.integers(9, 30, n_of(c)))
    return put(c, "district", [f"D{v:02d}" for v in place])


forms(
    "proxy_for_group",
    [_stand_in],
    [
        lambda c, r, s: put(c, "district", [f"D{v:02d}" for v in r.integers(0, 30, n_of(c))]),
        lambda c, r, s: put(c, "height", r.normal(165, 9, n_of(c)) + 2 * (c.frame["cohort"] == "X")),
    ],
)


def _unlabelled(c: Any, r: Random, s: float) -> Any:
    if r.random() < 0.5:
        granted = some(c, r, 0.6)
        c = put(c, "granted", np.where(granted, "yes", "no"))
        gone, name = ~granted & some(c, r, s), "granted"
    else:
        gone, name = (c.frame["score"].fillna(50) < 50).to_numpy() & some(c, r, 0.9 * s), "score"
    return put(c, "outcome", c.frame["outcome"].astype(object).mask(gone), name)


forms(
    "selective_labels",
    [_unlabelled],
    [
        lambda c, r, s: put(c, "outcome", c.frame["outcome"].astype(object).mask(some(c, r, 0.25))),
        lambda c, r, s: put(c, "outcome", c.frame["outcome"].astype(object).mask(late(c, 0.06))),
    ],
)

# --- people and safety ---------------------------------------------------------------------------------------

FIRST = [
    "Anna",
    "Ben",
    "Clara",
    "David",
    "Emma",
    "Felix",
    "Greta",
    "Hugo",
    "Ida",
    "Jonas",
    "Lena",
    "Max",
    "Maria",
    "John",
]
LAST = [
    "Smith",
    "Jones",
    "Miller",
    "Weber",
    "Garcia",
    "Rossi",
    "Novak",
    "Brown",
    "Silva",
    "Meyer",
    "Dubois",
    "Kim",
]


def _names(r: Random, n: int) -> list[str]:
    return [
        f"{FIRST[a]} {LAST[b]}"
        for a, b in zip(r.integers(0, len(FIRST), n), r.integers(0, len(LAST), n), strict=True)
    ]


def _luhn(r: Random) -> str:
    digits = [4, *r.integers(0, 10, 14).tolist()]
    total = sum(d if i % 2 else sum(divmod(2 * d, 10)) for i, d in enumerate(digits))
    return "".join(map(str, [*digits, -total % 10]))


def _iban(r: Random) -> str:
    number = "".join(map(str, r.integers(0, 10, 18)))
    return f"DE{98 - int(number + '131400') % 97:02d}{number}"


def _person(c: Any, r: Random, s: float) -> Any:
    n = n_of(c)
    digits = r.integers(100, 999, (n, 3))
    match int(r.integers(12)):
        case 0:
            made: Any = [
                f"{a.lower().replace(' ', '.')}{i}@mail.example.com" for i, a in enumerate(_names(r, n))
            ]
        case 1:
            made = [f"+49 {a} {b}{d}" for a, b, d in digits]
        case 2:
            made = [f"({a}) {b}-{d}{i % 10}" for i, (a, b, d) in enumerate(digits)]
        case 3:
            made = [f"0{a} {b}{d}" for a, b, d in digits]
        case 4:
            made = [_luhn(r) for _ in range(n)]
        case 5:
            made = [_iban(r) for _ in range(n)]
        case 6:
            made = [f"{a % 600 + 100}-{b % 80 + 10}-{d}{i % 9 + 1}" for i, (a, b, d) in enumerate(digits)]
        case 7:
            made = [f"10.{a % 256}.{b % 256}.{d % 256}" for a, b, d in digits]
        case 8:
            made = _names(r, n)
            return put(c, str(r.choice(["customer_name", "full_name", "contact", "name", "employee"])), made)
        case 9:
            made = [
                f"{a} {street} Street, {10_000 + b}"
                for (a, b, _), street in zip(digits, r.choice(LAST, n), strict=True)
            ]
            return put(c, str(r.choice(["address", "home", "street", "location"])), made)
        case 10:
            held = some(c, r, 0.3 * s)
            made = [
                f"please call {a} at {a.lower().replace(' ', '')}@web.example.org"
                if h
                else "all fine, thanks"
                for a, h in zip(_names(r, n), held, strict=True)
            ]
        case _:
            return put(
                c,
                str(r.choice(["date_of_birth", "dob", "birthday"])),
                AS_OF - pd.to_timedelta(r.integers(7_000, 30_000, n), unit="D"),
            )
    column = pd.Series(made, index=c.frame.index)
    return put(
        c,
        str(r.choice(["contact", "info", "field_7", "note"])),
        column if s == 1 else column.mask(some(c, r, 0.5)),
    )


forms(
    "personal_data",
    [_person],
    [
        lambda c, r, s: put(
            c, "product", r.choice(["Dell Latitude", "Apple Watch", "Bosch Drill", "Philips Lamp"], n_of(c))
        ),
        lambda c, r, s: put(c, "order_ref", [f"2024-{v:06d}-{v % 97:02d}" for v in r.permutation(n_of(c))]),
        lambda c, r, s: put(c, "release", [f"10.{a}.{b}" for a, b in r.integers(0, 40, (n_of(c), 2))]),
        lambda c, r, s: put(c, "serial", r.integers(10**9, 10**10, n_of(c))),
        lambda c, r, s: put(c, "stamp", (c.frame["when"].astype("int64") // 10**9).astype("int64")),
        lambda c, r, s: put(c, "has_email", some(c, r, 0.5)),
    ],
)


def _pointed(c: Any, r: Random, s: float) -> Any:
    n = n_of(c)
    if r.random() < 0.5:
        c = put(
            c,
            "birth_date",
            (AS_OF - pd.to_timedelta(r.integers(7_000, 7_000 + int(22_000 * s), n), unit="D")).normalize(),
        )
        c = put(c, "gender", r.choice(["male", "female"], n))
        return put(
            c, "postcode", (10_000 + r.integers(0, max(30, int(600 * s)), n)).astype(str), "birth_date"
        )
    c = put(c, "age", r.integers(18, 90, n))
    c = put(c, "job", r.choice([f"job {i}" for i in range(int(60 * s))], n))
    return put(c, "zip", r.integers(0, int(500 * s), n) + 80_000, "age")


forms(
    "re_identifiable_rows",
    [_pointed],
    [
        lambda c, r, s: put(
            put(c, "age_group", r.choice(["<30", "30-50", ">50"], n_of(c))),
            "gender",
            r.choice(["m", "f"], n_of(c)),
        )
    ],
)
forms(
    "sensitive_attribute",
    [
        lambda c, r, s: put(c, "gender", r.choice(["male", "female"], n_of(c))),
        lambda c, r, s: put(c, "ethnicity", r.choice(["a", "b", "c"], n_of(c))),
        lambda c, r, s: put(c, "marital_status", r.choice(["single", "married"], n_of(c))),
        lambda c, r, s: put(c, "nationality", r.choice(["DE", "FR", "TR"], n_of(c))),
        lambda c, r, s: put(c, "disability", some(c, r, 0.1)),
        lambda c, r, s: put(c, "Sex", r.choice(["M", "F"], n_of(c))),
        lambda c, r, s: put(c, "race", r.choice(["a", "b", "c"], n_of(c))),
        lambda c, r, s: put(c, "union_member", some(c, r, 0.2)),
        lambda c, r, s: put(c, "sexual_orientation", r.choice(["x", "y"], n_of(c))),
        lambda c, r, s: put(c, "pregnant", some(c, r, 0.1)),
        lambda c, r, s: put(c, "age", r.integers(18, 80, n_of(c))),
    ],
    [
        lambda c, r, s: put(c, "race_time", r.normal(60, 9, n_of(c))),
        lambda c, r, s: put(c, "account_age", r.integers(1, 90, n_of(c))),
        lambda c, r, s: put(c, "page", r.choice(["home", "cart"], n_of(c))),
    ],
)


def _secret(c: Any, r: Random, s: float) -> Any:
    letters = np.array(list(string.ascii_letters + string.digits))

    def token(k: int) -> str:
        return "".join(letters[r.integers(0, 62, k)])

    made = [
        lambda: "AKIA" + token(16).upper(),
        lambda: "gh" + "p_" + token(36),
        lambda: "-----BEGIN RSA PRIVATE" + " KEY-----\n" + token(60),
        lambda: "password=" + token(9),
        lambda: "postgres://admin:" + token(10) + "@db.example.org:5432/main",
        lambda: "eyJ" + token(20) + ".eyJ" + token(40) + "." + token(40),
        lambda: "Authorization: Bearer " + token(40),
        lambda: "sk_" + "live_" + token(24),
        lambda: "xox" + "b-" + "1" * 11 + "-" + token(24),
        lambda: "api_key: " + token(32),
        lambda: "pwd: " + token(12) + "!",
        lambda: "AIza" + token(35),
    ][int(r.integers(12))]
    held = some(c, r, 0.02 * s) | (np.arange(n_of(c)) == 5)
    return put(
        c,
        "log",
        [f"request {i} {made()}" if h else f"request {i} took {i % 90} ms" for i, h in enumerate(held)],
    )


forms(
    "secrets_in_data",
    [_secret],
    [
        lambda c, r, s: put(
            c, "digest", [f"{a:016x}{b:016x}" for a, b in r.integers(0, 2**62, (n_of(c), 2))]
        ),
        lambda c, r, s: put(c, "password_changed_days", r.integers(0, 400, n_of(c))),
        lambda c, r, s: put(
            c,
            "note",
            r.choice(
                ["asked for a new password", "password reset sent", "lost the key to the flat"], n_of(c)
            ),
        ),
    ],
)


def _hostile(c: Any, r: Random, s: float) -> Any:
    bad = str(
        r.choice(
            [
                "<script>alert(1)</script>", "=HYPERLINK(\"http://x.example\",\"go\")", "<img src=x onerror=alert(1)>",
                "javascript:alert(1)", "=cmd|' /C calc'!A0", "'; DROP TABLE users; --", "invoice\u202egnp.exe",
                "{{7*7}}", "@SUM(1+1)*cmd|' /C calc'!A0", "<iframe src=//x.example></iframe>", "' OR '1'='1", "hi\x00there",
            ]
        )
    )  # fmt: skip
    held = some(c, r, 0.02 * s) | (np.arange(n_of(c)) == 7)
    return put(
        c, "comment", np.where(held, bad, r.choice(["good", "bad weather", "3 < 4 & more", "a > b"], n_of(c)))
    )


forms(
    "hostile_content",
    [_hostile],
    [
        lambda c, r, s: put(
            c,
            "comment",
            r.choice(
                ["price < 5 & fine", "<3 it", "-5 degrees", "+49 rings", "@anna said", "it's = ok"], n_of(c)
            ),
        ),
        lambda c, r, s: put(
            c,
            "comment",
            r.choice(["select a table or drop it", "the script was fun", "1=1 they say"], n_of(c)),
        ),
    ],
)


def _wrong(c: Any, r: Random, s: float, blur: float = 0.15) -> Any:
    pull = (
        np.log(c.frame["revenue"].to_numpy())
        - 4
        + 0.7 * (text(c) == "plus").to_numpy()
        + 0.3 * (c.frame["tenure"].to_numpy() > 30)
    )
    return pull + r.logistic(0, blur, n_of(c)) > 0.5


forms(
    "label_noise",
    [lambda c, r, s: put(c, "outcome", _wrong(c, r, s) ^ some(c, r, 0.15 * s))],
    [lambda c, r, s: put(c, "outcome", _wrong(c, r, s, 0.4)), nothing],
)


# --- counting ----------------------------------------------------------------------------------------------


def spoke(report: Any, check: str, columns: tuple[str, ...]) -> bool:
    """Whether the check, or for a leak one of the two that speak of leaks, named the column."""
    either = {
        "target_leakage": ("target_leakage", "known_after_decision"),
        "row_order": ("target_leakage", "known_after_decision", "identifier_column"),
        "known_after_decision": ("known_after_decision", "target_leakage"),
    }.get(check, (check,))
    return any(named(report, one, columns) for one in either)


def main(seeds: int, only: list[str]) -> None:
    """One line per check, the forms that were missed, and the warnings on twins."""
    lines, missed, shouts, warned, clean = [], Counter(), Counter(), 0, 0
    for check, (bad, good) in FORMS.items():
        if only and check not in only:
            continue
        hits, alarms = {1.0: 0, 0.5: 0}, 0
        for seed in range(seeds):
            for strength in hits:
                r = np.random.default_rng([seed, len(check), int(2 * strength), 7])
                make = bad[seed % len(bad)]
                task = str(r.choice(["flag", "word", "three"])) if getattr(make, "task", "") else ""
                case = make(base(r, task=task), r, strength)
                report = mlpm.profile(case.frame, **case.roles)
                found = spoke(report, check, case.columns)
                hits[strength] += found
                if not found:
                    missed[
                        f"{check} {strength}: form {seed % len(bad)}, seed {seed}, {case.columns[:2]}, {len(case.frame)} rows"
                    ] += 1
                for item in report.not_run:
                    if "unexpected" in item.reason:
                        print("CRASH", check, item.check, item.reason)
            r = np.random.default_rng([seed, len(check), 9])
            make = good[seed % len(good)]
            task = str(r.choice(["flag", "word", "three"])) if getattr(make, "task", "") else ""
            case = make(base(r, task=task), r, 1.0)
            report = mlpm.profile(case.frame, **case.roles)
            if check != "row_order" and named(report, check, case.columns):
                alarms += 1
                missed[f"{check} TWIN {seed % len(good)}, seed {seed}, {len(case.frame)} rows"] += 1
            clean += 1
            for f in report.findings:
                if f.severity != "info":
                    shouts[f"{f.check} on {','.join(f.columns[:2])} in {check}"] += 1
                    warned += 1
        lines.append([check, f"{hits[1.0] / seeds:.0%}", f"{hits[0.5] / seeds:.0%}", f"{alarms / seeds:.0%}"])
    print(tabulate(lines, ["check", "found", "at half", "twin alarms"]))
    print("\n".join(sorted(missed)))
    print(f"warnings per twin: {warned / max(1, clean):.2f} {dict(shouts)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10, sys.argv[2:])
