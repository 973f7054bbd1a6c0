"""HW764: a JSON document is loaded whole, and its entries are gone through once.

`data = json.load(file)`, then `for event in data["events"]`: the text and a tree of dicts are in memory together,
where one entry at a time is needed.

What to do: entries one by one: `for event in ijson.items(file, "events.item")`, or JSON lines, a document a line, where
the format can be chosen. Costs: a library, and parsing that is slower. The saving is what the line held and does not
keep. Said only where a recording tells how much it is. Clean: documents that are read in several places, kept or handed
on; loops that collect their entries.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.lint.flow import reads_once
from heapwise.lint.passes import outermost
from heapwise.lint.rule import Hit, Saves, hit
from heapwise.lint.source import Source
from heapwise.lint.uses import single_uses

CODE = "HW764"
TITLE = "a document is loaded whole for one pass"
SIZED = True
NEEDS = ("json.load", "loads")
_LOADS = {
    "json.load",
    "json.loads",
    "orjson.loads",
    "ujson.load",
    "ujson.loads",
    "simplejson.load",
    "simplejson.loads",
}
_INNER = 2


def look(source: Source) -> Iterator[Hit]:
    """Calls that load a document, of which one loop reads the entries."""
    for call in source.of(ast.Call):
        if source.dotted(call.func) in _LOADS and source.loop(call) is None:
            uses = single_uses(source, call)
            if uses is not None and len(uses) == 1 and _passes(source, uses[0].place):
                yield hit(
                    source, call, CODE, TITLE, "the whole document is in memory, for one pass over its entries",
                    saves=Saves.RELEASED, fix='for entry in ijson.items(file, "item"), or a document a line',
                )  # fmt: skip


def _passes(source: Source, place: ast.expr) -> bool:
    """Whether the entries of a document, or of a list in it, are gone through, and none is kept whole."""
    for _ in range(_INNER):
        above = source.parent(place)
        if (
            isinstance(above, ast.Subscript)
            and above.value is place
            and isinstance(above.slice, ast.Constant)
        ):
            place = above
    is_numbered = source.called(source.parent(place)) == "enumerate"
    place = outermost(source, place)
    above = source.parent(place)
    if not isinstance(above, (ast.For, ast.comprehension)) or not reads_once(source, place):
        return False
    target = above.target
    if is_numbered and isinstance(target, ast.Tuple):
        target = target.elts[-1]
    inside = above.body if isinstance(above, ast.For) else [source.parent(above)]
    return _lets_go(source, target, [each for each in inside if each is not None])


def _lets_go(source: Source, target: ast.expr, inside: list[ast.AST]) -> bool:
    """Whether an entry is only looked into: `entry["x"]`, `entry.get("x")`."""
    names = {each.id for each in ast.walk(target) if isinstance(each, ast.Name)}
    reads = [
        each for node in inside for each in ast.walk(node)
        if isinstance(each, ast.Name) and each.id in names and isinstance(each.ctx, ast.Load)
    ]  # fmt: skip
    above = [(each, source.parent(each)) for each in reads]
    return bool(reads) and all(
        isinstance(outer, (ast.Subscript, ast.Attribute)) and outer.value is each
        for each, outer in above
    )
