"""The further lines that a finding is about: where the program keeps the objects, and where others are made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from heapwise.analyze.kept_at import kept_at
from heapwise.findings.roles import sampled
from heapwise.model.finding import Finding, Related
from heapwise.model.snapshot import Snapshot

_SAMPLES, _MOST, _DEPTH = 5, 3, 16
_FEW = 1000
_LEAST_SHARE = 0.1
_NO_FILE = "<"


def with_related(finding: Finding, snapshot: Snapshot | None) -> Finding:
    """A finding with the statements that put its objects where they are kept; of one on lines those that allocate a
    good part of its bytes. snapshot: that of its objects."""
    freed = finding.freed
    found = [*finding.related, *_allocating(finding)]
    if snapshot is not None:
        nodes = [*_sampled(freed.roots), *_sampled(freed.nodes)]
        if finding.file.startswith(_NO_FILE):
            found = [*dict.fromkeys(_run_at(snapshot, nodes)), *found]
        found += (
            Related("keeps", at.file, at.line, at.function) for at in kept_at(snapshot, nodes)
        )
        found += _largest_made(snapshot, _sampled(freed.roots))
        found += _mostly_made(snapshot, freed.nodes)
    return _told(finding, found)


def with_what_fills(finding: Finding, snapshot: Snapshot, node: int) -> Finding:
    """A finding on a place where bytes gather, with the statements that put them there."""
    found = kept_at(snapshot, [node], inside=True)
    return _told(finding, [Related("keeps", at.file, at.line, at.function) for at in found])


def _told(finding: Finding, found: Sequence[Related]) -> Finding:
    """A finding with further lines, each but once."""
    lines = {(each.file, each.line): each for each in reversed(found)}
    lines.pop((finding.file, finding.line), None)
    return replace(finding, related=tuple(reversed(lines.values()))[:_MOST])


def _allocating(finding: Finding) -> Iterator[Related]:
    """Lines of which the finding frees a good part."""
    lines = finding.freed.lines
    least = _LEAST_SHARE * sum(lines.values())
    for (file, line), size in sorted(lines.items(), key=lambda item: -item[1]):
        if size >= least:
            yield Related("allocates", file, line)


def _mostly_made(snapshot: Snapshot, nodes: Sequence[int]) -> Iterator[Related]:
    """The line that made most of the bytes of objects that go: what a finding names may be what keeps them."""
    sizes, sites = snapshot.nodes("size_bytes"), snapshot.nodes("site")
    by_line: dict[tuple[str, int, str], int] = {}
    total = 0
    for node in sampled(nodes, _FEW):
        total += sizes[node]
        row = snapshot.site_rows.get(sites[node])
        if row is not None:
            frame = snapshot.stacks.user_frame(row)
            key = frame.file, frame.line, frame.function
            by_line[key] = by_line.get(key, 0) + sizes[node]
    for (file, line, function), size in by_line.items():
        if line and 2 * size > total and snapshot.stacks.is_user_file(file):
            yield Related("allocates", file, line, function)


def _run_at(snapshot: Snapshot, nodes: Sequence[int]) -> Iterator[Related]:
    """Where the program has run the code that made objects, which was compiled from a text: a cell, a template."""
    stacks = snapshot.stacks
    for node in nodes:
        for at in reversed(snapshot.stack_of(node)):
            if not at.file.startswith(_NO_FILE) and stacks.is_user_file(at.file):
                yield Related("allocates", at.file, at.line, at.function)
                break


def _largest_made(snapshot: Snapshot, roots: Sequence[int]) -> Iterator[Related]:
    """Where the largest objects that go with others were made."""
    retained, sizes = snapshot.nodes("retained_bytes"), snapshot.nodes("size_bytes")
    for root in roots:
        node = root
        for _ in range(_DEPTH):
            if 2 * sizes[node] >= retained[node]:
                break
            below = snapshot.children(node)
            largest = max(below, key=lambda each: retained[each], default=node)
            if largest == node:
                break
            node = largest
        at = snapshot.grown_at(node)
        if node != root and at is not None and snapshot.stacks.is_user_file(at.file):
            yield Related("allocates", at.file, at.line, at.function)


def _sampled(nodes: Sequence[int]) -> Sequence[int]:
    """Some of the nodes, from all parts of them."""
    return nodes[:: max(1, len(nodes) // _SAMPLES)][:_SAMPLES]
