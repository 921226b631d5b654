"""Tables made by rules that are known, so that what is measured on them can be held against the truth.

A world is a function of a seed and a number of rows. Its truth names the criteria that have one right answer
by construction, with some distance to the margin; a criterion it does not name is not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class World:
    """A table, what `measure_fit` is told about it, and what is true of it."""

    data: pd.DataFrame
    truth: Mapping[str, str] = field(default_factory=dict)
    arguments: Mapping[str, Any] = field(default_factory=dict)


_SHARES = (0.3, 0.5, 0.45, 0.6, 0.4, 0.5)


def inputs(random: np.random.Generator, rows: int, columns: int = 8) -> pd.DataFrame:
    return pd.DataFrame(random.normal(size=(rows, columns)), columns=[f"x{i}" for i in range(columns)])


def chance(random: np.random.Generator, score: Array) -> Array:
    return random.random(len(score)) < 1 / (1 + np.exp(-score))


def noise(seed: int, rows: int) -> World:
    """Nothing in the inputs has to do with the answer."""
    random = np.random.default_rng(seed)
    table = inputs(random, rows).assign(kind=random.choice(list("abcdef"), rows))
    return World(table.assign(y=random.random(rows) < 0.4), {"signal_exists": "no", "leakage": "no"})


def noise_number(seed: int, rows: int) -> World:
    """The same for a number."""
    random = np.random.default_rng(seed)
    table = inputs(random, rows).assign(y=random.normal(size=rows))
    return World(table, {"signal_exists": "no", "leakage": "no"})


def one_threshold(seed: int, rows: int) -> World:
    """One condition on one column, and one answer in eight the other way round."""
    random = np.random.default_rng(seed)
    table = inputs(random, rows)
    table["y"] = (table.x2 > 0.3) ^ (random.random(rows) < 0.125)
    truth = {"signal_exists": "yes", "simple_rules_suffice": "yes", "complex_logic": "no"}
    return World(table, {**truth, "interpretability_is_cheap": "yes", "deep_learning_helps": "no"})


def exclusive_or(seed: int, rows: int) -> World:
    """Two columns that say nothing alone and almost everything together, away from the middle."""
    random = np.random.default_rng(seed)
    table = inputs(random, rows)
    table["y"] = ((table.x1 > 0.2) ^ (table.x4 > -0.3)) ^ (random.random(rows) < 0.08)
    return World(table, {"signal_exists": "yes", "complex_logic": "no", "simple_rules_suffice": "yes"})


def scorecard(seed: int, rows: int) -> World:
    """Eight columns add up; no two or three of them are enough."""
    random = np.random.default_rng(seed)
    table = inputs(random, rows)
    table["y"] = chance(random, 1.1 * table.sum(axis=1).to_numpy())
    truth = {"signal_exists": "yes", "simple_rules_suffice": "no", "complex_logic": "no"}
    return World(table, {**truth, "interpretability_is_cheap": "yes", "leakage": "no"})


def whole_points(seed: int, rows: int) -> World:
    """Six yes or no, worth one to three points each: a card that a person can add up."""
    random = np.random.default_rng(seed)
    table = pd.DataFrame({f"c{i}": random.random(rows) < share for i, share in enumerate(_SHARES)})
    table["y"] = chance(random, 1.6 * (table @ np.array([2, 1, 2, 1, 3, 1]) - 4.6).to_numpy())
    truth = {"signal_exists": "yes", "complex_logic": "no", "interpretability_is_cheap": "yes"}
    return World(table, {**truth, "leakage": "no"})


def tangled(seed: int, rows: int) -> World:
    """Four products of two columns each: no sum of curves and no short rule follows it."""
    random = np.random.default_rng(seed)
    table = inputs(random, rows)
    products = sum(np.sign(table[f"x{i}"]) * np.sign(table[f"x{i + 4}"]) for i in range(4))
    table["y"] = products + random.normal(size=rows) * 0.5
    truth = {"signal_exists": "yes", "simple_rules_suffice": "no", "complex_logic": "yes"}
    return World(table, {**truth, "interpretability_is_cheap": "no"})


def straight_line(seed: int, rows: int) -> World:
    """A number that is a weighted sum."""
    random = np.random.default_rng(seed)
    table = inputs(random, rows)
    table["y"] = table[[f"x{i}" for i in range(6)]].sum(axis=1) + random.normal(size=rows)
    truth = {"signal_exists": "yes", "simple_rules_suffice": "no", "complex_logic": "no"}
    return World(table, {**truth, "data_sufficient": "yes", "deep_learning_helps": "no"})


def busy_hours(seed: int, rows: int) -> World:
    """A number that goes with the hour of the day and the weekend, and with nothing else."""
    random = np.random.default_rng(seed)
    when = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.sort(random.integers(0, 24 * 180, rows)), unit="h")
    table = inputs(random, rows, 3).assign(when=when)
    table["y"] = 3 * np.sin(when.hour * np.pi / 12) + 2 * (when.day_of_week > 4) + random.normal(size=rows)
    return World(table, {"signal_exists": "yes", "leakage": "no"}, {"time": "when"})


def high_season(seed: int, rows: int) -> World:
    """Over three years the level swings with the season, more than the two inputs that count move it."""
    random = np.random.default_rng(seed)
    day = random.integers(0, 3 * 365, rows)
    table = inputs(random, rows, 4).assign(when=pd.Timestamp("2021-01-01") + pd.to_timedelta(day, unit="D"))
    table["y"] = 4 * np.sin(day * 2 * np.pi / 365.25) + 1.5 * table.x0 + table.x1 + random.normal(size=rows)
    truth = {"signal_exists": "yes", "adapts_over_time": "no", "leakage": "no"}
    return World(table, truth, {"time": "when"})


def closed_later(seed: int, rows: int) -> World:
    """The date a case was closed lies soon after the decision for one answer, and late for the other."""
    random = np.random.default_rng(seed)
    table = inputs(random, rows, 4)
    table["y"] = chance(random, (1.5 * table.x0 + table.x1).to_numpy())
    table["decided"] = pd.Timestamp("2023-01-01") + pd.to_timedelta(random.integers(0, 600, rows), unit="D")
    after = np.where(table.y, random.integers(1, 30, rows), random.integers(200, 400, rows))
    table["closed"] = (table.decided + pd.to_timedelta(after, unit="D")).astype(str)
    return World(table, {"signal_exists": "yes", "leakage": "yes"}, {"time": "decided"})


def telling_words(seed: int, rows: int) -> World:
    """Reviews, in which two words of ten or so tell the answer; the rest of the row says nothing."""
    random = np.random.default_rng(seed)
    table = inputs(random, rows, 3).assign(y=random.random(rows) < 0.4)
    plain = ["the", "order", "arrived", "box", "item", "with", "my", "on", "today", "again", "blue", "size"]
    good, bad = ["great", "love", "fast", "perfect", "happy"], ["broken", "refund", "slow", "angry", "worst"]
    table["review"] = [
        " ".join([*random.choice(plain, random.integers(6, 16)), *random.choice(bad if is_bad else good, 2)])
        for is_bad in table.y ^ (random.random(rows) < 0.08)
    ]
    return World(table, {"signal_exists": "yes", "leakage": "no"})


def group_mean(seed: int, rows: int) -> World:
    """The mean of a department explains nearly everything: a rule, not a leak."""
    random = np.random.default_rng(seed)
    department = random.integers(0, 12, rows)
    table = inputs(random, rows, 4).assign(department=[f"d{i}" for i in department])
    table["y"] = random.normal(size=12)[department] * 5 + random.normal(size=rows)
    return World(table, {"signal_exists": "yes", "leakage": "no", "simple_rules_suffice": "yes"})


def leak(seed: int, rows: int) -> World:
    """A column written after the answer, beside an honest scorecard."""
    random = np.random.default_rng(seed)
    world = scorecard(seed, rows)
    table = world.data.assign(refund=np.where(world.data.y, random.uniform(5, 90, rows), 0.0))
    return World(table, {**world.truth, "leakage": "yes"})


def leak_by_gaps(seed: int, rows: int) -> World:
    """A column that is filled for one answer only."""
    random = np.random.default_rng(seed)
    world = scorecard(seed, rows)
    table = world.data.assign(left_on=np.where(world.data.y, random.uniform(1, 300, rows), np.nan))
    return World(table, {**world.truth, "leakage": "yes"})


def copies(seed: int, rows: int) -> World:
    """Noise in which every row stands four times: whoever splits copies sees a signal."""
    world = noise(seed, rows // 4)
    return World(pd.concat([world.data] * 4, ignore_index=True), {"signal_exists": "no"})


def constant_per_entity(seed: int, rows: int) -> World:
    """Each customer has one answer and inputs of their own that say nothing about it."""
    random = np.random.default_rng(seed)
    customers = max(10, rows // 20)
    who = random.integers(0, customers, rows)
    own = random.normal(size=(customers, 5))
    table = pd.DataFrame(own[who] + 0.05 * random.normal(size=(rows, 5)), columns=list("abcde"))
    table = table.assign(customer=[f"c{i}" for i in who], y=(random.random(customers) < 0.5)[who])
    return World(table, {"signal_exists": "no"}, {"entity": "customer"})


def random_walks(seed: int, rows: int) -> World:
    """Walks that have nothing to do with each other look alike until one goes forward in time."""
    random = np.random.default_rng(seed)
    table = pd.DataFrame(random.normal(size=(rows, 3)).cumsum(axis=0), columns=["rate", "index", "y"])
    table["day"] = pd.date_range("2019-01-01", periods=rows)
    return World(table, {"signal_exists": "no"}, {"time": "day"})


def rare_answer(seed: int, rows: int) -> World:
    """One answer in twelve is yes; three columns add up to its chance."""
    random = np.random.default_rng(seed)
    table = inputs(random, rows)
    table["y"] = chance(random, 1.3 * (table.x0 + table.x1 + table.x2).to_numpy() - 4)
    return World(table, {"signal_exists": "yes", "leakage": "no"})


def customers(seed: int, rows: int) -> World:
    """Eight rows a customer, whose inputs are alike and who differ beyond them."""
    random = np.random.default_rng(seed)
    who = np.arange(rows) // 8
    count = int(who.max()) + 1
    table = pd.DataFrame(
        random.normal(size=(count, 3))[who] + 0.4 * random.normal(size=(rows, 3)), columns=list("abc")
    )
    own = 0.7 * random.normal(size=count)[who]
    table["y"] = table.a + table.b * table.c + own + 0.7 * random.normal(size=rows)
    table["customer"] = [f"c{i}" for i in who]
    return World(table, {"signal_exists": "yes", "leakage": "no"}, {"entity": "customer"})


def known_customers(seed: int, rows: int) -> World:
    """What an input means differs from customer to customer, and adds up to nothing over all."""
    random = np.random.default_rng(seed)
    count = max(10, rows // 20)
    who = random.integers(0, count, rows)
    table = inputs(random, rows, 3)
    table["y"] = 2 * random.normal(size=count)[who] * table.x0 + random.normal(size=rows)
    table["customer"] = [f"c{i}" for i in who]
    truth = {"signal_exists": "yes", "needs_personalization": "yes", "leakage": "no"}
    return World(table, truth, {"entity": "customer"})


NOISE: tuple[Callable[[int, int], World], ...] = (
    noise,
    noise_number,
    copies,
    constant_per_entity,
    random_walks,
)
WORLDS: tuple[Callable[[int, int], World], ...] = (
    *NOISE,
    one_threshold,
    exclusive_or,
    scorecard,
    whole_points,
    tangled,
    straight_line,
    busy_hours,
    high_season,
    closed_later,
    telling_words,
    group_mean,
    leak,
    leak_by_gaps,
    rare_answer,
    customers,
    known_customers,
)
