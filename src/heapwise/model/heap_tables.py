"""The rows of a snapshot's tables, and the numbers that stand for something in them. Sizes in bytes."""

from __future__ import annotations

from typing import NamedTuple

IMMORTAL = NO_NODE = 0xFFFFFFFF
PATH_END = 0xFFFFFFFFFFFFFFFF
PERIODS_KNOWN = 1023
"""Of objects that are older than so many snapshots only that is known."""
NATIVE, GARBAGE = "<held by native code>", "<garbage>"
SYNTHETIC = ("<root>", "<thread>", "<frame>", "<static types>", NATIVE, GARBAGE, "<library>")  # fmt: skip
"""Types of nodes that are no objects: the first types of every snapshot."""
REACHED_LAST = frozenset(("<static types>", NATIVE, GARBAGE, "<library>"))
EDGE_KINDS = (
    "reference", "weak", "attribute", "key", "index", "int key", "item", "key object", "local",
    "internal", "type", "root", "element",
)  # fmt: skip
WEAK = EDGE_KINDS.index("weak")
ATTRIBUTE = EDGE_KINDS.index("attribute")
TEXT_KINDS = frozenset(
    EDGE_KINDS.index(kind) for kind in ("attribute", "key", "local", "internal", "root")
)
"""Kinds of edges whose name is a string; other names are numbers."""

LRU_CACHE = "functools._lru_cache_wrapper"
"""The type of what `functools.lru_cache` makes; it has the facts hits, misses, maxsize."""
CREATED, SUSPENDED, RUNNING, FINISHED = range(4)
"""States of generators and coroutines (the fact `state`)."""
THREAD_CREATED, THREAD_RUNNING, THREAD_ENDED = range(3)
"""States of threads (the fact `state`)."""


class TypeRow(NamedTuple):
    """All objects of one type. retained_bytes: what goes if all of them go; of those that another one
    of the type dominates, the outermost counts."""

    type: str
    objects_count: int
    shallow_bytes: int
    foreign_bytes: int
    retained_bytes: int
    unexplained_count: int


class Step(NamedTuple):
    """One edge of a path, and the node that it leads to. name: a string or a number, by kind."""

    kind: str
    name: str | int
    node: int


class Mapped(NamedTuple):
    """One mapping of the process. Sizes in bytes. name: a file, or [heap], [stack] ...; empty for
    anonymous memory. flags: 1 readable, 2 writable, 4 executable, 8 shared."""

    begin: int
    end: int
    rss_bytes: int
    pss_bytes: int
    private_bytes: int
    anonymous_bytes: int
    name: str
    flags: int
