"""Which calls led to the memory? All stacks as one tree, callers above callees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from heapwise.analyze.selection import Selection
from heapwise.model.recording import Recording
from heapwise.model.table import Table

_FIGURE_OF = {
    "peak_bytes": "peak_bytes", "end_bytes": "in_use_bytes", "total_bytes": "total_bytes",
    "count": "total_count", "peak_count": "peak_count", "end_count": "in_use_count",
}  # fmt: skip
"""A figure of the tree -> the figure of the sites that it adds up."""


@dataclass(frozen=True)
class StackTree:
    """A tree in columns; row 0 is the root. Parents come before children.

    parent: row of the parent (0 for the root itself). frame: index into `Recording.frames`, -1 for
    the root. own[figure][i]: what row i allocated itself; cumulative() adds what lies below.
    site_row: a selected row of `Recording.sites` -> its row here.
    """

    parent: Sequence[int]
    frame: Sequence[int]
    own: dict[str, list[float]]
    site_row: Mapping[int, int]

    def cumulative(self, figure: str) -> list[float]:
        """Own figures plus those of all rows below."""
        sums = list(self.own[figure])
        for i in range(len(sums) - 1, 0, -1):
            sums[self.parent[i]] += sums[i]
        return sums


def stack_tree(recording: Recording, selection: Selection) -> StackTree:
    """All selected stacks. Frames of `python -m` below the program's own are left out."""
    frames = recording.frames
    parent, frame = [0], [-1]
    rows: dict[tuple[int, int], int] = {}
    own: dict[str, list[float]] = {name: [0.0] for name in _FIGURE_OF}

    def row_of(above: int, at: int) -> int:
        row = rows.setdefault((above, at), len(parent))
        if row == len(parent):
            parent.append(above)
            frame.append(at)
            for column in own.values():
                column.append(0.0)
        return row

    runner = [f.file == "<frozen runpy>" for f in frames]
    sites = recording.sites
    chosen = selection.rows(recording)
    needed = _needed_nodes(recording, [sites.parent[site] for site in chosen])
    parents, frame_of_node = recording.node_parents, recording.node_frames
    row_of_node = [0] * len(parents)
    for i in range(1, len(parents)):
        if needed[i]:
            row, at = row_of_node[parents[i]], frame_of_node[i]
            row_of_node[i] = row if row == 0 and runner[at] else row_of(row, at)
    site_row = {site: row_of(row_of_node[sites.parent[site]], sites.frame[site]) for site in chosen}
    for name, figure in _FIGURE_OF.items():
        column, values = own[name], sites.figures[figure]
        for site, row in site_row.items():
            column[row] += values[site]
    return StackTree(parent, frame, own, site_row)


def tree_table(recording: Recording, selection: Selection) -> Table:
    """The tree as indented rows, heaviest first; branches below 1 % of the whole are left out."""
    tree = stack_tree(recording, selection)
    figure = f"{selection.at}_bytes"
    sums = tree.cumulative(figure)
    children: dict[int, list[int]] = {}
    least = sums[0] / 100
    hidden = 0
    for row in range(1, len(sums)):
        if sums[row] > 0 and sums[row] >= least:
            children.setdefault(tree.parent[row], []).append(row)
        else:
            hidden += 1
    rows: list[tuple[int, str, str, int, int, int]] = []
    # Lifetimes, CPU time and copies are figures of lines, not of stacks.
    by = {"count": "count"}.get(selection.sort, f"{selection.sort or selection.at}_bytes")
    ranks = tree.cumulative(by) if by in tree.own else sums
    waiting = [(0, row) for row in _heaviest_last(children.get(0, []), ranks, recording, tree)]
    most = selection.limit * 5 if selection.limit > 0 else len(sums)
    while waiting and len(rows) < most:
        depth, row = waiting.pop()
        frame = recording.frames[tree.frame[row]]
        held, itself = round(sums[row]), round(tree.own[figure][row])
        rows.append((depth, frame.function, frame.file, frame.line, held, itself))
        below = _heaviest_last(children.get(row, []), ranks, recording, tree)
        waiting.extend((depth + 1, child) for child in below)
    note = f"{hidden + len(waiting)} branches are left out" if hidden or waiting else ""
    names = ("depth", "function", "file", "line", figure, "self_bytes")
    columns = {name: [row[i] for row in rows] for i, name in enumerate(names)}
    return Table("tree", columns, note)


def _heaviest_last(
    rows: Sequence[int], sums: Sequence[float], recording: Recording, tree: StackTree
) -> list[int]:
    return sorted(
        rows, key=lambda r: (-sums[r], str(recording.frames[tree.frame[r]])), reverse=True
    )


def _needed_nodes(recording: Recording, leaves: Sequence[int]) -> list[bool]:
    parents = recording.node_parents
    needed = [False] * len(parents)
    for leaf in leaves:
        needed[leaf] = True
    for i in range(len(needed) - 1, 0, -1):
        if needed[i]:
            needed[parents[i]] = True
    return needed
