"""HW315: a cache that hardly ever hits.

It keeps arguments and results, about a hundred bytes an entry besides, and gives nothing back.

What to do: leave it out, or cache by what really comes again (an id, a normalised text). Costs: nothing. Clean: caches
with hits; those that are still being filled.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW315"
TITLE = "a cache that hardly ever hits"
_LEAST_MISSES, MOST_HITS = 200, 0.05


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Caches of functools with many misses and few hits."""
    least = worth_bytes(snapshot)
    retained, above = snapshot.nodes("retained_bytes"), snapshot.nodes("dominator")
    hits = snapshot.facts.get("hits", {})
    for node, missed in snapshot.facts.get("misses", {}).items():
        if missed < _LEAST_MISSES or retained[node] < least or hits[node] > MOST_HITS * missed:
            continue
        functions = {
            s.node for s in snapshot.steps_from(node)
            if snapshot.type_of(s.node) == "function" and above[s.node] == node
        }  # fmt: skip
        saving = retained[node] - sum(retained[each] for each in functions)
        if saving >= least:
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=saving, confidence=0.7,
                evidence=[f"{hits[node]} hits beside {missed} misses"],
                fix="leave it out, or cache by what comes again", freed=Freed(roots=(node,), entirely=True),
            )  # fmt: skip
