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
    what Heapwise itself allocated. share: no more rows than hold this share of the figure. imports: with what
    was allocated while modules were imported."""

    at: str = "peak"
    limit: int = 20
    module: str = ""
    own: bool = False
    sort: str = ""
    share: float = 1.0
    imports: bool = True

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
        if not self.imports:
            imports = recording.site_imports
            found = [row for row in found if not imports[row]]
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
