"""How much time and memory %ml_profile takes, side by side with the tools people use today.

    python benchmarks/profile.py PEERS [--runs 3] [--only 1m 100k 10k wide import 5m folder]

PEERS is a folder outside of the repository: each peer gets an environment of its own in it, with versions
that work together (made on the first run; they are no dependencies of ours). Every figure is one process that
loads the same generated table (not timed), then runs one tool once. CPU is user and system time of all
threads, wall the time on the clock, memory the highest resident size above that before the run. Tools take
turns, and the median of the runs is kept. On a machine that does other work too, only ratios of CPU mean
something.

The table: 40 % floats (some skewed, some with gaps), 20 % whole numbers, 8 % flags, 8 % dates, 18 % texts of
few to many levels, 6 % texts that nearly all differ; one row in a thousand is a copy. DuckDB's SUMMARIZE
estimates quantiles and distinct values, and counts no duplicates; ours are exact.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
PEERS: dict[str, tuple[str, ...]] = {
    "skrub": ("skrub==0.11.0", "pandas>=3", "pyarrow"),
    "ydata": ("ydata-profiling==4.18.4", "pyarrow", "setuptools<81"),
    "deepchecks": (
        "deepchecks==0.19.1", "pandas==2.2.3", "numpy==1.26.4", "scikit-learn==1.5.2",
        "pyarrow<18", "setuptools<81",
    ),
}  # fmt: skip
OURS = ("statistics", "profile")
SIZES: dict[str, tuple[int, int, tuple[str, ...]]] = {
    "1m": (1_000_000, 50, (*OURS, "summarize", "skrub")),
    "100k": (100_000, 50, (*OURS, "summarize", "skrub", "deepchecks")),
    "10k": (10_000, 30, (*OURS, "summarize", "skrub", "ydata", "deepchecks")),
    "wide": (2_000, 2_000, ("profile", "summarize")),
    "5m": (5_000_000, 50, ("statistics", "summarize")),
}
DEFAULT = ("1m", "100k", "10k", "wide", "import")
FOLDER_ROWS, FOLDER_FILES = 50_000_000, 50


# --- the tables ------------------------------------------------------------------------------------------


def table(rows: int, columns: int, seed: int = 1) -> Any:
    """A table of mixed columns with a target, a time and a group."""
    import numpy as np
    import pandas as pd

    r = np.random.default_rng(seed)
    words = np.array([f"{a} {b}" for a in ("old", "new", "red", "big", "raw") for b in "abcdefghij"])
    made: dict[str, Any] = {
        "when": pd.Timestamp("2022-01-01")
        + pd.to_timedelta(np.sort(r.integers(0, 94_608_000, rows)), unit="s"),
        "member": r.choice(["A", "B", "C"], rows, p=[0.5, 0.3, 0.2]),
        "left": r.random(rows) < 0.2,
    }
    for i in range(columns - len(made)):
        match i % 50:
            case k if k < 10:
                values = r.normal(size=rows)
            case k if k < 16:
                values = np.exp(r.normal(size=rows)).round(2)
            case k if k < 20:
                values = np.where(r.random(rows) < 0.05, np.nan, r.normal(size=rows))
            case k if k < 27:
                values = r.poisson(5 * (k - 19), rows)
            case k if k < 30:
                values = r.integers(0, 1 << 31, rows)
            case k if k < 33:
                values = r.random(rows) < 0.3
            case k if k < 36:
                values = pd.Timestamp("2015-01-01") + pd.to_timedelta(
                    r.integers(0, 220_000_000, rows), unit="s"
                )
            case k if k < 44:
                values = words[r.integers(0, 3 + 5 * (k - 36), rows)]
            case k:
                values = pd.Series(r.integers(0, 1 << 40, rows)).astype(str) + " note"
        made[f"c{i}"] = values
    frame = pd.DataFrame(made)
    again = max(1, rows // 1000)
    return pd.concat([frame.iloc[again:], frame.sample(again, random_state=seed)], ignore_index=True)


def folder(path: Path) -> None:
    """Fifty million rows in fifty parquet files."""
    for part in range(FOLDER_FILES):
        made = table(FOLDER_ROWS // FOLDER_FILES, 15, seed=part)
        made.to_parquet(path / f"part{part:02d}.parquet")


# --- the tools: each is one call on a frame ---------------------------------------------------------------


def statistics_of(frame: Any) -> None:
    """What `profile` counts, exactly: kinds, gaps, distinct, spread, levels, histograms, duplicates."""
    from mlpm_magics.readiness.checks import duplicate_rows
    from mlpm_magics.table import open_table

    opened = open_table(frame)
    for column in opened.columns:
        _ = column.kind, column.missing, column.distinct, column.histogram
    duplicate_rows.measure(opened)


def profile(frame: Any) -> None:
    """Every check."""
    import mlpm_magics as mlpm

    str(mlpm.profile(frame, target="left", time="when", group="member", as_of="2025-01-05").verdict)


def summarize(frame: Any) -> None:
    """DuckDB over the same frame, where it lies."""
    import duckdb

    duckdb.sql("SUMMARIZE frame").fetchall()


def skrub(frame: Any) -> None:
    """Without plots and associations, its quickest form."""
    from skrub import TableReport

    TableReport(frame, verbose=0, plot_distributions=False, compute_associations=False).json()


def ydata(frame: Any) -> None:
    """The minimal form."""
    from ydata_profiling import ProfileReport

    ProfileReport(frame, minimal=True, progress_bar=False).to_html()


def deepchecks(frame: Any) -> None:
    """The data integrity suite."""
    from deepchecks.tabular import Dataset
    from deepchecks.tabular.suites import data_integrity

    few = [name for name in frame if frame[name].dtype == object and frame[name].nunique() < 100]
    data_integrity().run(Dataset(frame, label="left", datetime_name="when", cat_features=few))


TOOLS = {
    "statistics": statistics_of,
    "profile": profile,
    "summarize": summarize,
    "skrub": skrub,
    "ydata": ydata,
    "deepchecks": deepchecks,
}


def once(tool: str, file: str) -> None:
    """One run in this process; prints CPU seconds, wall seconds, and peak memory above the start in MB."""
    import warnings

    warnings.simplefilter("ignore")
    sys.path[:] = [path for path in sys.path if path != str(HERE.parent)]  # Python has a `profile` of its own
    given: Any = file
    if Path(file).is_file():
        import pandas as pd

        given = pd.read_parquet(file)
    TOOLS[tool](given.head(100) if Path(file).is_file() else given) if tool not in OURS else _warm(given)
    _free()
    Path("/proc/self/clear_refs").write_text("5")  # the peak so far is forgotten
    before, used, begin = _peak(), _cpu(), time.perf_counter()
    TOOLS[tool](given)
    print(json.dumps([_cpu() - used, time.perf_counter() - begin, _peak() - before, _frame_mb(given)]))


def _warm(given: Any) -> None:
    """Imports and knowledge, which are measured apart."""
    if not isinstance(given, str):
        profile(given.head(100))


def _free() -> None:
    """Give back what loading left, so that the run cannot hide in it."""
    import ctypes
    import gc

    import pyarrow

    gc.collect()
    pyarrow.default_memory_pool().release_unused()
    ctypes.CDLL("libc.so.6").malloc_trim(0)


def _cpu() -> float:
    mine = resource.getrusage(resource.RUSAGE_SELF)
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def _peak() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def _frame_mb(given: Any) -> float:
    return 0.0 if isinstance(given, str) else float(given.memory_usage(deep=True).sum()) / 2**20


# --- side by side ------------------------------------------------------------------------------------------


def python_of(peer: str, peers: Path) -> str:
    """The interpreter a tool runs in; its environment is made where there is none."""
    if peer not in PEERS:
        return sys.executable
    place = peers / peer
    python = place / "bin" / "python"
    if not (place / "made").exists():
        venv.create(place, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PEERS[peer]], check=True)
        (place / "made").touch()
    return str(python)


def run(tool: str, file: Path, peers: Path) -> list[float] | None:
    """One run of one tool in a process of its own."""
    command = [python_of(tool, peers), str(HERE), str(peers), "--once", tool, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "TQDM_DISABLE": "1"})
    if done.returncode:
        print(f"{tool} failed: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
        return None
    numbers: list[float] = json.loads(done.stdout.strip().splitlines()[-1])
    return numbers


def side_by_side(size: str, peers: Path, runs: int, place: Path) -> None:
    """Measure one size and print a table."""
    from tabulate import tabulate

    rows, columns, tools = SIZES[size]
    file = place / f"{size}.parquet"
    table(rows, columns).to_parquet(file)
    found: dict[str, list[list[float]]] = {tool: [] for tool in tools}
    for _ in range(runs):
        for tool in tools:
            numbers = run(tool, file, peers)
            if numbers:
                found[tool].append(numbers)
    file.unlink()
    middle = {
        tool: [statistics.median(column) for column in zip(*numbers, strict=True)]
        for tool, numbers in found.items()
        if numbers
    }
    base = middle["summarize"]
    lines = [
        [tool, f"{cpu:.2f}", f"{cpu / base[0]:.2f}", f"{wall:.2f}", f"{wall / base[1]:.2f}", f"{peak:.0f}"]
        for tool, (cpu, wall, peak, _) in middle.items()
    ]
    frame = base[3]
    print(f"\n{rows:,} rows x {columns:,} columns ({frame:.0f} MB), median of {runs}")
    print(tabulate(lines, ["tool", "CPU s", "of SUMMARIZE", "wall s", "of SUMMARIZE", "peak MB"]))


def imports(runs: int) -> None:
    """CPU seconds of importing all that `profile` needs, beyond pandas, and what it must not load."""
    code = (
        "import resource, sys; u=resource.getrusage(0); print(u.ru_utime+u.ru_stime);"
        "heavy = 'sklearn', 'matplotlib', 'duckdb', 'narwhals', 'scipy', 'IPython';"
        "print([m for m in heavy if m in sys.modules])"
    )
    ours = (
        "import mlpm_magics.readiness.report as r; import mlpm_magics.table; r.checks();"
        "from mlpm_magics.catalogue import knowledge; knowledge();"
    )
    took: dict[str, list[float]] = {"pandas": [], "and ours": []}
    loaded = ""
    for _ in range(runs):
        for name, first in (("pandas", "import pandas;"), ("and ours", "import pandas;" + ours)):
            done = subprocess.run(
                [sys.executable, "-c", first + code], capture_output=True, text=True, check=True
            )
            cpu, loaded = done.stdout.strip().splitlines()
            took[name].append(float(cpu))
    apart = statistics.median(took["and ours"]) - statistics.median(took["pandas"])
    print(f"\nimport beyond pandas: {apart:.2f} CPU s (median of {runs}); loaded of the heavy ones: {loaded}")


def large_folder(peers: Path, place: Path) -> None:
    """Fifty million rows on disk."""
    rows = place / "rows"
    rows.mkdir()
    folder(rows)
    size = sum(file.stat().st_size for file in rows.iterdir()) / 2**20
    numbers = run("profile", rows, peers)
    if numbers:
        cpu, wall, peak, _ = numbers
        what = f"{FOLDER_ROWS:,} rows in {FOLDER_FILES} parquet files ({size:.0f} MB)"
        print(f"\n{what}: profile {cpu:.1f} CPU s, {wall:.1f} s, peak {peak:.0f} MB")


def main() -> None:
    """Read the command line, or run one tool once."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("peers", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=list(DEFAULT), choices=[*SIZES, "import", "folder"])
    parser.add_argument("--once", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.once:
        once(*options.once)
        return
    with tempfile.TemporaryDirectory(dir=options.peers) as place:
        for size in options.only:
            if size == "import":
                imports(options.runs)
            elif size == "folder":
                large_folder(options.peers, Path(place))
            else:
                side_by_side(size, options.peers, options.runs, Path(place))


if __name__ == "__main__":
    main()
