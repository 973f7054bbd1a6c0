"""HW326: numbers kept as text.

Rows of `csv.reader`, fields of a regular expression, values of forms and of JSON that quotes them: each number is a str
of its own, 56 bytes and more. As a float or an int it takes 32 (small ints nothing), in an array 8.

What to do: `float(text)` or `int(text)` where it is read; a list of nothing else as `array.array('d', map(float, ...))`
or a NumPy array. Costs: what is written out again may differ in zeros at its end (`1.50`). Clean: identifiers that are
no numbers, as `00123`, `+49 30 1234`, and numbers of more digits than 64 bits hold; columns where other texts stand as
well; texts that are shared, which cost nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from typing import NamedTuple

from heapwise.findings.place import structural
from heapwise.findings.roles import HELD, lines_of_sites, own_dicts, sampled
from heapwise.findings.transient import being_made_in
from heapwise.findings.waste import block_bytes, worth_bytes
from heapwise.model.finding import Finding, Freed, Recipe
from heapwise.model.heap_tables import EDGE_KINDS, NO_NODE, TEXT_KINDS
from heapwise.model.snapshot import Snapshot

CODE = "HW326"
TITLE = "numbers kept as text"
_MOST_FIELDS, _SAMPLE, _MOST_TABLES, _SHOWN = 64, 200, 20, 4
_MOSTLY = 0.9
_MOST_OTHERS = 0.02
"""A head of a table, and values that say something went wrong, may stand among numbers."""
_BOX_BYTES, _ITEM_BYTES, _ARRAY_BYTES = 32, 8, 64
_ATTRIBUTE = EDGE_KINDS.index("attribute")
_FIELDS = HELD - {EDGE_KINDS.index("element")}
_UNNAMED = -1
"""The name of what a container of more than _MOST_FIELDS holds."""


class _Role(NamedTuple):
    """What holds texts. owner: the row of its type (an instance's dict counts for the instance); kind: of the edge;
    line: that made the texts, as a site, 0 where that is not known. Of containers that are no records also above: the
    row of the type that holds them; and alone: a module's own one, where the line is not known."""

    owner: int
    kind: int
    line: int
    above: int
    alone: int


@dataclass(slots=True)
class _Texts:
    """Texts of one field. holders: what refers to them. kinds: of numbers -> how many."""

    nodes: list[int] = field(default_factory=list)
    holders: set[int] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    size_bytes: int = 0


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Fields whose texts, by a sample, are all numbers; those of one kind of record and of one line together."""
    least = worth_bytes(snapshot)
    numerals = frozenset(node for nodes in snapshot.numerals.values() for node in nodes)
    places: dict[_Role, dict[int, _Texts]] = {}
    for (role, name), found in _by_field(snapshot).items():
        places.setdefault(role, {})[name] = found
    for role, fields in places.items():
        if sum(each.size_bytes for each in fields.values()) < least:
            continue
        good = {
            name: each for name, each in fields.items()
            if _are_numbers(snapshot, name, each, numerals)
        }  # fmt: skip
        if good and (finding := _finding(snapshot, role, good)).saving_bytes >= least:
            yield finding


def _by_field(snapshot: Snapshot) -> dict[tuple[_Role, int], _Texts]:
    """(role, name of the field) -> the texts that say numbers and that nobody else keeps."""
    parents, edges = snapshot.parents
    kinds, names = snapshot.edges("kind"), snapshot.edges("name")
    types, sizes, counts, dominators, sites = (
        snapshot.nodes(n) for n in ("type", "size_bytes", "edges_count", "dominator", "site")
    )
    lines, is_own_dict = lines_of_sites(snapshot), own_dicts(snapshot)
    being_made = being_made_in(snapshot)  # it may be to be joined, or written
    found: dict[tuple[_Role, int], _Texts] = {}
    for number, nodes in snapshot.numerals.items():
        for node in nodes:
            holder = parents[node]
            if holder == NO_NODE or dominators[node] != holder or kinds[edges[node]] not in _FIELDS:
                continue
            if holder in being_made:
                continue
            kind, name = kinds[edges[node]], _UNNAMED
            own = kind in TEXT_KINDS and is_own_dict(holder)
            if own or kind == _ATTRIBUTE or counts[holder] <= _MOST_FIELDS:
                name = names[edges[node]]
            line, owner = lines.get(sites[node], 0), types[parents[holder] if own else holder]
            above = alone = 0
            if name == _UNNAMED:
                above = types[parents[holder]]
                alone = holder if not line and parents[holder] in snapshot.namespaces else 0
            role = _Role(owner, kind, line, above, alone)
            texts = found.get((role, name))
            if texts is None:
                texts = found[role, name] = _Texts()
            texts.nodes.append(node)
            texts.holders.add(holder)
            texts.kinds[number] += 1
            texts.size_bytes += sizes[node]
    return found


def _are_numbers(snapshot: Snapshot, name: int, found: _Texts, numerals: Set[int]) -> bool:
    """Whether hardly any other texts stand in that field, by a sample of its records."""
    kinds, names, targets, types = (
        *(snapshot.edges(n) for n in ("kind", "name", "target")), snapshot.nodes("type"),
    )  # fmt: skip
    kind = kinds[snapshot.parents[1][found.nodes[0]]]
    text = types[found.nodes[0]]
    empty = snapshot.facts.get("empty_text", {})
    count = others = 0
    for record in _alike(snapshot, found) if name != _UNNAMED else _some(found.holders):
        held = _edges(snapshot, record)
        for edge in held if name != _UNNAMED else sampled(held, _SAMPLE):
            target = targets[edge]
            if kinds[edge] == kind and types[target] == text and name in (_UNNAMED, names[edge]):
                count += 1
                others += target not in numerals and target not in empty
    return others <= _MOST_OTHERS * count


def _alike(snapshot: Snapshot, found: _Texts) -> Iterator[int]:
    """What holds the fields of a sample of records: those that the same tables hold."""
    parents, types = snapshot.parents[0], snapshot.nodes("type")
    targets, is_own_dict = snapshot.edges("target"), own_dicts(snapshot)
    tables: dict[int, int] = {}
    for holder in _some(found.holders):
        record = parents[holder] if is_own_dict(holder) else holder
        tables.setdefault(parents[record], types[record])
    for table in list(tables)[:_MOST_TABLES]:
        for edge in sampled(_edges(snapshot, table), _SAMPLE):
            if types[targets[edge]] == tables[table]:
                yield targets[edge]
                yield from (
                    s.node for s in snapshot.steps_from(targets[edge]) if s.name == "__dict__"
                )


def _some(holders: Iterable[int]) -> list[int]:
    return list(sampled(sorted(holders), _SAMPLE))


def _edges(snapshot: Snapshot, node: int) -> range:
    first = snapshot.nodes("first_edge")[node]
    return range(first, first + snapshot.nodes("edges_count")[node])


def _finding(snapshot: Snapshot, role: _Role, fields: dict[int, _Texts]) -> Finding:
    """Lists of nothing else become arrays, other texts numbers where they are."""
    sizes, counts = snapshot.nodes("size_bytes"), snapshot.nodes("edges_count")
    nodes = [node for each in fields.values() for node in each.nodes]
    kinds = sum((each.kinds for each in fields.values()), Counter())
    now = sum(each.size_bytes for each in fields.values())
    holders = fields[_UNNAMED].holders if _UNNAMED in fields else set()
    owner = snapshot.type_names[role.owner]
    items = sum(counts[each] for each in holders)
    is_array = owner in ("list", "tuple") and 0 < items * _MOSTLY <= len(nodes)
    freed = nodes
    then = _BOX_BYTES * (kinds["int"] + kinds["float"])
    facts: dict[str, object] = {
        "kinds": sorted(kinds.items()), "size_bytes": now // len(nodes), "length": 0,
    }  # fmt: skip
    if is_array:
        freed = [*nodes, *holders]
        now += sum(sizes[each] for each in holders)
        then = sum(block_bytes(_ARRAY_BYTES + _ITEM_BYTES * counts[each]) for each in holders)
        facts["length"] = items // len(holders)
    number = "float" if kinds["float"] else "int"
    largest = sorted(fields, key=lambda name: (-fields[name].size_bytes, name))[:_SHOWN]
    told = [
        f"{len(fields[name].nodes)} texts{_shown(snapshot, role, owner, name)} all say numbers: "
        f"{fields[name].size_bytes} bytes"
        for name in largest
    ]
    return structural(
        snapshot, max(fields[largest[0]].nodes, key=lambda node: (sizes[node], -node)), CODE, TITLE,
        saving_bytes=now - then, evidence=told, confidence=0.7, subject="str",
        fix=f"array.array({'d' if number == 'float' else 'q'!r}, map({number}, ...)), or a NumPy array"
        if is_array
        else f"{number}(text), where it is read; whole columns in an array take 8 bytes a number",
        freed=Freed(nodes=freed),
        recipe=Recipe(
            "numerals", "array" if is_array else "numbers", len(nodes), now, facts, "a number"
        ),
    )  # fmt: skip


def _shown(snapshot: Snapshot, role: _Role, owner: str, name: int) -> str:
    """` in [2] of list`, ` in .price of app.Row`, ` in list`."""
    if name == _UNNAMED:
        return f" in {owner}"
    return (
        f" in .{snapshot.text(name)} of {owner}"
        if role.kind in TEXT_KINDS
        else f" in [{name}] of {owner}"
    )
