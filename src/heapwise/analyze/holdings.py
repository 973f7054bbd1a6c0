"""Who holds how much? Modules, globals, classes, threads, frames and allocation lines by retained size."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from heapwise.analyze.remembered import remembered
from heapwise.model.graph import native_graph, u4
from heapwise.model.heap_tables import NO_NODE, Step
from heapwise.model.snapshot import Snapshot
from heapwise.model.table import Table
from heapwise.model.tables import Frame


def modules(snapshot: Snapshot, limit: int) -> Table:
    """name, retained_bytes, globals_count: of each module what only it keeps."""
    retained = snapshot.nodes("retained_bytes")
    rows = []
    for node in snapshot.of_type_exactly("module"):
        held, count = retained[node], 0
        for step in snapshot.steps_from(node):
            if step.kind == "internal" and step.name == "__dict__":
                count = len(_entries(snapshot, step.node))
                # Functions refer to their module's dict, too: then the module does not dominate it.
                if snapshot.nodes("dominator")[step.node] != node:
                    held += retained[step.node]
        rows.append((snapshot.labels.get(node, ""), held, count))
    return _table("modules", ("name", "retained_bytes", "globals_count"), rows, limit)


def module_globals(snapshot: Snapshot, limit: int) -> Table:
    """name (`module.name`), type, retained_bytes, shallow_bytes: what goes if a global goes, of those that
    nothing else keeps; modules, classes and functions left out."""
    retained, sizes = snapshot.nodes("retained_bytes"), snapshot.nodes("size_bytes")
    above = snapshot.nodes("dominator")
    rows = []
    for namespace, module in snapshot.namespaces.items():
        for step in _entries(snapshot, namespace):
            name = snapshot.type_of(step.node)
            if above[step.node] == namespace and name not in ("module", "type", "function"):
                at = f"{module}.{step.name}"
                rows.append((at, name, retained[step.node], sizes[step.node]))
    names = ("name", "type", "retained_bytes", "shallow_bytes")
    return _table("globals", names, rows, limit)


def classes(snapshot: Snapshot, limit: int) -> Table:
    """name, retained_bytes, shallow_bytes, count: class objects, with what only they keep (methods, class
    attributes, caches), and how many instances they have."""
    counts = {row.type: row.objects_count for row in snapshot.types}
    retained, sizes = snapshot.nodes("retained_bytes"), snapshot.nodes("size_bytes")
    named = zip(snapshot.type_names, snapshot.type_nodes, strict=True)
    rows = [
        (name, retained[node], sizes[node], counts.get(name, 0)) for name, node in named if node
    ]
    return _table("classes", ("name", "retained_bytes", "shallow_bytes", "count"), rows, limit)


def threads(snapshot: Snapshot, limit: int) -> Table:
    """name, retained_bytes, frames_count: of each thread what only it keeps, by its frames and its
    thread-local data."""
    retained = snapshot.nodes("retained_bytes")
    rows = [
        (
            snapshot.labels.get(node, ""),
            retained[node],
            sum(snapshot.type_of(step.node) == "<frame>" for step in snapshot.steps_from(node)),
        )
        for node in snapshot.of_type_exactly("<thread>")
    ]
    return _table("threads", ("name", "retained_bytes", "frames_count"), rows, limit)


def frames(snapshot: Snapshot, limit: int) -> Table:
    """name, retained_bytes, locals: running functions with what only they keep, and the locals that
    retain most."""
    retained = snapshot.nodes("retained_bytes")
    rows = []
    for node in snapshot.of_type_exactly("<frame>"):
        held = [step for step in snapshot.steps_from(node) if step.kind == "local"]
        held.sort(key=lambda step: -retained[step.node])
        names = ", ".join(str(step.name) for step in held[:3] if retained[step.node] > 1024)
        rows.append((snapshot.labels.get(node, ""), retained[node], names))
    return _table("frames", ("name", "retained_bytes", "locals"), rows, limit)


def lines(snapshot: Snapshot, limit: int) -> Table:
    """file, line, function, count, shallow_bytes, retained_bytes: what the objects retain that a line of
    the program allocated; of objects that keep each other the outermost counts."""
    frame_of = snapshot.stacks.frames
    group, frames_of_groups = line_groups(snapshot)
    count = len(frames_of_groups)
    retained = snapshot.retained_by(group, count)
    sums, members = native_graph().group_sums(group, snapshot.nodes("size_bytes"), count)
    shallow, counts = memoryview(sums).cast("Q"), memoryview(members).cast("Q")
    rows = []
    for number, frame in enumerate(frames_of_groups):
        at: Frame = frame_of[frame]
        rows.append(
            (at.file, at.line, at.function, counts[number], shallow[number], retained[number])
        )
    names = ("file", "line", "function", "count", "shallow_bytes", "retained_bytes")
    return _table("lines", names, rows, limit)


def line_groups(snapshot: Snapshot) -> tuple[Sequence[int], list[int]]:
    """(group of each node, frame of each group): a group is a line of the program that allocated; NO_NODE
    where that was not recorded."""
    of_sites, frames = site_groups(snapshot)
    return u4(native_graph().mapped(snapshot.nodes("site"), of_sites)), frames


@remembered
def site_groups(snapshot: Snapshot) -> tuple[array[int], list[int]]:
    """(group of each site, frame of each group), as line_groups has them."""
    stacks = snapshot.stacks
    known: dict[int, int] = {}
    frames_of_groups: list[int] = []
    highest = max(stacks.site_ids, default=0)
    group_of_site = array("I", [NO_NODE]) * (highest + 1)
    by_line: dict[tuple[str, int], int] = {}
    for row, site in enumerate(stacks.site_ids):
        if stacks.site_own[row]:
            continue
        frame = stacks.site_user_frames[row]
        if frame not in known:
            at = stacks.frames[frame]
            number = by_line.setdefault((at.file, at.line), len(frames_of_groups))
            if number == len(frames_of_groups):
                frames_of_groups.append(frame)
            known[frame] = number
        group_of_site[site] = known[frame]
    return group_of_site, frames_of_groups


def _entries(snapshot: Snapshot, namespace: int) -> list[Step]:
    return [step for step in snapshot.steps_from(namespace) if step.kind == "key"]


def _table(name: str, names: Sequence[str], rows: Iterable[Sequence[object]], limit: int) -> Table:
    """Rows by retained size, those that retain most first."""
    at = names.index("retained_bytes")
    order = sorted(rows, key=lambda row: (-int(str(row[at])), str(row[0])))
    shown = order[:limit] if limit > 0 else order
    left = len(order) - len(shown)
    columns = {each: [row[i] for row in shown] for i, each in enumerate(names)}
    return Table(name, columns, f"{left} more" if left else "")
