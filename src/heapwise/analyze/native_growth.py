"""Does memory grow that no Python object has? By what was recorded, and by what malloc gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from heapwise.analyze import by_place
from heapwise.analyze.holdings import line_groups
from heapwise.analyze.leaks import NATIVE, Evidence, Suspect, Whole
from heapwise.analyze.paths import place_of
from heapwise.analyze.sample import sample
from heapwise.analyze.selection import Selection
from heapwise.analyze.statistics import growth as judge
from heapwise.model.graph import native_graph, u8
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import Frame

_LEAST_SHARE = 0.2
"""Less than this part of the heap's growth is looked at as chance: free lists, the interpreter's own tables."""
_LEAST_STEP_BYTES = 1024
_LEAST_OWNERS, _MOST_OWNERS = 3, 200
_BUILTIN = frozenset(
    (
        "dict",
        "list",
        "tuple",
        "set",
        "frozenset",
        "str",
        "bytes",
        "int",
        "float",
        "cell",
        "function",
    )
)
"""Types whose objects lead to no native memory."""
_CACHED_BYTES = 32 << 10
"""For each thread the C library keeps up to seven freed blocks of a size of up to 1 KiB, and counts them as given
(malloc/malloc.c, tcache): so much of a few sizes."""
_LEAST_UNSEEN_STEPS = 5
"""What malloc keeps for each thread and each block, beside what was asked of it, settles in fewer."""


def native_growth(evidence: Evidence, heap: Whole, found: Sequence[Suspect]) -> list[Suspect]:
    """A suspect without a holder when native memory grows, else none. found: what is suspected already."""
    snapshots = evidence.snapshots[evidence.since :]
    if len(snapshots) < 2 or any(each.type == NATIVE for each in found):
        return []
    if any(snapshot.figure("recorder_sampled") for snapshot in snapshots):
        return []  # estimates of the whole and sizes of single objects do not add up
    steps = len(snapshots) - 1
    least = max(heap.least_bytes, _LEAST_STEP_BYTES * steps, _LEAST_SHARE * heap.growth.total)
    recorded = [snapshot.ownerless_bytes() for snapshot in snapshots]
    first = snapshots[0].unrecorded_bytes()
    unseen = [snapshot.unrecorded_bytes() - first for snapshot in snapshots]
    used = [snapshot.malloc_bytes() for snapshot in snapshots]
    cached = _CACHED_BYTES * len(snapshots[-1].of_type_exactly("<thread>"))
    looked_at = ((recorded, True, least), (unseen, False, max(least, cached)))
    for levels, is_recorded, enough in looked_at:
        judged = judge(levels, enough)
        may_grow = judged.verdict == "unclear" and is_recorded and judged.total >= enough
        if judged.verdict != "grows" and not may_grow:
            continue
        if not is_recorded and (
            steps < _LEAST_UNSEEN_STEPS or judged.low <= 0 or judge(used, enough).verdict != "grows"
        ):
            continue
        line = _line(evidence.lived, snapshots[-1]) if is_recorded and evidence.lived else None
        grown = round(judged.total)
        total = max(grown, heap.growth.total)
        suspect = Suspect("", NATIVE, grown, grown / total, judged, levels, line=line)
        suspect = with_owners(suspect, snapshots[-1])
        # Where it is not sure that it grows, it must be of many objects: else it may have been made once.
        return [suspect] if judged.verdict == "grows" or suspect.sample is not None else []
    return []


def with_owners(suspect: Suspect, snapshot: Snapshot) -> Suspect:
    """The same with who keeps the objects that its line made, where it made several alike: they lead to memory
    that no object has (a parsed document, an image)."""
    if suspect.type != NATIVE or suspect.line is None:
        return suspect
    group, frames = line_groups(snapshot)
    wanted = {
        n for n, at in enumerate(frames) if snapshot.stacks.frames[at][1:] == suspect.line[1:]
    }
    made = {node for node, number in enumerate(group) if number in wanted}
    above = snapshot.nodes("dominator")
    kinds: dict[str, list[int]] = {}
    for node in made:
        if above[node] not in made:
            kinds.setdefault(snapshot.type_of(node), []).append(node)
    own = [name for name in kinds if name not in _BUILTIN and len(kinds[name]) >= _LEAST_OWNERS]
    if not own:
        return suspect
    kind = max(own, key=lambda name: (len(kinds[name]), name))
    owners = sorted(kinds[kind])
    places = Counter(place_of(snapshot, node, masked=True) for node in owners[:_MOST_OWNERS])
    return replace(
        suspect, holder=places.most_common(1)[0][0], types={kind: (len(owners), suspect.grown_bytes)},
        sample=sample(snapshot, (), owners),
    )  # fmt: skip


def _line(recording: Recording, snapshot: Snapshot) -> Frame | None:
    """The line with most live bytes that no object has; one of the program's own before a library's."""
    group, frames = line_groups(snapshot)
    sums, _ = native_graph().group_sums(group, snapshot.nodes("size_bytes"), len(frames))
    held: Counter[tuple[str, int]] = Counter()
    for frame, size in zip(frames, u8(sums), strict=True):
        at = snapshot.stacks.frames[frame]
        held[at.file, at.line] += size
    rest = {
        place: sums["in_use_bytes"] - held[place[:2]]
        for place, sums in by_place.lines(recording, Selection(at="end")).items()
        if place[1] and not recording.source_line(*place[:2]).lstrip().startswith(("import ", "from "))
    }  # fmt: skip
    own = [place for place in rest if recording.is_user_file(place[0])]
    largest = max(own or rest, key=lambda place: (rest[place], place), default=None)
    if largest is None or rest[largest] <= 0:
        return None
    return Frame(largest[2], largest[0], largest[1])
