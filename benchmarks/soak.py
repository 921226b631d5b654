"""What the product takes when everything is large: seconds of work, memory, and whether it is given back.

    python benchmarks/soak.py [NAME ...]

NAME is one of columns, rows, log, cases, reports; without one, all, each in a process of its own. Times are
seconds of CPU, memory is what the process holds (Linux and macOS). `rows` needs 1 GB of disk while it runs.
A limit that is broken ends the run with an error.
"""

from __future__ import annotations

import gc
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

import mlpm_magics as mlpm

MB = 1024 * 1024
ROWS = """SELECT range AS id, (random() * 1000)::SMALLINT AS x,
CASE WHEN random() < 0.3 THEN 1 ELSE 0 END AS y, 'c' || (range % 50) AS town FROM range(5000000)"""
FILES = 10
MOST_MB = 2_000


def within(what: str, found: float, most: float) -> None:
    """End the run where there is more of something than there may be."""
    if found > most:
        sys.exit(f"{found:,.1f} {what}, and {most:,} at most is right")


def held_mb() -> float:
    """What the process holds now; the most it ever held where that is not told."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MB
    except OSError:
        return most_mb()


def most_mb() -> float:
    """The most that this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def shown_mb(report: object) -> float:
    """How large a report is in a saved notebook."""
    return len(json.dumps(report._repr_mimebundle_())) / MB  # type: ignore[attr-defined]


def columns() -> str:
    """10,000 columns through the profile."""
    random = np.random.default_rng(0)
    table = pd.DataFrame(random.normal(size=(200, 10_000)), columns=[f"c{i}" for i in range(10_000)])
    table["y"] = (table["c0"] > 0).astype(int)
    report = mlpm.profile(table, target="y", budget_s=120)
    size = shown_mb(report)
    within("MB of the report", size, 2)
    return f"report {size:.2f} MB, {'whole' if report.complete else 'as far as 120 s go'}"


def rows() -> str:
    """50 million rows in Parquet files, which stay there."""
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        for part in range(FILES):
            duckdb.sql(ROWS).write_parquet(f"{folder}/{part}.parquet")
        disk = sum(file.stat().st_size for file in Path(folder).iterdir()) / MB
        begin = time.process_time()
        report = mlpm.profile(Path(folder), target="y", budget_s=300)
        took = time.process_time() - begin
    within("MB at most", most_mb(), MOST_MB)
    within("rows that were not counted", FILES * 5_000_000 - report.rows, 0)
    return f"{report.rows:,} rows of {disk:,.0f} MB in {took:.0f} s, report {shown_mb(report):.2f} MB"


def log() -> str:
    """A project with thousands of entries in its log: one more note, and the board."""
    with tempfile.TemporaryDirectory() as folder:
        project = mlpm.start_project("Soak", folder)
        file = Path(folder) / "mlpm.yaml"
        entry = "  - when: 2026-11-27 09:00Z\n    who: ana\n    what: 'Note: {}'\n"
        text = file.read_text().replace("...\n", "".join(entry.format(i) for i in range(5_000)) + "...\n")
        file.write_text(text)
        begin = time.process_time()
        project.note("one more")
        took = time.process_time() - begin
        log = mlpm.open_project(folder).log
        size = shown_mb(mlpm.open_project(folder))
        within("entries that are lost", 5_002 - len(log), 0)
        within("MB of the board", size, 2)
        return f"a note takes {took:.1f} s, the board {size:.2f} MB, the file {len(text) / MB:.2f} MB"


def cases() -> str:
    """300 cases in the library, and the nearest of a problem."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            own = Path("mlpm_knowledge")
            own.mkdir()
            for file in (Path(mlpm.__file__).parent / "knowledge").glob("cases*.yaml"):
                known = file.read_text("utf-8")
                for copy in range(2):
                    text = re.sub(r"(?m)^- id: (\w+)$", rf"- id: \1_{copy}", known)
                    (own / f"{file.stem}_{copy}.yaml").write_text(text, "utf-8")
            begin = time.process_time()
            listed = mlpm.find_cases("customers who leave")
            report = mlpm.assess_fit("Which customers will leave us next month?")
            took = time.process_time() - begin
            number = len(mlpm.knowledge().cases)
        finally:
            os.chdir(here)
    within("cases too few", 300 - number, 0)
    return f"{number} cases, {took:.1f} s, list {shown_mb(listed):.2f} MB, fit {shown_mb(report):.2f} MB"


def reports() -> str:
    """40 reports in one notebook, and the memory afterwards."""
    random = np.random.default_rng(0)
    table = pd.DataFrame({f"c{i}": random.normal(size=5_000) for i in range(20)})
    table["y"] = (table["c0"] + random.normal(size=5_000) > 0).astype(int)
    mlpm.profile(table, target="y")
    gc.collect()
    before = held_mb()
    made = [mlpm.profile(table, target="y", random_state=turn) for turn in range(40)]
    total = sum(map(shown_mb, made))
    with_them = held_mb() - before
    made.clear()
    gc.collect()
    kept = held_mb() - before
    within("MB that are kept", kept, 60)
    within("MB in the notebook", total, 10)
    return (
        f"40 reports take {total:.1f} MB in the notebook; {with_them:+.0f} MB while all are there, "
        f"{kept:+.0f} MB afterwards"
    )


WAYS: dict[str, Callable[[], str]] = {
    "columns": columns,
    "rows": rows,
    "log": log,
    "cases": cases,
    "reports": reports,
}


def main(names: list[str]) -> None:
    """Each way in turn, in a process of its own, with its figures."""
    if len(names) != 1:
        for name in names or WAYS:
            subprocess.run([sys.executable, __file__, name], check=True)
        return
    begin = time.process_time()
    told = WAYS[names[0]]()
    took = time.process_time() - begin
    figures = f"{took:6.1f} s CPU, {held_mb():6.0f} MB held, {most_mb():6.0f} MB at most"
    print(f"{names[0]:<8} {figures}: {told}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
