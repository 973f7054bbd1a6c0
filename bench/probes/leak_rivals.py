"""What a library says of a leak: PROGRAM leaking|clean objgraph|tracemalloc. Prints one JSON object:
flagged, and the lines and types that grew in every round."""

from __future__ import annotations

import gc
import importlib.util
import json
import sys
from itertools import pairwise
from types import ModuleType

WARMUP, ROUNDS = 3, 8


def load(path: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.rpartition("/")[2].removesuffix(".py"), path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def by_objgraph(function: object) -> dict[str, object]:
    """Types of which there are more after every round."""
    import objgraph

    assert callable(function)
    counts = []
    for number in range(WARMUP + ROUNDS):
        function()
        gc.collect()
        if number >= WARMUP - 1:
            counts.append(objgraph.typestats(shortnames=False))
    grown = [
        name
        for name in counts[-1]
        if all(a.get(name, 0) < b.get(name, 0) for a, b in pairwise(counts))
    ]
    return {"flagged": bool(grown), "types": grown, "lines": []}


def by_tracemalloc(function: object, path: str) -> dict[str, object]:
    """Lines that hold more after every round."""
    import tracemalloc

    assert callable(function)
    tracemalloc.start(10)
    sizes = []
    for number in range(WARMUP + ROUNDS):
        function()
        gc.collect()
        if number >= WARMUP - 1:
            held: dict[int, int] = {}
            for stat in tracemalloc.take_snapshot().statistics("lineno"):
                if stat.traceback[0].filename == path:
                    held[stat.traceback[0].lineno] = stat.size
            sizes.append(held)
    grown = [
        line
        for line in sizes[-1]
        if all(a.get(line, 0) < b.get(line, 0) for a, b in pairwise(sizes))
    ]
    return {"flagged": bool(grown), "types": [], "lines": grown}


def main() -> None:
    path, which, tool = sys.argv[1:]
    function = getattr(load(path), which)
    print()
    found = by_objgraph(function) if tool == "objgraph" else by_tracemalloc(function, path)
    print(json.dumps(found))


main()
