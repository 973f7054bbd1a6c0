"""How much native memory goes with objects? An image has pixels, an engine a library's pages, that no object has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from heapwise.analyze.holdings import line_groups
from heapwise.analyze.selection import charges
from heapwise.analyze.total import below
from heapwise.model.finding import Finding
from heapwise.model.graph import native_graph, u8
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import KINDS

_NEAR = 0.95
"""So much of the peak a snapshot must show for what it and the recording's peak say to be of one moment."""
_MOST_OF_LINE, _LEAST_SHARE = 0.5, 0.05
_NATIVE = frozenset((KINDS.index("malloc"), KINDS.index("mmap")))

Line = tuple[str, int]


def with_native(
    findings: Sequence[Finding], snapshot: Snapshot, recording: Recording
) -> Iterator[Finding]:
    """The findings on whole objects, with what no object has of what the same lines allocated: in the proportion in
    which the objects of these lines go, where most of them do. What a line allocated fewer times than objects go was
    for all of them, and stays; so does what it imported."""
    near = snapshot.figure("heap_bytes") >= _NEAR * recording.summary.peak_bytes
    if not near or not any(each.freed.roots for each in findings):
        yield from findings
        return
    group, frames = line_groups(snapshot)
    all_sizes = snapshot.nodes("size_bytes")
    sizes, foreign = (
        list(u8(native_graph().group_sums(group, snapshot.nodes(name), len(frames))[0]))
        for name in ("size_bytes", "foreign_bytes")
    )
    for number, size in _imported(snapshot, group):
        sizes[number] -= size
    for node, size in _own_data(snapshot):
        if group[node] < len(frames):
            foreign[group[node]] += size
    blocks = _native_blocks(recording)
    for finding in findings:
        roots = finding.freed.roots if blocks else ()
        freed: dict[int, int] = {}
        for node in below(snapshot, roots):
            freed[group[node]] = freed.get(group[node], 0) + all_sizes[node]
        native = 0
        for number, gone in freed.items():
            if number < len(frames) and gone and gone >= _MOST_OF_LINE * sizes[number]:
                at = snapshot.stacks.frames[frames[number]]
                held = sum(
                    size for count, size in blocks.get((at.file, at.line), ())
                    if count >= max(2, len(roots))
                )  # fmt: skip
                native += round(
                    max(held - foreign[number], 0) * min(1.0, gone / max(sizes[number], 1))
                )
        if native < _LEAST_SHARE * max(finding.saving_bytes, 1):
            yield finding
            continue
        told = f"{native} bytes of native memory, which no object has, were allocated by the lines that made them"
        yield replace(
            finding, saving_bytes=finding.saving_bytes + native, evidence=(*finding.evidence, told)
        )


def _imported(snapshot: Snapshot, group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """(line of the program, bytes) of what was made while modules were imported: that happens once, and stays."""
    stacks = snapshot.stacks
    by_import = {
        site for site, imports in zip(stacks.site_ids, stacks.site_imports, strict=True) if imports
    }
    lines = dict(zip(snapshot.nodes("site"), group, strict=True))
    found = snapshot.nodes("site"), snapshot.nodes("size_bytes")
    sums, _ = native_graph().group_sums(*found, max(lines, default=0) + 1)
    sizes = u8(sums)
    for site in by_import & lines.keys():
        if lines[site] != NO_NODE:
            yield lines[site], sizes[site]


def _own_data(snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    """(array, bytes) of elements in native memory that are counted as the array's own."""
    sizes = snapshot.nodes("size_bytes")
    for node, count in snapshot.facts.get("elements_count", {}).items():
        size = count * snapshot.fact("element_bytes", node)
        if sizes[node] >= size:
            yield node, size


def _native_blocks(recording: Recording) -> Mapping[Line, Sequence[tuple[int, int]]]:
    """Line of the program -> (count, bytes) of what native code held at the peak, for each stack below it."""
    sites, charged, frames = recording.sites, charges(recording), recording.frames
    found: dict[Line, list[tuple[int, int]]] = {}
    columns = zip(
        sites.kind, charged.of_sites, sites.figures["peak_count"], sites.figures["peak_bytes"],
        strict=True,
    )  # fmt: skip
    for kind, frame, count, size in columns:
        if kind in _NATIVE and count > 0:
            found.setdefault(frames[frame][1:], []).append((round(count), round(size)))
    return found
