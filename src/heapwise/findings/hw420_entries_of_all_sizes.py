"""HW420: a cache is bounded by the number of its entries, which are large and of all sizes.

`LRUCache(maxsize=256)` keeps 256 entries, be they of two kilobytes or of two megabytes each: what the cache takes is
what happens to be asked for.

What to do: a bound in bytes: `LRUCache(maxsize=8 << 20, getsizeof=len)` for texts and bytes, `getsizeof=lambda x:
x.nbytes` for arrays; what is saved is told for a bound of a tenth of what the cache has now, but of no less than twice
the largest entry. Costs: what is dropped is made again: count hits and misses with it. Clean: entries of about one
size, small ones, those that others keep as well, and caches that take a small part of the heap.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.paths import attribute
from heapwise.findings.hw415_bounds_in_bytes import CACHES, that_count
from heapwise.findings.own_containers import entries_of
from heapwise.findings.place import structural
from heapwise.findings.waste import mean, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW420"
TITLE = "a cache bounded by number, of entries of all sizes"
_DATA = "_Cache__data"
_LEAST_ENTRIES, _LEAST_MEAN_BYTES, _UNEVEN, _LEAST_SHARE, _KEPT = 16, 16 << 10, 3, 0.3, 0.1


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Caches of cachetools that count entries, and take a good part of the heap."""
    retained, above = snapshot.nodes("retained_bytes"), snapshot.nodes("dominator")
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for node in (each for name in CACHES for each in that_count(snapshot, name)):
        data = attribute(snapshot, node, _DATA)
        entries = entries_of(snapshot, data) if data is not None else []
        sizes = [retained[each] for each in entries if above[each] == data]
        saving = sum(sizes) - max(round(_KEPT * sum(sizes)), 2 * max(sizes, default=0))
        if (
            len(sizes) < _LEAST_ENTRIES
            or mean(sizes) < _LEAST_MEAN_BYTES
            or max(sizes) < _UNEVEN * min(sizes)
            or saving < least
        ):
            continue
        told = f"its {len(sizes)} entries take {units.size(min(sizes))} to {units.size(max(sizes))} each"
        bound = f"with a bound of {units.size(sum(sizes) - saving)}, it would keep no more"
        yield structural(
            snapshot, node, CODE, TITLE, saving_bytes=saving, evidence=[told, bound], confidence=0.5,
            fix="maxsize= in bytes, with getsizeof=len, or what else tells the bytes of an entry",
            freed=Freed(roots=(node,), entirely=True),
        )  # fmt: skip
