"""The native algorithms on graphs."""

from __future__ import annotations

from typing import Any


def native_graph() -> Any:
    """The native module: graph_dominators, graph_parents, graph_kept_without, graph_by_type."""
    from heapwise import _native

    return _native
