"""How much the change of a hit would save, reckoned from what its lines cost."""

from __future__ import annotations

from heapwise.analyze.line_costs import Cost, LineCosts
from heapwise.lint.rule import Hit, Saves


def cost_of(hit: Hit, costs: LineCosts) -> Cost:
    """What the lines of a hit cost."""
    places = [(hit.line, hit.end_line), *((line, line) for line in hit.also)]
    parts = [costs.of(hit.path, first, last) for first, last in places]
    sums = (sum(each) for each in zip(*(part[:-1] for part in parts), strict=True))
    return Cost._make([*sums, max(part.largest_bytes for part in parts)])


def lines_of(hit: Hit, costs: LineCosts) -> dict[tuple[str, int], int]:
    """(file, line) -> what it held at the peak, of the lines of a hit."""
    lines = {*range(hit.line, hit.end_line + 1), *hit.also}
    held = {(hit.path, line): costs.of(hit.path, line, line).peak_bytes for line in sorted(lines)}
    return {line: size for line, size in held.items() if size}


def saving_bytes(hit: Hit, costs: LineCosts) -> int:
    """Of what was held at the peak; 0 where a recording alone cannot tell."""
    cost = cost_of(hit, costs)
    held = cost.peak_bytes
    if hit.saves is Saves.WHOLE:
        return held
    if hit.saves is Saves.ALL_BUT_ONE:
        # One is looked at while the next is made.
        return max(held // 2, held - 2 * cost.largest_bytes)
    if hit.saves is Saves.OBJECTS:
        return max(0, cost.python_bytes - 2 * cost.largest_bytes)
    if hit.saves is Saves.HALF:
        return held // 2
    if hit.saves is Saves.OVERLAP:
        return min(held, costs.below(hit.path, hit.function, hit.after_line))
    if hit.saves is Saves.IMPORT:
        return 0 if costs.ran(hit.path, hit.user) else held
    return 0
