"""HW377: `re` keeps the last 512 patterns.

`re.search(pattern, text)` compiles its pattern and keeps it, with 511 others. Where a pattern is made of data, a list
of ten thousand words joined by `|`, one takes a hundred kilobytes and more, and none is asked for again.

What to do: look words up in a set, `any(word in wanted for word in re.findall(r"\\w+", text))`; `re.purge()` when a job
is done; or a pattern that stays, compiled once. Costs: nothing; after a purge patterns are compiled again. Clean:
patterns that are written in the program.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW377"
TITLE = "patterns that re keeps"
_PATTERN, _CACHES = "re.Pattern", ("_cache", "_cache2")
_LEAST_PATTERNS, _LEAST_SHARE, _LEAST_EACH_BYTES = 16, 0.1, 16 << 10


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """The large patterns that nothing but the module's caches keeps."""
    retained, above = snapshot.nodes("retained_bytes"), snapshot.nodes("dominator")
    caches = {
        step.node
        for namespace, module in snapshot.namespaces.items() if module in ("re", "re._compiler")
        for step in snapshot.steps_from(namespace) if step.name in _CACHES
    }  # fmt: skip
    spaces = {namespace for namespace, module in snapshot.namespaces.items() if module == "re"}
    kept = [
        node for node in snapshot.of_type_exactly(_PATTERN)
        if retained[node] >= _LEAST_EACH_BYTES and (above[node] in caches or above[node] in spaces)
    ]  # fmt: skip
    size = snapshot.retained_of(kept)
    if len(kept) >= _LEAST_PATTERNS and size >= max(
        worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes")
    ):
        yield structural(
            snapshot, kept[len(kept) // 2], CODE, TITLE, saving_bytes=size, confidence=0.8,
            evidence=[f"{len(kept)} patterns of {units.size(size // len(kept))} each stay in the cache of re"],
            fix="a set of words in the place of a pattern of all; or re.purge() when the job is done",
            freed=Freed(roots=kept),
        )  # fmt: skip
