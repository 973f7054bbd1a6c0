"""HW373: a table of counts keeps what has come to zero.

`running[key] += 1`, and `-= 1` when it is done: the key stays in the `Counter` with a count of zero, and so does every
key that ever was.

What to do: `if not running[key]: del running[key]`; or `running += Counter()` at times, which keeps positive counts
alone. Costs: a test at each count that falls. Clean: tables whose keys are few and come again; counts that were never
more than zero because nothing was.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import EDGE_KINDS
from heapwise.model.snapshot import Snapshot

CODE = "HW373"
TITLE = "a table of counts keeps what has come to zero"
_COUNTERS = ("collections.Counter", "collections.defaultdict")
_LEAST_ENTRIES, _MOSTLY = 1000, 0.9
_KEY_OBJECT = EDGE_KINDS.index("key object")


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Counters, and defaultdicts of ints, of which most entries are zero."""
    least = worth_bytes(snapshot)
    counts, sizes, first = (snapshot.nodes(n) for n in ("edges_count", "size_bytes", "first_edge"))
    kinds, targets = snapshot.edges("kind"), snapshot.edges("target")
    retained = snapshot.nodes("retained_bytes")
    for table, zeros in snapshot.facts.get("zero_entries", {}).items():
        if snapshot.type_of(table) not in _COUNTERS or retained[table] < least:
            continue
        edges = range(first[table], first[table] + counts[table])
        keys = [targets[edge] for edge in edges if kinds[edge] == _KEY_OBJECT]
        if zeros < _MOSTLY * len(keys):
            continue
        size = sizes[table] + snapshot.retained_of(keys)
        saving = size * zeros // max(len(keys), 1)
        if saving >= least and zeros >= _LEAST_ENTRIES:
            yield structural(
                snapshot, table, CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[f"{zeros} of {len(keys)} entries are zero, with {units.size(saving)}"],
                fix="if not counts[key]: del counts[key]", freed=Freed(nodes=[table, *keys], entirely=True),
            )  # fmt: skip
