"""HW396: an event, a condition or a queue in each object, and nobody waits for it.

A `threading.Event` is a condition with a lock and a deque of who waits: 1.1 KB and more, as much for one that nobody
ever waits for. `queue.Queue` has three conditions, and one of asyncio two deques and an event.

What to do: make it when somebody begins to wait (`None` until then, behind a property and a lock), or one
condition for all, whose waiters look at a flag of theirs. Costs: a test at each use. Clean: some hundred of them;
those that somebody waits for, or that the program's files wait for by that name, but for queues that are asked first
whether they have items; queues that hold something; plain locks.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from heapwise.analyze.program_source import FUNCTIONS, ProgramSource, program_source
from heapwise.findings.own_classes import can_be_changed
from heapwise.findings.place import structural
from heapwise.findings.roles import by_role, sampled, shown
from heapwise.findings.waste import in_use, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW396"
TITLE = "an idle synchroniser in each object"
_KINDS = (
    "threading.Event", "threading.Condition", "threading.Semaphore", "threading.BoundedSemaphore",
    "threading.Barrier", "queue.Queue", "queue.LifoQueue", "queue.PriorityQueue", "asyncio.locks.Event",
    "asyncio.locks.Lock", "asyncio.locks.Condition", "asyncio.locks.Semaphore", "asyncio.locks.BoundedSemaphore",
    "asyncio.queues.Queue", "asyncio.queues.LifoQueue", "asyncio.queues.PriorityQueue",
)  # fmt: skip
_ITEMS = ("collections.deque", "list")
"""What holds who waits, and what a queue has."""
_WAITS = frozenset(("wait", "wait_for", "acquire", "get", "put", "join"))
_LEAST_COUNT, _SAMPLE, _LEAST_SHARE, _DEPTH = 1000, 300, 0.9, 3


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Synchronisers in one attribute of the program's classes."""
    retained, least = snapshot.nodes("retained_bytes"), worth_bytes(snapshot)
    for role, held in by_role(snapshot, _KINDS).items():
        owner = snapshot.type_names[role.owner]
        if len(held) < _LEAST_COUNT or role.name < 0 or not can_be_changed(snapshot, owner):
            continue
        nodes = in_use(snapshot, held)
        looked_at = sampled(nodes, _SAMPLE)
        saving = sum(retained[node] for node in nodes)
        if (
            len(nodes) < _LEAST_COUNT
            or saving < least
            or sum(_is_idle(snapshot, node) for node in looked_at) < _LEAST_SHARE * len(looked_at)
            or _is_waited_for(program_source(snapshot), str(snapshot.text(role.name)))
        ):
            continue
        yield structural(
            snapshot, nodes[len(nodes) // 2], CODE, f"{TITLE}: {owner}", saving_bytes=saving, confidence=0.6,
            subject=owner, freed=Freed(nodes=nodes),
            fix=f"self.{snapshot.text(role.name)} = None until somebody waits, or one condition for all of them",
            evidence=[f"{len(nodes)} times {role.kind} ({shown(snapshot, role)}) take "
                      f"{saving // len(nodes)} bytes each, "
                      "and nobody waits for one"],
        )  # fmt: skip


def _is_waited_for(source: ProgramSource, field: str) -> bool:
    """Whether the program waits for what stands under a name: it may not have begun to."""
    return any(
        isinstance(above := source.above(each), ast.withitem)
        or (isinstance(above, ast.Attribute) and above.attr in _WAITS)
        for each in source.of(ast.Attribute)
        if each.attr == field and not _is_asked_before(source, each)
    )


def _is_asked_before(source: ProgramSource, queue: ast.Attribute) -> bool:
    """Whether what stands under a name is waited for in the body of a test that finds items in it: `not x.empty()`,
    `x.qsize()`."""
    inside: ast.AST = queue
    while (above := source.above(inside)) is not None and not isinstance(above, FUNCTIONS):
        if isinstance(above, (ast.While, ast.If)) and inside in above.body:
            asked = (each for each in ast.walk(above.test) if isinstance(each, ast.Attribute))
            if any(_finds_items(source, each, queue.attr) for each in asked):
                return True
        inside = above
    return False


def _finds_items(source: ProgramSource, asked: ast.Attribute, field: str) -> bool:
    if not isinstance(asked.value, ast.Attribute) or asked.value.attr != field:
        return False
    call = source.above(asked)
    around = source.above(call) if call is not None else None
    is_not = isinstance(around, ast.UnaryOp) and isinstance(around.op, ast.Not)
    return asked.attr == "qsize" or (asked.attr == "empty" and is_not)


def _is_idle(snapshot: Snapshot, node: int) -> bool:
    """Whether nobody waits for it, and it holds nothing."""
    front = [node]
    for _ in range(_DEPTH):
        steps = [
            step for each in front for step in snapshot.steps_from(each) if step.kind == "attribute"
        ]
        front = [step.node for step in steps]
        for each in front:
            if snapshot.type_of(each) not in _ITEMS:
                continue
            if any(step.kind == "index" for step in snapshot.steps_from(each)):
                return False
    return True
