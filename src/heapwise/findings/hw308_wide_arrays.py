"""HW308: an array is wider than its values.

Numbers from 0 to 255 in int64 take eight bytes each, and need one. A float64 array whose every value float32 holds
exactly takes twice what it needs; one of whole numbers, as an image that was widened, eight times. Columns of pandas
become float64 where a row has none: by a left join, `reindex`, `unstack`, `shift`.

What to do: give the type where the array is made (`dtype=np.uint8`, `read_csv(dtype=...)`); of columns in which some
are missing, a type of pandas that can be missing, `astype("UInt8")` before the join, which takes a byte more. Costs:
sums and products may need a wider type again: name it there; what is missing is `pd.NA` then. Clean: arrays that are
filled with wider values later, or divided in place, or read by `np.fromfile` as the file has them; those that
compiled code works on by a view of one type; those that are a small part of the heap.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from heapwise.analyze.frame_columns import FRAMES, arrays_of
from heapwise.analyze.program_source import program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.roles import lines_of_sites
from heapwise.findings.scaled import is_divided_in_place_at
from heapwise.findings.sparse_matrices import parts_of_sparse
from heapwise.findings.transient import library_work
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW308"
TITLE = "an array wider than its values"
_LEAST_SHARE = 0.2
_NAMES = {1: "int8 or uint8", 2: "int16 or uint16", 4: "int32, uint32 or float32"}
_PLACES, _PLACE_BYTES = frozenset(("indices", "indptr", "row", "col", "coords", "offsets")), 4
"""Of sparse matrices of SciPy: arrays of 4 bytes or 8, whatever they hold."""
_VIEW_OF_CODE = "._memoryviewslice"
"""Of Cython, whichever module it was compiled for."""
_AS_IN_FILES = frozenset(("fromfile", "frombuffer"))
_OF_MISSING = {1: "Int8 or UInt8", 2: "Int16 or UInt16"}


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Large arrays by where they were made."""
    sizes, sites = snapshot.nodes("size_bytes"), snapshot.nodes("site")
    lines = lines_of_sites(snapshot)
    constant = snapshot.facts.get("constant", {})
    work = library_work(snapshot)
    present = _present_bytes(snapshot)
    places = {n for n, part in parts_of_sparse(snapshot).items() if part.name in _PLACES}
    groups: dict[tuple[int, int, int, int], list[int]] = {}
    for node, wide in snapshot.facts.get("fits_bytes", {}).items():
        element = snapshot.fact("element_bytes", node)
        of_missing = present.get(node, wide)
        fits = max(min(wide, of_missing + 1), _PLACE_BYTES if node in places else 0)
        passing = fits < element and (_is_typed_by_code(snapshot, node) or work.has(snapshot, node))
        if fits < element and node not in constant and not passing:
            # Each array that no line is known of stands for itself.
            key = element, fits, of_missing if fits < wide else 0, lines.get(sites[node], -node)
            groups.setdefault(key, []).append(node)
    least, whole = worth_bytes(snapshot, LEAST_ARRAY_BYTES), snapshot.figure("shallow_bytes")
    for (element, fits, of_missing, _), nodes in groups.items():
        saving = sum(sizes[node] * (element - fits) // element for node in nodes)
        if saving >= max(least, _LEAST_SHARE * whole) and not _must_be_wide(snapshot, nodes[0]):
            arrays = f"{len(nodes)} arrays" if len(nodes) > 1 else "the array"
            told = [f"{element} bytes an element, {fits} hold every value of {arrays} exactly"]
            fix = f"a dtype of {fits} bytes ({_NAMES.get(fits)}), given where it is made"
            if nodes[0] in places:
                fix = "rows and columns as int32 before the sparse matrix is made of them: astype(np.int32)"
            if of_missing:
                told.append("some are missing, and all others are whole numbers")
                fix = f"{_OF_MISSING[of_missing]} of pandas, before rows without a value come in"
            yield structural(
                snapshot, max(nodes, key=lambda n: sizes[n]), CODE, TITLE, saving_bytes=saving, fix=fix, evidence=told,
                confidence=0.7, freed=Freed(nodes=nodes),
            )  # fmt: skip


def _is_typed_by_code(snapshot: Snapshot, node: int) -> bool:
    """Whether compiled code works on it by a view of its own, which takes one type alone: rows' numbers of a join."""
    holder = snapshot.parents[0][node]
    return holder != NO_NODE and snapshot.type_of(holder).endswith(_VIEW_OF_CODE)


def _present_bytes(snapshot: Snapshot) -> Mapping[int, int]:
    """Array of a frame -> what its values take as integers, where some are missing and all others whole: one or two
    bytes."""
    known = snapshot.facts.get("present_bytes", {})
    frames = [each for kind in FRAMES for each in snapshot.of_type_exactly(kind)] if known else []
    arrays = {node for frame in frames for node in arrays_of(snapshot, frame)}
    return {node: size for node, size in known.items() if size in _OF_MISSING and node in arrays}


def _must_be_wide(snapshot: Snapshot, node: int) -> bool:
    """Whether the array's values will be others, as its function divides it in place, or its line reads them as a file
    has them."""
    at, source = snapshot.allocated_at(node), program_source(snapshot)
    if at is None:
        return False
    reads = any(
        last_name(each.func) in _AS_IN_FILES and source.file_of(each) == at.file
        for each in source.of(ast.Call)
        if each.lineno <= at.line <= (each.end_lineno or each.lineno)
    )
    return reads or is_divided_in_place_at(source, at.file, at.line)
