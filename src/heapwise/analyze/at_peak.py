"""What objects of a snapshot that was taken on the way to the peak come to at the peak itself.

A snapshot near the peak is taken while the heap still rises. It tells what each site (a line's instruction, by its
callers) held at that moment, the recording what it held at the very peak: its objects have become more by as much.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from heapwise import units
from heapwise.analyze.being_copied import unpickled_lines
from heapwise.analyze.freed import all_freed, below, by_site, bytes_of
from heapwise.analyze.remembered import remembered
from heapwise.model.finding import Finding
from heapwise.model.graph import native_graph, u8
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot

_LEAST_RISE = 1.01
"""Less is not worth a word."""
_HEADS_ALONE, _ENOUGH_HEADS = 0.5, 10
"""A site's blocks that are so much less than its objects are heads; of few objects their number tells nothing."""
_AS_MUCH = 0.95
"""Of the heap at its peak: what holds so much is made of the same."""
_LEAST_ROUNDING = 0.01
_ENTIRELY = 0.999
"""A saving of so much of what goes: nothing takes its place."""
_LEAST_TABLE_BYTES = 1 << 20


def at_peak(
    findings: Sequence[Finding],
    snapshot: Snapshot,
    recording: Recording,
    *,
    of_tables: bool = False,
) -> list[Finding]:
    """The findings on objects with their savings at the peak. of_tables: as far as large tables grew, of a snapshot
    that shows little else of it: the old and the new one were there together then."""
    sites, rises = sites_of(snapshot), rises_of(snapshot, recording)
    if of_tables:
        tables = _of_tables(snapshot)
        rises = {site: rise for site, rise in rises.items() if site in tables}
    missing_bytes = max(0.0, recording.summary.peak_bytes - snapshot.figure("heap_bytes"))
    return [
        each if each.freed.complete else _scaled(each, snapshot, rises, sites, missing_bytes)
        for each in findings
    ]


def as_asked(
    findings: Sequence[Finding], snapshot: Snapshot, recording: Recording
) -> list[Finding]:
    """The findings on objects with their savings in bytes that were asked for, as the recording and its peak count:
    without what the allocators round up: as it was measured, else of the numbers that go, and of what goes without
    anything in its place. (Of other objects what takes their place is rounded up as well.) Asked before `at_peak`,
    which tells how much more of the same there was."""
    if recording.summary.sampled:
        return list(findings)
    return [_without_rounding(each, snapshot) for each in findings]


def _without_rounding(finding: Finding, snapshot: Snapshot) -> Finding:
    asked = finding.asked_bytes
    if not asked:
        rounded, types = snapshot.nodes("rounded_bytes"), snapshot.nodes("type")
        freed = all_freed(finding.freed, snapshot)
        share = min(1.0, finding.saving_bytes / max(1, bytes_of(snapshot, freed)))
        if not (finding.freed.entirely or share >= _ENTIRELY):
            numbers = snapshot.type_rows("int", "float")
            freed, share = [node for node in freed if types[node] in numbers], 1.0
        asked = finding.saving_bytes - round(share * sum(map(rounded.__getitem__, freed)))
    if not asked or abs(finding.saving_bytes - asked) < _LEAST_ROUNDING * finding.saving_bytes:
        return finding
    told = f"the allocators round up: of memory it was {units.size(finding.saving_bytes)} at the snapshot"
    return replace(finding, saving_bytes=asked, evidence=(*finding.evidence, told))


def without_what_stays(findings: Sequence[Finding]) -> list[Finding]:
    """The findings without the part that is there at a time with the change as well; asked at last."""
    return [
        replace(each, saving_bytes=round(each.saving_bytes * (1 - each.freed.in_hand_share)))
        if each.freed.in_hand_share else each for each in findings
    ]  # fmt: skip


def shows_peak(snapshot: Snapshot, recording: Recording) -> bool:
    """Whether a snapshot shows what the peak was made of: it was taken near it, or as much was there at the end."""
    near_bytes = _AS_MUCH * recording.summary.peak_bytes
    return snapshot.is_of_peak or snapshot.figure("heap_bytes") >= near_bytes


@remembered
def rises_of(snapshot: Snapshot, recording: Recording) -> Mapping[int, float]:
    """Site -> how many times as much it held at the peak, once at the least: what other sites hold then in place of it
    is mostly the same, made anew. So all together rise by what was missing at the snapshot."""
    held = snapshot.held
    missing_bytes = recording.summary.peak_bytes - snapshot.figure("heap_bytes")
    peaks = zip(recording.site_ids, recording.sites.figures["peak_bytes"], strict=True)
    rises = {site: size - held.get(site, 0.0) for site, size in peaks}
    risen_bytes = sum(rise for rise in rises.values() if rise > 0)
    share = min(1.0, max(missing_bytes, 0.0) / max(risen_bytes, 1.0))
    left_out = _few_heads(snapshot) | _that_unpickled(snapshot)
    return {
        site: 1 + share * max(rises.get(site, 0.0), 0.0) / size
        for site, size in held.items() if site not in left_out
    }  # fmt: skip


def _that_unpickled(snapshot: Snapshot) -> Set[int]:
    """Sites that read a pickle: what they held more at the peak is gone, and was none of their objects."""
    lines, stacks = unpickled_lines(snapshot), snapshot.stacks
    frames = ((site, stacks.user_frame(row)) for site, row in snapshot.site_rows.items() if lines)
    return {site for site, frame in frames if (frame.file, frame.line) in lines}


def _few_heads(snapshot: Snapshot) -> Set[int]:
    """Sites that made the heads of few objects, whose data are elsewhere: what they held tells nothing of these."""
    taken, counts = _sums(snapshot, sites_of(snapshot))
    return {
        site for site, size in snapshot.held.items()
        if counts[site] < _ENOUGH_HEADS and size < _HEADS_ALONE * taken[site]
    }  # fmt: skip


def _of_tables(snapshot: Snapshot) -> Set[int]:
    """Sites that made the data of few large objects, and nothing else."""
    taken, counts = _sums(snapshot, sites_of(snapshot))
    return {
        site for site, size in snapshot.held.items()
        if counts[site] < _ENOUGH_HEADS and size >= max(_AS_MUCH * taken[site], _LEAST_TABLE_BYTES)
    }  # fmt: skip


def _sums(snapshot: Snapshot, sites: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    """(bytes, number) of the objects that each site made, by its number."""
    count = 1 + max(max(sites, default=0), max(snapshot.held, default=0))
    sums, members = native_graph().group_sums(sites, snapshot.nodes("size_bytes"), count)
    return u8(sums), u8(members)


def retained_at_peak(snapshot: Snapshot, recording: Recording) -> Sequence[int]:
    """What would go with each node, as far as the sites of that held more at the peak, in bytes."""
    retained = snapshot.nodes("retained_bytes")
    rises = rises_of(snapshot, recording)
    if max(rises.values(), default=1.0) < _LEAST_RISE:
        return retained
    factors = array("d", [1.0]) * (max(rises) + 1)
    for site, rise in rises.items():
        factors[site] = rise
    sizes = native_graph().scaled(snapshot.nodes("size_bytes"), sites_of(snapshot), factors)
    return snapshot.sums_below(u8(sizes))


@remembered
def sites_of(snapshot: Snapshot) -> Sequence[int]:
    """The site of each node, or that of its table, where that was allocated elsewhere and is most of it."""
    sites = array("I", snapshot.nodes("site"))
    for node, site in snapshot.facts.get("table_site", {}).items():
        sites[node] = site
    return sites


def _scaled(
    finding: Finding,
    snapshot: Snapshot,
    rises: Mapping[int, float],
    sites: Sequence[int],
    missing_bytes: float,
) -> Finding:
    """A finding with what its objects' sites held at the peak: no more of it than the whole heap was higher by."""
    freed = by_site(all_freed(finding.freed, snapshot), snapshot, sites).sizes
    kept = by_site(below(snapshot, finding.freed.kept), snapshot, sites).sizes
    before = sum(freed.values())
    after = before + sum(
        size * (rises.get(site, 1.0) - 1) for each in (freed, kept) for site, size in each.items()
    )
    saved = max(finding.saving_bytes, 1)
    rise = min(after / before, (saved + missing_bytes) / saved) if before else 1.0
    if rise < _LEAST_RISE:
        return finding
    saving = round(finding.saving_bytes * rise)
    told = f"at the snapshot {finding.saving_bytes} bytes; their sites held {rise:.2f} times as much at the peak"
    return replace(finding, saving_bytes=saving, evidence=(*finding.evidence, told))
