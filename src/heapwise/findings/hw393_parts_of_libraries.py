"""HW393: a part of a library's object is kept, and keeps the whole.

A `tarfile.TarInfo` refers to its archive, and by it to the file that this was written to; an `Axes` of matplotlib to
its figure, with the canvas and all else that was drawn, though the figure has been closed; `graph.subgraph(nodes)` of
networkx is a view of the whole graph.

What to do: keep what is asked of the part later: the name and the size, the title and the limits;
`subgraph(...).copy()`. Costs: what was left out cannot be asked for later. Clean: parts whose whole is kept anyway, or
asked for (`ax.figure`), views of most of a graph.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from heapwise import units
from heapwise.analyze.collector_waits import without_waiting
from heapwise.analyze.paths import attribute
from heapwise.analyze.program_source import program_source
from heapwise.findings.own_containers import entries_of
from heapwise.findings.place import structural
from heapwise.findings.waste import holders_of, worth_bytes
from heapwise.model.finding import Finding, Freed
from heapwise.model.heap_tables import NO_NODE
from heapwise.model.snapshot import Snapshot

CODE = "HW393"
TITLE = "a part keeps the whole"
_LEAST_SHARE, _LEAST_PARTS = 0.1, 8
_MOST_OF_WHOLE = 0.5
"""Parts that are more of it are copies of it nearly."""
_ALONE = 1.1
"""How much more goes at most when the wholes are taken away besides, where the parts alone keep them."""


class _Whole(NamedTuple):
    """whole: its class. asked: names by which a program comes from the part to it. fix: what to keep in place of the
    part. share: what part of the whole a part is, as far as that is worth to be asked."""

    whole: str
    asked: tuple[str, ...]
    fix: str
    share: Callable[[Snapshot, int, int], float] = lambda *_: 0.0


def _share_of_graph(snapshot: Snapshot, part: int, whole: int) -> float:
    """How many of a graph's nodes a view of it shows; 1 where that is not known."""
    shown, nodes = attribute(snapshot, part, "_NODE_OK"), attribute(snapshot, whole, "_node")
    chosen = attribute(snapshot, shown, "nodes") if shown is not None else None
    if chosen is None or nodes is None:
        return 1.0
    counts = (len(entries_of(snapshot, each)) for each in (chosen, nodes))
    return next(counts) / max(1, next(counts))


_FIGURE = _Whole(
    "matplotlib.figure.Figure", ("get_figure", "figure"), "keep what is asked later: the title, the limits, the data"
)  # fmt: skip
_WHOLES = {
    "tarfile.TarInfo": _Whole(
        "tarfile.TarFile", ("tarfile",), "keep (info.name, info.size, info.mtime), and not the TarInfo"
    ),
    "matplotlib.axes._axes.Axes": _FIGURE,
    "matplotlib.lines.Line2D": _FIGURE,
    **{
        f"networkx.classes.{name}": _Whole(
            f"networkx.classes.{name}", ("_graph", "root_graph"),
            "graph.subgraph(nodes).copy(): a graph of its own", _share_of_graph,
        )
        for name in ("graph.Graph", "digraph.DiGraph", "multigraph.MultiGraph", "multidigraph.MultiDiGraph")
    },
}  # fmt: skip


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Wholes that are reached by such parts alone, where they keep a good part of the heap."""
    least = max(worth_bytes(snapshot), _LEAST_SHARE * snapshot.figure("shallow_bytes"))
    for name, about in _WHOLES.items():
        if _is_asked_for(snapshot, about.asked):
            continue
        shares = {
            pair: share
            for part in snapshot.of_type_exactly(name)
            for pair in _kept(snapshot, part, about.whole)
            if (share := about.share(snapshot, *pair)) <= _MOST_OF_WHOLE
        }
        parts, wholes = [pair[0] for pair in shares], [pair[1] for pair in shares]
        held = snapshot.retained_of(parts) if len(set(parts)) >= _LEAST_PARTS else 0
        if held >= least and snapshot.retained_of([*parts, *wholes]) <= _ALONE * held:
            share = sum(shares.values()) / len(shares)
            found = structural(
                snapshot, parts[len(parts) // 2], CODE, f"{TITLE}: {name}", saving_bytes=round(held * (1 - share)),
                confidence=0.8,
                evidence=[f"{len(set(parts))} {name} alone keep {len(set(wholes))} {about.whole}, with "
                          f"{units.size(held)}",
                          *([f"{share:.1%} of it is what the parts show"] if share else [])],
                fix=about.fix, subject=name, freed=Freed(roots=parts),
            )  # fmt: skip
            yield without_waiting(found, snapshot, sorted(set(wholes)))


def _is_asked_for(snapshot: Snapshot, names: Sequence[str]) -> bool:
    """Whether the program goes from a part to its whole: `ax.figure`, `ax.get_figure()`, and not `plt.figure()`."""
    source = program_source(snapshot)
    for each in source.of(ast.Attribute):
        above = source.above(each)
        makes = isinstance(above, ast.Call) and above.func is each and each.attr == names[-1]
        if each.attr in names and not makes:
            return True
    return False


def _kept(snapshot: Snapshot, part: int, whole: str) -> Iterator[tuple[int, int]]:
    """(part, whole) where the shortest way to the whole is by the part."""
    for holder in holders_of(snapshot, part):
        for step in snapshot.steps_from(holder):
            if snapshot.type_of(step.node) == whole and _is_below(snapshot, step.node, part):
                yield part, step.node


def _is_below(snapshot: Snapshot, node: int, part: int) -> bool:
    parents, _ = snapshot.parents
    for _ in range(3):
        node = parents[node]
        if node in (part, NO_NODE):
            return node == part
    return False
