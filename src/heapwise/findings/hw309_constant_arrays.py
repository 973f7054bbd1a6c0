"""HW309: an array holds one value, or nearly nothing but zeros.

One-hot rows are zeros but for a 1, whose place says all. A sparse matrix may store its zeros:
`matrix.data[matrix.data < cut] = 0` leaves each with its index.

What to do: one value is `np.broadcast_to(value, shape)`, which takes none of it; an array that is mostly zeros is
`scipy.sparse`, which drops its stored zeros by `matrix.eliminate_zeros()`; of one-hot rows keep the number of the
class, and make the rows of a batch where they are needed, `np.eye(classes)[numbers]`. Costs: the view cannot be written
to; a sparse matrix is slower at single elements; the rows of a batch are made each time. Clean: zeros, which are filled
later; buffers that the program writes to; arrays of a program that says so itself (`np.full`, `np.ones`); arrays whose
pages were never touched, which take nothing; matrices that a running function works on.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from heapwise.analyze.program_source import program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.sparse_matrices import parts_of_sparse
from heapwise.findings.transient import library_work
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW309"
TITLE = "an array of one value"
SPARSE = "an array of zeros, mostly"
ONE_HOT = "an array with a 1 in each row"
STORED = "zeros that a sparse matrix stores"
_MEANT = frozenset(("full", "ones", "full_like", "ones_like"))
"""Calls that say that all elements are one value: what is computed of these is as well."""
_LEAST_ZEROS, _LEAST_STORED, _INDEX_BYTES, _CLASSES_OF_A_BYTE = 0.9, 0.2, 4, 256


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Arrays that are constant, or nine tenths zeros and more."""
    least = worth_bytes(snapshot, LEAST_ARRAY_BYTES)
    sizes = snapshot.nodes("size_bytes")
    constant = snapshot.facts.get("constant", {})
    is_meant = any(last_name(each.func) in _MEANT for each in program_source(snapshot).of(ast.Call))
    work = library_work(snapshot)
    for node in constant:
        # Nothing but zeros is what an array looks like that is still to be filled.
        if not is_meant and snapshot.fact("zeros_count", node) == 0 and sizes[node] >= least:
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=sizes[node], evidence=["every element is the same"],
                fix="np.broadcast_to(value, shape)", confidence=0.6,
                freed=Freed(nodes=[node]),
            )  # fmt: skip
    stored: list[tuple[int, int]] = []
    lines, parts = lines_of_sites(snapshot), parts_of_sparse(snapshot)
    groups: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for node, zeros in snapshot.facts.get("zeros_count", {}).items():
        element, count = (
            snapshot.fact(name, node, 1) for name in ("element_bytes", "elements_count")
        )
        if (part := parts.get(node)) is not None and part.name == "data":
            if zeros >= _LEAST_STORED * count and not _is_local(snapshot, part.matrix):
                stored.append((node, zeros * (element + _INDEX_BYTES)))
            continue
        if node in constant or work.has(snapshot, node):
            continue
        rows = snapshot.fact("one_hot_rows", node)
        line = lines.get(snapshot.nodes("site")[node], -node)
        if rows:
            class_bytes = 1 if count // rows <= _CLASSES_OF_A_BYTE else 4
            saving = sizes[node] - rows * class_bytes
            groups.setdefault((ONE_HOT, line), []).append((node, saving))
        elif zeros >= _LEAST_ZEROS * count:
            saving = sizes[node] - max(0, count - zeros) * (element + _INDEX_BYTES)
            groups.setdefault((SPARSE, line), []).append((node, saving))
    for (title, _), arrays in groups.items():
        saving = sum(size for _, size in arrays)
        if saving >= least:
            yield _of_zeros(snapshot, title, [node for node, _ in arrays], saving)
    saving = sum(size for _, size in stored)
    if saving >= least:
        yield structural(
            snapshot, stored[0][0], CODE, STORED, saving_bytes=saving, fix="matrix.eliminate_zeros()", confidence=0.8,
            evidence=[f"{len(stored)} sparse matrices hold {saving} bytes of zeros with their indices"],
            freed=Freed(nodes=[node for node, _ in stored]),
        )  # fmt: skip


def _of_zeros(snapshot: Snapshot, title: str, arrays: Sequence[int], saving: int) -> Finding:
    """Arrays of one line that are mostly zeros."""
    zeros, count = (
        sum(snapshot.fact(name, node) for node in arrays)
        for name in ("zeros_count", "elements_count")
    )
    of = f" of {len(arrays)} arrays" if len(arrays) > 1 else ""
    fix = "scipy.sparse, of the form its use needs"
    if title is ONE_HOT:
        fix = "the number of the class, as uint8; np.eye(count, dtype=...)[classes] where the ones are needed"
    return structural(
        snapshot, arrays[0], CODE, title, saving_bytes=saving, confidence=0.6, fix=fix,
        evidence=[f"{zeros} of {count} elements{of} are 0"], freed=Freed(nodes=arrays),
    )  # fmt: skip


def _is_local(snapshot: Snapshot, node: int) -> bool:
    above = snapshot.parents[0][node]
    return above != NO_NODE and snapshot.type_of(above) == "<frame>"
