"""What part of a recording a query looks at, and by which figure it ranks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from heapwise.model.recording import FILE_KIND, Recording, Site

FIGURES = ("peak", "end", "total")
SORTS = ("peak", "end", "total", "count", "lifetime")


@dataclass(frozen=True)
class Selection:
    """at: look at bytes at the peak, at the end, or ever allocated. sort: rank rows by another figure
    than that. module: keep only stacks with a frame whose file or function contains it. own: show
    what Heapwise itself allocated."""

    at: str = "peak"
    limit: int = 20
    module: str = ""
    own: bool = False
    sort: str = ""

    def figure(self, site: Site) -> float:
        """The bytes of a site that this selection ranks by."""
        if self.at == "peak":
            return site.peak_bytes
        return site.in_use_bytes if self.at == "end" else site.total_bytes

    def variance(self, site: Site) -> float:
        """The variance of that figure (0 in exact mode)."""
        if self.at == "peak":
            return site.peak_variance
        return site.end_variance if self.at == "end" else site.total_variance

    def sites(self, recording: Recording) -> Sequence[Site]:
        """The heap's sites (mapped files are not heap) that are selected."""
        found = [s for s in recording.sites if s.kind != FILE_KIND and (self.own or not s.own)]
        if not self.module:
            return found
        nodes = recording.nodes
        hit_frame = [self.module in f.file or self.module in f.function for f in recording.frames]
        hit_node = [False] * len(nodes)
        for i in range(1, len(nodes)):
            parent, frame = nodes[i]
            hit_node[i] = hit_node[parent] or hit_frame[frame]
        return [s for s in found if hit_frame[s.frame] or hit_node[s.parent]]


def user_frames(recording: Recording) -> Sequence[int]:
    """For each node, the innermost frame at or above it that lies in the program's own code; -1 if
    there is none."""
    own_file = [recording.is_user_file(frame.file) for frame in recording.frames]
    found = [-1] * len(recording.nodes)
    for i in range(1, len(found)):
        parent, frame = recording.nodes[i]
        found[i] = frame if own_file[frame] else found[parent]
    return found


def site_frame(recording: Recording, site: Site, user_frame_of_node: Sequence[int]) -> int:
    """The frame that an allocation is charged to: the innermost one of the program's own code, or
    the allocating one where no such frame is on the stack."""
    if recording.is_user_file(recording.frames[site.frame].file):
        return site.frame
    user = user_frame_of_node[site.parent]
    return user if user >= 0 else site.frame
