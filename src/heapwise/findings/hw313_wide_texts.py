"""HW313: a few wide characters make whole texts wide.

A str gives every character as many bytes as its widest needs: one emoji makes 100,000 letters take 400 kB.

What to do: keep long texts as UTF-8 (`text.encode()`) and decode the part that is looked at. Costs: decoding takes time
at each look; places are bytes, not characters. Clean: texts that are wide throughout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import MOST_BUILT, Finding, Freed, Recipe
from heapwise.model.snapshot import Snapshot

CODE = "HW313"
TITLE = "texts made wide by a few characters"


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Long texts that UTF-8 would hold in less, by where they were made."""
    sizes, sites = snapshot.nodes("size_bytes"), snapshot.nodes("site")
    wide = snapshot.facts.get("wide_bytes", {})
    groups: dict[int, list[int]] = {}
    for node in wide:
        groups.setdefault(sites[node], []).append(node)
    least = worth_bytes(snapshot)
    for nodes in groups.values():
        saving = sum(wide[node] for node in nodes)
        taken = sum(sizes[node] for node in nodes)
        if saving >= least and saving * 4 > taken:
            told = [f"{len(nodes)} texts take {taken} bytes, and {taken - saving} as UTF-8"]
            yield structural(
                snapshot, max(nodes, key=lambda n: wide[n]), CODE, TITLE, saving_bytes=saving, evidence=told,
                fix="keep them as UTF-8: text.encode()", confidence=0.8,
                freed=Freed(nodes=nodes),
                recipe=Recipe("UTF-8", "UTF-8", len(nodes), taken, {"texts": _sample(nodes, sizes, wide)}),
            )  # fmt: skip


def _sample(
    nodes: Sequence[int], sizes: Sequence[int], wide: Mapping[int, int]
) -> list[tuple[int, int]]:
    """(size, bytes that UTF-8 takes less) of some texts."""
    return [(sizes[node], wide[node]) for node in nodes[:MOST_BUILT]]
