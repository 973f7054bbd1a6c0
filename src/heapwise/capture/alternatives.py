"""Measures pieces of code side by side: time without a recorder, then memory with one.

Runs in the program that has the functions. Each round runs every alternative once, so that whatever
else the machine does falls on all of them alike.
"""

from __future__ import annotations

import ast
import gc
import time
from collections.abc import Callable, Generator

from heapwise.capture.record import record

TYPE_CHECKING = False  # as typing has it, without importing typing into the target
if TYPE_CHECKING:
    from typing import Any

_TEMPLATE = """
def spend(_heapwise_loops):
    _setup
    _heapwise_steps = [None] * _heapwise_loops
    _heapwise_begun = _heapwise_clock()
    for _heapwise_step in _heapwise_steps:
        _statement
    return _heapwise_clock() - _heapwise_begun
def hold():
    _setup
    yield
    _statement
    yield
"""
_LEAST_ROUND_S = 0.02
_MEMORY_RUNS = 3


class Alternative:
    """A piece of code. spend: seconds that so many runs of it take. hold: a generator that makes ready
    until its first yield, runs the code once, and at its second yield holds what that made."""

    __slots__ = ("hold", "name", "spend")

    def __init__(
        self,
        name: str,
        spend: Callable[[int], float],
        hold: Callable[[], Generator[None, None, None]],
    ) -> None:
        self.name = name
        self.spend = spend
        self.hold = hold


class _Fill(ast.NodeTransformer):
    """Puts statements where a name stands alone."""

    def __init__(self, by_name: dict[str, list[ast.stmt]]) -> None:
        self.by_name = by_name

    def visit_Expr(self, node: ast.Expr) -> list[ast.stmt]:
        name = node.value.id if isinstance(node.value, ast.Name) else ""
        return self.by_name.get(name, [node])


class Measured:
    """times_s: seconds a run, one value a round of loops runs. Of one run, in bytes above its entry:
    peak_bytes, total_bytes, kept_bytes (while its result is held); allocations_count."""

    __slots__ = (
        "allocations_count", "kept_bytes", "loops", "name", "peak_bytes", "times_s", "total_bytes",
    )  # fmt: skip

    def __init__(self, name: str, loops: int) -> None:
        self.name = name
        self.loops = loops
        self.times_s: list[float] = []
        self.peak_bytes = self.total_bytes = self.kept_bytes = self.allocations_count = 0


def of_function(function: Callable[[], object], name: str = "") -> Alternative:
    """An alternative that is a function without arguments; what it returns is what it keeps."""

    def spend(loops: int) -> float:
        steps = [None] * loops
        begun = time.perf_counter()
        for _ in steps:
            function()
        return time.perf_counter() - begun

    def hold() -> Generator[None, None, None]:
        yield
        value = function()  # noqa: F841 - held at the yield
        yield

    return Alternative(name or getattr(function, "__name__", repr(function)), spend, hold)


def of_statement(statement: str, setup: str = "pass") -> Alternative:
    """An alternative in source. As timeit does, its setup runs before each round, in the same function.
    What a statement binds, and the value of an expression, is what it keeps. SyntaxError."""
    compile(statement, "<statement>", "exec")  # alone: no return, no yield
    compile(setup, "<setup>", "exec")
    body = ast.parse(statement, "<statement>").body
    if len(body) == 1 and isinstance(body[0], ast.Expr):
        held = ast.Assign([ast.Name("_heapwise_value", ast.Store())], body[0].value)
        body = [ast.copy_location(held, body[0])]
    before = ast.parse(setup, "<setup>").body
    filled = _Fill({"_setup": before, "_statement": body}).visit(ast.parse(_TEMPLATE))
    names: dict[str, Any] = {"_heapwise_clock": time.perf_counter}
    exec(compile(ast.fix_missing_locations(filled), "<statement>", "exec"), names)
    return Alternative(statement, names["spend"], names["hold"])


def measure(alternatives: list[Alternative], *, repeat: int = 7, number: int = 0) -> list[Measured]:
    """Measures each. repeat: rounds. number: runs a round; 0: as many as make a round long enough to
    time."""
    found = [Measured(a.name, number or _loops(a.spend)) for a in alternatives]
    for _ in range(repeat):
        for alternative, result in zip(alternatives, found, strict=True):
            result.times_s.append(alternative.spend(result.loops) / result.loops)
    idle = _remembered(_idle)
    for alternative, result in zip(alternatives, found, strict=True):
        figures = _remembered(alternative.hold)
        result.peak_bytes, result.total_bytes, result.kept_bytes, result.allocations_count = (
            max(0, figure - nothing) for figure, nothing in zip(figures, idle, strict=True)
        )
    return found


def _idle() -> Generator[None, None, None]:
    yield
    value = None  # noqa: F841 - as others have one
    yield


def _loops(spend: Callable[[int], float]) -> int:
    """1, 2, 5, 10, ... runs: the first that take long enough."""
    loops = 1
    while True:
        for factor in (1, 2, 5):
            if spend(loops * factor) >= _LEAST_ROUND_S:
                return loops * factor
        loops *= 10


def _remembered(hold: Callable[[], Generator[None, None, None]]) -> tuple[int, int, int, int]:
    """Of one run: peak, total, kept bytes and the count; the median of some runs by what is kept."""
    runs = []
    for _ in range(_MEMORY_RUNS):
        gc.collect()
        holder = hold()
        next(holder)
        with record() as scope:
            next(holder)
            used = scope.usage()
        holder.close()
        runs.append((used.peak_bytes, used.total_bytes, used.in_use_bytes, used.allocations_count))
    runs.sort(key=lambda figures: figures[2])
    return runs[len(runs) // 2]
