"""What all changes together would save: bytes that several findings speak of are counted once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

Line = tuple[str, int]


def total_saving_bytes(
    findings: Sequence[Finding], snapshot: Snapshot | None, *, whole_bytes: int
) -> int:
    """What would be gone if every finding were mended, in bytes.

    Of each object the finding that frees most of it counts, and never more than its size; of each line that finding
    which lowers the peak there most, or the objects that the line made, whichever is more. What a finding says it
    saves and whose place is not known counts once, for the largest. So the total is at least the largest saving, at
    most their sum, and at most whole_bytes.
    """
    if not findings:
        return 0
    of_nodes: dict[int, float] = {}
    of_lines: dict[Line, float] = {}
    elsewhere = 0.0
    for finding in findings:
        left = float(finding.saving_bytes)
        for node, part in _of_nodes(finding, snapshot):
            of_nodes[node] = max(of_nodes.get(node, 0.0), part)
            left -= part
        for line, part in _of_lines(finding):
            of_lines[line] = max(of_lines.get(line, 0.0), part)
            left -= part
        elsewhere = max(elsewhere, left)
    total = round(_union(of_nodes, of_lines, snapshot) + elsewhere)
    savings = [finding.saving_bytes for finding in findings]
    return min(max(total, *savings, 0), sum(savings), max(whole_bytes, *savings))


def _of_nodes(finding: Finding, snapshot: Snapshot | None) -> Iterator[tuple[int, float]]:
    """(node, bytes that go), in proportion to the sizes of what the finding frees."""
    if snapshot is None:
        return
    sizes = snapshot.nodes("size_bytes")
    freed = all_freed(finding.freed, snapshot)
    taken = sum(sizes[node] for node in freed)
    scale = min(1.0, finding.saving_bytes / taken) if taken else 0.0
    yield from ((node, scale * sizes[node]) for node in freed)


def all_freed(freed: Freed, snapshot: Snapshot) -> set[int]:
    """The objects that a change frees, with all that goes with them."""
    found = below(snapshot, freed.roots)
    found.update(freed.nodes)
    return found


def below(snapshot: Snapshot, roots: Iterable[int]) -> set[int]:
    """Objects and all that they alone keep: a root may stand below another one."""
    first, child = snapshot.dominated
    left = list(roots)
    seen: set[int] = set()
    while left:
        node = left.pop()
        if node not in seen:
            seen.add(node)
            begin, end = first[node], first[node + 1]
            if begin != end:
                left += child[begin:end]
    return seen


def _of_lines(finding: Finding) -> Iterator[tuple[Line, float]]:
    """(line, bytes that go), in proportion to what the lines held."""
    held = sum(finding.freed.lines.values())
    scale = min(1.0, finding.saving_bytes / held) if held else 0.0
    yield from ((line, scale * size) for line, size in finding.freed.lines.items())


def _union(
    of_nodes: dict[int, float], of_lines: dict[Line, float], snapshot: Snapshot | None
) -> float:
    """Objects and lines: what a line made and a change of that line frees is counted once."""
    if snapshot is None or not of_lines:
        return sum(of_nodes.values()) + sum(of_lines.values())
    sites, known = snapshot.nodes("site"), {}
    at_lines: dict[Line, float] = {}
    total = 0.0
    for node, part in of_nodes.items():
        site = sites[node]
        if site not in known:
            frame = snapshot.allocated_at(node)
            known[site] = (frame.file, frame.line) if frame is not None else None
        line = known[site]
        if line in of_lines:
            at_lines[line] = at_lines.get(line, 0.0) + part
        else:
            total += part
    return total + sum(max(part, at_lines.get(line, 0.0)) for line, part in of_lines.items())
