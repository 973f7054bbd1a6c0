"""HW307: the same strings, bytes or tuples, again and again.

Each time a text is cut from a line, or a record decoded, its strings are made anew: `"open"` a hundred thousand times
takes five megabytes, once 53 bytes. So do the keys of records that were decoded one by one.

What to do: `sys.intern(text)` where it is made; for bytes and tuples a dict of your own, `pool.setdefault(x, x)`; for
keys a decoder that keeps them (`json.loads(line, object_pairs_hook=...)`, msgspec); for columns a category. Clean: few
copies of each; strings that soon go.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.heap_tables import EDGE_KINDS, NO_NODE, TEXT_KINDS
from heapwise.model.snapshot import Snapshot

CODE = "HW307"
TITLE = "equal objects"
_LEAST_COPIES = 10
_POOL_BYTES = 100
"""What an entry of a pool takes."""
_TYPES = ("str", "bytes", "tuple")
_KEY_OBJECT, _INDEX = EDGE_KINDS.index("key object"), EDGE_KINDS.index("index")


@dataclass(slots=True)
class _Group:
    """The copies in one role. example: one of them."""

    example: int
    count: int = 0
    size_bytes: int = 0
    of: set[int] = field(default_factory=set)
    copies: array[int] = field(default_factory=lambda: array("I"))


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Copies by who holds them and in which role, and by where they were made."""
    least = worth_bytes(snapshot)
    groups = _groups(snapshot)
    for (name, _, _, kind, _), group in groups.items():
        saving = group.size_bytes - _POOL_BYTES * len(group.of)
        if saving < least or group.count < _LEAST_COPIES * len(group.of):
            continue
        told = [
            f"{group.count} {name} objects hold {len(group.of)} values: {group.size_bytes} bytes of copies"
        ]
        yield structural(
            snapshot, group.example, CODE, f"{TITLE}: {name}", saving_bytes=saving, evidence=told,
            fix=_fix(name, kind), confidence=0.85, subject=name,
            freed=Freed(nodes=group.copies),
            recipe=Recipe("pool", "pool", len(group.of), group.size_bytes, {}, "a value"),
        )  # fmt: skip


def _groups(snapshot: Snapshot) -> dict[tuple[str, int, int, int, int], _Group]:
    """(type, type of the holder, name of the edge, its kind, site) -> copies."""
    kinds, sizes, sites = (snapshot.nodes(n) for n in ("type", "size_bytes", "site"))
    parents, edges = snapshot.parents
    edge_kinds, edge_names = snapshot.edges("kind"), snapshot.edges("name")
    names = {row: name for row, name in enumerate(snapshot.type_names) if name in _TYPES}
    # Columns of strings are HW310's.
    columns = {row for row, name in enumerate(snapshot.type_names) if name == "numpy.ndarray"}
    groups: dict[tuple[str, int, int, int, int], _Group] = {}
    for node, of in snapshot.copies:
        name, above = names.get(kinds[node]), parents[node]
        if name is None or above == NO_NODE or kinds[above] in columns:
            continue
        edge = edges[node]
        kind = edge_kinds[edge]
        if name == "tuple" and kind == _INDEX:  # rows of a table: they are what it holds
            continue
        told = edge_names[edge] if kind in TEXT_KINDS else 0
        key = name, kinds[above], told, kind, sites[node]
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Group(node)
        group.count += 1
        group.copies.append(node)
        group.size_bytes += sizes[node]
        group.of.add(of)
    return groups


def _fix(name: str, kind: int) -> str:
    if kind == _KEY_OBJECT:
        return (
            "decode with shared keys: object_pairs_hook that interns them, or msgspec with a Struct"
        )
    return (
        "sys.intern(text) where it is made"
        if name == "str"
        else "pool.setdefault(value, value), where it is made"
    )
