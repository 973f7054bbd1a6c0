"""Heapwise: where memory was allocated, who keeps it alive, what to change, and how much that saves.

The public names are imported on first use, so that `import heapwise` costs next to nothing inside a
program that is being measured.
"""

from __future__ import annotations

from heapwise.version import __version__

TYPE_CHECKING = False  # as typing has it, without importing typing into the target
if TYPE_CHECKING:
    from heapwise.capture.record import Usage, record
    from heapwise.capture.snapshot import snapshot
    from heapwise.capture.trim import trim
    from heapwise.errors import HeapwiseError
    from heapwise.integrations.bench import bench
    from heapwise.integrations.heap import Snapshot
    from heapwise.integrations.leaks import leaks
    from heapwise.model.recording import Recording

__all__ = [
    "HeapwiseError",
    "Recording",
    "Snapshot",
    "Usage",
    "__version__",
    "bench",
    "leaks",
    "record",
    "snapshot",
    "trim",
]

_HOMES = {
    "record": "heapwise.capture.record",
    "Usage": "heapwise.capture.record",
    "Recording": "heapwise.model.recording",
    "Snapshot": "heapwise.integrations.heap",
    "snapshot": "heapwise.capture.snapshot",
    "trim": "heapwise.capture.trim",
    "bench": "heapwise.integrations.bench",
    "leaks": "heapwise.integrations.leaks",
    "HeapwiseError": "heapwise.errors",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'heapwise' has no attribute {name!r}")
    module = __import__(_HOMES[name], fromlist=[name])
    value: object = getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
