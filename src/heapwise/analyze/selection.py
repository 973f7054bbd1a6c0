"""What part of a recording a query looks at, and by which figure it ranks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from heapwise.model.recording import Recording
from heapwise.model.tables import NOT_HEAP

FIGURES = ("peak", "end", "total")
FIGURE_OF = {"peak": "peak_bytes", "end": "in_use_bytes", "total": "total_bytes"}
"""What `at` says -> the figure of `model.recording.FIGURES` it stands for."""
SORTS = ("peak", "end", "total", "count", "lifetime", "cpu", "copied")


@dataclass(frozen=True)
class Selection:
    """at: look at bytes at the peak, at the end, or ever allocated. sort: rank rows by another figure
    than that. module: keep only stacks with a frame whose file or function contains it. own: show
    what Heapwise itself allocated. share: no more rows than hold this share of the figure."""

    at: str = "peak"
    limit: int = 20
    module: str = ""
    own: bool = False
    sort: str = ""
    share: float = 1.0

    @property
    def figure(self) -> str:
        """The figure of a site that this selection ranks by: one of `model.recording.FIGURES`."""
        return FIGURE_OF[self.at]

    def rows(self, recording: Recording) -> Sequence[int]:
        """The sites that are selected, as rows of `recording.sites`; mapped files are not heap."""
        sites = recording.sites
        found = [
            row
            for row, (kind, own) in enumerate(zip(sites.kind, sites.own, strict=True))
            if kind not in NOT_HEAP and (self.own or not own)
        ]
        if not self.module:
            return found
        hits = self.matcher(recording)
        return [row for row in found if hits(sites.parent[row], sites.frame[row])]

    def matcher(self, recording: Recording) -> Callable[[int, int], bool]:
        """Whether a stack is selected by its module: by a node, and a frame below it (-1: none)."""
        if not self.module:
            return lambda node, frame: True
        hit_frame = [self.module in f.file or self.module in f.function for f in recording.frames]
        hit_node = [False]
        parents, frames = recording.node_parents[1:], recording.node_frames[1:]
        for parent, frame in zip(parents, frames, strict=True):
            hit_node.append(hit_node[parent] or hit_frame[frame])
        return lambda node, frame: hit_node[node] or (frame >= 0 and hit_frame[frame])


def charged_frames(recording: Recording) -> Sequence[int]:
    """For each site, the frame that its bytes are charged to: the innermost one of the program's
    own code, or the allocating one where no such frame is on the stack."""
    sites = recording.sites
    own_file = [recording.is_user_file(frame.file) for frame in recording.frames]
    of_node = _user_frames(recording, own_file)
    return [
        frame if own_file[frame] or of_node[parent] < 0 else of_node[parent]
        for frame, parent in zip(sites.frame, sites.parent, strict=True)
    ]


def charged_frames_of_cpu(recording: Recording) -> Sequence[int]:
    """The same for each row of `recording.cpu`; -1 where no frame is known."""
    own_file = [recording.is_user_file(frame.file) for frame in recording.frames]
    of_node = _user_frames(recording, own_file)
    frames = recording.node_frames
    return [of_node[node] if of_node[node] >= 0 else frames[node] for node in recording.cpu.node]


def _user_frames(recording: Recording, own_file: Sequence[bool]) -> Sequence[int]:
    found = [-1]
    for parent, frame in zip(recording.node_parents[1:], recording.node_frames[1:], strict=True):
        found.append(frame if own_file[frame] else found[parent])
    return found
