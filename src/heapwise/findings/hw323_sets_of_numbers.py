"""HW323: a large set of numbers.

An element of a set takes 16 bytes and more of its table, of which between a quarter and three fifths is in use, and
each number 32 bytes of its own: 60 to 100 bytes for a number.

What to do: where numbers are dense (ids, indices), a `bytearray` with a place for each, `seen[i] = 1`, or NumPy's bool
array; else a sorted array (`numpy.unique`, `searchsorted`). The saving is that of four bytes for each number. Costs:
the largest number must be known, or looking up takes a search. A table of many such sets that is filled and read, as
an index of the documents of each word, is one of arrays: `index.setdefault(word, array("I")).append(number)`, where a
number comes once. Clean: small sets; sets of other things; sets in a table that are asked for members, or joined,
or over few values.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.container_uses import Uses, uses_of
from heapwise.analyze.kept_at import Name, own_name
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.findings.hw318_sets_of_few_values import MOST_VALUES
from heapwise.findings.place import structural
from heapwise.findings.roles import containers_of, held_by
from heapwise.findings.waste import block_bytes, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW323"
TITLE = "a set of numbers"
_LEAST_ELEMENTS, _NUMBER_BYTES = 10_000, 4
_TABLES = ("dict", "collections.defaultdict", "list")
_LEAST_SETS, _LEAST_EACH, _ARRAY_BYTES = 64, 8, 80
_ALGEBRA = frozenset((
    "intersection", "union", "difference", "symmetric_difference", "issubset", "issuperset", "isdisjoint",
))  # fmt: skip


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Large sets and frozensets of ints or floats alone, and tables of smaller ones."""
    least = worth_bytes(snapshot)
    above, sizes = snapshot.nodes("dominator"), snapshot.nodes("size_bytes")
    parents, _ = snapshot.parents
    tables: dict[int, list[tuple[int, int]]] = {}
    for node, numbers in containers_of(
        snapshot, ("set", "frozenset"), ("int", "float"), _LEAST_EACH
    ):
        if len(numbers) < _LEAST_ELEMENTS:
            table = parents[node]
            if table != NO_NODE and snapshot.type_of(table) in _TABLES:
                tables.setdefault(table, []).append((node, len(numbers)))
            continue
        own = [each for each in numbers if above[each] == node]
        now = sizes[node] + sum(sizes[each] for each in own)
        saving = now - _NUMBER_BYTES * len(numbers)
        if saving >= least:
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=saving, confidence=0.7,
                evidence=[f"{len(numbers)} numbers take {now / len(numbers):.0f} bytes each"],
                fix="a bytearray with a place for each number where they are dense; else a sorted array",
                freed=Freed(nodes=[node, *own]),
            )  # fmt: skip
    for table, sets in tables.items():
        yield from _of_table(snapshot, table, sets, least)


def _of_table(
    snapshot: Snapshot, table: int, sets: list[tuple[int, int]], least: int
) -> Iterator[Finding]:
    """A table of sets that is filled, and never asked which numbers are in one. sets: (set, its numbers)."""
    nodes = [node for node, _ in sets]
    if len(sets) < _LEAST_SETS or not _has_many_values(snapshot, nodes):
        return
    numbers = sum(count for _, count in sets)
    now = snapshot.retained_of(nodes)
    saving = now - sum(block_bytes(_ARRAY_BYTES + _NUMBER_BYTES * count) for _, count in sets)
    if saving < least:
        return
    source = program_source(snapshot)
    uses = _uses(snapshot, source, table, nodes[len(nodes) // 2])
    if uses.fills and not uses.takes and not _is_asked(source, uses):
        yield structural(
            snapshot, nodes[len(nodes) // 2], CODE, "sets of numbers in a table", saving_bytes=saving, confidence=0.6,
            evidence=[f"{len(sets)} sets of {numbers} numbers take {now / numbers:.0f} bytes a number"],
            fix="an array of each, array('I'), to which a number is appended once; sorted, where it is searched",
            freed=Freed(roots=nodes),
        )  # fmt: skip


def _has_many_values(snapshot: Snapshot, sets: list[int]) -> bool:
    """Whether they are over many numbers: those over a few are HW318's."""
    values: set[int] = set()
    for each in sets:
        values.update(held_by(snapshot, each))
        if len(values) > MOST_VALUES:
            return True
    return False


def _uses(snapshot: Snapshot, source: ProgramSource, table: int, entry: int) -> Uses:
    """What is done with the table, under the name that it has, else under that which the line that made an entry has
    for it: it may have been handed on since."""
    name = own_name(snapshot, table)
    uses = uses_of(source, name) if name is not None else Uses()
    made = snapshot.allocated_at(entry)
    if uses.fills or made is None:
        return uses
    for each in source.of(ast.Name):
        above = source.above(each)
        is_table = isinstance(above, ast.Attribute) and above.attr == "setdefault"
        is_table = is_table or (isinstance(above, ast.Subscript) and above.value is each)
        if is_table and each.lineno == made.line and source.file_of(each) == made.file:
            return uses_of(source, Name(each.id, made.function, "local", 0))
    return uses


def _is_asked(source: ProgramSource, uses: Uses) -> bool:
    """Whether entries are asked for members, or are joined, as far as the source tells."""
    if uses.hands:
        return True
    for place in (*uses.tests, *uses.asks):
        above = source.above(place)
        while isinstance(above, ast.expr):
            if isinstance(above, ast.Attribute) and above.attr in _ALGEBRA:
                return True
            if isinstance(above, ast.Compare) and _asks_of_entry(above, place):
                return True
            above = source.above(above)
    return False


def _asks_of_entry(compared: ast.Compare, place: ast.expr) -> bool:
    """Whether it is `... in table[key]`, and not `key in table`."""
    is_member = any(isinstance(each, (ast.In, ast.NotIn)) for each in compared.ops)
    return is_member and place not in compared.comparators
