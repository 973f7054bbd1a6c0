"""What the drop-ins cost beside the tools whose interface they have, in one run.

- Each traced line: memory_profiler's `@profile` against `heapwise.compat.memory_profiler`'s, on a loop
  that allocates nothing (the least a line can cost) and on one that makes lists.
- tracemalloc against `heapwise.compat.tracemalloc`: a program of small objects, and a snapshot's
  statistics.

Every figure is from a process of its own, tools in turn. Writes results/compat.json and a table.

    python bench/compat.py --rounds 5
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from overhead import rivals_python

HERE = Path(__file__).resolve().parent
MOST_NS, LEAST_FACTOR = 1200, 50

LINES = """
import contextlib, io, sys, time
if sys.argv[1] == "rival":
    from memory_profiler import profile
else:
    from heapwise.compat.memory_profiler import profile
def plain(n):
    i = 0
    while i < n:
        i += 1
    return i
def lists(n):
    i = 0
    while i < n:
        x = [i, i]
        i += 1
    return i
n = int(sys.argv[2])
functions = ((plain, 2), (lists, 3))
bare_s = []
for function, _ in functions:
    function(n)
    begun = time.process_time(); function(n); bare_s.append(time.process_time() - begun)
for (function, lines), bare in zip(functions, bare_s):
    wrapped = profile(function, stream=io.StringIO())
    wrapped(n // 10)
    begun = time.process_time(); wrapped(n); traced = time.process_time() - begun
    print((traced - bare) / (lines * n) * 1e9)
"""
TRACES = """
import sys, time
if sys.argv[1] == "rival":
    import tracemalloc
elif sys.argv[1] == "ours":
    from heapwise.compat import tracemalloc
def work():
    kept = []
    for i in range(200_000):
        kept.append({"id": i, "tags": [str(i), str(i + 1)]})
    return kept
if sys.argv[1] != "bare":
    tracemalloc.start(int(sys.argv[2]))
begun = time.process_time()
kept = work()
print(time.process_time() - begun)
begun = time.process_time()
if sys.argv[1] != "bare":
    tracemalloc.take_snapshot().statistics("lineno")
print(time.process_time() - begun)
"""


def figures(python: str, source: str, *arguments: str) -> list[float]:
    """The numbers that a program prints, one a line."""
    with tempfile.TemporaryDirectory() as scratch:
        script = Path(scratch, "program.py")
        script.write_text(source)
        done = subprocess.run(
            [python, str(script), *arguments], capture_output=True, text=True, check=True
        )
    return [float(line) for line in done.stdout.split()]


def main() -> int:
    """Prints the table; exit code 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--output", type=Path, default=HERE / "results" / "compat.json")
    options = parser.parse_args()
    rivals = rivals_python(["memory_profiler"])
    found: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        for tool, python, runs in (("rival", rivals, "3000"), ("ours", sys.executable, "300000")):
            plain, lists = figures(python, LINES, tool, runs)
            found.setdefault(f"line_ns.{tool}", []).append(plain)
            found.setdefault(f"allocating_line_ns.{tool}", []).append(lists)
        for frames in ("1", "25"):
            bare = figures(sys.executable, TRACES, "bare", frames)[0]
            for tool in ("rival", "ours"):
                ran, snapshot = figures(sys.executable, TRACES, tool, frames)
                found.setdefault(f"tracemalloc_{frames}_ratio.{tool}", []).append(ran / bare)
                found.setdefault(f"snapshot_{frames}_s.{tool}", []).append(snapshot)
    medians = {name: statistics.median(values) for name, values in found.items()}
    print(f"{'':22}{'theirs':>14}{'Heapwise':>14}{'factor':>10}")
    for name in dict.fromkeys(key.rpartition(".")[0] for key in medians):
        theirs, ours = medians[f"{name}.rival"], medians[f"{name}.ours"]
        print(f"{name:22}{theirs:14.3f}{ours:14.3f}{theirs / ours:10.1f}")
    options.output.parent.mkdir(exist_ok=True)
    document = {"rounds": options.rounds, "medians": medians, "all": found}
    options.output.write_text(json.dumps(document, indent=2) + "\n")
    ours = medians["line_ns.ours"]
    met = ours <= MOST_NS and medians["line_ns.rival"] >= LEAST_FACTOR * ours
    print("bars: " + ("met" if met else "missed"))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
