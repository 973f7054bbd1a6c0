"""`heapwise.leaks(function)`: repeats a function and says whether it leaks, where, and who keeps it.

What judges is imported when all has been looked at: it is several times what a small program has, and each look
would have to see it, too.
"""

from __future__ import annotations

import gc
import os
import tempfile
import threading
import time
from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from heapwise.capture.record import record
from heapwise.capture.snapshot import facts, write

if TYPE_CHECKING:
    from heapwise.views.leaks import Accused, LeakReport

_LEAST_BYTES_A_ROUND = 8
"""Less new bytes than this in a round are not looked into."""
_NEGLIGIBLE_BYTES = 1024
"""So much may come in a round without a place: the interpreter's cache of attributes keeps names."""
_ENDS_S, _A_MOMENT_S = 0.1, 0.001
"""A thread that was joined has its state freed within the first; looked at each second."""
_TASKS = "/proc/self/task"


class Leaks:
    """The answer of `leaks`. verdict: `leak`, `no-leak` or `undecided`. growth_bytes_per_round, growth_low,
    growth_high: of the whole heap, with the 95 % interval. suspects: what grows, most first. As text: all of
    it."""

    def __init__(self, report: LeakReport) -> None:
        self.report = report
        self.verdict = report.verdict
        growth = report.heap.growth
        self.growth_bytes_per_round = growth.mean
        self.growth_low, self.growth_high = growth.low, growth.high

    @property
    def suspects(self) -> Sequence[Accused]:
        """Each has `suspect` (holder, type, line, growth) and `finding` (code, title, fix)."""
        return self.report.accused

    def check(self) -> None:
        """For tests: raises AssertionError, with the whole answer, when it is a leak."""
        from heapwise.views.leaks import LEAK

        if self.verdict == LEAK:
            raise AssertionError(str(self))

    def __str__(self) -> str:
        from heapwise.render import leaks as render

        return render.text(self.report)

    __repr__ = __str__


def leaks(function: Callable[[], object], *, rounds: int = 8, warmup: int = 3) -> Leaks:
    """Calls a function `warmup` times, then `rounds` times, and compares the heap after each round.

    Every allocation meanwhile is recorded; after each round the collector runs (what only waits for it is
    no leak) unless the program has turned it off (then nothing takes what waits), and a snapshot is taken by a
    forked child into a temporary directory. What the function returns is dropped. Whatever it raises is raised.
    ValueError for fewer than two rounds, TypeError for an async function.
    """
    if rounds < 2 or warmup < 0:
        raise ValueError("at least two rounds are needed to tell growth from a warm-up")
    levels = array("d", bytes(8 * (rounds + 1)))
    with tempfile.TemporaryDirectory(prefix="heapwise-") as place:
        paths = [f"{place}/{number}.hw" for number in range(rounds + 1)]
        about = facts()
        gc.collect()  # also empties free lists: what comes from them was not recorded
        with record(f"{place}/rounds.hw") as scope:
            others = _Others()
            for _ in range(warmup):
                _call(function)
            others.settle()
            # The first look is taken twice: what it allocates once for all is no growth.
            _look(levels, paths, 0, scope, about)
            _look(levels, paths, 0, scope, about)
            for number in range(1, rounds + 1):
                _call(function)
                others.settle()
                _look(levels, paths, number, scope, about)
        return Leaks(_judged(place, paths, levels))


class _Others:
    """Threads that are not Python's. One that was joined is among them until it has ended: the interpreter frees its
    state after `join` has returned."""

    def __init__(self) -> None:
        self._count = self._now()

    def settle(self) -> None:
        """Waits until there are no more than before. Those that stay are a library's, and are not waited for again."""
        until = time.monotonic() + _ENDS_S
        while (now := self._now()) > self._count and time.monotonic() < until:
            time.sleep(_A_MOMENT_S)
        self._count = now

    def _now(self) -> int:
        try:
            with os.scandir(_TASKS) as tasks:
                return sum(1 for _ in tasks) - threading.active_count()
        except OSError:  # no such table here
            return 0


def _judged(place: str, paths: Sequence[str], levels: array[float]) -> LeakReport:
    """What the looks and the recording of the rounds say."""
    from heapwise.analyze.leaks import Evidence
    from heapwise.model.recording import Recording
    from heapwise.model.snapshot import Snapshot
    from heapwise.views.leaks import leaks as judge

    opened = [Snapshot.open(path) for path in paths]
    for number, each in enumerate(opened):
        levels[number] += each.level_bytes() - each.figure("heap_bytes")
    evidence = Evidence(
        snapshots=opened, levels=list(levels), step="round",
        least_bytes=_LEAST_BYTES_A_ROUND * (len(paths) - 1), negligible_step_bytes=_NEGLIGIBLE_BYTES,
        lived=Recording.open(f"{place}/rounds.hw"),
    )  # fmt: skip
    return judge(evidence)


def _call(function: Callable[[], object]) -> None:
    result = function()
    if hasattr(result, "cr_code") and hasattr(result, "close"):
        result.close()
        raise TypeError("leaks() got an async function: pass `lambda: asyncio.run(function())`")


def _look(
    levels: array[float], paths: Sequence[str], number: int, scope: record, about: bytes
) -> None:
    if gc.isenabled() and gc.get_threshold()[0]:
        gc.collect()
    levels[number] = scope.usage().in_use_bytes
    write(paths[number], about)
