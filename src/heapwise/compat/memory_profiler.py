"""memory_profiler's interface, on Heapwise's measurements.

    from heapwise.compat.memory_profiler import profile, memory_usage, LogFile

Same names, same arguments, same tables; what differs is what the figures mean:

- *Increment* is what the line changed, summed over its runs (memory_profiler subtracts a maximum, so
  that loops show increments that nobody can explain).
- *Mem usage* is the resident set at the function's entry plus what the heap has grown since: exact to
  the byte, where the resident set itself is blind to what fits into pages that are there already.
  `backend="psutil"` (or "posix", "psutil_pss", "psutil_uss") gives the resident set, line by line.
- From the first `@profile` on, the process is recorded in exact mode. Memory is the process's: what other
  threads do while a line runs is in that line's increment, as it is with memory_profiler.

Interface: https://github.com/pythonprofilers/memory_profiler (README, 0.61).
"""

from __future__ import annotations

import argparse
import builtins
import contextlib
import functools
import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from typing import IO, Any, cast

from heapwise.compat.line_profiler import (
    HEAP_BACKENDS,
    LineProfiler,
    choose_backend,
    show_results,
)
from heapwise.compat.line_trace import keep_recording
from heapwise.compat.sampler import BACKENDS, memory_usage, resident_bytes
from heapwise.compat.wrapping import Call, Function, wrap

__all__ = [
    "LineProfiler", "LogFile", "TimeStamper", "choose_backend", "load_ipython_extension",
    "memory_usage", "profile", "show_results",
]  # fmt: skip

_MIB = 2.0**20


def profile(
    func: Function | None = None,
    stream: IO[str] | None = None,
    precision: int = 1,
    backend: str | None = None,
) -> Function:
    """Decorates a function: after each call, a table of its lines is written to stream (stdout)."""
    if func is None:
        return cast(
            Function,
            functools.partial(profile, stream=stream, precision=precision, backend=backend),
        )
    known = choose_backend(backend)
    if known in HEAP_BACKENDS:
        keep_recording()

    def begin() -> Call:
        prof = LineProfiler(backend=known)
        prof.add_function(func)

        def finish() -> None:
            show_results(prof, stream=stream, precision=precision)
            prof.close()

        return prof.running, finish

    return wrap(func, begin)


class TimeStamper:
    """Decorates functions, and marks blocks, whose beginnings and ends go with their memory into a
    file that `heapwise mprof plot` draws."""

    def __init__(self, backend: str | None = None, include_children: bool = False) -> None:
        self.backend = choose_backend(backend)
        self.include_children = include_children
        self.functions: dict[str, list[list[tuple[float, float]]]] = {}

    def __call__(self, func: Function | None = None, precision: int = 1) -> Function:
        if func is None:
            return cast(Function, self)
        name = f"{func.__module__}.{func.__name__}"
        return wrap(func, lambda: (lambda: self.timestamp(name), lambda: None))

    @contextlib.contextmanager
    def timestamp(self, name: str = "<block>") -> Iterator[None]:
        """Marks a block."""
        begun = self._now()
        try:
            yield
        finally:
            self.functions.setdefault(name, []).append([begun, self._now()])

    def show_results(self, stream: IO[str] | None = None) -> None:
        """Writes a line `FUNC name begin_MiB begin_s end_MiB end_s` for each run."""
        out = sys.stdout if stream is None else stream
        for name, runs in self.functions.items():
            for (mem, when), (end_mem, end) in runs:
                out.write(f"FUNC {name} {mem:.4f} {when:.4f} {end_mem:.4f} {end:.4f}\n")

    def _now(self) -> tuple[float, float]:
        used = resident_bytes(os.getpid(), self.backend, include_children=self.include_children)
        return used / _MIB, time.time()


class LogFile:
    """A stream that sends what is written to it to the logger of a name.

    reportIncrementFlag: of the tables, only lines with an increment above 0.
    """

    def __init__(self, name: str | None = None, reportIncrementFlag: bool = False) -> None:  # noqa: N803
        self.logger = logging.getLogger(name)
        self.logger.setLevel(logging.DEBUG)
        self.reportIncrementFlag = reportIncrementFlag

    def write(self, msg: str) -> None:
        """Logs a message; its lines one by one, empty ones left out."""
        for line in msg.splitlines():
            if not line.strip():
                continue
            if self.reportIncrementFlag and " MiB " in line and _increment(line) == 0.0:
                continue
            if self.reportIncrementFlag and line.split()[0].isdigit() and " MiB " not in line:
                continue
            self.logger.info("%s", line)

    def flush(self) -> None:
        """Flushes the handlers of the logger."""
        for handler in self.logger.handlers:
            handler.flush()


def _increment(line: str) -> float:
    parts = line.split(" MiB ", 2)
    return float(parts[1]) if len(parts) > 2 else 0.0


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext heapwise.compat.memory_profiler` brings %memit and %mprun."""
    from heapwise.compat.magics import register

    register(shell)


def main(arguments: Sequence[str]) -> int:
    """`python -m heapwise.compat.memory_profiler [options] script.py args...`"""
    parser = argparse.ArgumentParser(
        prog="python -m heapwise.compat.memory_profiler",
        description="Runs a script; `profile` is a builtin in it, and shows its lines at the end.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--pdb-mmem",
        type=float,
        metavar="MAXMEM",
        dest="max_mem",
        help="break into the debugger when memory exceeds so many MiB",
    )
    parser.add_argument("--precision", type=int, default=3, help="digits (default: 3)")
    parser.add_argument("-o", dest="out_filename", help="write the results to a file")
    parser.add_argument(
        "--timestamp", action="store_true", help="timestamps of functions, for mprof"
    )
    parser.add_argument("--include-children", action="store_true", dest="include_children")
    parser.add_argument("--backend", help="heapwise (default), " + ", ".join(BACKENDS))
    parser.add_argument("program", nargs=argparse.REMAINDER)
    options = parser.parse_args(arguments)
    if not options.program:
        parser.error("there is no script to run")
    prof: Any = (
        TimeStamper(options.backend, options.include_children)
        if options.timestamp
        else LineProfiler(backend=options.backend, max_mem=options.max_mem)
    )
    import runpy

    sys.argv = list(options.program)
    sys.path[0] = os.path.dirname(os.path.abspath(options.program[0]))
    vars(builtins)["profile"] = prof
    try:
        runpy.run_path(options.program[0], run_name="__main__")
    finally:
        out = open(options.out_filename, "a") if options.out_filename else None  # noqa: SIM115
        if options.timestamp:
            prof.show_results(stream=out)
        else:
            show_results(prof, stream=out, precision=options.precision)
        if out is not None:
            out.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
