"""The tables of a snapshot for Arrow and DuckDB: the file's own columns, without a copy where that can be.

Needs the extra `sql` (pyarrow, duckdb); MissingExtraError without.
"""

from __future__ import annotations

import re
from typing import Any

from heapwise.errors import MissingExtraError
from heapwise.model.heap_tables import EDGE_KINDS, IMMORTAL, TEXT_KINDS
from heapwise.model.snapshot import Snapshot


def arrow() -> Any:
    """pyarrow, or the error that says how to get it."""
    try:
        import pyarrow
    except ImportError:
        raise MissingExtraError("pyarrow is not installed", "pip install 'heapwise[sql]'") from None
    return pyarrow


def duckdb() -> Any:
    """duckdb, or the error that says how to get it."""
    try:
        import duckdb as module
    except ImportError:
        raise MissingExtraError("duckdb is not installed", "pip install 'heapwise[sql]'") from None
    return module


def connection(snapshot: Snapshot, sql: str) -> Any:
    """A DuckDB connection that knows the tables which a query names, and no file of this machine."""
    connected = duckdb().connect()
    connected.execute("SET enable_external_access = false")
    for name in TABLES:
        if re.search(rf"\b{name}\b", sql, re.IGNORECASE):
            connected.register(name, table(snapshot, name))
    return connected


def table(snapshot: Snapshot, name: str) -> Any:
    """One table: objects (id, address, type, label, size_bytes, foreign_bytes, retained_bytes, refcount,
    unexplained_count, dominator, site), edges (source, target, kind, name), types (type, node), roots (root,
    node), dominators (id, dominator, retained_bytes), sites (site, file, line, function)."""
    make = TABLES[name]
    import pyarrow.compute as pc

    return make(snapshot, arrow(), pc)


def _objects(snapshot: Snapshot, pa: Any, pc: Any) -> Any:
    import numpy as np

    n = len(snapshot)
    refcount = _column(snapshot.nodes("refcount"), pa)
    immortal = pc.equal(refcount, IMMORTAL)
    dominator = _column(snapshot.nodes("dominator"), pa)
    labels = np.full(n, -1, np.int32)
    labels[list(snapshot.labels)] = np.arange(len(snapshot.labels), dtype=np.int32)
    return pa.table(
        {
            "id": pa.array(np.arange(n, dtype=np.uint32)),
            "address": _column(snapshot.nodes("address"), pa),
            "type": pa.DictionaryArray.from_arrays(
                _column(snapshot.nodes("type"), pa).cast(pa.int32()), list(snapshot.type_names)
            ),
            "label": pa.DictionaryArray.from_arrays(
                pa.array(labels, mask=labels < 0),
                pa.array(list(snapshot.labels.values()), pa.string()),
            ),
            "size_bytes": _column(snapshot.nodes("size_bytes"), pa),
            "foreign_bytes": _column(snapshot.nodes("foreign_bytes"), pa),
            "retained_bytes": _column(snapshot.nodes("retained_bytes"), pa),
            "refcount": pc.if_else(immortal, None, refcount),
            "unexplained_count": _column(snapshot.unexplained, pa),
            "dominator": pc.if_else(pc.equal(dominator, IMMORTAL), None, dominator),
            "site": _column(snapshot.nodes("site"), pa),
        }
    )


def _dominators(snapshot: Snapshot, pa: Any, pc: Any) -> Any:
    return _objects(snapshot, pa, pc).select(["id", "dominator", "retained_bytes"])


def _roots(snapshot: Snapshot, pa: Any, _pc: Any) -> Any:
    """root (what holds it), node."""
    steps = snapshot.steps_from(0)
    names = [str(snapshot.labels.get(step.node, step.name)) for step in steps]
    return pa.table({"root": names, "node": pa.array([step.node for step in steps], pa.uint32())})


def _sites(snapshot: Snapshot, pa: Any, _pc: Any) -> Any:
    """site, file, line, function: the line of the program that a site counts for."""
    stacks = snapshot.stacks
    frames = [stacks.user_frame(row) for row in range(len(stacks.site_ids))]
    return pa.table(
        {
            "site": pa.array(list(stacks.site_ids), pa.uint32()),
            "file": pa.array([frame.file for frame in frames], pa.string()),
            "line": pa.array([frame.line for frame in frames], pa.int32()),
            "function": pa.array([frame.function for frame in frames], pa.string()),
        }
    )


def _edges(snapshot: Snapshot, pa: Any, pc: Any) -> Any:
    import numpy as np

    counts = np.frombuffer(snapshot.nodes("edges_count"), np.uint32)  # type: ignore[call-overload]
    kind = np.frombuffer(snapshot.edges("kind"), np.uint8)  # type: ignore[call-overload]
    name = np.frombuffer(snapshot.edges("name"), np.uint32)  # type: ignore[call-overload]
    strings = [snapshot.text(i) for i in range(snapshot.strings_count)]
    texts = pa.array(strings).take(pa.array(np.minimum(name, max(len(strings) - 1, 0))))
    is_text = pa.array(np.isin(kind, list(TEXT_KINDS)))
    return pa.table(
        {
            "source": pa.array(np.repeat(np.arange(len(counts), dtype=np.uint32), counts)),
            "target": _column(snapshot.edges("target"), pa),
            "kind": pa.DictionaryArray.from_arrays(
                pa.array(kind.astype(np.int32)), list(EDGE_KINDS)
            ),
            "name": pc.if_else(is_text, texts, pa.array(name).cast(pa.string())),
        }
    )


def _types(snapshot: Snapshot, pa: Any, _pc: Any) -> Any:
    nodes = list(snapshot.type_nodes)
    return pa.table({"type": list(snapshot.type_names), "node": pa.array(nodes, pa.uint32())})


def _column(values: Any, pa: Any) -> Any:
    """A column of the file as an Arrow array over the same bytes."""
    kinds = {"B": pa.uint8(), "I": pa.uint32(), "Q": pa.uint64()}
    view = memoryview(values)
    return pa.Array.from_buffers(kinds[view.format], len(view), [None, pa.py_buffer(view)])


TABLES = {
    "objects": _objects,
    "edges": _edges,
    "types": _types,
    "roots": _roots,
    "dominators": _dominators,
    "sites": _sites,
}
