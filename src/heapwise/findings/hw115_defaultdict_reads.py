"""HW115: reads of a defaultdict insert entries.

`d[key]` on a `defaultdict` makes an entry for every key that is looked up, though nothing is ever stored in it; so does
a dict of the program's own whose `__missing__` puts in what is asked for, a tree of either, and a sheet of openpyxl,
which makes the cell that `sheet.cell(row, column)` asks for.

What to do: `d.get(key)` or `key in d` for reads (tried by `--prove`, where the line reads one entry). Costs: nothing.
Clean: entries that are filled.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.paths import attribute
from heapwise.analyze.program_source import program_source
from heapwise.findings.as_made import AsMade, is_empty
from heapwise.findings.looked_up import only_looks_at
from heapwise.findings.place import Place, structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed, Nature
from heapwise.model.heap_tables import Step
from heapwise.model.snapshot import Snapshot

CODE = "HW115"
TITLE = "reads of a defaultdict insert empty entries"
_EMPTY_BYTES, _MANY = 128, 1000
_MISSING = "__missing__"
_SHEET, _CELL = "openpyxl.worksheet.worksheet.Worksheet", "openpyxl.cell.cell.Cell"
_NOTHING = ("NoneType", "bool", "type", "builtin_function_or_method", "function")
_SAMPLE, _LEAST_SHARE = 500, 0.5


def at(place: Place) -> Finding | None:
    """A defaultdict whose values are of one type and small, as the factory makes them."""
    snapshot = place.snapshot
    if place.type != "collections.defaultdict":
        return None
    values = [
        s.node
        for s in snapshot.steps_from(place.suspect.node)
        if s.kind in ("key", "int key", "item")
    ]
    sample = values[-1000:]
    empty = [
        node for node in sample
        if (not any(s.kind in ("key", "index", "int key", "item", "element") for s in snapshot.steps_from(node))
        and snapshot.type_of(node) in ("dict", "list", "set", "collections.deque"))
        or (snapshot.type_of(node) not in ("dict", "list", "set", "str", "int", "float")
            and snapshot.nodes("retained_bytes")[node] <= 4 * _EMPTY_BYTES)
    ]  # fmt: skip
    if not sample or len(empty) < 0.9 * len(sample):
        return None
    told = [f"{len(values)} entries, nearly all as the factory makes them"]
    return place.finding(
        CODE,
        TITLE,
        nature=Nature.FAULT,
        confidence=0.85,
        fix="d.get(key), or `key in d`, to read",
        evidence=told,
    )


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Defaultdicts of many entries, of which many are empty containers, or as the factory makes them, or were made by a
    line that only looks at what it finds."""
    least = worth_bytes(snapshot)
    retained, sizes = snapshot.nodes("retained_bytes"), snapshot.nodes("size_bytes")
    above, looks, is_as_made = snapshot.nodes("dominator"), _Looks(snapshot), AsMade(snapshot)
    yield from _trees(snapshot, _Looks(snapshot, named=True), least)
    yield from _cells(snapshot, least)
    for node in snapshot.of_type_exactly("collections.defaultdict"):
        if snapshot.nodes("edges_count")[node] < _MANY or retained[node] < least:
            continue
        entries = _entries(snapshot, node)
        sample = entries[:: max(1, len(entries) // _SAMPLE)]
        empty = [each for each in sample if is_empty(snapshot, each[1])]
        told = f"{len(entries)} entries, {{}} of them empty"
        if sample and len(empty) < _LEAST_SHARE * len(sample):
            empty = [each for each in sample if looks.made(each[1])]
            told = f"{len(entries)} entries, {{}} of them made by a line that only looks at what it finds"
        if sample and len(empty) < _LEAST_SHARE * len(sample):
            empty = [each for each in sample if is_as_made(each[1])]
            told = f"{len(entries)} entries, {{}} of them as the factory made them"
        if len(empty) < _LEAST_SHARE * len(sample) or not sample:
            continue
        share, scale = len(empty) / len(sample), len(entries) / len(sample)
        alone = sum(retained[each] for entry in empty for each in entry if above[each] == node)
        saving = min(retained[node], round(scale * alone + share * sizes[node]))
        if saving >= least:
            yield structural(
                snapshot, empty[-1][1], CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[told.format(round(scale * len(empty)))], fix="d.get(key), or `key in d`, to read",
                freed=Freed(roots=(node,), entirely=share == 1),
            )  # fmt: skip


def _cells(snapshot: Snapshot, least: int) -> Iterator[Finding]:
    """Cells of a sheet of openpyxl that hold nothing: who asks `sheet.cell(row, column)` makes one."""
    sizes = snapshot.nodes("size_bytes")
    for sheet in snapshot.of_type_exactly(_SHEET):
        table = attribute(snapshot, sheet, "_cells")
        entries = _entries(snapshot, table) if table is not None else []
        empty = [entry for entry in entries if _is_empty_cell(snapshot, entry[1])]
        if table is None or len(empty) < max(_MANY, _LEAST_SHARE * len(entries)):
            continue
        gone = [node for entry in empty for node in entry]
        saving = snapshot.retained_of(gone) + round(sizes[table] * len(empty) / len(entries))
        if saving >= least:
            yield structural(
                snapshot, empty[len(empty) // 2][1], CODE, "reads of a sheet make empty cells", saving_bytes=saving,
                confidence=0.8, evidence=[f"{len(empty)} of {len(entries)} cells hold nothing"],
                fix="keep what is taken in a set of your own, and write the cells that hold something",
                freed=Freed(roots=gone),
            )  # fmt: skip


def _is_empty_cell(snapshot: Snapshot, node: int) -> bool:
    if snapshot.type_of(node) != _CELL:
        return False
    held = {
        step.name: snapshot.type_of(step.node) for step in snapshot.steps_from(node) if step.kind == "attribute"
    }  # fmt: skip
    return all(
        held.get(name, _NOTHING[0]) == _NOTHING[0]
        for name in ("_value", "_style", "_comment", "_hyperlink")
    )


def _trees(snapshot: Snapshot, looks: _Looks, least: float) -> Iterator[Finding]:
    """Dicts that make what is not there, one in another, which lines made that only look at what they find."""
    source = program_source(snapshot)
    own = {each for each, classes in source.classes.items() if any(map(_makes_missing, classes))}
    parents, _ = snapshot.parents
    sizes = snapshot.nodes("size_bytes")
    for kind in snapshot.type_names:
        if kind != "collections.defaultdict" and kind.rpartition(".")[2] not in own:
            continue
        nodes = snapshot.of_type_exactly(kind)
        if len(nodes) < _MANY:
            continue
        made = _without_data(snapshot, {node for node in nodes if looks.made(node)})
        if len(made) < _MANY:
            continue
        gone, tables = set(made), 0.0
        for parent in {parents[node] for node in made} - made:
            entries = _entries(snapshot, parent)
            keys = [key for key, value in entries if value in made]
            gone.update(keys)
            tables += sizes[parent] * len(keys) / max(len(entries), 1)
        saving = snapshot.retained_of(list(gone)) + round(tables)
        if saving >= least:
            yield structural(
                snapshot, max(made, key=lambda node: sizes[node]), CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[f"{len(made)} of {len(nodes)} {kind} were made by a line that only looks at what it finds"],
                fix="node.get(key), or `key in node`, to read", freed=Freed(roots=list(gone), entirely=True),
            )  # fmt: skip


def _without_data(snapshot: Snapshot, nodes: set[int]) -> set[int]:
    """Those that hold nothing but each other."""
    parents, _ = snapshot.parents
    filled = [
        node
        for node in nodes
        if any(_is_data(snapshot, nodes, s) for s in snapshot.steps_from(node))
    ]
    left = set(nodes)
    while filled:
        node = filled.pop()
        if node in left:
            left.discard(node)
            filled.append(parents[node])
    return left


def _is_data(snapshot: Snapshot, nodes: set[int], step: Step) -> bool:
    if step.kind == "attribute":
        kind = snapshot.type_of(step.node)
        return kind not in _NOTHING and not is_empty(snapshot, step.node)
    return step.kind in ("key", "int key", "item", "index") and step.node not in nodes


def _makes_missing(owner: ast.ClassDef) -> bool:
    """Whether a class puts in what is asked for and not there."""
    made = (n for n in owner.body if isinstance(n, ast.FunctionDef) and n.name == _MISSING)
    return any(
        isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Store)
        for each in made for n in ast.walk(each)
    )  # fmt: skip


def _entries(snapshot: Snapshot, node: int) -> list[tuple[int, int]]:
    """(key, value), of keys that are objects."""
    steps = snapshot.steps_from(node)
    keys = [s.node for s in steps if s.kind == "key object"]
    values = [s.node for s in steps if s.kind in ("key", "int key", "item")]
    return list(zip(keys, values, strict=False))


class _Looks:
    """Which values were made where the program only looks one up."""

    def __init__(self, snapshot: Snapshot, *, named: bool = False) -> None:
        """named: as `only_looks_at` has it."""
        self._snapshot, self._named, self._known = snapshot, named, dict[int, bool]()

    def made(self, node: int) -> bool:
        """Whether the innermost line of the program that takes something by a key, of those that an object was made
        by, only looks at it."""
        site = self._snapshot.nodes("site")[node]
        if site not in self._known:
            self._known[site] = self._only_looked_at(node)
        return self._known[site]

    def _only_looked_at(self, node: int) -> bool:
        snapshot = self._snapshot
        own = [
            f for f in snapshot.stack_of(node)
            if "[" in snapshot.stacks.source_line(f.file, f.line) and not f.function.endswith(_MISSING)
        ]  # fmt: skip
        return bool(own) and only_looks_at(program_source(snapshot), own[-1], named=self._named)
