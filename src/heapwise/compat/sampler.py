"""The resident set of a process over time, sampled by a process of its own.

A thread would wait for the interpreter's lock while native code runs, and would be part of what it
measures; the child reads the kernel's figures and is counted nowhere.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any, Union

BACKENDS = ("psutil", "psutil_pss", "psutil_uss", "posix")
"""Names of memory_profiler: the resident set ("psutil", "posix"), or its proportional or unshared
part. Read from /proc; psutil is not needed."""

_MIB = 2.0**20
_FINEST_S = 0.01
_SELF_NAME = "heapwise-sampler"

Target = Union[int, "subprocess.Popen[Any]", Callable[..., Any], tuple[Any, ...]]


def resident_bytes(pid: int, backend: str = "psutil", *, include_children: bool = False) -> int:
    """Memory of a process, and of its children where asked; 0 when it has ended."""
    pids = [pid, *children_of(pid)] if include_children else [pid]
    return sum(_memory_bytes(each, backend) for each in pids)


def children_of(pid: int, without: int = 0) -> list[int]:
    """All descendants of a process, without one and its own."""
    parents: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as file:
                    parent = int(file.read().rpartition(b")")[2].split()[1])
            except (OSError, ValueError, IndexError):
                continue
            parents.setdefault(parent, []).append(int(name))
    found: list[int] = []
    wanted = [pid]
    while wanted:
        below = [child for child in parents.get(wanted.pop(), []) if child != without]
        found += below
        wanted += below
    return found


def _memory_bytes(pid: int, backend: str) -> int:
    try:
        if backend in ("psutil_pss", "psutil_uss"):
            keys = (b"Pss:",) if backend == "psutil_pss" else (b"Private_Clean:", b"Private_Dirty:")
            with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
                lines = [line.split() for line in file]
            return sum(int(words[1]) * 1024 for words in lines if words[0] in keys)
        with open(f"/proc/{pid}/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0


def memory_usage(
    proc: Target = -1,
    interval: float = 0.1,
    timeout: float | None = None,
    timestamps: bool = False,
    include_children: bool = False,
    multiprocess: bool = False,
    max_usage: bool = False,
    retval: bool = False,
    stream: IO[str] | None = None,
    backend: str | None = None,
    max_iterations: int | None = None,
) -> Any:
    """Memory of a process, or of this one while a function runs, in MiB, one value an interval.

    proc: -1 (this process), a process number, a subprocess.Popen, a callable, or a tuple
    (callable, args, kwargs). A callable is run once, whatever the interval; a value is the highest of
    its interval. Without timeout, a process number gives one value; a Popen is watched until it
    ends. timestamps: pairs (MiB, seconds since the epoch). max_usage: the highest value alone.
    retval: (values, what the callable returned). stream: lines `MEM MiB seconds` are written to it,
    and None is returned. Raises what the callable raises.
    """
    chosen = backend if backend in BACKENDS else "psutil"
    family = include_children or multiprocess
    if callable(proc) or isinstance(proc, tuple):
        function, args, kwargs = _call_of(proc)
        watch = _Watch(os.getpid(), chosen, family, interval, timeout, max_iterations)
        try:
            returned = function(*args, **kwargs)
        finally:
            found = watch.end()
        values = _shape(found, timestamps, max_usage, stream)
        return (values, returned) if retval else values
    pid = proc.pid if isinstance(proc, subprocess.Popen) else os.getpid() if proc == -1 else proc
    most = max_iterations if max_iterations is not None else -1
    if timeout is not None:
        most = max(1, int(timeout / interval)) if most < 0 else min(most, int(timeout / interval))
    elif most < 0 and not isinstance(proc, subprocess.Popen):
        most = 1
    found = []
    while most < 0 or len(found) < most:
        found.append((resident_bytes(pid, chosen, include_children=family) / _MIB, time.time()))
        if isinstance(proc, subprocess.Popen) and proc.poll() is not None:
            break
        if most < 0 or len(found) < most:
            time.sleep(interval)
    return _shape(found, timestamps, max_usage, stream)


def _call_of(proc: Any) -> tuple[Callable[..., Any], Sequence[Any], Mapping[str, Any]]:
    if callable(proc):
        return proc, (), {}
    if not 1 <= len(proc) <= 3 or not callable(proc[0]):
        raise ValueError("a tuple must be (callable, args, kwargs)")
    return proc[0], proc[1] if len(proc) > 1 else (), proc[2] if len(proc) > 2 else {}


def _shape(
    found: list[tuple[float, float]], timestamps: bool, max_usage: bool, stream: IO[str] | None
) -> Any:
    if stream is not None:
        for used, when in found:
            stream.write(f"MEM {used:.6f} {when:.4f}\n")
        return None
    if max_usage:
        return max(found) if timestamps else max(used for used, _ in found)
    return found if timestamps else [used for used, _ in found]


class _Watch:
    """A child process that samples this one."""

    def __init__(
        self, pid: int, backend: str, family: bool, interval: float,
        timeout: float | None, most: int | None,
    ) -> None:  # fmt: skip
        if interval <= 0:
            raise ValueError("interval must be a positive number of seconds")
        command = [sys.executable, "-I", "-S", os.path.abspath(__file__), str(pid), backend,
                   str(int(family)), str(interval), str(timeout or 0), str(most or 0)]  # fmt: skip
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={k: v for k, v in os.environ.items() if not k.startswith("HEAPWISE_CAPTURE")},
        )  # fmt: skip
        assert self._child.stdout is not None
        self._first = self._child.stdout.readline()  # it samples from here on

    def end(self) -> list[tuple[float, float]]:
        """Ends the child; its samples (MiB, seconds since the epoch)."""
        rest, _ = self._child.communicate("end")
        pairs = [line.split() for line in (self._first + rest).splitlines()]
        return [(int(used) / _MIB, float(when)) for used, when in pairs]


def _sample(
    pid: int, backend: str, family: bool, interval: float, timeout: float, most: int
) -> None:
    """Writes `bytes seconds`, one line an interval, until stdin is closed."""
    import select

    def used() -> int:
        pids = [pid, *children_of(pid, without=os.getpid())] if family else [pid]
        return sum(_memory_bytes(each, backend) for each in pids)

    begun = time.monotonic()
    count = 1
    print(used(), f"{time.time():.6f}", flush=True)
    lines = []
    while True:
        highest, when = used(), time.time()
        ended = False
        until = begun + count * interval
        while not ended and (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([sys.stdin], [], [], min(left, _FINEST_S))
            ended = bool(ready)
            highest = max(highest, used())
        full = (0 < most <= count) or (0 < timeout <= time.monotonic() - begun)
        if not full:
            lines.append(f"{highest} {when:.6f}")
            count += 1
        if ended:
            break
        if full:
            sys.stdin.read()
            break
    print("".join(line + "\n" for line in lines), end="")


if __name__ == "__main__":
    _, pid, kind, family, interval, timeout, most = sys.argv
    _sample(int(pid), kind, family == "1", float(interval), float(timeout), int(most))
