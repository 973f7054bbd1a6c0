"""HW346: pixels, samples or float32 became float64.

`frames / 255.0` gives float64, eight bytes for each byte: no float type was asked for. A pixel has 256 values, a sample
of sound 65,536, and float32 tells 16 million apart. The snapshot shows that the arrays need more than float32 holds
exactly, the source that they are scaled by the largest value of 8, 12 or 16 bits, and that nothing else made them wide.

So do float32 vectors that meet one array of float64, as `np.array(weights)` gives it: the product is float64. There the
source shows that a function reads float32, and names no wider type; or that a line makes float32 of as many elements,
and the wide ones are worked out from others: `field - bias`, where `bias` is a float64.

What to do: `x = frames.astype(np.float32)`, then `x /= 255`, and so on in place, which makes no further arrays; or
`np.divide(frames, 255, dtype=np.float32)`; `np.array(weights, dtype=np.float32)`. Costs: seven digits instead of
sixteen: sum with `dtype=np.float64`. Clean:
float32; arrays that are reduced at once; numbers that were float64 before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

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
)
from heapwise.findings.transient import library_work
from heapwise.findings.waste import LEAST_ARRAY_BYTES, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW346"
TITLE = "pixels or samples as float64"
OF_FLOAT32 = "float32 became float64"
_WIDE_BYTES, _HEAD_BYTES = 8, 256


def with_source(snapshot: Snapshot, costs: LineCosts) -> Iterator[Finding]:
    """Wide arrays by the line that made them, where that scales."""
    sizes, work = snapshot.nodes("size_bytes"), library_work(snapshot)
    fits = snapshot.facts.get("fits_bytes", {})
    source = program_source(snapshot)
    groups: dict[tuple[str, int, bool], list[int]] = {}
    for node, least_bytes in fits.items():
        at = snapshot.allocated_at(node)
        wide = snapshot.fact("element_bytes", node) == _WIDE_BYTES
        if wide and at is not None and not work.has(snapshot, node):
            groups.setdefault((at.file, at.line, least_bytes < _WIDE_BYTES), []).append(node)
    least = worth_bytes(snapshot, LEAST_ARRAY_BYTES)
    for (file, line, is_whole), nodes in groups.items():
        saving = sum(sizes[node] for node in nodes) // 2
        if saving < least:
            continue
        by_pixels = is_divided_in_place_at if is_whole else is_scaled_at
        if by_pixels(source, file, line, LARGEST):
            arrays = f"{len(nodes)} arrays" if len(nodes) > 1 else "an array"
            yield structural(
                snapshot, max(nodes, key=lambda n: sizes[n]), CODE, TITLE, saving_bytes=saving, confidence=0.6,
                evidence=[f"{arrays} of {2 * saving} bytes, scaled by the largest value of 8 to 16 bits"],
                fix="x = x.astype(np.float32), then x /= 255 in place", freed=Freed(nodes=nodes),
            )  # fmt: skip
        elif not is_whole and (read := reads_float32_at(source, file, line)) is not None:
            yield structural(
                snapshot, max(nodes, key=lambda n: sizes[n]), CODE, OF_FLOAT32, saving_bytes=saving, confidence=0.5,
                evidence=[f"{2 * saving} bytes of float64, made in a function that reads float32, by {read}()"],
                fix="dtype=np.float32 for what it meets there", freed=Freed(nodes=nodes),
            )  # fmt: skip
        elif not is_whole and (of := _of_as_many(snapshot, costs, nodes, file, line)) is not None:
            yield structural(
                snapshot, max(nodes, key=lambda n: sizes[n]), CODE, OF_FLOAT32, saving_bytes=saving, confidence=0.5,
                evidence=[f"{2 * saving} bytes of float64; line {of} makes float32 of as many elements"],
                fix="np.float32(...) of what it meets there, or in place: x -= ...", freed=Freed(nodes=nodes),
            )  # fmt: skip


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
