"""HW391: a pool of buffers keeps all that a burst needed.

`return self.free.pop() if self.free else bytearray(SIZE)`, and afterwards `self.free.append(buffer)`: the pool has as
many buffers as were ever in use at once, for as long as the program runs.

What to do: `if len(self.free) < 8: self.free.append(buffer)`, and let the others go. Costs: after the next burst's
beginning buffers are made again. Clean: pools with a bound that holds, and those that hold little. What is idle in the
pool is told, not what the burst itself took: the peak may stay.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise import units
from heapwise.analyze.program_source import FUNCTIONS, Function, ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.own_containers import Own, own_containers
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW391"
TITLE = "a pool of buffers keeps what a burst needed"
_BUFFERS = ("bytearray", "array.array", "numpy.ndarray", "mmap.mmap", "_io.BytesIO")
_TAKES, _GIVES = ("pop", "popleft"), ("append", "appendleft")
_LEAST_BUFFERS, _STAY = 16, 8


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Lists and deques of the program that lend buffers and take them back, as they lie in them."""
    source, refcounts = program_source(snapshot), snapshot.nodes("refcount")
    for own in own_containers(snapshot):
        idle = [node for node in own.entries if refcounts[node] == 1]
        kinds = {snapshot.type_of(node) for node in own.entries}
        if len(idle) < _LEAST_BUFFERS or len(kinds) > 1 or not kinds <= set(_BUFFERS):
            continue
        extra = idle[_STAY:]
        saving = snapshot.retained_of(extra)
        if saving >= worth_bytes(snapshot) and _lends(source, own) and not _is_bounded(source, own):
            told = [
                f"{len(idle)} buffers lie idle in {own.name.text}, {units.size(saving)} more than {_STAY} of them",
                "the peak of a burst stays; where the next is soon, and as large, they are needed again",
            ]
            yield structural(
                snapshot, extra[len(extra) // 2], CODE, TITLE, saving_bytes=saving, confidence=0.4, evidence=told,
                fix=f"if len({own.name.text}) < {_STAY}: take it back, else let it go", freed=Freed(roots=extra),
            )  # fmt: skip


def _lends(source: ProgramSource, own: Own) -> bool:
    """Whether one function gives out what another is given back, and knows what to do when there is none."""
    asking = {source.scope_of(each) for each in own.uses.tests}
    out = {
        scope for each in own.uses.takes
        if (scope := _method_in(source, each, _TAKES)) is not None
        and (scope in asking or any(isinstance(node, ast.Try) for node in ast.walk(scope)))
    }  # fmt: skip
    back = {
        scope for each in own.uses.fills
        if (scope := _method_in(source, each, _GIVES)) is not None and _is_given(source, each, scope)
    }  # fmt: skip
    return bool(out and back - out)


def _method_in(source: ProgramSource, place: ast.expr, names: tuple[str, ...]) -> Function | None:
    """The function in which a container's method of some names is called."""
    method = source.above(place)
    scope = source.scope_of(place)
    if isinstance(method, ast.Attribute) and method.attr in names and isinstance(scope, FUNCTIONS):
        return scope
    return None


def _is_given(source: ProgramSource, place: ast.expr, scope: Function) -> bool:
    """Whether what is put in is a parameter of the function."""
    method = source.above(place)
    call = source.above(method) if method is not None else None
    given = call.args[0] if isinstance(call, ast.Call) and len(call.args) == 1 else None
    return isinstance(given, ast.Name) and given.id in {each.arg for each in scope.args.args}


def _is_bounded(source: ProgramSource, own: Own) -> bool:
    """Whether the program compares how many there are with anything that could hold."""
    for place in own.uses.tests:
        call = source.above(place)
        test = (
            source.above(call)
            if isinstance(call, ast.Call) and last_name(call.func) == "len"
            else None
        )
        if isinstance(test, ast.Compare):
            sides = [test.left, *test.comparators]
            numbers = [each.value for each in sides if isinstance(each, ast.Constant)]
            fails = [each for each in numbers if isinstance(each, int) and each < len(own.entries)]
            if not fails:
                return True
    return False
