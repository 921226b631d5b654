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
    tangled,
    straight_line,
    group_mean,
    leak,
    leak_by_gaps,
    rare_answer,
    customers,
    known_customers,
)
