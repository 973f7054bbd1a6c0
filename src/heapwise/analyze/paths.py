"""Why does it stay? The paths that keep objects alive, in Python's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from heapwise.analyze.holdings import line_groups
from heapwise.model.graph import native_graph, u4
from heapwise.model.heap_tables import NATIVE, NO_NODE, SYNTHETIC, Step
from heapwise.model.snapshot import Snapshot

_MOST_LOOKED_AT = 20_000
_REPEATED = re.compile(r"((?:\.[^\W\d]\w*|\[[^\[\]]*\]){1,2}?)\1{3,}")


@dataclass(frozen=True, slots=True)
class Path:
    """kind: `shortest`, `disjoint` (of a single object: ways that share no other one) or `dominator`.
    root: what holds it all. expression: as it would be written in the program. count: how many of the
    objects asked for are held in this way (keys and indices not told apart). retained_bytes: of those,
    added up. example: the node that the steps lead to."""

    kind: str
    root: str
    expression: str
    count: int
    retained_bytes: int
    example: int
    steps: Sequence[Step]


@dataclass(frozen=True)
class Answer:
    """target: what was asked for. count: how many objects that is; looked_at_count: of how many, those
    that retain most, the paths tell. paths: most bytes first."""

    target: str
    count: int
    looked_at_count: int
    shallow_bytes: int
    retained_bytes: int
    paths: Sequence[Path]


def why(
    snapshot: Snapshot, target: str, *, most: int = 5, looked_at: int = _MOST_LOOKED_AT
) -> Answer:
    """The paths that keep a target: a type (its name), an address (0x...), `module.global` (with further
    attributes), or `file.py:12`, what a line allocated. An answer with a count of 0 when there is nothing
    of the kind. looked_at: of how many objects, those that retain most, paths are looked for."""
    nodes = find(snapshot, target)
    sizes, retained = snapshot.nodes("size_bytes"), snapshot.nodes("retained_bytes")
    groups: dict[str, list[int]] = {}
    chosen = nodes[:looked_at]
    for node in chosen:
        steps = snapshot.path_to(node)
        if steps:
            groups.setdefault(expression(snapshot, steps, masked=True), []).append(node)
    order = sorted(groups.items(), key=lambda item: -sum(retained[n] for n in item[1]))
    paths = []
    for shape, members in order[:most]:
        example = max(members, key=lambda node: retained[node])
        steps = snapshot.path_to(example)
        shown = shape if len(members) > 1 else expression(snapshot, steps)
        held = sum(retained[node] for node in members)
        paths.append(
            Path("shortest", _root(snapshot, steps), shown, len(members), held, example, steps)
        )
    if len(nodes) == 1:
        paths += _disjoint_paths(snapshot, nodes[0], most)
        if (found := _dominator_path(snapshot, nodes[0])) is not None:
            paths.append(found)
    return Answer(
        target, len(nodes), len(chosen), sum(sizes[node] for node in nodes),
        snapshot.retained_of(nodes) if nodes else 0, paths,
    )  # fmt: skip


def find(snapshot: Snapshot, target: str) -> list[int]:
    """The nodes that a target names; the most retaining first."""
    if target.lower().startswith("0x"):
        try:
            found = snapshot.at_address(int(target, 16))
        except ValueError:
            found = []
    elif (line := _line(target)) is not None:
        found = _allocated_at(snapshot, *line)
    else:
        named = snapshot.of_type(target)
        exact = [node for node in named if snapshot.type_of(node) == target]
        found = exact or _global(snapshot, target) or named
    retained = snapshot.nodes("retained_bytes")
    return sorted(found, key=lambda node: -retained[node])


def _line(target: str) -> tuple[str, int] | None:
    file, _, line = target.rpartition(":")
    return (file, int(line)) if file and line.isdigit() else None


def _allocated_at(snapshot: Snapshot, file: str, line: int) -> list[int]:
    """What a line of the program allocated; the file by its name or the end of its path."""
    group, frames = line_groups(snapshot)
    wanted = set()
    for number, frame in enumerate(frames):
        at = snapshot.stacks.frames[frame]
        if at.line == line and (at.file == file or at.file.endswith("/" + file)):
            wanted.add(number)
    marks = bytes(number in wanted for number in range(len(frames)))
    return list(u4(native_graph().nodes_with(group, marks)))


def _global(snapshot: Snapshot, target: str) -> list[int]:
    """The object of `module.name.attribute`."""
    modules = {
        label: node for node, label in snapshot.labels.items() if snapshot.type_of(node) == "module"
    }
    parts = target.split(".")
    for length in range(len(parts) - 1, 0, -1):
        node = modules.get(".".join(parts[:length]))
        if node is None:
            continue
        for name in parts[length:]:
            below = attribute(snapshot, node, name)
            if below is None:
                break
            node = below
        else:
            return [node]
    return []


def attribute(snapshot: Snapshot, node: int, name: str) -> int | None:
    """The node of an attribute, or of a module's global; None when there is none."""
    steps = snapshot.steps_from(node)
    for step in steps:
        if step.kind in ("attribute", "key") and step.name == name:
            return step.node
    for step in steps:
        if step.kind == "internal" and step.name == "__dict__":
            return next((s.node for s in snapshot.steps_from(step.node) if s.name == name), None)
    return None


def is_held_natively(snapshot: Snapshot, node: int) -> bool:
    """Whether no object is known to hold it: native code does, as a list in the making."""
    above = snapshot.parents[0][node]
    return above != NO_NODE and snapshot.type_of(above) == NATIVE


def expression(snapshot: Snapshot, steps: Sequence[Step], *, masked: bool = False) -> str:
    """A path as it would be written: `app.cache['k3'].owner`. masked: keys and numbers as `…`, so that
    alike paths read alike."""
    text = ""
    in_namespace = False  # the dict at hand is a module's or an object's: its keys are attributes
    previous = 0
    for step in steps:
        kind, name = step.kind, step.name
        if kind == "root":
            root = snapshot.labels.get(step.node, name) if name == "libraries" else name
            text = "" if name == "sys.modules" and len(steps) > 1 else f"<{root}>"
        elif kind == "key" and previous and text == "":
            text = str(name)  # a module, out of sys.modules
        elif kind == "local":
            text = (
                f"{snapshot.labels.get(previous, 'frame')}(): {name}"
                if _is_frame(snapshot, previous)
                else f"{text}.f_locals[{str(name)!r}]"
                if snapshot.type_of(previous) == "frame"
                else f"{text} local {name}"
            )
        elif kind == "internal" and name == "__dict__":
            in_namespace = True
            previous = step.node
            continue
        elif kind == "attribute" or (kind == "key" and in_namespace):
            text += f".{name}" if str(name).isidentifier() else f"[{str(name)!r}]"
        elif kind == "key":
            text += "[…]" if masked else f"[{str(name)!r}]"
        elif kind in ("index", "int key"):
            if not _is_synthetic(snapshot, previous):
                text += "[…]" if masked else f"[{name}]"
        elif kind == "item":
            text += ".values()[…]" if masked else f".values()[{name}]"
        elif kind == "key object":
            text += ".keys()[…]" if masked else f".keys()[{name}]"
        elif kind == "element":
            text += " ∋ "
        elif kind == "type":
            text = f"type({text})"
        elif kind == "internal" and name == "stack" and _is_frame(snapshot, previous):
            text = f"{snapshot.labels.get(previous, 'frame')}(): <being made>"
        elif kind == "internal":
            text += f".{name}"
        else:
            text += f" → {snapshot.type_of(step.node)}"
        in_namespace = False
        previous = step.node
    return _REPEATED.sub(_counted, text.strip())


def _counted(found: re.Match[str]) -> str:
    """`.next.next.next.next` as `.next (×4)`."""
    part = found[1]
    return f"{part} (×{len(found[0]) // len(part)})"


def place_of(snapshot: Snapshot, node: int, *, masked: bool = False) -> str:
    """The path to a node as the program would write it; empty when it is not reached."""
    return expression(snapshot, snapshot.path_to(node), masked=masked)


def _is_frame(snapshot: Snapshot, node: int) -> bool:
    return snapshot.type_of(node) == "<frame>"


def _is_synthetic(snapshot: Snapshot, node: int) -> bool:
    return snapshot.nodes("type")[node] < len(SYNTHETIC)


def _root(snapshot: Snapshot, steps: Sequence[Step]) -> str:
    if not steps:
        return ""
    first = steps[0]
    if first.name == "sys.modules" and len(steps) > 1:
        return f"module {steps[1].name}"
    if first.name in ("threads", "libraries") and len(steps) > 1:
        return snapshot.labels.get(first.node, str(first.name))
    return str(first.name)


def _disjoint_paths(snapshot: Snapshot, node: int, most: int) -> list[Path]:
    """The other ways to an object, that share no node with each other: each must be cut for it to go."""
    shortest = snapshot.shortest_path(node)
    ways = snapshot.disjoint_paths(node, most=most)
    if len(ways) < 2:
        return []
    retained = snapshot.nodes("retained_bytes")[node]
    found = []
    for way in ways:
        if way == shortest:
            continue
        steps = [snapshot.edge(edge) for edge in way]
        shown = expression(snapshot, steps)
        found.append(Path("disjoint", _root(snapshot, steps), shown, 1, retained, node, steps))
    return found


def _dominator_path(snapshot: Snapshot, node: int) -> Path | None:
    """Through whom every path goes."""
    above = [at for at in snapshot.dominators(node) if at]
    if not above:
        return None
    steps = [Step("dominator", snapshot.type_of(at), at) for at in [*above, node]]
    shown = " ⊐ ".join(snapshot.labels.get(at) or snapshot.type_of(at) for at in [*above, node])
    retained = snapshot.nodes("retained_bytes")[node]
    return Path("dominator", snapshot.type_of(above[0]), shown, 1, retained, node, steps)
