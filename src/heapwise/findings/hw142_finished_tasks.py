"""HW142: finished tasks are kept.

A task keeps its result, its exception and its coroutine as long as somebody keeps the task: a list of all tasks
that were ever started keeps every result. In the same way a table of pending calls keeps the future, and the arguments,
of each that was cancelled or ran into its timeout.

What to do: `tasks.add(task); task.add_done_callback(tasks.discard)`, or an `asyncio.TaskGroup`; of futures, take the
entry out in a `finally`. Costs: nothing. Clean: tasks that leave the set when they are done; futures that somebody
waits for.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import Place
from heapwise.findings.records import by_holder, of_records
from heapwise.model.finding import Finding, Nature
from heapwise.model.heap_tables import FINISHED
from heapwise.model.snapshot import Snapshot

CODE = "HW142"
TITLE = "finished tasks are kept"
FIX = "tasks.add(task); task.add_done_callback(tasks.discard), or asyncio.TaskGroup"
TITLE_OF_FUTURES = "futures are kept for which nobody waits"
FIX_OF_FUTURES = "take it out in a finally, where the waiting ends: self.pending.pop(key, None)"
FUTURES = ("_asyncio.Future", "asyncio.futures.Future")
TASKS = ("_asyncio.Task", "asyncio.tasks.Task")
_CALLBACKS = (
    "_asyncio.TaskStepMethWrapper", "TaskStepMethWrapper", "TaskWakeupMethWrapper", "_asyncio.TaskWakeupMethWrapper",
    "builtin_function_or_method", "method", "function", "functools.partial", "list",
)  # fmt: skip
_LEAST, _LEAST_KEPT = 5, 100


def at(place: Place) -> Finding | None:
    """Tasks or futures among what is new."""
    tasks = place.members(*TASKS)
    if len(tasks) < _LEAST:
        return None
    done = sum(is_finished(place.snapshot, node) for node in tasks)
    if 2 * done < len(tasks):
        return None
    told = [f"{len(tasks)} tasks, {done} of them finished"]
    return place.finding(CODE, TITLE, nature=Nature.FAULT, confidence=0.9, fix=FIX, evidence=told)


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Containers that keep many finished tasks, or futures that nobody waits for, directly or in records."""
    tasks = {
        node for name in TASKS for node in snapshot.of_type_exactly(name)
        if is_finished(snapshot, node)
    }  # fmt: skip
    for holder, records in by_holder(snapshot, tasks, least=_LEAST_KEPT).items():
        told = f"{len(records)} finished tasks"
        yield of_records(snapshot, holder, records, CODE, TITLE, told=told, fix=FIX)
    futures = {
        node for name in FUTURES for node in snapshot.of_type_exactly(name)
        if _is_left(snapshot, node)
    }  # fmt: skip
    for holder, records in by_holder(snapshot, futures, least=_LEAST_KEPT).items():
        told = (
            f"{len(records)} futures for which nobody waits: they are done, or have been given up"
        )
        yield of_records(
            snapshot, holder, records, CODE, TITLE_OF_FUTURES, told=told, fix=FIX_OF_FUTURES
        )


def _is_left(snapshot: Snapshot, future: int) -> bool:
    """Whether no callback hangs from a future, and so no task waits for it."""
    return not any(
        snapshot.type_of(step.node) in _CALLBACKS for step in snapshot.steps_from(future)
    )


def is_finished(snapshot: Snapshot, task: int) -> bool:
    """Whether the coroutine of a task has ended, or it has none any more."""
    states = snapshot.facts.get("state", {})
    coroutines = [
        s.node for s in snapshot.steps_from(task) if snapshot.type_of(s.node) == "coroutine"
    ]
    return all(states.get(node, FINISHED) == FINISHED for node in coroutines)
