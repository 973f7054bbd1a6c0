"""HW103: functions keep what they captured.

A nested function or lambda keeps every variable of the enclosing function that it names (its cells), and its default
arguments, as long as the function itself is kept: as a callback, say. A default that can be changed is one for all
calls: what they put into it stays.

What to do: capture what is needed and no more (`n = len(big)` before, and `n` inside), or drop the callback when it has
run; `None` as the default (tried by `--prove`). Costs: nothing. Clean: callbacks that capture small things; defaults
that nobody fills.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from heapwise.findings.place import Place, structural
from heapwise.findings.waste import imported_sites, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW103"
TITLE = "functions keep what they captured"
TITLE_OF_DEFAULTS = "a mutable default keeps what all calls put into it"
_CONTAINERS = (
    "list",
    "dict",
    "set",
    "collections.defaultdict",
    "collections.OrderedDict",
    "collections.deque",
)
_MANY, _LEAST_SHARE, _LEAST_EACH = 20, 0.2, 512
_WRAPPERS, _MOST_BESIDE = ("dict", "list", "tuple"), 12
_SLOTS = ("__closure__", "cell_contents", "__defaults__", "__kwdefaults__")


def at(place: Place) -> Finding | None:
    """A path by a cell or a default, or a container of functions whose cells or defaults hold it."""
    functions = place.members("function")
    held = _captured(place.snapshot, functions)
    if not place.passes(*_SLOTS) and held < 0.5 * place.suspect.grown_bytes:
        return None
    fix = "capture only what is needed, or drop the function when it has run"
    told = [f"{len(functions)} functions kept with what they captured"] if functions else []
    return place.finding(CODE, TITLE, confidence=0.8, fix=fix, evidence=told)


def _captured(snapshot: Snapshot, functions: Sequence[int]) -> int:
    """What each of some functions alone has captured, in bytes: not what they share; and once, where one has captured
    another."""
    nodes = [
        step.node
        for function in functions for step in snapshot.steps_from(function)
        if step.kind == "internal" and step.name in _SLOTS and step.node in snapshot.children(function)
    ]  # fmt: skip
    retained = snapshot.nodes("retained_bytes")
    return min(sum(retained[node] for node in nodes), snapshot.retained_of(nodes))


def _captured_together(snapshot: Snapshot, functions: Sequence[int]) -> Sequence[int]:
    """What functions have captured, but for what most of them share; nothing where not many are shared by some."""
    shared = Counter[int]()
    for function in functions:
        for cells in (s.node for s in snapshot.steps_from(function) if s.name == "__closure__"):
            for cell in (s.node for s in snapshot.steps_from(cells) if s.kind == "index"):
                shared.update(
                    s.node for s in snapshot.steps_from(cell) if s.name == "cell_contents"
                )
    found = [node for node, count in shared.items() if count <= len(functions) // 2]
    return found if sum(shared[node] > 1 for node in found) >= _MANY else []


def _wrapped(snapshot: Snapshot, functions: Sequence[int]) -> Sequence[int]:
    """The small containers that registries keep such functions in: a dict with its name, a tuple with its
    arguments."""
    counts, parents = snapshot.nodes("edges_count"), snapshot.parents[0]
    found: dict[int, None] = {}
    for function in functions:
        above = parents[function]
        while (
            above != NO_NODE
            and snapshot.type_of(above) in _WRAPPERS
            and counts[above] <= _MOST_BESIDE
        ):
            found[above] = None
            above = parents[above]
    return [*found]


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Many functions of one code, each with something large of its own; and containers that are the default of an
    argument, and hold much."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    yield from _defaults(snapshot, least)
    groups: dict[int, list[int]] = {}
    sites, imported = snapshot.nodes("site"), imported_sites(snapshot)
    for node in snapshot.of_type_exactly("function"):
        if sites[node] in imported:
            continue
        code = next((s.node for s in snapshot.steps_from(node) if s.name == "__code__"), 0)
        groups.setdefault(code, []).append(node)
    for functions in groups.values():
        if len(functions) < _MANY:
            continue
        freed: Sequence[int] = functions
        saving = _captured(snapshot, functions)
        told = "each with cells or defaults of its own"
        together = _captured_together(snapshot, functions)
        if together and (kept := snapshot.retained_of(together)) >= max(
            saving, _LEAST_EACH * len(functions)
        ):
            saving, freed, told = (
                kept,
                together,
                f"which captured {len(together)} objects that only they keep",
            )
        fix = "capture only what is needed, or drop the function when it has run"
        if freed is functions and saving < _LEAST_EACH * len(functions):
            # They are many, and each has captured little: it is they that should not be there.
            freed = [*functions, *_wrapped(snapshot, functions)]
            saving, fix = (
                snapshot.retained_of(freed),
                "register it once, or take it out when it has run",
            )
        if saving >= least:
            yield structural(
                snapshot, functions[0], CODE, TITLE, saving_bytes=saving, confidence=0.7, fix=fix,
                evidence=[f"{len(functions)} functions of one definition, {told}"],
                freed=Freed(roots=freed, entirely=freed is together),
            )  # fmt: skip


def _defaults(snapshot: Snapshot, least_bytes: float) -> Iterator[Finding]:
    """Lists, dicts and sets that all calls of a function share, and fill."""
    above, retained = snapshot.nodes("dominator"), snapshot.nodes("retained_bytes")
    for function in snapshot.of_type_exactly("function"):
        if retained[function] < least_bytes:
            continue
        for step in snapshot.steps_from(function):
            if step.name not in ("__defaults__", "__kwdefaults__"):
                continue
            for node in (each.node for each in snapshot.steps_from(step.node)):
                kind = snapshot.type_of(node)
                if kind not in _CONTAINERS or retained[node] < least_bytes:
                    continue
                if above[node] in (function, step.node):
                    name = snapshot.labels.get(function, "").rpartition(".")[2]
                    yield structural(
                        snapshot, node, CODE, TITLE_OF_DEFAULTS, saving_bytes=retained[node], confidence=0.7,
                        fix="None as the default, and a new container in each call; or a cache with a bound",
                        evidence=[f"one {kind} is the default of an argument in all calls of {name}()"],
                        freed=Freed(roots=(node,)), subject=name,
                    )  # fmt: skip
