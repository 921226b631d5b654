"""Plain text: at most 80 columns, and tables no longer than they need be."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mlpm_magics.views import blocks as b
from mlpm_magics.views import text

WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=9), min_size=1, max_size=30).map(" ".join)


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.tuples(*[WORDS] * n), min_size=2, max_size=5)))
def test_no_line_of_a_table_is_longer_than_the_page(rows):
    header, *cells = rows
    table = b.Table("", header=tuple(name[:30] for name in header), rows=tuple(cells))
    lines = text.render(b.Page("", (table,))).splitlines()
    assert max(map(len, lines)) <= text.WIDTH
    shown = "".join(lines).replace("-", "")
    assert sorted("".join(shown.split())) == sorted("".join("".join(table.header + sum(cells, ())).split()))


def test_room_goes_to_the_column_that_needs_it():
    cells = (("Is it so?", "cannot tell", "What was found is told in words, and " * 6),)
    table = b.Table("Found", header=("Question", "Answer", "In words"), rows=cells)
    lines = text.render(b.Page("", (table,))).splitlines()
    assert "Is it so?" in lines[3]
    assert "cannot tell" in lines[3]
    assert len(lines) == 3 + 5


def test_a_moment_stays_on_one_line():
    cells = (("2026-11-27 23:07Z", "ana", "What was done is told in words, and " * 3),) * 2
    table = b.Table("Log", header=("When", "Who", "What"), rows=cells)
    assert text.render(b.Page("", (table,))).count("2026-11-27 23:07Z") == 2
