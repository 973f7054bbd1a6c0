"""The line profiler behind memory_profiler's names: its classes, and its table."""

from __future__ import annotations

import contextlib
import inspect
import linecache
import os
import sys
from collections.abc import Callable, Iterator
from types import CodeType, FrameType, TracebackType
from typing import IO, Any, cast

from heapwise.compat.line_trace import LineTrace, in_use_bytes, keep_recording
from heapwise.compat.sampler import BACKENDS, resident_bytes
from heapwise.compat.wrapping import Function, wrap

HEAP_BACKENDS = ("", "heapwise", "tracemalloc")
_MIB = 2.0**20
_ROW = "{0:>6} {1:>12} {2:>12}  {3:>10}   {4:<}"
Figures = tuple[float, float, int]
"""Of one line: increment and usage in MiB, occurrences."""


def choose_backend(new_backend: str | None = None) -> str:
    """The backend that is used for a name: the name itself, or "heapwise" (with a word on stderr) when
    it is not known."""
    name = new_backend or "heapwise"
    if name in BACKENDS or name in HEAP_BACKENDS:
        return name
    print(f"heapwise: there is no backend {name!r}; heapwise is used instead", file=sys.stderr)
    return "heapwise"


class CodeMap(dict[CodeType, dict[int, "Figures | None"]]):
    """Code -> line -> figures; None for lines that did not run."""

    def items(self) -> Any:
        """Pairs of (file name, pairs of (line, figures or None)), in order of lines."""
        for code in self:
            yield code.co_filename, sorted(self[code].items())


class LineProfiler:
    """Profiles the functions that it is called on, or that are added; line by line."""

    def __init__(
        self, *, backend: str | None = None, max_mem: float | None = None, **_: Any
    ) -> None:
        self.backend = choose_backend(backend)
        self.functions: list[Callable[..., Any]] = []
        self.enable_count = 0
        self.max_mem = max_mem
        self._trace = LineTrace(resident=self.backend not in HEAP_BACKENDS)
        self._entry_bytes: dict[CodeType, int] = {}
        self._base_bytes: dict[CodeType, int] = {}
        self._codes: list[CodeType] = []
        if not self._trace.resident:
            keep_recording()

    def __call__(self, func: Function | None = None, precision: int = 1) -> Function:
        if func is None:
            return cast(Function, lambda f: self(f, precision=precision))
        self.add_function(func)
        return self.wrap_function(func)

    def add_function(self, func: Callable[..., Any]) -> None:
        """Adds a function, a method or a classmethod."""
        func = getattr(func, "__func__", func)
        code = getattr(inspect.unwrap(func), "__code__", None)
        if not isinstance(code, CodeType):
            raise AttributeError(f"{func!r} has no Python code to profile")
        self.functions.append(func)
        if code not in self._codes:
            self._codes.append(code)
            self._trace.choose(code)

    def wrap_function(self, func: Function) -> Function:
        """The function, profiled whenever it is called."""
        return wrap(func, lambda: (self.running, lambda: None))

    def run(self, cmd: str) -> LineProfiler:
        """Executes a statement in `__main__`, profiled."""
        import __main__

        return self.runctx(cmd, __main__.__dict__, __main__.__dict__)

    def runctx(  # the names are the interface's
        self,
        cmd: str | CodeType,
        globals: dict[str, Any],
        locals: dict[str, Any],
    ) -> LineProfiler:
        """Executes a statement in the given namespaces, profiled."""
        with self.running():
            exec(cmd, globals, locals)
        return self

    def runcall(self, func: Callable[..., Any], *args: Any, **kw: Any) -> Any:
        """Calls a function, profiled; returns what it returns."""
        with self.running():
            return func(*args, **kw)

    def enable(self) -> None:
        """Begins to profile, in this thread."""
        if not all(code in self._entry_bytes for code in self._codes):
            used = in_use_bytes(resident=self._trace.resident)
            resident = resident_bytes(os.getpid(), self.backend)
            for code in self._codes:
                self._entry_bytes.setdefault(code, resident)
                self._base_bytes.setdefault(code, resident - used)
        self._trace.begin()
        if self.max_mem is not None:
            sys.settrace(self._stop_above)

    def _stop_above(self, frame: FrameType, event: str, _: Any) -> Any:
        """Breaks into the debugger at the first line that finds more than max_mem MiB in use."""
        if event == "call" and frame.f_code not in self._codes:
            return None
        used = resident_bytes(os.getpid(), self.backend) / _MIB
        if event == "line" and self.max_mem is not None and used >= self.max_mem:
            import pdb

            print(f"{used:.2f} MiB are in use, {self.max_mem:.2f} MiB allowed.", file=sys.stderr)
            sys.settrace(None)
            pdb.Pdb(skip=["heapwise.*"]).set_trace(frame)
        return self._stop_above

    def disable(self) -> None:
        """Ends it."""
        self._trace.end()

    def close(self) -> None:
        """Forgets what was measured."""
        self._trace.close()

    @property
    def code_map(self) -> CodeMap:
        """What was measured so far."""
        return CodeMap((code, self._figures(code)) for code in self._codes)

    def enable_by_count(self) -> None:
        """Enables, counted: calls nest."""
        self.enable_count += 1
        self.enable()

    def disable_by_count(self) -> None:
        """Takes one `enable_by_count` back."""
        if self.enable_count > 0:
            self.enable_count -= 1
            self.disable()

    def __enter__(self) -> LineProfiler:
        self.enable_by_count()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.disable_by_count()

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Profiles while its block runs."""
        self.enable_by_count()
        try:
            yield
        finally:
            self.disable_by_count()

    def _figures(self, code: CodeType) -> dict[int, Figures | None]:
        base = self._base_bytes.get(code, 0)
        lines: dict[int, Figures | None] = {
            line: None for _, _, line in code.co_lines() if line is not None
        }
        for line, (runs, changed, highest) in self._trace.lines(code).items():
            lines[line] = changed / _MIB, (base + highest) / _MIB, runs
        # A function on one line has figures of its own there.
        if any(lines.values()) and lines.get(code.co_firstlineno) is None:
            entry = self._entry_bytes[code] / _MIB
            lines[code.co_firstlineno] = entry, entry, 1
        return lines


def show_results(prof: LineProfiler, stream: IO[str] | None = None, precision: int = 1) -> None:
    """Writes a table for each function that was profiled."""
    out = sys.stdout if stream is None else stream
    number = f"{{0:{precision + 4}.{precision}f}} MiB"
    for filename, lines in prof.code_map.items():
        shown = dict(lines)
        if not any(shown.values()):
            continue
        head = _ROW.format("Line #", "Mem usage", "Increment", "Occurrences", "Line Contents")
        out.write(f"Filename: {filename}\n\n{head}\n{'=' * len(head)}\n")
        first, last = min(shown), max(shown)
        texts = linecache.getlines(filename)
        for line in range(first, last + 1):
            text = texts[line - 1] if 0 < line <= len(texts) else "\n"
            figures = shown.get(line)
            cells = ("", "", "")
            if figures:
                increment, usage, runs = figures
                cells = number.format(usage), number.format(increment), str(runs)
            out.write(_ROW.format(line, *cells, text if text.endswith("\n") else text + "\n"))
        out.write("\n\n")
