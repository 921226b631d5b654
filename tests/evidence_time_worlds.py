"""Generated tables whose truth is known: rules that change or stay, seasons, entities, growth."""

from __future__ import annotations

import numpy as np
import pandas as pd

START = np.datetime64("2020-01-01")


def _frame(rng, n, days, noise=1.0):
    day = np.sort(rng.uniform(0, days, n))
    x = rng.normal(size=(n, 4))
    return day, x, rng.normal(size=n) * noise


def _table(day, x, y, classes=False, rng=None):
    when = START + (day * 86_400).astype("timedelta64[s]")
    frame = pd.DataFrame({f"x{i}": x[:, i] for i in range(x.shape[1])})
    frame["shop"] = np.array(["north", "south", "west"])[(np.abs(x[:, 0]) * 7).astype(int) % 3]
    frame["when"] = when
    frame["y"] = np.where(rng.random(len(y)) < 1 / (1 + np.exp(-2 * y)), "yes", "no") if classes else y
    return frame


def drift_world(kind: str, n: int, seed: int, *, classes: bool = False) -> pd.DataFrame:
    """A table with `when` and `y`; `kind` says what moves over the (usually four) years."""
    rng = np.random.default_rng([seed, len(kind)])
    days = {"short_season": 360.0, "short_still": 300.0, "days_still": 30.0, "short_flip": 300.0}.get(
        kind, 1461.0
    )
    day, x, noise = _frame(rng, n, days)
    at, turn = day / days, 2 * np.pi * day / 365.25
    one = np.ones(n)
    slope, level = one, 0 * one
    match kind:
        case "flip" | "short_flip":
            slope = np.where(at < 0.5, 1.0, -1.0)
        case "gradual":
            slope = 1.5 - 2.5 * at
        case "level":
            level = 2.0 * (at > 0.6)
        case "season" | "short_season":
            level = 1.5 * np.sin(turn)
        case "season_slope":
            slope = 1 + np.sin(turn)
        case "sharp_season":
            level = 3.0 * (day % 365.25 > 330)
        case "season_and_flip":
            level, slope = 1.5 * np.sin(turn), np.where(at < 0.5, 1.0, -1.0)
        case "inputs_move":
            x[:, 0] += 1.5 * at
            x[:, 1] *= 1 + at
        case "inputs_move_curved":
            x[:, 0] += 1.5 * at
            level = np.maximum(x[:, 0], 0) * 1.5
        case "weekday":
            level = 1.5 * (np.floor(day) % 7 >= 5)
        case "day_noise":
            level = rng.normal(size=2000)[np.floor(day).astype(int)]
        case "only_noise":
            slope = 0 * one
        case _:  # still, short_still, days_still
            pass
    y = slope * x[:, 0] + 0.5 * x[:, 1] + level + noise
    return _table(day, x, y, classes, rng)


def walks_world(n: int, seed: int, *, real: bool = False) -> pd.DataFrame:
    """Two random walks, one row a day; unrelated, unless `real`."""
    rng = np.random.default_rng([seed, 7])
    x, z = rng.normal(size=(2, n)).cumsum(axis=1)
    y = rng.normal(size=n).cumsum()
    if real:
        x = rng.normal(size=n)
        y = 2 * x + rng.normal(size=n)
    when = START + np.arange(n).astype("timedelta64[D]")
    return pd.DataFrame({"x": x, "z": z, "when": when, "y": y})


def entity_world(kind: str, n: int, seed: int, *, classes: bool = False, each: int = 20) -> pd.DataFrame:
    """A table with `who` and `y`; `kind`: level, slope, none, input (an input explains it), constant."""
    rng = np.random.default_rng([seed, len(kind)])
    entities = max(2, n // each)
    who = rng.integers(0, entities, n)
    x = rng.normal(size=(n, 4))
    own = rng.normal(size=entities)
    y = x[:, 0] + 0.5 * x[:, 1] + rng.normal(size=n)
    if kind == "level":
        y = y + own[who]
    if kind == "slope":
        y = y + own[who] * x[:, 2] * 1.2
    if kind == "input":
        x[:, 3] = own[who]
        y = y + own[who]
    frame = pd.DataFrame({f"x{i}": x[:, i] for i in range(4)})
    frame["who"] = [f"c{i}" for i in who]
    if kind == "constant":
        y = own[who]
    frame["y"] = np.where(rng.random(n) < 1 / (1 + np.exp(-2 * y)), "yes", "no") if classes else y
    return frame


def growth_world(kind: str, n: int, seed: int, *, monthly: float = 0.06, years: float = 3.0) -> pd.DataFrame:
    """A table with `when`, `who` and `y`; rows grow by `monthly`, or new values keep coming."""
    rng = np.random.default_rng([seed, len(kind)])
    days = years * 365.25
    u = rng.random(n)
    day = u * days
    if kind == "grows":
        rate = np.log1p(monthly) / 30.4375
        day = np.log1p(u * np.expm1(rate * days)) / rate
    if kind == "season":
        tried = rng.random(4 * n) * days
        kept = rng.random(4 * n) < (1 + 0.6 * np.sin(2 * np.pi * tried / 365.25)) / 1.6
        day = tried[kept][:n]
    day = np.sort(day)
    n = len(day)
    who = rng.integers(0, max(2, n // 20), n)
    if kind == "many":
        who = rng.integers(0, n // 2, n)
    if kind == "renewed":  # whoever comes stays for about a tenth of the time
        who = ((day / days + rng.random(n) * 0.1) * n / 20).astype(int)
    x = rng.normal(size=(n, 2))
    when = START + (day * 86_400).astype("timedelta64[s]")
    y = x[:, 0] + rng.normal(size=n)
    return pd.DataFrame({"x": x[:, 0], "z": x[:, 1], "who": who.astype(str), "when": when, "y": y})
