"""HW362: workers that wait hold what they worked on last.

`while True: job = queue.get(); scan = load(job); ...`: until the next job comes, and gives the names to something else,
the local variables of the loop keep the last one, and each thread its own.

What to do: `del scan` at the end of the loop, or work on the job in a function of its own, whose locals go when it
returns. Costs: nothing. Clean: workers that are at work; those that keep small things; names that are bound before the
loop.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from heapwise import units
from heapwise.analyze.frame_locals import frames
from heapwise.analyze.program_source import ProgramSource, program_source
from heapwise.analyze.statement import last_name
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import WEAK
from heapwise.model.snapshot import Snapshot

CODE = "HW362"
TITLE = "workers that wait hold what they worked on last"
_WAITS = frozenset((
    "get", "accept", "recv", "recvfrom", "wait", "poll", "select", "acquire", "brpop", "blpop", "readline", "sleep",
    "receive", "receive_message", "consume", "next_message", "get_message", "lpop",
))  # fmt: skip
_LEAST_BYTES, _LEAST_SHARE = 64 << 10, 0.1


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Locals of loops of workers, in frames that wait for the next job."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    retained = snapshot.nodes("retained_bytes")
    waiting: dict[tuple[str, str], list[int]] = {}
    renewed: dict[tuple[str, str], list[int]] = {}
    at_work: set[tuple[str, str]] = set()
    for frame in frames(snapshot):
        names = _bound_in_loop(program_source(snapshot), frame.function)
        for step in snapshot.steps_from(frame.node):
            if step.kind == "local" and step.name in names and retained[step.node] >= _LEAST_BYTES:
                key = frame.function, str(step.name)
                # As far as frames tell: what waits in native code may as well be at work.
                if frame.called in _WAITS:
                    waiting.setdefault(key, []).append(step.node)
                elif frame.called in names[key[1]]:
                    renewed.setdefault(key, []).append(step.node)
                else:
                    at_work.add(key)
    for (function, name), held in waiting.items():
        nodes = _kept_by_one(snapshot, [*held, *renewed.get((function, name), ())])
        size = snapshot.retained_of(nodes)
        if size >= least:
            largest = max(nodes, key=lambda node: retained[node])
            told = f"{len(nodes)} frames of {function}() wait or get the next, and {name} keeps {units.size(size)}"
            yield structural(
                snapshot, largest, CODE, TITLE, saving_bytes=size, confidence=0.8, evidence=[told],
                fix=f"del {name} before the next wait, or work on it in a function of its own",
                # One that is at work may have kept its last when it got the next, at the peak: of the same lines.
                freed=Freed(roots=nodes, complete=(function, name) not in at_work),
            )  # fmt: skip


def _kept_by_one(snapshot: Snapshot, nodes: Sequence[int]) -> list[int]:
    """Those that nothing but their frame refers to: what else does keeps them."""
    wanted, kinds = frozenset(nodes), snapshot.edges("kind")
    counts = Counter(
        target for target, kind in zip(snapshot.edges("target"), kinds, strict=True)
        if target in wanted and kind != WEAK
    )  # fmt: skip
    return [node for node in nodes if counts[node] == 1]


def _bound_in_loop(source: ProgramSource, function: str) -> Mapping[str, Collection[str]]:
    """The names that loops of functions of a name bind to something else when what they wait for has come, and what
    they call for it."""
    found: dict[str, set[str]] = {}
    for each in source.functions:
        if each.name == function:
            bound = _stores(each)
            for loop in ast.walk(each):
                if isinstance(loop, ast.While) and _waits_first(loop):
                    own = _stores(loop)
                    names = {name for name, count in own.items() if count == bound[name]}
                    found.update({name: found.get(name, set()) for name in names})
                    for target, called in _calls(loop):
                        if target in names:
                            found[target].add(called)
    return found


def _calls(loop: ast.While) -> Iterator[tuple[str, str]]:
    """(name, function) of what binds names to what a call gives."""
    for each in ast.walk(loop):
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call):
            for target in each.targets:
                if isinstance(target, ast.Name):
                    yield target.id, last_name(each.value.func)


def _stores(tree: ast.AST) -> Mapping[str, int]:
    """Name -> how often it is bound there."""
    found: dict[str, int] = {}
    for each in ast.walk(tree):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            found[each.id] = found.get(each.id, 0) + 1
    return found


def _waits_first(loop: ast.While) -> bool:
    """Whether a loop begins with a call that waits, alone or in a `try` or `with`, or as its test."""
    first: ast.AST = loop.body[0]
    if isinstance(first, (ast.Try, ast.With, ast.AsyncWith)):
        first = first.body[0]
    plain = isinstance(first, (ast.Assign, ast.AnnAssign, ast.Expr))
    heads = [loop.test, first] if plain else [loop.test]
    return any(
        isinstance(node, ast.Call) and last_name(node.func) in _WAITS
        for head in heads for node in ast.walk(head)
    )  # fmt: skip
