"""HW375: texts of a class of their own.

`class Sku(str): pass` names a kind of text. Each instance has a dict to be, room for weak references, the collector's
head, and its characters in a block of their own: 150 bytes where a str has 64.

What to do: `Sku = NewType("Sku", str)`, which costs nothing at run time; else `__slots__ = ()` in the class, which
spares the dict. Costs: at run time nothing tells such a text from another. Clean: classes whose texts have attributes
of their own; a few of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from heapwise.findings.own_classes import class_names, is_of_library
from heapwise.findings.place import structural
from heapwise.findings.roles import sampled
from heapwise.findings.waste import (
    block_bytes,
    instances_of,
    mean,
    python_version,
    text_head_bytes,
    worth_bytes,
)
from heapwise.model.finding import Finding, Freed
from heapwise.model.snapshot import Snapshot

CODE = "HW375"
TITLE = "texts of a class of their own"
_LEAST_COUNT, _SAMPLE = 5000, 500
_OWN_HEAD_BYTES, _WITHOUT_VALUES_BYTES = 128, {(3, 12): 96, (3, 13): 96}
"""The head of one of such a class, with the collector's, its dict and weak references; in versions that keep no values
of its attributes in line."""
_HALF_STEP_BYTES = 8
"""The characters have a block of their own, of which so much is free on average."""


def scan(snapshot: Snapshot) -> Iterator[Finding]:
    """Classes of the program that derive from str, and add no attributes."""
    least = worth_bytes(snapshot)
    counts = {row.type: row.objects_count for row in snapshot.types}
    sizes = snapshot.nodes("size_bytes")
    for row, name in enumerate(snapshot.type_names):
        if (
            name == "str"
            or counts.get(name, 0) < _LEAST_COUNT
            or "str" not in class_names(snapshot, row)
            or is_of_library(snapshot, name)
        ):
            continue
        nodes = snapshot.of_type_exactly(name)
        sample = sampled(nodes, _SAMPLE)
        if any(instances_of(snapshot, node) is not None for node in sample):
            continue
        head = text_head_bytes(snapshot)
        own = _WITHOUT_VALUES_BYTES.get(python_version(snapshot.meta), _OWN_HEAD_BYTES)
        now = mean(sizes[node] for node in sample)
        then = mean(
            block_bytes(head + max(0, sizes[node] - own - _HALF_STEP_BYTES)) for node in sample
        )
        saving = round((now - then) * len(nodes))
        if saving >= least:
            yield structural(
                snapshot, nodes[len(nodes) // 2], CODE, f"{TITLE}: {name}", saving_bytes=saving, confidence=0.7,
                evidence=[f"{len(nodes)} texts take {now:.0f} bytes each, as plain ones {then:.0f}"], subject=name,
                fix=f'{name.rpartition(".")[2]} = NewType("{name.rpartition(".")[2]}", str)', freed=Freed(nodes=nodes),
            )  # fmt: skip
