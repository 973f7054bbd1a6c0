"""What objects of a snapshot that was taken on the way to the peak come to at the peak itself.

A snapshot near the peak is taken while the heap still rises. It tells what each site (a line's instruction, by its
callers) held at that moment, the recording what it held at the very peak: its objects have become more by as much.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace

from heapwise import units
from heapwise.analyze.being_copied import unpickled_lines
from heapwise.analyze.remembered import remembered
from heapwise.analyze.total import all_freed, below
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
_LEAST_ASKED = 0.75
"""Less is of objects whose tables were made elsewhere."""
_TABLES = 100
"""How many times as large as the mean block of its site an object is at the least that is mostly such a table."""
_MOST_BLOCKS, _PAGE_BYTES, _MAPPED_BYTES = 4, 4096, 128 << 10
_SMALL_BYTES, _ALIGNMENT_BYTES, _HEAD_BYTES = 512, 16, 8
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
    asked_each, shares = _asked_each(recording), _asked_shares(snapshot)
    numbers = {*snapshot.of_type_exactly("int"), *snapshot.of_type_exactly("float")}
    lists = set(snapshot.of_type_exactly("list"))
    return [
        _without_rounding(each, snapshot, asked_each, shares, numbers, lists) for each in findings
    ]


@remembered
def _asked_shares(snapshot: Snapshot) -> Mapping[int, float]:
    """Site -> what its blocks asked for, of what its objects take: where these are all that it made."""
    taken, _ = _sums(snapshot, snapshot.nodes("site"))
    shares = {site: size / taken[site] for site, size in snapshot.held.items() if taken[site]}
    return {site: share for site, share in shares.items() if _LEAST_ASKED <= share <= 1}


@remembered
def _asked_each(recording: Recording) -> Callable[[int], float]:
    """What a site's blocks asked for, on average; 0 where that is not known."""
    rows, figures = recording.site_rows, recording.sites.figures

    def mean(site: int) -> float:
        if (row := rows.get(site)) is None:
            return 0.0
        asked, count = figures["peak_bytes"][row], figures["peak_count"][row]
        if min(asked, count) <= 0:  # what was made on the way, where nothing was there
            asked, count = figures["total_bytes"][row], figures["total_count"][row]
        return asked / count if min(asked, count) > 0 else 0.0

    return mean


def _over(
    sizes_bytes: Sequence[int], asked_bytes: float, is_number: bool, share: float | None
) -> float:
    """What objects of one site were rounded up by, whose blocks asked for so much on average: exactly, where each is a
    block. Where larger blocks are of the same site, the average tells nothing of them: by the share of all that the
    site asked for, or half a step each, and nothing of numbers."""
    if not asked_bytes:
        return 0.0
    # Of what is so much larger most is a table that was made elsewhere.
    sizes_bytes = [size for size in sizes_bytes if size <= _TABLES * asked_bytes] or sizes_bytes
    over = sum(sizes_bytes) - asked_bytes * len(sizes_bytes)
    if 0 <= over < _ALIGNMENT_BYTES * len(sizes_bytes):
        return over
    if share is not None and not is_number:
        return sum(sizes_bytes) * (1 - share)
    if over < 0:
        return 0.0 if is_number else _ALIGNMENT_BYTES / 2 * len(sizes_bytes)
    share = 1 - asked_bytes / _rounded(asked_bytes)
    return sum(min(size * share, _most_rounding(size)) for size in sizes_bytes)


def _asked_by_list(size_bytes: int) -> int:
    """What a list asks for, of what the allocators give: 56 bytes with the collector's head (64), and for its table
    8 (16) where that has room for one. A site's mean does not tell: it has heads and tables."""
    table = size_bytes - 64
    return 56 + max(0, table - 8 if table == 16 else table)


def _most_rounding(size_bytes: int) -> int:
    """What the blocks of an object can have been rounded up by at most: its site may be that of a small head."""
    return _MOST_BLOCKS * _ALIGNMENT_BYTES + (_PAGE_BYTES if size_bytes >= _MAPPED_BYTES else 0)


def _without_rounding(
    finding: Finding, snapshot: Snapshot, asked_each: Callable[[int], float], shares: Mapping[int, float],
    numbers: Set[int], lists: Set[int],
) -> Finding:  # fmt: skip
    asked = finding.asked_bytes
    if not asked:
        sizes, sites = snapshot.nodes("size_bytes"), snapshot.nodes("site")
        freed = all_freed(finding.freed, snapshot)
        freed = freed if finding.freed.entirely else freed & numbers
        over = float(sum(sizes[node] - _asked_by_list(sizes[node]) for node in freed & lists))
        of_sites: dict[tuple[int, bool], list[int]] = {}
        for node in freed - lists:
            of_sites.setdefault((sites[node], node in numbers), []).append(sizes[node])
        for (site, is_number), each in of_sites.items():
            over += _over(each, asked_each(site), is_number, shares.get(site))
        asked = max(0, round(finding.saving_bytes - over))
    if not asked or abs(finding.saving_bytes - asked) < _LEAST_ROUNDING * finding.saving_bytes:
        return finding
    told = f"the allocators round up: of memory it was {units.size(finding.saving_bytes)} at the snapshot"
    return replace(finding, saving_bytes=asked, evidence=(*finding.evidence, told))


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
    sizes, sites = snapshot.nodes("size_bytes"), sites_of(snapshot)
    at_peak_bytes = (
        round(size * rises.get(site, 1.0)) for site, size in zip(sites, sizes, strict=True)
    )
    return snapshot.sums_below(array("Q", at_peak_bytes))


@remembered
def sites_of(snapshot: Snapshot) -> Sequence[int]:
    """The site of each node, or that of its table, where that was allocated elsewhere and is most of it."""
    sites = array("I", snapshot.nodes("site"))
    for node, site in snapshot.facts.get("table_site", {}).items():
        sites[node] = site
    return sites


def _rounded(block_bytes: float) -> float:
    """What the allocators take for a block: the recording tells what was asked for."""
    size = block_bytes if block_bytes <= _SMALL_BYTES else block_bytes + _HEAD_BYTES
    return -(-size // _ALIGNMENT_BYTES) * _ALIGNMENT_BYTES


def _scaled(
    finding: Finding,
    snapshot: Snapshot,
    rises: Mapping[int, float],
    sites: Sequence[int],
    missing_bytes: float,
) -> Finding:
    """A finding with what its objects' sites held at the peak: no more of it than the whole heap was higher by."""
    sizes = snapshot.nodes("size_bytes")
    before = after = 0.0
    for node in all_freed(finding.freed, snapshot):
        before += sizes[node]
        after += sizes[node] * rises.get(sites[node], 1.0)
    for node in below(snapshot, finding.freed.kept):
        after += sizes[node] * (rises.get(sites[node], 1.0) - 1)
    saved = max(finding.saving_bytes, 1)
    rise = min(after / before, (saved + missing_bytes) / saved) if before else 1.0
    if rise < _LEAST_RISE:
        return finding
    saving = round(finding.saving_bytes * rise)
    told = f"at the snapshot {finding.saving_bytes} bytes; their sites held {rise:.2f} times as much at the peak"
    return replace(finding, saving_bytes=saving, evidence=(*finding.evidence, told))
