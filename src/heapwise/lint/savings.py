"""How much the change of a hit would save, reckoned from what its lines cost."""

from __future__ import annotations

from heapwise.analyze.line_costs import Cost, LineCosts
from heapwise.lint.rule import Hit, Saves


def cost_of(hit: Hit, costs: LineCosts) -> Cost:
    """What the lines of a hit cost."""
    places = [(hit.line, hit.end_line), *((line, line) for line in hit.also)]
    parts = [costs.of(hit.path, first, last) for first, last in places]
    return Cost(*(sum(each) for each in zip(*parts, strict=True)))


def saving_bytes(hit: Hit, costs: LineCosts) -> int:
    """Of what was held at the peak; 0 where a recording alone cannot tell."""
    cost = cost_of(hit, costs)
    held = cost.peak_bytes
    if hit.saves is Saves.WHOLE:
        return held
    if hit.saves is Saves.ALL_BUT_ONE:
        return held - held // max(1, cost.peak_count)
    if hit.saves is Saves.OBJECTS:
        return cost.python_bytes - cost.python_bytes // max(1, cost.peak_count)
    if hit.saves is Saves.HALF:
        return held // 2
    if hit.saves is Saves.OVERLAP:
        return min(held, costs.below(hit.path, hit.function, hit.after_line))
    if hit.saves is Saves.IMPORT:
        return 0 if costs.ran(hit.path, hit.user) else held
    return 0
