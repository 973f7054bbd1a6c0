"""HW142: finished tasks are kept.

A task keeps its result, its exception and its coroutine as long as somebody keeps the task: a list of all tasks
that were ever started keeps every result.

What to do: `tasks.add(task); task.add_done_callback(tasks.discard)`, or an `asyncio.TaskGroup`. Clean: tasks that
leave the set when they are done.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.place import Place, structural
from heapwise.model.finding import Finding, Freed, Nature
from heapwise.model.heap_tables import FINISHED
from heapwise.model.snapshot import Snapshot

CODE = "HW142"
TITLE = "finished tasks are kept"
FIX = "tasks.add(task); task.add_done_callback(tasks.discard), or asyncio.TaskGroup"
TASKS = ("_asyncio.Task", "asyncio.tasks.Task")
_LEAST = 5


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
    """Containers that keep many finished tasks."""
    above, retained = snapshot.nodes("dominator"), snapshot.nodes("retained_bytes")
    by_holder: dict[int, list[int]] = {}
    for name in TASKS:
        for node in snapshot.of_type_exactly(name):
            if above[node] < len(snapshot) and is_finished(snapshot, node):
                by_holder.setdefault(above[node], []).append(node)
    for holder, tasks in by_holder.items():
        if len(tasks) >= 20 * _LEAST and snapshot.type_of(holder)[0] != "<":
            size = sum(retained[node] for node in tasks)
            told = [f"{len(tasks)} finished tasks"]
            yield structural(
                snapshot,
                holder,
                CODE,
                TITLE,
                saving_bytes=size,
                fix=FIX,
                evidence=told,
                freed=Freed(roots=tasks),
            )


def is_finished(snapshot: Snapshot, task: int) -> bool:
    """Whether the coroutine of a task has ended, or it has none any more."""
    states = snapshot.facts.get("state", {})
    coroutines = [
        s.node for s in snapshot.steps_from(task) if snapshot.type_of(s.node) == "coroutine"
    ]
    return all(states.get(node, FINISHED) == FINISHED for node in coroutines)
