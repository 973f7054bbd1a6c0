"""HW334: a cache keeps large values that are seldom asked for again.

A cache without a bound, or with one that is never reached, keeps all that was ever asked for. Where its values are
large and each was asked for again a few times at most, as in a walk along neighbours or from day to day, a few of them
would have given the same hits.

What to do: `maxsize=` as many as are asked for again before others come: 4, or 16; look at `cache_info()` with it.
Costs: what was dropped is made again. Clean: small values; caches with many hits for each entry; those that take a
small part of the heap.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW334"
TITLE = "a cache of large values that are seldom asked for again"
_LEAST_ENTRIES, _LEAST_ENTRY_BYTES = 8, 16 << 10
_CONNECTION = "sqlite3.Connection"
_FIX = "maxsize= as many as are asked for again soon: 4, or 16"
_FIX_OF_STATEMENTS = (
    "values as parameters, not in the text: execute('insert into t values (?, ?)', row)"
)
_MOST_HITS, _LEAST_SHARE, _KEPT = 3, 0.3, 3


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Caches of functools that have evicted nothing, and take a good part of the heap."""
    retained, above = snapshot.nodes("retained_bytes"), snapshot.nodes("dominator")
    facts = snapshot.facts
    hits, bounds = facts.get("hits", {}), facts.get("maxsize", {})
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for node, missed in facts.get("misses", {}).items():
        is_full = 0 <= bounds[node] < missed
        if is_full or missed < _LEAST_ENTRIES or hits[node] > _MOST_HITS * missed:
            continue
        functions = {
            s.node for s in snapshot.steps_from(node)
            if snapshot.type_of(s.node) in ("function", "method") and above[s.node] == node
        }  # fmt: skip
        kept = retained[node] - sum(retained[each] for each in functions)
        saving = kept - _KEPT * kept // missed
        if kept >= _LEAST_ENTRY_BYTES * missed and saving >= least:
            of_statements = any(
                snapshot.type_of(step.node) == _CONNECTION for step in snapshot.steps_from(node)
            )
            told = f"{missed} entries of {units.size(kept // missed)} each; {hits[node]} hits"
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=saving, evidence=[told], confidence=0.6,
                fix=_FIX_OF_STATEMENTS if of_statements else _FIX,
                freed=Freed(roots=(node,), entirely=True),
            )  # fmt: skip
