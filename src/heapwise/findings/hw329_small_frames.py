"""HW329: many small frames or arrays.

A Series of pandas takes 1.4 KiB and a DataFrame 4 KiB before their first number, a NumPy array 128 bytes: one for each
user, device or group costs far more than what is in it.

What to do: one DataFrame with a column that tells the groups apart (`frame.groupby(key)` on demand), one array of two
dimensions and a dict of the rows' numbers; plain numbers or tuples, where there is no more than two of them. Costs: a
group is cut out at each look. Clean: a few frames; frames of many rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from heapwise.analyze.freed import below
from heapwise.findings.place import structural
from heapwise.findings.roles import Role, by_role, sampled, shown
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW329"
TITLE = "many small frames"
_LEAST_COUNT, _LEAST_SHARE = 1000, 0.5
_FRAMES = (
    "pandas.Series", "pandas.DataFrame", "pandas.core.series.Series", "pandas.core.frame.DataFrame",
)  # fmt: skip
_ARRAY, _ARRAY_BYTES, _MOST_DATA_BYTES = "numpy.ndarray", 96, 64
_SHAPE_BYTES, _SHAPE_ASKED_BYTES = 32, 16
"""The block of an array's dimensions and strides, which no snapshot counts; what it asks for, of one dimension."""
_TABLES = ("list", "tuple", "dict", "collections.defaultdict", "collections.deque")
_ROW_NUMBER_BYTES, _ROW_NUMBER_ASKED_BYTES = 32, 28


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Frames and arrays by what holds them, whose heads take most of their bytes."""
    least = worth_bytes(snapshot)
    sizes, above = snapshot.nodes("size_bytes"), snapshot.nodes("dominator")
    parents, bases = snapshot.parents[0], snapshot.nodes("foreign_bytes")
    for role, nodes in by_role(snapshot, _FRAMES).items():
        own = [node for node in nodes if above[node] == parents[node]]
        if len(own) >= _LEAST_COUNT:
            yield from _worth(_of_frames(snapshot, role, own), least)
    for role, nodes in by_role(snapshot, (_ARRAY,)).items():
        if role.name >= 0 or snapshot.type_names[role.owner] not in _TABLES:
            continue
        tables: dict[int, list[int]] = {}
        for node in nodes:
            small = sizes[node] <= _ARRAY_BYTES + _MOST_DATA_BYTES and not bases[node]
            if small and above[node] == parents[node]:
                tables.setdefault(parents[node], []).append(node)
        for table, own in tables.items():
            if len(own) >= _LEAST_COUNT:
                yield from _worth(_of_arrays(snapshot, role, table, own), least)


def _worth(found: Finding | None, least: int) -> Iterator[Finding]:
    if found is not None and found.saving_bytes >= least:
        yield found


def _of_frames(snapshot: Snapshot, role: Role, frames: Sequence[int]) -> Finding | None:
    """What frames retain beyond the data of their columns."""
    sizes = snapshot.nodes("size_bytes")
    some = sampled(frames, _LEAST_COUNT)
    whole = snapshot.retained_of(frames)
    arrays = set(snapshot.of_type_exactly(_ARRAY))
    data = sum(_data_bytes(snapshot, sizes, arrays, frame) for frame in some)
    saving = whole - round(data * len(frames) / len(some))
    if saving < _LEAST_SHARE * whole:
        return None
    return structural(
        snapshot, frames[len(frames) // 2], CODE, f"{TITLE}: {role.kind}", saving_bytes=saving,
        fix="one DataFrame with a column for the key, and groupby(key) on demand; or plain numbers",
        evidence=_told(snapshot, role, len(frames), whole, saving), confidence=0.75,
        subject=role.kind, freed=Freed(roots=frames, entirely=True),
    )  # fmt: skip


def _data_bytes(snapshot: Snapshot, sizes: Sequence[int], arrays: set[int], frame: int) -> int:
    """What the arrays of a frame hold; positions of blocks and lists of columns are no data."""
    types = snapshot.nodes("dominator")
    return sum(
        sizes[node] - _ARRAY_BYTES for node in below(snapshot, (frame,))
        if node in arrays and not snapshot.type_of(types[node]).endswith("BlockPlacement")
    )  # fmt: skip


def _of_arrays(snapshot: Snapshot, role: Role, table: int, arrays: Sequence[int]) -> Finding | None:
    """What arrays take beside their numbers; of a dict the numbers of the rows come in their place, of a list the
    references go as well."""
    sizes = snapshot.nodes("size_bytes")
    whole = sum(sizes[node] + _SHAPE_BYTES for node in arrays)
    saving = (_ARRAY_BYTES + _SHAPE_BYTES) * len(arrays)
    asked = (_ARRAY_BYTES + _SHAPE_ASKED_BYTES) * len(arrays)
    freed = list(arrays)
    if snapshot.type_names[role.owner] in ("list", "tuple"):
        saving += sizes[table]
        asked += sizes[table]
        whole += sizes[table]
        freed.append(table)
    else:
        saving -= _ROW_NUMBER_BYTES * len(arrays)
        asked -= _ROW_NUMBER_ASKED_BYTES * len(arrays)
    if saving < _LEAST_SHARE * whole:
        return None
    return structural(
        snapshot, arrays[len(arrays) // 2], CODE, f"{TITLE}: {role.kind}", saving_bytes=saving,
        fix="one array of two dimensions (of a dict, with the numbers of its rows); or plain numbers",
        evidence=_told(snapshot, role, len(arrays), whole, saving), confidence=0.75,
        subject=role.kind, freed=Freed(nodes=freed), asked_bytes=asked,
    )  # fmt: skip


def _told(snapshot: Snapshot, role: Role, count: int, whole: int, saving: int) -> list[str]:
    return [
        f"{count} {role.kind} in {shown(snapshot, role)} take {whole / count:.0f} bytes each, "
        f"{saving / count:.0f} of them beside their data"
    ]
