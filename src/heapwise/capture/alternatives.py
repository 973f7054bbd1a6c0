"""Measures pieces of code side by side: time without a recorder, then memory with one.

Runs in the program that has the functions. Each round runs every alternative once, so that whatever
else the machine does falls on all of them alike.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Generator

from heapwise.capture.record import record

TYPE_CHECKING = False  # as typing has it, without importing typing into the target
if TYPE_CHECKING:
    from typing import Any

_LEAST_ROUND_S = 0.02
_MEMORY_RUNS = 3


class Alternative:
    """A piece of code. run: does it once. hold: a generator that does it and, at its yield, holds what
    it made."""

    __slots__ = ("hold", "name", "run")

    def __init__(
        self, name: str, run: Callable[[], object], hold: Callable[[], Generator[None, None, None]]
    ) -> None:
        self.name = name
        self.run = run
        self.hold = hold


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

    def hold() -> Generator[None, None, None]:
        value = function()  # noqa: F841 - held at the yield
        yield

    return Alternative(name or getattr(function, "__name__", repr(function)), function, hold)


def of_statement(statement: str, setup: str = "pass") -> Alternative:
    """An alternative in source, its setup executed now. What a statement binds, and the value of an
    expression, is what it keeps. SyntaxError, and whatever the setup raises."""
    names: dict[str, Any] = {}
    exec(compile(setup, "<setup>", "exec"), names)
    try:
        compile(statement, "<statement>", "eval")
        lines = [f"_heapwise_value = ({statement})"]
    except SyntaxError:
        lines = statement.splitlines()
    body = "\n".join(f"    {line}" for line in lines)
    source = f"def _heapwise_run():\n{body}\ndef _heapwise_hold():\n{body}\n    yield\n"
    exec(compile(source, "<statement>", "exec"), names)
    return Alternative(statement, names["_heapwise_run"], names["_heapwise_hold"])


def measure(alternatives: list[Alternative], *, repeat: int = 7, number: int = 0) -> list[Measured]:
    """Measures each. repeat: rounds. number: runs a round; 0: as many as make a round long enough to
    time."""
    found = [Measured(a.name, number or _loops(a.run)) for a in alternatives]
    for _ in range(repeat):
        for alternative, result in zip(alternatives, found, strict=True):
            result.times_s.append(_timed(alternative.run, result.loops) / result.loops)
    idle = _remembered(_idle)
    for alternative, result in zip(alternatives, found, strict=True):
        figures = _remembered(alternative.hold)
        result.peak_bytes, result.total_bytes, result.kept_bytes, result.allocations_count = (
            max(0, figure - nothing) for figure, nothing in zip(figures, idle, strict=True)
        )
    return found


def _idle() -> Generator[None, None, None]:
    yield


def _loops(run: Callable[[], object]) -> int:
    """1, 2, 5, 10, ... runs: the first that take long enough."""
    loops = 1
    while True:
        for factor in (1, 2, 5):
            if _timed(run, loops * factor) >= _LEAST_ROUND_S:
                return loops * factor
        loops *= 10


def _timed(run: Callable[[], object], loops: int) -> float:
    steps = [None] * loops
    begun = time.perf_counter()
    for _ in steps:
        run()
    return time.perf_counter() - begun


def _remembered(hold: Callable[[], Generator[None, None, None]]) -> tuple[int, int, int, int]:
    """Of one run: peak, total, kept bytes and the count; the median of some runs by what is kept."""
    runs = []
    for _ in range(_MEMORY_RUNS):
        gc.collect()
        with record() as scope:
            holder = hold()
            next(holder)
            used = scope.usage()
        holder.close()
        runs.append((used.peak_bytes, used.total_bytes, used.in_use_bytes, used.allocations_count))
    runs.sort(key=lambda figures: figures[2])
    return runs[len(runs) // 2]
