"""What must hold in a file before anything else is read from it."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence

from heapwise.errors import DamagedFileError
from heapwise.model.container import Container
from heapwise.model.tables import EXACT_FIGURES, FIGURES, KINDS


def check_stacks(container: Container, *, nodes: str = "nodes", strings: str = "strings") -> None:
    """Every index in the stack tables names a row; DamagedFileError otherwise."""
    column = container.column
    offsets = column(strings, "offsets")
    strings_count = len(offsets) - 1
    codes_count = len(column("codes", "file"))
    parents = column(nodes, "parent")
    nodes_count = len(parents)

    def below(table: str, name: str, limit: int) -> bool:
        values = column(table, name)
        return len(values) == 0 or max(values) < limit

    sound = (
        strings_count >= 1
        and offsets[0] == 0
        and offsets[-1] <= len(column(strings, "bytes"))
        and all(map(operator.le, offsets[:-1], offsets[1:]))
        and all(below("codes", name, strings_count) for name in ("file", "function", "linetable"))
        and nodes_count >= 1
        and parents[0] == 0
        and all(map(operator.lt, parents[1:], range(1, nodes_count)))
        and below(nodes, "code", codes_count)
        and below("sites", "code", codes_count)
        and below("sites", "parent", nodes_count)
        and below("sites", "kind", len(KINDS))
    )
    groups = {
        "codes": ("file", "function", "linetable", "first_line"),
        nodes: ("parent", "code", "position"),
        "sites": ("id", "parent", "code", "position", "kind"),
    }
    if not sound or not same_lengths(container, groups):
        raise DamagedFileError(f"{container.path} has tables that contradict each other")


def check_figures(container: Container) -> None:
    """Every site has all its figures; DamagedFileError otherwise."""
    names: tuple[str, ...] = ("id", *EXACT_FIGURES)
    if container.optional("sites", "peak_variance") is not None:
        names += FIGURES[len(EXACT_FIGURES) :]
    if not same_lengths(container, {"sites": names}):
        raise DamagedFileError(f"{container.path} has tables that contradict each other")


def same_lengths(container: Container, groups: Mapping[str, Sequence[str]]) -> bool:
    """Whether the columns of each table are of one length. DamagedFileError when one is missing."""
    return all(
        len({len(container.column(table, name)) for name in names}) == 1
        for table, names in groups.items()
    )
