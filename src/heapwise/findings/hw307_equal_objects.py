"""HW307: the same strings, bytes, tuples or dates, again and again.

Each time a text is cut from a line, or a record decoded, its strings are made anew: `"open"` a hundred thousand times
takes five megabytes, once 53 bytes. So do the keys of records that were decoded one by one, and the dates, times and
decimal numbers that are read of texts.

What to do: `sys.intern(text)` where it is made (tried by `--prove`, where the line makes one text); for bytes and
tuples a dict of your own, `pool.setdefault(x, x)`; for dates a cache around the parser,
`functools.lru_cache(maxsize=10_000)(datetime.fromisoformat)`; for keys a decoder that keeps them (`json.loads(line,
object_pairs_hook=...)`, msgspec); for columns a category. Costs: a look into a table at each text that is made. Clean:
few copies of each; strings that soon go.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from heapwise.findings.own_classes import are_native_work
from heapwise.findings.place import structural
from heapwise.findings.roles import MOST_FIELDS, lines_of_sites, sampled
from heapwise.findings.waste import imported_sites, worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.heap_tables import EDGE_KINDS, NO_NODE, TEXT_KINDS
from heapwise.model.snapshot import Snapshot

CODE = "HW307"
TITLE = "equal objects"
_LEAST_COPIES, _SHOWN, _SAMPLE = 10, 4, 50
_POOL_BYTES = 100
"""What an entry of a pool takes."""
_PARSED = (
    "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta", "decimal.Decimal",
)  # fmt: skip
_TYPES = ("str", "bytes", "tuple", *_PARSED)
_KEY, _KEY_OBJECT, _INDEX = (EDGE_KINDS.index(kind) for kind in ("key", "key object", "index"))


@dataclass(slots=True)
class _Group:
    """The copies in one role. example: one of them."""

    example: int
    count: int = 0
    size_bytes: int = 0
    of: set[int] = field(default_factory=set)
    copies: array[int] = field(default_factory=lambda: array("I"))


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Copies by where they were made and who holds them; in each role there must be many of each."""
    least = worth_bytes(snapshot)
    places: dict[tuple[str, int, int, int], list[tuple[int, _Group]]] = {}
    for (name, owner, attribute, kind, site), group in _groups(snapshot).items():
        if group.count >= _LEAST_COPIES * len(group.of):
            places.setdefault((name, owner, kind, site), []).append((attribute, group))
    for (name, owner, kind, _), found in places.items():
        groups = [group for _, group in found]
        values = set().union(*(group.of for group in groups))
        size = sum(group.size_bytes for group in groups)
        saving = size - _POOL_BYTES * len(values)
        if saving < least:
            continue
        copies = [node for group in groups for node in group.copies]
        if are_native_work(snapshot, copies):
            continue
        told = [
            f"{group.count} {name} objects{_role(snapshot, owner, held_as)} hold {len(group.of)} values: "
            f"{group.size_bytes} bytes of copies"
            for held_as, group in sorted(found, key=lambda each: (-each[1].size_bytes, each[0]))[
                :_SHOWN
            ]
        ]
        largest = max(groups, key=lambda group: (group.size_bytes, -group.example))
        own = _are_made_by_program(snapshot, copies)
        yield structural(
            snapshot, largest.example, CODE, f"{TITLE}: {name}", saving_bytes=saving, evidence=told,
            fix=_fix(name, kind), confidence=0.85, subject=name if own else f"{name} of a library",
            freed=Freed(nodes=copies, entirely=True),
            recipe=Recipe("pool", "pool", len(values), size, {}, "a value"),
        )  # fmt: skip


def _are_made_by_program(snapshot: Snapshot, nodes: Sequence[int]) -> bool:
    """Whether most were made in the program's own functions: there they can be changed as they are made."""
    is_own = snapshot.stacks.is_user_file
    stacks = [snapshot.stack_of(node) for node in sampled(nodes, _SAMPLE)]
    own = [bool(stack) and is_own(stack[-1].file) for stack in stacks]
    return 2 * sum(own) > len(own)


def _role(snapshot: Snapshot, owner: int, attribute: int) -> str:
    """` in .host of app.Entry`; empty of items."""
    return f" in .{snapshot.text(attribute)} of {snapshot.type_names[owner]}" if attribute else ""


def _groups(snapshot: Snapshot) -> dict[tuple[str, int, int, int, int], _Group]:
    """(type, type of the holder, name of the edge, its kind, site) -> copies."""
    kinds, sizes, sites, counts = (
        snapshot.nodes(n) for n in ("type", "size_bytes", "site", "edges_count")
    )
    parents, edges = snapshot.parents
    edge_kinds, edge_names = snapshot.edges("kind"), snapshot.edges("name")
    names = {row: name for row, name in enumerate(snapshot.type_names) if name in _TYPES}
    # Columns of strings are HW310's.
    columns = {row for row, name in enumerate(snapshot.type_names) if name == "numpy.ndarray"}
    groups: dict[tuple[str, int, int, int, int], _Group] = {}
    lines = lines_of_sites(snapshot)
    of_libraries = imported_sites(snapshot)
    for node, of in snapshot.copies:
        name, above = names.get(kinds[node]), parents[node]
        if (
            name is None
            or above == NO_NODE
            or kinds[above] in columns
            or sites[node] in of_libraries
        ):
            continue
        edge = edges[node]
        kind = edge_kinds[edge]
        if name == "tuple" and kind == _INDEX:  # rows of a table: they are what it holds
            continue
        # The keys of a record say what is under them; those of a large dict tell one entry from another.
        is_field = kind in TEXT_KINDS and (kind != _KEY or counts[above] <= MOST_FIELDS)
        told = edge_names[edge] if is_field else 0
        key = name, kinds[above], told, kind, lines.get(sites[node], 0)
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
    if name == "str":
        return "sys.intern(text) where it is made"
    if name in _PARSED:
        return "a cache around what reads it: functools.lru_cache(maxsize=10_000)(datetime.fromisoformat)"
    return "pool.setdefault(value, value), where it is made"
