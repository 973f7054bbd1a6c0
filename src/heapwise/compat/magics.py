"""%memit and %mprun for IPython: names, options and answers of memory_profiler's magics."""

from __future__ import annotations

import io
import os
from typing import Any

from heapwise.compat.line_profiler import LineProfiler, show_results
from heapwise.compat.sampler import memory_usage, resident_bytes

_MIB = 2.0**20


class MemitResult:
    """What %memit -o returns: mem_usage and baseline in MiB."""

    def __init__(self, mem_usage: list[float], baseline: float, repeat: int, timeout: float | None,
                 interval: float, include_children: bool) -> None:  # fmt: skip
        self.mem_usage = mem_usage
        self.baseline = baseline
        self.repeat = repeat
        self.timeout = timeout
        self.interval = interval
        self.include_children = include_children

    def __str__(self) -> str:
        peak = max(self.mem_usage)
        return f"peak memory: {peak:.2f} MiB, increment: {peak - self.baseline:.2f} MiB"

    __repr__ = __str__


def _options(shell: Any, line: str, known: str, **how: Any) -> tuple[Any, str]:
    from IPython.core.magic import Magics, magics_class

    parser = magics_class(type("Parser", (Magics,), {}))(shell)
    options, rest = parser.parse_options(line, known, **how)
    return options, rest


def memit(shell: Any, line: str = "", cell: str | None = None) -> MemitResult | None:
    """%memit [-r REPEAT -t TIMEOUT -i INTERVAL -c -o] statement

    Peak of the resident set while a statement runs, and how far that is above where it was.
    -r: runs (default 1). -t: seconds to watch. -i: seconds between values (default 0.1; a value is
    the highest of its interval). -c: children count. -o: returns the result.
    """
    options, statement = _options(shell, line, "r:t:i:coh", posix=False, strict=False)
    if cell is not None:
        statement = cell if not statement else f"{statement}\n{cell}"
    repeat = int(options.get("r", 1))
    timeout = float(options["t"]) if float(options.get("t", 0)) > 0 else None
    interval = float(options.get("i", 0.1))
    children = "c" in options
    code = compile(shell.transform_cell(statement) if hasattr(shell, "transform_cell") else statement,
                   "<memit>", "exec")  # fmt: skip
    baseline = resident_bytes(os.getpid(), include_children=children) / _MIB
    usage = [
        memory_usage(
            (exec, (code, shell.user_ns, shell.user_ns)), interval=interval, timeout=timeout,
            max_usage=True, include_children=children,
        )
        for _ in range(max(1, repeat))
    ]  # fmt: skip
    result = MemitResult(usage, baseline, repeat, timeout, interval, children)
    print(result)
    return result if "o" in options else None


def mprun(shell: Any, line: str = "", cell: str | None = None) -> LineProfiler | None:
    """%mprun -f FUNCTION [-f FUNCTION -T FILE -r -c] statement

    Profiles functions line by line while a statement runs. -T: writes the table to a file. -r:
    returns the profiler. -c: children count in what is in use at the entry.
    """
    options, statement = _options(shell, line, "rf:T:c", list_all=True)
    prof = LineProfiler()
    for name in options.get("f", []):
        prof.add_function(eval(name, shell.user_ns, shell.user_ns))
    if cell is not None:
        statement = cell
    code = compile(statement, "<mprun>", "exec")
    prof.runctx(code, shell.user_ns, shell.user_ns)
    out = io.StringIO()
    show_results(prof, stream=out)
    print(out.getvalue(), end="")
    for path in options.get("T", []):
        with open(path, "w") as file:
            file.write(out.getvalue())
    return prof if "r" in options else None


def register(shell: Any) -> None:
    """Makes %memit, %%memit and %mprun known to a shell."""

    def line_or_cell(function: Any) -> Any:
        def magic(line: str = "", cell: str | None = None) -> Any:
            return function(shell, line, cell)

        magic.__doc__ = function.__doc__
        return magic

    for name, function in (("memit", memit), ("mprun", mprun)):
        shell.register_magic_function(line_or_cell(function), "line_cell", name)
