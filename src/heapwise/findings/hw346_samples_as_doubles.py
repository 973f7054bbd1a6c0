"""HW346: pixels, samples or float32 became float64.

`frames / 255.0` gives float64, eight bytes for each byte: no float type was asked for. A pixel has 256 values, a sample
of sound 65,536, and float32 tells 16 million apart. The snapshot shows that the arrays need more than float32 holds
exactly, the source that they are scaled by the largest value of 8, 12 or 16 bits, and that nothing else made them wide.

So do float32 vectors that meet one array of float64, as `np.array(weights)` gives it: the product is float64. There the
source shows that a function reads float32, and names no wider type; or that a line makes float32 of as many elements,
and the wide ones are worked out from others: `field - bias`, where `bias` is a float64; or that the wide ones have the
type that a part has come to, `np.empty(n, dtype=part.dtype)`, in a program that makes float32 and asks for nothing
wider.

What to do: `x = frames.astype(np.float32)`, then `x /= 255`, and so on in place, which makes no further arrays; where
the array is read part by part, keep the bytes, and scale each part: `x[i:j] / np.float32(255)`; or
`np.divide(frames, 255, dtype=np.float32)`; `np.array(weights, dtype=np.float32)`. Costs: seven digits instead of
sixteen: sum with `dtype=np.float64`. Clean:
float32; arrays that are reduced at once; numbers that were float64 before, or are far from zero and near each other,
as times are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heapwise.analyze.line_costs import LineCosts
from heapwise.analyze.program_source import program_source
from heapwise.findings.place import structural
from heapwise.findings.scaled import (
    LARGEST,
    is_divided_in_place_at,
    is_scaled_at,
    is_worked_out_at,
    made_as_float32,
    reads_float32_at,
    takes_type_at,
)
from heapwise.findings.scaled_uses import is_read_by_parts_at, scaled_before
from heapwise.findings.transient import library_work
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW346"
TITLE = "pixels or samples as float64"
OF_FLOAT32 = "float32 became float64"
_WIDE_BYTES, _HEAD_BYTES = 8, 256
_LEAST_DATA, _NEARLY = 0.25, 1.1


class _Why(NamedTuple):
    """title, told: what arrays are, and by what that is known. fix: what to do. confidence: 0 to 1. by_parts: they need
    not be there as a whole. before: the line of an array that they are worked out from."""

    title: str
    told: str
    fix: str
    confidence: float = 0.5
    by_parts: bool = False
    before: int | None = None


def with_source(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Wide arrays by the line that made them, where that scales."""
    sizes, work = snapshot.nodes("size_bytes"), library_work(snapshot)
    fits, constant = (snapshot.facts.get(name, {}) for name in ("fits_bytes", "constant"))
    groups: dict[tuple[str, int, bool], list[int]] = {}
    for node, least_bytes in fits.items():
        at = snapshot.allocated_at(node)
        is_far = snapshot.fact("far_off", node) and node not in constant
        wide = snapshot.fact("element_bytes", node) == _WIDE_BYTES and not is_far
        if wide and at is not None and not work.has(snapshot, node):
            is_whole = least_bytes < _WIDE_BYTES and node not in constant  # those are HW308's
            groups.setdefault((at.file, at.line, is_whole), []).append(node)
    least = worth_bytes(snapshot, LEAST_ARRAY_BYTES)
    found = [
        (place, nodes, why) for place, nodes in groups.items()
        if sum(sizes[node] for node in nodes) // 2 >= least
        and (why := _why(snapshot, costs, nodes, *place)) is not None
    ]  # fmt: skip
    told_with = {(file, why.before) for (file, _, _), _, why in found}
    for (file, line, _), nodes, why in found:
        if (file, line) in told_with:
            continue
        saving = sum(sizes[node] for node in nodes) // 2
        evidence = [f"{2 * saving} bytes of float64, {why.told}"]
        freed = Freed(nodes=nodes)
        if why.by_parts:
            saving = 2 * saving - _narrow_bytes(snapshot, costs, nodes)
            freed = Freed(nodes=nodes, entirely=True)
        elif why.before is not None and (held := costs.of(file, why.before, why.before).peak_bytes):
            saving, freed = saving + held, Freed(nodes=nodes, lines={(file, why.before): held})
            evidence.append(
                f"worked out from the array of line {why.before}, {held} bytes, which is still there"
            )
        yield structural(
            snapshot, max(nodes, key=lambda n: sizes[n]), CODE, why.title, saving_bytes=saving,
            confidence=why.confidence, evidence=evidence, fix=why.fix, freed=freed,
        )  # fmt: skip


def _why(
    snapshot: Snapshot, costs: LineCosts, nodes: Sequence[int], file: str, line: int, is_whole: bool
) -> _Why | None:
    """What the source says of arrays that a line made; None where it does not say that they became wide by chance.
    is_whole: their values fit in less than float64."""
    source = program_source(snapshot)
    by_pixels = is_divided_in_place_at if is_whole else is_scaled_at
    if by_pixels(source, file, line, LARGEST):
        arrays = f"{len(nodes)} arrays" if len(nodes) > 1 else "an array"
        told = f"{arrays} scaled by the largest value of 8 to 16 bits"
        if is_read_by_parts_at(source, file, line):
            fix = "keep the bytes, and scale each part where it is read: x[i:j] / np.float32(255)"
            return _Why(TITLE, f"{told}, which is read part by part", fix, 0.5, by_parts=True)
        before = scaled_before(source, file, line)
        return _Why(
            TITLE, told, "x = x.astype(np.float32), then x /= 255 in place", 0.6, before=before
        )
    if is_whole:
        return None
    if (read := reads_float32_at(source, file, line)) is not None:
        told = f"made in a function that reads float32, by {read}()"
        return _Why(OF_FLOAT32, told, "dtype=np.float32 for what it meets there")
    if takes_type_at(source, file, line) and _is_data(snapshot, costs, nodes):
        told = "the type that a part has come to; the program makes float32, and asks for nothing wider"
        fix = "dtype=np.float32 for what the part is worked out with, windows and weights"
        return _Why(OF_FLOAT32, told, fix, 0.4)
    if (of := _of_as_many(snapshot, costs, nodes, file, line)) is not None:
        told = f"where line {of} makes float32 of as many elements"
        return _Why(
            OF_FLOAT32, told, "np.float32(...) of what it meets there, or in place: x -= ..."
        )
    return None


def _narrow_bytes(snapshot: Snapshot, costs: LineCosts, nodes: Sequence[int]) -> int:
    """What the pixels will take that wide arrays were worked out from, and took the place of before the peak: a byte
    each."""
    counts = snapshot.facts.get("elements_count", {})
    needed = sum(counts[node] for node in nodes)
    narrow = (
        count for node, count in counts.items() if snapshot.fact("element_bytes", node) < _WIDE_BYTES
    )  # fmt: skip
    sizes = snapshot.nodes("size_bytes")
    wide = sum(sizes[node] for node in nodes)
    at_peak = (size for _, _, size in costs.of_large_blocks(needed))
    is_there = sum(narrow) >= needed or any(
        size <= _NEARLY * needed or needed <= size - wide <= _NEARLY * needed for size in at_peak
    )
    return 0 if is_there else needed


def _is_data(snapshot: Snapshot, costs: LineCosts, nodes: Sequence[int]) -> bool:
    """Whether some line makes float32 of a size that does not vanish beside wide arrays."""
    sizes = snapshot.nodes("size_bytes")
    largest = max(sizes[node] for node in nodes)
    source = program_source(snapshot)
    return any(
        costs.of(source.file_of(call), call.lineno, call.end_lineno or call.lineno).total_bytes
        >= _LEAST_DATA * largest
        for call in made_as_float32(source)
    )


def _of_as_many(
    snapshot: Snapshot, costs: LineCosts, nodes: Sequence[int], file: str, line: int
) -> int | None:
    """A line of the program that makes float32 of as many elements as most of some arrays have, which a line works out
    from others; None where there is none."""
    source = program_source(snapshot)
    if not is_worked_out_at(source, file, line):
        return None
    counts = Counter(snapshot.fact("elements_count", node) for node in nodes)
    (elements, times), *_ = counts.most_common(1)
    if 2 * times < len(nodes):
        return None
    for call in made_as_float32(source):
        last = call.end_lineno or call.lineno
        made = costs.of(source.file_of(call), call.lineno, last).largest_bytes
        if 0 <= made - _WIDE_BYTES // 2 * elements <= _HEAD_BYTES:
            return call.lineno
    return None
