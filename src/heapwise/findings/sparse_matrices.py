"""The arrays that SciPy's sparse matrices are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from heapwise.analyze.remembered import remembered
from heapwise.findings.waste import holders_of
from heapwise.model.snapshot import Snapshot

_PACKAGE, _ARRAY = "scipy.sparse.", "numpy.ndarray"


class Part(NamedTuple):
    """matrix: the node of the matrix. name: of its attribute, `data`, `indices`, `coords`."""

    matrix: int
    name: str


@remembered
def parts_of_sparse(snapshot: Snapshot) -> Mapping[int, Part]:
    """Array, or what one shows a part of -> the part of a matrix that it is."""
    return {
        node: Part(matrix, str(step.name))
        for kind in snapshot.type_names if kind.startswith(_PACKAGE)
        for matrix in snapshot.of_type_exactly(kind)
        for holder in holders_of(snapshot, matrix)
        for step in snapshot.steps_from(holder) if step.kind in ("attribute", "key")
        for node in _arrays(snapshot, step.node)
    }  # fmt: skip


def _arrays(snapshot: Snapshot, value: int) -> Iterator[int]:
    """The array that a value is, or those of a tuple, with their bases."""
    if snapshot.type_of(value) == "tuple":
        for step in snapshot.steps_from(value):
            if snapshot.type_of(step.node) == _ARRAY:
                yield from _arrays(snapshot, step.node)
    elif snapshot.type_of(value) == _ARRAY:
        yield value
        yield from (step.node for step in snapshot.steps_from(value) if step.name == "base")
