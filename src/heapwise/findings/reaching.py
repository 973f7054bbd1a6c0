"""Whether one object leads to another."""

from __future__ import annotations

from heapwise.model.heap_tables import EDGE_KINDS
from heapwise.model.snapshot import Snapshot

_MOST_SEEN = 2000
_CAPTURED = ("__closure__", "__defaults__", "__kwdefaults__")
_NO_WAY = frozenset(map(EDGE_KINDS.index, ("weak", "type")))


def reaches(snapshot: Snapshot, start: int, target: int, *, within: int = _MOST_SEEN) -> bool:
    """By strong references, in so many steps at most; of functions by what they captured, and not by way of modules,
    classes and code."""
    kinds, names, targets = (snapshot.edges(name) for name in ("kind", "name", "target"))
    types, closed = snapshot.nodes("type"), snapshot.type_rows("module", "type", "code")
    functions = snapshot.type_rows("function")
    seen, level = {start}, [start]
    for _ in range(within):
        if target in seen:
            return True
        below = []
        for node in level:
            if types[node] in closed:
                continue
            is_function = types[node] in functions
            held = snapshot.edges_of(node)
            # Columns, not steps: this is asked of each of many thousands of objects.
            for edge in range(held.start, held.stop):
                next_one = targets[edge]
                if (
                    next_one in seen
                    or kinds[edge] in _NO_WAY
                    or (is_function and snapshot.text(names[edge]) not in _CAPTURED)
                ):
                    continue
                if len(seen) >= _MOST_SEEN:
                    break
                seen.add(next_one)
                below.append(next_one)
        if not below:
            break
        level = below
    return target in seen
