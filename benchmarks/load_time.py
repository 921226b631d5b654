"""How long `%load_ext mlpm_magics` takes, beside a bare start of IPython.

    python benchmarks/load_time.py [RUNS]

Each run is a fresh process; the figures are medians. The target is a tenth of a bare start.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from tabulate import tabulate

LOAD = """
import contextlib, io, sys, time
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
before = set(sys.modules)
begin = time.perf_counter()
with contextlib.redirect_stdout(io.StringIO()):
    shell.extension_manager.load_extension("mlpm_magics")
print(time.perf_counter() - begin, len(set(sys.modules) - before))
"""
IMPORT = "import time; t = time.perf_counter(); import {}; print(time.perf_counter() - t)"
NOT_LOADED = ("pandas", "sklearn", "numpy", "ipywidgets", "yaml", "msgspec")


def start_time() -> float:
    """Seconds from starting a bare IPython to its end."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-m", "IPython", "--quick", "-c", "pass"], check=True)
    return time.perf_counter() - begin


def measured(code: str) -> list[float]:
    """The numbers a fresh process prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


def main(runs: int) -> None:
    """Measure and print the table."""
    start_time(), measured(LOAD)  # fills the caches of the disk
    pairs = [(start_time(), *measured(LOAD)) for _ in range(runs)]  # in turn, so a busy machine slows both
    starts, loads, modules = zip(*pairs, strict=True)
    start, load = statistics.median(starts), statistics.median(loads)
    rows = [
        ("start and end of a bare IPython", f"{1000 * start:.0f}", "1"),
        (f"%load_ext mlpm_magics ({modules[0]:.0f} modules)", f"{1000 * load:.1f}", f"{load / start:.3f}"),
    ]
    for name in NOT_LOADED:
        took = statistics.median(measured(IMPORT.format(name))[0] for _ in range(3))
        rows.append((f"what it does not load: {name}", f"{1000 * took:.0f}", f"{took / start:.2f}"))
    print(tabulate(rows, headers=("", "ms (median)", "of a bare start"), colalign=("left", "right", "right")))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
