"""What a library only works with, and soon lets go: arrays that nobody but its running functions keeps."""

from __future__ import annotations

from dataclasses import dataclass

from heapwise.analyze.frame_locals import bare, module_of
from heapwise.analyze.given import reached
from heapwise.analyze.remembered import remembered
from heapwise.model.snapshot import Snapshot

_LIBRARIES = frozenset((
    "numpy", "pandas", "scipy", "sklearn", "pyarrow", "polars", "xarray", "dask", "torch", "statsmodels", "matplotlib",
    "skimage",
))  # fmt: skip
_TO_FRAME = 2
"""Steps of a path from a thread to a frame."""
_MAKING = ("read_", "from_", "concat", "load", "astype", "stack", "merge")
"""Functions that give what they work on to their caller begin so."""


@dataclass(frozen=True)
class Work:
    """frames: running functions of array libraries, names: what these are called. threads: what they run in. own: what
    the program's own running functions reach."""

    frames: frozenset[int]
    threads: frozenset[int]
    own: frozenset[int]
    names: frozenset[str]

    def has(self, snapshot: Snapshot, node: int) -> bool:
        """Whether only functions of libraries keep an object."""
        if not self.frames:
            return False
        holders = snapshot.dominators(node)
        if any(each in self.frames for each in holders):
            return True
        if node in self.own:
            return False
        return any(each in self.threads for each in holders) or self._is_made_now(snapshot, node)

    def _is_made_now(self, snapshot: Snapshot, node: int) -> bool:
        """Whether a running function of a library made it, and a native call has it in hand besides."""
        if not any(step.node in self.frames for step in snapshot.path_to(node)[:_TO_FRAME]):
            return False
        return any(bare(each.function) in self.names for each in snapshot.stack_of(node))


def is_of_library(snapshot: Snapshot, frame: int) -> bool:
    """Whether a running function is one of a library of arrays."""
    return module_of(snapshot, frame).partition(".")[0] in _LIBRARIES


@remembered
def library_work(snapshot: Snapshot) -> Work:
    """What libraries work on; nothing while one of them makes what its caller will get."""
    threads = snapshot.of_type_exactly("<thread>")
    frames, begun = set(), []
    for frame in (step.node for each in threads for step in snapshot.steps_from(each)):
        if snapshot.type_of(frame) != "<frame>":
            continue
        if is_of_library(snapshot, frame):
            if snapshot.labels.get(frame, "").rpartition(".")[2].startswith(_MAKING):
                return Work(frozenset(), frozenset(), frozenset(), frozenset())
            frames.add(frame)
        else:
            begun += [
                s.node for s in snapshot.steps_from(frame) if s.kind == "local" or s.name == "stack"
            ]
    own = frozenset(reached(snapshot, begun)) if frames else frozenset()
    names = frozenset(bare(snapshot.labels.get(each, "")) for each in frames)
    return Work(frozenset(frames), frozenset(threads), own, names)


def being_made_in(snapshot: Snapshot) -> frozenset[int]:
    """What running functions work with and have given no name yet."""
    frames = snapshot.of_type_exactly("<frame>")
    return frozenset(
        s.node for each in frames for s in snapshot.steps_from(each) if s.name == "stack"
    )
