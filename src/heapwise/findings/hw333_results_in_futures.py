"""HW333: futures keep their results.

A future that is done keeps its result as long as somebody keeps the future: a list of all that were submitted keeps all
results, though each is looked at once, as it is done.

What to do: submit a window of a few, and let go of each that is done: `pending = deque(...)`, `pending.popleft()`;
`pool.map(f, items, buffersize=8)` on 3.14; or let the workers return what is made of the result. Costs: results come
one window at a time. Clean: results that are kept elsewhere, too; futures of a window.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.paths import attribute
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW333"
TITLE = "futures keep their results"
_TYPES = ("concurrent.futures._base.Future", "_asyncio.Future")
_LEAST_FUTURES, _WINDOW = 32, 4


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Results that nothing but their futures keeps, by the line that submitted."""
    above = snapshot.nodes("dominator")
    lines, sites = lines_of_sites(snapshot), snapshot.nodes("site")
    groups: dict[int, list[tuple[int, int]]] = {}
    for future in (node for name in _TYPES for node in snapshot.of_type_exactly(name)):
        result = attribute(snapshot, future, "_result")
        if result and above[result] == future:
            groups.setdefault(lines.get(sites[future], 0), []).append((future, result))
    least = worth_bytes(snapshot)
    for found in groups.values():
        kept = snapshot.retained_of([result for _, result in found])
        saving = kept - _WINDOW * kept // len(found)
        if len(found) >= _LEAST_FUTURES and saving >= least:
            told = f"{len(found)} futures that are done keep results of {units.size(kept)}, and nothing else does"
            yield structural(
                snapshot, found[0][0], CODE, TITLE, saving_bytes=saving, evidence=[told], confidence=0.8,
                fix="submit a window of a few and drop each that is done (buffersize= on 3.14), or return less",
                freed=Freed(roots=[result for _, result in found], entirely=True),
            )  # fmt: skip
