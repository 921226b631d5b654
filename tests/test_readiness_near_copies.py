"""Near copies in a table too long to compare in full: their number is estimated, and said to be."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from mlpm_magics.catalogue import knowledge
from mlpm_magics.readiness.checks import near_duplicate_rows as near
from mlpm_magics.table import Table, open_table

ROWS, COPIES = 20_000, 1_000


def visits(*, again: bool, typo: bool = False) -> Table:
    random = np.random.default_rng(11)
    towns = [f"{a} {b}" for a in ("Blue", "Grey", "Long") for b in ("Harbour", "Garden", "Station")]
    frame = pd.DataFrame(
        {
            "town": random.choice(towns, ROWS),
            "size": random.normal(100, 20, ROWS).round(2),
            "paid": random.lognormal(3, 1, ROWS).round(2),
            "stars": random.integers(1, 6, ROWS),
            "visits": random.poisson(40, ROWS),
            "weight": random.normal(size=ROWS),
            "spent": random.normal(size=ROWS),
        }
    )
    if not again:
        return open_table(frame)
    copies = frame.iloc[:COPIES].assign(size=frame["size"].iloc[:COPIES].round(0))
    if typo:
        copies["town"] = copies["town"].str.replace("r", "", n=1) + " "
    return open_table(pd.concat([frame, copies], ignore_index=True))


@pytest.mark.parametrize("typo", [False, True])
@pytest.mark.parametrize("compared", [4_000, 10_000])
def test_a_part_of_the_rows_tells_about_how_many_there_are(monkeypatch, typo, compared):
    table = visits(again=True, typo=typo)
    (counted,) = near.measure(table)
    assert 0.97 * COPIES <= counted.near <= COPIES
    monkeypatch.setattr(near, "_MOST_ROWS", compared)
    (part,) = near.measure(table)
    assert part.part == pytest.approx(compared / (ROWS + COPIES))
    assert part.seen < 0.9 * counted.near
    assert part.near == pytest.approx(counted.near, rel=0.15)
    assert part.columns == counted.columns
    (found,) = near.judge([part], knowledge().limits_of("near_duplicate_rows"))
    assert found.message.startswith(f"About {part.near:,} of 21,000 rows (")
    assert f"Estimated from {part.seen:,} of them" in found.message


def test_a_part_of_rows_that_are_no_copies_tells_of_none(monkeypatch):
    monkeypatch.setattr(near, "_MOST_ROWS", 4_000)
    assert not near.judge(near.measure(visits(again=False)), knowledge().limits_of("near_duplicate_rows"))
