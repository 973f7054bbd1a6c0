"""What the locals of running frames alone keep, as a snapshot of the moment tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from heapwise.model.graph import native_graph, u4
from heapwise.model.snapshot import Snapshot

_LEAST_BYTES, _MOST_ATTRIBUTES = 64 << 10, 1000
_MODULE = "<module>"
SELF = "self"


@dataclass(frozen=True, slots=True)
class Local:
    """node: what a local is bound to. retained_bytes: what goes with it. called: the function that its frame was
    calling; empty where that is none of Python's. is_alone: whether nothing else refers to the object."""

    node: int
    retained_bytes: int
    called: str
    is_alone: bool


def frame_locals(snapshot: Snapshot, retained: Sequence[int]) -> Mapping[tuple[str, str], Local]:
    """(function, name) -> the local of that name that keeps most, or the attribute of `self` as `Class.name`; small
    ones left out. A module that is being run has its globals as locals. retained: bytes of each node."""
    found: dict[tuple[str, str], Local] = {}
    for frame in frames(snapshot):
        for name, node in _named(snapshot, frame.node):
            if retained[node] >= _LEAST_BYTES:
                key = frame.function, name
                known = found.get(key)
                if known is None or known.retained_bytes < retained[node]:
                    found[key] = Local(node, retained[node], frame.called, False)
    wanted = bytearray(len(snapshot))
    for each in found.values():
        wanted[each.node] = 1
    targets = snapshot.edges("target")
    edges = u4(native_graph().nodes_with(targets, wanted))
    counts = Counter(targets[edge] for edge in edges)
    return {
        key: Local(each.node, each.retained_bytes, each.called, counts[each.node] == 1)
        for key, each in found.items()
    }


def _named(snapshot: Snapshot, frame: int) -> Iterator[tuple[str, int]]:
    """(name, node) of the locals of a frame, and of the attributes of its instance, by the class of the function."""
    *_, owner, _ = ["", *snapshot.labels.get(frame, "").split(".")]
    for local in snapshot.steps_from(frame):
        if local.name == "f_locals" and snapshot.labels.get(frame) == _MODULE:
            yield from (
                (str(s.name), s.node) for s in snapshot.steps_from(local.node) if s.kind == "key"
            )
        if local.kind != "local":
            continue
        yield str(local.name), local.node
        for name, node in _attributes(snapshot, local.node) if local.name == SELF else ():
            yield f"{owner}.{name}", node


def _attributes(snapshot: Snapshot, node: int) -> Iterator[tuple[str, int]]:
    """(name, node) of the attributes of an instance; of one that is a large dict or list itself none."""
    counts = snapshot.nodes("edges_count")
    for step in snapshot.steps_from(node) if counts[node] <= _MOST_ATTRIBUTES else ():
        if step.kind in ("attribute", "key"):
            yield str(step.name), step.node
        elif step.name == "__dict__" and counts[step.node] <= _MOST_ATTRIBUTES:
            yield from ((str(each.name), each.node) for each in snapshot.steps_from(step.node))


@dataclass(frozen=True)
class Frame:
    """A running function, its bare name; called: that of the one that it was calling, empty where that is none of
    Python's."""

    function: str
    node: int
    called: str


def frames(snapshot: Snapshot) -> Iterator[Frame]:
    """Of all threads, the innermost of each first."""
    for thread in snapshot.of_type_exactly("<thread>"):
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
