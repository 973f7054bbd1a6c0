"""HW310: an array of Python strings with few values.

A column of objects takes eight bytes for each reference, and a string of fifty bytes and more behind it: of a million
rows with fifty values, 70 MiB; as a category one.

What to do: say so where it is read: `read_csv(dtype={"segment": "category"})`. Turning a column into a category
afterwards lowers what is live, but not the resident set: the strings have been made. Clean: more values than half of
the rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import structural
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW310"
TITLE = "strings that are a category"
_MOST_VALUES, _MOST_BYTES = 0.5, 128
_CODES = ((1 << 7, 1), (1 << 15, 2), (1 << 31, 4))


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Arrays of objects that are strings."""
    least = worth_bytes(snapshot, LEAST_ARRAY_BYTES)
    wanted = snapshot.facts.get("objects_count", {})
    if not wanted:
        return
    same_as = dict(snapshot.copies)
    sizes, kinds = snapshot.nodes("size_bytes"), snapshot.nodes("type")
    first, counts = snapshot.nodes("first_edge"), snapshot.nodes("edges_count")
    targets = snapshot.edges("target")
    above = snapshot.nodes("dominator")
    text = next((row for row, name in enumerate(snapshot.type_names) if name == "str"), -1)
    for node, count in wanted.items():
        if _MOST_BYTES * count < least:
            continue
        items = [t for t in targets[first[node] : first[node] + counts[node]] if kinds[t] == text]
        if len(items) < 0.9 * count:
            continue
        objects = set(items)
        values = {same_as.get(item, item) for item in objects}
        if len(values) > _MOST_VALUES * count:
            continue
        owned = [item for item in objects if above[item] == node]
        own = sum(sizes[item] for item in owned)
        width = next(width for most, width in _CODES if len(values) < most)
        saving = sizes[node] + own - width * count - sum(sizes[item] for item in values)
        if saving >= least:
            told = [f"{count} references to {len(objects)} strings of {len(values)} values"]
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=saving, evidence=told, confidence=0.8,
                fix='dtype="category", where it is read',
                freed=Freed(nodes=[node, *owned]),
            )  # fmt: skip
