"""How many seeded defects the checks of %ml_profile find, and how often they shout at a harmless look-alike.

    python benchmarks/detection.py [SEEDS] [CHECK ...]

For every check: a realistic table of one of five trades with one defect (full and half strength), and a twin
with a look-alike instead. Found: the right check names the right column. Targets: 90 % at full strength, 75 %
at half, an alarm on at most 3 % of the twins, at most 0.3 warnings per clean table.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from tabulate import tabulate

import mlpm_magics as mlpm

AS_OF = "2025-01-05"
Random = np.random.Generator


@dataclass
class Case:
    """A table, the arguments of `profile`, and the columns that must be named (any of them)."""

    frame: pd.DataFrame
    columns: tuple[str, ...] = ()
    roles: dict[str, Any] = field(default_factory=dict)


def base(r: Random) -> Case:
    """A clean table: three years, season, weekend dips, heavy tails, 4 % missing values, an id, free text."""
    n = int(r.integers(1_500, 8_000))
    trade = r.choice(["retail", "loans", "sensors", "people", "clinic"])
    day = r.choice(1_096, n, p=_week(1_096))
    when = pd.Timestamp("2022-01-04") + pd.to_timedelta(np.sort(day), unit="D")
    season = np.sin(2 * np.pi * np.sort(day) / 365.25)
    latent = r.normal(size=n)
    names = {
        "retail": ("basket", "visits", "discount", "channel", "region", "returned"),
        "loans": ("income", "loans", "debt_ratio", "purpose", "branch", "default"),
        "sensors": ("pressure", "starts", "vibration", "machine", "hall", "failure"),
        "people": ("salary", "courses", "overtime", "team", "site", "left"),
        "clinic": ("bill", "visits", "pulse", "ward", "clinic", "readmitted"),
    }[str(trade)]
    amount = np.exp(3 + 0.5 * latent + 0.5 * r.normal(size=n) + 0.2 * season).round(2)
    count = r.poisson(np.exp(1 + 0.3 * latent))
    ratio = (0.5 * latent + r.normal(50, 1, n) + 0.8 * season).round(3)
    kind = r.choice(["alpha", "beta", "gamma", "delta"], n, p=[0.4, 0.3, 0.2, 0.1])
    place = r.choice(["north", "south", "east", "west"], n)
    frame = pd.DataFrame({"row_key": [f"K{i:06d}" for i in r.permutation(n)], "when": when})
    for name, values in zip(names[:5], (amount, count, ratio, kind, place), strict=True):
        frame[name] = values
    for i in range(int(r.integers(2, 14))):
        mixed = 0.4 * latent + r.normal(size=n)
        frame[f"m{i}"] = mixed.round(3) if i % 3 else np.exp(mixed).round(3)
    words = np.array(
        ["late", "fine", "asked", "again", "called", "nobody", "there", "order", "ready", "soon"]
    )
    frame["note"] = [" ".join(words[i]) for i in r.integers(0, 10, (n, 5))]
    frame["member"] = r.choice(["A", "B"], n, p=[0.55, 0.45])
    score = 0.9 * latent + 0.5 * np.log(count + 1) + 0.3 * (kind == "beta") + 0.2 * (place == "east") - 1.6
    target = names[5]
    frame[target] = np.where(r.random(n) < 1 / (1 + np.exp(-score)), "yes", "no")
    for name in (names[2], "m0", "m1"):
        frame.loc[r.random(n) < 0.04, name] = np.nan
    roles = {"target": target, "time": "when", "group": "member", "as_of": AS_OF}
    frame.attrs = {
        "amount": names[0],
        "count": names[1],
        "ratio": names[2],
        "kind": names[3],
        "place": names[4],
    }
    return Case(frame, (), roles)


def _week(days: int) -> np.ndarray:
    weight = np.where(np.arange(days) % 7 >= 5, 0.4, 1.0) * (
        1 + 0.3 * np.sin(2 * np.pi * np.arange(days) / 365.25)
    )
    return weight / weight.sum()


Maker = Callable[[Case, Random, float], Case]
MAKERS: dict[str, tuple[Maker, Maker]] = {}
_TWINS: dict[str, Maker] = {}


def twin(make: Maker) -> Maker:
    """Register the harmless look-alike of a check; stands before its defect."""
    _TWINS[make.__name__.removeprefix("twin_")] = make
    return make


def defect(make: Maker) -> Maker:
    """Register the defect of a check."""
    MAKERS[make.__name__] = (make, _TWINS.get(make.__name__, lambda c, r, s: c))
    return make


def put(c: Case, name: str, values: Any, *also: str) -> Case:
    """One column set, and expected to be named."""
    c.frame = c.frame.assign(**{name: values})
    c.columns = (name, *also)
    return c


def a(c: Case, role: str) -> str:
    """The column that plays a part in this trade."""
    return str(c.frame.attrs[role])


def late(c: Case, share: float) -> np.ndarray:
    """The last part of the history."""
    return (c.frame["when"] > c.frame["when"].quantile(1 - share)).to_numpy()


def yes(c: Case) -> np.ndarray:
    """Rows with the rarer answer."""
    return (c.frame[c.roles["target"]] == "yes").to_numpy()


# --- the twelve that look at history, groups and answers ---------------------------------------------------


@twin
def twin_known_after_decision(c: Case, r: Random, s: float) -> Case:
    before = pd.to_timedelta(r.integers(1, 400, len(c.frame)), unit="D")
    due = pd.to_timedelta(r.integers(10, 60, len(c.frame)), unit="D")
    return put(put(c, "last_seen", c.frame["when"] - before), "due_date", c.frame["when"] + due)


@defect
def known_after_decision(c: Case, r: Random, s: float) -> Case:
    if r.random() < 0.5:
        days = r.integers(1, 60, len(c.frame)) * np.where(r.random(len(c.frame)) < 0.9 * s, 1, -1)
        return put(c, "touched_on", c.frame["when"] + pd.to_timedelta(days, unit="D"))
    filled = yes(c) & (r.random(len(c.frame)) < 0.8 * s)
    return put(c, "reason", np.where(filled, r.choice(["price", "move", "other"], len(c.frame)), None))


@twin
def twin_level_shift(c: Case, r: Random, s: float) -> Case:
    grow = 1 + np.linspace(0, 0.4, len(c.frame))
    return put(c, "weight", np.exp(r.normal(3, 0.4, len(c.frame))) * grow)


@defect
def level_shift(c: Case, r: Random, s: float) -> Case:
    jump = np.where(late(c, r.uniform(0.2, 0.7)), 1 + 1.2 * s, 1.0)
    return put(c, "weight", (np.exp(r.normal(3, 0.4, len(c.frame))) * jump).round(2))


@defect
def irrelevant_column(c: Case, r: Random, s: float) -> Case:
    return put(c, "shoe", r.normal(42, 2, len(c.frame)).round(1))


@twin
def twin_no_signal(c: Case, r: Random, s: float) -> Case:
    m0 = c.frame[a(c, "ratio")].fillna(50).to_numpy() > 50
    odd = m0 != (c.frame[a(c, "amount")].to_numpy() > c.frame[a(c, "amount")].median())
    return put(c, c.roles["target"], np.where(r.random(len(c.frame)) < 0.3 + 0.3 * odd, "yes", "no"))


@defect
def no_signal(c: Case, r: Random, s: float) -> Case:
    return put(c, c.roles["target"], r.permutation(c.frame[c.roles["target"]].to_numpy()))


@twin
def twin_drift(c: Case, r: Random, s: float) -> Case:
    turn = 2 * np.pi * c.frame["when"].dt.day_of_year.to_numpy() / 365.25
    return put(c, "warmth", 10 * np.sin(turn + r.uniform(0, 6)) + r.normal(0, 3, len(c.frame)))


@defect
def drift(c: Case, r: Random, s: float) -> Case:
    if r.random() < 0.4:
        share = np.where(late(c, r.uniform(0.15, 0.35)), 0.2 + 0.4 * s, 0.2)
        return put(c, "device", np.where(r.random(len(c.frame)) < share, "phone", r.choice(["web", "shop"])))
    return put(c, "load", r.normal(20, 4, len(c.frame)) + 5 * s * late(c, r.uniform(0.15, 0.35)))


@twin
def twin_label_drift(c: Case, r: Random, s: float) -> Case:
    turn = 2 * np.pi * c.frame["when"].dt.day_of_year.to_numpy() / 365.25
    flip = r.random(len(c.frame)) < 0.2 * (1 + np.sin(turn))
    return put(c, c.roles["target"], np.where(flip, "yes", c.frame[c.roles["target"]]))


@defect
def label_drift(c: Case, r: Random, s: float) -> Case:
    flip = late(c, r.uniform(0.15, 0.35)) & (r.random(len(c.frame)) < 0.5 * s)
    return put(c, c.roles["target"], np.where(flip, "yes", c.frame[c.roles["target"]]))


def _choice(c: Case, r: Random, slope: Any, x: Any) -> Case:
    score = slope * x + 0.5 * np.log1p(c.frame[a(c, "count")].to_numpy()) - 0.8
    c = put(c, "offer", np.round(x, 3))
    c = put(c, c.roles["target"], np.where(r.random(len(x)) < 1 / (1 + np.exp(-score)), "yes", "no"))
    c.columns = ("offer",)
    return c


@twin
def twin_concept_drift(c: Case, r: Random, s: float) -> Case:
    return _choice(c, r, 1.0, r.normal(size=len(c.frame)) + 0.7 * late(c, 0.3))


@defect
def concept_drift(c: Case, r: Random, s: float) -> Case:
    slope = np.where(late(c, r.uniform(0.2, 0.5)), 1.2 - 2 * s, 1.2)
    return _choice(c, r, slope, r.normal(size=len(c.frame)))


@twin
def twin_proxy_for_group(c: Case, r: Random, s: float) -> Case:
    return put(c, "area", r.integers(0, 30, len(c.frame)).astype(str))


@defect
def proxy_for_group(c: Case, r: Random, s: float) -> Case:
    first = (c.frame["member"] == "A").to_numpy() & (r.random(len(c.frame)) < 0.5 + 0.5 * s)
    home = np.where(first, r.integers(0, 18, len(c.frame)), r.integers(12, 30, len(c.frame)))
    return put(c, "area", [f"area {n}" for n in home])


def _hide(c: Case, gone: Any, *names: str) -> Case:
    c = put(c, c.roles["target"], np.where(gone, None, c.frame[c.roles["target"]]))
    c.columns = names
    return c


@twin
def twin_selective_labels(c: Case, r: Random, s: float) -> Case:
    c = put(c, "approved", r.random(len(c.frame)) < 0.6)
    return _hide(c, late(c, 0.08) if r.random() < 0.5 else r.random(len(c.frame)) < 0.3)


@defect
def selective_labels(c: Case, r: Random, s: float) -> Case:
    approved = r.random(len(c.frame)) < 0.6
    c = put(c, "approved", approved)
    return _hide(c, ~approved & (r.random(len(c.frame)) < s), "approved", c.roles["target"])


@twin
def twin_re_identifiable_rows(c: Case, r: Random, s: float) -> Case:
    n = len(c.frame)
    c = put(c, "age_band", r.choice(["18-30", "31-50", "51+"], n))
    c = put(c, "city", r.choice(["Ulm", "Bonn", "Kiel"], n))
    return put(c, "sex", r.choice(["f", "m"], n))


@defect
def re_identifiable_rows(c: Case, r: Random, s: float) -> Case:
    n = len(c.frame)
    c = put(c, "age", r.integers(18, 90, n))
    home = np.where(r.random(n) < s, r.integers(10_000, 10_900, n), 10_000)
    c = put(c, "sex", r.choice(["f", "m"], n))
    return put(c, "zip_code", home.astype(str))


def _clear(c: Case, r: Random, blur: float) -> np.ndarray:
    amount = np.log(c.frame[a(c, "amount")].to_numpy())
    score = (amount - amount.mean()) / amount.std() + 0.5 * (c.frame[a(c, "kind")] == "beta").to_numpy()
    return score + r.logistic(0, blur, len(score)) > 0.4


@twin
def twin_label_noise(c: Case, r: Random, s: float) -> Case:
    return put(c, c.roles["target"], np.where(_clear(c, r, 0.4), "yes", "no"))


@defect
def label_noise(c: Case, r: Random, s: float) -> Case:
    wrong = r.random(len(c.frame)) < 0.15 * s
    return put(c, c.roles["target"], np.where(_clear(c, r, 0.12) ^ wrong, "yes", "no"))


@defect
def near_duplicate_rows(c: Case, r: Random, s: float) -> Case:
    again = c.frame.sample(int(0.05 * s * len(c.frame)), random_state=int(r.integers(1e6))).copy()
    again["note"] = again["note"].str.upper() + " "
    again[a(c, "amount")] = again[a(c, "amount")].round(1)
    again["row_key"] = [f"N{i:06d}" for i in range(len(again))]
    c.frame = pd.concat([c.frame, again], ignore_index=True)
    return c


# --- the thirty-five before them ---------------------------------------------------------------------------


def some(c: Case, r: Random, share: float) -> np.ndarray:
    """A random part of the rows."""
    return r.random(len(c.frame)) < share


@defect
def target_missing(c: Case, r: Random, s: float) -> Case:
    return _hide(c, some(c, r, 0.3 * s), c.roles["target"])


@defect
def too_few_rows(c: Case, r: Random, s: float) -> Case:
    c.frame = c.frame.iloc[: int(150 / s)]
    return c


@defect
def rare_class(c: Case, r: Random, s: float) -> Case:
    keep = ~yes(c) | (np.cumsum(yes(c)) <= 15 / s)
    c.frame = c.frame[keep]
    c.columns = (c.roles["target"],)
    return c


@defect
def few_rows_per_group(c: Case, r: Random, s: float) -> Case:
    small = np.arange(len(c.frame)) < 14 / s
    return put(c, "member", np.where(r.permutation(small), "C", c.frame["member"]))


@defect
def short_history(c: Case, r: Random, s: float) -> Case:
    c.frame = c.frame[(c.frame["when"] > "2025-01-04") | late(c, 0.09 / s * 0.5)].head(len(c.frame))
    c.columns = ("when",)
    return c


@defect
def missing_values(c: Case, r: Random, s: float) -> Case:
    name = a(c, "amount")
    return put(c, name, c.frame[name].mask(some(c, r, 0.55 * s)))


@defect
def missing_depends_on_target(c: Case, r: Random, s: float) -> Case:
    rate = np.where(yes(c), 0.05 + 0.4 * s, 0.05)
    return put(c, "m2x", np.where(r.random(len(rate)) < rate, np.nan, r.normal(size=len(rate))))


@defect
def missing_by_group(c: Case, r: Random, s: float) -> Case:
    rate = np.where(c.frame["member"] == "A", 0.05 + 0.4 * s, 0.05)
    return put(c, a(c, "amount"), c.frame[a(c, "amount")].mask(r.random(len(rate)) < rate), "member")


@defect
def duplicate_rows(c: Case, r: Random, s: float) -> Case:
    again = c.frame.sample(int(0.06 * s * len(c.frame)), random_state=1)
    c.frame = pd.concat([c.frame, again], ignore_index=True)
    return c


@defect
def constant_column(c: Case, r: Random, s: float) -> Case:
    return put(c, "currency", "EUR")


@defect
def near_constant_column(c: Case, r: Random, s: float) -> Case:
    return put(c, "flagged", np.where(np.arange(len(c.frame)) < 5 / s, "x", "y"))


@twin
def twin_mixed_types(c: Case, r: Random, s: float) -> Case:
    return put(c, "size", r.choice(["38", "39", "40", "XL"], len(c.frame)))


@defect
def mixed_types(c: Case, r: Random, s: float) -> Case:
    values = r.normal(size=len(c.frame)).round(2).astype(object)
    values[some(c, r, 0.1 * s)] = "n.v. 3"
    return put(c, "reading", values)


@twin
def twin_numbers_stored_as_text(c: Case, r: Random, s: float) -> Case:
    return put(c, "grade", r.choice(["1", "2", "3"], len(c.frame)))


@defect
def numbers_stored_as_text(c: Case, r: Random, s: float) -> Case:
    return put(
        c, "price", [f"{x:,.2f} EUR" if s < 1 else f"{x:.2f}" for x in r.lognormal(5, 2, len(c.frame))]
    )


@defect
def dates_stored_as_text(c: Case, r: Random, s: float) -> Case:
    return put(c, "opened", (c.frame["when"] - pd.Timedelta("40D")).dt.strftime("%d/%m/%Y"))


@defect
def outliers(c: Case, r: Random, s: float) -> Case:
    name = a(c, "ratio")
    return put(c, name, c.frame[name] * np.where(some(c, r, 0.01 * s), 1000, 1))


@defect
def infinite_values(c: Case, r: Random, s: float) -> Case:
    name = a(c, "amount")
    return put(c, name, c.frame[name].mask(some(c, r, 0.02 * s), np.inf))


@twin
def twin_placeholder_values(c: Case, r: Random, s: float) -> Case:
    return put(c, "stock", np.where(some(c, r, 0.2), 0, r.poisson(20, len(c.frame))))


@defect
def placeholder_values(c: Case, r: Random, s: float) -> Case:
    name = a(c, "ratio")
    return put(c, name, c.frame[name].mask(some(c, r, 0.1 * s), -999))


@twin
def twin_inconsistent_categories(c: Case, r: Random, s: float) -> Case:
    return put(c, "grade", r.choice(["A", "A+", "B", "B-"], len(c.frame)))


@defect
def inconsistent_categories(c: Case, r: Random, s: float) -> Case:
    name = a(c, "kind")
    return put(c, name, c.frame[name].mask(some(c, r, 0.15 * s), c.frame[name].str.upper() + " "))


@defect
def conflicting_labels(c: Case, r: Random, s: float) -> Case:
    again = c.frame.sample(int(0.12 * s * len(c.frame)), random_state=1).copy()
    again[c.roles["target"]] = np.where(again[c.roles["target"]] == "yes", "no", "yes")
    c.frame = pd.concat([c.frame, again], ignore_index=True)
    c.columns = (c.roles["target"],)
    return c


@defect
def duplicate_columns(c: Case, r: Random, s: float) -> Case:
    return put(c, "copy", c.frame[a(c, "amount")])


@defect
def identifier_column(c: Case, r: Random, s: float) -> Case:
    return put(c, "ticket_id", r.permutation(len(c.frame)) + 10_000)


@twin
def twin_redundant_columns(c: Case, r: Random, s: float) -> Case:
    return put(c, "gross", c.frame[a(c, "amount")] * r.normal(1.19, 0.05, len(c.frame)))


@defect
def redundant_columns(c: Case, r: Random, s: float) -> Case:
    return put(c, "gross", (c.frame[a(c, "amount")] * 1.19).round(2))


@twin
def twin_target_leakage(c: Case, r: Random, s: float) -> Case:
    return put(c, "risk", yes(c) + r.normal(0, 0.8, len(c.frame)))


@defect
def target_leakage(c: Case, r: Random, s: float) -> Case:
    flip = some(c, r, 0.01 / s)
    return put(c, "status", np.where(yes(c) ^ flip, "closed", "open"))


@defect
def stale_data(c: Case, r: Random, s: float) -> Case:
    c.frame["when"] = c.frame["when"] - pd.Timedelta(days=int(400 * s))
    c.columns = ("when",)
    return c


@defect
def time_gaps(c: Case, r: Random, s: float) -> Case:
    gap = c.frame["when"].between("2023-05-01", pd.Timestamp("2023-05-01") + pd.Timedelta(days=int(70 * s)))
    c.frame = c.frame[~gap]
    c.columns = ("when",)
    return c


@defect
def future_timestamps(c: Case, r: Random, s: float) -> Case:
    return put(c, "when", c.frame["when"].mask(some(c, r, 0.02 * s), pd.Timestamp("2031-03-01")))


@defect
def implausible_dates(c: Case, r: Random, s: float) -> Case:
    opened = c.frame["when"] - pd.Timedelta(days=30)
    slips = [opened - pd.DateOffset(years=100), pd.Timestamp("1900-01-01"), pd.Timestamp("2202-02-03")]
    return put(c, "opened", opened.mask(some(c, r, 0.03 * s), slips[int(r.integers(3))]))


def _reference(c: Case, r: Random, **columns: Any) -> Case:
    there = c.frame.sample(frac=1.0, replace=True, random_state=int(r.integers(1e6)))
    c.roles = {**c.roles, "reference": there.assign(**columns)}
    return c


@twin
def twin_group_underrepresented(c: Case, r: Random, s: float) -> Case:
    return _reference(c, r)


@defect
def group_underrepresented(c: Case, r: Random, s: float) -> Case:
    c = _reference(c, r)
    c.frame = c.frame[(c.frame["member"] == "B") | some(c, r, 0.1 / s)]
    c.columns = ("member",)
    return c


@twin
def twin_differs_from_reference(c: Case, r: Random, s: float) -> Case:
    return _reference(c, r)


@defect
def differs_from_reference(c: Case, r: Random, s: float) -> Case:
    c = _reference(c, r)
    name = a(c, "ratio")
    c.roles["reference"][name] += 1.2 * s
    c.columns = (name,)
    return c


@twin
def twin_new_categories(c: Case, r: Random, s: float) -> Case:
    return _reference(c, r)


@defect
def new_categories(c: Case, r: Random, s: float) -> Case:
    c = _reference(c, r)
    there, name = c.roles["reference"], a(c, "kind")
    there.loc[r.random(len(there)) < 0.15 * s, name] = "epsilon"
    c.columns = (name,)
    return c


@defect
def outcome_disparity(c: Case, r: Random, s: float) -> Case:
    flip = yes(c) & (c.frame["member"] == "A") & some(c, r, 0.6 * s)
    return put(c, c.roles["target"], np.where(flip, "no", c.frame[c.roles["target"]]), "member")


@defect
def personal_data(c: Case, r: Random, s: float) -> Case:
    held = some(c, r, s)
    return put(c, "contact", [f"p{i}@example.org" if h else None for i, h in enumerate(held)])


@defect
def sensitive_attribute(c: Case, r: Random, s: float) -> Case:
    return put(c, "religion", r.choice(["a", "b", "c"], len(c.frame)))


@defect
def secrets_in_data(c: Case, r: Random, s: float) -> Case:
    text = c.frame["note"] + " password=hunter22x"
    return put(c, "note", c.frame["note"].mask(some(c, r, 0.02 * s), text))


@twin
def twin_hostile_content(c: Case, r: Random, s: float) -> Case:
    return put(c, "note", c.frame["note"].mask(some(c, r, 0.02), c.frame["note"] + " 3 < 4 & a > b"))


@defect
def hostile_content(c: Case, r: Random, s: float) -> Case:
    return put(c, "note", c.frame["note"].mask(some(c, r, 0.02 * s), "<script>x()</script>"))


# --- counting ----------------------------------------------------------------------------------------------


def named(report: Any, check: str, columns: tuple[str, ...]) -> bool:
    """Whether the check spoke of one of the columns (any, where none is asked for)."""
    found = [f for f in report.findings if f.check == check]
    return any(not columns or set(columns) & set(f.columns) for f in found)


def main(seeds: int, only: list[str]) -> None:
    """Print one line per check, then the warnings on clean tables."""
    lines, shouts, warned, clean, took = [], Counter(), 0, 0, 0.0
    for check, (bad, good) in MAKERS.items():
        if only and check not in only:
            continue
        hits: dict[float, int] = {1.0: 0, 0.5: 0}
        alarms = 0
        for seed in range(seeds):
            for strength in hits:
                r = np.random.default_rng([seed, len(check)])
                case = bad(base(r), r, strength)
                begin = time.perf_counter()
                report = mlpm.profile(case.frame, **case.roles)
                took += time.perf_counter() - begin
                hits[strength] += named(report, check, case.columns)
                for item in report.not_run:
                    if "unexpected" in item.reason:
                        print("CRASH", check, item.check, item.reason)
            r = np.random.default_rng([seed, len(check)])
            case = good(base(r), r, 1.0)
            report = mlpm.profile(case.frame, **case.roles)
            spoke = named(report, check, case.columns)
            alarms += spoke
            for f in report.findings:
                if f.severity != "info":
                    shouts[f.check] += 1
                    warned += 1
            clean += 1
        lines.append([check, f"{hits[1.0] / seeds:.0%}", f"{hits[0.5] / seeds:.0%}", f"{alarms / seeds:.0%}"])
    print(tabulate(lines, ["check", "found", "at half", "twin alarms"]))
    print(f"warnings per clean table: {warned / max(1, clean):.2f} {dict(shouts)}")
    print(f"profiles of defects: {took / max(1, 2 * seeds * len(lines)):.3f} s each")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20, sys.argv[2:])
