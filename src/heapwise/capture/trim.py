"""Gives memory that is free back to the kernel, and measures how much: `heapwise.trim()`.

Two steps. Pages of the empty pools of CPython's own allocator are dropped (their next use makes them anew); then
the C library is asked for its free pages (malloc_trim). Neither frees an object, and neither collects.
"""

from __future__ import annotations

import os
import time

from heapwise.capture.core import native
from heapwise.capture.metadata import to_json

TYPE_CHECKING = False  # as typing has it, without importing typing into the target
if TYPE_CHECKING:
    from collections.abc import Callable

POOLS, HEAP = "pages of empty pools", "malloc_trim(0)"
_POOLS_A_CALL = 4096
"""Some 10 ms for which other threads wait."""
_REQUEST, _ANSWER = ".trim", ".trimmed.json"


class Step:
    """What one step came to. name: POOLS or HEAP. before_bytes, after_bytes: the resident set. took_ms. refusal:
    why it was not done; empty when it was."""

    __slots__ = ("after_bytes", "before_bytes", "name", "refusal", "took_ms")

    def __init__(
        self, name: str, before_bytes: int, after_bytes: int, *, took_ms: float, refusal: str = ""
    ) -> None:
        self.name = name
        self.before_bytes = before_bytes
        self.after_bytes = after_bytes
        self.took_ms = took_ms
        self.refusal = refusal

    def __repr__(self) -> str:
        if self.refusal:
            return f"<{self.name}: not done: {self.refusal}>"
        return f"<{self.name}: {self.before_bytes} -> {self.after_bytes} bytes>"


def trim(*, pools: bool = True, heap: bool = True) -> list[Step]:
    """Gives free memory back to the kernel; returns what each step came to. What the program allocates next costs
    page faults again: worth it after a peak that does not come back soon, never in a loop.

    pools: of the interpreter's allocator; needs a version whose pools are known (3.11 to 3.14), is tested on pools
    of its own at first, and refused otherwise. heap: the C library's; refused where malloc is another library's.

    Raises CannotRecordError when the native core does not load.
    """
    wanted = [(POOLS, _trim_pools)] if pools else []
    wanted += [(HEAP, native().trim_heap)] if heap else []
    return [_measured(name, step) for name, step in wanted]


def _trim_pools() -> str:
    more = True
    while more:
        refusal, _, _, more = native().trim_pools(_POOLS_A_CALL)
        if refusal:
            return str(refusal)
        time.sleep(0)  # other threads may have the GIL
    return ""


def _measured(name: str, step: Callable[[], str]) -> Step:
    before, begun = _resident_bytes(), time.perf_counter()
    refusal = step()
    took_ms = 1e3 * (time.perf_counter() - begun)
    return Step(name, before, _resident_bytes(), took_ms=took_ms, refusal=refusal)


def _resident_bytes() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")


def request_of(path: str, pid: int) -> str:
    """The file by which a process of the run with a recording at `path` is asked, when it gets the signal of
    snapshots."""
    return os.path.join(os.path.dirname(path), f"{pid}{_REQUEST}")


def answer_of(path: str, pid: int) -> str:
    """The file with what it came to."""
    return os.path.join(os.path.dirname(path), f"{pid}{_ANSWER}")


def answer(path: str) -> bool:
    """Does what was asked for; whether something was."""
    request = request_of(path, os.getpid())
    try:
        os.unlink(request)
    except OSError:
        return False
    found = [{name: getattr(step, name) for name in Step.__slots__} for step in trim()]
    place = answer_of(path, os.getpid())
    with open(place + ".tmp", "w") as file:
        file.write(to_json(found))
    os.replace(place + ".tmp", place)
    return True
