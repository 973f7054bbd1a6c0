"""Collapsed stacks, one a line: `outer;inner bytes`, as flamegraph.pl and many viewers read them."""

from __future__ import annotations

from heapwise.analyze.selection import Selection
from heapwise.analyze.stack_tree import stack_tree
from heapwise.model.recording import Recording


def render(recording: Recording, selection: Selection) -> bytes:
    """UTF-8 text, sorted; stacks of no bytes are left out."""
    tree = stack_tree(recording, selection)
    own = tree.own[f"{selection.at}_bytes"]
    names = [""]
    lines = []
    for row in range(1, len(tree.parent)):
        frame = recording.frames[tree.frame[row]]
        place = f"{frame.function} ({frame.file}:{frame.line})" if frame.file else frame.function
        label = place.replace(";", ",").replace("\n", " ")
        above = names[tree.parent[row]]
        names.append(f"{above};{label}" if above else label)
        if round(own[row]) > 0:
            lines.append(f"{names[row]} {round(own[row])}")
    return ("\n".join(sorted(lines)) + "\n").encode()
