"""The one door for user data, and what is measured about it once: `open_table`, `Table`, `Column`."""

from __future__ import annotations

from mlpm_magics.table.door import Table, open_table
from mlpm_magics.table.reading import first_rows
from mlpm_magics.table.statistics import Column

__all__ = ["Column", "Table", "first_rows", "open_table"]
