"""HW340: tasks wait, and nobody awaits them.

`asyncio.wait({get, stop}, return_when=FIRST_COMPLETED)` returns when the first is done, and leaves the others waiting:
a task that was made for `event.wait()` stays among the event's waiters until the event is set, with its coroutine and
its context. One more stays after each round.

What to do: make the task once, and wait for the same one in each round; or `task.cancel()` for what is still pending.
Costs: nothing. Clean: tasks that somebody awaits, that somebody keeps, or that do more than wait.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heapwise.analyze.paths import attribute
from heapwise.analyze.program_source import program_source
from heapwise.findings.hw142_finished_tasks import TASKS
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW340"
TITLE = "tasks wait, and nobody awaits them"
_OF_LOCKS, _OF_QUEUES = ("_waiters",), ("_getters", "_putters")
_LOCKS, _QUEUES = (
    ("Event", "Condition", "Lock", "Semaphore", "BoundedSemaphore"),
    ("Queue", "LifoQueue", "PriorityQueue"),
)
_OWNERS = {
    **{f"asyncio.locks.{name}": _OF_LOCKS for name in _LOCKS},
    **{f"asyncio.queues.{name}": _OF_QUEUES for name in _QUEUES},
}
_FUTURES = ("_asyncio.Future", "asyncio.futures.Future")
_WAKING = ("Event.set", "Condition.notify", "Condition.notify_all")
"""What makes a handle for each of them at once, in the end."""
_HANDLE = "asyncio.events.Handle"
_WAKES = ("builtin_function_or_method", "method")
_TOLD = (*_WAKES, "function", "functools.partial", "list")
"""What a task refers to where it has callbacks."""
_LEAST_TASKS, _LEAST_SHARE, _MOSTLY = 64, 0.1, 0.9


class _Waiter(NamedTuple):
    """future: that a lock has. task: which waits for it. handle: of the loop, where it was woken; else 0."""

    future: int
    task: int
    handle: int = 0


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Locks, events and queues of asyncio whose waiters do nothing else, and keep a good part of the heap."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    counts = snapshot.nodes("edges_count")
    for owner, names in (
        (node, _OWNERS[kind]) for kind in _OWNERS for node in snapshot.of_type_exactly(kind)
    ):
        for waiters in (attribute(snapshot, owner, name) for name in names):
            if waiters is None or counts[waiters] < _LEAST_TASKS:
                continue
            all_waiting = [*_waiting(snapshot, waiters), *_woken(snapshot, waiters)]
            abandoned = [each for each in all_waiting if _is_abandoned(snapshot, each, owner)]
            if len(abandoned) < max(_LEAST_TASKS, _MOSTLY * len(all_waiting)):
                continue
            freed = [each.future for each in abandoned[1:]]
            freed += [each.handle for each in abandoned[1:] if each.handle]
            freed += _weak_references(snapshot, [each.task for each in abandoned[1:]])
            saving = snapshot.retained_of(freed)
            if saving >= least:
                told = f"{len(abandoned)} tasks wait for one {snapshot.type_of(owner)}: nothing but that keeps them"
                yield structural(
                    snapshot, abandoned[len(abandoned) // 2].task, CODE, TITLE, saving_bytes=saving, confidence=0.8,
                    evidence=[told, "no task awaits them, and they do nothing when they have waited"],
                    fix="make the task once and wait for it in each round, or task.cancel() for what is still pending",
                    freed=Freed(roots=freed, entirely=True, calls=_WAKING),
                )  # fmt: skip


def _waiting(snapshot: Snapshot, waiters: int) -> Iterator[_Waiter]:
    """What waits."""
    for step in snapshot.steps_from(waiters):
        if snapshot.type_of(step.node) in _FUTURES:
            for task in _tasks_woken_by(snapshot, step.node):
                yield _Waiter(step.node, task)


def _woken(snapshot: Snapshot, waiters: int) -> Iterator[_Waiter]:
    """What was woken, and has not run since: its future is done, and the loop has a handle for it."""
    done = {
        step.node for step in snapshot.steps_from(waiters)
        if snapshot.type_of(step.node) in _FUTURES and not any(_tasks_woken_by(snapshot, step.node))
    }  # fmt: skip
    if not done:
        return
    handles = {
        task: node for node in snapshot.of_type_exactly(_HANDLE) for task in _tasks_woken_by(snapshot, node)
    }  # fmt: skip
    for task, handle in handles.items():
        future = next((s.node for s in snapshot.steps_from(task) if s.node in done), 0)
        if future:
            yield _Waiter(future, task, handle)


def _tasks_woken_by(snapshot: Snapshot, node: int) -> Iterator[int]:
    """The tasks that the callbacks of a future, or a handle, go on with."""
    for wake in snapshot.steps_from(node):
        if snapshot.type_of(wake.node) in _WAKES:
            for step in snapshot.steps_from(wake.node):
                if snapshot.type_of(step.node) in TASKS:
                    yield step.node


def _is_abandoned(snapshot: Snapshot, waiter: _Waiter, owner: int) -> bool:
    """Whether nobody else keeps a task or is told when it is done, and it does nothing then."""
    ends = {waiter.future, waiter.handle, owner} - {0}  # no root
    task = waiter.task
    steps = snapshot.steps_from(task)
    is_kept_by_them = task in ends or any(node in ends for node in snapshot.above(task))
    if not is_kept_by_them or any(snapshot.type_of(s.node) in _TOLD for s in steps):
        return False
    coroutines = [s.node for s in steps if snapshot.type_of(s.node) == "coroutine"]
    return bool(coroutines) and all(_only_waits(snapshot, each, owner) for each in coroutines)


def _only_waits(snapshot: Snapshot, coroutine: int, owner: int) -> bool:
    """Whether a coroutine is a method of what it waits for, or a function that ends by waiting."""
    steps = snapshot.steps_from(coroutine)
    if any(s.kind == "local" and s.name == "self" and s.node == owner for s in steps):
        return True
    labels = (snapshot.labels.get(s.node, "") for s in steps if snapshot.type_of(s.node) == "code")
    return next((_ends_by_waiting(snapshot, label) for label in labels if label), False)


def _ends_by_waiting(snapshot: Snapshot, label: str) -> bool:
    name = label.rpartition(".")[2]
    source = program_source(snapshot)
    functions = source.functions
    found = [each for each in functions if each.name == name]
    return bool(found) and all(_is_wait(each.body[-1]) for each in found)


def _is_wait(statement: ast.stmt) -> bool:
    return isinstance(statement, (ast.Expr, ast.Return)) and isinstance(statement.value, ast.Await)


def _weak_references(snapshot: Snapshot, tasks: Sequence[int]) -> Sequence[int]:
    """The weak references of asyncio's set of all tasks, which go with them."""
    wanted = frozenset(tasks)
    return [
        node for node in snapshot.of_type_exactly("weakref.ReferenceType")
        if any(step.kind == "weak" and step.node in wanted for step in snapshot.steps_from(node))
    ]  # fmt: skip
