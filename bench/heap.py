"""What a snapshot costs, beside one collection of the same heap and beside other tools, in one run.

A heap of records with dicts, tags, cross links, a cache and a linked list of slotted nodes; every tool in
a process of its own. Prints seconds, microseconds an object, and what is left behind (blocks and RSS).
Writes results/heap.json.

    python bench/heap.py --objects 1000000
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from overhead import RIVALS_HOME

HERE = Path(__file__).resolve().parent

PROGRAM = """
import gc, json, os, sys, time
class Record:
    def __init__(self, i):
        self.number, self.name, self.tags = i, "name-%d" % i, ["a%d" % (i % 97), "b%d" % i]
        self.prices = {"net": i * 1.5, "note": "n%d" % (i % 1000)}
class Node:
    __slots__ = ("value", "next")
tool, count, path = sys.argv[1], int(sys.argv[2]) // 9, sys.argv[3]
records = [Record(i) for i in range(count)]
for i in range(0, count, 3): records[i].friend = records[(i * 7) % count]
cache = {r.name: r for r in records}
head = None
for i in range(count // 10):
    node = Node(); node.value, node.next = i, head; head = node
gc.collect()
begun = time.process_time(); gc.collect(); collect_s = time.process_time() - begun
def rss():
    with open("/proc/self/statm") as file: return int(file.read().split()[1]) * 4096
answer = {}
if tool == "heapwise":
    import heapwise
    from heapwise.capture.core import native
    heapwise.snapshot(path)
elif tool == "guppy3":
    from guppy import hpy
elif tool == "objgraph":
    import objgraph
elif tool == "pympler":
    from pympler import muppy, summary
gc.collect()
blocks, resident = sys.getallocatedblocks(), rss()
begun, cpu = time.perf_counter(), time.process_time()
if tool == "heapwise":
    error, stood_ns = native().snapshot(path, b"{}", False)
    assert error == 0
    answer["stood_still_s"] = stood_ns / 1e9
elif tool == "guppy3":
    answer["objects"] = hpy().heap().count
elif tool == "objgraph":
    objgraph.most_common_types(10)
    answer["objects"] = len(gc.get_objects())
elif tool == "pympler":
    found = muppy.get_objects(); summary.summarize(found); answer["objects"] = len(found); del found
answer["wall_s"], answer["cpu_s"] = time.perf_counter() - begun, time.process_time() - cpu
gc.collect()
answer |= {"collect_s": collect_s, "blocks_left": sys.getallocatedblocks() - blocks,
           "rss_left_bytes": rss() - resident, "rss_bytes": resident}
print(json.dumps(answer))
"""


def measure(python: str, tool: str, objects: int) -> dict[str, float] | None:
    """The figures of one tool; None when it is not there or fails."""
    with tempfile.TemporaryDirectory() as scratch:
        script, path = Path(scratch, "program.py"), Path(scratch, "heap.hw")
        script.write_text(PROGRAM)
        command = [python, str(script), tool, str(objects), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.stderr.write(done.stderr[-300:])
            return None
        found: dict[str, float] = json.loads(done.stdout)
        if tool == "heapwise":
            found |= opened(path)
        return found


def opened(path: Path) -> dict[str, float]:
    """What the file tells, and what reading it takes."""
    import time

    from heapwise.analyze.paths import why
    from heapwise.integrations.heap import Snapshot
    from heapwise.views.heap import build

    begun = time.perf_counter()
    snapshot = Snapshot.open(path)
    open_s = time.perf_counter() - begun
    begun = time.perf_counter()
    types = snapshot.types
    types_s = time.perf_counter() - begun
    begun = time.perf_counter()
    why(snapshot, "__main__.cache")
    why_s = time.perf_counter() - begun
    begun = time.perf_counter()
    snapshot.query("SELECT type, count(*), sum(size_bytes) FROM objects GROUP BY type")
    query_s = time.perf_counter() - begun
    begun = time.perf_counter()
    build(snapshot)
    report_s = time.perf_counter() - begun
    return {
        "objects": len(snapshot),
        "walk_s": snapshot.figure("walk_ns") / 1e9,
        "dominators_s": snapshot.figure("dominators_ns") / 1e9,
        "file_bytes": path.stat().st_size,
        "walk_bytes": snapshot.figure("walk_bytes"),
        "most_bytes": snapshot.figure("most_bytes"),
        "open_s": open_s,
        "types_s": types_s,
        "why_s": why_s,
        "query_s": query_s,
        "report_s": report_s,
        "explained": 1 - snapshot.unexplained_objects() / len(snapshot),
        "types": len(types),
    }


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--objects", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--output", type=Path, default=HERE / "results" / "heap.json")
    options = parser.parse_args()
    rivals = str(RIVALS_HOME / "bin" / "python")
    document: dict[str, dict[str, object]] = {}
    for objects in options.objects:
        rows = document.setdefault(str(objects), {})
        for tool, python in (("heapwise", sys.executable), ("guppy3", rivals), ("objgraph", rivals),
                             ("pympler", rivals)):  # fmt: skip
            found = measure(python, tool, objects)
            rows[tool] = found
            if found:
                shown = {name: round(value, 6) for name, value in found.items()}
                print(f"{objects:>9} {tool:10} {json.dumps(shown)}", flush=True)
    options.output.parent.mkdir(exist_ok=True)
    options.output.write_text(json.dumps(document, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
