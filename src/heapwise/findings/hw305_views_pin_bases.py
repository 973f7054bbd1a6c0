"""HW305: small views keep large arrays.

A slice of a NumPy array shows the array's own memory: keep ten numbers of it, or one row of a structured array, and all
of it stays. So does a slice of a memoryview (of `BytesIO.getbuffer()`, too), and `np.frombuffer`, which keeps the
bytes. A field of a structure of ctypes that is a structure shows the memory of the whole, too; and so does a slice of a
table or a column of Arrow (`table.slice(0, 5)`, the columns of `frame.head()` with Arrow's texts), whose buffers no
object of Python has, or are arrays of NumPy that Arrow alone still has.

What to do: `part = whole[:10].copy()`, or `bytes(view[:10])`, for what is kept (tried by `--prove`, where the line has
one slice); of Arrow `table.take(range(5))`. Costs: the copy of the part. Clean: views whose base is needed anyway, by
its name or as most of it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.kept_by_parts import by_line, kept_by_parts
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW305"
TITLE = "small views keep large arrays"
_OF_ARRAYS = ("numpy.ndarray", "numpy.void", "numpy.record")
_LEAD_ON = ("memoryview", "managedbuffer", "_io._BytesIOBuffer", "_io.BytesIO")
"""What a view of bytes leads through to them."""
_CTYPES = ("_ctypes.PyCStructType", "_ctypes.UnionType", "_ctypes.PyCArrayType")
_LEAST_RATIO, _LEAST_BASE_BYTES = 4, 4 << 10
_ONE_BY_ONE = 10
"""Parts of one line: so many are not made at once."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Wholes that views alone keep, by the line that made the views."""
    sizes, shown = snapshot.nodes("size_bytes"), snapshot.nodes("foreign_bytes")
    found = []
    for each in kept_by_parts(snapshot, _views(snapshot)):
        parts_bytes = sum(shown[part] for part in each.parts)
        # A BytesIO that nobody has a view of shows nothing: it is whole.
        if parts_bytes and sizes[each.whole] >= max(_LEAST_BASE_BYTES, _LEAST_RATIO * parts_bytes):
            found.append(each)
    least = worth_bytes(snapshot)
    for group in by_line(snapshot, found):
        parts = [part for each in group for part in each.parts]
        parts_bytes = sum(shown[part] for part in parts)
        saving = sum(sizes[each.whole] for each in group) - parts_bytes
        if saving >= least:
            yield structural(
                snapshot, parts[0], CODE, TITLE, saving_bytes=saving,
                evidence=[f"{len(parts)} views of {parts_bytes} bytes keep {saving} bytes more"],
                fix="keep a copy of the part: whole[:10].copy()", subject=snapshot.type_of(parts[0]),
                freed=Freed(nodes=[each.whole for each in group]),
            )  # fmt: skip
    yield from _of_arrow(snapshot, least)


def _of_arrow(snapshot: Snapshot, least: int) -> Iterator[Finding]:
    """Slices of Arrow's tables and columns, by the line that made them, whose buffers nothing shows more of."""
    files = [(each.begin, each.end) for each in snapshot.mappings if each.name.startswith("/")]
    lines, sites = lines_of_sites(snapshot), snapshot.nodes("site")
    groups: dict[int, list[tuple[int, int, int]]] = {}
    for node, at in snapshot.facts.get("buffers_at", {}).items():
        if any(begin <= at < end for begin, end in files):
            continue
        sizes = snapshot.fact("buffers_bytes", node), snapshot.fact("shown_bytes", node)
        groups.setdefault(lines.get(sites[node], -node), []).append((node, *sizes))
    for group in groups.values():
        saving = sum(kept - shown for _, kept, shown in group)
        if len(group) >= _ONE_BY_ONE:
            saving -= saving // len(group)  # one is there at a time anyway
        if saving >= least:
            shown = sum(each for _, _, each in group)
            told = (
                f"{len(group)} parts of Arrow's tables, of {shown} bytes, keep {saving} bytes more"
            )
            yield structural(
                snapshot, group[0][0], CODE, TITLE, saving_bytes=saving, evidence=[told],
                fix="copy the rows that are kept: table.take(range(n))",
                freed=Freed(nodes=[node for node, _, _ in group]),
            )  # fmt: skip


def _views(snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    """Views, and what each shows a part of."""
    shown = snapshot.nodes("foreign_bytes")
    for node in (each for kind in _OF_ARRAYS for each in snapshot.of_type_exactly(kind)):
        base = next((s.node for s in snapshot.steps_from(node) if s.name == "base"), 0)
        if shown[node] and base:
            yield node, base
    for node in (each for kind in _LEAD_ON for each in snapshot.of_type_exactly(kind)):
        for step in snapshot.steps_from(node):
            if step.kind == "reference" or step.name == "buffer":
                yield node, step.node
    ctypes = _of_ctypes(snapshot)
    for node in ctypes:
        for step in snapshot.steps_from(node):
            if step.kind == "reference" and step.node in ctypes:
                yield node, step.node


def _of_ctypes(snapshot: Snapshot) -> frozenset[int]:
    """Structures, unions and arrays of ctypes: a field of one that is one shows the memory of the whole."""
    rows = [
        row for row, node in enumerate(snapshot.type_nodes)
        if node and snapshot.type_of(node) in _CTYPES
    ]  # fmt: skip
    return frozenset(
        node for row in rows for node in snapshot.of_type_exactly(snapshot.type_names[row])
    )
