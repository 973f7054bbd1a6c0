"""How much native memory goes with objects? An image has pixels, an engine a library's pages, that no object has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from heapwise.analyze.freed import Sums, below, by_site
from heapwise.analyze.holdings import line_groups, site_groups
from heapwise.model.finding import Finding
from heapwise.model.graph import native_graph, u8
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from heapwise.model.stacks import Stacks
from heapwise.model.tables import KINDS

_NEAR = 0.8
"""So much of the peak a snapshot must show for what it and the recording's peak say to be of the same work."""
_MOST_OF_LINE, _LEAST_SHARE = 0.5, 0.05
_FEW_ODD, _LEAST_ALIKE = 0.1, 0.25
_NATIVE = frozenset((KINDS.index("malloc"), KINDS.index("mmap")))
_RAW, _LARGE_BYTES = frozenset((KINDS.index("python"),)), 512
"""CPython's own allocator gives large blocks of objects, and what native code asks it for: zlib's states. Small raw
blocks are counted with their objects: the semaphore of a lock."""
_ARRAY_HEAD_BYTES = 112

Place = TypeVar("Place")
Line = tuple[str, int]
Call = tuple[Line, Line]
Blocks = Sequence[tuple[int, int, float]]
"""(how many blocks at the peak, their bytes, their bytes at the snapshot) for each stack."""


def with_native(
    findings: Sequence[Finding], snapshot: Snapshot, recording: Recording
) -> Iterator[Finding]:
    """The findings on whole objects, with what no object has of what the same lines allocated: in the proportion in
    which the objects of these lines go, where most of them do; where that is most of it, of what the same lines of
    libraries, called from there, allocated. What a line allocated fewer times than objects go was for all of them, and
    stays; so does what it imported."""
    near = snapshot.figure("heap_bytes") >= _NEAR * recording.summary.peak_bytes
    if not near or not any(each.freed.roots for each in findings):
        yield from findings
        return
    group, frames = line_groups(snapshot)
    group_of_site, _ = site_groups(snapshot)
    by_line = _made_by_lines(snapshot, group_of_site)
    foreign = list(
        u8(native_graph().group_sums(group, snapshot.nodes("foreign_bytes"), len(frames))[0])
    )
    for node, size in _own_data(snapshot):
        if group[node] < len(frames):
            foreign[group[node]] += size
    blocks, raw = _blocks(recording, snapshot, _NATIVE, _RAW)
    large = _large_objects(snapshot) if raw else {}
    calls, groups = _Calls(snapshot, recording), dict(enumerate(group_of_site))
    for finding in findings:
        roots = finding.freed.roots if blocks or raw else ()
        goes = by_site(below(snapshot, roots), snapshot)
        least, native = max(2, _most_alike(snapshot, roots)), 0
        freed = _of_each(goes, groups, least)
        by_call = calls.native_bytes(goes, least) if blocks else {}
        for number, gone in freed.items():
            if number >= len(frames):
                continue
            made = max(gone, sum(size for count, size in by_line.get(number, ()) if count >= least))
            if gone >= _MOST_OF_LINE * made:
                at = snapshot.stacks.frames[frames[number]]
                held = _without(blocks.get(at[1:], ()), least, foreign[number])
                if by_call.get(at[1:], 0) > _MOST_OF_LINE * held:
                    continue
                by_call.pop(at[1:], None)
                of_raw = _without(raw.get(at[1:], ()), least, 0)
                of_state = _without(raw.get(at[1:], ()), least, large.get(at[1:], 0))
                if of_state > _MOST_OF_LINE * of_raw:
                    held += of_state
                native += round(held * gone / made)
        native = max(
            0, native + sum(by_call.values()) - finding.freed.native_left_bytes * len(roots)
        )
        if native < _LEAST_SHARE * max(finding.saving_bytes, 1):
            yield finding
            continue
        told = f"{native} bytes of native memory, which no object has, were allocated by the lines that made them"
        yield replace(
            finding, saving_bytes=finding.saving_bytes + native, evidence=(*finding.evidence, told)
        )


def _most_alike(snapshot: Snapshot, roots: Sequence[int]) -> int:
    """How many of some objects are of one type, others go with them; where they came about in several ways, how many
    did so in the rarest of these, without a few odd ones."""
    types, sites = snapshot.nodes("type"), snapshot.nodes("site")
    if not roots:
        return 0
    kind, count = Counter(types[node] for node in roots).most_common(1)[0]
    ways = Counter(sites[node] for node in roots if types[node] == kind)
    left, rarest = count, count
    for _, rarest in ways.most_common():
        left -= rarest
        if left <= _FEW_ODD * count:
            break
    return max(rarest, round(_LEAST_ALIKE * count))


def _of_each(made: Sums, places: Mapping[int, Place], least: int) -> dict[Place, int]:
    """Bytes of objects by the places of their sites, where that made one for most of `least` objects that go: the head
    of a list may be from a free list, and bear another place."""
    counts, sizes = Counter[Place](), Counter[Place]()
    for site in made.counts.keys() & places.keys():
        counts[places[site]] += made.counts[site]
        sizes[places[site]] += made.sizes[site]
    most = _MOST_OF_LINE * least
    return {place: size for place, size in sizes.items() if size and counts[place] >= most}


class _Calls:
    """Lines of libraries by the lines of the program that they work for: where one makes an object, with what native
    memory goes with it, in one call."""

    def __init__(self, snapshot: Snapshot, recording: Recording) -> None:
        self._snapshot, self._recording = snapshot, recording

    def native_bytes(self, goes: Sums, least: int) -> dict[Line, int]:
        """What calls allocated natively of whose objects most are among those that go, by the line of the program.
        least: times that a stack must have allocated."""
        made_for_each = _of_each(goes, self._call_of, least)
        native: dict[Line, int] = {}
        for call, size in made_for_each.items():
            made, foreign = self._made[call]
            held = _without(self._blocks.get(call, ()), least, foreign)
            if held and size >= _MOST_OF_LINE * made:
                native[call[0]] = native.get(call[0], 0) + round(held * size / made)
        return native

    @cached_property
    def _call_of(self) -> Mapping[int, Call]:
        """Site of the snapshot -> its call; none of what importing made."""
        stacks = self._snapshot.stacks
        return {
            stacks.site_ids[row]: call for row, call in enumerate(_calls_of(stacks))
            if call is not None and not stacks.site_imports[row]
        }  # fmt: skip

    @cached_property
    def _made(self) -> Mapping[Call, tuple[int, int]]:
        """Call -> (bytes of its objects, bytes of native memory that these are known to have)."""
        nodes, sites = self._snapshot.nodes, self._snapshot.nodes("site")
        native, room = native_graph(), max(self._snapshot.site_rows, default=0) + 1
        made, foreign = (
            list(u8(native.group_sums(sites, nodes(name), room)[0]))
            for name in ("size_bytes", "foreign_bytes")
        )
        for node, size in _own_data(self._snapshot):
            if sites[node] < room:
                foreign[sites[node]] += size
        found = dict[Call, tuple[int, int]]()
        for site, call in self._call_of.items():
            before = found.get(call, (0, 0))
            found[call] = before[0] + made[site], before[1] + foreign[site]
        return found

    @cached_property
    def _blocks(self) -> Mapping[Call, Blocks]:
        """Call -> native blocks."""
        found = dict[Call, list[tuple[int, int, float]]]()
        for kind, call, block in zip(
            self._recording.sites.kind, _calls_of(self._recording),
            _at_peak(self._recording, self._snapshot), strict=True,
        ):  # fmt: skip
            if call is not None and kind in _NATIVE and block[0] > 0:
                found.setdefault(call, []).append(block)
        return found


def _calls_of(stacks: Stacks) -> Iterator[Call | None]:
    """Of each site the line of the program, and that of the library that it called; None where it called none."""
    frames = stacks.frames
    for charged, frame in zip(stacks.site_user_frames, stacks.site_frames, strict=True):
        yield (frames[charged][1:], frames[frame][1:]) if charged != frame else None


def _made_by_lines(
    snapshot: Snapshot, group_of_site: Sequence[int]
) -> Mapping[int, Sequence[tuple[int, int]]]:
    """Line of the program -> (count, bytes) of the objects of each stack below it, without what importing made."""
    stacks = snapshot.stacks
    sums, members = native_graph().group_sums(
        snapshot.nodes("site"), snapshot.nodes("size_bytes"), len(group_of_site)
    )
    sizes, counts = u8(sums), u8(members)
    found: dict[int, list[tuple[int, int]]] = {}
    for site, imports in zip(stacks.site_ids, stacks.site_imports, strict=True):
        if counts[site] and not imports:
            found.setdefault(group_of_site[site], []).append((counts[site], sizes[site]))
    return found


def _own_data(snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    """(array, bytes) of elements in native memory that are counted as the array's own."""
    sizes = snapshot.nodes("size_bytes")
    counts = snapshot.facts.get("elements_count", {})
    for node, count in counts.items():
        size = count * snapshot.fact("element_bytes", node)
        if sizes[node] >= size:
            yield node, size
    for node in snapshot.of_type_exactly("numpy.ndarray"):
        if node not in counts and sizes[node] > _ARRAY_HEAD_BYTES:
            yield node, sizes[node] - _ARRAY_HEAD_BYTES


def _large_objects(snapshot: Snapshot) -> Mapping[Line, int]:
    """Line of the program -> bytes of objects of which it made blocks that pymalloc does not give."""
    found: dict[Line, int] = {}
    for node, size in enumerate(snapshot.nodes("size_bytes")):
        if size > _LARGE_BYTES and (at := snapshot.grown_at(node)) is not None:
            found[at.file, at.line] = found.get((at.file, at.line), 0) + size
    return found


def _without(blocks: Blocks, least: int, known_bytes: float) -> float:
    """The bytes at the peak of stacks that allocated at least so many blocks, without those that objects are known to
    have had at the snapshot: these have risen as all of them have."""
    peak = sum(size for count, size, _ in blocks if count >= least)
    then = sum(held for count, _, held in blocks if count >= least)
    rise = peak / then if then > 0 else 1.0
    return max(0.0, peak - known_bytes * rise)


def _at_peak(recording: Recording, snapshot: Snapshot) -> Iterator[tuple[int, int, float]]:
    """Of each site of the recording: as `Blocks` has it."""
    figures, held = recording.sites.figures, snapshot.held
    for site, count, size in zip(
        recording.site_ids, figures["peak_count"], figures["peak_bytes"], strict=True
    ):
        yield round(count), round(size), held.get(site, 0.0) if held else size


def _blocks(
    recording: Recording, snapshot: Snapshot, *wanted: frozenset[int]
) -> list[dict[Line, list[tuple[int, int, float]]]]:
    """For each set of kinds: line of the program -> blocks of these kinds below it."""
    frames = recording.frames
    found: list[dict[Line, list[tuple[int, int, float]]]] = [{} for _ in wanted]
    columns = zip(
        recording.sites.kind, recording.site_user_frames, recording.site_imports,
        _at_peak(recording, snapshot), strict=True,
    )  # fmt: skip
    for kind, frame, imports, block in columns:
        if imports:
            continue
        least = _LARGE_BYTES * block[0] if kind in _RAW else 0
        for kinds, lines in zip(wanted, found, strict=True):
            if kind in kinds and block[0] > 0 and block[1] > least:
                lines.setdefault(frames[frame][1:], []).append(block)
    return found
