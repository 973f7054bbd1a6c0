"""What holds most at the peak, and nothing is said of? Lines, with what they made, who keeps it and where it is put."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from heapwise.analyze.accumulation import accumulations
from heapwise.analyze.by_place import lines, ranked
from heapwise.analyze.growth import Newer
from heapwise.analyze.kept_at import kept_at
from heapwise.analyze.selection import Selection
from heapwise.model.finding import Finding
from heapwise.model.recording import Recording
from heapwise.model.snapshot import Snapshot
from heapwise.model.tables import Frame

_LEAST_SHARE = 0.1
"""Of the peak: a line that holds less is not worth a look."""
_SAID_SHARE, _MOST, _PLACE_SHARE = 0.25, 3, 0.5
_SHOWN_TYPES, _MOST_SAMPLED = 3, 5


@dataclass(frozen=True, slots=True)
class Gathered:
    """line: what made the objects. size_bytes: what of them was alive at the peak. holder: the path to where most of
    them gather; empty where no one place has half of them, or no object has the bytes. types: those that take most
    there, with their numbers. put_at: the statements that put them there."""

    line: Frame
    size_bytes: int
    holder: str = ""
    types: Sequence[tuple[str, int]] = ()
    put_at: Sequence[Frame] = ()


def gathered(
    recording: Recording, snapshot: Snapshot | None, said: Iterable[Finding], whole_bytes: int
) -> list[Gathered]:
    """The program's own lines that held a good part of the peak, most first, but those whose bytes findings would save
    a good part of."""
    told = list(said)
    saved = _saved(told)
    untold = [
        (Frame(function, file, line), size)
        for file, line, function, size in _own_lines(recording)
        if size >= _LEAST_SHARE * whole_bytes and saved[file, line] < _SAID_SHARE * size
    ][:_MOST]
    if snapshot is None:
        return [Gathered(*each) for each in untold]
    kept = [_kept(snapshot, line, size) for line, size in untold]
    return [each for each in kept if not any(_is_kept_as(each, finding) for finding in told)]


def _is_kept_as(each: Gathered, finding: Finding) -> bool:
    """Whether a finding speaks of what keeps it, and would save a good part of it."""
    holds = bool(finding.holder) and each.holder.startswith(finding.holder)
    return holds and finding.saving_bytes >= _SAID_SHARE * each.size_bytes


def _saved(said: Iterable[Finding]) -> Counter[tuple[str, int]]:
    """What findings save by the lines that they name."""
    saved: Counter[tuple[str, int]] = Counter()
    for each in said:
        named = {
            (each.file, each.line),
            *each.freed.lines,
            *((at.file, at.line) for at in each.related),
        }
        for line in named:
            saved[line] = max(saved[line], each.saving_bytes)
    return saved


def _own_lines(recording: Recording) -> Iterator[tuple[str, int, str, int]]:
    selection = Selection(imports=False)
    for (file, line, function), sums in ranked(lines(recording, selection), selection):
        if recording.is_user_file(file):
            yield file, line, function, round(sums["peak_bytes"])


def _kept(snapshot: Snapshot, line: Frame, size: int) -> Gathered:
    """With the place where most of what a line made gathers."""
    made = _made_at(snapshot, line)
    if not made.total:
        return Gathered(line, size)
    place = next(iter(accumulations(made, _PLACE_SHARE * made.total)), None)
    if place is None:
        return Gathered(line, size, types=_types(snapshot, made.born()))
    put = kept_at(snapshot, place.members[:_MOST_SAMPLED])
    return Gathered(line, size, place.holder, _types(snapshot, place.members), put)


def _made_at(snapshot: Snapshot, line: Frame) -> Newer:
    """The objects that a line made, but not by an import."""
    stacks, sizes = snapshot.stacks, snapshot.nodes("size_bytes")
    rows = (
        row for row in range(len(stacks.site_ids))
        if stacks.user_frame(row)[1:] == line[1:] and not stacks.site_imports[row] and not stacks.site_own[row]
    )  # fmt: skip
    made = array("Q", bytes(8 * len(snapshot)))
    for node in snapshot.nodes_of_sites(stacks.site_ids[row] for row in rows):
        made[node] = sizes[node]
    return Newer(snapshot, made, sum(made))


def _types(snapshot: Snapshot, nodes: Iterable[int]) -> list[tuple[str, int]]:
    """The types that take most of some objects, with their numbers."""
    counts: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    sizes = snapshot.nodes("size_bytes")
    for node in nodes:
        name = snapshot.type_of(node)
        counts[name] += 1
        taken[name] += sizes[node]
    return [(name, counts[name]) for name, _ in taken.most_common(_SHOWN_TYPES)]
