"""How much the change of a hit would save, reckoned from what its lines cost."""

from __future__ import annotations

from heapwise.analyze.line_costs import Cost, LineCosts
from heapwise.lint.rule import Hit, Saves

_WITH_CALLS = (
    Saves.ALL_BUT_ONE, Saves.PASSING, Saves.OVERLAP, Saves.RECEIVED, Saves.HEADS, Saves.THROUGH,
    Saves.CHUNKED,
)  # fmt: skip
"""Changes that spare what the line's calls make, too: items are made in the function that is called for each."""

_IN_HAND = {Saves.RECEIVED: 8, Saves.CHUNKED: 0.5}
"""How many times the largest block is there in any case."""
_NEEDED = {Saves.SQUARES: 4, Saves.VALUES: 1}
"""How often a decomposition needs the bytes of its matrix anyway: for a copy, and for thin factors twice, some work."""

_LEAST_HELD_BYTES = 1 << 10
_MOST_HEAD_BYTES, _TABLE_BYTES = 512, 9
"""A list has 8 bytes for each item, and room for an eighth more."""
_LEAST_COPIED, _LEAST_PART = 0.1, 0.01
_UNUSED, _LEAST_GROWN = 0.8, 0.25
"""What most of many columns take of a table that is being read, where their number is not known; how much of that makes
the process grow, at least."""
_MOST_OF_ALL = 0.6
"""A block of so much of what a place held is the table that it makes, not one of the steps to it."""
_LEAST_STEP_BYTES, _MOST_STEPS = 1 << 20, 1.5
_MOST_COPIES = 5
"""So many of an object are there at once at most while it is pickled: in parts, joined, and for each pool."""


def cost_of(hit: Hit, costs: LineCosts) -> Cost:
    """What the lines of a hit cost."""
    parts = list(_parts(hit, costs).values()) or [Cost()]
    sums = (sum(each) for each in zip(*(part[:-1] for part in parts), strict=True))
    return Cost._make([*sums, max(part.largest_bytes for part in parts)])


def _parts(hit: Hit, costs: LineCosts) -> dict[tuple[str, int], Cost]:
    """By the line that it counts for."""
    if hit.saves in _WITH_CALLS:
        found = costs.through(hit.path, hit.line, hit.end_line, without=hit.without)
    else:
        lines = range(hit.line, hit.end_line + 1)
        found = {(hit.path, line): costs.of(hit.path, line, line) for line in lines}
    for first, last in hit.bodies:
        found = costs.through(hit.path, first, last) | found
    return found | {(hit.path, line): costs.of(hit.path, line, line) for line in hit.also}


def _stays(hit: Hit, costs: LineCosts) -> int:
    """What of that is still there at the end."""
    return sum(
        min(part.peak_bytes, costs.stays(path, line, line))
        for (path, line), part in _parts(hit, costs).items()
    )


def lines_of(hit: Hit, costs: LineCosts) -> dict[tuple[str, int], int]:
    """(file, line) -> what it held at the peak, of what a hit speaks of; 0 of lines that hold something for it at other
    times, and hardly anything then."""
    held = {line: part.peak_bytes for line, part in _parts(hit, costs).items() if part.peak_bytes}
    at_work = {(hit.path, line) for first, last in hit.bodies for line in range(first, last + 1)}
    least = _LEAST_PART * sum(held.values())
    rest = {line for line in at_work if held.get(line, 0) < least}
    return dict(sorted(held.items())) | dict.fromkeys(sorted(rest), 0)


def saving_bytes(hit: Hit, costs: LineCosts) -> int:
    """Of what was held at the peak; 0 where a recording alone cannot tell."""
    if hit.passes and not costs.passed(hit.path, hit.line, hit.end_line, library=hit.passes):
        return 0
    if _was_needed(hit, costs):
        return 0
    if (hit.bodies or hit.also) and not costs.may_have_run(hit.path, hit.line, hit.end_line):
        return 0  # what its functions held was for other calls of them
    cost = cost_of(hit, costs)
    held = cost.peak_bytes
    local = costs.locals.get((hit.function, hit.holder))
    if hit.saves is Saves.LOCAL:
        known = local is not None and local.is_alone and hit.user in ("", local.called)
        return local.retained_bytes if local is not None and known else 0
    if local is not None and hit.saves is Saves.OVERLAP and not local.is_alone:
        return 0  # it is kept elsewhere, too
    if hit.saves is Saves.HELD:
        return costs.held.get((hit.path, hit.holder), 0)
    if hit.saves in (Saves.WHOLE, Saves.THROUGH, Saves.IMPORT):
        return held
    if hit.saves is Saves.PASSING and hit.function != "<module>":
        held -= _stays(hit, costs)  # kept elsewhere
    if hit.saves in (Saves.ALL_BUT_ONE, Saves.PASSING):
        # One is looked at while the next is made.
        return max(held // 2, held - 2 * _item_bytes(cost))
    if hit.saves is Saves.FILTERED:
        own = costs.of(hit.path, hit.line, hit.end_line).peak_bytes
        made = sum(costs.of(hit.path, line, line).total_bytes for line in hit.also)
        return max(0, own - costs.not_resident_bytes - 2 * made)
    if hit.saves is Saves.OBJECTS:
        return max(0, cost.python_bytes - 2 * cost.largest_bytes)
    if hit.saves is Saves.HALF:
        return held // 2
    if hit.saves is Saves.COPIED:
        return _copied(hit, costs, held)
    if hit.saves in (Saves.COLUMNS, Saves.COLUMNS_IN_POOL, Saves.COLUMNS_TOUCHED):
        return _unused_columns(hit, costs, held)
    if hit.saves is Saves.LARGEST:
        return cost.largest_bytes if cost.largest_bytes >= _MOST_OF_ALL * held else 0
    if hit.saves is Saves.RELEASED:  # the names of a script stay, whatever it needs them for
        return held if hit.function == "<module>" else held - _stays(hit, costs)
    if hit.saves is Saves.STAYS:
        return min(_stays(hit, costs), max(0, held - cost.python_bytes))
    if hit.saves is Saves.PACKED:
        return max(0, cost.python_bytes - 4 * cost.peak_count)
    if hit.saves in _IN_HAND:
        return max(0, held - round(_IN_HAND[hit.saves] * cost.largest_bytes))
    if hit.saves is Saves.TEMPORARIES:
        return held // max(cost.largest_bytes, 1) * cost.largest_bytes
    if hit.saves is Saves.STEPS:
        return _steps(hit, costs, cost)
    if hit.saves is Saves.SENT:
        sent = sum(costs.sent_bytes(path, line) for path, line in _parts(hit, costs))
        return sent if _is_of_holder(hit, costs, sent) else 0
    if hit.saves is Saves.HEADS:
        return held if held <= _MOST_HEAD_BYTES * cost.peak_count else 0
    if hit.saves is Saves.INSIDE:
        return sum(costs.inside_bytes(path, line, hit.user) for path, line in _parts(hit, costs))
    if hit.saves is Saves.BLOCKS:
        return held - costs.mapped(hit.path, hit.line, hit.end_line)
    if hit.saves is Saves.THIN:
        after = [costs.of(hit.path, line, line) for line in hit.also]
        needed = max((part.largest_bytes for part in after if part.peak_bytes), default=0)
        return max(0, held - needed)
    if hit.saves in _NEEDED:
        return _beyond_need(hit, costs, held)
    if hit.saves is Saves.OVERLAP:
        kept = costs.held.get((hit.path, hit.holder), held) if hit.user else held
        return min(held, kept, costs.below(hit.path, hit.user or hit.function, hit.after_line))
    return 0


def _was_needed(hit: Hit, costs: LineCosts) -> bool:
    """Whether a function ran that needs what a hit speaks of, or sees to it."""
    return any(costs.ran(hit.path, *each) for each in hit.needed_by)


def _steps(hit: Hit, costs: LineCosts, cost: Cost) -> int:
    """The arrays that a formula makes on its way: those as large as the largest, but for one. Nothing where it was
    worked out several times, and may keep what it came to."""
    each = cost.largest_bytes
    count = round(cost.peak_bytes / each) if each >= _LEAST_STEP_BYTES else 0
    is_once = cost.total_bytes <= _MOST_STEPS * hit.steps * each
    is_kept = not is_once or _stays(hit, costs) > _MOST_STEPS * each
    return (count - 1) * each if 3 <= count <= hit.steps + 1 and not is_kept else 0


def _unused_columns(hit: Hit, costs: LineCosts, held: int) -> int:
    """What columns take that nobody names, of what the place holds."""
    if hit.saves is Saves.COLUMNS_IN_POOL and _holds(hit, costs):
        held = max(held, costs.pool_bytes("pyarrow"))
    in_memory = max(held - costs.not_resident_bytes, 0)
    grown = min(held, costs.grown_bytes(hit.path, hit.line, hit.end_line))
    count = columns_count(hit, costs)
    unused = 1 - len(hit.columns) / count if count >= max(len(hit.columns), 1) else _UNUSED
    if hit.saves is Saves.COLUMNS_TOUCHED:
        return round(unused * in_memory)
    # Where it grew by little, it had room that was free.
    return round(unused * grown) if grown >= _LEAST_GROWN * in_memory else in_memory // 2


def columns_count(hit: Hit, costs: LineCosts) -> int:
    """How many columns the widest frame has that a place made; 0 where that is not known."""
    lines = range(hit.line, hit.end_line + 1)
    return max(costs.columns.get((hit.path, line), 0) for line in lines)


def _copied(hit: Hit, costs: LineCosts, held: int) -> int:
    """The smaller of what a place holds and of its copy, which the lines `also` made; or which is in the same pool."""
    made = sum(costs.of(hit.path, line, line).peak_bytes for line in hit.also)
    whole = max(held - made, costs.pool_bytes("pyarrow"))
    in_memory = max(0, whole - costs.not_resident_bytes)
    if made >= _LEAST_COPIED * in_memory:
        return min(made, in_memory)
    return in_memory // 2 if costs.copies_arrow else 0


def _item_bytes(cost: Cost) -> int:
    """What an item takes at most. The largest block may be the list's own table, which goes as well: it has a place for
    each of many small blocks, or for some of them."""
    mean = cost.peak_bytes // max(cost.peak_count, 1)
    is_table = mean <= _MOST_HEAD_BYTES < cost.largest_bytes <= _TABLE_BYTES * cost.peak_count
    return mean if is_table else cost.largest_bytes


def _is_of_holder(hit: Hit, costs: LineCosts, size: int) -> bool:
    """Whether what a name stands for may make up most of some bytes, in which it may stand several times."""
    held = None
    if hit.function == "<module>":
        held = costs.held.get((hit.path, hit.holder))
    elif hit.holder and costs.knows_locals_of(hit.function):
        local = costs.locals.get((hit.function, hit.holder))
        held = local.retained_bytes if local is not None else 0
    return held is None or size <= _MOST_COPIES * held


def _holds(hit: Hit, costs: LineCosts) -> bool:
    """Whether a line that reads held more than what it loaded as code, at the peak: of a table its heads."""
    parts = costs.through(hit.path, hit.line, hit.end_line).values()
    return sum(part.peak_bytes for part in parts) >= _LEAST_HELD_BYTES


def _beyond_need(hit: Hit, costs: LineCosts, held: int) -> int:
    """What a decomposition held beyond what it needs anyway; what stays to the end are pools of the library."""
    lines = set(hit.also) - set(range(hit.line, hit.end_line + 1))
    given = sum(costs.of(hit.path, line, line).peak_bytes for line in lines)
    made = held - given - costs.stays(hit.path, hit.line, hit.end_line)
    needed = _NEEDED[hit.saves] * given
    if hit.saves is Saves.SQUARES and not 0 < 2 * needed <= made:
        return 0  # it is hardly higher than wide, or its size is not known
    return max(0, made - needed)
