"""HW343: threads wait for what nobody can send them any more.

A worker thread that an object starts for itself waits at its own queue or event. When the object is dropped without a
word to it, the thread stays: it waits for ever, and keeps its stack, its locals and the object that it is a method of.

So does one that looks after its object at times, `while not self.stopped.wait(30): self.refresh()`, of each client that
a request makes and leaves.

What to do: a sentinel (`queue.put(None)`) or an event when the object is done with, in `close` or `with`; and then
`join`. Costs: an end that the owner must call. Clean: threads that share a queue; those whose queue or event the
program still has; a few that wake at times.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from heapwise import units
from heapwise.analyze.paths import is_held_natively
from heapwise.findings.place import structural
from heapwise.findings.waste import worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW343"
TITLE = "threads wait for what nobody can send them"
_LEAST_THREADS, _LEAST_SHARE = 8, 0.1
_LEAST_WAKING = 16
"""Threads that wake at times have work to do; so many of one method, of objects that nobody else has, have not."""
_MOST_LOOKED_AT = 100
_LIBRARY = re.compile(
    "(Condition|Queue|LifoQueue|PriorityQueue|Event|Semaphore|Thread|Timer|Barrier)[.]"
)


class _Waiting(NamedTuple):
    """A thread at rest. frame: of the program's function that it runs. waits: the condition that it waits for. wakes:
    whether it does so for a time."""

    thread: int
    frame: int
    waits: int
    started: int
    wakes: bool


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Threads of one function that wait, each for something that only they themselves know."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    groups: dict[str, list[_Waiting]] = {}
    for each in filter(
        None, (_waiting(snapshot, node) for node in snapshot.of_type_exactly("<thread>"))
    ):
        groups.setdefault(snapshot.labels.get(each.frame, ""), []).append(each)
    for function, threads in groups.items():
        threads = _unreachable(snapshot, threads) if _keep(snapshot, threads) >= least else []
        wakes = any(each.wakes for each in threads)
        enough = len(threads) >= (_LEAST_WAKING if wakes else _LEAST_THREADS)
        saving = _keep(snapshot, threads) if enough else 0
        if saving >= least:
            told = f"{len(threads)} threads run {function} and wait, with {units.size(saving)}"
            yield structural(
                snapshot, threads[len(threads) // 2].started, CODE, TITLE, saving_bytes=saving, confidence=0.8,
                evidence=[told, "each waits for something that nothing but the thread itself refers to"],
                fix="a sentinel into its queue (or an Event) when its object is done with, then join()",
                freed=Freed(roots=_roots(threads), entirely=True),
            )  # fmt: skip


def _waiting(snapshot: Snapshot, thread: int) -> _Waiting | None:
    """A thread that waits at a queue or an event, or without a limit of time for another condition."""
    frames = [s.node for s in snapshot.steps_from(thread) if snapshot.type_of(s.node) == "<frame>"]
    if not frames or snapshot.labels.get(frames[0]) != "Condition.wait":
        return None
    inner = {str(s.name): s.node for s in snapshot.steps_from(frames[0]) if s.kind == "local"}
    limit = inner.get("timeout")
    for_ever = limit is not None and snapshot.type_of(limit) == "NoneType"
    at = snapshot.labels.get(frames[1]) if frames[1:] else ""
    if "self" not in inner or limit is None or not (for_ever or at in ("Queue.get", "Event.wait")):
        return None
    started = [
        s.node for frame in frames for s in snapshot.steps_from(frame)
        if s.kind == "local" and s.name == "self" and snapshot.labels.get(frame) == "Thread._bootstrap_inner"
    ]  # fmt: skip
    own = [each for each in frames if not _LIBRARY.match(snapshot.labels.get(each, ""))]
    if not own or not started:
        return None
    wakes = at == "Event.wait" and not for_ever
    if wakes and not any(
        s.kind == "local" and s.name == "self" for s in snapshot.steps_from(own[0])
    ):
        return None  # it runs no method of an object that may have been left
    return _Waiting(thread, own[0], inner["self"], started[0], wakes)


def _unreachable(snapshot: Snapshot, threads: Sequence[_Waiting]) -> list[_Waiting]:
    """Those whose condition is theirs alone: it is reached by them, and by threading's own table of threads."""
    shared = Counter(each.waits for each in threads)
    own = [each for each in threads if shared[each.waits] == 1]
    table = _of_threading(snapshot)
    if _reach_alone(snapshot, own, table):
        return own
    return [each for each in own[:_MOST_LOOKED_AT] if _reach_alone(snapshot, [each], table)]


def _of_threading(snapshot: Snapshot) -> list[int]:
    """What refers to every thread while it runs: the table of threads, and the methods that native code has called."""
    called = [
        node for node in snapshot.of_type_exactly("method")
        if is_held_natively(snapshot, node)
    ]  # fmt: skip
    return called + [
        step.node for namespace, name in snapshot.namespaces.items() if name == "threading"
        for step in snapshot.steps_from(namespace) if step.name == "_active"
    ]  # fmt: skip


def _reach_alone(snapshot: Snapshot, threads: Sequence[_Waiting], table: Sequence[int]) -> bool:
    """Whether what threads wait for goes with them. A plain Thread tells nobody what its function is a method of."""
    plain = [
        each.started for each in threads if snapshot.type_of(each.started) == "threading.Thread"
    ]
    gone = [*table, *plain, *(each.thread for each in threads)]
    waits = [each.waits for each in threads]
    return snapshot.retained_of([*gone, *waits]) == snapshot.retained_of(gone)


def _roots(threads: Sequence[_Waiting]) -> Sequence[int]:
    return [node for each in threads for node in (each.thread, each.started)]


def _keep(snapshot: Snapshot, threads: Sequence[_Waiting]) -> int:
    return snapshot.retained_of(_roots(threads)) if threads else 0
