"""Which stacks go by a line? Found from the line's own frames downwards, as most lines are on few stacks."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path

from heapwise.analyze.frame_locals import bare
from heapwise.model.stacks import Stacks


class Passing:
    """The nodes and sites of a recording or a snapshot, by what is above them. Sites are rows of its table of sites."""

    def __init__(self, stacks: Stacks) -> None:
        self._stacks = stacks

    def frames_at(self, path: str, first: int, last: int) -> list[int]:
        """The frames on some lines of a file."""
        here = self._frames_of.get(resolved(path), ())
        return [frame for frame in here if first <= self._stacks.frames[frame].line <= last]

    def sites_below(self, frames: Collection[int], *, without: Collection[str] = ()) -> list[int]:
        """The sites of these frames, and those that they led to. without: functions whose work, called right there,
        is left out."""
        left_out = self._left_out(without)
        site_frames = self._stacks.site_frames
        found = {row for frame in frames for row in self._sites_of_frame.of(frame)}
        for node in self._nodes_below(frames, left_out):
            found.update(
                row for row in self._sites_of_node.of(node) if site_frames[row] not in left_out
            )
        return sorted(found)

    def leads_to(self, frames: Collection[int], others: Collection[int]) -> bool:
        """Whether one of the others was called from one of these frames, by whatever way."""
        node_frames, site_frames = self._stacks.node_frames, self._stacks.site_frames
        return any(
            any(node_frames[child] in others for child in self._children.of(node))
            or any(site_frames[row] in others for row in self._sites_of_node.of(node))
            for node in self._nodes_below(frames, ())
        )

    def _nodes_below(self, frames: Iterable[int], left_out: Collection[int]) -> Iterable[int]:
        """The nodes of these frames, and all below them but those of frames that are left out."""
        node_frames = self._stacks.node_frames
        waiting = [node for frame in frames for node in self._nodes_of_frame.of(frame)]
        found = set(waiting)
        while waiting:
            for child in self._children.of(waiting.pop()):
                if child not in found and node_frames[child] not in left_out:
                    found.add(child)
                    waiting.append(child)
        return found

    def _left_out(self, functions: Collection[str]) -> Collection[int]:
        if not functions:
            return ()
        frames = enumerate(self._stacks.frames)
        return {at for at, frame in frames if bare(frame.function) in functions}

    @cached_property
    def _frames_of(self) -> dict[str, list[int]]:
        """File -> its frames."""
        found: dict[str, list[int]] = {}
        for at, frame in enumerate(self._stacks.frames):
            found.setdefault(resolved(frame.file), []).append(at)
        return found

    @cached_property
    def _children(self) -> _Groups:
        parents = self._stacks.node_parents
        return _Groups(parents[1:], len(parents), first=1)

    @cached_property
    def _nodes_of_frame(self) -> _Groups:
        return _Groups(self._stacks.node_frames[1:], len(self._stacks.frames), first=1)

    @cached_property
    def _sites_of_frame(self) -> _Groups:
        return _Groups(self._stacks.site_frames, len(self._stacks.frames))

    @cached_property
    def _sites_of_node(self) -> _Groups:
        return _Groups(self._stacks.site_parents, len(self._stacks.node_parents))


class _Groups:
    """Numbers from `first` on, grouped by their keys, which are below a count."""

    def __init__(self, keys: Sequence[int], count: int, *, first: int = 0) -> None:
        order = sorted(range(len(keys)), key=keys.__getitem__)
        self._members = array("I", (at + first for at in order))
        sizes = [0] * (count + 1)
        for key in keys:
            sizes[key + 1] += 1
        self._starts = array("I", accumulate(sizes))

    def of(self, key: int) -> Sequence[int]:
        """Those with a key, in order."""
        return self._members[self._starts[key] : self._starts[key + 1]]


@lru_cache(maxsize=20_000)
def resolved(file: str) -> str:
    """The path of a file, as lines are looked up by; what is none stays."""
    return file if not file or file.startswith("<") else str(Path(file).resolve())
