"""HW384: a running total keeps all that it was made of.

`self.total = self.total + loss` adds up numbers, where `loss` is one. Where it is an object that remembers what it was
worked out from (the graph of automatic differentiation, an expression that is not yet worked out, a lazy sequence), the
total is the last link of a chain that leads to every part of it, with all that they keep.

What to do: add up the plain value, `self.total += loss.item()`, `float(loss)`, `loss.detach()`; or work the total out
now and then. Costs: the total cannot be gone back through. Clean: totals of numbers; chains to which nothing is added
so, or whose class gives no number (a rope of texts, a version with its changes); totals of a few.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.kept_at import Name, own_name, places_of
from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, program_source
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW384"
TITLE = "a running total keeps all that it was made of"
_VALUES = frozenset(
    ("item", "detach", "backward", "__float__", "__int__", "tolist", "numpy", "evaluate", "eval")
)
"""Methods by which an object that stands for a number gives it, or goes back over what it was made of."""
_SUMS = (ast.Add, ast.Sub)
_LEAST_SHARE, _LEAST_LINKS, _STEPS_BETWEEN = 0.2, 32, 6


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Objects that a name of the program leads to, to which it adds, and that lead to many of their class in a row."""
    source = program_source(snapshot)
    retained = snapshot.nodes("retained_bytes")
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for kind in snapshot.type_names:
        if kind.rpartition(".")[2] not in source.classes:
            continue
        node = max(snapshot.of_type_exactly(kind), key=retained.__getitem__, default=0)
        if retained[node] < least or not node:
            continue
        name = own_name(snapshot, node)
        if name is None or not _is_added_to(source, name):
            continue
        if not _gives_numbers(source, snapshot.type_of(node)):
            continue
        if _links(snapshot, node) >= _LEAST_LINKS:
            told = f"it leads from one {snapshot.type_of(node)} to the next, which keep {units.size(retained[node])}"
            yield structural(
                snapshot, node, CODE, TITLE, saving_bytes=retained[node], confidence=0.8, evidence=[told],
                fix=f"add the plain value to {name.text}: float(x), x.item(), x.detach()",
                freed=Freed(roots=(node,), entirely=True),
            )  # fmt: skip


def _is_added_to(source: ProgramSource, name: Name) -> bool:
    """Whether it is worked out from itself and something else: `x += y`, `x = x + y`."""
    for place in places_of(source, name):
        bound = source.above(place)
        if (
            isinstance(bound, ast.AugAssign)
            and bound.target is place
            and isinstance(bound.op, _SUMS)
        ):
            return True
        if isinstance(bound, ast.Assign) and place in bound.targets:
            parts = (
                [bound.value.left, bound.value.right] if isinstance(bound.value, ast.BinOp) else []
            )
            if any(ast.unparse(each) == ast.unparse(place) for each in parts):
                return True
    return False


def _gives_numbers(source: ProgramSource, kind: str) -> bool:
    """Whether objects of a class stand for a number: a method of it gives one, `float(self.data)`, or it is asked for
    by a name that such values have. A text, a set of changes, a version do not."""
    for owner in source.classes[kind.rpartition(".")[2]]:
        for each in ast.walk(owner):
            if isinstance(each, FUNCTIONS) and each.name in _VALUES:
                return True
    return False


def _links(snapshot: Snapshot, node: int) -> int:
    """How many of its class stand in a row below an object, each with most of what the one before keeps; as many as are
    looked for, where there are more."""
    retained, types = snapshot.nodes("retained_bytes"), snapshot.nodes("type")
    links, steps, at = 0, 0, node
    while links < _LEAST_LINKS and steps < _STEPS_BETWEEN:
        below = max(snapshot.children(at), key=lambda each: retained[each], default=at)
        if below == at or 2 * retained[below] < retained[at]:
            break
        at, steps = below, steps + 1
        if types[at] == types[node]:
            links, steps = links + 1, 0
    return links
