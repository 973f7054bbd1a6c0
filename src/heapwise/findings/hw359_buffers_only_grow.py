"""HW359: each buffer stays as large as the largest message was.

`if size > len(self.buffer): self.buffer = bytearray(size)`: one large message, and the buffer of the connection keeps
its size for as long as the connection lives. With hundreds of connections, all of them get there.

What to do: go back to the small buffer when the large message has been read
(`if len(self.buffer) > 65536: self.buffer = bytearray(4096)`), or lend large buffers from a pool that they share.
Costs: a large message allocates again. Clean: a few buffers; those that the program makes smaller somewhere.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from heapwise import units
from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_classes import is_own
from heapwise.findings.place import structural
from heapwise.findings.roles import by_role, shown
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW359"
TITLE = "buffers stay as large as their largest message was"
_BUFFERS = ("bytearray", "array.array", "numpy.ndarray")
_MAKES = frozenset(("bytearray", "empty", "zeros", "array", "resize"))
_LEAST_BUFFERS, _LEAST_SHARE = 16, 0.2


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Buffers in one attribute of the instances of a class of the program."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    retained, above = snapshot.nodes("retained_bytes"), snapshot.nodes("dominator")
    for role, nodes in by_role(snapshot, _BUFFERS).items():
        size = sum(retained[node] for node in nodes)
        if len(nodes) < _LEAST_BUFFERS or size < least or role.name < 0:
            continue
        source = program_source(snapshot)
        if not is_own(snapshot, source, role.owner):
            continue
        first = _first_size(source, snapshot.text(role.name))
        if first is not None:
            large = [node for node in nodes if retained[node] > 2 * first]
            saving = sum(retained[node] - first for node in large)
            if saving >= least:
                taken = units.size(size)
                told = f"{len(large)} buffers under {shown(snapshot, role)} take {taken}, and never get smaller"
                yield structural(
                    snapshot, above[large[0]], CODE, TITLE, saving_bytes=saving, confidence=0.5, evidence=[told],
                    fix="go back to a small buffer when the large message was read, or share large ones in a pool",
                    freed=Freed(nodes=large),
                )  # fmt: skip


def _first_size(source: ProgramSource, name: str) -> int | None:
    """What buffers of a name begin with, in bytes; None where they do not only grow."""
    places = [each for each in source.of(ast.Attribute) if each.attr == name]
    stored = [each for each in places if isinstance(each.ctx, ast.Store)]
    grown = [each for each in stored if _is_grown(source, each)]
    made = [
        each for each in stored
        if getattr(source.scope_of(each), "name", "") == "__init__" or not isinstance(source.scope_of(each), FUNCTIONS)
    ]  # fmt: skip
    if not grown or len(grown) + len(made) != len(stored) or _is_cut(source, places):
        return None
    sizes = [_constant(source, each) for each in made]
    return max(sizes, default=0)


def _is_grown(source: ProgramSource, place: ast.AST) -> bool:
    """Whether it is bound to a new buffer under `if size > len(place)`."""
    statement = source.above(place)
    if not isinstance(statement, ast.Assign) or not isinstance(statement.value, ast.Call):
        return False
    branch = source.above(statement)
    if last_name(statement.value.func) not in _MAKES or not isinstance(branch, ast.If):
        return False
    again = ast.unparse(statement.targets[0])
    test = branch.test
    asks = any(
        ast.unparse(each) == again for each in ast.walk(test) if isinstance(each, ast.Attribute)
    )
    return (
        asks
        and isinstance(test, ast.Compare)
        and statement in branch.body
        and _is_smaller(test, again)
    )


def _is_smaller(test: ast.Compare, name: str) -> bool:
    """Whether a comparison holds where what has the name is too small."""
    parts: Sequence[ast.expr] = (test.left, *test.comparators)
    has_it = [name in ast.unparse(each) for each in parts]
    if len(parts) != 2 or sum(has_it) != 1:
        return False
    return isinstance(test.ops[0], (ast.Gt, ast.GtE) if has_it[1] else (ast.Lt, ast.LtE))


def _is_cut(source: ProgramSource, places: Sequence[ast.expr]) -> bool:
    """Whether the program makes it shorter: `del x[:n]`, `x.clear()`, `x.pop()`; or it is filled as it comes."""
    for each in places:
        above = source.above(each)
        if isinstance(above, ast.Subscript) and isinstance(above.ctx, ast.Del):
            return True
        if isinstance(above, ast.AugAssign):
            return True
        if isinstance(above, ast.Attribute) and above.attr in ("clear", "pop", "extend", "append"):
            return True
    return False


def _constant(source: ProgramSource, place: ast.AST) -> int:
    """The size in `bytearray(4096)`; 0 where it is none."""
    statement = source.above(place)
    call = statement.value if isinstance(statement, ast.Assign) else None
    size = call.args[0] if isinstance(call, ast.Call) and call.args else None
    return size.value if isinstance(size, ast.Constant) and isinstance(size.value, int) else 0
