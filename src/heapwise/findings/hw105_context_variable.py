"""HW105: what a context variable holds grows.

A `contextvars.Context` keeps the values of all its variables; one that lives long (of the main task, of a loop)
keeps what was last set in it. A variable that is made for each job stays there as well, with its value, when nobody
can ask for it any more. A task, or a timer, that is begun while a job is done has a copy of its context as long as it
waits.

What to do: make context variables once, for the module; `token = var.set(...)` and `var.reset(token)` in a `finally`;
put small things into them. Costs: nothing. Clean: values that are reset.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from heapwise import units
from heapwise.analyze.paths import place_of
from heapwise.findings.place import Place, structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW105"
TITLE = "what a context variable holds grows"
_MOST_TABLES = 10_000
_TOKENS = ("Token", "_contextvars.Token", "contextvars.Token")
_LEAST_VARIABLES, _LEAST_CONTEXTS, _LEAST_SHARE = 32, 16, 0.1
_CONTEXTS = ("_contextvars.Context", "Context", "contextvars.Context")


def at(place: Place) -> Finding | None:
    """A path by a context."""
    names = ("Context", "_contextvars.Context", "contextvars.Context", "hamt", "hamt_bitmap_node",
             "hamt_array_node")  # fmt: skip
    passes = any(name in names or "hamt" in name for name in place.path_types)
    if not passes and not place.passes("context"):
        return None
    fix = "var.reset(token) in a finally"
    name = _variable(place)
    holder = f"{name}, in {place.suspect.holder}" if name else ""
    return place.finding(CODE, TITLE, confidence=0.85, fix=fix, holder=holder)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Many variables that contexts alone keep, with a good part of the heap; and values that were set before, of which
    tokens are left."""
    yield from _never_reset(snapshot)
    yield from _of_contexts(snapshot)
    above = snapshot.nodes("dominator")
    left = [
        node for node in snapshot.of_type_exactly("_contextvars.ContextVar")
        if above[node] < len(snapshot) and snapshot.type_of(above[node]).startswith("hamt")
    ]  # fmt: skip
    tables = list(snapshot.of_type_exactly("hamt"))
    if len(left) < _LEAST_VARIABLES or not tables:
        return
    size = snapshot.retained_of(tables)
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    if size >= least:
        yield structural(
            snapshot, left[len(left) // 2], CODE, "context variables that nobody can ask for any more",
            saving_bytes=size, confidence=0.8, freed=Freed(roots=tables),
            evidence=[f"{len(left)} variables live in contexts alone, which keep {units.size(size)}"],
            fix="make the variable once, for the module, and reset what is set: var.reset(token)",
        )  # fmt: skip


def _never_reset(snapshot: Snapshot) -> Iterator[Finding]:
    """Tokens that `set` gave, each with the value before."""
    tokens = snapshot.of_type("Token")
    tokens = [node for node in tokens if snapshot.type_of(node) in _TOKENS]
    if len(tokens) < _LEAST_VARIABLES:
        return
    size = snapshot.retained_of(tokens)
    if size >= max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes")):
        yield structural(
            snapshot, tokens[len(tokens) // 2], CODE, "values of context variables that were never reset",
            saving_bytes=size, confidence=0.8, freed=Freed(roots=tokens),
            evidence=[f"{len(tokens)} tokens of ContextVar.set() keep the values before them, {units.size(size)}"],
            fix="var.reset(token) in a finally; of Flask `with app.app_context():` in the place of push()",
        )  # fmt: skip


def _of_contexts(snapshot: Snapshot) -> Iterator[Finding]:
    """Contexts, each of a task or a callback that waits, that alone keep what was set for a job that is over."""
    contexts = [n for name in _CONTEXTS for n in snapshot.of_type_exactly(name)]
    if len(contexts) < _LEAST_CONTEXTS:
        return
    size = snapshot.retained_of(contexts)
    if size >= max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes")):
        yield structural(
            snapshot, _largest_value(snapshot, contexts), CODE, "contexts keep what was set for a job that is over",
            saving_bytes=size, confidence=0.7, freed=Freed(roots=contexts, entirely=True),
            evidence=[f"{len(contexts)} contexts, of tasks or callbacks that wait, keep {units.size(size)} of values"],
            fix="create_task(..., context=contextvars.Context()) for what outlives the job, or var.reset(token)",
        )  # fmt: skip


def _largest_value(snapshot: Snapshot, contexts: Sequence[int]) -> int:
    """What keeps most of the values in contexts, whoever shares it."""
    retained = snapshot.nodes("retained_bytes")
    tables, seen, values = list(contexts), set(contexts), list(contexts[:1])
    while tables:
        for node in {step.node for step in snapshot.steps_from(tables.pop())} - seen:
            seen.add(node)
            kind = snapshot.type_of(node)
            if kind.startswith("hamt"):
                tables.append(node)
            elif not kind.endswith("ContextVar"):
                values.append(node)
    return max(values, key=retained.__getitem__)


def _variable(place: Place) -> str:
    """The path to the variable whose value retains most; empty when it is not known."""
    snapshot = place.snapshot
    retained = snapshot.nodes("retained_bytes")
    tables = [n for n, name in zip((s.node for s in place.steps), place.path_types, strict=True)
              if "hamt" in name or name.endswith("Context")]  # fmt: skip
    sizes: dict[int, int] = {}
    for node in tables:
        below = [step.node for step in snapshot.steps_from(node)]
        kinds = [snapshot.type_of(each) for each in below]
        if len(tables) < _MOST_TABLES:
            tables += [n for n, name in zip(below, kinds, strict=True) if "hamt" in name]
        if "hamt" in snapshot.type_of(node):
            entries = list(zip(below, kinds, strict=True))
            for (one, one_kind), (other, other_kind) in pairwise(entries):
                # As they are visited: a value before its variable.
                if other_kind.endswith("ContextVar") and not one_kind.endswith("ContextVar"):
                    sizes[other] = retained[one]
    return place_of(snapshot, max(sizes, key=lambda each: sizes[each])) if sizes else ""
