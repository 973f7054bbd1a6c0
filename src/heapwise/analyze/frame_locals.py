"""What the locals of running frames alone keep, as a snapshot of the moment tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from heapwise.model.snapshot import Snapshot

_LEAST_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class Local:
    """node: what a local is bound to. retained_bytes: what goes with it. called: the function that its frame was
    calling; empty where that is none of Python's. is_alone: whether nothing else refers to the object."""

    node: int
    retained_bytes: int
    called: str
    is_alone: bool


def frame_locals(snapshot: Snapshot, retained: Sequence[int]) -> Mapping[tuple[str, str], Local]:
    """(function, name) -> the local of that name that keeps most; small ones left out. retained: bytes of each node."""
    found: dict[tuple[str, str], Local] = {}
    for frame in frames(snapshot):
        for local in snapshot.steps_from(frame.node):
            if local.kind == "local" and retained[local.node] >= _LEAST_BYTES:
                key = frame.function, str(local.name)
                known = found.get(key)
                if known is None or known.retained_bytes < retained[local.node]:
                    found[key] = Local(local.node, retained[local.node], frame.called, False)
    wanted = {each.node for each in found.values()}
    counts = Counter(target for target in snapshot.edges("target") if target in wanted)
    return {
        key: Local(each.node, each.retained_bytes, each.called, counts[each.node] == 1)
        for key, each in found.items()
    }


@dataclass(frozen=True)
class Frame:
    """A running function, its bare name; called: that of the one that it was calling, empty where that is none of
    Python's."""

    function: str
    node: int
    called: str


def frames(snapshot: Snapshot) -> Iterator[Frame]:
    """Of all threads, the innermost of each first."""
    for thread in [node for node in snapshot.labels if snapshot.type_of(node) == "<thread>"]:
        called = ""
        for step in snapshot.steps_from(thread):
            if snapshot.type_of(step.node) == "<frame>":
                function = bare(snapshot.labels.get(step.node, ""))
                yield Frame(function, step.node, called)
                called = function


def bare(function: str) -> str:
    """`Loader.run.<locals>.step` -> `step`; a comprehension counts for the function around it."""
    parts = [part for part in function.split(".") if not part.startswith("<")]
    return parts[-1] if parts else function


def module_of(snapshot: Snapshot, frame: int) -> str:
    """The module of a running function; empty where that is not known."""
    function = next((s.node for s in snapshot.steps_from(frame) if s.name == "function"), None)
    if function is None:
        return ""
    named = (s.node for s in snapshot.steps_from(function) if s.name == "__globals__")
    return snapshot.namespaces.get(next(named, -1), "")
