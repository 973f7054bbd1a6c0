"""The picture of an answer: who refers to whom on the way from the roots to what was asked for.

At most 50 boxes; an object and its `__dict__` are one; alike objects on alike paths are one box with
their number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from heapwise.analyze.paths import Answer, Path
from heapwise.model.heap_tables import SYNTHETIC, WEAK, Step
from heapwise.model.snapshot import Snapshot

MOST_BOXES = 50
_MOST_WEAK = 4


@dataclass(frozen=True)
class Box:
    """node: one of its objects. count: how many it stands for. unexplained_count: references to it that
    native code holds. role: `root`, `between` or `target`."""

    node: int
    title: str
    type: str
    retained_bytes: int
    count: int
    unexplained_count: int
    role: str


@dataclass(frozen=True)
class Arrow:
    """From one box to another, by their numbers. weak: does not keep it alive."""

    source: int
    target: int
    name: str
    weak: bool = False


@dataclass
class Picture:
    """Boxes in no order, arrows between them. left_out_count: boxes beyond the most that are drawn."""

    boxes: list[Box] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)
    left_out_count: int = 0


def picture(snapshot: Snapshot, answer: Answer) -> Picture:
    """The paths of an answer as boxes and arrows; weak references to its examples besides."""
    made = _Maker(snapshot)
    for path in answer.paths:
        if path.kind != "dominator":
            made.add(path)
    made.add_weak([path.example for path in answer.paths if path.kind == "shortest"])
    return made.picture


class _Maker:
    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.picture = Picture()
        self.box_of: dict[int, int] = {}

    def add(self, path: Path) -> None:
        """A path's boxes and arrows, as far as there is room."""
        steps = _without_dicts(self.snapshot, path.steps)
        new = sum(step.node not in self.box_of for step in steps)
        if len(self.picture.boxes) + new > MOST_BOXES:
            self.picture.left_out_count += new
            return
        above = -1
        for place, step in enumerate(steps):
            last = place == len(steps) - 1
            role = "target" if last else "root" if place == 0 else "between"
            count = path.count if last else 1
            at = self._box(step, role, count, path.retained_bytes if last else None)
            if above >= 0:
                self._arrow(Arrow(above, at, _name(step, folded=last and count > 1)))
            above = at

    def add_weak(self, targets: Sequence[int]) -> None:
        """Weak references to objects that are drawn."""
        wanted = {node: self.box_of[node] for node in targets if node in self.box_of}
        if not wanted:
            return
        edge_targets, kinds = self.snapshot.edges("target"), self.snapshot.edges("kind")
        found = [
            edge for edge, kind in enumerate(kinds) if kind == WEAK and edge_targets[edge] in wanted
        ][:_MOST_WEAK]
        for edge in found:
            if len(self.picture.boxes) == MOST_BOXES:
                return
            step = Step("weak", "", _source(self.snapshot, edge))
            source = self._box(step, "between", 1, None)
            self._arrow(Arrow(source, wanted[edge_targets[edge]], "weak", weak=True))

    def _box(self, step: Step, role: str, count: int, retained_bytes: int | None) -> int:
        node = step.node
        if node not in self.box_of:
            snapshot = self.snapshot
            title = snapshot.labels.get(node, str(step.name) if step.kind == "root" else "")
            held = (
                snapshot.nodes("retained_bytes")[node] if retained_bytes is None else retained_bytes
            )
            lacking = (
                0 if snapshot.nodes("type")[node] < len(SYNTHETIC) else snapshot.unexplained[node]
            )
            self.box_of[node] = len(self.picture.boxes)
            self.picture.boxes.append(
                Box(node, title, snapshot.type_of(node), held, count, lacking, role)
            )
        return self.box_of[node]

    def _arrow(self, arrow: Arrow) -> None:
        if arrow not in self.picture.arrows:
            self.picture.arrows.append(arrow)


def _without_dicts(snapshot: Snapshot, steps: Sequence[Step]) -> list[Step]:
    """A `__dict__` and its owner become one: what the dict has by a key is an attribute."""
    found: list[Step] = []
    in_namespace = False
    for step in steps:
        if step.kind == "internal" and step.name == "__dict__" and found:
            in_namespace = True
            continue
        if in_namespace and step.kind == "key":
            step = Step("attribute", step.name, step.node)
        in_namespace = False
        found.append(step)
    return found


def _name(step: Step, *, folded: bool) -> str:
    if folded and step.kind in ("key", "index", "int key", "item", "key object"):
        return "[…]"
    if step.kind == "attribute":
        return f".{step.name}"
    if step.kind in ("key", "index", "int key"):
        return f"[{step.name!r}]"
    if step.kind == "item":
        return "[object]"
    return str(step.name) if step.kind in ("internal", "local", "root") else step.kind


def _source(snapshot: Snapshot, edge: int) -> int:
    """The node that an edge belongs to: the one whose row has it."""
    firsts, counts = snapshot.nodes("first_edge"), snapshot.nodes("edges_count")
    pairs = enumerate(zip(firsts, counts, strict=True))
    return next(node for node, (first, count) in pairs if first <= edge < first + count)
